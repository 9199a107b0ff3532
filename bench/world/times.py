"""Made-up times of actions and events: all the shapes that `when` knows, as often as plans have them."""

from __future__ import annotations

from typing import Any

from .sentences import Dice

_SHAPES = {"window": 55, "quota": 14, "continuous": 11, "by": 8, "relative": 5, "on": 4, "rule": 3}
_PER = ("month", "quarter", "half_year", "year", "school_year")

Record = dict[str, Any]


def day(dice: Dice, first: int = 2026, last: int = 2028) -> str:
    """Return a day that every month has."""
    return f"{month(dice, first, last)}-{dice.number(1, 28):02d}"


def month(dice: Dice, first: int = 2026, last: int = 2028) -> str:
    """Return a month of these years."""
    return f"{dice.number(first, last)}-{dice.number(1, 12):02d}"


def window(dice: Dice) -> str | list[str]:
    """Return a window: mostly months, now and then what else a plan may say."""
    year = dice.number(2026, 2028)
    shapes: dict[Any, float] = {
        month(dice): 34,
        f"{year}-{dice.number(1, 6):02d}/{year}-{dice.number(7, 12):02d}": 22,
        "2026/2028": 12,
        str(year): 8,
        f"{year}-Q{dice.number(1, 4)}": 8,
        f"{year}-{dice.one_of(('spring', 'summer', 'autumn', 'winter'))}": 5,
        f"{month(dice)}/..": 4,
        f"--{dice.number(1, 12):02d}": 3,
        "term-2026": 2,
        f"{year}-H{dice.number(1, 2)}": 2,
    }
    if dice.chance(0.06):
        return [f"2026-{dice.number(1, 12):02d}", f"2027-{dice.number(1, 12):02d}"]
    chosen: str = dice.weighted(shapes)
    return chosen


def when(dice: Dice, events: tuple[str, ...]) -> Record:
    """Return the time of an action in one of the seven shapes."""
    shape = dice.weighted(_SHAPES)
    if shape == "on":
        return {"on": day(dice)}
    if shape == "by":
        return {"by": dice.one_of((day(dice), month(dice)))}
    if shape == "relative":
        return {"relative": {"to": dice.one_of(events), "relation": dice.one_of(("before", "during", "after"))}}
    if shape == "rule":
        return {"rule": {"every": "month", "day": dice.number(1, 28), "within": "2026-09/2027-08"}}
    if shape == "quota":
        return {"quota": {"times": dice.number(1, 3), "per": dice.one_of(_PER), "at_least": dice.chance(0.5)}}
    if shape == "continuous":
        return {"continuous": dice.one_of(("throughout", "as_needed"))}
    return {"window": window(dice)}
