"""What changed: the page of all changes, the newest ones of a plan or organization, the history of one record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..change_words import route_of, subject_of, told
from ..changes import Change, changes_in, changes_of, changes_of_owner, told_together
from ..date_words import period_in_words
from ..file_addresses import feed_path
from ..language import Shown
from ..ledger import Key
from ..routes import PageKind
from .pieces import Link, View
from .scope import Scope

_NEWEST = 10


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that is known to have happened; ``rows`` are what is told together in it."""

    date: str
    sentence: str
    subject: Link
    organization: Link
    quotes: tuple[tuple[str, Shown], ...]
    target: Link | None
    detail: Shown | None
    rows: tuple[ChangeRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangesBlock:
    """The newest changes of a plan or organization, and where to find all of them."""

    rows: tuple[ChangeRow, ...]
    all: str
    atom: str
    json: str


def change_rows(changes: Iterable[Change], scope: Scope, *, one_by_one: bool = True) -> tuple[ChangeRow, ...]:
    """Return changes in words, in the order given; ``one_by_one`` adds each of those that are told together."""
    return tuple(_row(change, scope, one_by_one) for change in changes)


def _row(change: Change, scope: Scope, one_by_one: bool) -> ChangeRow:
    words = told(change, scope.publication, scope.t)
    if change.update is not None and change.entry is None:
        date = period_in_words(change.update.date, change.organization, scope.t)
    else:
        date = scope.t.day(change.day)
    number = change.action.number or "" if change.action else ""
    title = subject_of(change, scope.publication, scope.language)
    return ChangeRow(
        date,
        words.sentence,
        Link(title, link_to(change.record, scope), number),
        scope.organization_link(change.organization),
        words.quotes,
        _target(words.target, scope),
        words.detail,
        change_rows(change.members, scope) if one_by_one else (),
    )


def _target(key: Key | None, scope: Scope) -> Link | None:
    if key is None:
        return None
    plans = scope.publication.dataset.organization(key.organization).plans
    found = (a for plan in plans if plan.id == key.plan for a in plan.actions if a.id == key.item)
    return next((scope.action_link(action) for action in found), None)


def link_to(key: Key, scope: Scope) -> str:
    """Return the link to a record's page, or to the page of what it belonged to; empty if that is gone too."""
    route = route_of(key, scope.publication, scope.language)
    return scope.href(route.path) if route is not None else ""


def newest_changes(scope: Scope, count: int) -> tuple[ChangeRow, ...]:
    """Return the newest changes of the whole site, in short."""
    return change_rows(told_together(changes_of(scope.publication))[:count], scope, one_by_one=False)


def changes_block(owner: Key, feed: str, scope: Scope) -> ChangesBlock:
    """Return the newest changes of a plan, or of an organization with its plans and events."""
    changes = changes_of_owner(owner, scope.publication)
    return ChangesBlock(
        change_rows(told_together(changes)[:_NEWEST], scope, one_by_one=owner.kind == "plan"),
        scope.to(PageKind.CHANGES),
        scope.href(feed_path(scope.language, feed, "xml")),
        scope.href(feed_path(scope.language, feed, "json")),
    )


def history_rows(record: Key, scope: Scope) -> tuple[ChangeRow, ...]:
    """Return everything that the ledger knows of one record, newest first."""
    return change_rows(changes_in(record, scope.publication), scope)


def changes(scope: Scope) -> View:
    """Return the page of all changes; without a history it says why there is none."""
    reason = scope.publication.ledger.reason
    page = scope.page(scope.t("nav.changes"), None, scope.t("changes.description"))
    return View(
        page,
        {
            "rows": change_rows(told_together(changes_of(scope.publication)), scope),
            "reason": scope.t(f"ledger.empty.{reason}") if reason else "",
            "atom": scope.href(feed_path(scope.language, "all", "xml")),
            "json": scope.href(feed_path(scope.language, "all", "json")),
        },
    )
