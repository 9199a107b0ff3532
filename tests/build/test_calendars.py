"""Calendar feeds: right in every byte, read alike by two other programs, and honest about what is not certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.tz import tzical
from openplans.load import Dataset
from openplans.outputs import ics
from openplans.publication import Publication

TODAY = date(2027, 5, 1)
LANGUAGES = ("lt", "lv", "en")
NAMES = ("all", "planned", "zalias-namas", "kalnu-klubs")
PATHS = tuple(f"calendars/{language}/{name}.ics" for language in LANGUAGES for name in NAMES)
#: Properties that hold one text, in which commas, semicolons and backslashes are escaped.
TEXTS = {"NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC", "SUMMARY", "LOCATION"}
UIDS = re.compile(r"[a-z0-9-]+\.[a-z0-9.-]+@plans\.example")


@pytest.fixture(scope="module")
def calendars(publication: Publication) -> dict[str, bytes]:
    """Return every calendar of the world by its path."""
    return {file.path: file.content for file in ics.files(publication)}


def calendars_on(dataset: Dataset, today: date, path: str) -> dict[str, dict[str, str]]:
    """Return the events of a calendar as it is published on a day."""
    publication = Publication(dataset, today, "https://plans.example/sub/")
    return events_of(next(file.content for file in ics.files(publication) if file.path == path))


def unfolded(content: bytes) -> list[str]:
    """Return the logical lines of a calendar."""
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]


def components(content: bytes, name: str) -> Iterator[list[str]]:
    """Yield the lines of each component of a name, its inner components included."""
    inside: list[str] | None = None
    for line in unfolded(content):
        if line == f"BEGIN:{name}":
            inside = []
        elif line == f"END:{name}":
            assert inside is not None
            yield inside
            inside = None
        elif inside is not None:
            inside.append(line)


def property_of(line: str) -> str:
    """Return the name of a line's property, without parameters."""
    return re.split("[;:]", line, maxsplit=1)[0]


def events_of(content: bytes) -> dict[str, dict[str, str]]:
    """Return the events of a calendar by UID; each property with its parameters, as written."""
    found = {}
    for lines in components(content, "VEVENT"):
        event = {property_of(line): line[len(property_of(line)) :].lstrip(":") for line in lines}
        found[event["UID"]] = event
    return found


def complaints(content: bytes) -> list[str]:
    """Return everything that is wrong in the bytes of a calendar."""
    wrong = []
    if not content.endswith(b"\r\n") or content.count(b"\n") != content.count(b"\r\n") != content.count(b"\r"):
        wrong.append("line ends")
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content) or b"\t" in content:
        wrong.append("control characters")
    for octets in content.split(b"\r\n"):
        if len(octets) > 75:
            wrong.append(f"{len(octets)} octets: {octets[:40]!r}")
        try:
            octets.decode("utf-8")
        except UnicodeDecodeError:
            wrong.append(f"a letter is cut: {octets[:40]!r}")
    lines = unfolded(content)
    opened: list[str] = []
    for line in lines:
        if line.startswith("BEGIN:"):
            opened.append(line[6:])
        elif line.startswith("END:") and (not opened or opened.pop() != line[4:]):
            wrong.append(f"unbalanced {line}")
    if opened or lines[0] != "BEGIN:VCALENDAR" or lines[1:4] != [*lines[1:2], "VERSION:2.0", "CALSCALE:GREGORIAN"]:
        wrong.append("frame")
    for line in lines:
        if property_of(line) in TEXTS and re.search(r"(?<!\\)(?:\\\\)*(?:[,;]|\\[^\\,;nN])", line.partition(":")[2]):
            wrong.append(f"not escaped: {line[:60]}")
    if any(property_of(line) == "METHOD" for line in lines):
        wrong.append("METHOD in a published calendar")
    uids = []
    for event in components(content, "VEVENT"):
        counts = Counter(property_of(line) for line in event)
        for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "TRANSP"):
            if counts[name] != 1:
                wrong.append(f"{counts[name]} × {name}")
        wrong += [
            f"{counts[name]} × {name}" for name in ("DTEND", "DESCRIPTION", "LOCATION", "URL") if counts[name] > 1
        ]
        uids += [line[4:] for line in event if line.startswith("UID:")]
    wrong += [f"UID {uid}" for uid in set(uids) if uids.count(uid) > 1 or not UIDS.fullmatch(uid)]
    defined = [line[5:] for zone in components(content, "VTIMEZONE") for line in zone if line.startswith("TZID:")]
    used = set(re.findall(r"TZID=([^:;]+)", "\n".join(lines)))
    if used - set(defined) or len(defined) != len(set(defined)):
        wrong.append(f"zones used {used}, defined {defined}")
    if uids and set(defined) - used:
        wrong.append(f"zones not used: {set(defined) - used}")
    if not uids and not defined:
        wrong.append("no component at all")
    return wrong


