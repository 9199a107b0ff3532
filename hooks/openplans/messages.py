"""The interface's words in each language, with plurals, dates and numbers by CLDR (through Babel)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent

from .model import Point
from .yaml_source import read_yaml

_FOLDER = Path(__file__).parent / "translations"
_PLURAL_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class UnknownMessage(KeyError):
    """A key that no catalogue holds: a mistake in the code, not in the data."""


@dataclass(frozen=True)
class Messages:
    """The catalogue of one language."""

    language: str
    entries: Mapping[str, str | Mapping[str, str]]
    locale: Locale

    def __call__(self, key: str, count: int | None = None, /, **values: object) -> str:
        """Return the message with its placeholders filled; ``count`` chooses the plural form."""
        entry = self.entries.get(key)
        if entry is None:
            raise UnknownMessage(f"{self.language}: {key}")
        if not isinstance(entry, str):
            form = _plural_form(count if count is not None else 0, self.language)
            entry = entry.get(form, entry["other"])
        if "{" not in entry:
            return entry
        if count is not None:
            values.setdefault("n", self.number(count))
        return _PLACEHOLDER.sub(lambda match: str(values[match[1]]) if match[1] in values else match[0], entry)

    def has(self, key: str) -> bool:
        """Tell whether the catalogue holds ``key``."""
        return key in self.entries

    def forms(self, key: str) -> Mapping[str, str]:
        """Return a counted message by plural category, its placeholders unfilled: for scripts, which count later."""
        entry = self.entries[key]
        return {"other": entry} if isinstance(entry, str) else entry

    # -- numbers -------------------------------------------------------------------------------------------

    def number(self, value: int | Decimal | Fraction) -> str:
        """Return a number as the language writes it; a fraction that has no end as ``2/3``."""
        if isinstance(value, Fraction):
            if value.denominator == 1:
                return _decimal(value.numerator, self.language)
            if 10**6 % value.denominator:
                return f"{value.numerator}/{value.denominator}"
            value = Decimal(value.numerator) / Decimal(value.denominator)
        return _decimal(value, self.language)

    def percent(self, whole: int | Fraction) -> str:
        """Return whole percents with the language's sign and spacing."""
        return _percent(int(whole), self.language)

    def money(self, amount: Decimal, currency: str) -> str:
        """Return an amount; cents only where there are any."""
        digits = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
        pattern = f"¤{digits}" if self.language == "en" else f"{digits}\u00a0¤"
        return format_currency(amount, currency, pattern, locale=self.locale, currency_digits=False)

    # -- dates ---------------------------------------------------------------------------------------------

    def day(self, day: date, *, weekday: bool = False) -> str:
        """Return a day in words: ``2026 m. spalio 5 d.``, with the weekday if asked."""
        words = _date(day, "d MMMM y" if self.language == "en" else "long", self.language)
        return f"{words}, {_date(day, 'EEEE', self.language)}" if weekday else words

    def month(self, year: int, month: int) -> str:
        """Return a month in words, in the form that stands alone."""
        name = _date(date(year, month, 1), "LLLL", self.language)
        return self("date.month_of_year", year=year, month=name)

    def as_written(self, point: Point) -> str:
        """Return a day, a month or a year, as exactly as it was written."""
        if point.year is None:
            return "–"
        if point.month is None:
            return self("date.year", year=point.year)
        if point.day is None:
            return self.month(point.year, point.month)
        return self.day(date(point.year, point.month, point.day))

    def month_name(self, month: int) -> str:
        """Return the name of a month alone."""
        return _date(date(2023, month, 1), "LLLL", self.language)

    def day_of_month(self, month: int, day: int) -> str:
        """Return a day without its year."""
        name = _date(date(2024, month, day), "MMMM", self.language)
        return self("date.day_of_month", day=day, month=name)

    def weekday(self, number: int) -> str:
        """Return the name of a weekday, 1 for Monday."""
        return _date(date(2024, 1, number), "EEEE", self.language)

    def weekday_short(self, number: int) -> str:
        """Return the short name of a weekday, 1 for Monday."""
        return _date(date(2024, 1, number), "EEEEEE", self.language)

    def clock(self, clock: time) -> str:
        """Return a time of day with 24 hours."""
        return _clock(clock, self.language)

    def list_of(self, items: list[str]) -> str:
        """Return words joined by commas and the language's “and”."""
        if len(items) < 2:
            return "".join(items)
        return self("list.and", first=", ".join(items[:-1]), last=items[-1])


# The same few days and numbers are printed on very many pages.


@cache
def _decimal(value: int | Decimal, language: str) -> str:
    return format_decimal(value, locale=language)


@cache
def _percent(whole: int, language: str) -> str:
    return format_percent(Decimal(whole) / 100, locale=language)


@cache
def _date(day: date, form: str, language: str) -> str:
    return str(format_date(day, form, locale=language))


@cache
def _clock(clock: time, language: str) -> str:
    return str(format_time(clock, "HH:mm", locale=language))


@cache
def _plural_form(count: int, language: str) -> str:
    return str(Locale.parse(language).plural_form(count))


@cache
def messages_for(language: str) -> Messages:
    """Return the catalogue of a language; FileNotFoundError if nobody wrote one."""
    return Messages(language, catalogue(language), Locale.parse(language))


def languages_with_messages() -> tuple[str, ...]:
    """Return the languages that have a catalogue."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("??.yml")))


def catalogue(language: str) -> dict[str, str | dict[str, str]]:
    """Return the entries of a language's file as ``dotted.key`` → text, or forms by plural category.

    The language is the file's root node, so that translation tools that know Rails' YAML can serve it.
    """
    document = read_yaml((_FOLDER / f"{language}.yml").read_bytes(), f"translations/{language}.yml")
    if document.diagnostics:
        raise ValueError(f"{document.diagnostics[0].place}: {document.diagnostics[0].code}")
    entries: dict[str, str | dict[str, str]] = {}

    def walk(node: Mapping[str, Any], prefix: str) -> None:
        for key, value in node.items():
            if isinstance(value, str):
                entries[prefix + key] = value
            elif _PLURAL_CATEGORIES.issuperset(value):
                entries[prefix + key] = dict(value)
            else:
                walk(value, f"{prefix}{key}.")

    walk(document.data[language], "")
    return entries
