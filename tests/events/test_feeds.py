"""Calendar feeds of a world of hard cases: right in every byte, understood alike by four programs, holding what their
names say and nothing else, on every day and on every machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from dateutil.tz import tzical
from openplans.feeds import embeddable_feeds, is_embeddable, subscriptions
from openplans.load import load_dataset
from openplans.publication import Publication
from unit.scripted import SITE

from .linter import complaints, components, events_of, unfolded
from .published import calendars
from .readers import disagreements, read_with_all, read_with_icalendar, read_with_node, time_in_words
from .second_reading import Entry, expected_feeds, expected_states
from .versions import EVENTS, START, changed

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("lt", "lv", "en")
ZONES = ("Europe/Vilnius", "Europe/Riga")
OURS, THEIRS = "sventes-ir-mokymai", "dzintara-dienas"
#: What of an entry is no word of any language.
WORDLESS = ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "STATUS", "TRANSP", "CLASS")
#: What a title begins with, by status and language.
PREFIXES = {
    "cancelled": {"lt": "ATŠAUKTA: ", "lv": "ATCELTS: ", "en": "CANCELLED: "},
    "postponed": {"lt": "NUKELTA: ", "lv": "ATLIKTS: ", "en": "POSTPONED: "},
    "rescheduled": {"lt": "NAUJA DATA: ", "lv": "JAUNS DATUMS: ", "en": "NEW DATE: "},
    "moved_online": {"lt": "PERKELTA Į INTERNETĄ: ", "lv": "PĀRCELTS UZ TIEŠSAISTI: ", "en": "MOVED ONLINE: "},
}


# -- what the tests here, and those of injected faults, look for -----------------------------------------------


def wrong_bytes(calendars: Mapping[str, bytes]) -> list[str]:
    """Return what the linter says of calendars."""
    return [f"{name}: {found}" for name, content in calendars.items() for found in complaints(content)]


def entries_of(content: bytes) -> set[Entry]:
    """Return UID, start and end of each entry of a calendar, read from its lines and Python's own time zones."""
    return {
        (uid, instant_of(event["DTSTART"]), instant_of(event.get("DTEND", event["DTSTART"])))
        for uid, event in events_of(content).items()
    }


def instant_of(written: str) -> str:
    """Return a day as it is, and a local time of a zone as an instant; ``written`` is what follows the name."""
    parameters, _, value = written.rpartition(":")
    if "T" not in value:
        return date.fromisoformat(value).isoformat()
    zone = ZoneInfo(parameters.removeprefix(";TZID=")) if parameters else UTC
    return time_in_words(datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=zone))


def wrong_contents(calendars: Mapping[str, bytes], world: Path, today: date) -> list[str]:
    """Return where calendars hold something else than a second reading of the world's files puts there."""
    expected = expected_feeds(world, today)
    wrong = []
    for path, content in calendars.items():
        name = path.partition("/")[2]
        found, wanted = entries_of(content), expected.get(name, set())
        wrong += [f"{path}: {entry} should not be there" for entry in sorted(found - wanted)]
        wrong += [f"{path}: {entry} is missing" for entry in sorted(wanted - found)]
    return wrong


def loose_windows(calendars: Mapping[str, bytes]) -> list[str]:
    """Return windows that pass for dates: outside of the planned feed, or not as tentative days there."""
    wrong = []
    for path, content in calendars.items():
        is_planned = path.endswith("/planned")
        for uid, event in events_of(content).items():
            whole_days = event["DTSTART"].startswith(";VALUE=DATE:")
            is_window = (event["STATUS"], event["TRANSP"], whole_days) == ("TENTATIVE", "TRANSPARENT", True)
            if not is_planned == is_window == (":≈ " in event["SUMMARY"]):
                wrong.append(f"{path}: {uid}")
    return wrong


