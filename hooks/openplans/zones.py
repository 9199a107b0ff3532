"""Local times and the two nights a year when the clock jumps."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .model import Moment


def clock_problem(moment: Moment, zone: str) -> str | None:
    """Return OP416 if the local time does not exist in ``zone``, OP417 if it happens twice, else None."""
    if not moment.is_timed:
        return None
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None
    local = moment.local()
    first, second = (local.replace(tzinfo=info, fold=fold) for fold in (0, 1))
    back = first.astimezone(UTC).astimezone(info).replace(tzinfo=None)
    if back != local:
        return "OP416"
    return "OP417" if first.utcoffset() != second.utcoffset() else None


def at_zone(moment: Moment, zone: str) -> datetime:
    """Return the moment as an aware date and time of ``zone``."""
    return moment.local().replace(tzinfo=ZoneInfo(zone))
