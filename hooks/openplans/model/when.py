"""When something is to happen: seven shapes, each saying exactly as much as the document says."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from .base import Facts
from .moments import ExactDate
from .periods import AnyPeriod, AnyPeriods
from .rule import Rule
from .scalars import Count, Flag, Identifier, Text, Words

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


class Relative(Facts):
    """A time that hangs on an event and settles by itself once the event has a date."""

    to: Annotated[Identifier, Field(description="Id of an event of the same organization.")]
    relation: Literal["before", "during", "after", "until"]
    latest: AnyPeriod | None = Field(
        default=None, description="The latest period it may fall in, if the document states one."
    )


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