def untold_states(calendars: Mapping[str, bytes], world: Path) -> list[str]:
    """Return entries that tell another status, or another one in words, than a second reading of the world finds."""
    states, wrong = expected_states(world), []
    for path, content in calendars.items():
        language, _, name = path.partition("/")
        for uid, event in events_of(content).items():
            if name in ("planned", "deadlines"):
                continue
            title = event["SUMMARY"].removeprefix(f";LANGUAGE={language}:")
            told = [state for state, words in PREFIXES.items() if title.startswith(words[language])]
            is_off = states[uid] in ("cancelled", "postponed")
            if told != [state for state in (states[uid],) if state != "scheduled"]:
                wrong.append(f"{path}: {uid}: {title}")
            if any(title.count(words[language]) > 1 for words in PREFIXES.values()):
                wrong.append(f"{path}: {uid}: {title}")
            if event["STATUS"] != ("CANCELLED" if is_off else "CONFIRMED"):
                wrong.append(f"{path}: {uid}: {event['STATUS']}")
    return wrong


def changed_by_address(publication: Publication, names: Container[str], languages: Container[str]) -> list[str]:
    """Return calendars that are others at another address of the site, links aside."""
    here, elsewhere = "https://here.example/", "https://elsewhere.example/a/b/"
    first, second = (
        {
            path: content.replace(b"\r\n ", b"").replace(base.encode(), b"")
            for path, content in calendars(replace(publication, base_url=base), names, languages).items()
        }
        for base in (here, elsewhere)
    )
    return [path for path in first if first[path] != second[path]]


def changed_by_time(publication: Publication, names: Container[str], languages: Container[str]) -> list[str]:
    """Return calendars that are others when they are made again."""
    first, second = (calendars(publication, names, languages) for _ in range(2))
    return [path for path in first if first[path] != second[path]]


def differences_of_languages(calendars: Mapping[str, bytes]) -> list[str]:
    """Return calendars that differ between languages in more than words."""
    wordless: dict[str, dict[str, object]] = {}
    for path, content in calendars.items():
        language, _, name = path.partition("/")
        wordless.setdefault(name, {})[language] = [
            (uid, {key: event.get(key) for key in WORDLESS}) for uid, event in events_of(content).items()
        ]
    return [name for name, found in wordless.items() if any(found[lang] != found["lt"] for lang in found)]


def wrong_hours(content: bytes, zone: str) -> list[datetime]:
    """Return the hours of 2004 to 2036 at which a calendar's own definition of a zone is not the world's clock."""
    lines = next(z for z in components(unfolded(content), "VTIMEZONE") if f"TZID:{zone}" in z)
    parts = {name: next(components(lines, name)) for name in ("DAYLIGHT", "STANDARD")}
    values = {name: dict(line.split(":", 1) for line in part) for name, part in parts.items()}
    in_summer, in_winter = (_offset(part["TZOFFSETTO"]) for part in values.values())
    there, wrong = ZoneInfo(zone), []
    for year in range(2004, 2037):
        summer, winter = (_onset(part, year).timestamp() for part in values.values())
        begin, end = (int(datetime(y, 1, 1, tzinfo=UTC).timestamp()) for y in (year, year + 1))
        for second in range(begin, end, 3600):
            expected = in_summer if summer <= second < winter else in_winter
            if datetime.fromtimestamp(second, there).utcoffset() != expected:
                wrong.append(datetime.fromtimestamp(second, UTC))
    return wrong


def _onset(part: Mapping[str, str], year: int) -> datetime:
    """Return when a part of a zone begins in a year: on the last Sunday of its month, by the clock of before."""
    rule = dict(piece.split("=") for piece in part["RRULE"].split(";"))
    assert (rule["FREQ"], rule["BYDAY"]) == ("YEARLY", "-1SU")
    start = datetime.strptime(part["DTSTART"], "%Y%m%dT%H%M%S")
    day = date(year, int(rule["BYMONTH"]), 31)
    day -= timedelta(days=day.isoweekday() % 7)
    return datetime.combine(day, start.time(), UTC) - _offset(part["TZOFFSETFROM"])


