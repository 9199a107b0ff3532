"""What is known to have happened to plans: approvals and reported updates, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .language import LocalizedText
from .messages import Messages
from .model import Action, Approval, Organization, Plan, Update
from .publication import Publication


@dataclass(frozen=True, slots=True)
class Change:
    """One approval of a plan, or one update of an action."""

    day: date
    organization: Organization
    plan: Plan
    action: Action | None = None
    update: Update | None = None
    approval: Approval | None = None

    def sentence(self, t: Messages) -> str:
        """Return what happened in a few words."""
        if self.update is not None:
            return t("changes.reported", status=t(f"status.{self.update.status}"))
        assert self.approval is not None
        return t(f"changes.{self.approval.kind}", number=self.approval.number or "–")

    @property
    def subject(self) -> LocalizedText:
        """What it happened to: the action's title, or the plan's."""
        return self.action.title if self.action else self.plan.title

    @property
    def detail(self) -> LocalizedText | None:
        """More about it: the reason or text of a report, or the body that approved."""
        if self.update is not None:
            return self.update.reason or self.update.text
        return self.approval.body if self.approval else None

    @property
    def key(self) -> str:
        """An id that stays the same as long as the entry stands where it was written."""
        if self.action is not None:
            position = self.action.updates.index(self.update) if self.update else 0
            return f"{self.organization.id}/{self.plan.id}/{self.action.id}/{position}"
        position = self.plan.approvals.index(self.approval) if self.approval else 0
        return f"{self.organization.id}/{self.plan.id}/approval-{position}"


def changes_of(publication: Publication) -> tuple[Change, ...]:
    """Return every dated approval and every update; one without a day counts as the first day of its period."""
    found: list[Change] = []
    for organization in publication.dataset.organizations:
        names = publication.frame(organization).names
        for plan in organization.plans:
            for approval in plan.approvals:
                if approval.date is not None:
                    found.append(Change(approval.date, organization, plan, approval=approval))
            for action in plan.actions:
                for update in action.updates:
                    day = update.date.span(names).earliest
                    if day is not None:
                        found.append(Change(day, organization, plan, action, update))
    return tuple(sorted(found, key=lambda change: (-change.day.toordinal(), change.key)))
