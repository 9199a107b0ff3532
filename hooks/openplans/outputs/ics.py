"""``calendars/<language>/<name>.ics``: calendar feeds by RFC 5545 and RFC 7986.

What a program that was here before needs to keep its copy right: a UID that depends on the event's id and the site's
``uid_domain`` alone, never on title, date, address or language; LAST-MODIFIED and DTSTAMP by the last commit that
changed what is shown; SEQUENCE by the last one that changed time, place or status, in minutes since 2020, so that it
never goes back when history is squashed or moved. What is not committed has neither, and says so by their absence.

There is no METHOD: with one, DTSTAMP would be the time of sending and an ORGANIZER would be required (RFC 5546).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from icalendar import (
    Calendar,
    Event,
    vCalAddress,
    vDate,
    vDatetime,
    vDuration,
    vText,
    vUri,
)

from ..date_words import exact_in_words
from ..feed_words import feed_description, feed_page, feed_title
from ..feeds import CalendarEntry, Feed, feeds_of, gone_exact
from ..file_addresses import calendar_path
from ..language import LocalizedText
from ..ledger import GoneMeeting
from ..markdown_field import plain_text
from ..meeting_words import meeting_title
from ..messages import Messages
from ..model import Exact
from ..publication import Publication
from ..revisions import content_of, terms_of
from ..routes import absolute, meeting_route
from ..zone_definitions import has_fixed_rule, time_zone
from ..zones import at_zone
from .base import OutputFile

_REFRESH = timedelta(hours=12)


_END = b"END:VCALENDAR\r\n"


def files(publication: Publication, part: str | None = None) -> Iterator[OutputFile]:
    """Yield each feed in each language, of the whole site or of one part of it."""
    feeds = feeds_of(publication, part)
    zone = cache(_zone)
    for language in publication.languages:
        made: dict[tuple[str, str], _Written] = {}
        for feed in feeds:
            yield OutputFile(calendar_path(language, feed.name), _calendar(feed, publication, language, made, zone))


class _Written(NamedTuple):
    """An entry as it stands in a file."""

    uid: str
    content: bytes

    @classmethod
    def of(cls, event: Event) -> _Written:
        return cls(str(event["UID"]), event.to_ical(sorted=False))


def _calendar(
    feed: Feed,
    publication: Publication,
    language: str,
    made: dict[tuple[str, str], _Written],
    zone: Callable[[str], bytes],
) -> bytes:
    """Return one feed; ``made`` keeps the entries in this language, most of which are in several feeds."""
    t = publication.messages(language)
    # Calendar properties are not known to hold text, so only a vText gets its commas and line breaks escaped.
    title = vText(_clean(feed_title(feed, publication, language)))
    description = vText(_clean(feed_description(feed, publication, language)))
    calendar = Calendar()
    calendar.add("prodid", f"-//Open Plans//{feed.name}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("description", description)
    calendar.add("x-wr-caldesc", description)
    calendar.add("color", "teal")
    calendar.add("x-wr-timezone", _zone_of_feed(feed, publication))
    refresh = vDuration(_REFRESH)
    refresh.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", refresh)
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    source = absolute(publication, calendar_path(language, feed.name))
    if source is not None:
        uri = vUri(source)
        uri.params["VALUE"] = "URI"
        calendar.add("source", uri)
        calendar.add("url", vUri(absolute(publication, feed_page(feed, publication, language).path) or ""))
    events = []
    for entry in feed.entries:
        # A window and the date that it becomes share their UID.
        key = (entry.uid_key, entry.role)
        if key not in made:
            made[key] = _Written.of(_event(entry, publication, language, t))
        events.append(made[key])
    events += [_Written.of(_gone(item, publication, language, t)) for item in feed.gone]
    dates = [(entry.exact, publication.zone_of(entry.meeting.organization)) for entry in feed.entries]
    dates += [(gone_exact(item), _zone_of_gone(item, publication)) for item in feed.gone]
    zones = {name for exact, name in dates if exact.is_timed and has_fixed_rule(exact, name)}
    # RFC 5545 asks for at least one component: an empty feed holds a zone and no made-up event.
    used = sorted(zones) or ([] if events else ["Europe/Vilnius"])
    # What stands in many feeds is written once: zones and entries go where the calendar ends.
    whole: bytes = calendar.to_ical(sorted=False)
    head = whole.removesuffix(_END)
    assert head != whole, "a calendar ends with its own line"
    entries = (event.content for event in sorted(events, key=lambda item: item.uid))
    return b"".join((head, *map(zone, used), *entries, _END))


def _zone(zone: str) -> bytes:
    """Return the definition of a zone as it stands in a file."""
    content: bytes = time_zone(zone).to_ical(sorted=False)
    return content


def _zone_of_feed(feed: Feed, publication: Publication) -> str:
    organization = feed.organization or (feed.meeting.organization if feed.meeting else None)
    return publication.zone_of(organization) if organization else publication.dataset.site.time_zone


def _zone_of_gone(item: GoneMeeting, publication: Publication) -> str:
    found = (o for o in publication.dataset.organizations if o.id == item.organization)
    return next((publication.zone_of(o) for o in found), publication.dataset.site.time_zone)


def _event(entry: CalendarEntry, publication: Publication, language: str, t: Messages) -> Event:
    event = Event()
    meeting, organization = entry.meeting, entry.meeting.organization
    event.add("uid", f"{entry.uid_key}@{publication.dataset.site.uid_domain}")
    _add_revision(event, entry, publication, language)
    _add_exact(event, entry.exact, publication.zone_of(organization))
    event.add("summary", vText(_summary(entry, t)), parameters={"LANGUAGE": language})
    page = absolute(publication, meeting_route(meeting, language).path)
    event.add("description", _description(entry, language, t, page))
    place = meeting.place
    words = [text.shown(language).text for text in (place.name, place.address) if text] if place else []
    if meeting.mode == "online":
        # Whatever place was stated before, nobody should go there.
        event.add("location", t("event.mode.online"))
    elif words:
        event.add("location", _clean(", ".join(words)))
    if page is not None:
        event.add("url", vUri(page))
    if meeting.event.broadcast is not None and entry.role == "meeting":
        stream = vUri(meeting.event.broadcast)
        stream.params["VALUE"] = "URI"
        stream.params["FEATURE"] = "VIDEO"
        stream.params["LABEL"] = t("event.broadcast")
        event.add("conference", stream)
    event.add("categories", [t(f"event.kind.{meeting.event.kind}"), organization.name.shown(language).text])
    event.add("status", "CANCELLED" if entry.is_off else "TENTATIVE" if entry.role == "window" else "CONFIRMED")
    is_busy = entry.role == "meeting" and entry.exact.is_timed and not entry.is_off
    event.add("transp", "OPAQUE" if is_busy else "TRANSPARENT")
    event.add("class", "PUBLIC")
    if organization.email:
        event.add("organizer", vCalAddress(f"mailto:{organization.email}"))
    return event


def _add_revision(event: Event, entry: CalendarEntry, publication: Publication, language: str) -> None:
    """Add when the entry was announced and last changed; what no commit holds yet is stamped with the build's day."""
    revision = publication.revision_of(entry.meeting)
    zone = publication.zone_of(entry.meeting.organization)
    content, terms = content_of(entry.meeting, language, zone), terms_of(entry.meeting, zone)
    if revision is None or revision.content.get(language) != content or revision.terms != terms:
        today = publication.today
        event.add("dtstamp", datetime(today.year, today.month, today.day, tzinfo=UTC))
        return
    modified = revision.modified[language]
    event.add("dtstamp", modified)
    event.add("last-modified", modified)
    event.add("created", revision.created)
    event.add("sequence", revision.sequence[entry.role])