def _offset(text: str) -> timedelta:
    return timedelta(hours=int(text[:3]), minutes=int(text[0] + text[3:]))


def named(calendars: Mapping[str, bytes], key: str, calendar: str = "lt/all") -> dict[str, str]:
    """Return one entry of a calendar by what its UID begins with."""
    return events_of(calendars[calendar])[f"{key}@events.example"]


# -- every byte ------------------------------------------------------------------------------------------------


def test_no_calendar_has_a_wrong_byte(event_calendars: dict[str, bytes]) -> None:
    assert wrong_bytes(event_calendars) == []


def test_calendars_of_a_site_without_an_address_are_right_too(
    event_publication: Publication, event_calendars: dict[str, bytes]
) -> None:
    names = {path.partition("/")[2] for path in event_calendars if path.count("/") == 1}
    found = calendars(replace(event_publication, base_url=None), names, languages=("lt",))
    assert len(found) == len(names)
    assert {name: wrong for name, content in found.items() if (wrong := complaints(content, has_address=False))} == {}
    own = [line for content in found.values() for line in unfolded(content) if line.startswith(("SOURCE", "URL"))]
    assert own == []


def test_an_address_changes_nothing_but_links(event_publication: Publication) -> None:
    assert changed_by_address(event_publication, ("all", "planned", "deadlines"), ("lt",)) == []


# -- four programs ---------------------------------------------------------------------------------------------


def test_four_programs_read_the_same_in_every_feed(event_calendars: dict[str, bytes]) -> None:
    # Each in one language, the largest in all; the next test takes care of the other languages.
    names = sorted({path.partition("/")[2] for path in event_calendars})
    paths = {f"{LANGUAGES[number % 3]}/{name}" for number, name in enumerate(names)}
    paths |= {f"{language}/{name}" for language in LANGUAGES for name in ("all", "planned", "deadlines")}
    read = read_with_all({path: event_calendars[path] for path in sorted(paths)})
    assert set(read) == {"icalendar", "vobject", "ical.js", "node-ical"}
    assert {len(found) for found in read.values()} == {len(paths)}
    assert disagreements(read) == []


def test_two_programs_read_the_same_in_every_feed_in_every_language(event_calendars: dict[str, bytes]) -> None:
    read = read_with_node(event_calendars)
    assert {len(found) for found in read.values()} == {len(event_calendars)}
    assert disagreements(read) == []


def test_four_programs_accept_a_calendar_without_events(event_calendars: dict[str, bytes]) -> None:
    empty = {f"{language}/{THEIRS}-forums": event_calendars[f"{language}/{THEIRS}-forums"] for language in LANGUAGES}
    for content in empty.values():
        assert complaints(content) == []
        assert b"BEGIN:VTIMEZONE" in content and b"BEGIN:VEVENT" not in content
    read = read_with_all(empty)
    assert set(read) == {"icalendar", "vobject", "ical.js", "node-ical"}
    assert {str(found) for program in read.values() for found in program.values()} == {"{}"}


def test_words_come_back_from_all_programs_as_they_were_written(event_calendars: dict[str, bytes]) -> None:
    path = f"lt/{OURS}/hostile-words"
    read = read_with_all({path: event_calendars[path]})
    # The fourth takes what is escaped twice for a line break.
    for program in ("icalendar", "vobject", "ical.js"):
        event = read[program][path][f"{OURS}.hostile-words@events.example"]
        assert event["title"] == (
            "Kablelis, kabliataškis; dvitaškis: brūkšnys \\ „kabutės“, \"tiesios\" ir 'viengubos' 🎉🚀🇱🇹"
        )
        assert event["place"] == 'Salė „A, B; C“ \\ kairėje, Kreivoji g. 1; 2, "kiemas", Ežerpilis'
        lines = event["text"].split("\n")
        assert "Pirma eilutė \\n ne nauja eilutė \\, ir \\; lieka." in lines
        assert lines.index("BEGIN:VEVENT") == lines.index("END:VEVENT") + 1
        assert "Registracija: https://forms.example/a,b;c:d?x=1&amp=2&y=%5B3%5D#z" in lines
    assert list(read["node-ical"][path]) == [f"{OURS}.hostile-words@events.example"]


