"""A quota as a strip of slots: a sentence, a drawing, and the list that the drawing stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..date_words import span_in_words
from ..model import Action, Plan, Span
from ..quotas import SLOT_STATES, FilledSlot
from ..routes import meeting_route
from .pieces import Link
from .scope import Scope

_WIDTH, _GAP, _HEIGHT = 10, 2, 12
#: With more slots than this the list says the same of several at once.
_MANY = 12


@dataclass(frozen=True, slots=True)
class SlotView:
    """One slot, or several in a row of which the same is to be said: when, what, and which meetings fill it."""

    label: str
    words: str
    meetings: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StripView:
    """All slots of an action's quotas."""

    sentence: str
    note: str
    width: int
    #: The drawing, as the outline of all slots of a state.
    outlines: tuple[tuple[str, str], ...]
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
        _outlines(slots),
        tuple(_slot(run, scope) for run in _runs(slots)),
    )


def _outlines(slots: Sequence[FilledSlot]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for number, item in enumerate(slots):
        found[item.state] = found.get(item.state, "") + f"M{number * (_WIDTH + _GAP)} 0h{_WIDTH}v{_HEIGHT}h-{_WIDTH}z"
    return tuple(found.items())


def _runs(slots: Sequence[FilledSlot]) -> list[list[FilledSlot]]:
    """Put slots together that follow each other and of which the same is to be said, where there are many."""
    runs: list[list[FilledSlot]] = []
    for item in slots:
        last = runs[-1][-1] if runs else None
        same = last is not None and (last.state, last.held, last.slot.times) == (item.state, item.held, item.slot.times)
        if same and not item.meetings and last is not None and not last.meetings and len(slots) > _MANY:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


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


def _slot(run: Sequence[FilledSlot], scope: Scope) -> SlotView:
    t, item = scope.t, run[0]
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
    span = Span(item.slot.span.earliest, run[-1].slot.span.latest)
    if len(run) > 1:
        words = f"{t('date.times', len(run))}: {words}"
    return SlotView(span_in_words(span, t), words, links)
