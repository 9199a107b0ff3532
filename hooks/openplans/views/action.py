"""The page of one action: its permanent address, readable by somebody who landed here from a search."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..file_addresses import csv_path, json_path, plan_feed
from ..language import Shown
from ..ledger import Key
from ..model import Action, Organization, Part, Plan, Section
from ..routes import PageKind
from .action_table import partner_link, responsible_links
from .adoption import added_later
from .changes import history_rows
from .measures import indicator_rows, money_rows, update_rows
from .meetings import meeting_rows
from .pieces import Link, View, WhenView
from .scope import Scope
from .search_facts import action_facts
from .slots import slot_strip
from .sources import note_rows, source_words


@dataclass(frozen=True, slots=True)
class PartRow:
    """One bullet, with its number as printed and what is below it."""

    text: Shown
    number: str
    whens: tuple[WhenView, ...]
    done: str
    parts: tuple[PartRow, ...]


def _parts(parts: tuple[Part, ...], organization: Organization, scope: Scope) -> tuple[PartRow, ...]:
    return tuple(
        PartRow(
            scope.show(part.text),
            part.number or "",
            scope.whens(part.when, organization),
            "" if part.done is None else scope.t("part.done" if part.done else "part.open"),
            _parts(part.parts, organization, scope),
        )
        for part in parts
    )


def _title(this: Action, section: Section, plan: Plan, scope: Scope) -> str:
    """Return the title of an action's page; with the section where the plan has another action called the same."""
    key = ("titles", scope.language, plan.organization, plan.id)
    titles = scope.publication.once(
        key, lambda: Counter(scope.show(action.title).text for action in plan.actions), plan.organization
    )
    own = scope.show(this.title).text
    above = (scope.show(section.title).text,) if titles[own] > 1 else ()
    return " – ".join((own, *above, scope.show(plan.title).text))


def action(scope: Scope) -> View:
    """Return the page of one action."""
    organization, plan = scope.organization, scope.plan
    this = next(item for item in plan.actions if item.id == scope.route.item)
    section = plan.section(this.section)
    progress = scope.publication.progress_of(this)
    heading = scope.show(this.title)
    siblings = plan.actions_in(section)
    position = siblings.index(this)
    goal = next((goal for goal in section.goals if goal.id == this.goal), None)
    objectives = goal.objectives if goal else section.objectives
    objective = next((item for item in objectives if item.id == this.objective), None)
    updates = update_rows(this, organization, scope)
    page = scope.page(
        _title(this, section, plan, scope),
        heading,
        scope.t("action.description", status=scope.t(f"status.{progress.status}"), plan=scope.show(plan.title).text),
        crumbs=(
            scope.organization_link(organization),
            scope.plan_link(plan),
            Link(scope.show(section.title), scope.to(PageKind.SECTION, organization.id, plan.id, section.id)),
        ),
        record=this,
        above=(plan, organization),
        calendar=organization.id,
        feed=plan_feed(organization.id, plan.id),
        search=action_facts(this, plan, organization, scope),
    )
    return View(
        page,
        {
            "number": this.number or "",
            "status": scope.status(progress.status),
            "schedule": scope.status(progress.schedule) if progress.schedule else None,
            "reports_results": plan.reports_results,
            "summary": scope.maybe(this.summary),
            "whens": scope.whens(this.when, organization, inherited="when" in this.inherited),
            "when_in_parts": not this.when and bool(this.all_whens),
            "responsible": responsible_links(this, organization, plan, scope),
            "responsible_inherited": "responsible" in this.inherited,
            "partners": tuple(partner_link(item, organization, scope) for item in this.partners),
            "audience": scope.maybe(this.audience),
            "section": Link(
                scope.show(section.title), scope.to(PageKind.SECTION, organization.id, plan.id, section.id)
            ),
            "plan": scope.plan_link(plan),
            "goal": scope.maybe(goal.title) if goal else None,
            "objective": scope.maybe(objective.title) if objective else None,
            "results": tuple((scope.show(result.text), result.number or "") for result in this.results),
            "goal_results": tuple(
                (scope.show(result.text), result.number or "")
                for result in ((objective.results if objective else ()) or (goal.results if goal else ()))
            ),
            "parts": _parts(this.parts, organization, scope),
            "indicators": indicator_rows(this.indicators, organization, scope),
            "money": money_rows(this.money, organization, scope),
            "updates": updates,
            "added": added_later(plan, scope).get(this.id, ""),
            "history": history_rows(Key("action", organization.id, plan.id, this.id), scope),
            "meetings": meeting_rows(scope.publication.meetings_for(this), scope),
            "notes": note_rows(this.notes, scope),
            "source": source_words(this.source, plan, scope),
            "previous": scope.action_link(siblings[position - 1]) if position else None,
            "next": scope.action_link(siblings[position + 1]) if position + 1 < len(siblings) else None,
            "position": scope.t("action.position", number=position + 1, total=len(siblings)),
            "json": scope.href(json_path(organization.id, plan.id)),
            "csv": scope.href(csv_path(organization.id, plan.id)),
            "indicators_csv": scope.href(csv_path(organization.id, plan.id, "indicators")),
            "strip": slot_strip(this, plan, scope),
        },
    )
