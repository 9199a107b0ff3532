"""From what authors wrote about time to days: bounds of each shape, and slots of a quota.

Everything resolves to ``[earliest, latest]``, either of which may be unknown. An end that nobody stated can
never be overdue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .model import UNKNOWN_SPAN, Event, NamedPeriods, Organization, Period, Quota, Relative, Rule, Span, When
from .repetitions import RuleDay, days_of

#: Units of a quota in months; the others are counted in days or cannot be counted.
_MONTHS = {"month": 1, "two_months": 2, "quarter": 3, "three_months": 3, "half_year": 6, "year": 12, "school_year": 12}
_DAYS = {"day": 1, "week": 7, "two_weeks": 14}
#: Slots are counted only while there are few enough to show; past that a quota is text.
SLOT_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Timing:
    """A time resolved: its separate spans, and the bounds over all of them."""

    spans: tuple[Span, ...]
    is_exact: bool = False
    has_no_end: bool = False

    @property
    def earliest(self) -> date | None:
        """The first possible day, or None if one of the spans has none."""
        days = [span.earliest for span in self.spans]
        return None if not days or None in days else min(day for day in days if day)

    @property
    def latest(self) -> date | None:
        """The last possible day, or None if there is no end to be late for."""
        days = [span.latest for span in self.spans]
        return None if self.has_no_end or not days or None in days else max(day for day in days if day)


NO_TIMING = Timing(())


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """What dates of an organization are read against: its named periods, its events, and the plan's own period."""

    names: NamedPeriods
    events: Mapping[str, Event]
    plan: Span = UNKNOWN_SPAN
    #: Two-letter code of the country whose public holidays count.
    country: str | None = None

    def within(self, span: Span) -> TimeFrame:
        """Return the same frame for a plan that covers ``span``."""
        return TimeFrame(self.names, self.events, span, self.country)


def time_frame(organization: Organization) -> TimeFrame:
    """Return the frame of an organization, without a plan."""
    written = {name: getattr(organization.seasons, name) for name in ("spring", "summer", "autumn", "winter")}
    seasons = {name: months for name, months in written.items() if months is not None}
    without_terms = NamedPeriods(seasons, {})
    terms = {term.id: term.period.span(without_terms) for term in organization.terms}
    events = {event.id: event for event in organization.events}
    return TimeFrame(NamedPeriods(seasons, terms), events, country=organization.country)


def timing_of(whens: Sequence[When], frame: TimeFrame) -> Timing:
    """Return the timing of one shape, or of several that the document gives together."""
    timings = [_timing(when, frame, ()) for when in whens]
    if not timings:
        return NO_TIMING
    spans = tuple(span for timing in timings for span in timing.spans)
    return Timing(spans, all(t.is_exact for t in timings), any(t.has_no_end for t in timings))


def _timing(when: When, frame: TimeFrame, seen: tuple[str, ...]) -> Timing:
    if when.on is not None:
        return Timing((Span(when.on.first.day, when.on.last.day),), is_exact=True)
    if when.window is not None:
        spans = tuple(period.span(frame.names) for period in when.window)
        return Timing(spans, has_no_end=any(period.is_open for period in when.window))
    if when.by is not None:
        return Timing((Span(None, when.by.span(frame.names).latest),))
    if when.relative is not None:
        return _relative(when.relative, frame, seen)
    if when.rule is not None:
        spans = tuple(Span(day.first, day.last) for day in _days_of_rule(when.rule, frame, seen))
        return Timing(spans or (UNKNOWN_SPAN,), is_exact=when.rule.until_day is None)
    if when.quota is not None:
        return Timing((_span_within(when.quota.within, frame),))
    return Timing((UNKNOWN_SPAN,), has_no_end=True)


def _span_within(within: Period | None, frame: TimeFrame) -> Span:
    return within.span(frame.names) if within is not None else frame.plan


def _relative(relative: Relative, frame: TimeFrame, seen: tuple[str, ...]) -> Timing:
    target = _timing_of_event(relative.to, frame, seen)
    limit = relative.latest.span(frame.names).latest if relative.latest else None
    if relative.relation == "during":
        return target if limit is None else Timing((Span(target.earliest, limit),))
    if relative.relation == "after":
        return Timing((Span(target.earliest, limit),))
    # Before an event that has only a window: late for certain once the whole window is over.
    return Timing((Span(None, limit or target.latest),))