# -- what is in which feed -------------------------------------------------------------------------------------


def test_there_are_the_feeds_that_the_events_call_for(event_calendars: dict[str, bytes], event_world: Path) -> None:
    names = expected_feeds(event_world, date(2026, 10, 12))
    assert set(event_calendars) == {f"{language}/{name}" for language in LANGUAGES for name in names}


def test_each_feed_holds_what_its_name_says(event_calendars: dict[str, bytes], event_world: Path) -> None:
    assert wrong_contents(event_calendars, event_world, date(2026, 10, 12)) == []


def test_languages_differ_in_words_alone(event_calendars: dict[str, bytes]) -> None:
    assert differences_of_languages(event_calendars) == []


@pytest.mark.parametrize("today", ["2026-03-30", "2026-10-16", "2026-11-07", "2027-01-10", "2027-05-01", "2030-01-01"])
def test_feeds_hold_what_is_of_interest_on_the_day(
    today: str, event_publication: Publication, event_world: Path
) -> None:
    day = date.fromisoformat(today)
    names = ("all", "planned", "deadlines", "online", f"{OURS}-trainings", f"{THEIRS}-languages")
    found = calendars(replace(event_publication, today=day), names, languages=("lt",))
    assert wrong_bytes(found) == []
    assert wrong_contents(found, event_world, day) == []


@pytest.mark.parametrize(
    ("key", "last_day"),
    [
        # Cancelled or postponed: a week after the day on which it would have been.
        ("cancelled-recently", "2026-10-16"),
        ("cancelled-week-ago", "2026-10-12"),
        ("cancelled-ahead", "2026-12-06"),
        ("postponed-hike", "2026-10-17"),
        ("postponed-quiz", "2026-11-12"),
        ("postponed-concert", "2026-12-25"),
        ("choir.2026-w43", "2026-10-27"),
        # All else: ninety days after its last day.
        ("yesterday", "2027-01-09"),
        ("rescheduled-once", "2027-01-20"),
        ("moved-online", "2027-01-19"),
        ("not-held", "2026-12-25"),
        ("reading-days", "2026-12-30"),
        ("until-midnight", "2027-03-05"),
    ],
)
def test_an_entry_leaves_on_its_day(key: str, last_day: str, event_publication: Publication) -> None:
    last = date.fromisoformat(last_day)
    there = []
    for day in (last - timedelta(days=3), last, last + timedelta(days=1)):
        feeds = {feed.name: feed for feed in subscriptions(replace(event_publication, today=day))}
        there.append(f"{OURS}.{key}" in {entry.uid_key for entry in feeds["all"].entries})
    assert there == [True, True, False]


def test_a_copy_of_an_event_stays_however_old_it_is(event_publication: Publication) -> None:
    names = (f"{OURS}/cancelled-long-ago", f"{OURS}/spring-clock-night", f"{OURS}/choir/2026-w41", "archive-2026")
    found = calendars(replace(event_publication, today=date(2040, 1, 1)), names)
    assert {path: len(events_of(content)) for path, content in found.items() if "archive" not in path} == {
        f"{language}/{name}": 1 for language in LANGUAGES for name in names[:3]
    }
    assert len(events_of(found["en/archive-2026"])) > 100