def test_the_world_has_these_calendars(calendars: dict[str, bytes]) -> None:
    assert set(PATHS) <= set(calendars)


def test_every_calendar_is_right_in_every_byte(calendars: dict[str, bytes]) -> None:
    assert {path: found for path, content in calendars.items() if (found := complaints(content))} == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\r\nDTSTAMP", b"\nDTSTAMP"),
        (b"SUMMARY;LANGUAGE=lt:", b"SUMMARY;LANGUAGE=lt:" + b"x" * 80),
        (b"UID:zalias-namas.summer-camp@", b"UID:zalias-namas.spring-training@"),
        (b"TZID:Europe/Vilnius", b"TZID:Europe/Kaunas"),
        (b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n"),
        (b"TRANSP:OPAQUE\r\n", b""),
        (b"LOCATION:", b"LOCATION:a;b "),
        (b"CLASS:PUBLIC", b"CLASS:PUB\x07LIC"),
        (b"END:VEVENT\r\n", b""),
    ],
)
def test_the_byte_linter_sees_what_is_wrong(old: bytes, new: bytes, calendars: dict[str, bytes]) -> None:
    content = calendars["calendars/lt/zalias-namas.ics"]
    assert old in content
    assert complaints(content.replace(old, new, 1)) != []


def instant(value: Any, zone: str) -> datetime | date:
    """Return a day as it is, and a local time as an instant in UTC."""
    if not isinstance(value, datetime):
        assert isinstance(value, date)
        return value
    return value.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if value.tzinfo is None else value.astimezone(UTC)


@pytest.mark.parametrize("path", PATHS)
def test_two_other_programs_read_the_same_events_at_the_same_instants(path: str, calendars: dict[str, bytes]) -> None:
    text = calendars[path].decode()
    ours: Any = icalendar.Calendar.from_ical(text)
    assert [component.errors for component in ours.walk() if component.errors] == []
    theirs = vobject.readOne(text)
    first = {
        str(event["UID"]): [instant(event[key].dt, "UTC") for key in ("DTSTART", "DTEND") if key in event]
        for event in ours.walk("VEVENT")
    }
    second = {
        event.uid.value: [
            instant(getattr(event, key).value, "UTC") for key in ("dtstart", "dtend") if hasattr(event, key)
        ]
        for event in theirs.contents.get("vevent", [])
    }
    assert first == second
    assert first or path.endswith("kalnu-klubs.ics")


def test_events_are_at_the_instants_that_were_written(publication: Publication, calendars: dict[str, bytes]) -> None:
    events = events_of(calendars["calendars/en/all.ics"])
    checked = 0
    for meeting in publication.meetings:
        uid = f"{meeting.organization.id}.{meeting.key}@plans.example"
        if meeting.exact is None or uid not in events:
            continue
        zone = meeting.organization.time_zone or "Europe/Vilnius"
        first, last = meeting.exact.first, meeting.exact.last
        event = events[uid]
        if first.is_timed:
            expected = f";TZID={zone}:{first.local():%Y%m%dT%H%M%S}"
            end = f";TZID={zone}:{last.local():%Y%m%dT%H%M%S}" if last != first else None
        else:
            expected, end = f";VALUE=DATE:{first.day:%Y%m%d}", f";VALUE=DATE:{last.day + timedelta(days=1):%Y%m%d}"
        assert (event["DTSTART"], event.get("DTEND")) == (expected, end), uid
        checked += 1
    assert checked == len(events) >= 10


