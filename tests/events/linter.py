"""A second opinion on calendar files: everything that can be wrong in their bytes, found without reading them.

What programs that read calendars put up with is not looked at here: four of them accept bare line feeds, and none
minds a missing UID. This follows RFC 5545 and RFC 7986 and what Open Plans promises beyond them, line by line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: What is larger is cut off by the calendars that people use most.
SIZE_LIMIT = 700_000
LINE_LIMIT = 75
#: Properties that hold one text, in which commas, semicolons, backslashes and line breaks are escaped.
TEXTS = ("NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC", "SUMMARY", "LOCATION")
#: What a calendar says of itself, each exactly once.
OF_CALENDAR = (
    "PRODID",
    "VERSION",
    "CALSCALE",
    "NAME",
    "X-WR-CALNAME",
    "DESCRIPTION",
    "X-WR-CALDESC",
    "X-WR-TIMEZONE",
    "REFRESH-INTERVAL",
    "X-PUBLISHED-TTL",
)
#: What every event says exactly once; anything else at most once, but for links to join by.
OF_EVENT = ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "TRANSP")
REVISION = ("LAST-MODIFIED", "SEQUENCE", "CREATED")
#: Repetitions are written out, alarms and guests are the subscriber's own affair, and nothing is sent by METHOD.
FORBIDDEN = ("METHOD", "ATTENDEE", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "DURATION", "COMMENT")
#: Which component may stand inside which.
INSIDE = {
    "VCALENDAR": (),
    "VTIMEZONE": ("VCALENDAR",),
    "DAYLIGHT": ("VCALENDAR", "VTIMEZONE"),
    "STANDARD": ("VCALENDAR", "VTIMEZONE"),
    "VEVENT": ("VCALENDAR",),
}

_CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL)
_BARE = re.compile(r"(?<!\\)(?:\\\\)*(?:[,;]|\\(?:[^\\,;nN]|$))")
_BARE_IN_LIST = re.compile(r"(?<!\\)(?:\\\\)*(?:;|\\(?:[^\\,;nN]|$))")
#: What turning Markdown into HTML leaves; what people write in angle brackets themselves is text.
_TAG = re.compile(r"</?(?:a|blockquote|br|code|div|em|h[1-6]|li|ol|p|span|strong|ul)\b[^<>]*>", re.IGNORECASE)
_UID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_INSTANT = re.compile(r"\d{8}T\d{6}Z")


def unfolded(content: bytes) -> list[str]:
    """Return the logical lines of a calendar."""
    lines = content.replace(b"\r\n ", b"").decode("utf-8", "replace").split("\r\n")
    return lines[:-1] if lines[-1] == "" else lines


def name_of(line: str) -> str:
    """Return the name of a line's property, without parameters."""
    return re.split("[;:]", line, maxsplit=1)[0]


def components(lines: list[str], name: str) -> Iterator[list[str]]:
    """Yield the lines of each component of a name, those of components inside it included."""
    inside: list[str] | None = None
    for line in lines:
        if line == f"BEGIN:{name}":
            inside = []
        elif line == f"END:{name}":
            yield inside or []
            inside = None
        elif inside is not None:
            inside.append(line)


def events_of(content: bytes) -> dict[str, dict[str, str]]:
    """Return the events of a calendar by UID: of each property what follows its name, as written.

    ``DTSTART`` may be ``;VALUE=DATE:20270610``, and ``STATUS`` is ``CONFIRMED``.
    """
    events = [
        {name_of(line): line[len(name_of(line)) :].removeprefix(":") for line in lines}
        for lines in components(unfolded(content), "VEVENT")
    ]
    return {event.get("UID", ""): event for event in events}


def complaints(content: bytes, *, has_address: bool = True) -> list[str]:
    """Return everything that is wrong in a calendar; without an address of its own it cannot say where it is from."""
    lines = unfolded(content)
    parsed = [_Property(line) for line in lines]
    return [
        *_bytes(content),
        *(f"no property: {line.text[:60]!r}" for line in parsed if not line.name),
        *_frame(lines),
        *_calendar(parsed, has_address),
        *_texts(parsed),
        *_events(lines),
        *_zones(lines),
    ]


class _Property:
    """One logical line: name, parameters and value; without a name if it is none."""

    def __init__(self, text: str) -> None:
        match = _LINE.fullmatch(text)
        self.text = text
        self.name, self.parameters, self.value = match.groups() if match else ("", "", "")


def _bytes(content: bytes) -> Iterator[str]:
    if len(content) > SIZE_LIMIT:
        yield f"{len(content)} bytes"
    if content.startswith(b"\xef\xbb\xbf"):
        yield "a byte order mark"
    if not content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r"):
        yield "a line ends otherwise than with CRLF"
    if not content.endswith(b"\r\n") or b"\r\n\r\n" in content:
        yield "not exactly one line break at the end"
    for octets in content.split(b"\r\n"):
        if len(octets) > LINE_LIMIT:
            yield f"{len(octets)} octets in a line: {octets[:40]!r}"
        try:
            if _CONTROLS.search(octets.decode("utf-8")):
                yield f"a control character: {octets!r}"
        except UnicodeDecodeError:
            yield f"a letter is cut in two: {octets!r}"


