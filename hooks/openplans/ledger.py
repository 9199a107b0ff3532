"""The ledger: what changed in plans and events from one published state of the data to the next.

========================================  =========================  =====================================
kind                                      before                     after
========================================  =========================  =====================================
plan_published, plan_removed
action_added, action_removed
event_announced, event_removed                                       times of the announced occurrence
deadline_moved, event_moved, postponed    times                      times; none: no new date
status_changed                            status                     status
cancelled, event_cancelled                status
merged                                                               id of the action that took it over
target_changed                            target or count            target or count
responsible_changed                       committees                 committees
money_changed                             lines that are gone        lines that came
reworded                                  texts that are gone        texts that came
translated                                                           languages
========================================  =========================  =====================================

All values are plain data (texts by language, times as authors write them), so that the ledger can be kept in a file,
published as open data, and put into the words of any language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .language import LocalizedText
from .model import Action, Committee, Event, Organization, Plan, Section


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Which record: its kind (as of its page) and the ids that lead to it."""

    kind: str
    organization: str
    plan: str = ""
    item: str = ""

    @property
    def place(self) -> tuple[str, ...]:
        """What of the record's address does not depend on the language; two records there cannot both have a page."""
        folder = {"event": "events", "occurrence": "events", "committee": "committees"}.get(self.kind, self.plan)
        return tuple(part for part in (self.organization, folder, *self.item.split("/")) if part)


Entity = Organization | Committee | Plan | Section | Action | Event


def title_of(record: Entity) -> LocalizedText:
    """Return what a record is called."""
    return record.name if isinstance(record, Organization | Committee) else record.title


def records_of(organization: Organization) -> Mapping[Key, Entity]:
    """Return every record of an organization that has a page of its own."""
    of = organization.id
    found: dict[Key, Entity] = {Key("organization", of): organization}
    found |= {Key("committee", of, item=committee.id): committee for committee in organization.committees}
    found |= {Key("event", of, item=event.id): event for event in organization.events}
    for plan in organization.plans:
        found[Key("plan", of, plan.id)] = plan
        found |= {Key("section", of, plan.id, section.id): section for section in plan.sections}
        found |= {Key("action", of, plan.id, action.id): action for action in plan.actions}
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one record on one day."""

    #: Stays the same through squashes and moves of the repository, as long as record and content do.
    id: str
    day: date
    #: The record, and the plan (or, for an event, the organization) that it belongs to, as they are called today.
    record: Key
    owner: Key
    #: Its title then, and the language that it was written in.
    title: Mapping[str, str]
    language: str
    kind: str
    before: Any = None
    after: Any = None
    #: Which way or which field: ``raised``, ``lowered``, ``title``.
    detail: str = ""
    #: Id of the indicator, section or occurrence inside the record, and its name by language.
    part: str = ""
    name: Mapping[str, str] | None = None
    reason: Mapping[str, str] | None = None
    #: Position of the update of the action that says the same.
    update: int | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A record that was published and is gone, or is now at another address."""

    record: Key
    day: date
    title: Mapping[str, str]
    language: str
    number: str = ""
    #: The plan (or organization) that it belonged to, as it is called today.
    owner: Key | None = None
    #: Where it is now, if only its address changed.
    moved_to: Key | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """When a meeting that calendars may know was announced and last changed; all times are UTC."""

    created: datetime
    #: By language: the last change of what its readers are shown, and a digest of that.
    modified: Mapping[str, datetime]
    content: Mapping[str, str]
    #: By role in a calendar (``meeting``, ``window``, ``opens``, ``closes``): a number that grows with each change of
    #: its time, of where it is and of its status (minutes from 2020 to the commit), and a digest of these.
    sequence: Mapping[str, int]
    terms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GoneMeeting:
    """A meeting with an exact date that calendars may know and that is here no more."""

    key: str
    organization: str
    event: str
    occurrence: str
    kind: str
    moment: datetime
    sequence: int
    #: Its date as authors write it, and its title.
    date: str
    title: Mapping[str, str]
    language: str


@dataclass(frozen=True)
class Ledger:
    """Every entry in the order of the commits; when there can be none, ``reason`` says why."""

    entries: tuple[Entry, ...] = ()
    removed: tuple[Removed, ...] = ()
    #: On which day each plan (by its key) stood here whole for the first time.
    known_since: Mapping[Key, date] = field(default_factory=dict)
    #: Meetings that calendars may know, by UID key.
    revisions: Mapping[str, Revision] = field(default_factory=dict)
    gone: tuple[GoneMeeting, ...] = ()
    reason: str = ""


#: Nobody looked at any history.
EMPTY = Ledger(reason="off")
