"""From the steps of a history to the ledger.

A plan's first appearance is one entry. What is added to it on that day, before anything else of it changes, belongs
to that appearance, because transcribing a long document takes several commits; events that come with it are not
announced one by one either.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .differences import differences_of_action, differences_of_event, differences_of_plan, settled_time
from .facts import plain
from .git_history import Commit
from .ledger import Entity, Entry, Key, Ledger, Removed, title_of
from .model import Action, Event, Plan
from .record_states import Step, steps_of
from .revisions import RevisionWalk
from .value_differences import Difference

#: Kinds of records whose changes are told; of the others only the addresses are followed.
_TOLD = ("plan", "action", "event")


def ledger_of(commits: Iterable[Commit], zone: str, languages: tuple[str, ...] = ()) -> Ledger:
    """Return the ledger of a history: days of the time zone ``zone``, revisions for readers of ``languages``."""
    walk, meetings = _Walk(), RevisionWalk(languages)
    for step in steps_of(commits, zone):
        walk.take(step)
        meetings.take(step)
    gone = tuple(sorted(meetings.gone.values(), key=lambda item: item.key))
    return replace(walk.ledger(), revisions=dict(sorted(meetings.revisions.items())), gone=gone)


@dataclass(slots=True)
class _Appearance:
    """How far a plan, or an organization, is with appearing for the first time."""

    day: date
    is_going_on: bool = True
    is_empty: bool = True


@dataclass(frozen=True, slots=True)
class _Noted:
    """An entry that does not know yet what its record will be called in the end."""

    day: date
    key: Key
    record: int
    owner: int
    title: Any
    language: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class _Left:
    """An address that a record left: on which day, from which owner, and for which other address."""

    day: date
    record: Entity
    owner: int | None
    moved: int | None = None


class _Walk:
    """Keeps what lasts longer than one step: who is who, and which addresses were left."""

    def __init__(self) -> None:
        self.noted: list[_Noted] = []
        self.left: dict[Key, _Left] = {}
        self.appearances: dict[Key, _Appearance] = {}
        self.unreadable: dict[Key, bool] = {}
        #: Each record has a number of its own, so that its entries follow it to other addresses.
        self.numbers: dict[Key, int] = {}
        self.keys: list[Key] = []

    def take(self, step: Step) -> None:
        """Note what one commit changed."""
        self._number(step)
        altered = self._changes(step)
        silent = {key.organization for key in step.appeared if key.kind == "plan"}
        for key in step.gone:
            self._gone(key, step)
        for key in sorted(step.appeared, key=lambda k: k.kind != "plan"):
            if key.kind == "plan":
                self._note(key, step, Difference("plan_published"))
            elif key.kind == "action" and not self._comes_with_plan(key, step.day):
                self._note(key, step, Difference("action_added"))
            elif key.kind == "action":
                silent.add(key.organization)
            elif key.kind == "event" and key.organization not in silent and not self._is_new(key, step.day):
                self._note(key, step, Difference("event_announced"))
        for key in step.unreadable:
            self.unreadable.setdefault(key, self._appears(_owner(key), step.day))
        for key in {_owner(key) for key in (*altered, *step.gone, *step.moves)}:
            if key in self.appearances and not self.appearances[key].is_empty:
                self.appearances[key].is_going_on = False

    # -- who is who ----------------------------------------------------------------------------------------

    def _number(self, step: Step) -> None:
        carried = {key: self.numbers[former] for key, former in step.moves.items()}
        appearing = {key: self.appearances[former] for key, former in step.moves.items() if former in self.appearances}
        owners = {former: self.numbers.get(_owner(former)) for former in step.moves.values()}
        for former in step.moves.values():
            record, owner = step.old.records[former], owners[former]
            self.left[former] = _Left(step.day, record, owner, self.numbers.pop(former))
            self.appearances.pop(former, None)
        for key, number in carried.items():
            self.numbers[key] = number
            self.keys[number] = key
            self.left.pop(key, None)
        self.appearances |= appearing
        for key in step.appeared:
            self.left.pop(key, None)
            # A record that comes back to where it was is the one that went.
            if key not in self.numbers:
                self.numbers[key] = len(self.keys)
                self.keys.append(key)
            if key.kind in ("plan", "organization"):
                self.appearances[key] = _Appearance(step.day, is_empty=key.kind == "plan")

    def _gone(self, key: Key, step: Step) -> None:
        owner = _owner(key)
        if owner != key and owner not in step.old.records:
            return
        self.left[key] = _Left(step.day, step.old.records[key], self.numbers.get(self._heir(owner, step)))
        if key.kind in _TOLD and (owner == key or self._heir(owner, step) in step.new.records):
            self._note(key, step, Difference(f"{key.kind}_removed"))

    def _heir(self, key: Key, step: Step) -> Key:
        """Return where a record is after the step."""
        return next((new for new, former in step.moves.items() if former == key), key)

    # -- first appearances -----------------------------------------------------------------------------------

    def _appears(self, key: Key, day: date) -> bool:
        appearance = self.appearances.get(key)
        return appearance is None or (appearance.is_going_on and (appearance.is_empty or appearance.day == day))

    def _is_new(self, key: Key, day: date) -> bool:
        """Tell whether a record belongs to its owner's first appearance; a file that could not be read, by its day."""
        waited = self.unreadable.pop(key, None)
        return self._appears(_owner(key), day) if waited is None else waited

    def _comes_with_plan(self, key: Key, day: date) -> bool:
        is_new = self._is_new(key, day)
        appearance = self.appearances.get(_owner(key))
        if appearance is not None and appearance.is_empty:
            appearance.day, appearance.is_empty = day, False
        return is_new

    # -- changes ---------------------------------------------------------------------------------------------

    def _changes(self, step: Step) -> list[Key]:
        """Note what records changed; return those that really did."""
        altered, settled = [], set()
        for former, key in step.changed:
            differences = self._differences(former, key, step)
            if any(item.kind in ("deadline_moved", "event_moved", "postponed") for item in differences):
                settled.add(key)
            for item in differences:
                self._note(key, step, item)
                altered.append(key)
        for key, item in self._settled_times(step):
            if key not in settled:
                self._note(key, step, item)
        return altered

    def _differences(self, former: Key, key: Key, step: Step) -> list[Difference]:
        if _owner(key) not in step.new.records:
            return []
        before, after = step.old.records[former], step.new.records[key]
        old, new = step.old.setting(former), step.new.setting(key)
        if isinstance(before, Action) and isinstance(after, Action):
            return differences_of_action(before, after, old, new)
        if isinstance(before, Event) and isinstance(after, Event):
            return differences_of_event(before, after, new.frame)
        if isinstance(before, Plan) and isinstance(after, Plan):
            found = differences_of_plan(before, after, new.frame, {**old.committees, **new.committees})
            if self._appears(key, step.day):
                # Sections that come one after the other while a plan is being put up are not news.
                found = [item for item in found if item.kind != "reworded" or item.before]
            return found
        return []

    def _settled_times(self, step: Step) -> Iterator[tuple[Key, Difference]]:
        """Yield times that hang on events which got another date in this step."""
        touched = {
            k.organization for k in (*step.appeared, *step.gone, *(k for _, k in step.changed)) if k.kind == "event"
        }
        for key, record in step.new.records.items() if touched else ():
            former = step.moves.get(key, key)
            if key.organization not in touched or former not in step.old.records:
                continue
            if isinstance(record, Action):
                whens = record.all_whens
            elif isinstance(record, Event):
                whens = (record.when,) if record.when else ()
            else:
                continue
            if any(when.relative for when in whens) and not self._appears(_owner(key), step.day):
                frames = step.old.frame(former.organization, former.plan), step.new.frame(key.organization, key.plan)
                item = settled_time(whens, *frames)
                if item is not None:
                    yield key, item if isinstance(record, Action) else replace(item, kind="event_moved")

    def _note(self, key: Key, step: Step, difference: Difference) -> None:
        record = (step.new.records if key in step.new.records else step.old.records)[key]
        title = title_of(record)
        owner = self.numbers[self._heir(_owner(key), step)]
        self.noted.append(
            _Noted(step.day, key, self.numbers[key], owner, plain(title), title.source_language, difference)
        )

    # -- the end ---------------------------------------------------------------------------------------------

    def ledger(self) -> Ledger:
        """Return the ledger, with every record under the key that it has in the end."""
        seen: Counter[str] = Counter()
        entries = []
        for noted in self.noted:
            content = _digest(noted)
            seen[content] += 1
            item = noted.difference
            entries.append(
                Entry(
                    # The same change made again after it was undone is another entry.
                    id=content if seen[content] == 1 else f"{content}-{seen[content]}",
                    day=noted.day,
                    record=self.keys[noted.record],
                    owner=self.keys[noted.owner],
                    title=noted.title,
                    language=noted.language,
                    kind=item.kind,
                    before=item.before,
                    after=item.after,
                    detail=item.detail,
                    part=item.part,
                    name=item.name,
                    reason=item.reason,
                    update=item.update,
                )
            )
        since = {key: appearance.day for key, appearance in self.appearances.items() if key.kind == "plan"}
        return Ledger(tuple(entries), tuple(self._removed()), since)

    def _removed(self) -> Iterator[Removed]:
        for key, left in sorted(self.left.items()):
            title = title_of(left.record)
            yield Removed(
                key,
                left.day,
                plain(title),
                title.source_language,
                number=getattr(left.record, "number", None) or "",
                owner=self.keys[left.owner] if left.owner is not None else None,
                moved_to=self.keys[left.moved] if left.moved is not None else None,
            )


def _owner(key: Key) -> Key:
    """Return what a record belongs to; a plan is its own owner, like an organization."""
    if key.kind in ("action", "section"):
        return Key("plan", key.organization, key.plan)
    return key if key.kind == "plan" else Key("organization", key.organization)


def _digest(noted: _Noted) -> str:
    item = noted.difference
    content = [noted.key.place, item.part, item.kind, item.detail, item.before, item.after, item.reason]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
