"""VTIMEZONE: the zones that a calendar defines itself (RFC 5545, section 3.6.5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from .model import Exact

_RULE_SINCE = 2003
#: Zones with the European Union's rule since 2003, for which one fixed definition is right.
_EU_ZONES = {
    "Europe/Vilnius": 2,
    "Europe/Riga": 2,
    "Europe/Tallinn": 2,
    "Europe/Helsinki": 2,
    "Europe/Warsaw": 1,
    "Europe/Berlin": 1,
}


def has_fixed_rule(exact: Exact, zone: str) -> bool:
    """Tell whether the one definition of the zone is right on that day; all other times are written in UTC."""
    return zone in _EU_ZONES and exact.first.day.year > _RULE_SINCE


def time_zone(zone: str) -> Timezone:
    """Return a fixed definition by the European Union's rule in force since 2003; a test holds it against tzdata."""
    hours = _EU_ZONES[zone]
    definition = Timezone()
    definition.add("tzid", zone)
    for part, month, hour, before, after in (
        (TimezoneDaylight(), 3, 1 + hours, hours, hours + 1),
        (TimezoneStandard(), 10, 2 + hours, hours + 1, hours),
    ):
        part.add("dtstart", _last_sunday(_RULE_SINCE, month, hour))
        part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        definition.add_component(part)
    return definition


def _last_sunday(year: int, month: int, hour: int) -> datetime:
    day = date(year, month, 31)
    return datetime.combine(day - timedelta(days=(day.weekday() + 1) % 7), datetime.min.time()).replace(hour=hour)