def _frame(lines: list[str]) -> Iterator[str]:
    """Check that components are inside each other as they may be, zones first."""
    opened: list[str] = []
    begun: list[str] = []
    for number, line in enumerate(lines):
        kind, _, name = line.partition(":")
        if kind == "BEGIN":
            if INSIDE.get(name) != tuple(opened):
                yield f"{name} inside {opened}"
            opened.append(name)
            begun.append(name)
        elif kind == "END" and (not opened or opened.pop() != name):
            yield f"unbalanced {line}"
        elif not opened and number < len(lines) - 1:
            yield f"outside of the calendar: {line[:40]}"
    if opened or begun.count("VCALENDAR") != 1 or lines[:1] != ["BEGIN:VCALENDAR"] or lines[-1:] != ["END:VCALENDAR"]:
        yield "not one whole calendar"
    if "VEVENT" in begun and "VTIMEZONE" in begun[begun.index("VEVENT") :]:
        yield "a zone is defined after events"
    if not {"VTIMEZONE", "VEVENT"} & set(begun):
        yield "no component at all"


def _calendar(parsed: list[_Property], has_address: bool) -> Iterator[str]:
    end = next((i for i, line in enumerate(parsed) if line.name == "BEGIN" and line.value != "VCALENDAR"), len(parsed))
    own = {line.name: line for line in parsed[:end]}
    counts = Counter(line.name for line in parsed[:end])
    wanted = (*OF_CALENDAR, "SOURCE", "URL") if has_address else OF_CALENDAR
    yield from (f"calendar: {counts[name]} × {name}" for name in wanted if counts[name] != 1)
    yield from (f"calendar: {count} × {name}" for name, count in counts.items() if name not in wanted and count > 1)
    yield from (f"{name} in a published calendar" for name in FORBIDDEN if name in own)
    for name, text in (
        ("VERSION", "VERSION:2.0"),
        ("CALSCALE", "CALSCALE:GREGORIAN"),
        ("REFRESH-INTERVAL", "REFRESH-INTERVAL;VALUE=DURATION:PT12H"),
        ("X-PUBLISHED-TTL", "X-PUBLISHED-TTL:PT12H"),
    ):
        if name in own and own[name].text != text:
            yield f"{own[name].text} in place of {text}"
    if "PRODID" in own and not re.fullmatch(r"-//[^/]+//.+//[A-Z]{2}", own["PRODID"].value):
        yield own["PRODID"].text
    if "SOURCE" in own and not re.fullmatch(r"SOURCE;VALUE=URI:https?://\S+\.ics", own["SOURCE"].text):
        yield own["SOURCE"].text
    for standard, extension in (("NAME", "X-WR-CALNAME"), ("DESCRIPTION", "X-WR-CALDESC")):
        if standard in own and extension in own and own[standard].value != own[extension].value:
            yield f"{standard} and {extension} differ"


def _texts(parsed: list[_Property]) -> Iterator[str]:
    for line in parsed:
        if (line.name in TEXTS and _BARE.search(line.value)) or (
            line.name == "CATEGORIES" and _BARE_IN_LIST.search(line.value)
        ):
            yield f"not escaped: {line.text[:60]}"
        if line.name in TEXTS and not line.value.strip():
            yield f"empty: {line.text}"
        if line.name in TEXTS and _TAG.search(line.value):
            yield f"HTML: {line.text[:60]}"


def _events(lines: list[str]) -> Iterator[str]:
    uids = []
    for event in components(lines, "VEVENT"):
        properties = [_Property(line) for line in event]
        values = {line.name: line for line in properties}
        uid = values["UID"].value if "UID" in values else "?"
        uids.append(uid)
        counts = Counter(line.name for line in properties if line.name != "CONFERENCE")
        counts.update({name: 0 for name in OF_EVENT})
        for name, count in counts.items():
            if count > 1 or (count == 0 and name in OF_EVENT):
                yield f"{uid}: {count} × {name}"
        yield from (f"{uid}: {found}" for found in (*_event(values), *_times(values), *_revision(values)))
    yield from (f"UID {uid} is no identity" for uid in uids if not _UID.fullmatch(uid))
    yield from (f"{count} × UID {uid}" for uid, count in Counter(uids).items() if count > 1)
    if uids != sorted(uids):
        yield "events are not in the order of their UIDs"


