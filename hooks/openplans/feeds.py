"""Which calendar feeds exist, and what is in each on the day of the build.

=====================  ==============================================================================
name                   what is in it
=====================  ==============================================================================
all                    every meeting with an exact date
planned                windows of at most two months, as tentative days
deadlines              days on which registration opens and closes
online, free           what can be attended from home; what costs nothing
trainings, forums, …   one kind of event
region-…, audience-…,  one region, one group of people, one spoken language
language-…
<org>                  one organization
<org>-<committee>      one committee
<org>-trainings, …     one kind of event of one organization
archive-<year>         all meetings of a past year
<org>/<event>          one event, or all of a series, whenever it was
<org>/<event>/<slot>   one occurrence of a series
=====================  ==============================================================================

Names are forever: they hold no year (but for the archive's), and stay when nothing is in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .calendars import Meeting
from .facets import EVENT_KINDS, Facet
from .feed_names import KIND_FEEDS
from .feed_size import nearest, size_of
from .ledger import GoneMeeting
from .model import Committee, Exact, Moment, Organization, Span
from .model.moments import parse_exact
from .publication import Publication

#: Cancelled and postponed meetings stay this long after their date, so that subscribers see it, then leave.
CANCELLED_FOR = timedelta(days=7)
#: What is gone from the data is told as cancelled this long, for programs that never delete by themselves.
GONE_FOR = timedelta(days=30)
#: What a feed looks back on; older meetings stay on their pages and in the archive.
LOOK_BACK = timedelta(days=90)
#: Subjects whose next events can be shown on other sites.
_EMBEDDABLE = frozenset({"all", "organization", "committee", "kind", "region", "audience"})


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What one VEVENT says of a meeting: its date, one of its windows, or a day that its registration hangs on."""

    meeting: Meeting
    #: ``meeting``, ``window``, ``opens`` or ``closes``.
    role: str
    exact: Exact
    #: Which of several windows, from 1; 0 if there is but one.
    number: int = 0

    @property
    def uid_key(self) -> str:
        """What its UID begins with; a window and the date that it becomes are one entry."""
        if self.role in ("opens", "closes"):
            return f"{self.meeting.registration_key}.{self.role}"
        return self.meeting.uid_key + (f".w{self.number}" if self.number else "")

    @property
    def is_off(self) -> bool:
        """Tell whether it will not take place, or not then."""
        return self.meeting.status == "cancelled" or (self.meeting.status == "postponed" and self.role != "window")

    @property
    def last(self) -> date:
        """Its last day."""
        return self.exact.last.day


@dataclass(frozen=True, slots=True)
class Feed:
    """One calendar; ``subject`` says what it is about: a key for its words, and ``facet`` or the records they name."""

    name: str
    subject: str
    entries: tuple[CalendarEntry, ...] = ()
    gone: tuple[GoneMeeting, ...] = ()
    organization: Organization | None = None
    committee: Committee | None = None
    facet: Facet | None = None
    meeting: Meeting | None = None
    year: int = 0
    #: Whether there is more than calendar programs would take; then it holds what is nearest.
    is_cut: bool = False

    @property
    def is_for_one_event(self) -> bool:
        """Tell whether it is a copy of one event or series, which nobody needs a page about."""
        return "/" in self.name


def kind_feed(kind: str, organization: str = "") -> str:
    """Return the name of the feed of a kind of event, of one organization or of all."""
    return f"{organization}-{KIND_FEEDS[kind]}" if organization else KIND_FEEDS[kind]


def facet_feed(facet: Facet) -> str:
    """Return the name of the feed that holds what a facet's page lists."""
    if facet.name == "kind":
        return kind_feed(facet.value)
    if facet.name == "organization":
        return facet.value
    if facet.name == "free":
        return "free"
    if facet.name == "mode" and facet.value == "online":
        return "online"
    return f"{facet.name}-{facet.value}"


def committee_feed(committee: Committee) -> str:
    """Return the name of a committee's feed."""
    return f"{committee.organization}-{committee.id}"


