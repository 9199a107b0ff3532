"""What differs between two states of a record, in typed terms.

States are compared as parsed facts: key order, formatting and defaults written out make no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from .dates import TimeFrame, timing_of
from .facts import plain
from .language import LocalizedText
from .model import Action, Event, Indicator, Period, Plan, Record, Span, When
from .progress import newest_update, status_of
from .value_differences import (
    Difference,
    differences_of_bodies,
    differences_of_counts,
    differences_of_money,
    differences_of_targets,
    differences_of_times,
    is_same_time,
    plain_period,
    plain_times,
    times_of_spans,
    words_of,
)
from .values import texts_of

#: Texts whose rewording is told, by kind of record; a change inside the others has a kind of its own or is none.
_WORDED: Mapping[type[Record], tuple[str, ...]] = {
    Action: ("title", "summary", "audience", "results", "parts", "partners", "indicators"),
    Event: ("title", "summary", "place", "audience", "cost", "travel", "capacity", "accessibility", "registration"),
    Plan: ("title", "summary", "vision", "mission", "aim", "aims", "priorities", "sections"),
}
_NOT_WORDED = frozenset({"notes", "when", "periods", "baseline"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a record is read against: time, who answers for sections, and what committees are called."""

    frame: TimeFrame
    sections: Mapping[str, tuple[str, ...]]
    committees: Mapping[str, Any]


def differences_of_action(before: Action, after: Action, old: Setting, new: Setting) -> list[Difference]:
    """Return what changed of an action, reports first."""
    status = _reported(before, after, new.frame)
    reason = _reason_of_new_report(before, after) if not status else None
    times = differences_of_times(before.when, after.when, new.frame)
    times = times or differences_of_times(_part_times(before), _part_times(after), new.frame)
    if any(item.kind == "postponed" and is_same_time(item.after, after.when, new.frame) for item in status):
        times = []
    found = [
        *times,
        *differences_of_counts(before.all_whens, after.all_whens),
        *differences_of_targets(_indicators(before.indicators), _indicators(after.indicators)),
        *_responsible(before, after, old, new),
        *differences_of_money(before.money, after.money),
        *_wording(before, after),
    ]
    return [*status, *(_because(item, reason) for item in found)]


def differences_of_event(before: Event, after: Event, frame: TimeFrame) -> list[Difference]:
    """Return what changed of an event or of the occurrences of a series."""
    found = [*_meeting(before, after, frame)]
    earlier = {occurrence.id: occurrence for occurrence in before.occurrences}
    for occurrence in after.occurrences:
        name = plain(occurrence.title)
        if occurrence.id in earlier:
            items = _meeting(earlier[occurrence.id], occurrence, frame)
            found.extend(_of_part(item, occurrence.id, name) for item in items)
        else:
            found.append(
                Difference("event_announced", after=plain_times(occurrence.when), part=occurrence.id, name=name)
            )
    kept = {occurrence.id for occurrence in after.occurrences}
    for occurrence in before.occurrences:
        if occurrence.id not in kept:
            found.append(Difference("event_removed", part=occurrence.id, name=plain(occurrence.title)))
    return [*found, *_wording(before, after)]


def differences_of_plan(before: Plan, after: Plan, frame: TimeFrame, committees: Mapping[str, Any]) -> list[Difference]:
    """Return what changed of a plan's frame; its actions are compared one by one."""
    found: list[Difference] = []
    periods = before.period.span(frame.names), after.period.span(frame.names)
    if before.period != after.period and (periods[0] != periods[1] or periods[1] == Span(None, None)):
        found.append(Difference("deadline_moved", plain_period(before.period), plain_period(after.period)))
    bodies = [tuple(filter(None, (plan.owner, *plan.implementers))) for plan in (before, after)]
    found.extend(differences_of_bodies(bodies[0], bodies[1], committees))
    earlier = {section.id: section for section in before.sections}
    for section in after.sections:
        if section.id in earlier:
            changed = differences_of_bodies(earlier[section.id].committees, section.committees, committees)
            found.extend(_of_part(item, section.id, plain(section.title)) for item in changed)
    found.extend(differences_of_targets(_indicators_of_plan(before), _indicators_of_plan(after)))
    found.extend(differences_of_money(before.money, after.money))
    return [*found, *_wording(before, after)]


def settled_time(whens: Sequence[When], old: TimeFrame, new: TimeFrame) -> Difference | None:
    """Return the move of a time that hangs on an event whose own date changed; None if it stays."""
    hanging = next((when.relative for when in whens if when.relative is not None), None)
    if hanging is None:
        return None
    before, after = timing_of(whens, old), timing_of(whens, new)
    if before.spans == after.spans:
        return None
    event = new.events.get(hanging.to) or old.events.get(hanging.to)
    name = plain(event.title) if event else None
    return Difference("deadline_moved", times_of_spans(before), times_of_spans(after), "by_event", hanging.to, name)


# -- what is reported --------------------------------------------------------------------------------------------------


