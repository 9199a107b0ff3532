"""An event or training: what a student can attend, or what other dates hang on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Facts, FromPath, Note, Record, SourceReference
from .scalars import Count, Flag, Identifier, Link, Text, Words
from .when import ExactDate, When

EventKind = Literal[
    "training", "conference", "forum", "meeting", "camp", "seminar", "competition", "festival", "survey", "other"
]
EventStatus = Literal["scheduled", "postponed", "rescheduled", "cancelled", "moved_online"]


class Place(Facts):
    """Where it happens; only what may be public."""

    name: Text | None = None
    address: Text | None = None
    region: Text | None = None
    map: Link | None = None


class Registration(Facts):
    """How to sign up, and until when."""

    url: Link | None = None
    opens: ExactDate | None = None
    closes: ExactDate | None = None
    note: Text | None = None


class EventResult(Facts):
    """What is known afterwards."""

    held: Flag = True
    participants: Count | None = None
    text: Text | None = None
    materials: tuple[Link, ...] = ()
    recording: Link | None = None


class Occurrence(Facts):
    """One meeting of a series, with an address of its own."""

    id: Identifier
    when: When | None = None
    title: Text | None = None
    status: EventStatus = "scheduled"
    reason: Text | None = None
    previous: tuple[ExactDate, ...] = ()
    result: EventResult | None = None


class Event(Record):
    """An event, a training, or a series with its occurrences (schema.org: Event, EducationEvent)."""

    organization: FromPath[str] = ""

    title: Text
    kind: EventKind = "other"
    summary: Text | None = None
    when: When | None = Field(default=None, description="Left out while no date is stated at all.")
    mode: Literal["in_person", "online", "hybrid"] | None = Field(
        default=None, description="Left out if the document does not say."
    )
    place: Place | None = None
    organizers: tuple[Identifier, ...] = Field(default=(), description="Ids of committees.")
    actions: tuple[Words, ...] = Field(default=(), description="`plan-id/action-id` of the actions that promise it.")
    audience: Text | None = None
    age: Words | None = Field(default=None, description="For example `14-19`.")
    languages: tuple[Words, ...] = Field(default=(), description="Languages spoken, as codes.")
    cost: Text | None = None
    is_free: Flag | None = None
    travel: Text | None = Field(default=None, description="Whether travel is paid.")
    capacity: Text | None = None
    accessibility: Text | None = None
    registration: Registration | None = None
    status: EventStatus = "scheduled"
    reason: Text | None = Field(default=None, description="Required unless scheduled.")
    previous: tuple[ExactDate, ...] = Field(default=(), description="Former dates, oldest first.")
    occurrences: tuple[Occurrence, ...] = ()
    result: EventResult | None = None
    notes: tuple[Note, ...] = ()
    source: SourceReference | None = None
