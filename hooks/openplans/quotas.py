"""Promised counts as strips of slots: what was held, announced, left open or missed in each unit of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .calendars import Meeting
from .dates import Slot, TimeFrame, slots_of
from .model import When

#: Held; announced for a slot that is not over; open; over without a public record; missed though results are published.
SLOT_STATES = ("held", "announced", "empty", "unknown", "missed")


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """A slot with the meetings that fall in it."""

    slot: Slot
    meetings: tuple[Meeting, ...]
    held: int
    state: str

    @property
    def counted(self) -> int:
        """How many count: more meetings in one slot never hide a missed one."""
        return min(self.held, self.slot.times)


def filled_slots(
    whens: Sequence[When], meetings: Sequence[Meeting], frame: TimeFrame, today: date, reports_results: bool
) -> tuple[FilledSlot, ...]:
    """Return the slots of all quotas in order, each with the exact-dated meetings on its days."""
    found = []
    for when in whens:
        if when.quota is None:
            continue
        for slot in slots_of(when.quota, frame):
            own = tuple(m for m in meetings if m.exact is not None and slot.span.covers(m.exact.first.day))
            held = sum(1 for m in own if m.result is not None and m.result.held)
            found.append(FilledSlot(slot, own, held, _state(slot, own, held, today, reports_results)))
    return tuple(found)


def _state(slot: Slot, meetings: Sequence[Meeting], held: int, today: date, reports_results: bool) -> str:
    if held >= slot.times:
        return "held"
    if slot.span.latest is not None and slot.span.latest >= today:
        alive = [m for m in meetings if m.status not in ("cancelled", "postponed")]
        return "announced" if alive else "empty"
    return "missed" if reports_results else "unknown"


def share_held(slots: Sequence[FilledSlot]) -> tuple[Fraction, Fraction] | None:
    """Return the lowest and highest share of the promised count; None if nothing is known to have been held.

    The highest counts every slot that is still open or that nobody reported on as kept.
    """
    expected = sum(item.slot.times for item in slots)
    held = sum(item.counted for item in slots)
    if not expected or not held:
        return None
    lost = sum(item.slot.times - item.counted for item in slots if item.state == "missed")
    return Fraction(held, expected), Fraction(expected - lost, expected)
