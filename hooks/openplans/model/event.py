"""An event or training: what a student can attend, or what other dates hang on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Facts, FromPath, Note, Record, SourceReference
from .moments import ExactDate
from .scalars import Count, Flag, Identifier, Link, Text, Words
from .when import When

EventKind = Literal[
    "training", "conference", "forum", "meeting", "camp", "seminar", "competition", "festival", "survey", "other"
]
EventStatus = Literal["scheduled", "postponed", "rescheduled", "cancelled", "moved_online"]

EventMode = Literal["in_person", "online", "hybrid"]


class Place(Facts):
    """Where it happens; only what may be public."""

    name: Text | None = None
    address: Text | None = None
    map: Link | None = None


class Registration(Facts):
    """How to sign up, and until when."""

    url: Link | None = Field(default=None, description="The form; never the address of the meeting room itself.")
    opens: ExactDate | None = None
    closes: ExactDate | None = None
    is_full: Flag | None = Field(default=None, description="True once all places are taken.")
    note: Text | None = None


class EventResult(Facts):
    """What is known afterwards."""

    held: Flag = True
    participants: Count | None = None
    text: Text | None = None
    materials: tuple[Link, ...] = ()
    recording: Link | None = None


class Occurrence(Facts):
    """One meeting of a series, with an address of its own; or what is different about one that a rule gives."""

    id: Identifier = Field(
        description="With a rule: the month (`2026-10`), ISO week (`2026-w41`) or year (`2026`) that it belongs to; it "
        "stays when the day moves."
    )
    when: When | None = Field(default=None, description="With a rule only if the day is another than the rule's.")
    title: Text | None = None
    mode: EventMode | None = Field(default=None, description="This and the next two: the series' if left out.")
    place: Place | None = None
    registration: Registration | None = None
    status: EventStatus = "scheduled"
    reason: Text | None = Field(default=None, description="Required unless scheduled.")
    previous: tuple[ExactDate, ...] = Field(default=(), description="Former dates, oldest first.")
    result: EventResult | None = None


class Event(Record):
    """An event, a training, or a series with its occurrences (schema.org: Event, EducationEvent)."""

    organization: FromPath[str] = ""

    title: Text
    kind: EventKind = "other"
    summary: Text | None = None
    when: When | None = Field(default=None, description="Left out while no date is stated at all.")
    mode: EventMode | None = Field(default=None, description="Left out if the document does not say.")
    place: Place | None = None
    region: Identifier | None = Field(
        default=None, description="One of the site's `regions`; the organization's own if left out."
    )
    broadcast: Link | None = Field(default=None, description="A public stream that anyone may watch.")
    organizers: tuple[Identifier, ...] = Field(default=(), description="Ids of committees.")
    actions: tuple[Words, ...] = Field(default=(), description="`plan-id/action-id` of the actions that promise it.")
    audience: Text | None = Field(default=None, description="Whom it is for, in the document's sense.")
    audiences: tuple[Identifier, ...] = Field(default=(), description="The site's `audiences` that it is for.")
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
    former_id: Identifier | None = Field(
        default=None, description="The id under which calendars know it, if its file was renamed."
    )
    notes: tuple[Note, ...] = ()
    source: SourceReference | None = None