@pytest.mark.parametrize(
    ("uid", "start", "end"),
    [
        ("zalias-namas.summer-camp@plans.example", "20270705", "20270710"),
        ("kalnu-klubs.hike-day@plans.example", "20270509", "20270510"),
    ],
)
def test_the_end_of_whole_days_is_the_day_after(uid: str, start: str, end: str, calendars: dict[str, bytes]) -> None:
    event = events_of(calendars["calendars/lv/all.ics"])[uid]
    assert (event["DTSTART"], event["DTEND"]) == (f";VALUE=DATE:{start}", f";VALUE=DATE:{end}")


@pytest.mark.parametrize("zone", ["Europe/Vilnius", "Europe/Riga"])
def test_a_zone_in_a_calendar_agrees_with_the_worlds_clocks(zone: str, calendars: dict[str, bytes]) -> None:
    text = calendars["calendars/lt/all.ics"].decode().replace("\r\n ", "")
    theirs, ours = ZoneInfo(zone), tzical(StringIO(text)).get(zone)
    assert ours is not None
    wrong = []
    for moment in hours_to_look_at():
        there, here = moment.astimezone(theirs), moment.astimezone(ours)
        if there.replace(tzinfo=None) != here.replace(tzinfo=None):
            wrong.append((moment, there, here))
    assert wrong == []


def hours_to_look_at() -> Iterator[datetime]:
    """Yield each hour of the days around the clock changes of 2026 to 2028, and noon of all other days."""
    day = datetime(2026, 1, 1, tzinfo=UTC)
    while day.year < 2029:
        last_sunday = day.month in (3, 10) and day.day >= 23
        for hour in range(24) if last_sunday else (0, 12):
            yield day + timedelta(hours=hour)
        day += timedelta(days=1)


@pytest.mark.parametrize("name", NAMES)
def test_a_calendar_has_the_same_uids_in_all_languages(name: str, calendars: dict[str, bytes]) -> None:
    first, *others = (list(events_of(calendars[f"calendars/{language}/{name}.ics"])) for language in LANGUAGES)
    assert others == [first, first]


def test_uids_do_not_depend_on_day_and_address(dataset: Dataset) -> None:
    by_address = {
        base: {file.path: list(events_of(file.content)) for file in ics.files(Publication(dataset, TODAY, base))}
        for base in ("https://a.example/", "https://b.example/c/", None)
    }
    assert len({str(found) for found in by_address.values()}) == 1
    later = calendars_on(dataset, TODAY + timedelta(days=3), "calendars/en/all.ics")
    assert len(set(later) & set(by_address[None]["calendars/en/all.ics"])) >= 10


