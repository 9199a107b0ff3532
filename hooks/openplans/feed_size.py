"""How much calendar programs take of one feed: they cut off what is larger, without a word to anybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate
from typing import TypeVar

from .calendars import Meeting
from .language import LocalizedText

_T = TypeVar("_T")
#: In bytes; the programs that people use most take about a megabyte.
SIZE_LIMIT = 700_000
#: In bytes: what every entry says, with its labels and without texts of its own.
_BARE = 750


def size_of(meeting: Meeting) -> int:
    """Return about how many bytes an entry about a meeting takes in the language in which it is longest; seldom less.

    `tests/events/test_feed_size.py` holds it against what is written.
    """
    event, place, registration = meeting.event, meeting.place, meeting.registration
    texts: list[LocalizedText | None] = [meeting.title, meeting.reason, meeting.organization.name]
    texts += [event.summary, event.cost, event.travel, event.audience, event.capacity, event.accessibility]
    texts += [place.name, place.address] if place else []
    texts += [registration.note] if registration else []
    words: list[str | None] = [event.broadcast, meeting.when.as_written if meeting.when else None]
    words += [registration.url] if registration else []
    own = sum(max(len(said.encode()) for _, said in text.items()) for text in texts if text is not None)
    own += sum(len(word.encode()) for word in words if word)
    # Lines are folded, and commas escaped.
    return _BARE + own * 11 // 10


def nearest(items: Sequence[_T], today: date, size: Callable[[_T], int], day: Callable[[_T], date]) -> tuple[_T, ...]:
    """Return items in their order: all, or as many as fit below :data:`SIZE_LIMIT`, those nearest to today."""
    if sum(map(size, items)) <= SIZE_LIMIT:
        return tuple(items)
    by_distance = sorted(range(len(items)), key=lambda place: (abs((day(items[place]) - today).days), place))
    sums = accumulate(size(items[place]) for place in by_distance)
    kept = sorted(place for place, total in zip(by_distance, sums, strict=True) if total <= SIZE_LIMIT)
    return tuple(items[place] for place in kept)
