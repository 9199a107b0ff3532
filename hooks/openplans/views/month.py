"""A month: windows in a lane above the days, then a real table, then the days one by one."""

from __future__ import annotations

import calendar as month_tables
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..calendars import Meeting
from ..language import Shown
from ..model import Span
from ..routes import PageKind
from .agenda import month_link
from .meetings import MeetingRow, meeting_row
from .pieces import Link, View
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of a month's table, and its list below."""

    number: int
    anchor: str
    title: str
    label: str
    meetings: tuple[MeetingRow, ...]


def month(scope: Scope) -> View:
    """Return the page of a month."""
    year, number = (int(part) for part in scope.route.item.split("-"))
    whole = Span(date(year, number, 1), date(year, number, month_tables.monthrange(year, number)[1]))
    t, meetings = scope.t, scope.publication.meetings
    found = scope.publication.once(("months",), lambda: _by_month(meetings))[year, number]
    dated = [m for m in found if m.exact is not None and _days_of(m).overlaps(whole)]
    lane = [m for m in found if any(span.overlaps(whole) for span in m.short_windows)]
    weeks = tuple(
        tuple(_day(date(year, number, day), dated, scope) if day else None for day in week)
        for week in month_tables.Calendar(0).monthdayscalendar(year, number)
    )
    all_months = scope.publication.months
    position = all_months.index((year, number))
    title = t.month(year, number)
    days = (m for m in meetings if not dated and m.exact is not None and m.exact.first.day > (whole.latest or date.max))
    later = next(days, None)
    page = scope.page(
        f"{title} – {t('nav.agenda')}",
        Shown(title, scope.language),
        t("month.description", month=title),
        crumbs=(Link(scope.ours("nav.agenda"), scope.to(PageKind.AGENDA)),),
        has_script=True,
    )
    return View(
        page,
        {
            "title": title,
            "lane": tuple(meeting_row(m, scope, _part_of_window(m, whole, scope)) for m in lane),
            "weeks": weeks,
            "days": tuple(day for week in weeks for day in week if day is not None and day.meetings),
            "weekdays": tuple((t.weekday_short(n), t.weekday(n)) for n in range(1, 8)),
            "is_empty": not dated and not lane,
            "later": meeting_row(later, scope) if later else None,
            "previous": month_link(*all_months[position - 1], scope) if position else None,
            "next": month_link(*all_months[position + 1], scope) if position + 1 < len(all_months) else None,
        },
    )


def _by_month(meetings: Sequence[Meeting]) -> defaultdict[tuple[int, int], list[Meeting]]:
    """Return the meetings by every month that some day of theirs is in, each in the order given."""
    found: defaultdict[tuple[int, int], list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        spans = (*([_days_of(meeting)] if meeting.exact is not None else []), *meeting.short_windows)
        for year, month in dict.fromkeys(month for span in spans for month in _months_of(span)):
            found[year, month].append(meeting)
    return found


def _months_of(span: Span) -> Iterator[tuple[int, int]]:
    assert span.earliest is not None and span.latest is not None
    for number in range(_month_number(span.earliest), _month_number(span.latest) + 1):
        yield (number - 1) // 12, (number - 1) % 12 + 1


def _days_of(meeting: Meeting) -> Span:
    """Return the days that a dated meeting is on; one that ends at midnight is not on the day that begins then."""
    exact = meeting.exact
    assert exact is not None
    last = exact.last.day
    is_at_midnight = exact.last.clock is not None and (exact.last.clock.hour, exact.last.clock.minute) == (0, 0)
    if is_at_midnight and last > exact.first.day:
        last -= timedelta(days=1)
    return Span(exact.first.day, last)


def _day(day: date, dated: Sequence[Meeting], scope: Scope) -> Day:
    found = [m for m in dated if _days_of(m).covers(day)]
    title = scope.t.day(day, weekday=True)
    label = f"{title}, {scope.t('count.events', len(found))}" if found else title
    rows = tuple(meeting_row(m, scope, _part_of_days(m, day, scope)) for m in found)
    return Day(day.day, f"d-{day.isoformat()}", title, label, rows)


def _part_of_days(meeting: Meeting, day: date, scope: Scope) -> str:
    span = _days_of(meeting)
    assert span.earliest is not None and span.latest is not None
    count = (span.latest - span.earliest).days + 1
    return scope.t("month.day_of", day=(day - span.earliest).days + 1, days=count) if count > 1 else ""


def _part_of_window(meeting: Meeting, whole: Span, scope: Scope) -> str:
    """Say which of its months this is where a window reaches over several."""
    span = next(span for span in meeting.short_windows if span.overlaps(whole))
    assert span.earliest is not None and span.latest is not None and whole.earliest is not None
    months = _month_number(span.latest) - _month_number(span.earliest) + 1
    position = _month_number(whole.earliest) - _month_number(span.earliest) + 1
    return scope.t("month.month_of", month=position, months=months) if months > 1 else ""


def _month_number(day: date) -> int:
    return day.year * 12 + day.month
