"""Lines of a report in words: when it was promised, where it stands, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..date_words import period_in_words
from ..handover import current_slot
from ..language import Shown
from ..model import Organization, Span, Update
from ..reporting import Line, Tally
from ..routes import PageKind
from .measures import indicator_rows
from .pieces import Link, StatusView
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Running:
    """What is printed at the head of every sheet: a title, and the period and day of the data."""

    title: Shown
    words: str


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known of an action: a label, a text that may lead somewhere, and words after it."""

    label: str = ""
    text: Shown | None = None
    href: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An action as one line of a report."""

    link: Link
    whens: tuple[str, ...]
    status: StatusView
    schedule: StatusView | None
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Lines under a common heading inside a table: a section, a plan, those who answer for them; or under none."""

    links: tuple[Link, ...]
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A table of a report, and the heading that names it."""

    anchor: str
    title: str
    count: str
    groups: tuple[RowGroup, ...]


def block(
    anchor: str,
    title: str,
    lines: Sequence[Line],
    scope: Scope,
    group_of: Callable[[Line], tuple[Link, ...]],
    period: Span,
) -> Block:
    """Return lines as a table, grouped by what ``group_of`` says, in order of first appearance."""
    groups: dict[tuple[Link, ...], list[ReportRow]] = {}
    for line in lines:
        groups.setdefault(group_of(line), []).append(row_of(line, period, scope))
    found = tuple(RowGroup(links, tuple(rows)) for links, rows in groups.items())
    return Block(anchor, title, scope.t.number(len(lines)), found)


def section_link(line: Line, scope: Scope, detail: str = "") -> Link:
    """Return a link to the section that a line's action stands in."""
    plan, action = line.subject.plan, line.action
    href = scope.to(PageKind.SECTION, action.organization, plan.id, action.section)
    return Link(scope.show(plan.section(action.section).title), href, detail)


def row_of(line: Line, period: Span, scope: Scope) -> ReportRow:
    """Return one line in words; a ``period`` that only looks ahead, from the build's day, is a hand-over's."""
    action, t = line.action, scope.t
    organization = scope.publication.dataset.organization(action.organization)
    whens = tuple(scope.when(when, organization) for when in action.when)
    if not whens:
        whens = (t("action.when_in_parts") if action.all_whens else t("date.not_stated"),)
    schedule = line.subject.schedule
    return ReportRow(
        scope.action_link(action),
        whens,
        scope.status(line.status),
        scope.status(schedule) if schedule else None,
        tuple(_known(line, organization, period, scope)),
    )


def _known(line: Line, organization: Organization, period: Span, scope: Scope) -> Iterator[Known]:
    t, update = scope.t, line.update
    is_ahead = period.earliest == scope.publication.today and period.latest is None
    words = [*_report_words(line, organization, scope), *_lateness_words(line, is_ahead, scope)]
    if words:
        yield Known(", ".join(words))
    if update is not None:
        yield from _reasons(line, update, organization, scope)
    if line.status != "postponed":
        for earlier in line.postponements:
            if earlier.new_date is None or isinstance(earlier.new_date, str):
                yield Known(t("reporting.postponed_before_no_date"))
            else:
                period_words = period_in_words(earlier.new_date, organization, t)
                yield Known(t("reporting.postponed_before", period=period_words))
    if line.tally is not None:
        yield Known(_tally_words(line.tally, is_ahead, scope))
        slot = current_slot(line, scope.publication.today) if is_ahead else None
        if slot is not None and slot.slot.span.latest is not None:
            day = t.day(slot.slot.span.latest)
            yield Known(t("reporting.now", held=t.number(slot.counted), times=t.number(slot.slot.times), day=day))
    if line.dates:
        yield Known(t("reporting.dates_ahead" if is_ahead else "reporting.dates", n=t.number(line.dates)))
    for measured in indicator_rows(line.action.indicators, organization, scope):
        if measured.sentence:
            yield Known(text=measured.name, after=measured.sentence)
    for item in update.evidence if update else ():
        title = scope.show(item.title) if item.title else Shown(item.url or "", scope.language)
        yield Known(f"{t('update.evidence')}:", title, item.url or "")


def _report_words(line: Line, organization: Organization, scope: Scope) -> Iterator[str]:
    """Say when it was finished, else when it was reported on."""
    if line.update is None:
        return
    if line.ended_on is not None:
        yield scope.t("reporting.finished", day=scope.t.day(line.ended_on))
    else:
        yield scope.t("reporting.reported", period=period_in_words(line.update.date, organization, scope.t))


def _lateness_words(line: Line, is_ahead: bool, scope: Scope) -> Iterator[str]:
    t, latest = scope.t, line.timing.latest
    if line.status in ("done", "partly_done"):
        if line.late_days is not None:
            yield t("reporting.late", line.late_days) if line.late_days else t("reporting.in_time")
        elif line.ended_on is None and latest is not None:
            yield t("reporting.day_not_stated")
    elif line.overdue_days:
        yield t("reporting.overdue", line.overdue_days)
    elif line.status in ("ongoing", "not_started", "unreported") and latest and latest >= scope.publication.today:
        yield t("reporting.last_day", day=t.day(latest)) if is_ahead else t("reporting.not_due_yet")


def _reasons(line: Line, update: Update, organization: Organization, scope: Scope) -> Iterator[Known]:
    t = scope.t
    if line.status == "postponed":
        words = t("update.no_new_date")
        if update.new_date is not None and not isinstance(update.new_date, str):
            words = f"{t('update.new_date')} {period_in_words(update.new_date, organization, t)}"
        if line.new_latest is not None and line.new_latest < scope.publication.today:
            words = f"{words} ({t('reporting.new_date_over')})"
        yield Known(words)
    if update.reason is not None:
        yield Known(t("update.reason"), scope.show(update.reason))
    if update.merged_into is not None:
        plan = line.subject.plan
        target = scope.action_link(next(a for a in plan.actions if a.id == update.merged_into))
        yield Known(t("update.merged_into"), target.title, target.href)


def _tally_words(tally: Tally, is_ahead: bool, scope: Scope) -> str:
    t = scope.t
    words = [t("reporting.promised_ahead" if is_ahead else "reporting.promised", n=t.number(tally.promised))]
    for state, count in (
        ("held", tally.held),
        ("missed", tally.missed),
        ("unknown", tally.unknown),
        ("empty", tally.open),
    ):
        if count and not is_ahead:
            words.append(t("reporting.count", label=t(f"slot.{state}"), n=t.number(count)))
    return " · ".join(words)
