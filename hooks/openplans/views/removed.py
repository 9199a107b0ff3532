"""The page of a record that is gone: its address stays, and says what was here and where to go on."""

from __future__ import annotations

from ..change_words import route_of, title_of
from ..ledger import Key, Removed
from .changes import history_rows
from .pieces import Link, View
from .scope import Scope


def removed(this: Removed, scope: Scope) -> View:
    """Return the page of a removed record, or of one that has another address now."""
    t = scope.t
    title = title_of(this.record, scope.publication, scope.language)
    day = t.day(this.day)
    word = t("ledger.gone.label")
    page = scope.page(
        f"{title.text} – {word}", title, t("ledger.gone.description", day=day), crumbs=_crumbs(this, scope)
    )
    target = this.moved_to or this.owner
    return View(
        page,
        {
            "number": this.number,
            "is_moved": this.moved_to is not None,
            "sentence": t("ledger.gone.moved" if this.moved_to else f"ledger.gone.{this.record.kind}", day=day),
            "target": _link(target, scope) if target else None,
            "history": history_rows(this.record, scope),
        },
        template="removed",
    )


def _crumbs(this: Removed, scope: Scope) -> tuple[Link, ...]:
    organizations = {o.id: o for o in scope.publication.dataset.organizations}
    organization = organizations.get(this.record.organization)
    if organization is None:
        return ()
    plans = (plan for plan in organization.plans if plan.id == this.record.plan)
    return (scope.organization_link(organization), *(scope.plan_link(plan) for plan in plans))


def _link(key: Key, scope: Scope) -> Link | None:
    """Return a link to a record, or to what it belonged to where it has no page of its own."""
    route = route_of(key, scope.publication, scope.language)
    if route is None:
        return None
    found = Key(route.kind, route.organization, route.plan, route.item)
    return Link(title_of(found, scope.publication, scope.language), scope.href(route.path))
