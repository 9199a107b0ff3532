"""The days of a rule: a repetition between two ends, with months that lack a day and public holidays taken care of."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from .model import Clocks, Exact, Moment, Rule

_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class RuleDay:
    """One day, or yearly window, of a rule.

    ``key`` names the month, ISO week or year that it belongs to, and stays when a holiday moves the day.
    """

    key: str
    first: date
    last: date

    def exact(self, clocks: Clocks | None) -> Exact:
        """Return the day with the rule's times of day, if it has any."""
        return clocks.on(self.first) if clocks is not None else Exact(Moment(self.first), Moment(self.last))


@cache
def has_holidays(country: str | None) -> bool:
    """Tell whether the public holidays of a country, given by its two-letter code, are known."""
    if country is None:
        return False
    try:
        # A list of all countries would load the holidays of each.
        return holidays.country_holidays(country).country == country
    except NotImplementedError:
        return False


def days_of(rule: Rule, first: date, last: date, country: str | None) -> Iterator[RuleDay]:
    """Yield the days of a rule from ``first`` to ``last`` in order.

    A day belongs to the period if the rule's own day does, wherever a holiday moves it. Nothing is moved in a country
    whose holidays are not known; the checks refuse such a rule.
    """
    for key, start, end in _nominal(rule, first, last):
        if start in rule.skip:
            continue
        moved = start if rule.until_day is not None else _moved(start, rule.on_holiday, country)
        if moved is not None and moved not in rule.skip:
            yield RuleDay(key, moved, end if moved == start else moved)


def _nominal(rule: Rule, first: date, last: date) -> Iterator[tuple[str, date, date]]:
    """Yield (key, first day, last day) as the rule says them, holidays or not."""
    if rule.is_weekly:
        step = timedelta(days=14 if rule.every == "two_weeks" else 7)
        day = first + timedelta(days=((rule.day or 1) - 1 - first.weekday()) % 7)
        while day <= last:
            year, week, _ = day.isocalendar()
            yield f"{year}-w{week:02d}", day, day
            day += step
        return
    for year in range(first.year, last.year + 1):
        for month in range(1, 13) if rule.every == "month" else [rule.month or 1]:
            start = _day_in_month(rule, year, month)
            if start is None:
                continue
            end = start
            if rule.until_month is not None and rule.until_day is not None:
                is_next_year = (rule.until_month, rule.until_day) < (start.month, start.day)
                end = date(year + is_next_year, rule.until_month, rule.until_day)
            if first <= start and end <= last:
                yield f"{year}" if rule.every == "year" else f"{year}-{month:02d}", start, end


def _day_in_month(rule: Rule, year: int, month: int) -> date | None:
    if rule.weekday is not None and rule.nth is not None:
        weeks = calendar.monthcalendar(year, month)
        found = [week[rule.weekday - 1] for week in weeks if week[rule.weekday - 1]]
        return date(year, month, found[_NTH[rule.nth]])
    length = calendar.monthrange(year, month)[1]
    day = rule.day or 1
    if day > length:
        return date(year, month, length) if rule.if_missing == "last_day" else None
    return date(year, month, day)


def _moved(day: date, on_holiday: str, country: str | None) -> date | None:
    if on_holiday == "keep" or country is None or not has_holidays(country):
        return day
    if on_holiday == "skip":
        return None if _is_holiday(country, day) else day
    step = _DAY if on_holiday == "next_working_day" else -_DAY
    while day.weekday() >= _SATURDAY or _is_holiday(country, day):
        day += step
    return day


def _is_holiday(country: str, day: date) -> bool:
    return day in _holidays(country, day.year)


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year, expand=False))
