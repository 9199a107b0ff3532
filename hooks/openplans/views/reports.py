"""Report pages for a plan, for a year of it and for a committee; made to be printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..date_words import period_in_words
from ..model import UNKNOWN_SPAN, Action, Organization, Plan, Span
from ..progress import STATUSES
from ..reporting import Line, Report, calendar_year, report_of, subjects_of
from ..routes import PageKind, report_periods
from .pieces import Link, StatusView, View
from .report_rows import Block, Running, block, section_link
from .scope import Scope


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
    report = _report((organization.id, plan.id, year), organization, plan.actions, period, scope)

    def section(line: Line) -> tuple[Link, ...]:
        return (section_link(line, scope),) if len(plan.sections) > 1 else ()

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
            "running": Running(scope.show(plan.title), f"{words} · {page.data_day}"),
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


def _report(
    about: tuple[str, str, str], organization: Organization, actions: Sequence[Action], period: Span, scope: Scope
) -> Report:
    """Return a report, sorted once for all languages."""
    publication = scope.publication
    return publication.once(
        ("report", *about),
        lambda: report_of(subjects_of(publication, organization, actions), period, publication.today),
        organization.id,
    )


def committee_report(scope: Scope) -> View:
    """Return the report on all actions of a committee, over every plan."""
    organization, t = scope.organization, scope.t
    committee = next(item for item in organization.committees if item.id == scope.route.item)
    actions = scope.publication.actions_of(organization, committee)
    plans = {plan.id: plan for plan in organization.plans}
    report = _report((organization.id, "", committee.id), organization, actions, UNKNOWN_SPAN, scope)

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
            "running": Running(name, page.data_day),
            "committee": link,
            "organization": scope.organization_link(organization),
            "silent": tuple(scope.plan_link(plan) for plan in used if not plan.reports_results),
            "method": scope.to(PageKind.METHOD),
            **_counts(report, scope),
            "parts": parts,
        },
    )


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
