"""The faults that calendar feeds in the world really have, put in on purpose: each must be noticed.

What is tested here are the checks of the other tests. A fault that nobody notices fails.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from icalendar import Event, vDate, vDatetime, vText
from openplans import calendars as meetings
from openplans import feeds, publication, zone_definitions
from openplans.calendars import Meeting
from openplans.feeds import CalendarEntry
from openplans.messages import Messages
from openplans.model import Exact, Moment
from openplans.outputs import ics
from openplans.publication import Publication

from .linter import complaints, unfolded, zone_lines
from .published import calendars
from .readers import disagreements, read_with_all
from .test_feeds import (
    changed_by_address,
    changed_by_time,
    differences_of_languages,
    loose_windows,
    untold_states,
    wrong_bytes,
    wrong_contents,
    wrong_hours,
)
from .versions import Version, again, merge_by_revision, merge_if_modified, stale_copies, wrong_revisions

Inject = Callable[[pytest.MonkeyPatch], None]
#: Enough feeds to hold some entries of every sort.
FEEDS = ("planned", "online", "trainings", "festivals", "competitions")
#: What comes before a title.
TITLE = b"SUMMARY;LANGUAGE=lt:"


# -- faults of bytes -------------------------------------------------------------------------------------------


def refolded(content: bytes, cut: Callable[[str], Iterator[bytes]]) -> bytes:
    """Return a calendar whose lines are folded in another way."""
    return b"".join(b"\r\n ".join(cut(line)) + b"\r\n" for line in unfolded(content))


def by_letters(line: str) -> Iterator[bytes]:
    """Yield pieces of 74 letters, whatever their octets."""
    yield from (line[start : start + 74].encode() for start in range(0, len(line), 74))


def through_letters(line: str) -> Iterator[bytes]:
    """Yield pieces of 74 octets, whatever their letters."""
    octets = line.encode()
    yield from (octets[start : start + 74] for start in range(0, len(octets), 74))


def swapped(old: bytes, new: bytes, count: int = 1) -> Callable[[bytes], bytes]:
    """Return what puts some bytes in the place of others, which must be there."""

    def swap(content: bytes) -> bytes:
        assert old in content, old
        return content.replace(old, new, count)

    return swap


def rewritten(pattern: bytes, new: bytes, count: int = 1) -> Callable[[bytes], bytes]:
    """Return what rewrites what matches a pattern, which must be there."""

    def rewrite(content: bytes) -> bytes:
        assert re.search(pattern, content, re.DOTALL), pattern
        return re.sub(pattern, new, content, count=count, flags=re.DOTALL)

    return rewrite


def with_another_zone(content: bytes) -> bytes:
    """Define a zone that no event is in."""
    zone = "\r\n".join(("BEGIN:VTIMEZONE", *(zone_lines("Europe/Warsaw") or ()), "END:VTIMEZONE", "BEGIN:VEVENT"))
    return content.replace(b"BEGIN:VEVENT", zone.encode(), 1)


#: What is wrong, how it gets there, and part of what must be said of it.
BYTE_FAULTS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "bare line feeds": (swapped(b"\r\n", b"\n", -1), "ends otherwise than with CRLF"),
    "one bare line feed": (swapped(b"\r\nDTSTAMP", b"\nDTSTAMP"), "ends otherwise than with CRLF"),
    "no line break at the end": (lambda content: content[:-2], "line break at the end"),
    "two line breaks at the end": (lambda content: content + b"\r\n", "line break at the end"),
    "an empty line": (swapped(b"\r\nBEGIN:VEVENT", b"\r\n\r\nBEGIN:VEVENT"), "no property: ''"),
    "a byte order mark": (lambda content: b"\xef\xbb\xbf" + content, "a byte order mark"),
    "folded by letters": (lambda content: refolded(content, by_letters), "octets in a line"),
    "folded through letters": (lambda content: refolded(content, through_letters), "a letter is cut in two"),
    "not folded": (lambda content: content.replace(b"\r\n ", b""), "octets in a line"),
    "a control character": (swapped(TITLE, TITLE + b"\x0b"), "a control character"),
    "a line separator": (swapped(TITLE, TITLE + "\u2028".encode()), "a control character"),
    "a line break in a text": (swapped(b"DESCRIPTION:", b"DESCRIPTION:a\r\nb:"), "no property: 'b:"),
    "an unescaped comma": (rewritten(rb"(SUMMARY;[^\r]*?)\\,", rb"\1,"), "not escaped: SUMMARY"),
    "an unescaped semicolon": (rewritten(rb"(SUMMARY;[^\r]*?)\\;", rb"\1;"), "not escaped: SUMMARY"),
    "an unescaped backslash": (swapped(b"\\\\", b"\\"), "not escaped: SUMMARY"),
    "a truncated file": (lambda content: content[: content.index(b"END:VEVENT") + 12], "not one whole calendar"),
    "two calendars in a file": (lambda content: content + content, "not one whole calendar"),
    "no version": (swapped(b"VERSION:2.0\r\n", b""), "0 × VERSION"),
    "METHOD:PUBLISH": (swapped(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n"), "METHOD in a published"),
    "METHOD in an event": (swapped(b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\r\nMETHOD:PUBLISH\r\n"), "METHOD in an event"),
    "an interval without its type": (
        swapped(b"INTERVAL;VALUE=DURATION:", b"INTERVAL:"),
        "in place of REFRESH-INTERVAL",
    ),
    "a source without its type": (swapped(b"SOURCE;VALUE=URI:", b"SOURCE:"), "SOURCE:https"),
    "two names": (swapped(b"X-WR-CALNAME:", b"X-WR-CALNAME:Kitas "), "NAME and X-WR-CALNAME differ"),
    "no UID": (rewritten(rb"UID:.*?\r\n", b""), "0 × UID"),
    "no DTSTAMP": (rewritten(rb"DTSTAMP:.*?\r\n", b""), "0 × DTSTAMP"),
    "no title": (rewritten(rb"SUMMARY;.*?\r\n(?! )", b""), "0 × SUMMARY"),
    "no status": (swapped(b"STATUS:CANCELLED\r\n", b""), "0 × STATUS"),
    "an empty title": (rewritten(rb"(SUMMARY;LANGUAGE=lt:).*?\r\n(?! )", rb"\1\r\n"), "empty: SUMMARY"),
    "a UID twice": (rewritten(rb"(BEGIN:VEVENT.*?END:VEVENT\r\n)", rb"\1\1"), "2 × UID"),
    "events in another order": (
        rewritten(rb"(BEGIN:VEVENT.*?END:VEVENT\r\n)(.*)(END:VCALENDAR)", rb"\2\1\3"),
        "not in the order of their UIDs",
    ),
    "an address as UID": (swapped(b"UID:", b"UID:https://events.example/"), "is no identity"),
    "a UID without a domain": (rewritten(rb"@events.example\r\n", b"\r\n"), "is no identity"),
    "a UID with two signs": (swapped(b"@events.example\r\n", b"@events.example@x\r\n"), "is no identity"),
    "a day that is not called one": (swapped(b";VALUE=DATE:", b":"), "no such time: DTSTART:2026"),
    "a time without a zone": (swapped(b";TZID=Europe/Vilnius:", b":"), "no such time: DTSTART:2026"),
    "a zone that is not defined": (
        rewritten(rb"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n", b""),
        "zone Europe/Riga is not defined",
    ),
    "a zone by an abbreviation": (swapped(b"TZID=Europe/Vilnius:", b"TZID=EET:"), "zone EET is not defined"),
    "a zone that is not used": (with_another_zone, "zone Europe/Warsaw is not used"),
    "a zone an hour late": (swapped(b"DTSTART:20030330T030000", b"DTSTART:20030330T040000"), "another rule than"),
    "a zone without summer": (rewritten(rb"BEGIN:DAYLIGHT.*?END:DAYLIGHT\r\n", b""), "another rule than"),
    "a zone after the events": (
        rewritten(rb"(BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n)(BEGIN:VEVENT.*)(END:VCALENDAR)", rb"\2\1\3"),
        "a zone is defined after events",
    ),
    "an end before the start": (
        rewritten(rb"DTEND;VALUE=DATE:\d{4}", b"DTEND;VALUE=DATE:2003"),
        "ends before it begins",
    ),
    "an end on the day of the start": (
        rewritten(rb"(DTSTART;VALUE=DATE:(\d+)\r\n)DTEND;VALUE=DATE:\d+", rb"\1DTEND;VALUE=DATE:\2"),
        "ends before it begins",
    ),
    "a day without an end": (rewritten(rb"DTEND;VALUE=DATE:\d+\r\n", b""), "a whole day without an end"),
    "a day with a timed end": (rewritten(rb"DTEND;VALUE=DATE:(\d+)", rb"DTEND:\1T000000Z"), "in different ways"),
    "a cancelled event that keeps people busy": (
        swapped(b"STATUS:CANCELLED\r\nTRANSP:TRANSPARENT", b"STATUS:CANCELLED\r\nTRANSP:OPAQUE"),
        "CANCELLED and OPAQUE",
    ),
    "a whole day that keeps people busy": (
        rewritten(rb"(DTEND;VALUE=DATE(?:(?!END:VEVENT).)*)TRANSP:TRANSPARENT", rb"\1TRANSP:OPAQUE"),
        "CONFIRMED and OPAQUE",
    ),
    "a tentative time of day": (
        swapped(b"STATUS:CONFIRMED\r\nTRANSP:OPAQUE", b"STATUS:TENTATIVE\r\nTRANSP:TRANSPARENT"),
        "tentative at a time of day",
    ),
    "a repetition": (swapped(b"\r\nSTATUS:", b"\r\nRRULE:FREQ=WEEKLY\r\nSTATUS:"), "RRULE in an event"),
    "an alarm": (swapped(b"END:VEVENT", b"BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT"), "VALARM inside"),
    "a guest": (swapped(b"\r\nSTATUS:", b"\r\nATTENDEE:mailto:a@events.example\r\nSTATUS:"), "ATTENDEE in an event"),
    "an organizer without mailto": (swapped(b"ORGANIZER:mailto:", b"ORGANIZER:"), ": ORGANIZER:"),
    "HTML in a description": (rewritten(rb"(BEGIN:VEVENT.*?DESCRIPTION:)", rb"\1<br/>"), "HTML: DESCRIPTION"),
    "a sequence alone": (swapped(b"\r\nSTATUS:", b"\r\nSEQUENCE:1\r\nSTATUS:"), "of its revision only"),
    "a modification alone": (
        swapped(b"\r\nSTATUS:", b"\r\nLAST-MODIFIED:20261012T000000Z\r\nSTATUS:"),
        "of its revision only",
    ),
    "too large for the calendars of most people": (
        swapped(b"END:VCALENDAR", b"X-A:b\r\n" * 100_000 + b"END:VCALENDAR"),
        " bytes",
    ),
}


def test_the_linter_notices_nothing_where_nothing_is_wrong(event_calendars: dict[str, bytes]) -> None:
    assert complaints(event_calendars["lt/other-events"]) == []


@pytest.mark.parametrize("words", BYTE_FAULTS)
def test_the_linter_notices(words: str, event_calendars: dict[str, bytes]) -> None:
    content = event_calendars["lt/other-events"]
    inject, said = BYTE_FAULTS[words]
    broken = inject(content)
    assert broken != content
    assert [found for found in complaints(broken) if said in found] != []


def test_the_linter_notices_a_stamp_that_is_no_revision(event_versions: tuple[Version, ...]) -> None:
    content = event_versions[5].feeds["lt"]
    assert complaints(content) == []
    for broken in (
        re.sub(rb"DTSTAMP:\d{8}", b"DTSTAMP:20270301", content, count=1),
        re.sub(rb"SEQUENCE:\d+", b"SEQUENCE:2027-02-01", content, count=1),
        re.sub(rb"SEQUENCE:\d+\r\n", b"", content, count=1),
        re.sub(rb"CREATED:\d{4}", b"CREATED:2030", content, count=1),
        re.sub(rb"LAST-MODIFIED:(\w+)Z", rb"LAST-MODIFIED:\1", content, count=1),
    ):
        assert broken != content
        assert complaints(broken) != []


def test_programs_disagree_about_a_zone_that_is_not_defined(event_calendars: dict[str, bytes]) -> None:
    content = rewritten(rb"BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", b"")(event_calendars["lt/deadlines"])
    assert disagreements(read_with_all({"deadlines": content})) != []


# -- faults of code --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """What checks look at: the events' world on its day, and the versions of a history."""

    publication: Publication
    folder: Path
    versions: tuple[Version, ...]


