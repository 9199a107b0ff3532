"""When something is to happen: seven shapes, each saying exactly as much as the document says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from .base import Facts
from .periods import AnyPeriod, AnyPeriods, check_day
from .scalars import Count, Flag, Identifier, Text, Words, require_text

Unit = Literal[
    "day",
    "week",
    "two_weeks",
    "month",
    "two_months",
    "quarter",
    "three_months",
    "half_year",
    "year",
    "school_year",
    "term",
    "event",
]
_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?", re.ASCII)


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


class Relative(Facts):
    """A time that hangs on an event and settles by itself once the event has a date."""

    to: Annotated[Identifier, Field(description="Id of an event of the same organization.")]
    relation: Literal["before", "during", "after", "until"]
    latest: AnyPeriod | None = Field(
        default=None, description="The latest period it may fall in, if the document states one."
    )


class Rule(Facts):
    """A repetition whose dates are real: the 5th of each month, or 1 August to 1 September each year."""

    every: Literal["month", "year", "week"]
    day: Count | None = Field(
        default=None, description="Day of the month (1–28), or of the week (1 = Monday) with `every: week`."
    )
    month: Count | None = Field(default=None, description="Month of the year, with `every: year`.")
    until_day: Count | None = Field(default=None, description="With `every: year`: last day of the yearly window.")
    until_month: Count | None = Field(default=None, description="With `every: year`: month of that last day.")
    within: AnyPeriod | None = Field(default=None, description="Period of the repetition; the plan's own if left out.")

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        highest = {"week": 7, "month": 28, "year": 31}[self.every]
        if self.day is None or not 1 <= self.day <= highest:
            raise PydanticCustomError("OP409", "rule", {"at": "day", "limit": str(highest)})
        if (self.every == "year") != (self.month is not None) or (self.month is not None and not 1 <= self.month <= 12):
            raise PydanticCustomError("OP410", "rule", {"at": "month"})
        if self.month is not None:
            check_day(2023, self.month, self.day, f"{self.month}-{self.day}")
        if (self.until_day is None) != (self.until_month is None) or (self.until_day and self.every != "year"):
            raise PydanticCustomError("OP410", "rule", {"at": "until_day"})
        if self.until_day is not None and self.until_month is not None:
            check_day(2023, self.until_month, self.until_day, f"{self.until_month}-{self.until_day}")
        return self


class Quota(Facts):
    """A promised count per unit of time: slots to fill, never days made up."""

    times: Count = Field(description="How many times in each unit.")
    per: Unit
    at_least: Flag = Field(default=False, description="True where the document says “at least”.")
    within: AnyPeriod | None = Field(default=None, description="Period of the promise; the plan's own if left out.")


_SHAPES = ("on", "window", "by", "relative", "rule", "quota", "continuous")


class When(Facts):
    """Exactly one time shape, with the document's own words beside it."""

    on: ExactDate | None = Field(default=None, description="A day, a local time, or two of a kind joined by `/`.")
    window: AnyPeriods | None = Field(
        default=None, description="Somewhere in this period; a list means separate windows."
    )
    by: AnyPeriod | None = Field(default=None, description="A deadline: on or before this.")
    relative: Relative | None = None
    rule: Rule | None = None
    quota: Quota | None = None
    continuous: Literal["throughout", "as_needed"] | None = Field(default=None, description="No end to be late for.")
    as_written: Words | None = Field(default=None, description="The document's own short phrase, in its language.")
    note: Text | None = Field(default=None, description="A remark on how the phrase was read.")

    @property
    def shape(self) -> str:
        """The name of the one shape given."""
        return next(name for name in _SHAPES if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _one_shape(self) -> When:
        given = [name for name in _SHAPES if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "OP411", "one shape", {"found": ", ".join(given) or "–", "expected": ", ".join(_SHAPES)}
            )
        return self


def _as_list(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else [value]


_WHEN_REF = {"$ref": "#/$defs/When"}
#: One shape, or a list where the document itself gives two (“by 30 November and when needed”).
Whens = Annotated[
    tuple[When, ...],
    BeforeValidator(_as_list, json_schema_input_type=When | list[When]),
]
