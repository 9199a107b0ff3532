"""The pages of a plan and of its sections: a good report, with counts before percentages."""

from __future__ import annotations

from dataclasses import dataclass

from ..date_words import period_in_words
from ..file_addresses import csv_path, json_path, plan_feed
from ..language import Shown
from ..ledger import Key
from ..model import Goal, Plan, Section
from ..progress import time_used
from ..routes import PageKind
from .action_table import ActionRow, action_rows, choices_among
from .adoption import adoption_view
from .changes import changes_block
from .measures import IndicatorRow, indicator_rows, money_rows
from .money import total_views
from .pieces import Link, ProgressView, View
from .reports import report_links
from .scope import Scope
from .search_facts import plan_facts, section_facts
from .sources import note_rows, source_words
from .timeline import timeline

#: Headings of a plan's page that are words of the ledger.
_HEADINGS = {"adoption": "ledger.adoption.title", "changes": "ledger.title", "timeline": "timeline.title"}


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section as one line of its plan."""

    link: Link
    number: str
    committees: tuple[Link, ...]
    progress: ProgressView


@dataclass(frozen=True, slots=True)
class GoalBlock:
    """A goal with its expected results and actions; the last block of a section may have no goal."""

    anchor: str
    number: str
    title: Shown | None
    direction: Shown | None
    results: tuple[tuple[Shown, str], ...]
    indicators: tuple[IndicatorRow, ...]
    objectives: tuple[tuple[Shown, tuple[tuple[Shown, str], ...]], ...]
    actions: tuple[ActionRow, ...]


def plan(scope: Scope) -> View:
    """Return the page of a plan."""
    organization, this = scope.organization, scope.plan
    t = scope.t
    span = this.period.span(scope.publication.frame(organization).names)
    used = time_used(span, scope.publication.today)
    progress = scope.publication.sum_up(this.actions)
    is_over = span.latest is not None and span.latest < scope.publication.today
    banner = ""
    if this.actions and progress.reported == 0:
        banner = t("plan.no_results_over" if is_over else "plan.no_results")
    sections = tuple(_section_row(section, scope) for section in this.sections)
    money = money_rows(this.money, organization, scope)
    action_money = tuple(
        (scope.action_link(action), row)
        for action in this.actions
        for row in money_rows(action.money, organization, scope)
    )
    swot = _swot(this, scope)
    notes = note_rows(this.notes, scope)
    feed = plan_feed(organization.id, this.id)
    block = changes_block(Key("plan", organization.id, this.id), feed, scope)
    line = timeline(this, scope)
    contents = [
        (anchor, t(_HEADINGS.get(anchor, f"plan.{anchor}")))
        for anchor, present in (
            ("progress", True),
            ("timeline", line),
            ("adoption", True),
            ("direction", this.vision or this.mission or this.aim or this.aims or this.priorities),
            ("sections", sections),
            ("money", money or action_money or this.funding),
            ("context", this.context),
            ("swot", swot),
            ("basis", this.basis),
            ("approvals", this.approvals),
            ("changes", block.rows),
            ("sources", this.sources),
            ("notes", notes),
            ("data", True),
        )
        if present
    ]
    owner = next((c for c in organization.committees if c.id == this.owner), None)
    heading = scope.show(this.title)
    page = scope.page(
        f"{heading.text} – {scope.show(organization.name).text}",
        heading,
        t(
            "plan.description",
            organization=scope.show(organization.name).text,
            period=period_in_words(this.period, organization, t),
        ),
        crumbs=(scope.organization_link(organization),),
        contents=contents,
        record=this,
        above=(organization,),
        calendar=organization.id,
        feed=feed,
        search=plan_facts(this, organization, scope),
    )
    return View(
        page,
        {
            "is_copy": False,
            "kind": t(f"plan.kind.{this.kind}"),
            "organization": scope.organization_link(organization),
            "owner": Link(scope.show(owner.name), scope.to(PageKind.COMMITTEE, organization.id, item=owner.id))
            if owner
            else None,
            "period": period_in_words(this.period, organization, t),
            "period_as_written": scope.written(this.period_as_written, organization),
            "summary": scope.maybe(this.summary),
            "banner": banner,
            "time_used": t("plan.time_used", share=t.percent(int(used * 100))) if used is not None else "",
            "progress": scope.progress(this.actions, organization.id, this.id),
            "timeline": line,
            "reports": report_links(this, organization, scope),
            "vision": scope.maybe(this.vision),
            "mission": scope.maybe(this.mission),
            "aim": scope.maybe(this.aim),
            "aims": scope.show_all(this.aims),
            "priorities": scope.show_all(this.priorities),
            "sections": sections,
            "money": money,
            "action_money": action_money,
            "totals": total_views(this.money, this.actions, scope),
            "funding": scope.maybe(this.funding),
            "context": tuple((scope.maybe(fact.title), scope.show(fact.text)) for fact in this.context),
            "swot": swot,
            "basis": scope.show_all(this.basis),
            "implementers": tuple(
                Link(scope.show(c.name), scope.to(PageKind.COMMITTEE, organization.id, item=c.id))
                for identifier in this.implementers
                for c in organization.committees
                if c.id == identifier
            ),
            "approvals": tuple(
                {
                    "kind": t(f"approval.{item.kind}"),
                    "body": scope.show(item.body),
                    "date": t.day(item.date) if item.date else t("approval.no_date"),
                    "number": item.number or "",
                    "as_written": scope.written(item.as_written, organization),
                    "note": scope.maybe(item.note),
                }
                for item in this.approvals
            ),
            "sources": tuple(
                {
                    "title": scope.show(item.title),
                    "url": item.url or "",
                    "language": t(f"language.in_language.{item.language}"),
                    "note": scope.maybe(item.note),
                }
                for item in this.sources
            ),
            "notes": notes,
            "adoption": adoption_view(this, scope),
            "changes": block,
            "copy": scope.to(PageKind.COPY, organization.id, this.id),
            "copy_name": f"{organization.id}-{this.id}.{scope.language}.html",
            "json": scope.href(json_path(organization.id, this.id)),
            "csv": scope.href(csv_path(organization.id, this.id)),
            "money_csv": scope.href(csv_path(organization.id, this.id, "money")),
        },
    )


def _section_row(section: Section, scope: Scope) -> SectionRow:
    organization, this = scope.organization, scope.plan
    committees = {committee.id: committee for committee in organization.committees}
    return SectionRow(
        Link(scope.show(section.title), scope.to(PageKind.SECTION, organization.id, this.id, section.id)),
        section.number or "",
        tuple(
            Link(
                scope.show(committees[identifier].name), scope.to(PageKind.COMMITTEE, organization.id, item=identifier)
            )
            for identifier in section.committees
        ),
        scope.progress(this.actions_in(section)),
    )


def _swot(this: Plan, scope: Scope) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    if this.swot is None:
        return ()
    names = ("strengths", "weaknesses", "opportunities", "threats")
    return tuple((scope.t(f"swot.{name}"), scope.show_all(getattr(this.swot, name))) for name in names)


def section(scope: Scope) -> View:
    """Return the page of a section: its goals, and under each the actions."""
    organization, this_plan = scope.organization, scope.plan
    this = this_plan.section(scope.route.item)
    actions = this_plan.actions_in(this)
    heading = scope.show(this.title)
    goals = _goal_blocks(this, scope)
    notes = note_rows(this.notes, scope)
    position = this_plan.sections.index(this)
    page = scope.page(
        f"{heading.text} – {scope.show(this_plan.title).text}",
        heading,
        scope.t("section.description", len(actions), plan=scope.show(this_plan.title).text),
        crumbs=(scope.organization_link(organization), scope.plan_link(this_plan)),
        contents=[(goal.anchor, goal.title.text) for goal in goals if goal.title],
        record=this_plan,
        above=(organization,),
        calendar=organization.id,
        has_tables=bool(actions),
        search=section_facts(this, this_plan, organization, scope),
    )

    def neighbour(offset: int) -> Link | None:
        index = position + offset
        if not 0 <= index < len(this_plan.sections):
            return None
        other = this_plan.sections[index]
        return Link(scope.show(other.title), scope.to(PageKind.SECTION, organization.id, this_plan.id, other.id))

    return View(
        page,
        {
            "number": this.number or "",
            "plan": scope.plan_link(this_plan),
            "committees": _section_row(this, scope).committees,
            "summary": scope.maybe(this.summary),
            "aim": scope.maybe(this.aim),
            "objectives": tuple((scope.show(o.title), o.number or "") for o in this.objectives),
            "progress": scope.progress(actions, organization.id, this_plan.id, this.id) if actions else None,
            "indicators": indicator_rows(this.indicators, organization, scope),
            "totals": total_views((), actions, scope),
            "goals": goals,
            "choices": choices_among([row for goal in goals for row in goal.actions], scope),
            "is_empty": not actions,
            "term": scope.t(f"section.term.{this.action_term}"),
            "notes": notes,
            "source": source_words(this.source, this_plan, scope),
            "columns": tuple(Shown(column, organization.source_language) for column in this.columns),
            "previous": neighbour(-1),
            "next": neighbour(1),
        },
    )


def _goal_blocks(this: Section, scope: Scope) -> tuple[GoalBlock, ...]:
    organization, this_plan = scope.organization, scope.plan
    actions = this_plan.actions_in(this)
    directions = {direction.id: direction for direction in this.directions}
    blocks = []
    for goal in this.goals:
        own = tuple(action for action in actions if action.goal == goal.id)
        direction = directions.get(goal.direction or "")
        blocks.append(
            GoalBlock(
                f"g-{goal.id}",
                goal.number or "",
                scope.show(goal.title),
                scope.show(direction.title) if direction else None,
                _results(goal, scope),
                indicator_rows(goal.indicators, organization, scope),
                tuple(
                    (scope.show(o.title), tuple((scope.show(r.text), r.number or "") for r in o.results))
                    for o in goal.objectives
                ),
                action_rows(own, organization, this_plan, scope),
            )
        )
    rest = tuple(action for action in actions if action.goal is None)
    if rest:
        blocks.append(
            GoalBlock("actions", "", None, None, (), (), (), action_rows(rest, organization, this_plan, scope))
        )
    return tuple(blocks)


def _results(goal: Goal, scope: Scope) -> tuple[tuple[Shown, str], ...]:
    return tuple((scope.show(result.text), result.number or "") for result in goal.results)
