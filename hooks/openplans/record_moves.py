"""Which records are gone at one address and appeared at another in the same commit.

Git's guess that a file moved is believed only if the records in it look alike, because short files about similar
things resemble each other; a record that git did not recognize is still the same one if its title is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .ledger import Entity, Key, title_of
from .model import Action, Event, Plan
from .value_differences import plain_times, words_of

#: From here on two titles may be one title reworded.
_ALIKE = 0.6


def moves_between(
    old: Mapping[Key, Entity],
    new: Mapping[Key, Entity],
    gone: Sequence[Key],
    come: Sequence[Key],
    renames: Mapping[Key, Key],
) -> dict[Key, Key]:
    """Return the former key of each record that moved; ``renames`` are git's guesses."""
    if not gone or not come:
        return {}
    matching = _Matching(old, new, gone, come, renames)
    organizations = matching.pairs("organization", lambda key: key)
    folders = {key.organization: former.organization for key, former in organizations.items()}

    def in_old_organization(key: Key) -> Key:
        return Key(key.kind, folders.get(key.organization, key.organization), key.plan, key.item)

    plans = matching.pairs("plan", in_old_organization)

    def in_old_plan(key: Key) -> Key:
        plan = Key("plan", key.organization, key.plan)
        former = plans.get(plan, in_old_organization(plan))
        return Key(key.kind, former.organization, former.plan, key.item)

    return {
        **organizations,
        **plans,
        **matching.pairs("section", in_old_plan),
        **matching.pairs("action", in_old_plan),
        **matching.pairs("event", in_old_organization),
        **matching.pairs("committee", in_old_organization),
    }


@dataclass(frozen=True, slots=True)
class _Matching:
    """Finds pairs of records of one kind; ``expected`` gives the key that a record had before its folder moved."""

    old: Mapping[Key, Entity]
    new: Mapping[Key, Entity]
    gone: Sequence[Key]
    come: Sequence[Key]
    renames: Mapping[Key, Key]

    def pairs(self, kind: str, expected: Callable[[Key], Key]) -> dict[Key, Key]:
        """Match by id in a folder that moved, then by git's guess, then by a title that only one record has."""
        come = [key for key in self.come if key.kind == kind]
        left = [key for key in self.gone if key.kind == kind]
        found: dict[Key, Key] = {}
        for key in come:
            if expected(key) in left:
                found[key] = expected(key)
                left.remove(expected(key))
        if kind == "section":
            return found
        for key in come:
            former = self.renames.get(key)
            if former is None or key in found or former not in left or not _is_near(former, expected(key)):
                continue
            if _is_alike(self.old[former], self.new[key]):
                found[key] = former
                left.remove(former)
        for key in come:
            near = [f for f in left if _is_near(f, expected(key)) and _has_same_title(self.old[f], self.new[key])]
            if key not in found and len(near) == 1:
                found[key] = near[0]
                left.remove(near[0])
        return found


def _is_near(former: Key, expected: Key) -> bool:
    """Tell whether two records lie in the same folder; an organization's folder is its own."""
    if former.kind == "organization":
        return True
    plans = (former.plan, expected.plan) if former.kind == "action" else ("", "")
    return former.organization == expected.organization and plans[0] == plans[1]


def _has_same_title(old: Entity, new: Entity) -> bool:
    return words_of(title_of(old)) == words_of(title_of(new)) and _has_same_time(old, new)


def _has_same_time(old: Entity, new: Entity) -> bool:
    """Tell whether plans are for the same period and events at the same time: next year's is another one."""
    if isinstance(old, Plan) and isinstance(new, Plan):
        return old.period == new.period
    return not (isinstance(old, Event) and isinstance(new, Event)) or plain_times(old.when) == plain_times(new.when)


def _is_alike(old: Entity, new: Entity) -> bool:
    """Tell whether a record may be another with some changes: the same row of the document, or much the same title."""
    if (
        isinstance(old, Action)
        and isinstance(new, Action)
        and old.source is not None
        and (old.source, old.number) == (new.source, new.number)
    ):
        return True
    first, second = words_of(title_of(old)), words_of(title_of(new))
    if first == second:
        return not isinstance(old, Plan) or _has_same_time(old, new)
    return _has_same_time(old, new) and SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
