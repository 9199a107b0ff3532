"""Which meetings there are, and on which days or within which windows they fall."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .dates import NO_TIMING, TimeFrame, Timing, timing_of
from .language import LocalizedText
from .model import Event, EventResult, Exact, Occurrence, Organization, Place, Registration, Span, When
from .series import occurrences_of

#: A window longer than this is told in words and kept out of the planned feed and the months' lanes.
WINDOW_LIMIT = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One event, or one occurrence of a series, with its time resolved."""

    organization: Organization
    event: Event
    occurrence: Occurrence | None
    timing: Timing

    @property
    def when(self) -> When | None:
        """The time as its author wrote it."""
        return self.occurrence.when if self.occurrence else self.event.when

    @property
    def title(self) -> LocalizedText:
        """The occurrence's own title, else the event's."""
        return (self.occurrence.title if self.occurrence else None) or self.event.title

    @property
    def status(self) -> str:
        """Scheduled, postponed, rescheduled, cancelled or moved online; a series' for what says nothing else."""
        return self.event.status if self._is_as_series else self._holder.status

    @property
    def reason(self) -> LocalizedText | None:
        """Why it is not as first scheduled."""
        return self.event.reason if self._is_as_series else self._holder.reason

    @property
    def _holder(self) -> Event | Occurrence:
        return self.occurrence or self.event

    @property
    def _is_as_series(self) -> bool:
        """Tell whether a series' cancellation or other change reaches this occurrence; what was held, was."""
        occurrence = self.occurrence
        return occurrence is not None and occurrence.status == "scheduled" and occurrence.result is None

    @property
    def result(self) -> EventResult | None:
        """What is known afterwards."""
        return self.occurrence.result if self.occurrence else self.event.result

    @property
    def previous(self) -> tuple[Exact, ...]:
        """Its former dates, oldest first."""
        return self.occurrence.previous if self.occurrence else self.event.previous

    @property
    def place(self) -> Place | None:
        """Where it happens, if that is public."""
        return (self.occurrence.place if self.occurrence else None) or self.event.place

    @property
    def registration(self) -> Registration | None:
        """How to sign up; that of a series is for the whole of it."""
        return (self.occurrence.registration if self.occurrence else None) or self.event.registration

    @property
    def mode(self) -> str | None:
        """In person, online or both; what was moved online is online."""
        if self.status == "moved_online":
            return "online"
        return (self.occurrence.mode if self.occurrence else None) or self.event.mode

    @property
    def region(self) -> str | None:
        """The region that it is sorted by."""
        return self.event.region or self.organization.region

    @property
    def key(self) -> str:
        """The meeting's id within its organization: the event's, with the occurrence's after a dot."""
        return f"{self.event.id}.{self.occurrence.id}" if self.occurrence else self.event.id

    @property
    def uid_key(self) -> str:
        """What its calendar UIDs begin with; it outlives a renamed file, a moved day and another address."""
        ids = (self.organization.id, self.event.former_id or self.event.id)
        return ".".join((*ids, self.occurrence.id) if self.occurrence else ids)

    @property
    def registration_key(self) -> str:
        """What the UIDs of its deadlines begin with; the registration of a whole series is one."""
        is_own = self.occurrence is not None and self.occurrence.registration is not None
        return self.uid_key if is_own or self.occurrence is None else self.uid_key.rpartition(".")[0]

    @property
    def exact(self) -> Exact | None:
        """The exact date, if one is stated."""
        return self.when.on if self.when else None

    @property
    def windows(self) -> tuple[Span, ...]:
        """Its windows with two known ends; a quota or a rule has none."""
        if self.when is None or self.when.window is None:
            return ()
        return tuple(span for span in self.timing.spans if span.earliest and span.latest)

    @property
    def short_windows(self) -> tuple[Span, ...]:
        """Windows narrow enough to plan with."""
        return tuple(s for s in self.windows if s.earliest and s.latest and s.latest - s.earliest <= WINDOW_LIMIT)

    @property
    def is_dated(self) -> bool:
        """Tell whether one can plan with it: an exact date, or a narrow window."""
        return self.exact is not None or bool(self.short_windows)

    def is_over(self, today: date) -> bool:
        """Tell whether its last possible day has passed; never true without an end."""
        latest = self.timing.latest
        return latest is not None and latest < today


def meetings_of(organization: Organization, frame: TimeFrame) -> Iterator[Meeting]:
    """Yield the organization's events; a series yields its occurrences instead of itself."""
    for event in organization.events:
        yield from meetings_of_event(organization, event, frame)


def meetings_of_event(organization: Organization, event: Event, frame: TimeFrame) -> Iterator[Meeting]:
    """Yield an event, or the occurrences of a series."""
    occurrences = occurrences_of(event, frame)
    if not occurrences:
        timing = timing_of([event.when], frame) if event.when else NO_TIMING
        yield Meeting(organization, event, None, timing)
    for occurrence in occurrences:
        timing = timing_of([occurrence.when], frame) if occurrence.when else NO_TIMING
        yield Meeting(organization, event, occurrence, timing)


def in_time_order(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Return meetings by first possible day, exact ones first on a day; undated ones last, by key."""

    def key(meeting: Meeting) -> tuple[bool, date, bool, str, str, str]:
        earliest = meeting.timing.earliest or meeting.timing.latest
        clock = str(meeting.exact.first) if meeting.exact else "~"
        return (
            earliest is None,
            earliest or date.max,
            meeting.exact is None,
            clock,
            meeting.organization.id,
            meeting.key,
        )

    return tuple(sorted(meetings, key=key))


def extent_of(meetings: Iterable[Meeting]) -> tuple[date, ...]:
    """Return the first and the last day of dated meetings and of short windows; nothing if there are none."""
    days: list[date] = []
    for meeting in meetings:
        spans = meeting.timing.spans if meeting.exact else meeting.short_windows
        days.extend(day for span in spans for day in (span.earliest, span.latest) if day)
    return (min(days), max(days)) if days else ()


def months_over(days: Collection[date]) -> tuple[tuple[int, int], ...]:
    """Return every month from that of the first day to that of the last."""
    if not days:
        return ()
    first, last = min(days), max(days)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = (first.year * 12 + first.month - 1 + offset for offset in range(count))
    return tuple((index // 12, index % 12 + 1) for index in months)
