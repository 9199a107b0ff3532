"""A plan as adopted and as it stands, in words: day of adoption, counts, and which actions came and went."""

from __future__ import annotations

from dataclasses import dataclass

from ..adoption import Adoption, adoption_of
from ..change_words import text_in
from ..model import Plan
from .changes import link_to
from .pieces import Link
from .scope import Scope


@dataclass(frozen=True, slots=True)
class AdoptionView:
    """What a plan's page says of its adoption and of today; empty strings where nothing is to be said."""

    adopted: str
    since: str
    counts: str
    #: Actions added later and actions that are gone; the day is the link's detail.
    added: tuple[Link, ...]
    removed: tuple[Link, ...]


def adoption_view(plan: Plan, scope: Scope) -> AdoptionView:
    """Return a plan as adopted beside the plan as it stands."""
    t, adoption = scope.t, adoption_of(scope.publication, plan)
    day = adoption.approval.date if adoption.approval is not None else None
    adopted = t("ledger.adoption.adopted", day=t.day(day)) if day is not None else t("ledger.adoption.not_stated")
    if adoption.known_since is None:
        return AdoptionView(adopted, "", t("ledger.adoption.unknown"), (), ())
    return AdoptionView(
        adopted,
        t("ledger.adoption.since", day=t.day(adoption.known_since)),
        t(
            "ledger.adoption.counts",
            adopted=t("count.actions", adoption.adopted_count),
            today=t("count.actions", adoption.today_count),
        ),
        _added(adoption, plan, scope),
        _removed(adoption, scope),
    )


def added_later(plan: Plan, scope: Scope) -> dict[str, str]:
    """Return the label of each action that was added after adoption, by the action's id."""
    added = adoption_of(scope.publication, plan).added
    return {key: scope.t("ledger.adoption.added_on", day=scope.t.day(day)) for key, day in added.items()}


def _added(adoption: Adoption, plan: Plan, scope: Scope) -> tuple[Link, ...]:
    links = ((scope.action_link(item), adoption.added[item.id]) for item in plan.actions if item.id in adoption.added)
    return tuple(Link(link.title, link.href, scope.t.day(day)) for link, day in links)


def _removed(adoption: Adoption, scope: Scope) -> tuple[Link, ...]:
    return tuple(
        Link(
            text_in(item.title, item.language, scope.publication, scope.language),
            link_to(item.record, scope) if scope.publication.has_page(item.record) else "",
            scope.t.day(item.day),
        )
        for item in adoption.removed
    )
