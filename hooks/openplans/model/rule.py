"""A repetition whose dates are real: each Tuesday, the second Monday of a month, 1 August to 1 September each year."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .base import Facts
from .moments import ClockTimes, Day
from .periods import AnyPeriod, check_day
from .scalars import Count, Identifier


class Rule(Facts):
    """Which days a repetition falls on, between which ends, and what happens where a day is missing or a holiday."""

    every: Literal["week", "two_weeks", "month", "year"] = Field(
        description="`two_weeks` counts from the first such day of the period."
    )
    day: Count | None = Field(
        default=None, description="Day of the month, or of the week (1 = Monday) with `every: week` or `two_weeks`."
    )
    weekday: Count | None = Field(
        default=None, description="With `every: month`, in place of `day`: day of the week (1 = Monday)."
    )
    nth: Literal["first", "second", "third", "fourth", "last"] | None = Field(
        default=None, description="Which such weekday of the month."
    )
    month: Count | None = Field(default=None, description="Month of the year, with `every: year`.")
    until_day: Count | None = Field(default=None, description="With `every: year`: last day of the yearly window.")
    until_month: Count | None = Field(default=None, description="With `every: year`: month of that last day.")
    at: ClockTimes | None = Field(default=None, description="Local time of day, `18:00` or `18:00/20:00`.")
    if_missing: Literal["last_day", "skip"] | None = Field(
        default=None, description="What a month without such a day does; required with days 29–31."
    )
    on_holiday: Literal["keep", "skip", "next_working_day", "previous_working_day"] = Field(
        default="keep",
        description="What a day does that is a public holiday of the organization's `country`; to a working day it "
        "moves from Saturdays and Sundays too.",
    )
    skip: tuple[Day, ...] = Field(default=(), description="Days on which it does not take place.")
    within: AnyPeriod | None = Field(default=None, description="Period of the repetition; the plan's own if left out.")
    until: Identifier | None = Field(
        default=None, description="Id of an event of the same organization before which the repetition ends."
    )

    @property
    def is_weekly(self) -> bool:
        """Tell whether its days are days of the week."""
        return self.every in ("week", "two_weeks")

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        by_weekday = self.weekday is not None or self.nth is not None
        if by_weekday:
            self._check_weekday()
        highest = 7 if self.is_weekly else 31
        if not by_weekday and (self.day is None or not 1 <= self.day <= highest):
            raise PydanticCustomError("OP409", "rule", {"at": "day", "limit": str(highest)})
        if (self.every == "year") != (self.month is not None) or (self.month is not None and not 1 <= self.month <= 12):
            raise PydanticCustomError("OP410", "rule", {"at": "month"})
        if self.until_day is None and self.until_month is not None:
            raise PydanticCustomError("OP410", "rule", {"at": "until_month"})
        if self.until_day is not None and (self.until_month is None or self.every != "year" or self.at is not None):
            raise PydanticCustomError("OP410", "rule", {"at": "until_day"})
        self._check_days()
        return self

    def _check_weekday(self) -> None:
        if self.every != "month" or self.day is not None or self.weekday is None or not 1 <= self.weekday <= 7:
            raise PydanticCustomError("OP409", "rule", {"at": "weekday", "limit": "7"})
        if self.nth is None:
            raise PydanticCustomError("OP410", "rule", {"at": "weekday"})

    def _check_days(self) -> None:
        if self.every == "month" and (self.day or 0) > 28 and self.if_missing is None:
            raise PydanticCustomError("OP418", "missing day", {"at": "day", "found": str(self.day)})
        if self.month is not None and self.day is not None:
            # A leap day is a day; what it does in other years has to be said.
            is_leap_day = (self.month, self.day) == (2, 29)
            check_day(2024 if is_leap_day else 2023, self.month, self.day, f"{self.month}-{self.day}")
            if is_leap_day and self.until_day is not None:
                raise PydanticCustomError("OP410", "rule", {"at": "until_day"})
            if is_leap_day and self.if_missing is None:
                raise PydanticCustomError("OP418", "missing day", {"at": "day", "found": "29"})
        if self.until_day is not None and self.until_month is not None:
            check_day(2023, self.until_month, self.until_day, f"{self.until_month}-{self.until_day}")
