"""Rules of numbers: indicators that can be read, amounts whose breakdown adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..diagnostic import Diagnostic
from ..model import Indicator, Record
from .base import Check, check_unique


def check_indicators(
    checker: Check,
    record: Record,
    where: Sequence[str | int],
    indicators: Sequence[Indicator],
) -> Iterator[Diagnostic]:
    here = (*where, "indicators")
    yield from check_unique(checker, record, here, [indicator.id for indicator in indicators])
    for index, indicator in enumerate(indicators):
        for number, period in enumerate(indicator.periods):
            place = (*here, index, "periods", number)
            target, actual = period.target, period.actual
            if indicator.measure == "qualitative":
                if (target and target.value is not None) or (actual and actual.value is not None):
                    yield checker.problem("OP602", record, place, found=indicator.id)
            elif target is not None and target.value is None and target.text is None:
                yield checker.problem("OP603", record, (*place, "target"))
            if target and target.upper is not None and target.value is not None and target.upper < target.value:
                yield checker.problem("OP405", record, (*place, "target", "upper"), found=str(target.upper))


def check_money(checker: Check, record: Record, where: Sequence[str | int], holder: Any) -> Iterator[Diagnostic]:
    for index, money in enumerate(holder.money):
        here = (*where, "money", index)
        if (money.amount is None) != (money.basis == "none_needed"):
            yield checker.problem("OP604", record, here)
        if money.breakdown and money.amount is not None:
            total = sum(line.amount for line in money.breakdown)
            if total != money.amount:
                yield checker.problem(
                    "OP605", record, (*here, "breakdown"), found=str(total), expected=str(money.amount)
                )
