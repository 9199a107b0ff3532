"""The hand-over page of an organization: what a new team takes over on the build's day; made to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..date_words import period_in_words
from ..handover import DAYS_AHEAD, Handover, handover_of
from ..language import sort_key
from ..model import Action, Committee, Organization, Plan, Span
from ..reporting import Line, subjects_of
from ..routes import PageKind
from .pieces import Link, View
from .report_rows import Block, Running, block, section_link
from .scope import Scope

#: Inside a hand-over: what was begun comes first, what nobody reported on last.
_URGENCY = ("ongoing", "postponed", "not_started", "partly_done", "unreported")


@dataclass(frozen=True, slots=True)
class PlanHandover:
    """What is open of one plan, grouped by those who answer for it."""

    link: Link
    period: str
    count: str
    banner: str
    block: Block


def handover(scope: Scope) -> View:
    """Return what a new team of an organization takes over on the build's day, by plan and committee."""
    organization, t = scope.organization, scope.t
    day = scope.publication.today
    actions = tuple(action for plan in organization.plans for action in plan.actions)
    publication = scope.publication
    this = publication.once(
        ("handover", organization.id),
        lambda: handover_of(subjects_of(publication, organization, actions), day),
        organization.id,
    )
    ahead = Span(day, None)

    def of_plan(line: Line) -> tuple[Link, ...]:
        return (scope.plan_link(line.subject.plan),)

    lists = (
        ("soon", t("reporting.due_ahead", DAYS_AHEAD), this.due),
        ("postponed", t("reporting.postponed"), this.postponed_without_date),
        ("recurring", t("reporting.recurring"), this.recurring),
    )
    blocks = tuple(block(anchor, title, lines, scope, of_plan, ahead) for anchor, title, lines in lists if lines)
    plans = tuple(
        _plan_handover(plan, organization, own, scope)
        for plan in organization.plans
        if (own := [line for line in this.unfinished if line.subject.plan.id == plan.id])
    )
    name = scope.show(organization.name)
    contents = [(item.anchor, item.title) for item in blocks]
    contents += [(item.block.anchor, item.link.title.text) for item in plans]
    page = scope.page(
        f"{t('reporting.handover')} – {name.text}",
        scope.ours("reporting.handover"),
        t("reporting.of_handover", organization=name.text),
        crumbs=(scope.organization_link(organization),),
        contents=contents,
        record=organization,
        calendar=organization.id,
    )
    return View(
        page,
        {
            "running": Running(name, page.data_day),
            "organization": Link(name, scope.to(PageKind.ORGANIZATION, organization.id)),
            "summary": _summary(this, lists, scope),
            "asks": bool(this.unreported),
            "blocks": blocks,
            "plans": plans,
        },
    )


def _summary(
    this: Handover, lists: Sequence[tuple[str, str, Sequence[Line]]], scope: Scope
) -> tuple[tuple[str, str, str], ...]:
    """Return the numbers at the top: what each counts, how many, and the anchor where they stand."""
    reported = len(this.unfinished) - len(this.unreported)
    rows = [(title, len(lines), f"#{anchor}" if lines else "") for anchor, title, lines in lists]
    rows.append((scope.t("reporting.unfinished"), reported, ""))
    rows.append((scope.t("reporting.unreported"), len(this.unreported), ""))
    return tuple((title, scope.t.number(number), anchor) for title, number, anchor in rows)


def _plan_handover(plan: Plan, organization: Organization, lines: Sequence[Line], scope: Scope) -> PlanHandover:
    t, publication = scope.t, scope.publication
    span = publication.frame(organization, plan).plan
    is_over = span.latest is not None and span.latest < publication.today
    banner = ""
    if all(publication.progress_of(action).status == "unreported" for action in plan.actions):
        banner = t("plan.no_results_over" if is_over else "plan.no_results")
    elif is_over and span.latest is not None:
        banner = t("reporting.plan_over", day=t.day(span.latest))

    def answering(action: Action) -> tuple[Committee, ...]:
        return publication.responsible(organization, plan, action)

    def key(line: Line) -> tuple[bool, tuple[tuple[int, ...], tuple[int, ...], str], int]:
        committees = answering(line.action)
        name = ", ".join(scope.show(committee.name).text for committee in committees)
        return not committees, sort_key(name, scope.language), _URGENCY.index(line.status)

    def group_of(line: Line) -> tuple[Link, ...]:
        committees = answering(line.action)
        if not committees:
            return (section_link(line, scope, t("reporting.nobody")),)
        return tuple(
            Link(scope.show(committee.name), scope.to(PageKind.COMMITTEE, organization.id, item=committee.id))
            for committee in committees
        )

    ordered = sorted(lines, key=key)
    title = scope.show(plan.title)
    table = block(f"p-{plan.id}", title.text, ordered, scope, group_of, Span(publication.today, None))
    period = period_in_words(plan.period, organization, t)
    return PlanHandover(scope.plan_link(plan), period, t("count.actions", len(lines)), banner, table)
