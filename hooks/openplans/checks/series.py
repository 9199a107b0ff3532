"""Rules of series: a repetition gives dates, and what is written about single ones is about one that it gives."""

from __future__ import annotations

from collections.abc import Iterator

from ..dates import days_of_rule, time_frame
from ..diagnostic import Diagnostic
from ..model import Event, Organization, Rule
from ..repetitions import RuleDay
from ..validation import nearest
from .base import Check
from .times import check_clock

#: More dates than this in one series are a slip in its period.
_MOST_DAYS = 500
_WHERE = ("when", "rule")


def check_series(checker: Check, organization: Organization, event: Event) -> Iterator[Diagnostic]:
    rule = event.when.rule if event.when else None
    if rule is None or rule.within is None:
        return
    frame = time_frame(organization)
    days = days_of_rule(rule, frame)
    if len(days) > _MOST_DAYS:
        yield checker.problem("OP426", event, _WHERE, found=str(len(days)), limit=str(_MOST_DAYS))
        return
    if not days:
        if not _waits_for_a_series(rule, organization):
            yield checker.problem("OP425", event, _WHERE)
        return
    whole = [rule.model_copy(update={"skip": (), "on_holiday": way}) for way in ("keep", rule.on_holiday)]
    possible = {day.first for other in whole for day in days_of_rule(other, frame)}
    for index, left_out in enumerate(rule.skip):
        if left_out not in possible:
            yield checker.problem("OP420", event, (*_WHERE, "skip", index), found=left_out.isoformat())
    yield from _occurrences(checker, event, days)
    moved = {occurrence.id for occurrence in event.occurrences if occurrence.when is not None}
    for day in days:
        if day.key not in moved:
            yield from check_clock(checker, organization, event, (*_WHERE, "at"), day.exact(rule.at))


def _waits_for_a_series(rule: Rule, organization: Organization) -> bool:
    """Tell whether the event that ends the rule ends with another one itself: what is wrong there is told there."""
    ending = next((event for event in organization.events if event.id == rule.until), None)
    return ending is not None and ending.when is not None and ending.when.rule is not None


def _occurrences(checker: Check, event: Event, days: tuple[RuleDay, ...]) -> Iterator[Diagnostic]:
    keys = [day.key for day in days]
    for index, occurrence in enumerate(event.occurrences):
        if occurrence.when is None and occurrence.id not in keys:
            yield checker.problem(
                "OP421",
                event,
                ("occurrences", index, "id"),
                found=occurrence.id,
                allowed=", ".join(keys[:6]),
                suggestion=nearest(occurrence.id, keys),
            )
