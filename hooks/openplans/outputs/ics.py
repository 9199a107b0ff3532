"""``calendars/<language>/<name>.ics``: calendar feeds by RFC 5545 and RFC 7986.

Only exact dates are in the feeds of organizations; narrow windows are in ``planned`` as tentative days that block
nobody's time. A UID depends on the event's id and the site's ``uid_domain`` alone, never on title, date or address.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDate,
    vDatetime,
    vDuration,
    vText,
    vUri,
)

from ..calendars import Meeting
from ..feeds import Feed, feeds_of
from ..messages import Messages
from ..model import Span
from ..publication import Publication
from ..routes import PageKind, Route, absolute, calendar_path, meeting_anchor
from .base import OutputFile

_REFRESH = timedelta(hours=12)
#: Cancelled and postponed meetings stay this long after their date, so that subscribers see it, then leave.
_CANCELLED_FOR = timedelta(days=7)
#: What a feed looks back on; older meetings stay on their pages.
_LOOK_BACK = timedelta(days=90)
#: Zones with the European Union's rule since 2003, for which one fixed definition is right.
_EU_ZONES = {
    "Europe/Vilnius": 2,
    "Europe/Riga": 2,
    "Europe/Tallinn": 2,
    "Europe/Helsinki": 2,
    "Europe/Warsaw": 1,
    "Europe/Berlin": 1,
}


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield each feed in each language."""
    for feed in feeds_of(publication):
        for language in publication.languages:
            calendar = _calendar(feed, publication, language)
            yield OutputFile(calendar_path(language, feed.name), calendar.to_ical(sorted=False))