def of_entries(world: World) -> list[str]:
    """Check what is in calendars, and what states they tell."""
    found = calendars(world.publication, FEEDS, ("lt",))
    return [
        *wrong_contents(found, world.folder, world.publication.today),
        *loose_windows(found),
        *untold_states(found, world.folder),
    ]


def of_later_entries(world: World) -> list[str]:
    """Check what is in calendars a month later."""
    later = world.publication.today + timedelta(days=30)
    found = calendars(replace(world.publication, today=later), FEEDS, ("lt",))
    return wrong_contents(found, world.folder, later)


def of_bytes(world: World) -> list[str]:
    """Check every byte."""
    return wrong_bytes(calendars(world.publication, FEEDS, ("lt",)))


def of_languages(world: World) -> list[str]:
    """Check that calendars differ between languages in words alone."""
    return differences_of_languages(calendars(world.publication, ("deadlines",)))


def of_addresses(world: World) -> list[str]:
    """Check that calendars are the same at every address."""
    return changed_by_address(world.publication, ("deadlines",), ("lt",))


def of_builds(world: World) -> list[str]:
    """Check that calendars are the same when they are made again."""
    return changed_by_time(world.publication, ("deadlines",), ("lt",))


def of_zones(world: World) -> list[str]:
    """Check the hours of a zone."""
    content = calendars(world.publication, ("deadlines",), ("lt",))["lt/deadlines"]
    return [str(hour) for hour in wrong_hours(content, "Europe/Vilnius")[:5]]