def test_windows_are_in_the_planned_feed_alone_as_tentative_days(event_calendars: dict[str, bytes]) -> None:
    assert loose_windows(event_calendars) == []
    planned = read_with_icalendar(event_calendars["en/planned"])
    assert {uid.removesuffix("@events.example"): (event["start"], event["end"]) for uid, event in planned.items()} == {
        f"{OURS}.club-evenings.2027-01": ("2027-01-01", "2027-02-01"),
        f"{OURS}.member-survey": ("2026-11-01", "2026-12-01"),
        f"{OURS}.postponed-concert": ("2027-03-01", "2027-05-01"),
        f"{OURS}.spring-camp": ("2027-05-01", "2027-06-01"),
        f"{OURS}.window-days": ("2026-12-07", "2026-12-12"),
        f"{OURS}.window-past": ("2026-09-01", "2026-10-01"),
        f"{OURS}.window-two.w1": ("2026-11-01", "2026-12-01"),
        f"{OURS}.window-two.w2": ("2027-02-01", "2027-03-01"),
        f"{THEIRS}.sand-training": ("2027-04-01", "2027-06-01"),
    }


def test_what_is_postponed_stands_off_at_its_old_date_and_tentative_in_its_window(
    event_calendars: dict[str, bytes],
) -> None:
    key = f"{OURS}.postponed-concert"
    old, new = named(event_calendars, key), named(event_calendars, key, "lt/planned")
    assert (old["STATUS"], old["TRANSP"], old["DTSTART"]) == (
        *("CANCELLED", "TRANSPARENT"),
        ";TZID=Europe/Vilnius:20261218T180000",
    )
    assert (new["STATUS"], new["DTSTART"], new["DTEND"]) == (
        *("TENTATIVE", ";VALUE=DATE:20270301"),
        ";VALUE=DATE:20270501",
    )


def test_deadlines_are_entries_of_their_own(event_calendars: dict[str, bytes]) -> None:
    opens = named(event_calendars, f"{OURS}.leaders-school.opens", "en/deadlines")
    closes = named(event_calendars, f"{OURS}.first-aid.closes", "en/deadlines")
    assert opens["DTSTART"] == ";TZID=Europe/Vilnius:20261019T080000"
    assert closes["DTSTART"] == ";TZID=Europe/Vilnius:20261014T235900"
    assert (opens["TRANSP"], closes["TRANSP"]) == ("TRANSPARENT", "TRANSPARENT")
    assert opens["SUMMARY"] == ";LANGUAGE=en:Registration opens: Leaders' school"
    assert closes["DESCRIPTION"].startswith("Takes place: 17 October 2026\\, Saturday\\, 10:00")
    uids = set(events_of(event_calendars["en/deadlines"]))
    assert not {uid for uid in uids if "cancelled" in uid or "postponed" in uid}
    assert not uids & set(events_of(event_calendars["en/all"]))


# -- states ----------------------------------------------------------------------------------------------------


def test_every_entry_tells_its_status_and_says_it_once(event_calendars: dict[str, bytes], event_world: Path) -> None:
    assert untold_states({p: content for p, content in event_calendars.items() if p.count("/") == 1}, event_world) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "status", "is_off"),
    [
        ("cancelled-ahead", "cancelled", True),
        ("choir.2026-w43", "cancelled", True),
        ("postponed-quiz", "postponed", True),
        ("choir.2027-w02", "postponed", True),
        ("rescheduled-once", "rescheduled", False),
        ("choir.2026-w44", "rescheduled", False),
        ("moved-online", "moved_online", False),
        ("choir.2026-w48", "moved_online", False),
    ],
)
def test_a_state_is_told_in_status_title_and_text(
    key: str,
    status: str,
    is_off: bool,
    language: str,
    event_calendars: dict[str, bytes],
    event_publication: Publication,
) -> None:
    event = named(event_calendars, f"{OURS}.{key}", f"{language}/all")
    whole_days = event["DTSTART"].startswith(";VALUE=DATE:")
    assert event["STATUS"] == ("CANCELLED" if is_off else "CONFIRMED")
    assert event["TRANSP"] == ("TRANSPARENT" if is_off or whole_days else "OPAQUE")
    prefix = PREFIXES[status][language]
    assert event["SUMMARY"].startswith(f";LANGUAGE={language}:{prefix}")
    assert event["SUMMARY"].count(prefix) == 1
    meeting = next(m for m in event_publication.meetings if f"{OURS}.{key}" == m.uid_key)
    assert meeting.reason is not None
    first, second, *_ = event["DESCRIPTION"].split("\\n")
    assert first == event_publication.messages(language)(f"event.status.{status}")
    assert second.endswith(meeting.reason[language].replace(",", "\\,").replace(";", "\\;"))


