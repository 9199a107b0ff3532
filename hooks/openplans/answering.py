"""Who answers for an action, and which actions an event fulfils."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .model import Action, Committee, Event, Organization, Plan


def answering(organization: Organization, plan: Plan, action: Action) -> tuple[Committee, ...]:
    """Return the committees that answer for an action: its own, else its section's."""
    ids = action.responsible
    if not ids:
        ids = next((section.committees for section in plan.sections if section.id == action.section), ())
    committees = {committee.id: committee for committee in organization.committees}
    return tuple(committees[identifier] for identifier in ids)


def actions_by_committee(organization: Organization) -> Mapping[str, tuple[Action, ...]]:
    """Return the actions that each committee answers for, by its id, in document order."""
    found: dict[str, list[Action]] = {}
    for plan in organization.plans:
        for action in plan.actions:
            for identifier in {committee.id for committee in answering(organization, plan, action)}:
                found.setdefault(identifier, []).append(action)
    return {identifier: tuple(actions) for identifier, actions in found.items()}


def fulfilled(organization: Organization, event: Event) -> Iterator[tuple[Plan, Action]]:
    """Yield the actions that an event fulfils, each with its plan."""
    for reference in event.actions:
        of, _, identifier = reference.partition("/")
        plans = (plan for plan in organization.plans if plan.id == of)
        yield from ((plan, action) for plan in plans for action in plan.actions if action.id == identifier)