def _timing_of_event(identifier: str, frame: TimeFrame, seen: tuple[str, ...]) -> Timing:
    """Return when an event takes place, all its occurrences together; ``seen`` are the events that hang on it."""
    event = frame.events.get(identifier)
    if event is None or event.id in seen:
        return Timing((UNKNOWN_SPAN,))
    seen = (*seen, event.id)
    moved = {occurrence.id for occurrence in event.occurrences if occurrence.when is not None}
    stated = [occurrence.when for occurrence in event.occurrences if occurrence.when is not None]
    spans = []
    if event.when is not None and event.when.rule is not None:
        days = _days_of_rule(event.when.rule, frame, seen)
        spans = [Span(day.first, day.last) for day in days if day.key not in moved]
    elif event.when is not None and not event.occurrences:
        stated.append(event.when)
    spans += [span for when in stated for span in _timing(when, frame, seen).spans]
    return Timing(tuple(spans) or (UNKNOWN_SPAN,))


def days_of_rule(rule: Rule, frame: TimeFrame) -> tuple[RuleDay, ...]:
    """Return the real days (or yearly windows) of a rule; none if its period has no two ends."""
    return _days_of_rule(rule, frame, ())


def _days_of_rule(rule: Rule, frame: TimeFrame, seen: tuple[str, ...]) -> tuple[RuleDay, ...]:
    within = _span_within(rule.within, frame)
    first, last = within.earliest, within.latest
    if rule.until is not None:
        # While the event that ends it has only a window, nothing inside that window is certain.
        before = _timing_of_event(rule.until, frame, seen).earliest
        ends = [day for day in (last, before - timedelta(days=1) if before else None) if day]
        last = min(ends, default=None)
    if first is None or last is None:
        return ()
    days = days_of(rule, first, last, frame.country)
    # No holiday moves a day past the event before which the repetition ends.
    return tuple(day for day in days if rule.until is None or day.last <= last)


@dataclass(frozen=True, slots=True)
class Slot:
    """One unit of a quota in which the promised number is due."""

    key: str
    span: Span
    times: int


def slots_of(quota: Quota, frame: TimeFrame) -> tuple[Slot, ...]:
    """Return the slots of a quota in order; none where its period or unit cannot be counted.

    Calendar units begin at their calendar start (a quarter in January, April, July or October); others are
    counted from the first day of the period.
    """
    within = _span_within(quota.within, frame)
    if within.earliest is None or within.latest is None:
        return ()
    spans = _unit_spans(quota.per, within.earliest, within.latest)
    if len(spans) >= SLOT_LIMIT:
        return ()
    return tuple(Slot(_slot_key(quota.per, span), span, quota.times) for span in spans)


def _unit_spans(unit: str, first: date, last: date) -> list[Span]:
    spans: list[Span] = []
    if unit in _MONTHS:
        months = _MONTHS[unit]
        index = first.year * 12 + first.month - 1
        if unit == "school_year":
            index -= (index - 8) % 12
        elif unit in ("quarter", "half_year", "year"):
            index -= index % months
        start = date(index // 12, index % 12 + 1, 1)
        while start <= last and len(spans) < SLOT_LIMIT:
            index += months
            following = date(index // 12, index % 12 + 1, 1)
            spans.append(Span(max(start, first), min(following - timedelta(days=1), last)))
            start = following
    elif unit in _DAYS:
        start = first
        while start <= last and len(spans) < SLOT_LIMIT:
            end = start + timedelta(days=_DAYS[unit] - 1)
            spans.append(Span(start, min(end, last)))
            start = end + timedelta(days=1)
    elif unit == "term":
        spans.append(Span(first, last))
    return spans


def _slot_key(unit: str, span: Span) -> str:
    start = span.earliest
    assert start is not None
    if unit == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    if unit == "school_year":
        return str(start.year if start.month >= 9 else start.year - 1)
    if unit in ("year", "term"):
        return str(start.year)
    if unit in _MONTHS:
        return f"{start:%Y-%m}"
    return start.isoformat()
