"""When the site next says something else although nobody changed the data: an event is over, a deadline passes.

A site that is built once a day may leave out the days on which nothing turns. The footer's date is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from .dates import timing_of
from .feeds import CANCELLED_FOR, GONE_FOR, LOOK_BACK, subscriptions
from .model import Period
from .publication import Publication
from .values import values_of

_DAY = timedelta(days=1)


def next_change(publication: Publication) -> date | None:
    """Return the first day after the build's on which the site would differ; None if there is none to be seen."""

    @cache
    def now() -> Any:
        return _state(publication)

    days = sorted({day for day in _turning_days(publication) if day > publication.today})
    return next((day for day in days if _state(replace(publication, today=day)) != now()), None)


def _state(publication: Publication) -> Any:
    """Return everything on the site that depends on the day."""
    dataset = publication.dataset
    this_month = (publication.today.year, publication.today.month)
    return (
        # Reports count the days that something is late.
        publication.today if _has_overdue(publication) else None,
        [
            publication.progress_of(action)
            for organization in dataset.organizations
            for plan in organization.plans
            for action in plan.actions
        ],
        [meeting.is_over(publication.today) for meeting in publication.meetings],
        # The agenda offers the months from this one on.
        [month for month in publication.months if month >= this_month],
        [(feed.name, [entry.uid_key for entry in feed.entries], feed.gone) for feed in subscriptions(publication)],
    )


def _has_overdue(publication: Publication) -> bool:
    return any(
        publication.progress_of(action).schedule == "overdue"
        for organization in publication.dataset.organizations
        for plan in organization.plans
        for action in plan.actions
    )


def _turning_days(publication: Publication) -> Iterator[date]:
    """Yield every day on which something may turn; more than needed, and none too few."""
    thresholds = publication.dataset.site.thresholds
    due_soon, stale = timedelta(days=thresholds.due_soon_days), timedelta(days=thresholds.stale_days)
    offsets = [timedelta(0), _DAY, -due_soon, stale, stale + _DAY]
    offsets += [kept + _DAY for kept in (CANCELLED_FOR, GONE_FOR, LOOK_BACK)]
    yield publication.today + _DAY
    for year, month in publication.months:
        yield from (date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))
    for day in set(_days(publication)):
        # Years at the edge of what a date can hold turn nothing that anybody will see.
        if date.min + timedelta(days=999) < day < date.max - timedelta(days=999):
            yield from (day + offset for offset in offsets)
            # What is due in a month is so from its first day on.
            yield day.replace(day=1)


def _days(publication: Publication) -> Iterator[date]:
    for meeting in publication.meetings:
        for span in meeting.timing.spans:
            yield from (day for day in (span.earliest, span.latest) if day)
        registration = meeting.registration
        edges = (registration.opens, registration.closes) if registration else ()
        for exact in (*meeting.previous, *edges):
            if exact is not None:
                yield from (exact.first.day, exact.last.day)
    for gone in publication.ledger.gone:
        yield gone.moment.date()
    for organization in publication.dataset.organizations:
        for plan in organization.plans:
            period = publication.frame(organization, plan).plan
            yield from (day for day in (period.earliest, period.latest) if day)
            for action in plan.actions:
                for span in timing_of(action.all_whens, publication.frame(organization, plan)).spans:
                    yield from (day for day in (span.earliest, span.latest) if day)
                for value in values_of(action, Period):
                    span = value[1].span(publication.frame(organization).names)
                    yield from (day for day in (span.earliest, span.latest) if day)
                for filled in publication.slots_of(plan, action):
                    yield from (day for day in (filled.slot.span.earliest, filled.slot.span.latest) if day)
