"""The states of all records after each commit: which are there, what became of them, which only moved.

A version that cannot be read was never published: the record stays as it was. Git's guess that a file moved is
believed only if the records in it look alike, because short files about similar things resemble each other; a record
that git did not recognize is still the same one if its title is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from .dates import TimeFrame, time_frame
from .differences import Setting, words_of
from .facts import plain
from .git_history import Commit, FileChange
from .language import LocalizedText
from .ledger import Key
from .model import Action, Committee, Event, NamedPeriods, Organization, Plan, Record, Section, fields_from_path
from .model.scalars import ID_LIMIT, ID_PATTERN

_MODELS: Mapping[str, type[Record]] = {
    "organization": Organization,
    "committee": Committee,
    "plan": Plan,
    "action": Action,
    "event": Event,
}
#: From here on two titles may be one title reworded.
_ALIKE = 0.6
Entity = Organization | Committee | Plan | Section | Action | Event
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


def title_of(record: Entity) -> LocalizedText:
    """Return what a record is called."""
    return record.name if isinstance(record, Organization | Committee) else record.title


@dataclass(frozen=True)
class Snapshot:
    """All readable records after one commit, and what they are read against."""

    records: Mapping[Key, Entity]

    def frame(self, organization: str, plan: str = "") -> TimeFrame:
        """Return what dates of an organization (and plan) are read against."""
        if organization not in self._frames:
            own = [item for key, item in self.records.items() if key.organization == organization]
            events = {item.id: item for item in own if isinstance(item, Event)}
            frames = [time_frame(item) for item in own if isinstance(item, Organization)]
            names = frames[0].names if frames else NamedPeriods({}, {})
            self._frames[organization] = TimeFrame(names, events)
        frame = self._frames[organization]
        found = self.records.get(Key("plan", organization, plan))
        return frame.within(found.period.span(frame.names)) if isinstance(found, Plan) else frame

    @cached_property
    def _frames(self) -> dict[str, TimeFrame]:
        return {}

    def setting(self, key: Key) -> Setting:
        """Return what the record at ``key`` is read against."""
        plan = self.records.get(Key("plan", key.organization, key.plan))
        sections = {section.id: section.committees for section in plan.sections} if isinstance(plan, Plan) else {}
        return Setting(self.frame(key.organization, key.plan), sections, self._committees.get(key.organization, {}))

    @cached_property
    def _committees(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for key, record in self.records.items():
            if isinstance(record, Committee):
                found.setdefault(key.organization, {})[key.item] = plain(record.name)
        return found


@dataclass(frozen=True, slots=True)
class Step:
    """What one commit did to the records."""

    day: date
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
        new = Snapshot(records)
        gone = [key for key in touched if key in old.records and key not in records]
        come = [key for key in touched if key in records and key not in old.records]
        moves = _Matching(old.records, records, gone, come, renames).moves()
        left = set(moves.values())
        kept = [(k, k) for k in touched if k in records and k in old.records and records[k] is not old.records[k]]
        yield Step(
            commit.moment.astimezone(info).date(),
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
            key = key_of(change.path)
            if key is None:
                continue
            touched.add(key)
            self._take(key, change)
            former = key_of(change.old_path) if change.old_path else None
            if former is not None and former != key and former.kind == key.kind:
                renames[key] = former
        for key in tuple(touched):
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


@dataclass(slots=True)
class _Matching:
    """Finds the records that are gone at one address and appeared at another."""

    old: Mapping[Key, Entity]
    new: Mapping[Key, Entity]
    gone: list[Key]
    come: list[Key]
    renames: Mapping[Key, Key]

    def moves(self) -> dict[Key, Key]:
        """Return the former key of each record that moved."""
        found: dict[Key, Key] = {}
        if not self.gone or not self.come:
            return found
        organizations = self._pairs("organization", lambda key: key, self._is_same_body)
        folders = {key.organization: former.organization for key, former in organizations.items()}

        def in_old_organization(key: Key) -> Key:
            return Key(key.kind, folders.get(key.organization, key.organization), key.plan, key.item)

        plans = self._pairs("plan", in_old_organization, self._is_same_plan)

        def in_old_plan(key: Key) -> Key:
            plan = Key("plan", key.organization, key.plan)
            former = plans.get(plan, in_old_organization(plan))
            return Key(key.kind, former.organization, former.plan, key.item)

        found |= organizations | plans
        found |= self._pairs("section", in_old_plan, lambda old, new, guessed: False)
        found |= self._pairs("action", in_old_plan, self._is_same_action)
        found |= self._pairs("event", in_old_organization, self._is_same_event)
        found |= self._pairs("committee", in_old_organization, self._is_same_body)
        return found

    def _pairs(self, kind: str, expected: Any, is_same: Any) -> dict[Key, Key]:
        """Match by id in a folder that moved, then by git's guess, then by a title that only one record has."""
        left = [key for key in self.gone if key.kind == kind]
        pairs: dict[Key, Key] = {}
        come = sorted(key for key in self.come if key.kind == kind)

        def pair(key: Key, former: Key | None) -> None:
            if former in left:
                pairs[key] = former
                left.remove(former)

        for key in come:
            pair(key, expected(key))
        for key in come:
            former = self.renames.get(key)
            if former is None or key in pairs or former not in left or not self._is_near(key, former, expected):
                continue
            if is_same(self.old[former], self.new[key], True):
                pair(key, former)
        for key in come:
            if key not in pairs:
                near = [
                    f for f in left if self._is_near(key, f, expected) and is_same(self.old[f], self.new[key], False)
                ]
                pair(key, near[0] if len(near) == 1 else None)
        return pairs

    @staticmethod
    def _is_near(key: Key, former: Key, expected: Any) -> bool:
        """Tell whether two keys lie in the same folder, which may have moved itself."""
        here = expected(key)
        folder = (here.organization, here.plan if key.kind in ("action", "section") else "")
        there = (former.organization, former.plan if key.kind in ("action", "section") else "")
        return key.kind == "organization" or folder == there

    @staticmethod
    def _is_same_body(old: Any, new: Any, is_guessed: bool) -> bool:
        return _likeness(old, new) >= (_ALIKE if is_guessed else 1)

    @staticmethod
    def _is_same_plan(old: Any, new: Any, is_guessed: bool) -> bool:
        return old.period == new.period and _likeness(old, new) >= (_ALIKE if is_guessed else 1)

    @staticmethod
    def _is_same_event(old: Any, new: Any, is_guessed: bool) -> bool:
        same_time = plain(old.when) == plain(new.when)
        return _likeness(old, new) >= (_ALIKE if is_guessed and same_time else 1) and (is_guessed or same_time)

    @staticmethod
    def _is_same_action(old: Any, new: Any, is_guessed: bool) -> bool:
        if is_guessed and old.source is not None and (old.source, old.number) == (new.source, new.number):
            return True
        return _likeness(old, new) >= (_ALIKE if is_guessed else 1)


def _likeness(old: Entity, new: Entity) -> float:
    first, second = words_of(title_of(old)), words_of(title_of(new))
    return 1.0 if first == second else SequenceMatcher(None, first, second, autojunk=False).ratio()
