"""A plan: its sections, goals, approvals, sources, and what else the approved document holds."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .action import Action, Result
from .base import Facts, FromPath, Note, Record, SourceReference
from .measures import Indicator, Money
from .moments import Day
from .periods import AnyPeriod
from .scalars import Flag, Identifier, Link, Text, Words


class Approval(Facts):
    """Who adopted or changed the plan, when and under which number."""

    kind: Literal["adopted", "amended", "extended", "repealed", "proposed"]
    body: Text
    date: Day | None = None
    number: Words | None = Field(default=None, description="Number of the act, as printed.")
    as_written: Words | None = None
    note: Text | None = None


class SourceDocument(Facts):
    """A document that the plan was transcribed from."""

    id: Identifier
    title: Text
    language: Words
    url: Link | None = None
    note: Text | None = None


class Objective(Facts):
    """A step under a goal, or an objective (uždavinys) of a section."""

    id: Identifier
    number: Words | None = None
    title: Text
    results: tuple[Result, ...] = ()


class Direction(Facts):
    """A strategic direction: the heading over one or more goals."""

    id: Identifier
    title: Text


class Goal(Facts):
    """What the actions under it are for."""

    id: Identifier
    number: Words | None = None
    title: Text
    direction: Identifier | None = Field(default=None, description="Id of a direction of the section.")
    results: tuple[Result, ...] = Field(
        default=(), description="Expected results printed once for all rows of the goal."
    )
    indicators: tuple[Indicator, ...] = ()
    objectives: tuple[Objective, ...] = ()
    source: SourceReference | None = None


class Section(Facts):
    """A chapter of the plan; one without rows stays and says so."""

    id: Identifier
    number: Words | None = None
    title: Text
    committees: tuple[Identifier, ...] = Field(default=(), description="Responsible unless an action names another.")
    summary: Text | None = None
    aim: Text | None = None
    objectives: tuple[Objective, ...] = ()
    directions: tuple[Direction, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    action_term: Literal["action", "method", "measure", "task", "step", "direction"] = Field(
        default="action", description="What the document calls one row."
    )
    columns: tuple[Words, ...] = Field(default=(), description="The table's column headings, as printed.")
    notes: tuple[Note, ...] = ()
    source: SourceReference | None = None


class Swot(Facts):
    """Strengths, weaknesses, opportunities and threats, as the document lists them."""

    strengths: tuple[Text, ...] = ()
    weaknesses: tuple[Text, ...] = ()
    opportunities: tuple[Text, ...] = ()
    threats: tuple[Text, ...] = ()


class ContextFact(Facts):
    """A paragraph of the document's analysis, or work done before the plan."""

    title: Text | None = None
    text: Text
    source: SourceReference | None = None


class Plan(Record):
    """What an organization approved: the frame around its actions."""

    organization: FromPath[str] = ""
    actions: FromPath[tuple[Action, ...]] = ()

    title: Text
    kind: Literal["strategy", "action_plan", "programme", "concept", "annual_plan"] = "action_plan"
    summary: Text | None = None
    period: AnyPeriod
    period_as_written: Words | None = None
    owner: Identifier | None = Field(
        default=None, description="Committee that the plan belongs to; the organization itself if left out."
    )
    approvals: tuple[Approval, ...] = ()
    sources: tuple[SourceDocument, ...] = ()
    basis: tuple[Text, ...] = Field(default=(), description="Acts and documents that the plan rests on.")
    vision: Text | None = None
    mission: Text | None = None
    aim: Text | None = None
    aims: tuple[Text, ...] = Field(default=(), description="Aims listed for the whole plan, without rows of their own.")
    priorities: tuple[Text, ...] = ()
    context: tuple[ContextFact, ...] = ()
    swot: Swot | None = None
    funding: Text | None = Field(default=None, description="Where the money comes from, in words.")
    money: tuple[Money, ...] = Field(
        default=(), description="Money stated for the plan as a whole; never spread over actions."
    )
    implementers: tuple[Identifier, ...] = Field(
        default=(), description="Committees named as carrying out the plan as a whole."
    )
    reports_results: Flag = Field(
        default=False,
        description="Whether the organization publishes results of this plan; without it nothing is called overdue.",
    )
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = Field(default=(), description="Public notes on the document: slips kept as they stand.")

    def section(self, identifier: str) -> Section:
        """Return a section; StopIteration if there is none."""
        return next(section for section in self.sections if section.id == identifier)

    def actions_in(self, section: Section) -> tuple[Action, ...]:
        """Return a section's actions in document order."""
        return tuple(action for action in self.actions if action.section == section.id)
