"""One action: who does what, by when, with which money and which expected result."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Facts, FromPath, Note, Record, SourceReference
from .measures import Indicator, Money, Update
from .scalars import Flag, Identifier, Text, Words
from .when import When, Whens

PartnerRole = Literal["partner", "funding", "accountable", "extending", "implementing"]


class Partner(Facts):
    """A body that helps: one of the organization's committees, or another by name."""

    committee: Identifier | None = None
    name: Text | None = None
    role: PartnerRole = "partner"


class Part(Facts):
    """One bullet or numbered point inside the cell that is the action."""

    text: Text
    number: Words | None = Field(default=None, description="Number as printed.")
    done: Flag | None = Field(default=None, description="True or false once somebody reports on this part.")
    when: Whens = ()
    parts: tuple[Part, ...] = Field(default=(), description="Bullets one level deeper.")

    @property
    def all_whens(self) -> tuple[When, ...]:
        """Its own times and those of the bullets below it."""
        return self.when + tuple(when for part in self.parts for when in part.all_whens)


class Result(Facts):
    """One expected result: a sentence of the results cell."""

    text: Text
    number: Words | None = Field(default=None, description="Number as printed.")


class Action(Record):
    """A row-level measure, numbered step or task of a plan."""

    organization: FromPath[str] = ""
    plan: FromPath[str] = ""
    section: FromPath[str] = ""

    number: Words | None = Field(default=None, description="Number as printed in the document.")
    title: Text = Field(description="What is to be done, in one plain sentence.")
    summary: Text | None = Field(
        default=None, description="More, where the title cannot hold it. A little Markdown is allowed."
    )
    goal: Identifier | None = Field(default=None, description="Id of a goal of the section.")
    objective: Identifier | None = Field(default=None, description="Id of an objective of that goal.")
    responsible: tuple[Identifier, ...] = Field(
        default=(), description="Ids of committees; the section's own if left out."
    )
    partners: tuple[Partner, ...] = ()
    when: Whens = Field(default=(), description="Exactly one time shape, or a list where the document gives two.")
    audience: Text | None = None
    results: tuple[Result, ...] = Field(
        default=(), description="Expected results of this row; those of a merged cell stand at the goal."
    )
    parts: tuple[Part, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    money: tuple[Money, ...] = ()
    updates: tuple[Update, ...] = ()
    carried_over_from: Words | None = Field(default=None, description="`plan-id/action-id` of the same organization.")
    inherited: tuple[Literal["when", "responsible", "money", "results"], ...] = Field(
        default=(), description="Fields whose cell was merged with the row above; shown as such."
    )
    notes: tuple[Note, ...] = ()
    source: SourceReference | None = None

    @property
    def all_whens(self) -> tuple[When, ...]:
        """Its own times; where only its parts have times, theirs."""
        return self.when or tuple(when for part in self.parts for when in part.all_whens)