def _calendar(feed: Feed, publication: Publication, language: str) -> Calendar:
    t = publication.messages(language)
    # Calendar properties are not known to hold text, so only a vText gets its commas and line breaks escaped.
    title, description = vText(feed.title(language, t)), vText(feed.description(language, t))
    calendar = Calendar()
    calendar.add("prodid", f"-//Open Plans//{feed.name}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("description", description)
    calendar.add("x-wr-caldesc", description)
    calendar.add("x-wr-timezone", publication.dataset.site.time_zone)
    refresh = vDuration(_REFRESH)
    refresh.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", refresh)
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    source = absolute(publication, calendar_path(language, feed.name))
    if source is not None:
        uri = vUri(source)
        uri.params["VALUE"] = "URI"
        calendar.add("source", uri)
        calendar.add("url", vUri(absolute(publication, Route(PageKind.AGENDA, language).path) or ""))
    meetings = [meeting for meeting in feed.meetings if _is_in_time(meeting, publication.today)]
    events = [event for meeting in meetings for event in _events(meeting, feed, publication, language, t)]
    zones = {_zone(meeting, publication) for meeting in meetings if meeting.exact and meeting.exact.is_timed}
    # RFC 5545 asks for at least one component: an empty feed holds the site's zone and no made-up event.
    for zone in sorted(zones) or ([] if events else [publication.dataset.site.time_zone]):
        calendar.add_component(_time_zone(zone))
    for event in sorted(events, key=lambda item: str(item["UID"])):
        calendar.add_component(event)
    return calendar


def _is_in_time(meeting: Meeting, today: date) -> bool:
    latest = meeting.timing.latest
    if latest is None:
        return False
    kept = _CANCELLED_FOR if meeting.status in ("cancelled", "postponed") else _LOOK_BACK
    return latest + kept >= today


def _zone(meeting: Meeting, publication: Publication) -> str:
    return meeting.organization.time_zone or publication.dataset.site.time_zone


def _events(meeting: Meeting, feed: Feed, publication: Publication, language: str, t: Messages) -> Iterator[Event]:
    if feed.is_planned:
        for number, span in enumerate(meeting.short_windows, start=1):
            suffix = f".w{number}" if len(meeting.short_windows) > 1 else ""
            yield _event(meeting, publication, language, t, span, suffix)
    else:
        yield _event(meeting, publication, language, t, None, "")


def _event(
    meeting: Meeting, publication: Publication, language: str, t: Messages, window: Span | None, suffix: str
) -> Event:
    event = Event()
    organization = meeting.organization
    event.add("uid", f"{organization.id}.{meeting.key}{suffix}@{publication.dataset.site.uid_domain}")
    event.add("dtstamp", datetime(publication.today.year, publication.today.month, publication.today.day, tzinfo=UTC))
    if window is not None:
        assert window.earliest and window.latest
        _add_days(event, window.earliest, window.latest)
    else:
        _add_exact(event, meeting, _zone(meeting, publication))
    event.add("summary", vText(_summary(meeting, language, t, window is not None)), parameters={"LANGUAGE": language})
    path = Route(PageKind.EVENT, language, organization.id, item=meeting.event.id).path + meeting_anchor(meeting)
    page = absolute(publication, path)
    event.add("description", _description(meeting, language, t, page))
    place = meeting.event.place
    if place is not None:
        words = [text.shown(language).text for text in (place.name, place.address, place.region) if text]
        if words:
            event.add("location", ", ".join(words))
    if page is not None:
        event.add("url", vUri(page))
    event.add("categories", [t(f"event.kind.{meeting.event.kind}"), organization.name.shown(language).text])
    cancelled = meeting.status in ("cancelled", "postponed")
    event.add("status", "CANCELLED" if cancelled else "TENTATIVE" if window is not None else "CONFIRMED")
    timed = meeting.exact is not None and meeting.exact.is_timed
    event.add("transp", "OPAQUE" if timed and not cancelled else "TRANSPARENT")
    event.add("class", "PUBLIC")
    if organization.email:
        event.add("organizer", vCalAddress(f"mailto:{organization.email}"))
    return event


def _add_days(event: Event, first: date, last: date) -> None:
    """Add whole days; the end of an all-day event is the day after its last."""
    event.add("dtstart", vDate(first), parameters={"VALUE": "DATE"})
    event.add("dtend", vDate(last + timedelta(days=1)), parameters={"VALUE": "DATE"})


def _add_exact(event: Event, meeting: Meeting, zone: str) -> None:
    exact = meeting.exact
    assert exact is not None
    if not exact.is_timed:
        _add_days(event, exact.first.day, exact.last.day)
        return
    parameters = {"TZID": zone}
    event.add("dtstart", vDatetime(exact.first.local()), parameters=parameters)
    if exact.last != exact.first:
        event.add("dtend", vDatetime(exact.last.local()), parameters=parameters)


def _summary(meeting: Meeting, language: str, t: Messages, is_window: bool) -> str:
    title = _clean(meeting.title.shown(language).text)
    if meeting.status in ("cancelled", "postponed", "rescheduled", "moved_online"):
        return t("ics.prefix", status=t(f"ics.status.{meeting.status}"), title=title)
    return t("ics.window", title=title) if is_window else title


def _description(meeting: Meeting, language: str, t: Messages, page: str | None) -> str:
    lines: list[str] = []
    if meeting.reason is not None:
        lines.append(t("ics.reason", reason=meeting.reason.shown(language).text))
    registration = meeting.event.registration
    if registration is not None and registration.url:
        lines.append(t("ics.registration", url=registration.url))
    if meeting.event.summary is not None:
        lines.append(meeting.event.summary.shown(language).text)
    when = meeting.when
    if when is not None and when.as_written:
        lines.append(t("ics.as_written", words=when.as_written))
    lines.append(t("ics.may_be_old", url=page) if page else t("ics.may_be_old_no_address"))
    return "\n".join(_clean(line) for line in lines)


def _clean(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c == "\n")


def _time_zone(zone: str) -> Timezone:
    """Return a fixed definition by the European Union's rule in force since 2003; a test holds it against tzdata."""
    hours = _EU_ZONES.get(zone)
    if hours is None:
        return Timezone.from_tzid(zone)
    definition = Timezone()
    definition.add("tzid", zone)
    for part, month, hour, before, after in (
        (TimezoneDaylight(), 3, 1 + hours, hours, hours + 1),
        (TimezoneStandard(), 10, 2 + hours, hours + 1, hours),
    ):
        part.add("dtstart", _last_sunday(2003, month, hour))
        part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        definition.add_component(part)
    return definition


def _last_sunday(year: int, month: int, hour: int) -> datetime:
    day = date(year, month, 31)
    return datetime.combine(day - timedelta(days=(day.weekday() + 1) % 7), datetime.min.time()).replace(hour=hour)
