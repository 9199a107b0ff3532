"""Local times in the two nights a year when the clock jumps."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from openplans.model import Moment
from openplans.zones import at_zone, clock_problem

VILNIUS = "Europe/Vilnius"


def moment(text: str) -> Moment:
    """Return a moment from ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM``."""
    day, _, clock = text.partition("T")
    return Moment(date.fromisoformat(day), time.fromisoformat(clock) if clock else None)


@pytest.mark.parametrize(
    ("text", "zone", "code"),
    [
        ("2026-03-29T02:59", VILNIUS, None),
        ("2026-03-29T03:00", VILNIUS, "OP416"),
        ("2026-03-29T03:59", VILNIUS, "OP416"),
        ("2026-03-29T04:00", VILNIUS, None),
        ("2026-10-25T02:59", VILNIUS, None),
        ("2026-10-25T03:00", VILNIUS, "OP417"),
        ("2026-10-25T03:59", VILNIUS, "OP417"),
        ("2026-10-25T04:00", VILNIUS, None),
        ("2026-03-29T03:30", "Europe/Riga", "OP416"),
        ("2026-03-29T03:30", "Europe/London", None),
        ("2026-03-29T01:30", "Europe/London", "OP416"),
        ("2026-03-29T03:30", "UTC", None),
        ("2026-03-29", VILNIUS, None),
        ("2026-03-29T03:30", "Europe/Nowhere", None),
        ("2026-03-29T03:30", "../etc/passwd", None),
    ],
)
def test_only_times_that_jump_over_or_come_twice_are_refused(text: str, zone: str, code: str | None) -> None:
    assert clock_problem(moment(text), zone) == code


@pytest.mark.parametrize(
    ("text", "hours"),
    [("2026-07-01T18:00", 3), ("2026-12-01T18:00", 2), ("2026-03-29T04:00", 3), ("2026-10-25T04:00", 2)],
)
def test_a_moment_is_placed_in_its_zone(text: str, hours: int) -> None:
    placed = at_zone(moment(text), VILNIUS)
    assert placed.replace(tzinfo=None) == moment(text).local()
    assert placed.utcoffset() == timedelta(hours=hours)