def _reported(before: Action, after: Action, frame: TimeFrame) -> list[Difference]:
    earlier, newest = newest_update(before), newest_update(after)
    status = status_of(before)
    if newest is None:
        return [Difference("status_changed", status, "unreported")] if earlier is not None else []
    postponed_again = newest.status == "postponed" and earlier is not None and newest.new_date != earlier.new_date
    if newest.status == status and not postponed_again:
        return []
    reason = plain(newest.reason or newest.text)
    position = after.updates.index(newest)
    if newest.status == "postponed":
        date = earlier.new_date if earlier is not None and earlier.status == "postponed" else None
        old = plain_period(date) if isinstance(date, Period) else plain_times(*before.when)
        new = plain_period(newest.new_date) if isinstance(newest.new_date, Period) else []
        return [Difference("postponed", old, new, reason=reason, update=position)]
    if newest.status == "cancelled":
        return [Difference("cancelled", status, reason=reason, update=position)]
    if newest.status == "merged":
        return [Difference("merged", None, newest.merged_into, reason=reason, update=position)]
    return [Difference("status_changed", status, newest.status, reason=reason, update=position)]


def _reason_of_new_report(before: Action, after: Action) -> Any:
    """Return why the newest report says something changed, if that report is new and gives a reason."""
    newest = newest_update(after)
    return plain(newest.reason) if newest is not None and newest not in before.updates else None


def _because(item: Difference, reason: Any) -> Difference:
    if reason is None or item.kind in ("reworded", "translated"):
        return item
    return replace(item, reason=reason)


def _of_part(item: Difference, part: str, name: Any) -> Difference:
    return replace(item, part=part, name=name)


# -- events ----------------------------------------------------------------------------------------------------------


def _meeting(before: Any, after: Any, frame: TimeFrame) -> list[Difference]:
    """Compare two states of an event or of one occurrence."""
    reason = plain(after.reason)
    if after.status == "cancelled":
        return [Difference("event_cancelled", before.status, reason=reason)] if before.status != "cancelled" else []
    old, new = ([item.when] if item.when else [] for item in (before, after))
    moved = differences_of_times(old, new, frame)
    if after.status == "postponed" and before.status != "postponed":
        return [Difference("postponed", plain_times(*old), moved[0].after if moved else [], reason=reason)]
    if moved:
        return [Difference("event_moved", item.before, item.after, reason=reason) for item in moved]
    if before.status != after.status:
        return [Difference("status_changed", before.status, after.status, reason=reason)]
    return []


# -- parts of records -------------------------------------------------------------------------------------------------


def _part_times(action: Action) -> tuple[When, ...]:
    return tuple(when for part in action.parts for when in part.all_whens)


def _indicators(indicators: Iterable[Indicator], path: str = "") -> dict[str, Indicator]:
    return {path + indicator.id: indicator for indicator in indicators}


def _indicators_of_plan(plan: Plan) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for section in plan.sections:
        found |= _indicators(section.indicators, f"{section.id}/")
        for goal in section.goals:
            found |= _indicators(goal.indicators, f"{section.id}/{goal.id}/")
    return found


def _responsible(before: Action, after: Action, old: Setting, new: Setting) -> list[Difference]:
    if before.responsible == after.responsible:
        return []
    first = before.responsible or old.sections.get(before.section, ())
    second = after.responsible or new.sections.get(after.section, ())
    return differences_of_bodies(first, second, {**old.committees, **new.committees})


# -- words -------------------------------------------------------------------------------------------------------------


def _worded(record: Record) -> dict[str, list[LocalizedText]]:
    fields: dict[str, list[LocalizedText]] = {field: [] for field in _WORDED[type(record)]}
    for where, text in texts_of(record):
        if where[0] in fields and _NOT_WORDED.isdisjoint(where):
            fields[str(where[0])].append(text)
    return fields


def _wording(before: Record, after: Record) -> list[Difference]:
    """Return one rewording per field of the original; if there is none, at most one change of translations."""
    found: list[Difference] = []
    languages: set[str] = set()
    old, new = _worded(before), _worded(after)
    for field, texts in new.items():
        counts = [Counter(words_of(text) for text in both) for both in (old[field], texts)]
        gone, come = _left(old[field], counts[0] - counts[1]), _left(texts, counts[1] - counts[0])
        if gone or come:
            found.append(Difference("reworded", gone, come, field))
        else:
            languages.update(_retranslated(old[field], texts))
    if found or not languages:
        return found
    return [Difference("translated", after=sorted(languages))]


def _left(texts: Sequence[LocalizedText], counts: Counter[str]) -> list[Any]:
    """Return the texts that the other side lacks, as often as it lacks them."""
    found = []
    for text in texts:
        if counts[words_of(text)] > 0:
            counts[words_of(text)] -= 1
            found.append(plain(text))
    return found


def _retranslated(before: Sequence[LocalizedText], after: Sequence[LocalizedText]) -> Iterator[str]:
    """Yield the languages whose words changed, of texts whose original did not."""
    pairs = zip_longest(*(sorted(texts, key=words_of) for texts in (before, after)))
    for old, new in pairs:
        first, second = dict(old.items()), dict(new.items())
        changed = {code for code in first.keys() | second.keys() if first.get(code) != second.get(code)}
        yield from changed - {old.source_language, new.source_language}