def test_what_is_rescheduled_is_at_its_new_date_alone(event_calendars: dict[str, bytes]) -> None:
    for language in LANGUAGES:
        lines = unfolded(event_calendars[f"{language}/all"])
        assert lines.count(f"UID:{OURS}.rescheduled-once@events.example") == 1
        assert named(event_calendars, f"{OURS}.rescheduled-once", f"{language}/all")["DTSTART"].endswith(
            "20261022T170000"
        )
        assert named(event_calendars, f"{OURS}.rescheduled-twice", f"{language}/all")["DTSTART"].endswith(":20261205")
        assert not [line for line in lines if re.fullmatch(r"DTSTART.*:2026(1127T180000|1113)", line)]


def test_what_moved_online_is_among_what_is_online_and_no_longer_among_what_is_not(
    event_calendars: dict[str, bytes],
) -> None:
    uids = {f"{OURS}.{key}@events.example" for key in ("moved-online", "choir.2026-w48")}
    assert uids <= set(events_of(event_calendars["lt/online"]))
    assert not uids & set(events_of(event_calendars["lt/mode-in-person"]))


def test_what_moved_online_sends_nobody_to_the_place_where_it_was_to_be(event_calendars: dict[str, bytes]) -> None:
    uids = [f"{OURS}.{key}@events.example" for key in ("moved-online", "choir.2026-w48")]
    assert {events_of(event_calendars["lt/all"])[uid]["LOCATION"] for uid in uids} == {"nuotoliu"}


def test_other_registrations_are_no_longer_asked_for_what_is_off(event_calendars: dict[str, bytes]) -> None:
    assert "forms.example" in named(event_calendars, f"{OURS}.first-aid")["DESCRIPTION"]
    assert "forms.example" not in named(event_calendars, f"{OURS}.cancelled-ahead")["DESCRIPTION"]


# -- days and hours --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (f"{OURS}.harvest", "20260912", "20260913"),
        (f"{OURS}.reading-days", "20260930", "20261002"),
        (f"{OURS}.autumn-clock-days", "20261024", "20261026"),
        (f"{OURS}.leaders-school", "20261120", "20261123"),
        (f"{OURS}.new-year-days", "20261231", "20270102"),
        (f"{THEIRS}.amber-camp", "20261228", "20270104"),
        (f"{OURS}.leap-day", "20280229", "20280301"),
        (f"{OURS}.leap-birthday.2027", "20270228", "20270301"),
        (f"{OURS}.leap-birthday.2028", "20280229", "20280301"),
    ],
)
def test_whole_days_end_on_the_day_after(key: str, start: str, end: str, event_calendars: dict[str, bytes]) -> None:
    for language in LANGUAGES:
        event = named(event_calendars, key, f"{language}/all")
        assert (event["DTSTART"], event["DTEND"]) == (f";VALUE=DATE:{start}", f";VALUE=DATE:{end}")


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        # Six in the evening stays six in the evening, whatever the clocks do.
        (f"{OURS}.choir.2026-w42", "2026-10-13T15:00Z", "2026-10-13T16:30Z"),
        (f"{OURS}.choir.2026-w45", "2026-11-03T16:00Z", "2026-11-03T17:30Z"),
        (f"{OURS}.choir.2027-w13", "2027-03-30T15:00Z", "2027-03-30T16:30Z"),
        (f"{THEIRS}.clock-night", "2026-10-24T19:00Z", "2026-10-25T08:00Z"),
        (f"{OURS}.day-and-night", "2026-12-12T08:00Z", "2026-12-13T08:00Z"),
        (f"{OURS}.whole-day-by-clock", "2026-11-29T22:00Z", "2026-11-30T22:00Z"),
        (f"{OURS}.first-fridays.2026-11", "2026-11-06T18:00Z", "2026-11-06T23:00Z"),
        # Without an end it is over at once.
        (f"{OURS}.drama-seminar", "2026-10-24T07:00Z", "2026-10-24T07:00Z"),
    ],
)
def test_times_of_day_are_those_of_the_clocks_there(
    key: str, start: str, end: str, event_calendars: dict[str, bytes]
) -> None:
    entries = {uid: (first, last) for uid, first, last in entries_of(event_calendars["en/all"])}
    assert entries[f"{key}@events.example"] == (start, end)


