"""What is known to have happened to plans: approvals, reported updates, and the ledger's entries, newest first.

What two of these sources tell is told once: an entry that says what an update of the action says stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .language import LocalizedText
from .ledger import Entry, Key
from .model import Action, Approval, Event, NamedPeriods, Organization, Plan, Update
from .publication import Publication

#: Kinds of entries that are told together when a day brings many of them to one plan, and from how many on.
_TOGETHER = frozenset(
    {
        "action_added",
        "action_removed",
        "event_announced",
        "event_removed",
        "event_moved",
        "deadline_moved",
        "target_changed",
        "responsible_changed",
        "money_changed",
        "reworded",
        "translated",
    }
)
_MANY = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One approval of a plan, one update of an action, one entry of the ledger, or many entries told together."""

    day: date
    organization: Organization
    #: The plan, action or event that it happened to, where they are still there.
    plan: Plan | None = None
    action: Action | None = None
    event: Event | None = None
    update: Update | None = None
    approval: Approval | None = None
    entry: Entry | None = None
    members: tuple[Change, ...] = ()

    @property
    def record(self) -> Key:
        """What it happened to."""
        if self.members:
            return self.members[0].owner
        if self.entry is not None:
            return self.entry.record
        assert self.plan is not None
        if self.action is not None:
            return Key("action", self.organization.id, self.plan.id, self.action.id)
        return Key("plan", self.organization.id, self.plan.id)

    @property
    def owner(self) -> Key:
        """The plan that it belongs to; the organization for events."""
        if self.members:
            return self.members[0].owner
        return self.entry.owner if self.entry else Key("plan", self.record.organization, self.record.plan)

    @property
    def subject(self) -> LocalizedText:
        """The title of what it happened to; its last known title, if it is gone."""
        of_plan = self.plan if self.record.kind == "plan" else None
        record: Event | Action | Plan | None = self.event or self.action or of_plan
        if record is not None:
            return record.title
        if self.entry is not None and not self.members:
            return LocalizedText(self.entry.title, self.entry.language)
        return self.organization.name

    @property
    def detail(self) -> LocalizedText | None:
        """More about it: the reason or text of a report, or the body that approved."""
        if self.update is not None:
            return self.update.reason or self.update.text
        if self.entry is not None and self.entry.reason:
            return LocalizedText(self.entry.reason, self.entry.language)
        return self.approval.body if self.approval else None

    @property
    def key(self) -> str:
        """An id that stays the same as long as the entry stands where it was written."""
        if self.members:
            first = self.members[0].entry
            assert first is not None
            return f"ledger/{'/'.join(self.owner.place)}/{self.day.isoformat()}/{first.kind}"
        where = "/".join(self.record.place)
        if self.action is not None and self.update is not None:
            return f"{where}/{_place_of(self.update, self.action.updates)}"
        if self.entry is not None:
            return f"ledger/{self.entry.id}"
        assert self.plan is not None and self.approval is not None
        return f"{where}/approval-{_place_of(self.approval, self.plan.approvals)}"


def _place_of(item: object, items: Sequence[object]) -> int:
    """Return where the very item stands; another that says the same is another item."""
    return next(place for place, other in enumerate(items) if other is item)


def changes_of(publication: Publication) -> tuple[Change, ...]:
    """Return all that is known, newest first; an update without a day counts as the first day of its period."""
    return publication.once(("changes",), lambda: _all_changes(publication))


def changes_of_owner(owner: Key, publication: Publication) -> tuple[Change, ...]:
    """Return what is known of a plan, or of an organization with its plans and events, newest first."""
    found = publication.once(("changes by organization",), lambda: _by_organization(changes_of(publication)))
    changes = found.get(owner.organization, ())
    if owner.kind == "organization":
        return changes
    return publication.once(("changes of", *owner.place), lambda: tuple(c for c in changes if c.owner == owner))


def _by_organization(changes: Iterable[Change]) -> dict[str, tuple[Change, ...]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.organization.id, []).append(change)
    return {organization: tuple(changes) for organization, changes in found.items()}


def _all_changes(publication: Publication) -> tuple[Change, ...]:
    entries, told = list[Change](), set[str]()
    for entry in publication.entries:
        change = _of_entry(entry, publication)
        # A report that was taken back and made again is the newest entry's.
        entries.append(replace(change, update=None) if change.key in told else change)
        told.add(change.key)
    written = (pair for pair in _written(publication) if pair[0] not in told)
    others = sorted(written, key=lambda pair: (-pair[1].day.toordinal(), pair[0]))
    return tuple(sorted((*entries, *(change for _, change in others)), key=lambda change: -change.day.toordinal()))


def changes_in(record: Key, publication: Publication) -> tuple[Change, ...]:
    """Return the ledger's entries about one record, newest first."""
    entries = publication.entries_of(record)
    return tuple(_of_entry(entry, publication) for entry in entries if entry.record == record)


def told_together(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes with many of one kind on one day in one plan put into one; the order stays."""
    groups: dict[object, list[Change]] = {}
    for change in changes:
        entry = change.entry
        is_one_of_many = entry is not None and entry.kind in _TOGETHER
        key = (change.day, change.owner, entry.kind) if entry is not None and is_one_of_many else len(groups)
        groups.setdefault(key, []).append(change)
    return tuple(change for group in groups.values() for change in _together(group))


def _together(group: Sequence[Change]) -> Sequence[Change]:
    if len(group) < _MANY:
        return group
    first = group[0]
    return [Change(first.day, first.organization, first.plan, members=tuple(group))]


def _written(publication: Publication) -> Iterator[tuple[str, Change]]:
    """Yield what people wrote of approvals and updates, each after its key."""
    for organization in publication.dataset.organizations:
        names = publication.frame(organization).names
        yield from publication.dataset.once(
            organization,
            "written changes",
            lambda: tuple((change.key, change) for change in _written_in(organization, names)),  # noqa: B023
        )


def _written_in(organization: Organization, names: NamedPeriods) -> Iterator[Change]:
    for plan in organization.plans:
        for approval in plan.approvals:
            if approval.date is not None:
                yield Change(approval.date, organization, plan, approval=approval)
        for action in plan.actions:
            for update in action.updates:
                day = update.date.span(names).earliest
                if day is not None:
                    yield Change(day, organization, plan, action, update=update)


def _of_entry(entry: Entry, publication: Publication) -> Change:
    records = publication.records
    plan, record = records.get(entry.owner), records.get(entry.record)
    action = record if isinstance(record, Action) else None
    return Change(
        entry.day,
        publication.dataset.organization(entry.owner.organization),
        plan if isinstance(plan, Plan) else None,
        action,
        record if isinstance(record, Event) else None,
        _update(entry, action),
        entry=entry,
    )


def _update(entry: Entry, action: Action | None) -> Update | None:
    """Return the update that says what the entry says, if it still stands there."""
    if entry.update is None or action is None or entry.update >= len(action.updates):
        return None
    update = action.updates[entry.update]
    return update if update.status == (entry.after if entry.kind == "status_changed" else entry.kind) else None
