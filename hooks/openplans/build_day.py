"""The day that a site is built for; nothing else in it knows a clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


class WrongDay(ValueError):
    """The build day was given and is not a day."""


def build_day(option: str | None, epoch: str | None, now: datetime, zone: str) -> date:
    """Return the day of the build: the option, else SOURCE_DATE_EPOCH (UTC), else the clock in the site's zone."""
    if option:
        try:
            return date.fromisoformat(option)
        except ValueError:
            raise WrongDay(option) from None
    if epoch:
        if not re.fullmatch(r"\d{1,11}", epoch):
            raise WrongDay(epoch)
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return now.astimezone(ZoneInfo(zone)).date()
