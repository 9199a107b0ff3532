"""A plan as it was adopted and as it stands: which actions came later, and which are gone.

“Later” is after the day of adoption and after the day on which the plan first stood here whole, because nothing is
known of the time before that. Without a history only today's state is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .ledger import Key, Removed
from .model import Approval, Plan
from .publication import Publication


@dataclass(frozen=True, slots=True)
class Adoption:
    """What became of a plan since its adoption; ``known_since`` is None where there is no history."""

    approval: Approval | None
    known_since: date | None
    #: Actions of today by id, and the day on which each was added.
    added: Mapping[str, date]
    #: Actions that are gone, whether adopted or added later, newest first.
    removed: tuple[Removed, ...]
    adopted_count: int
    today_count: int

    @property
    def is_known(self) -> bool:
        """Tell whether there is anything to compare today's state with."""
        return self.known_since is not None


def adoption_of(publication: Publication, plan: Plan) -> Adoption:
    """Return how a plan as it stands differs from the plan as adopted."""
    owner = Key("plan", plan.organization, plan.id)
    adopted = [approval for approval in plan.approvals if approval.kind == "adopted"]
    approval = min(adopted, key=lambda item: item.date or date.max, default=None)
    since = publication.ledger.known_since.get(owner)
    if since is None:
        return Adoption(approval, None, {}, (), len(plan.actions), len(plan.actions))
    start = max(since, approval.date) if approval is not None and approval.date is not None else since
    added, gone = dict[Key, date](), dict[Key, date]()
    for entry in reversed(publication.entries_of(owner)):
        if entry.day <= start:
            continue
        if entry.kind == "action_added" and entry.record not in gone:
            added[entry.record] = entry.day
        elif entry.kind == "action_added":
            del gone[entry.record]
        elif entry.kind == "action_removed":
            gone[entry.record] = entry.day
    today = {action.id for action in plan.actions}
    added_today = {key.item: day for key, day in added.items() if key not in gone and key.item in today}
    lost = sum(1 for key in gone if key not in added and key.item not in today)
    removed = (
        item
        for item in publication.ledger.removed
        if item.owner == owner and item.record.kind == "action" and item.moved_to is None
    )
    return Adoption(
        approval,
        since,
        added_today,
        tuple(
            sorted(
                (item for item in removed if item.record not in publication.records),
                key=lambda item: (-item.day.toordinal(), item.record),
            )
        ),
        len(plan.actions) - len(added_today) + lost,
        len(plan.actions),
    )
