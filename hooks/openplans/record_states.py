"""The states of all records after each commit: which are there, what became of them, which only moved.

A version that cannot be read was never published: the record stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from .dates import TimeFrame, time_frame
from .differences import Setting
from .facts import plain
from .git_history import Commit, FileChange
from .ledger import Entity, Key
from .model import Action, Committee, Event, NamedPeriods, Organization, Plan, Record, fields_from_path
from .model.scalars import ID_LIMIT, ID_PATTERN
from .record_moves import moves_between

_MODELS: Mapping[str, type[Record]] = {
    "organization": Organization,
    "committee": Committee,
    "plan": Plan,
    "action": Action,
    "event": Event,
}
_State = dict[Key, Entity]


def key_of(path: str) -> Key | None:
    """Return which record a file of the data folder holds; None if it holds none."""
    first, *parts = path.removesuffix(".yml").split("/")
    if first != "organizations" or not all(len(p) <= ID_LIMIT and re.fullmatch(ID_PATTERN, p) for p in parts):
        return None
    match parts:
        case [organization, "organization"]:
            return Key("organization", organization)
        case [organization, "committees", item]:
            return Key("committee", organization, item=item)
        case [organization, "events", item]:
            return Key("event", organization, item=item)
        case [organization, "plans", plan, "plan"]:
            return Key("plan", organization, plan)
        case [organization, "plans", plan, "actions", _, item]:
            return Key("action", organization, plan, item)
    return None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All readable records after one commit, and what they are read against."""

    records: Mapping[Key, Entity]
    _frames: dict[str, TimeFrame] = field(default_factory=dict)
    _committees: dict[str, dict[str, Any]] = field(default_factory=dict)

    def followed_by(self, records: Mapping[Key, Entity], touched: Iterable[Key]) -> Snapshot:
        """Return the next snapshot, which keeps what is known of organizations where nothing of it was touched."""
        timed = {key.organization for key in touched if key.kind in ("organization", "event")}
        named = {key.organization for key in touched if key.kind == "committee"}
        return Snapshot(
            records,
            {organization: frame for organization, frame in self._frames.items() if organization not in timed},
            {organization: names for organization, names in self._committees.items() if organization not in named},
        )

    def frame(self, organization: str, plan: str = "") -> TimeFrame:
        """Return what dates of an organization (and plan) are read against."""
        if organization not in self._frames:
            own = [item for key, item in self.records.items() if key.organization == organization]
            events = {item.id: item for item in own if isinstance(item, Event)}
            frames = [time_frame(item) for item in own if isinstance(item, Organization)]
            names = frames[0].names if frames else NamedPeriods({}, {})
            country = frames[0].country if frames else None
            self._frames[organization] = TimeFrame(names, events, country=country)
        frame = self._frames[organization]
        found = self.records.get(Key("plan", organization, plan))
        return frame.within(found.period.span(frame.names)) if isinstance(found, Plan) else frame

    def setting(self, key: Key) -> Setting:
        """Return what the record at ``key`` is read against."""
        plan = self.records.get(Key("plan", key.organization, key.plan))
        sections = {section.id: section.committees for section in plan.sections} if isinstance(plan, Plan) else {}
        return Setting(self.frame(key.organization, key.plan), sections, self._names(key.organization))

    def _names(self, organization: str) -> dict[str, Any]:
        if organization not in self._committees:
            self._committees[organization] = {
                key.item: plain(record.name)
                for key, record in self.records.items()
                if isinstance(record, Committee) and key.organization == organization
            }
        return self._committees[organization]


@dataclass(frozen=True, slots=True)
class Step:
    """What one commit did to the records."""

    day: date
    moment: datetime
    #: The site's time zone after it.
    zone: str
    old: Snapshot
    new: Snapshot
    appeared: tuple[Key, ...]
    gone: tuple[Key, ...]
    #: Records in both states whose text changed, each with its former key.
    changed: tuple[tuple[Key, Key], ...]
    #: Former keys of records at another address.
    moves: Mapping[Key, Key]
    #: Records whose files the commit changed and which cannot be read, so that they were never published.
    unreadable: frozenset[Key]


