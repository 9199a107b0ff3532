"""Money in words: totals where adding is legitimate, both readings where the document is unclear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..funds import Readings, Total, lines_of, totals_of
from ..model import Action, Money
from .scope import Scope


@dataclass(frozen=True, slots=True)
class TotalView:
    """One total: its stage, its sentences, and what falls in each year."""

    heading: str
    sentences: tuple[str, ...]
    #: Year, amount, and its share of the largest in thousandths.
    years: tuple[tuple[str, str, int], ...]


def total_views(money: Sequence[Money], actions: Sequence[Action], scope: Scope) -> tuple[TotalView, ...]:
    """Return totals of a plan's own money and of its actions' money, kept apart by currency, direction and stage."""
    plan = scope.plan
    frame = scope.publication.frame(scope.organization, plan)
    every = [*money, *(line for action in actions for line in action.money)]
    return tuple(_total(total, scope) for total in totals_of(lines_of(every, frame.names, frame.plan)))


def _total(total: Total, scope: Scope) -> TotalView:
    t = scope.t

    def show(amount: Decimal) -> str:
        return t.money(amount, total.currency)

    sentences = []
    if total.a_year:
        sentences.append(t("money.a_year", amount=show(total.a_year)))
    if total.in_all:
        sentences.append(t("money.in_all", amount=show(total.in_all)))
    if total.not_split and total.a_year:
        sentences.append(t("money.not_split", amount=show(total.not_split)))
    sentences += [_readings(readings, total, scope) for readings in total.unclear]
    if total.is_estimate:
        sentences.append(t("money.estimates"))
    heading = t(f"money.stage.{total.stage}")
    if total.flow == "income":
        heading = f"{heading}, {t('money.income')}"
    most = max(total.by_year.values(), default=Decimal(0))
    years = tuple(
        (str(year), show(amount), int(1000 * amount / most) if most else 0) for year, amount in total.by_year.items()
    )
    return TotalView(heading, tuple(sentences), years)


def _readings(readings: Readings, total: Total, scope: Scope) -> str:
    t = scope.t
    amount = t.money(readings.amount, total.currency)
    if readings.yearly is None or readings.yearly == readings.once:
        return t("money.unclear_amount", amount=amount)
    once, yearly = t.money(readings.once, total.currency), t.money(readings.yearly, total.currency)
    return t("money.unclear_readings", amount=amount, once=once, yearly=yearly)
