"""What whoever continues the work takes over on a day; nothing here is put into words.

Rules:

* What is done, cancelled or merged is not handed over. What nobody reported on is, as unreported: it may be done.
* Due ahead is what has its last day, after any postponement, from the day itself to the ninetieth after it.
* A repeated or lasting promise goes on until its own end or that of its plan has passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .model import Span
from .quotas import FilledSlot
from .reporting import OVER, Line, Subject, line_of

#: How far ahead a hand-over looks for what is due.
DAYS_AHEAD = 90
_FINISHED = ("done", "cancelled", "merged")


@dataclass(frozen=True, slots=True)
class Handover:
    """What is not finished on a day; the other lists pick from ``unfinished``."""

    unfinished: tuple[Line, ...]
    due: tuple[Line, ...]
    postponed_without_date: tuple[Line, ...]
    recurring: tuple[Line, ...]

    @property
    def unreported(self) -> tuple[Line, ...]:
        """Unfinished as far as anybody knows: nobody reported, so they may be done."""
        return tuple(line for line in self.unfinished if line.status == "unreported")


def handover_of(subjects: Sequence[Subject], day: date) -> Handover:
    """Return what whoever continues the work takes over on ``day``; slots and dates are those still to come."""
    ahead = Span(day, day + timedelta(days=DAYS_AHEAD))
    lines = tuple(line_of(s, Span(day, None), day) for s in subjects if s.status not in _FINISHED)
    open_lines = [line for line in lines if line.status not in OVER]
    return Handover(
        unfinished=lines,
        due=tuple(line for line in open_lines if line.last_day is not None and ahead.covers(line.last_day)),
        postponed_without_date=tuple(
            line
            for line in open_lines
            if line.status == "postponed" and (line.update is None or isinstance(line.update.new_date, str | None))
        ),
        recurring=tuple(line for line in open_lines if _goes_on(line, day)),
    )


def _goes_on(line: Line, day: date) -> bool:
    """Tell whether a repeated or lasting promise still binds: neither its own end nor its plan's has passed."""
    ends = (line.timing.latest, line.subject.frame.plan.latest)
    if any(end is not None and end < day for end in ends):
        return False
    return any(when.quota or when.rule or when.continuous for when in line.action.all_whens)


def current_slot(line: Line, day: date) -> FilledSlot | None:
    """Return the slot that is the first to end on ``day`` or later; None without one."""
    slots = [(item.slot.span.latest, item) for item in line.subject.slots if item.slot.span.latest]
    coming = [pair for pair in slots if pair[0] >= day]
    return min(coming, key=lambda pair: pair[0])[1] if coming else None