def of_revisions(world: World) -> list[str]:
    """Check what calendars tell of changes."""
    return wrong_revisions(again(world.versions))


def of_copies(world: World) -> list[str]:
    """Check that programs that were here before end up with the same as those that begin."""
    versions = again(world.versions)
    return [*stale_copies(versions, merge_if_modified), *stale_copies(versions, merge_by_revision)]


def uid_by(make: Callable[[CalendarEntry], str]) -> Inject:
    """Return what puts other keys in the place of those that UIDs begin with."""
    return lambda patch: patch.setattr(CalendarEntry, "uid_key", property(make))


def wrapped(holder: object, name: str, then: Callable[..., Any]) -> Inject:
    """Return what calls ``then(result, *arguments)`` after a function and returns its answer in place of the result."""
    original = getattr(holder, name)

    def around(*arguments: Any) -> Any:
        return then(original(*arguments), *arguments)

    return lambda patch: patch.setattr(holder, name, around)


def put(event: Event, name: str, value: object, **parameters: str) -> None:
    """Put a property of an event in the place of what it had."""
    event.pop(name, None)
    event.add(name, value, parameters=parameters)


_numbers = itertools.count()
_clock = (datetime(2026, 10, 12, tzinfo=UTC) + timedelta(seconds=number) for number in itertools.count())


