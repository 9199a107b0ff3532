"""Calendar feeds of the world: right in every byte, read alike by four programs, and leading to pages that are there.

What is in which feed, on which day and in which state, is tested with a world of nothing but events, in ``events``.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from events.linter import complaints, events_of, unfolded
from events.readers import disagreements, read_with_all, read_with_icalendar
from openplans.outputs import ics
from openplans.publication import Publication

LANGUAGES = ("lt", "lv", "en")
NAMES = ("all", "planned", "zalias-namas", "kalnu-klubs")
PATHS = tuple(f"calendars/{language}/{name}.ics" for language in LANGUAGES for name in NAMES)


@pytest.fixture(scope="module")
def calendars(publication: Publication) -> dict[str, bytes]:
    """Return every calendar of the world by its path."""
    return {file.path: file.content for file in ics.files(publication)}


def test_the_world_has_these_calendars(calendars: dict[str, bytes]) -> None:
    assert set(PATHS) <= set(calendars)


def test_every_calendar_is_right_in_every_byte(calendars: dict[str, bytes]) -> None:
    assert {path: found for path, content in calendars.items() if (found := complaints(content))} == {}


def test_four_programs_read_the_same(calendars: dict[str, bytes]) -> None:
    read = read_with_all({path: calendars[path] for path in PATHS})
    assert disagreements(read) == []
    assert len(read["icalendar"]["calendars/en/all.ics"]) >= 10


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
    events = read_with_icalendar(calendars["calendars/lt/all.ics"])
    training = events["zalias-namas.spring-training@plans.example"]
    assert training["title"] == "„Pavasario mokymai“, 1 dalis; planuokime & veikime"
    assert training["place"].startswith("17-oji progimnazija, 3 salė; kairėje \\ dešinėje, Šilo g. 17, ")
    assert "🌱" * 30 in training["text"]
    # A list in the original is one here too, of lines.
    assert "\n– Pasiimkite \\ brūkšnį, kablelį, kabliataškį; ir dvitaškį: viską.\n" in training["text"]
    assert "https://forms.example/register?id=7&lang=lt" in training["text"]
    assert events["kalnu-klubs.winter-camp@plans.example"]["title"] == 'Ziemas nometne 🏕, "kalnā"; & lejā'


def test_links_in_calendars_lead_to_pages(calendars: dict[str, bytes], built_site: Path) -> None:
    own = "https://plans.example/sub/"
    for path, content in calendars.items():
        for href in {*re.findall(r"^(?:URL|SOURCE)[^:]*:(\S+)", "\n".join(unfolded(content)), re.MULTILINE)}:
            assert href.startswith(own), path
            target = built_site / href.removeprefix(own).partition("#")[0]
            assert (target / "index.html").is_file() or target.is_file(), href
