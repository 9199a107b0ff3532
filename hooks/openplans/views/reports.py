"""Report pages for a plan, a year of it or a committee, and the hand-over of an organization; made to be printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..date_words import period_in_words
from ..language import sort_key
from ..model import UNKNOWN_SPAN, Action, Committee, Organization, Plan, Span
from ..progress import STATUSES
from ..publication import section_of
from ..reporting import (
    DAYS_AHEAD,
    Handover,
    Line,
    Report,
    calendar_year,
    handover_of,
    report_of,
    subjects_of,
)
from ..routes import PageKind, report_periods
from .pieces import Link, StatusView, View
from .report_rows import Block, block
from .scope import Scope

#: Inside a hand-over: what was begun comes first, what nobody reported on last.
_URGENCY = ("ongoing", "postponed", "not_started", "partly_done", "unreported")


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many actions have a status, in each group of the report and in all."""

    status: StatusView | None
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The table that adds up all actions of a report."""

    columns: tuple[str, ...]
    rows: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report: one table, or one for each status."""

    anchor: str
    title: str
    count: str
    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PlanHandover:
    """What is open of one plan, grouped by those who answer for it."""

    link: Link
    period: str
    banner: str
    block: Block


def report_links(plan: Plan, organization: Organization, scope: Scope) -> tuple[Link, ...]:
    """Return links to a plan's report and to those of its years; none for a plan without actions."""
    is_here = scope.route.kind is PageKind.REPORT
    return tuple(
        Link(
            scope.ours("date.year", year=period) if period else scope.ours("reporting.whole"),
            scope.to(PageKind.REPORT, organization.id, plan.id, period),
            is_here=is_here and scope.route.item == period,
        )
        for period in report_periods(scope.publication, organization, plan)
    )


def plan_report(scope: Scope) -> View:
    """Return the report on a plan, or on the calendar year that the address names."""
    organization, plan, t = scope.organization, scope.plan, scope.t
    year = scope.route.item
    period = calendar_year(int(year)) if year else UNKNOWN_SPAN
    words = t("date.year", year=year) if year else period_in_words(plan.period, organization, t)
    heading = scope.ours("reporting.year", year=year) if year else scope.ours("reporting.plan")
    report = report_of(subjects_of(scope.publication, organization, plan.actions), period, scope.publication.today)

    def section(line: Line) -> tuple[Link, ...]:
        return (_section_link(line, scope),) if len(plan.sections) > 1 else ()

    title = scope.show(plan.title).text
    parts = _report_parts(report, period, section, scope)
    page = scope.page(
        f"{heading.text} – {title}",
        heading,
        t("reporting.of_plan", plan=title, period=words),
        crumbs=(scope.organization_link(organization), scope.plan_link(plan)),
        contents=[(part.anchor, part.title) for part in parts],
        record=plan,
        above=(organization,),
        calendar=organization.id,
    )
    return View(
        page,
        {
            "running": f"{title} · {words} · {page.data_day}",
            "plan": scope.plan_link(plan),
            "organization": scope.organization_link(organization),
            "period": words,
            "pages": report_links(plan, organization, scope),
            "silent": "" if plan.reports_results else t("reporting.silent"),
            "elsewhere": t("reporting.elsewhere", report.elsewhere) if report.elsewhere else "",
            "nothing": not report.due,
            "method": scope.to(PageKind.METHOD),
            **_counts(report, scope),
            "parts": parts,
        },
    )