def event_feed(meeting: Meeting, *, whole_series: bool = False) -> str:
    """Return the name of the copy of a single meeting, or of all its series."""
    parts = (meeting.organization.id, meeting.event.id)
    return "/".join((*parts, meeting.occurrence.id) if meeting.occurrence and not whole_series else parts)


def has_own_feed(meeting: Meeting) -> bool:
    """Tell whether a copy of the meeting can be taken: it has, or had, an exact date."""
    return dated_entry(meeting) is not None


def dated_entry(meeting: Meeting) -> CalendarEntry | None:
    """Return the entry of a meeting's exact date; one postponed without a new date stands at its last one."""
    exact = meeting.exact
    if exact is None and meeting.status in ("postponed", "cancelled") and meeting.previous:
        exact = meeting.previous[-1]
    return CalendarEntry(meeting, "meeting", exact) if exact is not None else None


def feeds_of(publication: Publication, part: str | None = None) -> tuple[Feed, ...]:
    """Return every feed of the site, those that people choose from first; or those of one part of it.

    A part is an organization (its id), or all else (the empty name).
    """
    own = _copies(publication) if part is None else _copies_by_organization(publication).get(part, ())
    return (*subscriptions(publication, part), *own)


def is_embeddable(feed: Feed) -> bool:
    """Tell whether there is a list of the feed's next events for other sites."""
    return feed.subject in _EMBEDDABLE


def embeddable_feeds(publication: Publication) -> Iterator[str]:
    """Yield the names of the feeds of which there are such lists, without making the feeds."""
    yield "all"
    # Organizations have feeds whether they have events or not.
    facets = (facet for facet in publication.facets if facet.name != "organization")
    yield from (facet_feed(facet) for facet in facets if facet.name in _EMBEDDABLE)
    for organization in publication.dataset.organizations:
        yield organization.id
        yield from (committee_feed(committee) for committee in organization.committees)


def is_listed(feed: Feed) -> bool:
    """Tell whether the feed is offered to choose from: of a committee, or a kind in an organization, if it has any."""
    return bool(feed.entries) or feed.subject not in ("committee", "organization_kind")


def subscriptions(publication: Publication, part: str | None = None) -> tuple[Feed, ...]:
    """Return the feeds that people subscribe to, those about everything first; or those of one part of the site."""
    if part is not None:
        return _subscriptions_by_organization(publication).get(part, ())
    return publication.once(("subscriptions",), lambda: tuple(_subscriptions(publication)))


def _subscriptions_by_organization(publication: Publication) -> Mapping[str, tuple[Feed, ...]]:
    return publication.once(("subscriptions", "by"), lambda: _by_organization(subscriptions(publication)))


def _copies_by_organization(publication: Publication) -> Mapping[str, tuple[Feed, ...]]:
    return publication.once(("copies", "by"), lambda: _by_organization(_copies(publication)))


def _by_organization(feeds: Iterable[Feed]) -> Mapping[str, tuple[Feed, ...]]:
    found: dict[str, list[Feed]] = {}
    for feed in feeds:
        organization = feed.meeting.organization if feed.meeting is not None else feed.organization
        found.setdefault(organization.id if organization is not None else "", []).append(feed)
    return {name: tuple(own) for name, own in found.items()}


