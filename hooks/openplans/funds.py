"""Money added up only where adding is legitimate: one currency, one direction, one stage, one basis.

An amount stated per year is multiplied only over a stated period. An amount whose basis the document leaves unclear
gives two readings, once in all and anew each year, and is never mixed into a total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .model import Money, NamedPeriods, Span


@dataclass(frozen=True, slots=True)
class Line:
    """One amount with the period that it is for."""

    money: Money
    span: Span

    @property
    def years(self) -> int | None:
        """How many calendar years the period touches; None if an end is unknown."""
        if self.span.earliest is None or self.span.latest is None:
            return None
        return self.span.latest.year - self.span.earliest.year + 1

    @property
    def is_unclear(self) -> bool:
        """Tell whether the document leaves open what the amount is for."""
        return self.money.basis == "unclear"

    @property
    def amount(self) -> Decimal:
        """The amount as stated; 0 where none is needed."""
        return self.money.amount if self.money.amount is not None else Decimal(0)

    @property
    def in_all(self) -> Decimal | None:
        """The amount over its whole period; None for what cannot be multiplied."""
        if self.money.per is None:
            return self.amount
        if self.years is None:
            return None
        return self.amount * self.years * (12 if self.money.per == "month" else 1)

    @property
    def a_year(self) -> Decimal | None:
        """The amount in each year; None if it is not stated per year or month."""
        if self.money.per is None:
            return None
        return self.amount * (12 if self.money.per == "month" else 1)


@dataclass(frozen=True, slots=True)
class Readings:
    """An amount of unclear basis: what it means if paid once, and if paid each year of its period."""

    amount: Decimal
    once: Decimal
    yearly: Decimal | None


@dataclass(frozen=True, slots=True)
class Total:
    """What is stated in one currency, direction and stage."""

    currency: str
    flow: str
    stage: str
    #: Sum of the amounts stated per year, each year.
    a_year: Decimal
    #: Sum of everything clear over the stated periods; None if some amount cannot be multiplied.
    in_all: Decimal | None
    #: What falls in each year; amounts for several years that the document does not split are in no year.
    by_year: Mapping[int, Decimal]
    not_split: Decimal
    unclear: tuple[Readings, ...]
    is_estimate: bool
    lines: int


def lines_of(money: Iterable[Money], names: NamedPeriods, plan: Span) -> tuple[Line, ...]:
    """Return amounts with their periods; the plan's own where none is stated."""
    return tuple(
        Line(item, item.period.span(names) if item.period else plan) for item in money if item.amount is not None
    )


def totals_of(lines: Iterable[Line]) -> tuple[Total, ...]:
    """Return a total for each currency, direction and stage that occurs, in a stable order."""
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.money.currency, line.money.flow, line.money.stage), []).append(line)
    return tuple(_total(key, group) for key, group in sorted(groups.items()))


def _total(key: tuple[str, str, str], lines: list[Line]) -> Total:
    clear = [line for line in lines if not line.is_unclear]
    by_year: dict[int, Decimal] = {}
    not_split = Decimal(0)
    for line in clear:
        years = _years(line.span)
        yearly = line.a_year
        if yearly is None and len(years) == 1:
            yearly = line.amount
        if yearly is None:
            not_split += line.amount
            continue
        for year in years:
            by_year[year] = by_year.get(year, Decimal(0)) + yearly
    amounts = [line.in_all for line in clear]
    return Total(
        *key,
        a_year=sum((line.a_year or Decimal(0) for line in clear), Decimal(0)),
        in_all=None if None in amounts else sum((a for a in amounts if a is not None), Decimal(0)),
        by_year=dict(sorted(by_year.items())),
        not_split=not_split,
        unclear=tuple(_readings(line) for line in lines if line.is_unclear),
        is_estimate=any(line.money.basis in ("estimate", "ceiling", "floor") for line in clear),
        lines=len(lines),
    )


def _years(span: Span) -> range:
    if span.earliest is None or span.latest is None:
        return range(0)
    return range(span.earliest.year, span.latest.year + 1)


def _readings(line: Line) -> Readings:
    return Readings(line.amount, line.amount, line.amount * line.years if line.years is not None else None)
