"""What is counted: indicators with planned and actual values, and money.

Terms follow IATI (baseline, target, actual, result type) and its budget stages.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from .base import Facts
from .moments import Day
from .periods import AnyPeriod, parse_period
from .scalars import Amount, Currency, Flag, Identifier, Link, Quantity, Text, Words
from .when import Unit

Comparator = Literal["exactly", "at_least", "at_most", "about"]


class Baseline(Facts):
    """The value before the plan began."""

    value: Quantity
    period: AnyPeriod | None = None
    note: Text | None = None


class Target(Facts):
    """What is promised for a period: a number with its comparator, or words."""

    value: Quantity | None = Field(default=None, description="The number; `2/3` for a fraction.")
    upper: Quantity | None = Field(default=None, description="Upper end where the document gives a range.")
    comparator: Comparator = "exactly"
    per: Unit | None = Field(default=None, description="The number is promised anew in each of these.")
    text: Text | None = Field(default=None, description="The promise in words, where there is no number.")


class Actual(Facts):
    """What was measured or found."""

    value: Quantity | None = None
    verdict: Literal["met", "partly", "not_met"] | None = Field(default=None, description="For qualitative indicators.")
    text: Text | None = None
    measured_on: AnyPeriod | None = None
    evidence: Link | None = None


class IndicatorPeriod(Facts):
    """Planned and actual for one period."""

    period: AnyPeriod | None = Field(default=None, description="The period; the plan's own if left out.")
    target: Target | None = None
    actual: Actual | None = None


class Indicator(Facts):
    """A measure of an action, a goal or a section (StratML: PerformanceIndicator)."""

    id: Identifier
    name: Text
    unit: Text | None = Field(
        default=None, description="What is counted: events, people, %. Values with other units never mix."
    )
    measure: Literal["number", "percent", "qualitative"] = "number"
    direction: Literal["up", "down", "maintain"] = "up"
    accumulation: Literal["period", "cumulative", "point_in_time"] = "period"
    result_type: Literal["output", "outcome", "impact"] = "output"
    measures_action: Flag = Field(
        default=False, description="True if reaching it is what carrying out the action means."
    )
    baseline: Baseline | None = None
    periods: tuple[IndicatorPeriod, ...] = ()


class MoneyLine(Facts):
    """One line of a breakdown, in the currency of its parent."""

    amount: Amount
    label: Text


class Money(Facts):
    """An amount with its stage and its basis; what the document leaves unclear is said to be unclear."""

    amount: Amount | None = Field(default=None, description="Left out only with `basis: none_needed`.")
    currency: Currency = "EUR"
    flow: Literal["cost", "income"] = "cost"
    per: Literal["year", "month"] | None = Field(
        default=None, description="The amount comes anew each year or month; left out: once, in all."
    )
    period: AnyPeriod | None = Field(default=None, description="The period it covers; the plan's own if left out.")
    stage: Literal["planned", "approved", "committed", "spent"] = "planned"
    basis: Literal["exact", "estimate", "unclear", "ceiling", "floor", "none_needed"] = "exact"
    source: Text | None = Field(default=None, description="Who pays.")
    as_written: Words | None = None
    breakdown: tuple[MoneyLine, ...] = ()
    note: Text | None = None


class Evidence(Facts):
    """A public document or page that shows what happened."""

    title: Text | None = None
    url: Link | None = None


def _new_date(value: object) -> Any:
    # A period may be the id of a term, so “none” must be looked for first.
    return value if value == "none" else parse_period(value)


NewDate = Annotated[Literal["none"] | AnyPeriod, Field(union_mode="left_to_right"), BeforeValidator(_new_date)]


class Update(Facts):
    """A dated report on an action; updates are only ever added, the newest one is the status."""

    date: AnyPeriod = Field(description="Day of the report; a month or a year if no more is known.")
    status: Literal["not_started", "ongoing", "done", "partly_done", "postponed", "cancelled", "merged"]
    text: Text | None = None
    reason: Text | None = Field(default=None, description="Required when postponed or cancelled.")
    new_date: NewDate | None = Field(default=None, description="When postponed: the new period, or `none`.")
    done_on: Day | None = Field(default=None, description="When done: the day it was finished.")
    merged_into: Identifier | None = Field(
        default=None, description="When merged: id of the action that took it over, in the same plan."
    )
    by: Identifier | None = Field(default=None, description="Committee that reports.")
    assurance: Literal["self_declared", "documented", "checked"] = "self_declared"
    evidence: tuple[Evidence, ...] = ()