def _gone(item: GoneMeeting, publication: Publication, language: str, t: Messages) -> Event:
    """Return the entry of a meeting that is here no more: cancelled, for programs that keep what feeds leave out."""
    event = Event()
    event.add("uid", f"{item.key}@{publication.dataset.site.uid_domain}")
    event.add("dtstamp", item.moment)
    event.add("last-modified", item.moment)
    event.add("sequence", item.sequence)
    _add_exact(event, gone_exact(item), _zone_of_gone(item, publication))
    title = LocalizedText(item.title, item.language).shown(language).text
    summary = t("ics.prefix", status=t("ics.status.cancelled"), title=title)
    event.add("summary", vText(_clean(summary)), parameters={"LANGUAGE": language})
    event.add("description", t("ics.gone"))
    event.add("categories", [t(f"event.kind.{item.kind}")])
    event.add("status", "CANCELLED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    return event


def _add_exact(event: Event, exact: Exact, zone: str) -> None:
    """Add start and end; the end of an all-day event is the day after its last."""
    if not exact.is_timed:
        event.add("dtstart", vDate(exact.first.day), parameters={"VALUE": "DATE"})
        event.add("dtend", vDate(exact.last.day + timedelta(days=1)), parameters={"VALUE": "DATE"})
        return
    moments = [("dtstart", exact.first)] + ([("dtend", exact.last)] if exact.last != exact.first else [])
    for name, moment in moments:
        if has_fixed_rule(exact, zone):
            event.add(name, vDatetime(moment.local()), parameters={"TZID": zone})
        else:
            event.add(name, vDatetime(at_zone(moment, zone).astimezone(UTC)))


def _summary(entry: CalendarEntry, t: Messages) -> str:
    meeting = entry.meeting
    title = meeting_title(meeting, t)
    if entry.role in ("opens", "closes"):
        return _clean(t(f"ics.{entry.role}", title=title))
    if entry.role == "window" and meeting.status in ("scheduled", "postponed"):
        return _clean(t("ics.window", title=title))
    if meeting.status != "scheduled":
        return _clean(t("ics.prefix", status=t(f"ics.status.{meeting.status}"), title=title))
    return _clean(title)


def _description(entry: CalendarEntry, language: str, t: Messages, page: str | None) -> str:
    """Return what matters first: what is off, how to sign up and until when, where, the price; then all else."""
    meeting, event = entry.meeting, entry.meeting.event
    lines: list[str] = []
    if meeting.status != "scheduled":
        lines.append(t(f"event.status.{meeting.status}"))
    if meeting.reason is not None:
        lines.append(t("ics.reason", reason=meeting.reason.shown(language).text))
    if entry.role in ("opens", "closes") and meeting.exact is not None:
        lines.append(t("ics.takes_place", day=exact_in_words(meeting.exact, t)))
    lines += _registration(entry, language, t)
    if meeting.mode is not None:
        lines.append(t(f"event.mode.{meeting.mode}"))
    if event.is_free:
        lines.append(t("event.free"))
    for label, text in (
        ("event.cost", event.cost),
        ("event.travel", event.travel),
        ("action.audience", event.audience),
        ("event.capacity", event.capacity),
        ("event.accessibility", event.accessibility),
    ):
        if text is not None:
            lines.append(t("ics.fact", label=t(label), text=text.shown(language).text))
    if event.age:
        lines.append(t("ics.fact", label=t("event.age"), text=event.age))
    if event.summary is not None:
        lines.append(plain_text(event.summary.shown(language).text))
    when = meeting.when
    if when is not None and when.as_written:
        lines.append(t("ics.as_written", words=when.as_written))
    lines.append(t("ics.may_be_old", url=page) if page else t("ics.may_be_old_no_address"))
    return "\n".join(_clean(line) for line in lines)


def _registration(entry: CalendarEntry, language: str, t: Messages) -> Iterator[str]:
    registration = entry.meeting.registration
    if registration is None or entry.is_off:
        return
    if registration.is_full:
        yield t("event.full")
    if registration.closes is not None:
        closes = t("event.closes", day=exact_in_words(registration.closes, t))
        yield t("ics.fact", label=t("event.registration"), text=closes)
    if registration.url is not None:
        yield t("ics.registration", url=registration.url)
    if registration.note is not None:
        yield registration.note.shown(language).text


def _clean(text: str) -> str:
    """Return text without control characters; every kind of space becomes the common one."""
    if text.isprintable():
        return text
    return "".join(" " if c.isspace() and c != "\n" else c for c in text if c.isprintable() or c.isspace())