def _event(values: Mapping[str, _Property]) -> Iterator[str]:
    yield from (f"{name} in an event" for name in FORBIDDEN if name in values)
    status, transparency = (values[name].value if name in values else "" for name in ("STATUS", "TRANSP"))
    is_whole_day = "DTSTART" in values and "T" not in values["DTSTART"].value
    if status not in ("CONFIRMED", "TENTATIVE", "CANCELLED"):
        yield f"STATUS {status}"
    if transparency != ("OPAQUE" if status == "CONFIRMED" and not is_whole_day else "TRANSPARENT"):
        # Days on which registration closes have a time too, and keep nobody busy.
        is_deadline = ".closes@" in values["UID"].value or ".opens@" in values["UID"].value
        if not (is_deadline and transparency == "TRANSPARENT"):
            yield f"{status} and {transparency}"
    if status == "TENTATIVE" and not is_whole_day:
        yield "tentative at a time of day"
    if "SUMMARY" in values and not re.fullmatch(";LANGUAGE=[a-z]{2}", values["SUMMARY"].parameters):
        yield "a title in no language"
    for name in ("URL", "CONFERENCE"):
        if name in values and not re.fullmatch(r"https?://\S+", values[name].value):
            yield values[name].text
    if "CONFERENCE" in values and "VALUE=URI" not in values["CONFERENCE"].parameters.split(";"):
        yield "CONFERENCE without VALUE=URI"
    if "ORGANIZER" in values and not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+", values["ORGANIZER"].value):
        yield values["ORGANIZER"].text


def _times(values: Mapping[str, _Property]) -> Iterator[str]:
    """Check start and end: days, local times of a zone or instants, both in the same way."""
    found = []
    for name in ("DTSTART", "DTEND"):
        line = values.get(name)
        if line is None:
            continue
        try:
            found.append((line.parameters, datetime.strptime(line.value, _format(line.parameters))))
        except ValueError:
            yield f"no such time: {line.text}"
    if len(found) == 2:
        (start_in, start), (end_in, end) = found
        if start_in != end_in:
            yield "begins and ends in different ways"
        elif end <= start:
            yield "ends before it begins"
    elif found and found[0][0] == ";VALUE=DATE" and "DTEND" not in values:
        yield "a whole day without an end"


def _format(parameters: str) -> str:
    """Return how a time with these parameters is written; a floating one, without zone and ``Z``, is none."""
    if parameters == ";VALUE=DATE":
        return "%Y%m%d"
    return "%Y%m%dT%H%M%S" if re.fullmatch(r";TZID=[A-Za-z_]+(?:/[A-Za-z_-]+)*", parameters) else "%Y%m%dT%H%M%SZ"


def _revision(values: Mapping[str, _Property]) -> Iterator[str]:
    """Check what tells a program whether its copy is the newest."""
    given = [name for name in REVISION if name in values]
    # Of what is here no more, it is not told when it was announced.
    is_gone = given == ["LAST-MODIFIED", "SEQUENCE"] and "URL" not in values and values["STATUS"].value == "CANCELLED"
    if given and given != list(REVISION) and not is_gone:
        yield f"of its revision only {given}"
    for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED"):
        if name in values and (values[name].parameters or not _INSTANT.fullmatch(values[name].value)):
            yield f"no instant: {values[name].text}"
    if "SEQUENCE" in values and not re.fullmatch(r"0|[1-9]\d{0,9}", values["SEQUENCE"].value):
        yield values["SEQUENCE"].text
    if "LAST-MODIFIED" in values:
        modified = values["LAST-MODIFIED"].value
        if "DTSTAMP" in values and values["DTSTAMP"].value != modified:
            yield "stamped at another time than it was last modified"
        if "CREATED" in values and values["CREATED"].value > modified:
            yield "modified before it was created"


def _zones(lines: list[str]) -> Iterator[str]:
    defined = []
    for zone in components(lines, "VTIMEZONE"):
        names = [line[5:] for line in zone if line.startswith("TZID:")]
        defined += names
        expected = zone_lines(names[0]) if len(names) == 1 else None
        if expected is None or [_sorted_rule(line) for line in zone] != [_sorted_rule(line) for line in expected]:
            yield f"another rule than the European Union's: {names}"
    used = set(re.findall(r"^DT(?:START|END);TZID=([^:;]+):", "\n".join(lines), re.MULTILINE))
    yield from (f"zone {name} is not defined" for name in sorted(used - set(defined)))
    yield from (f"{count} × zone {name}" for name, count in Counter(defined).items() if count > 1)
    if "BEGIN:VEVENT" in lines:
        yield from (f"zone {name} is not used" for name in sorted(set(defined) - used))
    elif len(defined) > 1:
        yield "an empty calendar with more than one zone"


def zone_lines(zone: str) -> list[str] | None:
    """Return the one definition of a zone with the European Union's rule of 2003; None of a name that is no zone."""
    try:
        offset = datetime(2026, 1, 15, tzinfo=ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return None
    hours = int(offset.total_seconds()) // 3600 if offset else 0
    winter, summer = f"+{hours:02d}00", f"+{hours + 1:02d}00"
    return [
        f"TZID:{zone}",
        "BEGIN:DAYLIGHT",
        f"DTSTART:20030330T{1 + hours:02d}0000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        f"TZOFFSETFROM:{winter}",
        f"TZOFFSETTO:{summer}",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        f"DTSTART:20031026T{2 + hours:02d}0000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        f"TZOFFSETFROM:{summer}",
        f"TZOFFSETTO:{winter}",
        "END:STANDARD",
    ]


def _sorted_rule(line: str) -> str:
    """Return a line with the parts of a rule, whose order means nothing, in order."""
    return "RRULE:" + ";".join(sorted(line[6:].split(";"))) if line.startswith("RRULE:") else line