def _subscriptions(publication: Publication) -> Iterator[Feed]:
    today = publication.today
    sizes = {meeting.uid_key: size_of(meeting) for meeting in publication.meetings}
    dated = [entry for meeting in publication.meetings if (entry := dated_entry(meeting)) is not None]
    recent = [entry for entry in dated if _is_in_time(entry, today)]
    here = {entry.uid_key for entry in dated}
    gone = [item for item in publication.ledger.gone if item.moment.date() + GONE_FOR >= today and item.key not in here]
    by_meeting = {entry.uid_key: entry for entry in recent}

    def recent_in(meetings: Iterable[Meeting]) -> list[CalendarEntry]:
        return [by_meeting[meeting.uid_key] for meeting in meetings if meeting.uid_key in by_meeting]

    def feed(name: str, subject: str, entries: Iterable[CalendarEntry], went: Iterable[GoneMeeting] = ()) -> Feed:
        whole = tuple(entries)
        kept = nearest(whole, today, lambda entry: sizes[entry.meeting.uid_key], lambda entry: entry.exact.first.day)
        return Feed(name, subject, kept, tuple(went), is_cut=len(kept) < len(whole))

    yield feed("all", "all", recent, gone)
    yield feed("planned", "planned", _windows(publication))
    yield feed("deadlines", "deadlines", _deadlines(publication))
    for facet in publication.facets:
        if facet.name != "organization":
            went = [item for item in gone if facet == Facet("kind", item.kind)]
            entries = recent_in(publication.meetings_by(facet))
            yield replace(feed(facet_feed(facet), facet.name, entries, went), facet=facet)
    kinds = {facet.value for facet in publication.facets if facet.name == "kind"}
    for organization in publication.dataset.organizations:
        own = recent_in(publication.meetings_by(Facet("organization", organization.id)))
        went = [item for item in gone if item.organization == organization.id]
        yield replace(feed(organization.id, "organization", own, went), organization=organization)
        for committee in organization.committees:
            entries = recent_in(publication.meetings_of(committee))
            name = committee_feed(committee)
            yield replace(feed(name, "committee", entries), organization=organization, committee=committee)
        for kind in (kind for kind in EVENT_KINDS if kind in kinds):
            entries = [entry for entry in own if entry.meeting.event.kind == kind]
            went_too = (item for item in went if item.kind == kind)
            yield replace(
                feed(kind_feed(kind, organization.id), "organization_kind", entries, went_too),
                organization=organization,
                facet=Facet("kind", kind),
            )
    for year in publication.past_years:
        entries = [entry for entry in dated if entry.last.year == year]
        yield replace(feed(f"archive-{year}", "archive", entries), year=year)


def _copies(publication: Publication) -> Iterator[Feed]:
    series: dict[str, list[CalendarEntry]] = {}
    for meeting in publication.meetings:
        entry = dated_entry(meeting)
        if entry is None:
            continue
        name = event_feed(meeting, whole_series=True)
        series.setdefault(name, []).append(entry)
        if meeting.occurrence is not None:
            yield Feed(event_feed(meeting), "event", (entry,), meeting=meeting)
    for name, entries in series.items():
        subject = "series" if entries[0].meeting.occurrence else "event"
        yield Feed(name, subject, tuple(entries), meeting=entries[0].meeting)


def _windows(publication: Publication) -> Iterator[CalendarEntry]:
    for meeting in publication.meetings:
        spans = meeting.short_windows if meeting.status != "cancelled" else ()
        for number, span in enumerate(spans, start=1):
            entry = CalendarEntry(meeting, "window", _exact(span), number if len(spans) > 1 else 0)
            if _is_in_time(entry, publication.today):
                yield entry


def _exact(span: Span) -> Exact:
    assert span.earliest is not None and span.latest is not None
    return Exact(Moment(span.earliest), Moment(span.latest))


def _deadlines(publication: Publication) -> Iterator[CalendarEntry]:
    seen = set()
    for meeting in publication.meetings:
        registration = meeting.registration
        if registration is None or meeting.status in ("cancelled", "postponed"):
            continue
        for role, exact in (("opens", registration.opens), ("closes", registration.closes)):
            # The one registration of a whole series is told once.
            key = (meeting.organization.id, meeting.event.id, role, str(exact))
            if exact is not None and key not in seen:
                seen.add(key)
                entry = CalendarEntry(meeting, role, exact)
                if _is_in_time(entry, publication.today):
                    yield entry


def _is_in_time(entry: CalendarEntry, today: date) -> bool:
    return entry.last + (CANCELLED_FOR if entry.is_off else LOOK_BACK) >= today


def gone_exact(item: GoneMeeting) -> Exact:
    """Return the date that a gone meeting had."""
    return parse_exact(item.date)