def slug(text: str) -> str:
    """Return the plain letters of a text."""
    return re.sub("[^a-z]+", "-", text.lower()).strip("-")


def random_uid(event: Event, *_: object) -> Event:
    """Make up another UID each time."""
    put(event, "uid", f"event-{next(_numbers)}@events.example")
    return event


def uid_from_address(event: Event, entry: CalendarEntry, publication: Publication, *_: object) -> Event:
    """Make the UID of where the site is."""
    put(event, "uid", f"{entry.uid_key}@{urlsplit(publication.base_url or '').hostname}")
    return event


def uid_by_language(event: Event, entry: CalendarEntry, publication: Publication, language: str, *_: object) -> Event:
    """Make another UID for each language."""
    put(event, "uid", f"{entry.uid_key}.{language}@events.example")
    return event


def stamped_now(_: None, event: Event, *__: object) -> None:
    """Stamp an event with the time of the build."""
    put(event, "dtstamp", next(_clock))


def modified_by_build(_: None, event: Event, entry: CalendarEntry, publication: Publication, *__: object) -> None:
    """Let everything be modified by each build."""
    for name in ("dtstamp", "last-modified"):
        put(event, name, datetime.combine(publication.today, time(), UTC))


def never_modified(_: None, event: Event, entry: CalendarEntry, publication: Publication, *__: object) -> None:
    """Let nothing be modified since it was announced."""
    for name in ("dtstamp", "last-modified"):
        put(event, name, event["CREATED"].dt)


