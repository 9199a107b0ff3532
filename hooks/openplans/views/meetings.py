"""Meetings as entries of a list, in groups by month; a window is said as a window, never as its first day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..calendars import Meeting
from ..date_words import exact_in_words
from ..facets import FACETS, facets_of
from ..language import Shown
from ..meeting_words import shown_title
from ..routes import PageKind, meeting_route, month_key
from ..zones import at_zone
from .pieces import Link
from .scope import Scope


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as one entry of a list."""

    link: Link
    when: str
    #: Said where the time is not in the site's own zone.
    zone: str
    as_written: Shown | None
    datetime: str
    is_exact: bool
    kind: str
    status_key: str
    status: str
    organization: Link
    place: Shown | None
    mode: str
    registration: str
    #: Facts for the page's script, as (name, value) of data attributes.
    data: tuple[tuple[str, str], ...]
    #: Which day of several, or which part of a window, the list it stands in is about.
    part: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Meetings under one heading."""

    anchor: str
    title: str
    href: str
    meetings: tuple[MeetingRow, ...]


def meeting_rows(meetings: Iterable[Meeting], scope: Scope) -> tuple[MeetingRow, ...]:
    """Return meetings as entries of a list, in the order given."""
    return tuple(meeting_row(meeting, scope) for meeting in meetings)


def meeting_row(meeting: Meeting, scope: Scope, part: str = "") -> MeetingRow:
    """Return a meeting as an entry of a list."""
    # The same on all pages but for where the links start from.
    path = meeting_route(meeting, scope.language).path
    row = scope.publication.once(("meeting", path), lambda: _row(meeting, scope), meeting.organization.id)
    return replace(
        row,
        link=replace(row.link, href=scope.href(path)),
        organization=scope.organization_link(meeting.organization),
        part=part,
    )


def _row(meeting: Meeting, scope: Scope) -> MeetingRow:
    t, organization, event = scope.t, meeting.organization, meeting.event
    when = meeting.when
    return MeetingRow(
        Link(shown_title(meeting, t), ""),
        scope.when(when, organization) if when else t("date.not_stated"),
        zone_words(meeting, scope),
        scope.written(when.as_written, organization) if when else None,
        machine_time(meeting, scope),
        meeting.exact is not None,
        t(f"event.kind.{event.kind}"),
        meeting.status,
        "" if meeting.status == "scheduled" else t(f"event.status.{meeting.status}"),
        Link(scope.show(organization.name), ""),
        next(iter(place_words(meeting, scope)), None),
        t(f"event.mode.{meeting.mode}") if meeting.mode else "",
        _registration(meeting, scope),
        script_data(meeting, scope),
    )


def place_words(meeting: Meeting, scope: Scope) -> tuple[Shown, ...]:
    """Return where it happens; what is online, or was moved there, sends nobody anywhere."""
    if meeting.place is None or meeting.mode == "online":
        return ()
    return tuple(scope.show(text) for text in (meeting.place.name, meeting.place.address) if text)


def zone_words(meeting: Meeting, scope: Scope) -> str:
    """Return the name of the time zone where it is another than the site's and a time of day is stated."""
    zone = scope.publication.zone_of(meeting.organization)
    if meeting.exact is None or not meeting.exact.is_timed or zone == scope.site.time_zone:
        return ""
    return scope.t("event.zone", zone=zone.rpartition("/")[2].replace("_", " "))


def machine_time(meeting: Meeting, scope: Scope) -> str:
    """The machine's reading for ``<time datetime>``: a day, a minute with its offset, a month; never a made-up day."""
    if meeting.exact is not None:
        first = meeting.exact.first
        zone = scope.publication.zone_of(meeting.organization)
        return at_zone(first, zone).isoformat(timespec="minutes") if first.is_timed else str(first)
    when = meeting.when
    if when and when.window and len(when.window) == 1:
        point = when.window[0].start
        if point and point.year and point.month and not point.day and not when.window[0].is_stretch:
            return f"{point.year}-{point.month:02d}"
    return ""


def _registration(meeting: Meeting, scope: Scope) -> str:
    """Return until when one can sign up, while that is worth knowing."""
    registration = meeting.registration
    if registration is None or meeting.status in ("cancelled", "postponed") or meeting.is_over(scope.publication.today):
        return ""
    if registration.is_full:
        return scope.t("event.full")
    if registration.closes is None:
        return ""
    return scope.t("event.register_until", day=exact_in_words(registration.closes, scope.t))


def script_data(meeting: Meeting, scope: Scope) -> tuple[tuple[str, str], ...]:
    """Return what the script needs: facets, and local times with their zone. A window has an end only."""
    found = facets_of(meeting)
    data = [(name, " ".join(sorted(facet.value for facet in found if facet.name == name))) for name in FACETS]
    exact = meeting.exact
    if exact is not None:
        data += [("start", str(exact.first)), ("end", str(exact.last))]
    elif meeting.timing.latest is not None:
        data.append(("end", meeting.timing.latest.isoformat()))
    registration = meeting.registration
    if registration is not None and meeting.status not in ("cancelled", "postponed"):
        data += [("opens", str(registration.opens.first))] if registration.opens else []
        data += [("closes", str(registration.closes.last))] if registration.closes else []
    zone = scope.publication.zone_of(meeting.organization)
    data += [("zone", zone)] if zone != scope.site.time_zone else []
    data += [("off", "yes")] if meeting.status in ("cancelled", "postponed") else []
    return tuple((name, value) for name, value in data if value)


def groups_by_month(meetings: Sequence[Meeting], scope: Scope, prefix: str = "") -> tuple[Group, ...]:
    """Group by the month of the first possible day; then those without a date to plan with; undated ones last."""
    groups: dict[tuple[str, str, str], list[Meeting]] = {}
    for meeting in sorted(meetings, key=lambda m: (not m.is_dated, m.timing.earliest is None)):
        earliest = meeting.timing.earliest
        if not meeting.is_dated or earliest is None:
            name = "longer" if meeting.timing.earliest else "undated"
            key = (prefix + name, scope.t(f"agenda.{name}"), "")
        else:
            month = month_key(earliest.year, earliest.month)
            key = (
                f"{prefix}m{month}",
                scope.t.month(earliest.year, earliest.month),
                scope.to(PageKind.MONTH, item=month),
            )
        groups.setdefault(key, []).append(meeting)
    return tuple(
        Group(anchor, title, href, meeting_rows(found, scope)) for (anchor, title, href), found in groups.items()
    )
