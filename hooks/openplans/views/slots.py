"""A quota as a strip of slots: a sentence, a drawing, and the list that the drawing stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..date_words import span_in_words
from ..model import Action, Plan
from ..quotas import SLOT_STATES, FilledSlot
from ..routes import meeting_route
from .pieces import Link
from .scope import Scope

_WIDTH, _GAP = 10, 2


@dataclass(frozen=True, slots=True)
class SlotView:
    """One slot: where it is drawn, what it says, and which meetings fill it."""

    x: int
    width: int
    state: str
    label: str
    words: str
    meetings: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StripView:
    """All slots of an action's quotas."""

    sentence: str
    note: str
    width: int
    slots: tuple[SlotView, ...]


def slot_strip(action: Action, plan: Plan, scope: Scope) -> StripView | None:
    """Return the strip of an action's quotas; None if it has none that can be counted."""
    slots = scope.publication.slots_of(plan, action)
    if not slots:
        return None
    return StripView(
        _sentence(slots, scope),
        "" if all(w.quota.within for w in action.all_whens if w.quota) else scope.t("slot.plan_period"),
        len(slots) * (_WIDTH + _GAP),
        tuple(_slot(item, number * (_WIDTH + _GAP), scope) for number, item in enumerate(slots)),
    )


def _sentence(slots: Sequence[FilledSlot], scope: Scope) -> str:
    t = scope.t
    expected = sum(item.slot.times for item in slots)
    held = sum(item.counted for item in slots)
    counts = [(state, sum(1 for item in slots if item.state == state)) for state in SLOT_STATES if state != "held"]
    # Where nobody reports, silence is not “0 held”.
    is_known = held or any(item.state == "missed" for item in slots)
    words = [t("slot.held_of", expected, held=t.number(held)) if is_known else t("slot.promised", expected)]
    words += [f"{t.number(count)} {t(f'slot.{state}')}" for state, count in counts if count]
    return " · ".join(words)


def _slot(item: FilledSlot, x: int, scope: Scope) -> SlotView:
    t = scope.t
    links = tuple(
        Link(
            scope.show(meeting.title),
            scope.href(meeting_route(meeting, scope.language).path),
        )
        for meeting in item.meetings
    )
    words = t(f"slot.{item.state}")
    if item.slot.times > 1 or (item.held and item.state != "held"):
        words = f"{words}, {t.number(item.held)} / {t.number(item.slot.times)}"
    return SlotView(x, _WIDTH, item.state, span_in_words(item.slot.span, t), words, links)