WORDS = {
    "lt": {"cancelled": "ATŠAUKTA", "postponed": "NUKELTA", "rescheduled": "NAUJA DATA"},
    "lv": {"cancelled": "ATCELTS", "postponed": "ATLIKTS", "rescheduled": "JAUNS DATUMS"},
    "en": {
        "cancelled": "CANCELLED",
        "postponed": "POSTPONED",
        "rescheduled": "NEW DATE",
        "moved_online": "MOVED ONLINE",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_cancelled_says_so_in_its_status_and_in_words(language: str, calendars: dict[str, bytes]) -> None:
    events = events_of(calendars[f"calendars/{language}/zalias-namas.ics"])
    words = WORDS[language]
    for key, state in (("cancelled-conference", "cancelled"), ("postponed-competition", "postponed")):
        event = events[f"zalias-namas.{key}@plans.example"]
        assert event["STATUS"] == "CANCELLED"
        assert event["TRANSP"] == "TRANSPARENT"
        assert f":{words[state]}: " in event["SUMMARY"]
        assert event["SUMMARY"].count(words[state]) == 1
    festival = events["zalias-namas.rescheduled-festival@plans.example"]
    assert (festival["STATUS"], festival["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert f":{words['rescheduled']}: " in festival["SUMMARY"]


def test_the_reason_of_a_cancellation_comes_first_in_the_description(calendars: dict[str, bytes]) -> None:
    events = events_of(calendars["calendars/en/all.ics"])
    description = events["zalias-namas.cancelled-conference@plans.example"]["DESCRIPTION"]
    assert description.startswith("Reason: Both speakers fell ill.")


@pytest.mark.parametrize(("days", "is_there"), [(-20, True), (0, True), (7, True), (8, False), (60, False)])
def test_what_is_cancelled_leaves_the_calendar_after_a_week(days: int, is_there: bool, dataset: Dataset) -> None:
    events = calendars_on(dataset, date(2027, 4, 28) + timedelta(days=days), "calendars/lt/zalias-namas.ics")
    assert ("zalias-namas.cancelled-conference@plans.example" in events) is is_there


@pytest.mark.parametrize(("days", "is_there"), [(0, True), (90, True), (91, False)])
def test_what_took_place_stays_for_three_months(days: int, is_there: bool, dataset: Dataset) -> None:
    events = calendars_on(dataset, date(2027, 5, 15) + timedelta(days=days), "calendars/lt/zalias-namas.ics")
    assert ("zalias-namas.spring-training@plans.example" in events) is is_there


@pytest.mark.parametrize("language", LANGUAGES)
def test_windows_are_in_the_planned_calendar_only_tentative_and_blocking_nobody(
    language: str, calendars: dict[str, bytes]
) -> None:
    planned = events_of(calendars[f"calendars/{language}/planned.ics"])
    assert set(planned) == {
        "zalias-namas.survey@plans.example",
        "zalias-namas.club-evenings.2027-09.w1@plans.example",
        "zalias-namas.club-evenings.2027-09.w2@plans.example",
    }
    for event in planned.values():
        assert (event["STATUS"], event["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
        assert ":≈ " in event["SUMMARY"]
        assert event["DTSTART"].startswith(";VALUE=DATE:")
    survey = planned["zalias-namas.survey@plans.example"]
    assert (survey["DTSTART"], survey["DTEND"]) == (";VALUE=DATE:20270601", ";VALUE=DATE:20270701")
    for name in ("all", "zalias-namas", "kalnu-klubs"):
        others = events_of(calendars[f"calendars/{language}/{name}.ics"])
        assert not set(planned) & set(others)
        assert {event["STATUS"] for event in others.values()} <= {"CONFIRMED", "CANCELLED"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_without_a_date_is_in_a_calendar(name: str, calendars: dict[str, bytes]) -> None:
    uids = set(events_of(calendars[f"calendars/en/{name}.ics"]))
    undated = ("no-date", "whole-year", "first-mondays", "some-visits", "after-forum", "club-evenings.later")
    assert not uids & {f"zalias-namas.{key}@plans.example" for key in undated}


def test_the_calendar_of_everything_holds_that_of_each_organization(calendars: dict[str, bytes]) -> None:
    for language in LANGUAGES:
        everything = events_of(calendars[f"calendars/{language}/all.ics"])
        parts = [events_of(calendars[f"calendars/{language}/{name}.ics"]) for name in NAMES[2:]]
        assert everything == {uid: event for part in parts for uid, event in part.items()}


def test_texts_come_back_as_they_were_written(calendars: dict[str, bytes]) -> None:
    calendar = icalendar.Calendar.from_ical(calendars["calendars/lt/all.ics"])
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    training = events["zalias-namas.spring-training@plans.example"]
    assert str(training["SUMMARY"]) == "„Pavasario mokymai“, 1 dalis; planuokime & veikime"
    assert str(training["LOCATION"]).startswith("17-oji progimnazija, 3 salė; kairėje \\ dešinėje, Šilo g. 17, ")
    assert "🌱" * 30 in str(training["DESCRIPTION"])
    assert "\n- Pasiimkite \\ brūkšnį, kablelį, kabliataškį; ir dvitaškį: viską." in str(training["DESCRIPTION"])
    assert "https://forms.example/register?id=7&lang=lt" in str(training["DESCRIPTION"])
    assert str(training["URL"]) == "https://plans.example/sub/lt/zalias-namas/events/spring-training/"
    assert str(events["kalnu-klubs.winter-camp@plans.example"]["SUMMARY"]) == 'Ziemas nometne 🏕, "kalnā"; & lejā'


def test_links_in_calendars_lead_to_pages(calendars: dict[str, bytes], built_site: Any) -> None:
    own = "https://plans.example/sub/"
    for path, content in calendars.items():
        for href in {*re.findall(r"^(?:URL|SOURCE)[^:]*:(\S+)", "\n".join(unfolded(content)), re.MULTILINE)}:
            assert href.startswith(own), path
            target = built_site / href.removeprefix(own).partition("#")[0]
            assert (target / "index.html").is_file() or target.is_file(), href
