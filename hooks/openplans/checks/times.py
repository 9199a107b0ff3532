"""Rules of time: named periods exist, repetitions have an end, local times exist on their day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from zoneinfo import available_timezones

from ..diagnostic import Diagnostic
from ..model import Exact, Moment, Organization, Period, Plan, Record, When
from ..validation import nearest
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


def check_period(
    checker: Check,
    organization: Organization,
    record: Record,
    where: Sequence[str | int],
    period: Period,
    terms: Sequence[str] | None = None,
) -> Iterator[Diagnostic]:
    names = [term.id for term in organization.terms] if terms is None else list(terms)
    for point in period.points:
        if point.term is not None and point.term not in names:
            yield checker.problem("OP401", record, where, found=period.text, suggestion=nearest(point.term, names))
        if point.season is not None and getattr(organization.seasons, point.season) is None:
            yield checker.problem("OP413", record, where, found=point.season)


def check_whens(
    checker: Check,
    organization: Organization,
    record: Record,
    where: Sequence[str | int],
    whens: Sequence[When],
    plan: Plan | None,
) -> Iterator[Diagnostic]:
    for index, when in enumerate(whens):
        yield from check_when(checker, organization, record, (*where, index), when, plan)


def check_when(
    checker: Check,
    organization: Organization,
    record: Record,
    where: Sequence[str | int],
    when: When,
    plan: Plan | None,
) -> Iterator[Diagnostic]:
    for index, period in enumerate(when.window or ()):
        yield from check_period(checker, organization, record, (*where, "window", index), period)
    if when.by is not None:
        yield from check_period(checker, organization, record, (*where, "by"), when.by)
    for name in ("rule", "quota"):
        shape = getattr(when, name)
        if shape is not None and shape.within is not None:
            yield from check_period(checker, organization, record, (*where, name, "within"), shape.within)
        elif shape is not None and plan is None:
            yield checker.problem("OP414", record, (*where, name), kind=name)
    if when.quota is not None and when.quota.times == 0:
        yield checker.problem("OP415", record, (*where, "quota", "times"))
    if when.relative is not None:
        events = checker.ids_in(f"organizations/{organization.id}/events/")
        yield from checker.reference(record, (*where, "relative", "to"), "event", when.relative.to, events)
        if when.relative.latest is not None:
            yield from check_period(checker, organization, record, (*where, "relative", "latest"), when.relative.latest)
    if when.on is not None:
        yield from check_clock(checker, organization, record, (*where, "on"), when.on)


def check_clock(
    checker: Check, organization: Organization, record: Record, where: Sequence[str | int], exact: Exact
) -> Iterator[Diagnostic]:
    zone = organization.time_zone or checker.dataset.site.time_zone
    moments: list[Moment] = [exact.first] if exact.first == exact.last else [exact.first, exact.last]
    for moment in moments:
        problem = clock_problem(moment, zone)
        if problem is not None:
            yield checker.problem(problem, record, where, found=str(moment), zone=zone)
