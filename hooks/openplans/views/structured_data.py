"""What pages say to machines in the words of schema.org; only what is exact, and nothing that nobody stated.

Dates of whole days are written without a time and with an inclusive end, as search engines read them; times carry the
offset of their own day. (schema.org: Event, EducationEvent, EventSeries.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..calendars import Meeting
from ..markdown_field import plain_text
from ..meeting_words import meeting_title
from ..model import Event, Exact, Moment, Organization, Registration
from ..routes import PageKind, Route, absolute, meeting_route
from ..zones import at_zone
from .scope import Scope

_STATUS = {
    "scheduled": "EventScheduled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "cancelled": "EventCancelled",
    "moved_online": "EventMovedOnline",
}
_MODE = {
    "in_person": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
_ORGANIZATIONS = {
    "students_union": "NGO",
    "youth_organization": "NGO",
    "municipality": "GovernmentOrganization",
    "education_centre": "EducationalOrganization",
    "school": "School",
    "company": "Corporation",
}
_VOCABULARY = "https://schema.org"


def event_data(meeting: Meeting, scope: Scope) -> Mapping[str, Any] | None:
    """Return a meeting as an Event; None unless both its date and where it happens are stated."""
    exact = meeting.exact or (meeting.previous[-1] if meeting.status == "postponed" and meeting.previous else None)
    location = _location(meeting, scope)
    if exact is None or not location:
        return None
    event = meeting.event
    data: dict[str, Any] = {
        "@context": _VOCABULARY,
        "@type": "EducationEvent" if event.kind in ("training", "seminar") else "Event",
        "name": meeting_title(meeting, scope.t),
        "startDate": _time(exact.first, meeting, scope),
        "endDate": _time(exact.last, meeting, scope) if exact.last != exact.first or not exact.is_timed else None,
        "previousStartDate": [_time(e.first, meeting, scope) for e in meeting.previous]
        if meeting.status == "rescheduled"
        else None,
        "eventStatus": f"{_VOCABULARY}/{_STATUS[meeting.status]}",
        "eventAttendanceMode": f"{_VOCABULARY}/{_MODE[meeting.mode]}" if meeting.mode else None,
        "location": location,
        "description": plain_text(scope.show(event.summary).text) if event.summary else None,
        "organizer": _organizer(event, scope),
        "inLanguage": list(event.languages) or None,
        "isAccessibleForFree": event.is_free,
        "audience": {"@type": "Audience", "audienceType": scope.show(event.audience).text} if event.audience else None,
        "typicalAgeRange": event.age,
        "offers": _offer(event, meeting.registration, meeting, scope),
        "superEvent": {"@type": "EventSeries", "name": scope.show(event.title).text} if meeting.occurrence else None,
        "recordedIn": meeting.result.recording if meeting.result else None,
        "workFeatured": list(meeting.result.materials) or None if meeting.result else None,
        "url": absolute(scope.publication, meeting_route(meeting, scope.language).path),
    }
    return {key: value for key, value in data.items() if value is not None}


def series_data(event: Event, own: Sequence[Meeting], scope: Scope) -> Mapping[str, Any] | None:
    """Return a series with links to its dated occurrences; None while the site does not know its own address."""
    dated = [m for m in own if m.exact is not None]
    address = absolute(scope.publication, Route(PageKind.EVENT, scope.language, event.organization, item=event.id).path)
    if not dated or address is None:
        return None
    first, last = dated[0].exact, dated[-1].exact
    assert first is not None and last is not None
    return {
        "@context": _VOCABULARY,
        "@type": "EventSeries",
        "name": scope.show(event.title).text,
        "url": address,
        "startDate": first.first.day.isoformat(),
        "endDate": last.last.day.isoformat(),
        "organizer": _organizer(event, scope),
        "subEvent": [
            {"@type": "Event", "@id": absolute(scope.publication, meeting_route(m, scope.language).path)} for m in dated
        ],
    }


def _time(moment: Moment, meeting: Meeting, scope: Scope) -> str:
    if not moment.is_timed:
        return moment.day.isoformat()
    return at_zone(moment, scope.publication.zone_of(meeting.organization)).isoformat(timespec="minutes")


def _location(meeting: Meeting, scope: Scope) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    place = meeting.place
    if place is not None and meeting.mode != "online" and (place.name or place.address):
        name = place.name or place.address
        assert name is not None
        where = {"@type": "Place", "name": scope.show(name).text}
        found.append({**where, "address": scope.show(place.address).text} if place.address else where)
    registration = meeting.registration
    address = meeting.event.broadcast or (registration.url if registration else None)
    if meeting.mode in ("online", "hybrid") and address:
        found.append({"@type": "VirtualLocation", "url": address})
    return found


def _organizer(event: Event, scope: Scope) -> dict[str, Any]:
    organization = scope.organization
    address = absolute(scope.publication, Route(PageKind.ORGANIZATION, scope.language, organization.id).path)
    url = organization.website or address
    named = {"@type": "Organization", "name": scope.show(organization.name).text}
    return {**named, "url": url} if url else named


def _offer(event: Event, registration: Registration | None, meeting: Meeting, scope: Scope) -> dict[str, Any] | None:
    if registration is None or registration.url is None:
        return None

    def edge(exact: Exact | None, is_end: bool) -> str | None:
        return _time(exact.last if is_end else exact.first, meeting, scope) if exact else None

    offer = {
        "@type": "Offer",
        "url": registration.url,
        "price": "0" if event.is_free else None,
        "priceCurrency": "EUR" if event.is_free else None,
        "availability": f"{_VOCABULARY}/SoldOut" if registration.is_full else None,
        "validFrom": edge(registration.opens, False),
        "validThrough": edge(registration.closes, True),
    }
    return {key: value for key, value in offer.items() if value is not None}


def organization_data(organization: Organization, scope: Scope) -> Mapping[str, Any] | None:
    """Return an organization with the addresses that are stated; None while the site does not know its own address."""
    address = absolute(scope.publication, Route(PageKind.ORGANIZATION, scope.language, organization.id).path)
    if address is None:
        return None
    data = {
        "@context": _VOCABULARY,
        "@type": _ORGANIZATIONS.get(organization.kind, "Organization"),
        "@id": address,
        "name": scope.show(organization.name).text,
        "alternateName": scope.show(organization.acronym).text if organization.acronym else None,
        "description": plain_text(scope.show(organization.description).text) if organization.description else None,
        "url": organization.website or address,
        "email": organization.email,
    }
    return {key: value for key, value in data.items() if value is not None}
