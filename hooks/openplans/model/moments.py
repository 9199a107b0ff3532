"""Exact days and local times, as authors write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from .periods import check_day
from .scalars import require_text

_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?", re.ASCII)
_CLOCKS = re.compile(r"(\d{2}):(\d{2})(?:/(\d{2}):(\d{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A calendar day, or a local time of day in the organization's zone."""

    day: date
    clock: time | None = None

    @property
    def is_timed(self) -> bool:
        """Tell whether a time of day was stated."""
        return self.clock is not None

    def local(self) -> datetime:
        """Return the naive local date and time; midnight for a whole day."""
        return datetime.combine(self.day, self.clock or time())

    def __str__(self) -> str:
        return self.day.isoformat() + (f"T{self.clock:%H:%M}" if self.clock else "")


@dataclass(frozen=True, slots=True)
class Exact:
    """An exact date: one day, several days (``last`` inclusive), or a time with an optional end."""

    first: Moment
    last: Moment

    @property
    def is_timed(self) -> bool:
        """Tell whether a time of day was stated."""
        return self.first.is_timed


def _moment(text: str, whole: str) -> Moment:
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise PydanticCustomError("OP406", "not a day", {"found": whole})
    year, month, day = (int(match[i]) for i in (1, 2, 3))
    check_day(year, month, day, whole)
    if match[4] is None:
        return Moment(date(year, month, day))
    hour, minute = int(match[4]), int(match[5])
    if hour > 23 or minute > 59:
        raise PydanticCustomError("OP407", "no such time", {"found": whole})
    return Moment(date(year, month, day), time(hour, minute))


def parse_exact(value: object) -> Exact:
    """Read ``2026-10-05``, ``2026-10-05T18:00`` or two of a kind joined by ``/``; raise OP402–OP408."""
    if isinstance(value, Exact):
        return value
    text = require_text(value)
    first_text, joined, last_text = text.partition("/")
    first = _moment(first_text, text)
    last = _moment(last_text, text) if joined else first
    if first.is_timed != last.is_timed:
        raise PydanticCustomError("OP406", "not a day", {"found": text})
    if last.local() < first.local() or (joined and first.is_timed and last == first):
        raise PydanticCustomError("OP405", "ends before it starts", {"found": text})
    return Exact(first, last)


@dataclass(frozen=True, slots=True)
class Clocks:
    """A local time of day, with an optional end; an end that is not later is on the next day."""

    start: time
    end: time | None = None

    def on(self, day: date) -> Exact:
        """Return the exact date that these times make of a day."""
        first = Moment(day, self.start)
        if self.end is None:
            return Exact(first, first)
        return Exact(first, Moment(day if self.end > self.start else day + timedelta(days=1), self.end))

    def __str__(self) -> str:
        return f"{self.start:%H:%M}" + (f"/{self.end:%H:%M}" if self.end else "")


def _clocks(value: object) -> Clocks:
    if isinstance(value, Clocks):
        return value
    text = require_text(value)
    match = _CLOCKS.fullmatch(text)
    numbers = [int(part) for part in match.groups() if part is not None] if match else []
    if match is None or any(hour > 23 for hour in numbers[::2]) or any(minute > 59 for minute in numbers[1::2]):
        raise PydanticCustomError("OP407", "no such time", {"found": text})
    times = [time(hour, minute) for hour, minute in zip(numbers[::2], numbers[1::2], strict=True)]
    return Clocks(times[0], times[1] if len(times) == 2 else None)


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    moment = _moment(require_text(value), str(value))
    if moment.is_timed:
        raise PydanticCustomError("OP406", "not a day", {"found": str(value)})
    return moment.day


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
ExactDate = Annotated[
    Exact,
    BeforeValidator(parse_exact),
    WithJsonSchema({"type": "string", "examples": ["2026-10-05", "2026-10-05T18:00", "2026-10-05/2026-10-07"]}),
]
ClockTimes = Annotated[
    Clocks,
    BeforeValidator(_clocks),
    WithJsonSchema(
        {"type": "string", "examples": ["18:00", "18:00/20:00"], "pattern": r"^\d{2}:\d{2}(/\d{2}:\d{2})?$"}
    ),
]