def committee_report(scope: Scope) -> View:
    """Return the report on all actions of a committee, over every plan."""
    organization, t = scope.organization, scope.t
    committee = next(item for item in organization.committees if item.id == scope.route.item)
    actions = scope.publication.actions_of(organization, committee)
    plans = {plan.id: plan for plan in organization.plans}
    report = report_of(subjects_of(scope.publication, organization, actions), UNKNOWN_SPAN, scope.publication.today)

    def of_plan(line: Line) -> tuple[Link, ...]:
        return (scope.plan_link(line.subject.plan),)

    name = scope.show(committee.name)
    link = Link(name, scope.to(PageKind.COMMITTEE, organization.id, item=committee.id))
    parts = _report_parts(report, UNKNOWN_SPAN, of_plan, scope)
    page = scope.page(
        f"{t('reporting.committee')} – {name.text}",
        scope.ours("reporting.committee"),
        t("reporting.of_committee", committee=name.text),
        crumbs=(scope.organization_link(organization), link),
        contents=[(part.anchor, part.title) for part in parts],
        record=committee,
        above=(organization,),
        calendar=organization.id,
    )
    used = [plan for identifier, plan in plans.items() if any(action.plan == identifier for action in actions)]
    return View(
        page,
        {
            "running": f"{name.text} · {page.data_day}",
            "committee": link,
            "organization": scope.organization_link(organization),
            "silent": tuple(scope.plan_link(plan) for plan in used if not plan.reports_results),
            "method": scope.to(PageKind.METHOD),
            **_counts(report, scope),
            "parts": parts,
        },
    )


def _section_link(line: Line, scope: Scope, detail: str = "") -> Link:
    plan, action = line.subject.plan, line.action
    href = scope.to(PageKind.SECTION, action.organization, plan.id, action.section)
    return Link(scope.show(section_of(plan, action.section).title), href, detail)


def _report_parts(
    report: Report, period: Span, group_of: Callable[[Line], tuple[Link, ...]], scope: Scope
) -> tuple[Part, ...]:
    t = scope.t
    headings = "heading_all" if period == UNKNOWN_SPAN else "heading"
    found = []
    for name, lines in report.groups.items():
        title = t(f"reporting.{headings}.{name}")
        if name == "due":
            blocks = tuple(
                block(f"due-{status}", _capital(t(f"status.{status}")), own, scope, group_of, period)
                for status in STATUSES
                if (own := [line for line in lines if line.status == status])
            )
        else:
            blocks = (block(name, title, lines, scope, group_of, period),)
        text = "" if name == "due" else t(f"reporting.text.{name}")
        found.append(Part(name, title, t.number(len(lines)), text, blocks))
    return tuple(found)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _counts(report: Report, scope: Scope) -> dict[str, object]:
    """Return the table of counts, and how finished actions met their last day where that can be said."""
    t, groups = scope.t, report.groups
    rows: list[tuple[StatusView | None, list[int]]] = []
    for status in STATUSES:
        numbers = [sum(1 for line in lines if line.status == status) for lines in groups.values()]
        if any(numbers):
            rows.append((scope.status(status), numbers))
    rows.append((None, [len(lines) for lines in groups.values()]))
    columns = [t(f"reporting.group.{name}") for name in groups]
    if len(groups) > 1:
        columns.append(t("reporting.total"))
        rows = [(status, [*numbers, sum(numbers)]) for status, numbers in rows]
    met = report.timeliness
    numbers_met = {name: t.number(getattr(met, name)) for name in ("in_time", "late", "unknown")}
    has_met = met.in_time or met.late or met.unknown
    return {
        "counts": Counts(
            tuple(columns), tuple(CountRow(status, tuple(t.number(n) for n in numbers)) for status, numbers in rows)
        ),
        "timeliness": t("reporting.timeliness", **numbers_met) if has_met else "",
    }


def handover(scope: Scope) -> View:
    """Return what a new team of an organization takes over on the build's day, by plan and committee."""
    organization, t = scope.organization, scope.t
    day = scope.publication.today
    actions = tuple(action for plan in organization.plans for action in plan.actions)
    this = handover_of(subjects_of(scope.publication, organization, actions), day)
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
            "running": f"{name.text} · {page.data_day}",
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
            return (_section_link(line, scope, t("reporting.nobody")),)
        return tuple(
            Link(scope.show(committee.name), scope.to(PageKind.COMMITTEE, organization.id, item=committee.id))
            for committee in committees
        )

    ordered = sorted(lines, key=key)
    title = scope.show(plan.title)
    table = block(f"p-{plan.id}", title.text, ordered, scope, group_of, Span(publication.today, None))
    return PlanHandover(scope.plan_link(plan), period_in_words(plan.period, organization, t), banner, table)
