"""What differs between two values of a record: times, counts and targets, bodies, money.

Values are plain data that no language is in: ids, numbers as text, times as authors write them, texts by language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .dates import TimeFrame, Timing, timing_of
from .facts import plain
from .language import LocalizedText
from .model import Indicator, Money, Period, Target, When


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of a record; what ``before`` and ``after`` hold depends on the kind (see :mod:`openplans.ledger`)."""

    kind: str
    before: Any = None
    after: Any = None
    #: Which way or which field: ``raised``, ``lowered``, ``title``.
    detail: str = ""
    #: Id of the indicator, section or occurrence inside the record, and its name by language.
    part: str = ""
    name: Any = None
    reason: Any = None
    #: Position of the update that says so.
    update: int | None = None


def words_of(text: LocalizedText) -> str:
    """Return the original's words, by which texts are compared: line breaks and a last full stop are not words."""
    return " ".join(text.shown(text.source_language).text.split()).rstrip(".,;: ")


# -- time --------------------------------------------------------------------------------------------------------------


def plain_times(*whens: When | None) -> list[Any]:
    """Return times without the document's phrase and without remarks."""
    return [{when.shape: plain(getattr(when, when.shape))} for when in whens if when is not None]


def plain_period(period: Period) -> list[Any]:
    return [{"window": [period.text]}]


def times_of_spans(timing: Timing) -> list[Any]:
    found = []
    for span in timing.spans:
        first, last = (day.isoformat() if day else ".." for day in (span.earliest, span.latest))
        if first != ".." or last != "..":
            found.append({"on": first} if first == last else {"window": [f"{first}/{last}"]})
    return found


def differences_of_times(before: Sequence[When], after: Sequence[When], frame: TimeFrame) -> list[Difference]:
    """Compare what times come down to; two ways of writing the same days are the same time."""
    written = [plain_times(*whens) for whens in (before, after)]
    if written[0] == written[1]:
        return []
    timings = timing_of(before, frame), timing_of(after, frame)
    is_known = any(span.earliest or span.latest for timing in timings for span in timing.spans)
    if timings[0] == timings[1] and (is_known or any(differences_of_counts(before, after))):
        return []
    return [Difference("deadline_moved", written[0], written[1])]


def is_same_time(times: Any, whens: Sequence[When], frame: TimeFrame) -> bool:
    new = tuple(When.model_validate(item) for item in times)
    return bool(new) and timing_of(new, frame).spans == timing_of(whens, frame).spans


# -- what is promised --------------------------------------------------------------------------------------------------


def _way(old: Sequence[Any], new: Sequence[Any]) -> str:
    """Say whether numbers went up or down; ``changed`` where that cannot be said."""
    for before, after in zip(old, new, strict=True):
        if before is None or after is None:
            return "changed"
        if before != after:
            return "raised" if after > before else "lowered"
    return "changed"


def differences_of_counts(before: Sequence[When], after: Sequence[When]) -> Iterator[Difference]:
    old, new = ([when.quota for when in whens if when.quota is not None] for whens in (before, after))
    if len(old) != 1 or len(new) != 1:
        return
    first, second = old[0], new[0]
    if (first.times, first.per, first.at_least) != (second.times, second.per, second.at_least):
        way = _way([first.times], [second.times]) if first.per == second.per else "changed"
        yield Difference("target_changed", _count(first), _count(second), way, "quota")


def _count(quota: Any) -> dict[str, Any]:
    return {"times": quota.times, "per": quota.per, "at_least": quota.at_least}


def differences_of_targets(before: Mapping[str, Indicator], after: Mapping[str, Indicator]) -> Iterator[Difference]:
    named = {(words_of(item.name), item.measure): key for key, item in after.items() if key not in before}
    # An indicator with another id and the same name is the same indicator.
    same = {
        key: named.get((words_of(item.name), item.measure), key) for key, item in before.items() if key not in after
    }
    for key, indicator in before.items():
        later = after.get(same.get(key, key))
        yield from _targets_of(key, indicator, later)
    for key, indicator in after.items():
        if key not in before and key not in same.values():
            yield from _targets_of(key, None, indicator)


def _targets_of(key: str, before: Indicator | None, after: Indicator | None) -> Iterator[Difference]:
    old, new = _by_period(before), _by_period(after)
    measure = (after or before).measure  # type: ignore[union-attr]
    name = plain((after or before).name)  # type: ignore[union-attr]
    for period in dict.fromkeys((*old, *new)):
        first, second = old.get(period), new.get(period)
        if _compared(first) == _compared(second):
            continue
        values = [_plain_target(target, period[0], measure) for target in (first, second)]
        if first is None or second is None:
            way = "set" if first is None else "dropped"
        elif first.per == second.per:
            way = _way([first.value, first.upper or first.value], [second.value, second.upper or second.value])
        else:
            way = "changed"
        yield Difference("target_changed", values[0], values[1], way, key, name)


def _by_period(indicator: Indicator | None) -> dict[tuple[str, int], Target]:
    """Return an indicator's targets by period; the number tells entries for one period apart."""
    found: dict[tuple[str, int], Target] = {}
    for item in indicator.periods if indicator else ():
        if item.target is not None:
            period = item.period.text if item.period else ""
            found[period, sum(1 for known in found if known[0] == period)] = item.target
    return found


def _compared(target: Target | None) -> Any:
    if target is None:
        return None
    words = words_of(target.text) if target.text else ""
    return target.value, target.upper, target.comparator, target.per, words


def _plain_target(target: Target | None, period: str, measure: str) -> Any:
    if target is None:
        return None
    extra = {"period": period} if period else {}
    return {**plain(target), **extra, "measure": measure}


# -- who, and with which money -----------------------------------------------------------------------------------------


def differences_of_bodies(
    before: Sequence[str], after: Sequence[str], committees: Mapping[str, Any]
) -> list[Difference]:
    if set(before) == set(after):
        return []
    values = [[{"id": key, "name": committees.get(key)} for key in keys] for keys in (before, after)]
    return [Difference("responsible_changed", values[0], values[1])]


def differences_of_money(before: Sequence[Money], after: Sequence[Money]) -> list[Difference]:
    old, new = ([_amount(line) for line in lines] for lines in (before, after))
    gone, come = ([line for line in one if line not in other] for one, other in ((old, new), (new, old)))
    return [Difference("money_changed", gone, come)] if gone or come or len(old) != len(new) else []


def _amount(line: Money) -> dict[str, Any]:
    facts = plain(line)
    kept = {
        key: facts[key] for key in ("amount", "currency", "flow", "per", "period", "stage", "basis") if key in facts
    }
    if line.breakdown:
        kept["breakdown"] = [str(item.amount) for item in line.breakdown]
    return kept
