"""Rules of events and trainings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from ..dates import days_of_rule, time_frame
from ..diagnostic import Diagnostic
from ..model import Event, Exact, Organization, Registration
from .base import Check, action_ids, check_unique, committee_ids

#: A meeting with times of day that lasts longer is a slip in one of its dates.
_LONGEST = timedelta(days=14)
#: Words of addresses and of calendar entries that no occurrence can have.
_RESERVED_OCCURRENCES = frozenset({"index", "poster", "opens", "closes"})


def check_event(checker: Check, organization: Organization, event: Event) -> Iterator[Diagnostic]:
    yield from _references(checker, organization, event)
    yield from check_unique(checker, event, ("occurrences",), [occurrence.id for occurrence in event.occurrences])
    yield from _state(checker, event, ())
    yield from _dates(checker, event, (), event.when.on if event.when else None, event.registration)
    rule = event.when.rule if event.when else None
    days = days_of_rule(rule, time_frame(organization)) if rule and event.occurrences else ()
    by_rule = {day.key: day.exact(rule.at) for day in days if rule}
    if event.occurrences and event.when is not None and event.when.on is not None:
        yield checker.problem("OP424", event, ("when", "on"), found="on")
    for index, occurrence in enumerate(event.occurrences):
        where = ("occurrences", index)
        if occurrence.when is not None and occurrence.when.shape in ("rule", "quota", "continuous"):
            yield checker.problem("OP424", event, (*where, "when"), found=occurrence.when.shape)
        if occurrence.id in _RESERVED_OCCURRENCES:
            yield checker.problem("OP505", event, (*where, "id"), found=occurrence.id, kind="occurrence")
        yield from _state(checker, event, where)
        exact = occurrence.when.on if occurrence.when else by_rule.get(occurrence.id)
        yield from _dates(checker, event, where, exact, occurrence.registration)
    age = re.fullmatch(r"([0-9]{1,2})-([0-9]{0,2})", event.age or "")
    if event.age is not None and (age is None or (age[2] and int(age[2]) < int(age[1]))):
        yield checker.problem("OP320", event, ("age",), found=event.age)


def _references(checker: Check, organization: Organization, event: Event) -> Iterator[Diagnostic]:
    committees = committee_ids(checker, organization)
    for index, identifier in enumerate(event.organizers):
        yield from checker.reference(event, ("organizers", index), "committee", identifier, committees)
    for index, reference in enumerate(event.actions):
        plan_id, _, action_id = reference.partition("/")
        base = f"organizations/{organization.id}/plans/"
        plans = checker.ids_in(base)
        if plan_id not in plans:
            yield from checker.reference(event, ("actions", index), "plan", plan_id, plans)
            continue
        known = action_ids(checker, f"{base}{plan_id}/")
        yield from checker.reference(event, ("actions", index), "action", action_id, known)
    site = checker.dataset.site
    for index, identifier in enumerate(event.audiences):
        yield from checker.reference(event, ("audiences", index), "audience", identifier, set(site.audiences))
    if event.region is not None:
        yield from checker.reference(event, ("region",), "region", event.region, set(site.regions))
    if event.former_id is not None:
        taken = checker.ids_in(f"organizations/{organization.id}/events/")
        others = (e.former_id for e in organization.events if e is not event)
        if event.former_id in taken or event.former_id in others:
            yield checker.problem("OP611", event, ("former_id",), found=event.former_id)


def _state(checker: Check, event: Event, where: Sequence[str | int]) -> Iterator[Diagnostic]:
    """What is not as first scheduled says why; what has a new date says the old one."""
    holder = event.occurrences[int(where[1])] if where else event
    if holder.status == "scheduled":
        return
    if holder.reason is None:
        yield checker.problem("OP601", event, (*where, "status"), status=holder.status, key="reason")
    if holder.status == "rescheduled" and not holder.previous:
        yield checker.problem("OP601", event, (*where, "status"), status=holder.status, key="previous")


def _dates(
    checker: Check, event: Event, where: Sequence[str | int], exact: Exact | None, registration: Registration | None
) -> Iterator[Diagnostic]:
    if exact is not None and exact.is_timed and exact.last.local() - exact.first.local() > _LONGEST:
        yield checker.problem("OP422", event, (*where, "when", "on"), found=str(exact.last), days=str(_LONGEST.days))
    if registration is None or registration.closes is None:
        return
    closes = registration.closes
    at = (*where, "registration", "closes")
    if registration.opens is not None and closes.last.local() < registration.opens.first.local():
        yield checker.problem("OP405", event, at, found=str(closes.last))
    if exact is not None:
        has_times = closes.is_timed and exact.is_timed
        is_late = closes.last.local() > exact.first.local() if has_times else closes.last.day > exact.first.day
        if is_late:
            yield checker.problem("OP608", event, at, found=str(closes.last))


def check_event_cycles(checker: Check, organization: Organization) -> Iterator[Diagnostic]:
    """No event may wait for itself, be it through what it hangs on or through the end of its repetition."""
    hangs_on = {}
    for event in organization.events:
        if event.when and event.when.relative:
            hangs_on[event.id] = event.when.relative.to, ("when", "relative", "to")
        elif event.when and event.when.rule and event.when.rule.until:
            hangs_on[event.id] = event.when.rule.until, ("when", "rule", "until")
    for event in organization.events:
        seen = [event.id]
        current, where = hangs_on.get(event.id, (None, ()))
        while current is not None and current not in seen:
            seen.append(current)
            current = hangs_on.get(current, (None, ()))[0]
        if current == event.id:
            yield checker.problem("OP502", event, where, found=" → ".join([*seen, current]))
