"""Rules of events and trainings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostic import Diagnostic
from ..model import Event, Organization
from .base import Check, action_ids, check_unique, committee_ids


def check_event(checker: Check, organization: Organization, event: Event) -> Iterator[Diagnostic]:
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
    yield from check_unique(checker, event, ("occurrences",), [occurrence.id for occurrence in event.occurrences])
    if event.status != "scheduled" and event.reason is None:
        yield checker.problem("OP601", event, ("status",), status=event.status, key="reason")
    for index, occurrence in enumerate(event.occurrences):
        if occurrence.status != "scheduled" and occurrence.reason is None:
            where = ("occurrences", index, "status")
            yield checker.problem("OP601", event, where, status=occurrence.status, key="reason")
    age = re.fullmatch(r"([0-9]{1,2})-([0-9]{0,2})", event.age or "")
    if event.age is not None and (age is None or (age[2] and int(age[2]) < int(age[1]))):
        yield checker.problem("OP320", event, ("age",), found=event.age)
    registration = event.registration
    if registration is not None and registration.closes is not None:
        closes = registration.closes.last.local()
        if registration.opens is not None and closes < registration.opens.first.local():
            yield checker.problem("OP405", event, ("registration", "closes"), found=str(registration.closes.last))
        if event.when is not None and event.when.on is not None:
            start = event.when.on.first
            if registration.closes.first.day > start.day:
                yield checker.problem("OP608", event, ("registration", "closes"), found=str(registration.closes.first))


def check_event_cycles(checker: Check, organization: Organization) -> Iterator[Diagnostic]:
    hangs_on = {event.id: event.when.relative.to for event in organization.events if event.when and event.when.relative}
    for event in organization.events:
        seen, current = [event.id], hangs_on.get(event.id)
        while current is not None and current not in seen:
            seen.append(current)
            current = hangs_on.get(current)
        if current == event.id:
            yield checker.problem("OP502", event, ("when", "relative", "to"), found=" → ".join([*seen, current]))
