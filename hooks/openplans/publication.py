"""The publication: a dataset on a day at an address, the one argument of everything below this line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from itertools import chain
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from .answering import actions_by_committee, answering, fulfilled
from .calendars import Meeting, extent_of, in_time_order, meetings_of, months_over
from .dates import TimeFrame, time_frame
from .facets import Facet, facets_of, in_order
from .ledger import EMPTY, Entity, Entry, Key, Ledger, Removed, Revision, records_of
from .load import Dataset
from .look import PLAIN, Look
from .messages import Messages, messages_for
from .model import Action, Committee, Event, Organization, Plan
from .progress import ActionProgress, Progress, progress_of_action, roll_up
from .quotas import FilledSlot, filled_slots

_T = TypeVar("_T")


@dataclass(frozen=True)
class Publication:
    """Frozen after construction; the derived values below are computed once and never change."""

    dataset: Dataset
    today: date
    base_url: str | None = None
    #: Hand-written pages by language: (slug, title), for the navigation.
    hand_written: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    #: What changed from one committed state of the data to the next, or why that is not known.
    ledger: Ledger = EMPTY
    look: Look = PLAIN
    #: Names of the search indexes beside the first one, if the search page puts several together.
    indexes: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the site, in the order of the switch."""
        return self.dataset.site.languages

    def messages(self, language: str) -> Messages:
        """Return the interface's words in a language."""
        return messages_for(language)

    @cached_property
    def _frames(self) -> dict[str, TimeFrame]:
        return {organization.id: time_frame(organization) for organization in self.dataset.organizations}

    def frame(self, organization: Organization, plan: Plan | None = None) -> TimeFrame:
        """Return what dates of an organization (and plan) are read against."""
        frame = self._frames[organization.id]
        return frame.within(plan.period.span(frame.names)) if plan is not None else frame

    def slots_of(self, plan: Plan, action: Action) -> tuple[FilledSlot, ...]:
        """Return the slots of an action's quotas, filled with the meetings that fulfil it."""
        whens = [when for when in action.all_whens if when.quota is not None]
        if not whens:
            return ()
        frame = self.frame(self.dataset.organization(action.organization), plan)
        return self.once(
            ("slots", action.organization, action.plan, action.id),
            lambda: filled_slots(whens, self.meetings_for(action), frame, self.today, plan.reports_results),
            action.organization,
        )

    def progress_of(self, action: Action) -> ActionProgress:
        """Return where an action stands."""
        key = (action.organization, action.plan, action.id)
        if key not in self._progress:
            plan, frame = self._plans[action.organization, action.plan]
            slots = self.slots_of(plan, action)
            self._progress[key] = progress_of_action(
                action, plan, frame, self.today, self.dataset.site.thresholds, slots
            )
        return self._progress[key]

    @cached_property
    def _progress(self) -> dict[tuple[str, str, str], ActionProgress]:
        return {}

    @cached_property
    def _plans(self) -> dict[tuple[str, str], tuple[Plan, TimeFrame]]:
        return {
            (organization.id, plan.id): (plan, self.frame(organization, plan))
            for organization in self.dataset.organizations
            for plan in organization.plans
        }

    def sum_up(self, actions: Sequence[Action]) -> Progress:
        """Return the roll-up of actions."""
        items = [self.progress_of(action) for action in actions]
        return roll_up(items, self.dataset.site.thresholds, self.today)

    def once(self, key: tuple[str, ...], make: Callable[[], _T], of: str = "") -> _T:
        """Return what ``make`` makes, made once for each key; for words that very many pages share.

        What mostly the pages ``of`` one organization share can be forgotten with them.
        """
        made = self._made.setdefault(of, {})
        if key not in made:
            made[key] = make()
        found: _T = made[key]
        return found

    def forget(self, of: str) -> None:
        """Forget what an organization's pages share: who needs it still will make it anew."""
        if of:
            self._made.pop(of, None)

    @cached_property
    def _made(self) -> dict[str, dict[tuple[str, ...], Any]]:
        return {}

    def progress_of_plan(self, plan: Plan) -> Progress:
        """Return the roll-up of a plan's actions, as often as it is asked for."""
        return self.once(("progress", plan.organization, plan.id), lambda: self.sum_up(plan.actions))

    def responsible(self, organization: Organization, plan: Plan, action: Action) -> tuple[Committee, ...]:
        """Return the committees that answer for an action: its own, else its section's."""
        key = ("responsible", action.organization, action.plan, action.id)
        return self.once(key, lambda: answering(organization, plan, action))

    def actions_of(self, organization: Organization, committee: Committee) -> tuple[Action, ...]:
        """Return a committee's actions over all plans, in document order."""
        make = partial(actions_by_committee, organization)
        return self.dataset.once(organization, "actions by committee", make).get(committee.id, ())

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Every event and occurrence of the site, in order of time."""
        return in_time_order(chain.from_iterable(map(self.meetings_in, self.dataset.organizations)))

    def meetings_in(self, organization: Organization) -> tuple[Meeting, ...]:
        """Return the meetings of one organization, event by event."""
        frame = self.frame(organization)
        return self.dataset.once(organization, "meetings", lambda: tuple(meetings_of(organization, frame)))

    def meetings_by(self, facet: Facet) -> tuple[Meeting, ...]:
        """Return the meetings that a facet holds, in order of time."""
        return self._meetings_by_facet.get(facet, ())

    @cached_property
    def _meetings_by_facet(self) -> dict[Facet, tuple[Meeting, ...]]:
        facets = {organization.id: self._facets_in(organization) for organization in self.dataset.organizations}
        found: dict[Facet, list[Meeting]] = {}
        for meeting in self.meetings:
            for facet in facets[meeting.organization.id][meeting.key]:
                found.setdefault(facet, []).append(meeting)
        return {facet: tuple(meetings) for facet, meetings in found.items()}

    def _facets_in(self, organization: Organization) -> Mapping[str, frozenset[Facet]]:
        meetings = self.meetings_in(organization)
        return self.dataset.once(organization, "facets", lambda: {m.key: facets_of(m) for m in meetings})

    def meetings_of_event(self, event: Event) -> tuple[Meeting, ...]:
        """Return the meetings of one event: itself, or all dates of a series."""
        return self._meetings_by_event.get((event.organization, event.id), ())

    @cached_property
    def _meetings_by_event(self) -> dict[tuple[str, str], tuple[Meeting, ...]]:
        found: dict[tuple[str, str], list[Meeting]] = {}
        for meeting in self.meetings:
            found.setdefault((meeting.organization.id, meeting.event.id), []).append(meeting)
        return {key: tuple(meetings) for key, meetings in found.items()}

    def meetings_for(self, action: Action) -> tuple[Meeting, ...]:
        """Return the meetings that fulfil an action."""
        return self._meetings_by_action.get((action.organization, f"{action.plan}/{action.id}"), ())

    @cached_property
    def _meetings_by_action(self) -> dict[tuple[str, str], tuple[Meeting, ...]]:
        found: dict[tuple[str, str], tuple[Meeting, ...]] = {}
        for meeting in self.meetings:
            for reference in meeting.event.actions:
                key = (meeting.organization.id, reference)
                found[key] = (*found.get(key, ()), meeting)
        return found

    def meetings_of(self, committee: Committee) -> tuple[Meeting, ...]:
        """Return what a committee organizes; where nobody is named, what fulfils an action that it answers for."""
        return self._meetings_by_committee.get((committee.organization, committee.id), ())

    @cached_property
    def _meetings_by_committee(self) -> dict[tuple[str, str], tuple[Meeting, ...]]:
        found: dict[tuple[str, str], tuple[Meeting, ...]] = {}
        for meeting in self.meetings:
            of = meeting.organization.id
            ids = list(meeting.event.organizers)
            for plan, action in fulfilled(meeting.organization, meeting.event) if not ids else ():
                ids += [committee.id for committee in self.responsible(meeting.organization, plan, action)]
            for identifier in dict.fromkeys(ids):
                found[of, identifier] = (*found.get((of, identifier), ()), meeting)
        return found

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """By what the site's events can be looked through."""
        return in_order(self._meetings_by_facet, [o.id for o in self.dataset.organizations], self.dataset.site)

    @cached_property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Every month from the first to the last in which something is."""
        extents = (self._extent_in(organization) for organization in self.dataset.organizations)
        return months_over(list(chain.from_iterable(extents)))

    def _extent_in(self, organization: Organization) -> tuple[date, ...]:
        meetings = self.meetings_in(organization)
        return self.dataset.once(organization, "extent", lambda: extent_of(meetings))

    @cached_property
    def past_years(self) -> tuple[int, ...]:
        """The years of which some meeting is over, oldest first."""
        over = (meeting.timing.latest for meeting in self.meetings if meeting.is_over(self.today))
        return tuple(sorted({day.year for day in over if day is not None}))

    def zone_of(self, organization: Organization) -> str:
        """Return the time zone that an organization's times are in."""
        return organization.time_zone or self.dataset.site.time_zone

    def revision_of(self, meeting: Meeting) -> Revision | None:
        """Return what is known of a meeting's changes from commit to commit."""
        return self.ledger.revisions.get(meeting.uid_key)

    def event_of(self, organization: Organization, identifier: str) -> Event:
        """Return an event of an organization."""
        return next(event for event in organization.events if event.id == identifier)

    # -- what was ------------------------------------------------------------------------------------------

    @cached_property
    def records(self) -> Mapping[Key, Entity]:
        """Every record that has a page of its own."""
        found: dict[Key, Entity] = {}
        for organization in self.dataset.organizations:
            found |= self.dataset.once(organization, "records", partial(records_of, organization))
        return found

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger's entries, newest first, but for organizations that are here no more.

        Whoever copies the repository and removes its organizations starts with a clean sheet.
        """
        here = {organization.id for organization in self.dataset.organizations}
        return tuple(entry for entry in reversed(self.ledger.entries) if entry.owner.organization in here)

    def entries_of(self, key: Key) -> tuple[Entry, ...]:
        """Return the entries about a record, and about all that belongs to it, newest first."""
        return self._entries_by_key.get(key, ())

    @cached_property
    def _entries_by_key(self) -> dict[Key, tuple[Entry, ...]]:
        found: dict[Key, list[Entry]] = {}
        for entry in self.entries:
            for key in {entry.record, entry.owner}:
                found.setdefault(key, []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def removed(self) -> Mapping[Key, Removed]:
        """Records whose address was published and holds nothing else now; a redirect takes the place of any."""
        gone = (*self.ledger.removed, *self._gone_occurrences())
        if not gone:
            return {}
        here = {organization.id for organization in self.dataset.organizations}
        taken = {key.place for key in self.records}
        taken |= {tuple(old.split("/")) for old in self.dataset.redirects.redirects}
        taken |= {(m.organization.id, "events", m.event.id, m.occurrence.id) for m in self.meetings if m.occurrence}
        return {
            item.record: item
            for item in gone
            if (item.moved_to or item.record).organization in here and item.record.place not in taken
        }

    def _gone_occurrences(self) -> Iterator[Removed]:
        """Yield the occurrences that have left their series; what held them is still the event's page."""
        for gone in self.ledger.gone:
            if gone.occurrence:
                key = Key("occurrence", gone.organization, item=f"{gone.event}/{gone.occurrence}")
                owner = Key("event", gone.organization, item=gone.event)
                day = gone.moment.astimezone(ZoneInfo(self.dataset.site.time_zone)).date()
                yield Removed(key, day, gone.title, gone.language, owner=owner)

    def has_page(self, key: Key) -> bool:
        """Tell whether a record has a page, be it one that says that it is gone."""
        return key in self.records or key in self.removed
