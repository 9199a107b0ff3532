"""Periods as documents write them, from a whole year down to a day, and no more exact than that.

The grammar is a small profile of EDTF (Library of Congress, 2019) with quarters, half-years, named seasons
and named terms, because those are what plans use:

``2024`` · ``2024-09`` · ``2024-09-05`` · ``2024-Q3`` · ``2024-H1`` · ``2024-autumn`` · ``--09`` (September, year
not written) · ``--09-01`` · ``2023-09/2024-05`` · ``2023-08/..`` (no end) · ``../2024-05`` · ``term-2023`` (a named
period of the organization).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from .scalars import ID_PATTERN, require_text

FIRST_YEAR, LAST_YEAR = 1990, 2100
SEASONS = ("spring", "summer", "autumn", "winter")

_POINT = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>spring|summer|autumn|winter)"
    r"|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?"
    r"|--(?P<yearless_month>\d{2})(?:-(?P<yearless_day>\d{2}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``earliest`` to ``latest``, both inclusive; ``None`` is an end that nobody stated."""

    earliest: date | None
    latest: date | None

    def covers(self, day: date) -> bool:
        """Tell whether ``day`` lies within the span."""
        return (self.earliest is None or self.earliest <= day) and (self.latest is None or day <= self.latest)

    def overlaps(self, other: Span) -> bool:
        """Tell whether two spans share at least one day."""
        starts_before = self.earliest is None or other.latest is None or self.earliest <= other.latest
        return starts_before and (other.earliest is None or self.latest is None or other.earliest <= self.latest)


UNKNOWN_SPAN = Span(None, None)


@dataclass(frozen=True, slots=True)
class NamedPeriods:
    """What an organization calls autumn, and its named terms: the key to the periods that use them."""

    seasons: Mapping[str, tuple[int, int]]
    terms: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a period: as much of a date as the document gives."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    term: str | None = None

    @property
    def precision(self) -> str:
        """The smallest unit written: ``day``, ``month``, ``quarter``, ``half``, ``season``, ``year`` or ``term``."""
        for unit in ("term", "season", "half", "quarter", "day", "month"):
            if getattr(self, unit) is not None:
                return unit
        return "year"

    @property
    def is_yearless(self) -> bool:
        """Tell whether the document left the year out."""
        return self.year is None and self.term is None

    def span(self, names: NamedPeriods) -> Span:
        """Return the days that the point covers; unknown if the year was not written."""
        if self.term is not None:
            return names.terms.get(self.term, UNKNOWN_SPAN)
        if self.year is None:
            return UNKNOWN_SPAN
        if self.day is not None and self.month is not None:
            day = date(self.year, self.month, self.day)
            return Span(day, day)
        first, last = 1, 12
        if self.month is not None:
            first = last = self.month
        elif self.quarter is not None:
            first, last = self.quarter * 3 - 2, self.quarter * 3
        elif self.half is not None:
            first, last = self.half * 6 - 5, self.half * 6
        elif self.season is not None:
            if self.season not in names.seasons:
                return UNKNOWN_SPAN
            first, last = names.seasons[self.season]
        end_year = self.year + (1 if last < first else 0)
        return Span(date(self.year, first, 1), date(end_year, last, calendar.monthrange(end_year, last)[1]))


@dataclass(frozen=True, slots=True)
class Period:
    """A point, or the stretch between two points of which one may be open (``..``)."""

    text: str
    start: Point | None
    end: Point | None
    is_stretch: bool = False

    @property
    def points(self) -> tuple[Point, ...]:
        """The one or two points written."""
        written = (self.start, self.end) if self.is_stretch else (self.start,)
        return tuple(point for point in written if point is not None)

    @property
    def is_open(self) -> bool:
        """Tell whether the period has no end, so that nothing can be late for it."""
        return self.is_stretch and self.end is None

    def span(self, names: NamedPeriods) -> Span:
        """Return the days that the period covers."""
        first = self.start.span(names).earliest if self.start else None
        last = self.end if self.is_stretch else self.start
        return Span(first, last.span(names).latest if last else None)


def _refuse(code: str, found: str, **values: str) -> PydanticCustomError:
    return PydanticCustomError(code, "not a period", {"found": found, **values})


def check_day(year: int, month: int, day: int | None, found: str) -> None:
    """Raise OP402 unless year, month and day exist in the calendar and the year is plausible."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _refuse("OP403", found, first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if not 1 <= month <= 12:
        raise _refuse("OP402", found, limit="12")
    if day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise _refuse("OP404", found, limit=str(calendar.monthrange(year, month)[1]))


def _point(text: str, whole: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        if re.fullmatch(ID_PATTERN, text) and text[0].isalpha():
            return Point(term=text)
        raise _refuse("OP401", whole)
    found = {name: int(value) for name, value in match.groupdict().items() if value and name != "season"}
    year, month = found.get("year"), found.get("month", found.get("yearless_month"))
    day = found.get("day", found.get("yearless_day"))
    check_day(year if year is not None else 2000, month if month is not None else 1, day, whole)
    return Point(year, month, day, found.get("quarter"), found.get("half"), match["season"])


def parse_period(value: object) -> Period:
    """Read one period; raise OP401–OP405 for what is not one."""
    if isinstance(value, Period):
        return value
    text = require_text(value)
    if "/" not in text:
        point = _point(text, text)
        return Period(text, point, point)
    first, _, last = text.partition("/")
    start = None if first == ".." else _point(first, text)
    end = None if last == ".." else _point(last, text)
    if start is None and end is None:
        raise _refuse("OP401", text)
    period = Period(text, start, end, is_stretch=True)
    if start and end and start.year and end.year:
        span = period.span(NamedPeriods({}, {}))
        if span.earliest and span.latest and span.latest < span.earliest:
            raise _refuse("OP405", text)
    return period


def _parse_periods(value: object) -> tuple[Period, ...]:
    items = value if isinstance(value, (list, tuple)) else [value]
    if not items:
        raise PydanticCustomError("OP306", "is empty", {})
    return tuple(parse_period(item) for item in items)


_JSON = {
    # A year alone is a number to every other reader of YAML.
    "type": ["string", "integer"],
    "minLength": 1,
    "examples": ["2024", "2024-09", "2024-Q3", "2023-09/2024-05", "2023-08/..", "--09"],
}
AnyPeriod = Annotated[Period, BeforeValidator(parse_period), WithJsonSchema(_JSON)]
AnyPeriods = Annotated[
    tuple[Period, ...],
    BeforeValidator(_parse_periods),
    WithJsonSchema({"anyOf": [_JSON, {"type": "array", "items": _JSON, "minItems": 1}]}),
]
