"""Actions as lines of a table, and the links that show only some of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..dates import timing_of
from ..language import sort_key
from ..model import Action, Organization, Partner, Plan
from ..progress import STATUSES, ActionProgress
from ..routes import PageKind
from .adoption import added_later
from .pieces import Link, WhenView
from .scope import Scope

#: What a reader asks for first, then by status. A choice is a link to an anchor; the style sheet does the rest, so that
#: it works without scripts and can be sent to somebody.
CHOICES = ("due_this_month", "overdue", *STATUSES)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as one line of a table."""

    link: Link
    status_key: str
    status: str
    schedule_key: str
    schedule: str
    whens: tuple[WhenView, ...]
    responsible: tuple[Link, ...]
    added: str = ""
    #: The choices that show this line.
    choices: tuple[str, ...] = ()
    #: Where the line stands by title and by the day on which its time ends; both count from 0.
    by_title: int = 0
    by_day: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that leaves only some lines of the page's tables; without an anchor there are none to show."""

    key: str
    label: str
    count: int
    words: str


def action_rows(
    actions: tuple[Action, ...], organization: Organization, plan: Plan, scope: Scope
) -> tuple[ActionRow, ...]:
    """Return actions as lines of a table, in the order given."""
    rows = []
    added = added_later(plan, scope)
    titles = _ranks([sort_key(scope.show(item.title).text, scope.language) for item in actions])
    frame = scope.publication.frame(organization, plan)
    ends = [timing_of(item.all_whens, frame).latest for item in actions]
    # What has no end comes after all that has.
    days = _ranks([(end is None, end.toordinal() if end else 0) for end in ends])
    for item, by_title, by_day in zip(actions, titles, days, strict=True):
        progress = scope.publication.progress_of(item)
        schedule = scope.t(f"schedule.{progress.schedule}") if progress.schedule else ""
        rows.append(
            ActionRow(
                scope.action_link(item),
                progress.status,
                scope.t(f"status.{progress.status}"),
                progress.schedule or "",
                schedule,
                scope.whens(item.when, organization, inherited="when" in item.inherited),
                responsible_links(item, organization, plan, scope),
                added.get(item.id, ""),
                _choices_of(progress),
                by_title,
                by_day,
            )
        )
    return tuple(rows)


def choices_among(rows: Iterable[ActionRow], scope: Scope) -> tuple[Choice, ...]:
    """Return what a reader can choose among lines; the first three are always named, the others where there are any.

    Empty where there are not two lines to choose from.
    """
    shown = [row.choices for row in rows]
    if len(shown) < 2:
        return ()
    counts = {key: sum(1 for keys in shown if key in keys) for key in CHOICES}
    always = ("due_this_month", "overdue", "postponed")
    kept = [key for key in (*always, *(key for key in CHOICES if key not in always)) if counts[key] or key in always]
    t = scope.t
    found = []
    for key in kept:
        label = t(f"choice.{key}") if key == "due_this_month" else t(f"status.{key}")
        words = t("choice.shown", choice=label, count=t("count.actions", counts[key]))
        found.append(Choice(key, label, counts[key], words))
    return tuple(found)


def responsible_links(action: Action, organization: Organization, plan: Plan, scope: Scope) -> tuple[Link, ...]:
    """Return links to the committees that answer for an action."""
    committees = scope.publication.responsible(organization, plan, action)
    return tuple(
        Link(scope.show(committee.name), scope.to(PageKind.COMMITTEE, organization.id, item=committee.id))
        for committee in committees
    )


def partner_link(partner: Partner, organization: Organization, scope: Scope) -> Link:
    """Return who helps with an action, and in which role if it is more than helping."""
    detail = "" if partner.role == "partner" else scope.t(f"partner.{partner.role}")
    committee = next((item for item in organization.committees if item.id == partner.committee), None)
    if committee is not None:
        return Link(
            scope.show(committee.name), scope.to(PageKind.COMMITTEE, organization.id, item=committee.id), detail
        )
    assert partner.name is not None, "a partner is a committee or has a name"
    return Link(scope.show(partner.name), "", detail)


def _choices_of(progress: ActionProgress) -> tuple[str, ...]:
    found = ["due_this_month"] if progress.is_due_this_month else []
    found += ["overdue"] if progress.schedule == "overdue" else []
    return (*found, progress.status)


def _ranks(keys: Sequence[object]) -> list[int]:
    """Return the place of each key among all; equal ones keep their order."""
    order = sorted(range(len(keys)), key=lambda index: keys[index])  # type: ignore[arg-type,return-value]
    ranks = [0] * len(keys)
    for rank, index in enumerate(order):
        ranks[index] = rank
    return ranks
