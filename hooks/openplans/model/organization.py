"""An organization and its committees (Popolo: Organization with a parent)."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from .base import Facts, FromPath, Record
from .event import Event
from .periods import AnyPeriod
from .plan import Plan
from .scalars import Identifier, Link, Mailbox, Text, Words, require_text


def _months(value: Any) -> tuple[int, int]:
    if isinstance(value, tuple):
        return value
    match = re.fullmatch(r"(0[1-9]|1[0-2])/(0[1-9]|1[0-2])", require_text(value))
    if match is None:
        raise PydanticCustomError("OP412", "not months", {"found": str(value)})
    return int(match[1]), int(match[2])


Months = Annotated[
    tuple[int, int], BeforeValidator(_months), WithJsonSchema({"type": "string", "pattern": r"^\d{2}/\d{2}$"})
]


class Seasons(Facts):
    """Which months the organization means by a season, as `09/11`; winter may cross the year."""

    spring: Months | None = None
    summer: Months | None = None
    autumn: Months | None = None
    winter: Months | None = None


class Term(Facts):
    """A named period: a term of office, a school year."""

    id: Identifier
    name: Text
    period: AnyPeriod


class Committee(Record):
    """A committee, department or other body that answers for actions."""

    organization: FromPath[str] = ""

    name: Text
    acronym: Words | None = None
    kind: Literal["committee", "department", "institution", "network", "group", "outside_body"] = "committee"
    parent: Identifier | None = None
    description: Text | None = None
    email: Mailbox | None = Field(default=None, description="A role's mailbox, never a private person's.")
    website: Link | None = None


class Organization(Record):
    """A body that approves plans."""

    committees: FromPath[tuple[Committee, ...]] = ()
    plans: FromPath[tuple[Plan, ...]] = ()
    events: FromPath[tuple[Event, ...]] = ()

    name: Text
    acronym: Text | None = None
    kind: Literal[
        "students_union",
        "youth_organization",
        "municipality",
        "education_centre",
        "school",
        "association",
        "company",
        "other",
    ] = "other"
    source_language: Words
    description: Text | None = None
    country: Words | None = Field(default=None, description="Two-letter code; tells which days are public holidays.")
    region: Identifier | None = Field(default=None, description="One of the site's `regions`, if it works in just one.")
    website: Link | None = None
    email: Mailbox | None = None
    time_zone: Words | None = Field(default=None, description="IANA name; the site's if left out.")
    seasons: Seasons = Seasons()
    terms: tuple[Term, ...] = ()