def test_what_ends_at_midnight_is_not_on_the_next_day(event_calendars: dict[str, bytes]) -> None:
    whole = recurring_ical_events.of(icalendar.Calendar.from_ical(event_calendars["lt/all"]))

    def on(day: str) -> set[str]:
        return {str(event["UID"]).partition("@")[0] for event in whole.at(day)}

    assert f"{OURS}.until-midnight" in on("20261204") and f"{OURS}.until-midnight" not in on("20261205")
    assert f"{OURS}.whole-day-by-clock" in on("20261130") and f"{OURS}.whole-day-by-clock" not in on("20261201")
    assert all(f"{OURS}.reading-days" in on(day) for day in ("20260930", "20261001"))
    assert f"{OURS}.reading-days" not in on("20260929") | on("20261002")


@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_agrees_with_the_worlds_clocks_in_every_hour_of_33_years(
    zone: str, event_calendars: dict[str, bytes]
) -> None:
    assert wrong_hours(event_calendars["lt/all"], zone) == []


@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_is_understood_around_every_clock_change(zone: str, event_calendars: dict[str, bytes]) -> None:
    text = event_calendars["lt/all"].decode().replace("\r\n ", "")
    theirs, ours = ZoneInfo(zone), tzical(StringIO(text)).get(zone)
    assert ours is not None
    for moment in hours_around_clock_changes():
        assert moment.astimezone(theirs).replace(tzinfo=None) == moment.astimezone(ours).replace(tzinfo=None), moment


def hours_around_clock_changes() -> Iterator[datetime]:
    """Yield each hour of the last Sundays of March and October of 2004 to 2036."""
    for year in range(2004, 2037):
        for month in (3, 10):
            day = datetime(year, month, 31, tzinfo=UTC)
            day -= timedelta(days=day.isoweekday() % 7)
            yield from (day + timedelta(hours=hour) for hour in range(-6, 30))


@pytest.mark.parametrize(
    ("zone", "written", "instant"),
    [
        ("Europe/Warsaw", "2027-03-28T03:30", "2027-03-28T01:30Z"),
        ("Europe/London", "2027-03-28T02:30", "2027-03-28T01:30Z"),
        ("Europe/Kyiv", "2027-03-28T04:30", "2027-03-28T01:30Z"),
        ("America/New_York", "2027-03-14T03:30", "2027-03-14T07:30Z"),
        ("Asia/Kolkata", "2027-06-10T18:00", "2027-06-10T12:30Z"),
        ("UTC", "2027-06-10T18:00", "2027-06-10T18:00Z"),
    ],
)
def test_times_of_other_zones_are_understood_by_all_programs(
    zone: str, written: str, instant: str, tmp_path: Path
) -> None:
    files = {
        "site.yml": changed(SITE, ("Europe/Vilnius", zone)),
        EVENTS + "mokymai.yml": f"title: A\nwhen: {{on: {written}}}\n",
    }
    content = small_calendar(tmp_path, files)
    read = read_with_all({"all": content})
    assert {
        program: found["all"]["pievos.mokymai@pievos.example"]["start"] for program, found in read.items()
    } == dict.fromkeys(read, instant)
    assert [found for found in complaints(content) if "another rule than" not in found] == []


