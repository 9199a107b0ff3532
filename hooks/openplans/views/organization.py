"""The pages of an organization and of its committees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..date_words import period_in_words
from ..facets import Facet
from ..feeds import committee_feed, subscriptions
from ..language import Shown, sort_key
from ..ledger import Key
from ..model import Plan
from ..routes import PageKind, has_handover
from .action_table import ActionRow, Choice, action_rows, choices_among
from .changes import changes_block
from .meetings import meeting_rows
from .pieces import Link, ProgressView, View
from .scope import Scope
from .search_facts import committee_facts, organization_facts
from .structured_data import organization_data


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan at a glance."""

    link: Link
    kind: str
    period: str
    progress: ProgressView


@dataclass(frozen=True, slots=True)
class CommitteeRow:
    """A committee at a glance; no progress where it answers for nothing."""

    link: Link
    acronym: str
    description: Shown | None
    progress: ProgressView | None


def plan_card(plan: Plan, scope: Scope) -> PlanCard:
    """Return a plan with its period and counts."""
    organization = scope.publication.dataset.organization(plan.organization)
    period = period_in_words(plan.period, organization, scope.t)
    return PlanCard(scope.plan_link(plan), scope.t(f"plan.kind.{plan.kind}"), period, scope.progress(plan.actions))


def organization(scope: Scope) -> View:
    """Return the page of an organization: its plans, committees and next events."""
    this = scope.organization
    t = scope.t
    committees = []
    for committee in this.committees:
        own = scope.publication.actions_of(this, committee)
        count = len(own)
        link = Link(
            scope.show(committee.name),
            scope.to(PageKind.COMMITTEE, this.id, item=committee.id),
            t("count.actions", count) if count else "",
        )
        progress = scope.progress(own) if own else None
        committees.append(CommitteeRow(link, committee.acronym or "", scope.maybe(committee.description), progress))
    committees.sort(key=lambda item: sort_key(item.link.title.text, scope.language))
    meetings = scope.publication.meetings_by(Facet("organization", this.id))
    coming = [m for m in meetings if not m.is_over(scope.publication.today)]
    past = [m for m in meetings if m.is_over(scope.publication.today)]
    heading = scope.show(this.name)
    contents = [("plans", t("organization.plans"))]
    contents += [("committees", t("organization.committees"))] if committees else []
    contents += [("events", t("organization.events"))] if meetings else []
    block = changes_block(Key("organization", this.id), this.id, scope)
    contents += [("changes", t("ledger.title"))] if block.rows else []
    actions = tuple(action for plan in this.plans for action in plan.actions)
    page = scope.page(
        heading.text,
        heading,
        t("organization.description", len(this.plans), name=heading.text),
        contents=contents,
        record=this,
        calendar=this.id,
        feed=this.id,
        embed=this.id,
        structured_data=organization_data(this, scope),
        has_script=bool(meetings),
        search=organization_facts(this, scope),
    )
    return View(
        page,
        {
            "acronym": scope.maybe(this.acronym),
            "kind": t(f"organization.kind.{this.kind}"),
            "description": scope.maybe(this.description),
            "website": this.website or "",
            "email": this.email or "",
            "plans": tuple(plan_card(plan, scope) for plan in this.plans),
            "progress": scope.progress(actions, this.id) if actions else None,
            # Over a single plan the sum would say what the plan's own card says.
            "is_sum": len(this.plans) > 1,
            "handover": scope.to(PageKind.HANDOVER, this.id) if has_handover(this) else "",
            "committees": tuple(committees),
            "coming": meeting_rows(coming, scope),
            "past": meeting_rows(list(reversed(past)), scope),
            "changes": block,
            "agenda": scope.to(PageKind.FACET, item=Facet("organization", this.id).path) if meetings else "",
            "subscribe": scope.to(PageKind.SUBSCRIBE, anchor=f"#{this.id}"),
        },
    )


@dataclass(frozen=True, slots=True)
class CommitteePlan:
    """A committee's actions in one plan."""

    anchor: str
    link: Link
    actions: tuple[ActionRow, ...]


def _choices(plans: Sequence[CommitteePlan], scope: Scope) -> tuple[Choice, ...]:
    return choices_among([row for plan in plans for row in plan.actions], scope)


def committee(scope: Scope) -> View:
    """Return the page of a committee: all its actions, over every plan of the organization."""
    parent = scope.organization
    this = next(item for item in parent.committees if item.id == scope.route.item)
    actions = scope.publication.actions_of(parent, this)
    plans = []
    for plan in parent.plans:
        own = tuple(action for action in actions if action.plan == plan.id)
        if own:
            plans.append(CommitteePlan(f"p-{plan.id}", scope.plan_link(plan), action_rows(own, parent, plan, scope)))
    above = next((item for item in parent.committees if item.id == this.parent), None)
    below = tuple(item for item in parent.committees if item.parent == this.id)
    heading = scope.show(this.name)
    meetings = scope.publication.meetings_of(this)
    coming = [m for m in meetings if not m.is_over(scope.publication.today)]
    past = [m for m in meetings if m.is_over(scope.publication.today)]
    feeds = {feed.name for feed in subscriptions(scope.publication) if feed.entries}
    subscription = committee_feed(this) if committee_feed(this) in feeds else ""

    def link(other: object) -> Link:
        return Link(scope.show(other.name), scope.to(PageKind.COMMITTEE, parent.id, item=other.id))  # type: ignore[attr-defined]

    page = scope.page(
        f"{heading.text} – {scope.show(parent.name).text}",
        heading,
        scope.t("committee.description", len(actions), organization=scope.show(parent.name).text),
        crumbs=(scope.organization_link(parent),),
        contents=[(plan.anchor, plan.link.title.text) for plan in plans],
        record=this,
        above=(parent,),
        calendar=committee_feed(this),
        embed=committee_feed(this),
        has_script=bool(meetings),
        has_tables=bool(plans),
        search=committee_facts(this, parent, scope),
    )
    return View(
        page,
        {
            "acronym": this.acronym or "",
            "kind": scope.t(f"committee.kind.{this.kind}"),
            "description": scope.maybe(this.description),
            "email": this.email or "",
            "website": this.website or "",
            "organization": Link(scope.show(parent.name), scope.to(PageKind.ORGANIZATION, parent.id)),
            "above": link(above) if above else None,
            "below": tuple(link(item) for item in below),
            "progress": scope.progress(actions, parent.id, committee=this.id) if actions else None,
            "plans": tuple(plans),
            "choices": _choices(plans, scope),
            "report": scope.to(PageKind.COMMITTEE_REPORT, parent.id, item=this.id) if actions else "",
            "coming": meeting_rows(coming, scope),
            "past": meeting_rows(list(reversed(past)), scope),
            "subscribe": scope.to(PageKind.SUBSCRIBE, anchor=f"#{subscription}") if subscription else "",
        },
    )
