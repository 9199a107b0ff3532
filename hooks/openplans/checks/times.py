"""Rules of time: named periods exist, repetitions have an end, local times exist on their day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from zoneinfo import available_timezones

from ..diagnostic import Diagnostic
from ..model import Event, Exact, Moment, Organization, Period, Quota, Record, Rule, When
from ..repetitions import has_holidays
from ..validation import nearest
from ..values import values_of
from ..zones import clock_problem
from .base import Check


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def check_zone(checker: Check, record: Record, zone: str) -> Iterator[Diagnostic]:
    zones = _zones()
    if zone not in zones:
        yield checker.problem(
            "OP501",
            record,
            ("time_zone",),
            kind="time_zone",
            found=zone,
            allowed="Europe/Vilnius, Europe/Riga, …",
            suggestion=nearest(zone, sorted(zones)),
        )


def check_times(checker: Check, organization: Organization, record: Record) -> Iterator[Diagnostic]:
    """Check every period, time and exact date of a record."""
    # A named term cannot be explained by other named terms.
    names = () if isinstance(record, Organization) else tuple(term.id for term in organization.terms)
    for where, period in values_of(record, Period):
        for point in period.points:
            if point.term is not None and point.term not in names:
                yield checker.problem("OP401", record, where, found=period.text, suggestion=nearest(point.term, names))
            if point.season is not None and getattr(organization.seasons, point.season) is None:
                yield checker.problem("OP413", record, where, found=point.season)
    for where, when in values_of(record, When):
        yield from _when(checker, organization, record, where, when)
    for where, exact in values_of(record, Exact):
        yield from check_clock(checker, organization, record, where, exact)


def _when(
    checker: Check, organization: Organization, record: Record, where: Sequence[str | int], when: When
) -> Iterator[Diagnostic]:
    for name in ("rule", "quota"):
        shape = getattr(when, name)
        # An action's repetition lasts as long as its plan; an event's needs an end of its own.
        if isinstance(record, Event) and shape is not None and not _has_ends(shape):
            yield checker.problem("OP414", record, (*where, name), kind=name)
    if when.quota is not None and when.quota.times == 0:
        yield checker.problem("OP415", record, (*where, "quota", "times"))
    if when.relative is not None:
        events = checker.ids_in(f"organizations/{organization.id}/events/")
        yield from checker.reference(record, (*where, "relative", "to"), "event", when.relative.to, events)
    if when.rule is not None:
        yield from _rule(checker, organization, record, (*where, "rule"), when.rule)


def _has_ends(shape: Rule | Quota) -> bool:
    """Tell whether a repetition has a beginning and an end, be that end an event."""
    within = shape.within
    ends_with_event = isinstance(shape, Rule) and shape.until is not None
    if within is None or within.start is None:
        return False
    return ends_with_event or not within.is_open


def _rule(
    checker: Check, organization: Organization, record: Record, where: Sequence[str | int], rule: Rule
) -> Iterator[Diagnostic]:
    if rule.until is not None:
        events = checker.ids_in(f"organizations/{organization.id}/events/")
        yield from checker.reference(record, (*where, "until"), "event", rule.until, events)
        ending = next((event for event in organization.events if event.id == rule.until), None)
        if ending is not None and ending.status in ("cancelled", "postponed"):
            yield checker.problem("OP423", record, (*where, "until"), found=rule.until)
    if rule.on_holiday != "keep" and not has_holidays(organization.country):
        yield checker.problem("OP419", record, (*where, "on_holiday"), found=organization.country or "–")


def check_clock(
    checker: Check, organization: Organization, record: Record, where: Sequence[str | int], exact: Exact
) -> Iterator[Diagnostic]:
    zone = organization.time_zone or checker.dataset.site.time_zone
    moments: list[Moment] = [exact.first] if exact.first == exact.last else [exact.first, exact.last]
    for moment in moments:
        problem = clock_problem(moment, zone)
        if problem is not None:
            yield checker.problem(problem, record, where, found=str(moment), zone=zone)
