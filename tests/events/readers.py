"""Four programs that read calendars, two in Python and two in JavaScript, asked for the same plain answer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import vobject

#: Of one event: start and end (days as they are, the end exclusive; times as instants), title, place, text and status.
Read = dict[str, str]
#: The events of a calendar by UID.
Reading = dict[str, Read]

_SCRIPT = Path(__file__).resolve().parents[1] / "javascript" / "read_calendars.mjs"
_WORDS = {"title": "SUMMARY", "place": "LOCATION", "text": "DESCRIPTION", "status": "STATUS"}


def read_with_icalendar(content: bytes) -> Reading:
    """Read a calendar with icalendar, which keeps what it cannot read in lists of errors."""
    calendar: Any = icalendar.Calendar.from_ical(content)
    errors = [error for component in calendar.walk() for error in component.errors]
    assert not errors, errors
    found = {}
    for event in calendar.walk("VEVENT"):
        times = [event[name].dt for name in ("DTSTART", "DTEND") if name in event]
        words = {key: str(event[name]) for key, name in _WORDS.items() if name in event}
        found[str(event["UID"])] = {**_told(times), **words}
    return _as_many(found, len(calendar.walk("VEVENT")))


def read_with_vobject(content: bytes) -> Reading:
    """Read a calendar with vobject, which refuses one without UID or DTSTAMP."""
    calendar = vobject.readOne(content.decode("utf-8"))
    if calendar.contents.get("vevent"):
        calendar.validate(raiseException=True)
    found = {}
    events = calendar.contents.get("vevent", [])
    for event in events:
        times = [getattr(event, name).value for name in ("dtstart", "dtend") if hasattr(event, name)]
        words = {
            key: getattr(event, name.lower()).value for key, name in _WORDS.items() if hasattr(event, name.lower())
        }
        found[event.uid.value] = {**_told(times), **words}
    return _as_many(found, len(events))


def read_with_node(calendars: Mapping[str, bytes]) -> dict[str, dict[str, Reading]]:
    """Read calendars with ical.js and node-ical: by program, then by the names given here."""
    node = shutil.which("node")
    assert node is not None, "Node.js is needed to read calendars the way browsers and servers do"
    with tempfile.TemporaryDirectory() as folder:
        paths = {str(Path(folder, f"{number}.ics")): name for number, name in enumerate(calendars)}
        for path, name in paths.items():
            Path(path).write_bytes(calendars[name])
        # Far from every zone of the tests: whoever takes local time for the machine's is found out.
        surroundings = {**os.environ, "TZ": "America/Los_Angeles"}
        done = subprocess.run(
            [node, str(_SCRIPT), *paths], env=surroundings, capture_output=True, encoding="utf-8", check=False
        )
    assert done.returncode == 0, f"read_calendars.mjs failed (npm ci in tests/javascript?): {done.stderr}"
    answer = json.loads(done.stdout)
    found: dict[str, dict[str, Reading]] = {}
    for program, by_path in answer.items():
        found[program] = {paths[path]: _of_node(events, paths[path]) for path, events in by_path.items()}
    return found


def read_with_all(calendars: Mapping[str, bytes]) -> dict[str, dict[str, Reading]]:
    """Read calendars with every program: by program, then by name."""
    python: dict[str, Callable[[bytes], Reading]] = {"icalendar": read_with_icalendar, "vobject": read_with_vobject}
    found = {program: {name: read(calendars[name]) for name in calendars} for program, read in python.items()}
    return {**found, **read_with_node(calendars)}


def disagreements(read: Mapping[str, Mapping[str, Reading]]) -> list[str]:
    """Return about which events of which calendars programs disagree; ``read`` is by program, then by name."""
    (first, readings), *others = read.items()
    return [
        f"{name}: {first} and {program}: {found}"
        for program, theirs in others
        for name, events in readings.items()
        for found in _differences(events, theirs[name], has_backslashes=program != "node-ical")
    ]


def _differences(first: Reading, second: Reading, *, has_backslashes: bool) -> Iterator[str]:
    if first.keys() != second.keys():
        yield f"only one has {sorted(first.keys() ^ second.keys())}"
    for uid in first.keys() & second.keys():
        for name in first[uid].keys() | second[uid].keys():
            ours, theirs = first[uid].get(name, ""), second[uid].get(name, "")
            # node-ical takes an escaped backslash before an n for a line break.
            if ours != theirs and (has_backslashes or "\\" not in ours):
                yield f"{uid}: {name}: {ours!r} and {theirs!r}"


def _told(times: list[date]) -> dict[str, str]:
    """Return start and end in plain words; what has no end is over at once."""
    told = [time_in_words(time) for time in times]
    return {"start": told[0], "end": told[-1]}


def time_in_words(time: date) -> str:
    """Return a day as it is, and a time as an instant."""
    if not isinstance(time, datetime):
        return time.isoformat()
    assert time.tzinfo is not None, "a time without a zone"
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _of_node(events: list[Read], name: str) -> Reading:
    assert isinstance(events, list), f"{name}: {events}"
    return _as_many({event.pop("uid"): event for event in events}, len(events))


def _as_many(found: Reading, count: int) -> Reading:
    assert len(found) == count, "two events with one UID"
    return found
