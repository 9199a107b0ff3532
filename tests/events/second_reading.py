"""The events' world read a second time, from its YAML alone: what must be in which calendar on which day.

Nothing of Open Plans is used here. Days of repetitions are found by looking at every single day, all texts stay
texts, and only what the world really holds is understood; anything else fails loudly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import yaml

#: UID, start and end of an entry in plain words; see ``readers``.
Entry = tuple[str, str, str]

_KINDS = ("training", "conference", "forum", "meeting", "camp", "seminar", "competition", "festival", "survey")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Gathering:
    """An event, or one occurrence of a series."""

    organization: str
    event: str
    occurrence: str
    #: What its UIDs begin with.
    key: str
    zone: ZoneInfo
    status: str
    kind: str
    #: Its date, else the last one that it had; as authors write it.
    date: str
    windows: tuple[tuple[date, date], ...]
    #: The last day on which it may be; None if there is none.
    latest: date | None
    #: Names of the feeds that hold it by what it is.
    feeds: frozenset[str]
    registration: Mapping[str, str] = field(default_factory=dict)


def expected_feeds(folder: Path, today: date) -> dict[str, set[Entry]]:
    """Return what must be in each feed of the world in ``folder`` on a day; every feed is named."""
    domain = _yaml(folder / "site.yml")["uid_domain"]
    gatherings = _all_gatherings(folder)
    kinds = {found.kind for found in gatherings}
    feeds: dict[str, set[Entry]] = {name: set() for name in ("all", "planned", "deadlines")}
    for found in gatherings:
        feeds |= {name: set() for name in found.feeds if name not in feeds}
    for path in (folder / "organizations").iterdir():
        names = [path.name, *(f"{path.name}-{file.stem}" for file in (path / "committees").glob("*.yml"))]
        feeds |= {name: set() for name in (*names, *(f"{path.name}-{_plural(kind)}" for kind in kinds))}
    over = [found.latest.year for found in gatherings if found.latest is not None and found.latest < today]
    feeds |= {f"archive-{year}": set() for year in over}
    for found in gatherings:
        if found.date:
            _place(found, feeds, today, domain)
        if found.status != "cancelled":
            for number, (first, last) in enumerate(found.windows, start=1):
                suffix = f".w{number}" if len(found.windows) > 1 else ""
                entry = (f"{found.key}{suffix}@{domain}", f"{first}", f"{last + _DAY}")
                if last >= today - timedelta(days=90):
                    feeds["planned"].add(entry)
        if found.status not in ("cancelled", "postponed"):
            for role in ("opens", "closes"):
                if role in found.registration:
                    start, end, last = _moments(found.registration[role], found.zone)
                    if last >= today - timedelta(days=90):
                        feeds["deadlines"].add((f"{found.key}.{role}@{domain}", start, end))
    return feeds


def expected_states(folder: Path) -> dict[str, str]:
    """Return the status of each event and occurrence of the world by UID."""
    domain = _yaml(folder / "site.yml")["uid_domain"]
    return {f"{found.key}@{domain}": found.status for found in _all_gatherings(folder)}


def _all_gatherings(folder: Path) -> list[Gathering]:
    site = _yaml(folder / "site.yml")
    return [found for path in sorted((folder / "organizations").iterdir()) for found in _gatherings(path, site)]


def _place(found: Gathering, feeds: dict[str, set[Entry]], today: date, domain: str) -> None:
    """Put a gathering with a date into its feeds and copies."""
    start, end, last = _moments(found.date, found.zone)
    entry = (f"{found.key}@{domain}", start, end)
    whole = f"{found.organization}/{found.event}"
    feeds.setdefault(whole, set()).add(entry)
    if found.occurrence:
        feeds[f"{whole}/{found.occurrence}"] = {entry}
    if f"archive-{last.year}" in feeds:
        feeds[f"archive-{last.year}"].add(entry)
    is_off = found.status in ("cancelled", "postponed")
    if (today - last).days <= (7 if is_off else 90):
        for name in ("all", *found.feeds):
            feeds[name].add(entry)


def _gatherings(folder: Path, site: Mapping[str, Any]) -> Iterator[Gathering]:
    """Yield every event of an organization, of a series each occurrence."""
    organization = _yaml(folder / "organization.yml")
    events = {file.stem: _yaml(file) for file in sorted((folder / "events").glob("*.yml"))}
    times = _Times(organization, events)
    committees = _committees_of_actions(folder)
    for name, event in events.items():
        when = event.get("when", {})
        rule = when.get("rule")
        parts = times.occurrences(event) if rule or "occurrences" in event else [{**event, "id": ""}]
        for part in parts:
            yield _gathering(folder.name, name, event, part, organization, site, times, committees)


def _gathering(
    organization: str,
    name: str,
    event: Mapping[str, Any],
    part: Mapping[str, Any],
    owner: Mapping[str, Any],
    site: Mapping[str, Any],
    times: _Times,
    committees: Mapping[str, list[str]],
) -> Gathering:
    status, when = part.get("status", "scheduled"), part.get("when", {})
    previous = part.get("previous", [])
    written = when.get("on", "")
    if not written and status in ("postponed", "cancelled") and previous:
        written = previous[-1]
    mode = "online" if status == "moved_online" else part.get("mode", event.get("mode", ""))
    kind = event.get("kind", "other")
    region = event.get("region", owner.get("region"))
    organizers = event.get("organizers") or [c for action in event.get("actions", []) for c in committees[action]]
    feeds = {organization, _plural(kind), f"{organization}-{_plural(kind)}"}
    feeds |= {f"{organization}-{committee}" for committee in organizers}
    feeds |= {f"region-{region}"} if region else set()
    feeds |= {f"audience-{audience}" for audience in event.get("audiences", [])}
    feeds |= {f"language-{language}" for language in event.get("languages", [])}
    feeds |= {"online"} if mode in ("online", "hybrid") else set()
    feeds |= {"mode-in-person"} if mode in ("in_person", "hybrid") else set()
    feeds |= {"free"} if event.get("is_free") == "true" else set()
    key = f"{organization}.{event.get('former_id', name)}" + (f".{part['id']}" if part["id"] else "")
    registration = part.get("registration", event.get("registration", {}))
    return Gathering(
        organization,
        name,
        part["id"],
        key,
        ZoneInfo(owner.get("time_zone", site["time_zone"])),
        status,
        kind,
        written,
        tuple(times.windows(when)),
        times.latest(when),
        frozenset(feeds),
        registration,
    )


class _Times:
    """The periods, events and public holidays of an organization, against which its times are read."""

    def __init__(self, organization: Mapping[str, Any], events: Mapping[str, Any]) -> None:
        self.terms = {term["id"]: term["period"] for term in organization.get("terms", [])}
        self.seasons = organization.get("seasons", {})
        self.events = events
        self.holidays = _holidays_of(organization["country"])

    def occurrences(self, event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Return a series' occurrences, each as its author wrote it or as its rule gives it."""
        own = {part["id"]: part for part in event.get("occurrences", [])}
        rule = event.get("when", {}).get("rule")
        found = []
        for key, exact in self.days(rule) if rule else ():
            found.append({"when": {"on": exact}, **own.pop(key, {}), "id": key})
        return [*found, *own.values()]

    def days(self, rule: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield key and date of each day of a rule."""
        first, last = self.period(rule["within"])
        assert first is not None and last is not None
        limit = last
        if "until" in rule:
            when = self.events[rule["until"]]["when"]
            start = date.fromisoformat(when["on"][:10]) if "on" in when else self.period(when["window"])[0]
            assert start is not None
            limit = min(last, start - _DAY)
        days = [day for day in _all_days(first, limit) if _is_day_of(rule, day)]
        if rule["every"] == "two_weeks":
            days = days[::2]
        for day in days:
            moved = self._moved(day, rule.get("on_holiday", "keep"))
            if moved is None or {str(day), str(moved)} & set(rule.get("skip", [])):
                continue
            if "until_day" in rule:
                end = date(day.year, int(rule["until_month"]), int(rule["until_day"]))
                if end <= limit:
                    yield str(day.year), f"{day}/{end}"
            elif "until" not in rule or moved <= limit:
                yield _key(rule["every"], day), _at(moved, rule.get("at", ""))

    def _moved(self, day: date, habit: str) -> date | None:
        if habit == "skip":
            return None if day in self.holidays else day
        step = {"keep": 0, "next_working_day": 1, "previous_working_day": -1}[habit]
        while step and (day.isoweekday() > 5 or day in self.holidays):
            day += step * _DAY
        return day

    def windows(self, when: Mapping[str, Any]) -> Iterator[tuple[date, date]]:
        """Yield the windows of at most two months."""
        written = when.get("window", [])
        for text in [written] if isinstance(written, str) else written:
            first, last = self.period(text)
            if first is not None and last is not None and (last - first).days <= 62:
                yield first, last

    def latest(self, when: Mapping[str, Any]) -> date | None:
        """Return the last day on which something may be; of what hangs on other events, None will do here."""
        if "on" in when:
            return date.fromisoformat(when["on"].rpartition("/")[2][:10])
        written = when.get("window") or when.get("by") or when.get("quota", {}).get("within") or []
        ends = [self.period(text)[1] for text in ([written] if isinstance(written, str) else written)]
        return max((end for end in ends if end), default=None) if None not in ends else None

    def period(self, text: str) -> tuple[date | None, date | None]:
        """Return first and last day of a period."""
        if text in self.terms:
            return self.period(self.terms[text])
        if "/" in text:
            start, _, end = text.partition("/")
            return self.period(start)[0], None if end == ".." else self.period(end)[1]
        year, _, rest = text.partition("-")
        if not year:
            return None, None
        if rest in self.seasons or rest.startswith("Q"):
            months = self.seasons[rest].split("/") if rest in self.seasons else (int(rest[1]) * 3 - 2, int(rest[1]) * 3)
            begin, finish = (int(month) for month in months)
            return _month(int(year), begin)[0], _month(int(year) + (finish < begin), finish)[1]
        if len(text) == 10:
            return date.fromisoformat(text), date.fromisoformat(text)
        if rest:
            return _month(int(year), int(rest))
        return date(int(year), 1, 1), date(int(year), 12, 31)


def _is_day_of(rule: Mapping[str, Any], day: date) -> bool:
    """Tell whether a rule means a day, holidays apart."""
    if rule["every"] in ("week", "two_weeks"):
        return day.isoweekday() == int(rule["day"])
    if "nth" in rule:
        place = ("first", "second", "third", "fourth").index(rule["nth"]) if rule["nth"] != "last" else None
        is_place = (day + 7 * _DAY).month != day.month if place is None else (day.day - 1) // 7 == place
        return day.isoweekday() == int(rule["weekday"]) and is_place
    if rule["every"] == "year" and day.month != int(rule["month"]):
        return False
    length = _month(day.year, day.month)[1].day
    is_last_in_place = rule.get("if_missing") == "last_day" and int(rule["day"]) > length and day.day == length
    return day.day == int(rule["day"]) or is_last_in_place


def _key(every: str, day: date) -> str:
    if every == "year":
        return f"{day.year}"
    return f"{day:%Y-%m}" if every == "month" else f"{day:%G-w%V}"


def _at(day: date, clocks: str) -> str:
    start, _, end = clocks.partition("/")
    if not end:
        return f"{day}T{start}" if start else f"{day}"
    return f"{day}T{start}/{day if end > start else day + _DAY}T{end}"


def _moments(written: str, zone: ZoneInfo) -> tuple[str, str, date]:
    """Return start and end as calendars tell them, and the last day."""
    start, joined, end = written.partition("/")
    end = end if joined else start
    last = date.fromisoformat(end[:10])
    if "T" not in start:
        return start, f"{last + _DAY}", last
    first_instant, last_instant = (
        datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC) for text in (start, end)
    )
    return f"{first_instant:%Y-%m-%dT%H:%MZ}", f"{last_instant:%Y-%m-%dT%H:%MZ}", last


def _committees_of_actions(folder: Path) -> dict[str, list[str]]:
    """Return who answers for each action: those it names, else those of its section."""
    found = {}
    for file in folder.glob("plans/*/actions/*/*.yml"):
        plan = file.parents[2]
        sections = {section["id"]: section["committees"] for section in _yaml(plan / "plan.yml")["sections"]}
        found[f"{plan.name}/{file.stem}"] = _yaml(file).get("responsible") or sections[file.parent.name]
    return found


def _plural(kind: str) -> str:
    return "other-events" if kind == "other" else f"{kind}s"


def _month(year: int, month: int) -> tuple[date, date]:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - _DAY


def _all_days(first: date, last: date) -> Iterator[date]:
    yield from (first + number * _DAY for number in range((last - first).days + 1))


@cache
def _holidays_of(country: str) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=range(2024, 2031)))


@cache
def _yaml(path: Path) -> Mapping[str, Any]:
    """Read a file with every value as the text that is written there."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
