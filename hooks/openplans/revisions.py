"""When each meeting last changed, found by comparing what calendars would show of it from commit to commit.

A new layout of a file, another order of its keys or a change elsewhere in it is no change; a translation is one for the
readers of that language only. What a meeting takes from its series and its organization counts as its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from .calendars import Meeting, meetings_of_event
from .facts import plain
from .ledger import GoneMeeting, Key, Revision
from .model import Event, Organization
from .record_states import Step

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
#: What of an event and of its organization readers of a calendar are shown.
_OF_EVENT = (
    "title",
    "kind",
    "summary",
    "broadcast",
    "audience",
    "age",
    "languages",
    "cost",
    "is_free",
    "travel",
    "capacity",
    "accessibility",
)
_OF_MEETING = ("title", "when", "mode", "place", "registration", "status", "reason", "previous")
_OF_ORGANIZATION = ("name", "email", "time_zone")


def content_of(meeting: Meeting, language: str, zone: str) -> str:
    """Return a digest of what readers of a language are shown of a meeting."""
    return _digest(
        [
            {name: plain(getattr(meeting.event, name), language) for name in _OF_EVENT},
            {name: plain(getattr(meeting, name), language) for name in _OF_MEETING},
            {name: plain(getattr(meeting.organization, name), language) for name in _OF_ORGANIZATION},
            # Windows may hang on what a season or another event is; the page's address, on the names of files.
            [[str(span.earliest), str(span.latest)] for span in meeting.timing.spans],
            [meeting.organization.id, meeting.event.id, zone],
        ]
    )


def terms_of(meeting: Meeting, zone: str) -> dict[str, str]:
    """Return, by role in a calendar, a digest of what one must know to be there in time; a translation is no change."""
    place = plain(meeting.place, meeting.organization.source_language)
    where = [zone, place, meeting.mode, meeting.status]
    registration = meeting.registration
    windows = [[str(span.earliest), str(span.latest)] for span in meeting.windows]
    return {
        "meeting": _digest([plain(meeting.exact), plain(meeting.previous), where]),
        "window": _digest([windows, where]),
        "opens": _digest(plain(registration.opens) if registration else None),
        "closes": _digest(plain(registration.closes) if registration else None),
    }


def _digest(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(slots=True)
class RevisionWalk:
    """Follows the meetings of all events from step to step."""

    languages: tuple[str, ...]
    revisions: dict[str, Revision] = field(default_factory=dict)
    gone: dict[str, GoneMeeting] = field(default_factory=dict)
    _known: dict[Key, dict[str, Meeting]] = field(default_factory=dict)
    #: Identities that no build let through: an event with another id and without its former one.
    _refused: set[str] = field(default_factory=set)
    _zone: str = ""

    def take(self, step: Step) -> None:
        """Note what a step made of the meetings."""
        self._refuse(step)
        left: dict[str, Meeting] = {}
        come: dict[str, Meeting] = {}
        for key in self._touched(step):
            for uid_key, meeting in self._known.pop(key, {}).items():
                left[uid_key] = meeting
            organization = step.new.records.get(Key("organization", key.organization))
            event = step.new.records.get(key)
            if isinstance(event, Event) and isinstance(organization, Organization):
                found = meetings_of_event(organization, event, step.new.frame(key.organization))
                self._known[key] = {meeting.uid_key: meeting for meeting in found}
                come |= self._known[key]
        for uid_key, meeting in come.items():
            self._note(uid_key, meeting, step)
        for uid_key, meeting in left.items():
            after = come.get(uid_key)
            is_off = after is None or (after.exact is None and not after.previous)
            if meeting.exact is not None and is_off and uid_key not in self._refused:
                before = self.revisions[uid_key].sequence["meeting"]
                self.gone[uid_key] = _gone(uid_key, meeting, step.moment, _next(before, step.moment))
            if after is None:
                self.revisions.pop(uid_key, None)
        for uid_key in come:
            if come[uid_key].exact is not None:
                self.gone.pop(uid_key, None)

    def _refuse(self, step: Step) -> None:
        for new, old in step.moves.items():
            event = step.new.records.get(new)
            is_renamed = isinstance(event, Event) and new.organization == old.organization and new.item != old.item
            if is_renamed and isinstance(event, Event) and event.former_id is None:
                self._refused.add(f"{new.organization}.{new.item}")

    def _touched(self, step: Step) -> Iterator[Key]:
        """Yield the events that a step may have changed, itself or through what they hang on."""
        touched = {*step.appeared, *step.gone, *(key for pair in step.changed for key in pair)}
        whole = {key.organization for key in touched if key.kind == "organization"}
        if step.zone != self._zone:
            # Where the site's clock is another one, so are all times.
            whole |= {key.organization for key in step.new.records}
            self._zone = step.zone
        moved = {key.organization for key in touched if key.kind == "event"}
        for key in {*touched, *self._known, *(k for k in step.new.records if k.organization in whole)}:
            if key.kind == "event" and (
                key in touched or key.organization in whole or (key.organization in moved and self._hangs(key))
            ):
                yield key

    def _hangs(self, key: Key) -> bool:
        event = next((meeting.event for meeting in self._known.get(key, {}).values()), None)
        when = event.when if event else None
        return when is not None and bool(when.relative or (when.rule and when.rule.until))

    def _note(self, uid_key: str, meeting: Meeting, step: Step) -> None:
        moment = step.moment
        zone = meeting.organization.time_zone or step.zone
        content = {language: content_of(meeting, language, zone) for language in self.languages}
        terms = terms_of(meeting, zone)
        before = self.revisions.get(uid_key)
        if before is None:
            created = moment
            modified: Mapping[str, datetime] = dict.fromkeys(content, moment)
            gone = self.gone.get(uid_key)
            first = _next(gone.sequence, moment) if gone else _minutes(moment)
            sequence: Mapping[str, int] = dict.fromkeys(terms, first)
        else:
            created = before.created
            modified = {
                k: before.modified[k] if before.content.get(k) == digest else max(moment, before.modified[k] + _SECOND)
                for k, digest in content.items()
            }
            sequence = {
                k: before.sequence[k] if before.terms.get(k) == digest else _next(before.sequence[k], moment)
                for k, digest in terms.items()
            }
        self.revisions[uid_key] = Revision(created, modified, content, sequence, terms)


def _minutes(moment: datetime) -> int:
    return max(0, int((moment - _EPOCH).total_seconds()) // 60)


def _next(before: int, moment: datetime) -> int:
    """Return the number after ``before``: the moment's minutes, or one more where commits follow fast."""
    return max(_minutes(moment), before + 1)


def _gone(uid_key: str, meeting: Meeting, moment: datetime, sequence: int) -> GoneMeeting:
    title = meeting.title
    return GoneMeeting(
        uid_key,
        meeting.organization.id,
        meeting.event.id,
        meeting.occurrence.id if meeting.occurrence else "",
        meeting.event.kind,
        moment,
        sequence,
        plain(meeting.exact),
        plain(title),
        title.source_language,
    )