def steps_of(commits: Iterable[Commit], zone: str) -> Iterator[Step]:
    """Yield what each commit did to the records, with its day in the time zone ``zone``."""
    reader, old, info = _Reader(), Snapshot({}), ZoneInfo(zone)
    for commit in commits:
        records, touched, renames = reader.apply(commit.changes, old.records)
        new = old.followed_by(records, touched)
        gone = [key for key in touched if key in old.records and key not in records]
        come = [key for key in touched if key in records and key not in old.records]
        moves = moves_between(old.records, records, gone, come, renames)
        left = set(moves.values())
        kept = [(k, k) for k in touched if k in records and k in old.records and records[k] is not old.records[k]]
        yield Step(
            commit.moment.astimezone(info).date(),
            commit.moment,
            reader.zone,
            old,
            new,
            tuple(key for key in come if key not in moves),
            tuple(key for key in gone if key not in left),
            tuple(sorted((*kept, *((former, key) for key, former in moves.items())), key=lambda pair: pair[1])),
            moves,
            frozenset(key for key in touched if key not in records and reader.paths.get(key)),
        )
        old = new


@dataclass(slots=True)
class _Reader:
    """Follows files from commit to commit and gives the records in them."""

    paths: dict[Key, set[str]] = field(default_factory=dict)
    by_path: dict[str, Entity] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    default_language: str = "en"
    zone: str = "UTC"

    def apply(
        self, changes: Sequence[FileChange], before: Mapping[Key, Entity]
    ) -> tuple[_State, list[Key], dict[Key, Key]]:
        """Return the records after a commit, which it touched, and which of them git takes for renamed ones."""
        records, renames, touched = dict(before), dict[Key, Key](), set[Key]()
        # What says which language plain texts are in comes first.
        for change in sorted(changes, key=lambda c: (not c.path.endswith(("site.yml", "/organization.yml")), c.path)):
            if change.path == "site.yml" and change.data:
                languages = change.data.get("languages")
                self.default_language = str(languages[0]) if isinstance(languages, list) and languages else "en"
                self.zone = str(change.data.get("time_zone") or self.zone)
            key = key_of(change.path)
            if key is None:
                continue
            touched.add(key)
            self._take(key, change)
            former = key_of(change.old_path) if change.old_path else None
            if former is not None and former != key and former.kind == key.kind:
                renames[key] = former
        # In an order of its own: what is told of a commit stands in the order of the records.
        for key in sorted(touched):
            touched |= self._settle(key, records)
        return records, sorted(touched), renames

    def _take(self, key: Key, change: FileChange) -> None:
        known = self.paths.setdefault(key, set())
        if change.is_deleted:
            known.discard(change.path)
            self.by_path.pop(change.path, None)
            return
        known.add(change.path)
        if change.data is not None:
            if key.kind == "organization" and isinstance(change.data.get("source_language"), str):
                self.languages[key.organization] = change.data["source_language"]
            record = self._record(key, change.path, change.data)
            if record is not None:
                self.by_path[change.path] = record

    def _record(self, key: Key, path: str, data: Mapping[str, Any]) -> Entity | None:
        model = _MODELS[key.kind]
        known = {"id": key.item or key.plan or key.organization, "path": path, "organization": key.organization}
        known |= {"plan": key.plan, "section": path.split("/")[-2]}
        from_path = fields_from_path(model)
        given = {name: value for name, value in data.items() if name not in from_path}
        given |= {name: value for name, value in known.items() if name in from_path}
        context = {"languages": (), "source_language": self.languages.get(key.organization, self.default_language)}
        try:
            return model.model_validate(given, context=context)  # type: ignore[return-value]
        except ValidationError:
            return None

    def _settle(self, key: Key, records: _State) -> set[Key]:
        """Put the state of one record into ``records``; a plan brings its sections along, which are returned."""
        paths = self.paths[key]
        readable = [self.by_path[path] for path in sorted(paths) if path in self.by_path]
        if readable:
            records[key] = readable[-1]
        elif not paths:
            records.pop(key, None)
        if key.kind != "plan":
            return set()
        former = {
            k for k in records if k.kind == "section" and (k.organization, k.plan) == (key.organization, key.plan)
        }
        plan = records.get(key)
        sections = plan.sections if isinstance(plan, Plan) else ()
        current = {Key("section", key.organization, key.plan, section.id): section for section in sections}
        for section in former - current.keys():
            del records[section]
        records.update(current)
        return former | current.keys()
