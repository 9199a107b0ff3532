"""Made-up events: most on a day, some in a window or promised as a count, and one series in each organization."""

from __future__ import annotations

from typing import Any

from . import times
from .actions import Setting
from .sentences import Dice

_KINDS = ("training", "conference", "forum", "meeting", "camp", "seminar", "competition", "festival")
_SHAPES = {"time": 52, "days": 12, "window": 20, "quota": 10, "relative": 6}

Record = dict[str, Any]


def event(setting: Setting, dice: Dice, order: int, promised_by: str) -> Record:
    """Return an event; the first of an organization has a day, because others hang on it, the second is a series."""
    scribe = setting.scribe
    record: Record = {
        "title": scribe.text(dice, "name"),
        "kind": dice.one_of(_KINDS),
        "summary": scribe.text(dice, "summary"),
        "when": {},
        "mode": dice.weighted({"in_person": 6, "online": 3, "hybrid": 1}),
        "organizers": [dice.one_of(setting.committees)],
        "actions": [promised_by],
        "audience": scribe.text(dice, "unit"),
        "audiences": [dice.one_of(("students", "leaders", "educators"))],
    }
    if record["mode"] != "online":
        record["place"] = {"name": scribe.text(dice, "name")}
    if dice.chance(0.4):
        record["age"] = dice.one_of(("14-19", "16-", "12-18"))
    if dice.chance(0.5):
        record["is_free"] = True
    if order == 1:
        _series(setting, dice, record)
        return record
    record["when"] = _when(setting, dice, "days" if order == 0 else dice.weighted(_SHAPES))
    if "on" in record["when"] and order:
        _what_became_of_it(setting, dice, record)
    return record


def _when(setting: Setting, dice: Dice, shape: str) -> Record:
    month = times.month(dice, 2026, 2027)
    first = dice.number(1, 26)
    hour = dice.number(9, 18)
    if shape == "time":
        return {"on": f"{month}-{first:02d}T{hour:02d}:00/{month}-{first:02d}T{hour + 2:02d}:30"}
    if shape == "days":
        return {"on": f"{month}-{first:02d}/{month}-{first + 2:02d}"}
    if shape == "quota":
        return {"quota": {"times": 1, "per": dice.one_of(("quarter", "year")), "within": "2026/2028"}}
    if shape == "relative":
        return {"relative": {"to": setting.events[0], "relation": dice.one_of(("before", "during", "after"))}}
    return {"window": month}


def _series(setting: Setting, dice: Dice, record: Record) -> None:
    """Make an event a series: of a rule with two dates that differ, or of dates that are listed."""
    if setting.organization % 2:
        days = sorted({times.day(dice, 2027, 2027) for _ in range(3)})
        record.pop("when")
        record["occurrences"] = [{"id": f"n-{place + 1}", "when": {"on": day}} for place, day in enumerate(days)]
        return
    record["when"] = {
        "rule": {
            "every": "month",
            "day": dice.number(1, 20),
            "at": "18:00/20:00",
            "on_holiday": "next_working_day",
            "within": "2026-10/2027-06",
        }
    }
    record["occurrences"] = [
        {"id": "2027-01", "result": {"held": True, "participants": dice.number(5, 60)}},
        {"id": "2027-04", "status": "cancelled", "reason": setting.scribe.text(dice, "text")},
    ]


def _what_became_of_it(setting: Setting, dice: Dice, record: Record) -> None:
    """Say what a calendar must learn: that an event moved or was cancelled, how to sign up, how many came."""
    first = record["when"]["on"].partition("/")[0]
    is_past = first < "2027-03-15"
    fate = dice.weighted({"scheduled": 88, "cancelled": 6, "rescheduled": 6})
    if fate != "scheduled":
        record["status"] = fate
        record["reason"] = setting.scribe.text(dice, "text")
    if fate == "rescheduled":
        record["previous"] = ["2026-01-10"]
    if is_past and fate == "scheduled" and dice.chance(0.7):
        record["result"] = {"held": dice.chance(0.9), "participants": dice.number(5, 120)}
    if not is_past and dice.chance(0.5):
        record["registration"] = {"url": "https://register.example/", "closes": first[:10]}
