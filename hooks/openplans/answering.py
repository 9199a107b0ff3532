"""Who answers for an action, and which actions an event fulfils."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Action, Committee, Event, Organization, Plan


def answering(organization: Organization, plan: Plan, action: Action) -> tuple[Committee, ...]:
    """Return the committees that answer for an action: its own, else its section's."""
    ids = action.responsible
    if not ids:
        ids = next((section.committees for section in plan.sections if section.id == action.section), ())
    committees = {committee.id: committee for committee in organization.committees}
    return tuple(committees[identifier] for identifier in ids)


def at_work(organization: Organization) -> frozenset[str]:
    """Return the ids of the committees that answer for some action."""
    left = {committee.id for committee in organization.committees}
    found: set[str] = set()
    for plan in organization.plans:
        for action in plan.actions:
            # Mostly they all are found among the first actions.
            if left <= found:
                return frozenset(found)
            found.update(committee.id for committee in answering(organization, plan, action))
    return frozenset(found)


def fulfilled(organization: Organization, event: Event) -> Iterator[tuple[Plan, Action]]:
    """Yield the actions that an event fulfils, each with its plan."""
    for reference in event.actions:
        of, _, identifier = reference.partition("/")
        plans = (plan for plan in organization.plans if plan.id == of)
        yield from ((plan, action) for plan in plans for action in plan.actions if action.id == identifier)
