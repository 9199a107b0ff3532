"""Indicators, money and updates in words: raw values, planned beside achieved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..date_words import period_in_words
from ..language import Shown
from ..markdown_field import block_html
from ..model import Action, Indicator, Money, Organization, Target, Update
from ..model.measures import Actual
from ..progress import share_of_target
from .pieces import Link, StatusView
from .scope import Scope


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator in one period: planned, achieved, and the sentence that compares them."""

    name: Shown
    unit: Shown | None
    baseline: str
    baseline_note: Shown | None
    period: str
    target: Shown | None
    actual: Shown | None
    sentence: str
    #: Planned and achieved in thousandths of the longer one; None where they cannot be compared.
    bar: tuple[int, int] | None
    note: Shown | None
    evidence: str


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One amount with everything that qualifies it."""

    amount: str
    per: str
    period: str
    stage: str
    basis: str
    source: Shown | None
    as_written: Shown | None
    note: Shown | None
    breakdown: tuple[tuple[str, Shown], ...]
    is_income: bool


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """One report: day, status, reason, and what proves it."""

    date: str
    status: StatusView
    text: Shown | None
    reason: Shown | None
    new_date: str
    merged_into: Link | None
    assurance: str
    evidence: tuple[Link, ...]


def indicator_rows(
    indicators: Iterable[Indicator], organization: Organization, scope: Scope
) -> tuple[IndicatorRow, ...]:
    """Return a row for each period of each indicator."""

    def rows(indicator: Indicator) -> tuple[IndicatorRow, ...]:
        # Nothing in a row depends on the page; the dataset keeps each indicator, so no other can get the same id.
        key = ("indicator", scope.language, str(id(indicator)))
        return scope.publication.once(key, lambda: tuple(_rows(indicator, organization, scope)), organization.id)

    return tuple(row for indicator in indicators for row in rows(indicator))


def _rows(indicator: Indicator, organization: Organization, scope: Scope) -> Iterable[IndicatorRow]:
    baseline = ""
    if indicator.baseline is not None:
        baseline = _value(indicator, indicator.baseline.value, scope)
        if indicator.baseline.period is not None:
            baseline += f" ({period_in_words(indicator.baseline.period, organization, scope.t)})"
    for period in indicator.periods:
        words = period_in_words(period.period, organization, scope.t) if period.period else ""
        evidence = (period.actual.evidence or "") if period.actual else ""
        yield IndicatorRow(
            name=scope.show(indicator.name),
            unit=scope.maybe(indicator.unit) if indicator.measure == "number" else None,
            baseline=baseline,
            baseline_note=scope.maybe(indicator.baseline.note) if indicator.baseline else None,
            period=words,
            target=_target(indicator, period.target, scope) if period.target else None,
            actual=_actual(indicator, period.actual, scope) if period.actual else None,
            sentence=_sentence(indicator, period.target, period.actual, scope),
            bar=_bar(period.target, period.actual),
            note=_remark(period.actual, scope),
            evidence=evidence,
        )


def _remark(actual: Actual | None, scope: Scope) -> Shown | None:
    """Return the words beside a number or a verdict; alone they are the value itself."""
    if actual is None or (actual.value is None and actual.verdict is None):
        return None
    return scope.maybe(actual.text)


def _value(indicator: Indicator, value: object, scope: Scope) -> str:
    number = scope.t.number(value)  # type: ignore[arg-type]
    return scope.t("measure.percent", value=number) if indicator.measure == "percent" else number


def _target(indicator: Indicator, target: Target, scope: Scope) -> Shown:
    if target.value is None:
        return scope.show(target.text) if target.text else scope.ours("measure.no_number")
    value = _value(indicator, target.value, scope)
    if target.upper is not None:
        value = f"{value}–{_value(indicator, target.upper, scope)}"
    words = scope.t(f"measure.{target.comparator}", value=value)
    if target.per is not None:
        words = scope.t("measure.per", value=words, unit=scope.t(f"date.per.{target.per}"))
    return Shown(words, scope.language)


def _actual(indicator: Indicator, actual: Actual, scope: Scope) -> Shown | None:
    if actual.value is not None:
        return Shown(_value(indicator, actual.value, scope), scope.language)
    if actual.verdict is not None:
        return scope.ours(f"measure.verdict.{actual.verdict}")
    return scope.maybe(actual.text)


def _sentence(indicator: Indicator, target: Target | None, actual: Actual | None, scope: Scope) -> str:
    """Say planned against achieved; raw values, never clamped."""
    if target is None or actual is None or target.value is None or actual.value is None:
        return ""
    planned, achieved = _value(indicator, target.value, scope), _value(indicator, actual.value, scope)
    share = share_of_target(indicator)
    if share is None or len(indicator.periods) != 1:
        return scope.t("measure.planned_achieved", planned=planned, achieved=achieved)
    percent = scope.t.percent(int(share * 100))
    return scope.t("measure.planned_achieved_share", planned=planned, achieved=achieved, share=percent)


def _bar(target: Target | None, actual: Actual | None) -> tuple[int, int] | None:
    if target is None or actual is None or target.value is None or actual.value is None:
        return None
    longest = max(target.value, actual.value)
    if longest <= 0 or min(target.value, actual.value) < 0:
        return None
    return int(1000 * target.value / longest), int(1000 * actual.value / longest)


def money_rows(lines: Sequence[Money], organization: Organization, scope: Scope) -> tuple[MoneyRow, ...]:
    """Return a row for each amount; nothing is added up."""
    t = scope.t
    return tuple(
        MoneyRow(
            amount=t.money(line.amount, line.currency) if line.amount is not None else t("money.none_needed"),
            per=t(f"date.per.{line.per}") if line.per else "",
            period=period_in_words(line.period, organization, t) if line.period else "",
            stage=t(f"money.stage.{line.stage}"),
            basis="" if line.basis in ("exact", "none_needed") else t(f"money.basis.{line.basis}"),
            source=scope.maybe(line.source),
            as_written=scope.written(line.as_written, organization),
            note=scope.maybe(line.note),
            breakdown=tuple((t.money(item.amount, line.currency), scope.show(item.label)) for item in line.breakdown),
            is_income=line.flow == "income",
        )
        for line in lines
    )


def update_rows(action: Action, organization: Organization, scope: Scope) -> tuple[UpdateRow, ...]:
    """Return an action's reports, the last written first."""
    return tuple(_update(update, action, organization, scope) for update in reversed(action.updates))


def _update(update: Update, action: Action, organization: Organization, scope: Scope) -> UpdateRow:
    t = scope.t
    new_date = ""
    if isinstance(update.new_date, str):
        new_date = t("update.no_new_date")
    elif update.new_date is not None:
        new_date = period_in_words(update.new_date, organization, t)
    target = None
    if update.merged_into is not None:
        plan = next(p for p in organization.plans if p.id == action.plan)
        target = scope.action_link(next(a for a in plan.actions if a.id == update.merged_into))
    return UpdateRow(
        date=period_in_words(update.date, organization, t),
        status=scope.status(update.status),
        text=scope.maybe(update.text),
        reason=scope.maybe(update.reason),
        new_date=new_date,
        merged_into=target,
        assurance=t(f"update.assurance.{update.assurance}"),
        evidence=tuple(
            Link(scope.show(item.title) if item.title else Shown(item.url or "", scope.language), item.url or "")
            for item in update.evidence
        ),
    )


def block(text: Shown | None) -> str:
    """Return a text that may hold a little Markdown as HTML; empty for none."""
    return block_html(text.text) if text else ""