def test_no_space_between_words_is_lost(tmp_path: Path) -> None:
    content = small_calendar(
        tmp_path, {EVENTS + "zygis.yml": 'title: "Žygis už 5\N{NO-BREAK SPACE}€"\nwhen: {on: 2027-06-12}\n'}
    )
    event = read_with_icalendar(content)["pievos.zygis@pievos.example"]
    assert event["title"].split() == ["Žygis", "už", "5", "€"]


def small_calendar(folder: Path, files: Mapping[str, str]) -> bytes:
    """Return the calendar of everything of a few events, some of whose files are others."""
    for path, text in {**START, **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    dataset = load_dataset(folder).dataset
    assert dataset is not None
    publication = Publication(dataset, date(2027, 3, 1), "https://pievos.example/")
    return calendars(publication, ("all",), ("lt",))["lt/all"]


# -- every machine ---------------------------------------------------------------------------------------------

_DIGESTS = """
import hashlib, json, sys
from datetime import date
from pathlib import Path
from openplans.load import load_dataset
from openplans.publication import Publication
from events.published import calendars
world, day, address, *names = sys.argv[1:]
publication = Publication(load_dataset(Path(world)).dataset, date.fromisoformat(day), address)
made = calendars(publication, names)
print(json.dumps({path: hashlib.sha256(content).hexdigest() for path, content in made.items()}))
"""


def test_calendars_are_the_same_bytes_on_machines_far_apart(
    event_publication: Publication, event_calendars: dict[str, bytes], event_world: Path
) -> None:
    names = ("all", "planned", "deadlines", "archive-2026", OURS, THEIRS, f"{OURS}/choir", f"{OURS}/hostile-words")
    arguments = (str(event_world), event_publication.today.isoformat(), str(event_publication.base_url), *names)
    folders = os.pathsep.join(str(ROOT / folder) for folder in ("hooks", "tests"))
    machines = [
        subprocess.Popen(
            [sys.executable, "-c", _DIGESTS, *arguments],
            env={**os.environ, "PYTHONPATH": folders, "LC_ALL": "C", "TZ": zone, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for zone, seed in (("Pacific/Kiritimati", "1"), ("America/Los_Angeles", "4242"))
    ]
    paths = [f"{language}/{name}" for language in LANGUAGES for name in names]
    here = {path: hashlib.sha256(event_calendars[path]).hexdigest() for path in paths}
    for machine in machines:
        output, _ = machine.communicate()
        assert machine.returncode == 0
        there = json.loads(output)
        assert set(there) == set(here)
        assert [path for path in here if there[path] != here[path]] == []


def test_calendars_are_the_same_bytes_when_they_are_made_again(
    event_publication: Publication, event_calendars: dict[str, bytes], event_world: Path
) -> None:
    dataset = load_dataset(event_world).dataset
    assert dataset is not None
    again = calendars(Publication(dataset, event_publication.today, event_publication.base_url), languages=("lt",))
    assert again == {path: content for path, content in event_calendars.items() if path.startswith("lt/")}


def test_the_feeds_with_lists_for_other_sites_are_known_without_making_them(event_publication: Publication) -> None:
    golden = load_dataset(ROOT / "tests/golden/data").dataset
    assert golden is not None
    for world in (event_publication, replace(event_publication, dataset=golden)):
        made = [feed.name for feed in subscriptions(world) if is_embeddable(feed)]
        assert list(embeddable_feeds(world)) == made and len(made) > 5
