"""What the events' world holds, worked out from its YAML by hand and by counting days, with none of the tested code."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

Facts = Mapping[str, Any]
ZONES = {"sventes-ir-mokymai": ZoneInfo("Europe/Vilnius"), "dzintara-dienas": ZoneInfo("Europe/Riga")}
TERMS = {"school-year-2026": "2026-09/2027-06"}
#: Dates of series that a public holiday (or the weekend beside it) moves.
MOVED = {
    ("beach-cleaning", "2026-10"): "2026-10-05",
    ("beach-cleaning", "2027-04"): "2027-04-05",
    ("beach-cleaning", "2027-05"): "2027-05-05",
    ("before-the-feast", "2026-12"): "2026-12-23",
    ("before-the-feast", "2027-01"): "2027-01-22",
    ("before-the-feast", "2027-04"): "2027-04-23",
    ("before-the-feast", "2027-06"): "2027-06-22",
    ("book-club", "2026-w52"): "2026-12-28",
    ("open-board", "2026-11"): "2026-10-30",
    ("open-board", "2027-01"): "2026-12-31",
    ("open-board", "2027-05"): "2027-04-30",
}
#: Dates of series that a public holiday takes away: 18 November in Latvia, 16 February in Lithuania.
TAKEN = {("language-cafe", "2026-w47"), ("choir", "2027-w07")}
#: The last days of what has no exact date and was over when the world was built; nothing else without one was.
OVER_WITHOUT_DATE = {"window-past": date(2026, 9, 30)}


@dataclass(frozen=True)
class Known:
    """One event, or one date of a series."""

    organization: str
    event: str
    #: The last word of its address if it belongs to a series.
    slot: str
    facts: Facts
    #: What the file says of this one alone: the same as ``facts`` outside a series.
    own: Facts
    #: The exact date as it would be written: ``2026-10-05T18:00/2026-10-05T20:00``.
    on: str
    region: str

    @property
    def address(self) -> str:
        """Its page, without the language."""
        return f"{self.organization}/events/{self.event}/" + (f"{self.slot}/" if self.slot else "")

    @property
    def first(self) -> str:
        """Its first moment."""
        return self.on.partition("/")[0]

    @property
    def last(self) -> str:
        """Its last moment."""
        return self.on.rpartition("/")[2]

    @property
    def days(self) -> list[date]:
        """The days that it is on; one that ends at midnight is not on the day that begins then."""
        if not self.on:
            return []
        first, last = date.fromisoformat(self.first[:10]), date.fromisoformat(self.last[:10])
        if self.last.endswith("T00:00") and last > first:
            last -= timedelta(days=1)
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    @property
    def last_day(self) -> date | None:
        """The day after which it is over; None where there is none, or it is still to come."""
        return date.fromisoformat(self.last[:10]) if self.on else OVER_WITHOUT_DATE.get(self.event)

    def is_over(self, today: date) -> bool:
        """Tell whether it was over when the world was built."""
        return self.last_day is not None and self.last_day < today

    @property
    def window(self) -> str:
        """The one period in which it is to happen, as written."""
        written = (self.own.get("when") or {}).get("window", "")
        return written if isinstance(written, str) else ""

    @property
    def machine_time(self) -> str:
        """What a machine may be told of when it begins: a moment with its offset, a day, a month, or nothing."""
        if not self.on:
            return self.window if re.fullmatch(r"\d{4}-\d{2}", self.window) else ""
        return self.with_offset(self.first)

    def with_offset(self, moment: str) -> str:
        """Return a local moment with the offset of its own day; a day as it is."""
        if len(moment) == 10:
            return moment
        return datetime.fromisoformat(moment).replace(tzinfo=ZONES[self.organization]).isoformat(timespec="minutes")

    @property
    def status(self) -> str:
        """Whether it takes place as first planned."""
        return str(self.own.get("status", "scheduled"))

    @property
    def is_off(self) -> bool:
        """Tell whether it does not take place, or not then."""
        return self.status in ("cancelled", "postponed")

    def stated(self, name: str) -> Any:
        """Return what is said of this one, else of the whole series."""
        return self.own.get(name, self.facts.get(name))

    def title(self, language: str) -> str:
        """Return its title in a language; in any, where that one is missing."""
        title = self.stated("title")
        return str(title.get(language, next(iter(title.values()))) if isinstance(title, dict) else title)

    @property
    def facets(self) -> set[tuple[str, str]]:
        """By what it is found: (name, value), each a word of an address and of a query."""
        mode = "online" if self.status == "moved_online" else self.stated("mode")
        modes = {"in_person": ["in-person"], "online": ["online"], "hybrid": ["in-person", "online"], None: []}[mode]
        found = {("kind", self.facts["kind"]), ("organization", self.organization)}
        found |= {("region", self.region)} if self.region else set()
        found |= {("audience", audience) for audience in self.facts.get("audiences", ())}
        found |= {("language", language) for language in self.facts.get("languages", ())}
        found |= {("mode", mode) for mode in modes}
        found |= {("free", "yes")} if self.facts.get("is_free") == "true" else set()
        return found


def known_meetings(world: Path) -> tuple[Known, ...]:
    """Return every event of the world, and every date of each series."""
    return tuple(known for folder in sorted((world / "organizations").iterdir()) for known in _of(folder))


def _of(folder: Path) -> Iterator[Known]:
    region = _read(folder / "organization.yml").get("region", "")
    events = {file.stem: _read(file) for file in sorted((folder / "events").glob("*.yml"))}
    for name, facts in events.items():
        written = {slot["id"]: slot for slot in facts.get("occurrences", ())}
        rule = (facts.get("when") or {}).get("rule")
        slots = {slot: own.get("when", {}).get("on", "") for slot, own in written.items()}
        if rule is not None:
            slots = {**_slots(name, rule, events), **{slot: on for slot, on in slots.items() if on}}
        for slot, on in slots.items():
            yield Known(folder.name, name, slot, facts, written.get(slot, {}), on, facts.get("region", region))
        if not slots:
            on = (facts.get("when") or {}).get("on", "")
            yield Known(folder.name, name, "", facts, facts, on, facts.get("region", region))


def _read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def _slots(event: str, rule: Facts, events: Mapping[str, Facts]) -> dict[str, str]:
    """Return the exact dates that a rule gives, by the words of their addresses."""
    first, last = bounds(rule["within"])
    if "until" in rule:
        when = events[rule["until"]]["when"]
        last = min(last, bounds((when.get("on") or when["window"]).partition("T")[0])[0] - timedelta(days=1))
    found = {}
    for slot, day in _days(rule, first, last):
        if day.isoformat() in rule.get("skip", ()) or (event, slot) in TAKEN:
            continue
        found[slot] = _with_times(date.fromisoformat(MOVED.get((event, slot), day.isoformat())), rule)
    return found


def _days(rule: Facts, first: date, last: date) -> Iterator[tuple[str, date]]:
    """Look at each day of a period and yield those that the rule wants."""
    wanted, weeks = int(rule.get("day", 0)), 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        length = calendar.monthrange(day.year, day.month)[1]
        if rule["every"] in ("week", "two_weeks"):
            if day.isoweekday() == wanted:
                year, week, _ = day.isocalendar()
                if rule["every"] == "week" or weeks % 2 == 0:
                    yield f"{year}-w{week:02d}", day
                weeks += 1
            continue
        if "weekday" in rule:
            days = {"first": range(1, 8), "second": range(8, 15), "last": range(length - 6, length + 1)}[rule["nth"]]
            is_day = day.isoweekday() == int(rule["weekday"]) and day.day in days
        else:
            is_last = day.day == length < wanted and rule.get("if_missing") == "last_day"
            is_day = day.day == wanted or is_last
        if is_day and rule.get("month", str(day.month)) == str(day.month):
            yield f"{day.year}" if rule["every"] == "year" else f"{day:%Y-%m}", day


def _with_times(day: date, rule: Facts) -> str:
    if "until_day" in rule:
        return f"{day}/{date(day.year, int(rule['until_month']), int(rule['until_day']))}"
    start, _, end = rule.get("at", "").partition("/")
    if not start:
        return day.isoformat()
    until = day if end > start else day + timedelta(days=1)
    return f"{day}T{start}" + (f"/{until}T{end}" if end else "")


def bounds(period: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month, a day, a term, or a stretch between two."""
    start, _, end = TERMS.get(period, period).partition("/")
    first = [int(part) for part in start.split("-")]
    last = [int(part) for part in (end or start).split("-")]
    year, month, day = (*last, *(12, 31)[len(last) - 1 :])
    return date(*(*first, 1, 1)[:3]), date(year, month, min(day, calendar.monthrange(year, month)[1]))