def sequence_of_zero(_: None, event: Event, *__: object) -> None:
    """Let SEQUENCE and DTSTAMP tell nothing."""
    put(event, "sequence", 0)
    put(event, "dtstamp", event["CREATED"].dt)


def sequence_by_words(_: None, event: Event, *__: object) -> None:
    """Let every word that changes raise SEQUENCE."""
    put(event, "sequence", int((event["LAST-MODIFIED"].dt - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds()) // 60)


def without_revision(_: None, event: Event, *__: object) -> None:
    """Leave everything out that tells of changes."""
    for name in ("last-modified", "created", "sequence"):
        event.pop(name, None)


def ends_on_last_day(_: None, event: Event, exact: Exact, zone: str) -> None:
    """Let whole days end on their last day."""
    if not exact.is_timed and exact.first != exact.last:
        event.pop("DTEND")
        event.add("dtend", vDate(exact.last.day), parameters={"VALUE": "DATE"})


def in_utc(_: None, event: Event, exact: Exact, zone: str) -> None:
    """Take local times for those of Greenwich."""
    if exact.is_timed:
        put(event, "dtstart", vDatetime(exact.first.local().replace(tzinfo=UTC)))
        put(event, "dtend", vDatetime(exact.last.local().replace(tzinfo=UTC) + timedelta(seconds=1)))


def always_an_end(_: None, event: Event, exact: Exact, zone: str) -> None:
    """Make up an end of two hours where none is stated."""
    if exact.is_timed and "DTEND" not in event:
        event.add("dtend", vDatetime(exact.first.local() + timedelta(hours=2)), parameters={"TZID": zone})


def window_as_first_day(entry: CalendarEntry | None, meeting: Meeting) -> CalendarEntry | None:
    """Pass the first day of a window for its date."""
    if entry is None and meeting.short_windows:
        first = meeting.short_windows[0].earliest
        assert first is not None
        return CalendarEntry(meeting, "meeting", Exact(Moment(first), Moment(first)))
    return entry


def html(text: str, *_: object) -> str:
    """Put a description into paragraphs."""
    return "".join(f"<p>{line}</p>" for line in text.split("\n"))


def bare_title(_: str, entry: CalendarEntry, t: Messages) -> str:
    """Leave the state out of a title."""
    return entry.meeting.title.shown(t.language).text


class BareText(vText):
    """A text in which nothing is escaped."""

    def to_ical(self) -> bytes:
        """Return the text as it is."""
        return str(self).replace("\n", " ").encode()


def simply(holder: object, name: str, value: object) -> Inject:
    """Return what puts a value in the place of another."""
    return lambda patch: patch.setattr(holder, name, value)


def late_onset(day: datetime, *_: object) -> datetime:
    """Begin summer and winter an hour late."""
    return day + timedelta(hours=1)


#: What is wrong, how it gets there, and which check must notice.
CODE_FAULTS: dict[str, tuple[Inject, Callable[[World], list[str]]]] = {
    "a random UID in each build": (wrapped(ics, "_event", random_uid), of_builds),
    "a random UID in each version": (wrapped(ics, "_event", random_uid), of_revisions),
    "a UID from the title": (
        uid_by(lambda entry: f"pievos.{slug(entry.meeting.title.shown('lt').text)}.{entry.meeting.key[-3:]}"),
        of_revisions,
    ),
    "a UID from the date": (
        uid_by(lambda entry: f"pievos.{entry.meeting.event.id}.{entry.exact.first.day}"),
        of_revisions,
    ),
    "a UID from the address": (wrapped(ics, "_event", uid_from_address), of_addresses),
    "a UID for each language": (wrapped(ics, "_event", uid_by_language), of_languages),
    "one UID for all of a series": (uid_by(lambda entry: f"sventes.{entry.meeting.event.id}"), of_bytes),
    "a stamp of the build": (wrapped(ics, "_add_revision", stamped_now), of_builds),
    "everything modified by each build": (wrapped(ics, "_add_revision", modified_by_build), of_revisions),
    "nothing ever modified": (wrapped(ics, "_add_revision", never_modified), of_revisions),
    "changes that programs never see": (wrapped(ics, "_add_revision", never_modified), of_copies),
    "a sequence of zero": (wrapped(ics, "_add_revision", sequence_of_zero), of_revisions),
    "changes that a sequence of zero hides": (wrapped(ics, "_add_revision", sequence_of_zero), of_copies),
    "a sequence that counts words": (wrapped(ics, "_add_revision", sequence_by_words), of_revisions),
    "no revision": (wrapped(ics, "_add_revision", without_revision), of_revisions),
    "what is gone is not told": (simply(feeds, "GONE_FOR", timedelta(days=-1)), of_revisions),
    "what is gone stays for those who have it": (simply(feeds, "GONE_FOR", timedelta(days=-1)), of_copies),
    "a zone an hour late": (wrapped(zone_definitions, "_last_sunday", late_onset), of_zones),
    "an end a day short": (wrapped(ics, "_add_exact", ends_on_last_day), of_entries),
    "local times in Greenwich": (wrapped(ics, "_add_exact", in_utc), of_entries),
    "a made-up end": (wrapped(ics, "_add_exact", always_an_end), of_entries),
    "the first day of a window as a date": (wrapped(feeds, "dated_entry", window_as_first_day), of_entries),
    "a window of a quarter as one": (simply(meetings, "WINDOW_LIMIT", timedelta(days=100)), of_entries),
    "what is cancelled as if it were not": (simply(CalendarEntry, "is_off", property(lambda entry: False)), of_entries),
    "a title without its state": (wrapped(ics, "_summary", bare_title), of_entries),
    "what is off stays for good": (simply(feeds, "CANCELLED_FOR", timedelta(days=9999)), of_later_entries),
    "what is off leaves at once": (simply(feeds, "CANCELLED_FOR", timedelta()), of_entries),
    "what is over leaves at once": (simply(feeds, "LOOK_BACK", timedelta()), of_later_entries),
    "a feed that is silently a wider one": (
        wrapped(publication, "facets_of", lambda found, meeting: found | {feeds.Facet("mode", "online")}),
        of_entries,
    ),
    "HTML in descriptions": (wrapped(ics, "_description", html), of_bytes),
    "titles that nobody escaped": (simply(ics, "vText", BareText), of_bytes),
}


@pytest.fixture(scope="module")
def world(event_publication: Publication, event_world: Path, event_versions: tuple[Version, ...]) -> World:
    """Return what checks look at."""
    return World(event_publication, event_world, event_versions)


@pytest.fixture(scope="module")
def sound(world: World) -> dict[Callable[[World], list[str]], set[str]]:
    """Return what each check says while there is no fault."""
    return {check: set(check(world)) for check in {check for _, check in CODE_FAULTS.values()}}


@pytest.mark.parametrize("words", CODE_FAULTS)
def test_a_fault_is_noticed(
    words: str,
    world: World,
    sound: dict[Callable[[World], list[str]], set[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inject, check = CODE_FAULTS[words]
    inject(monkeypatch)
    # A publication and its data keep what was derived once; new ones derive it with the fault in place.
    dataset = replace(world.publication.dataset, made={})
    fresh = replace(world, publication=replace(world.publication, dataset=dataset))
    assert set(check(fresh)) - sound[check] != set()


def test_without_a_fault_nothing_is_noticed(sound: dict[Callable[[World], list[str]], set[str]]) -> None:
    assert {check.__name__: found for check, found in sound.items() if found} == {}
