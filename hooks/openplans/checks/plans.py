"""Rules of organizations, plans and actions: what they refer to exists, and addresses are free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..diagnostic import Diagnostic
from ..feed_names import is_reserved, names_of
from ..model import Action, Organization, Plan
from ..validation import nearest
from .base import Check, action_ids, check_unique, committee_ids
from .events import check_event, check_event_cycles
from .measures import check_indicators, check_money
from .series import check_series
from .times import check_times, check_zone

#: Words of an address that belong to the site and cannot name an organization, plan, section or action.
RESERVED_ORGANIZATIONS = frozenset(
    {
        "events",
        "subscribe",
        "changes",
        "method",
        "data",
        "search",
        "library",
        "opportunities",
        "about",
        "assets",
        "api",
        "badges",
        "calendars",
        "feeds",
        "embed",
        "glossary",
        "index",
        "404",
        "sitemap",
    }
)
RESERVED_PLANS = frozenset({"computed", "next-event", "committees", "events", "handover", "index"})
RESERVED_ACTIONS = frozenset({"index", "report", "computed"})
#: Reports on single years stand at such words; reserved for sections and actions, whatever follows.
RESERVED_BEGINNING = "report-"


def check_organizations(checker: Check) -> Iterator[Diagnostic]:
    yield from _feed_names(checker)
    for organization in checker.dataset.organizations:
        document = checker.loading.documents[organization.path]
        # What refers to a file is right even where that file cannot be read.
        source = (checker.dataset.site, organization, checker.paths_of(organization))
        yield from document.once("rules", source, lambda: tuple(_rules(checker, organization)))  # noqa: B023


def _rules(checker: Check, organization: Organization) -> Iterator[Diagnostic]:
    """Yield what is wrong with one organization; nothing here looks at another one."""
    yield from _organization(checker, organization)
    for record in (organization, *organization.committees, *organization.events, *organization.plans):
        yield from check_times(checker, organization, record)
    for event in organization.events:
        yield from check_event(checker, organization, event)
        yield from check_series(checker, organization, event)
    yield from check_event_cycles(checker, organization)
    for plan in organization.plans:
        yield from _plan(checker, organization, plan)
        first: dict[str, Action] = {}
        for action in plan.actions:
            if first.setdefault(action.id, action) is not action:
                yield checker.problem("OP504", action, (), found=action.id, first=first[action.id].path)
            yield from _action(checker, organization, plan, action)
            yield from check_times(checker, organization, action)


def _feed_names(checker: Check) -> Iterator[Diagnostic]:
    """Yield OP504 for committees whose calendar would have another one's address."""
    first: dict[str, str] = {}
    for organization in checker.dataset.organizations:
        committees = {committee.id: committee for committee in organization.committees}
        for name, committee in names_of(organization):
            record = committees.get(committee, organization)
            if name in first:
                yield checker.problem("OP504", record, (), found=f"calendars/…/{name}.ics", first=first[name])
            first.setdefault(name, record.path)


def _organization(checker: Check, organization: Organization) -> Iterator[Diagnostic]:
    languages = checker.dataset.site.languages
    if organization.id in RESERVED_ORGANIZATIONS or organization.id in languages or is_reserved(organization.id):
        yield checker.problem("OP505", organization, (), found=organization.id, kind="organization")
    if organization.source_language not in languages:
        yield checker.problem(
            "OP308",
            organization,
            ("source_language",),
            found=organization.source_language,
            allowed=", ".join(languages),
            suggestion=nearest(organization.source_language, languages),
        )
    if organization.region is not None:
        known = set(checker.dataset.site.regions)
        yield from checker.reference(organization, ("region",), "region", organization.region, known)
    if organization.time_zone is not None:
        yield from check_zone(checker, organization, organization.time_zone)
    committees = committee_ids(checker, organization)
    parents = {committee.id: committee.parent for committee in organization.committees}
    for committee in organization.committees:
        if committee.parent is not None:
            yield from checker.reference(committee, ("parent",), "committee", committee.parent, committees)
            seen, current = [committee.id], parents.get(committee.id)
            while current is not None and current not in seen:
                seen.append(current)
                current = parents.get(current)
            if current == committee.id:
                yield checker.problem("OP502", committee, ("parent",), found=" → ".join([*seen, current]))
    yield from check_unique(checker, organization, ("terms",), [term.id for term in organization.terms])


def _plan(checker: Check, organization: Organization, plan: Plan) -> Iterator[Diagnostic]:
    committees = committee_ids(checker, organization)
    if plan.id in RESERVED_PLANS:
        yield checker.problem("OP505", plan, (), found=plan.id, kind="plan")
    if plan.owner is not None:
        yield from checker.reference(plan, ("owner",), "committee", plan.owner, committees)
    for index, identifier in enumerate(plan.implementers):
        yield from checker.reference(plan, ("implementers", index), "committee", identifier, committees)
    yield from check_unique(checker, plan, ("sources",), [source.id for source in plan.sources])
    yield from check_unique(checker, plan, ("sections",), [section.id for section in plan.sections])
    yield from check_money(checker, plan, (), plan)
    for number, section in enumerate(plan.sections):
        where = ("sections", number)
        if section.id in RESERVED_ACTIONS or section.id.startswith(RESERVED_BEGINNING):
            yield checker.problem("OP505", plan, (*where, "id"), found=section.id, kind="section")
        for index, identifier in enumerate(section.committees):
            yield from checker.reference(plan, (*where, "committees", index), "committee", identifier, committees)
        for name in ("objectives", "directions", "goals"):
            yield from check_unique(checker, plan, (*where, name), [item.id for item in getattr(section, name)])
        yield from check_indicators(checker, plan, where, section.indicators)
        directions = {direction.id for direction in section.directions}
        for index, goal in enumerate(section.goals):
            here = (*where, "goals", index)
            if goal.direction is not None:
                yield from checker.reference(plan, (*here, "direction"), "direction", goal.direction, directions)
            yield from check_unique(
                checker, plan, (*here, "objectives"), [objective.id for objective in goal.objectives]
            )
            yield from check_indicators(checker, plan, here, goal.indicators)


def _action(checker: Check, organization: Organization, plan: Plan, action: Action) -> Iterator[Diagnostic]:
    sections = {section.id: section for section in plan.sections}
    committees = committee_ids(checker, organization)
    if action.section not in sections:
        allowed = sorted(sections)
        yield checker.problem(
            "OP506",
            action,
            (),
            found=action.section,
            allowed=", ".join(allowed),
            suggestion=nearest(action.section, allowed),
        )
    if action.id in RESERVED_ACTIONS or action.id.startswith(RESERVED_BEGINNING):
        yield checker.problem("OP505", action, (), found=action.id, kind="action")
    if action.id in sections:
        yield checker.problem("OP504", action, (), found=action.id, first=plan.path)
    yield from _goal_of(checker, action, sections.get(action.section))
    for index, identifier in enumerate(action.responsible):
        yield from checker.reference(action, ("responsible", index), "committee", identifier, committees)
    for index, partner in enumerate(action.partners):
        if (partner.committee is None) == (partner.name is None):
            yield checker.problem("OP607", action, ("partners", index))
        if partner.committee is not None:
            where = ("partners", index, "committee")
            yield from checker.reference(action, where, "committee", partner.committee, committees)
    yield from check_indicators(checker, action, (), action.indicators)
    yield from check_money(checker, action, (), action)
    yield from _updates(checker, organization, plan, action)
    if action.source is not None and action.source.document is not None:
        documents = {source.id for source in plan.sources}
        yield from checker.reference(action, ("source", "document"), "document", action.source.document, documents)
    if action.carried_over_from is not None:
        plans = checker.ids_in(f"organizations/{organization.id}/plans/")
        before, _, former = action.carried_over_from.partition("/")
        yield from checker.reference(action, ("carried_over_from",), "plan", before, plans)
        if before in plans:
            known = action_ids(checker, f"organizations/{organization.id}/plans/{before}/")
            yield from checker.reference(action, ("carried_over_from",), "action", former, known)


def _goal_of(checker: Check, action: Action, section: Any) -> Iterator[Diagnostic]:
    if section is None:
        return
    goals = {goal.id: goal for goal in section.goals}
    if action.goal is not None:
        yield from checker.reference(action, ("goal",), "goal", action.goal, set(goals))
    if action.objective is not None:
        goal = goals.get(action.goal or "")
        known = {objective.id for objective in (goal.objectives if goal else section.objectives)}
        yield from checker.reference(action, ("objective",), "objective", action.objective, known)


def _updates(checker: Check, organization: Organization, plan: Plan, action: Action) -> Iterator[Diagnostic]:
    for index, update in enumerate(action.updates):
        where = ("updates", index)
        if update.status in ("postponed", "cancelled") and update.reason is None:
            yield checker.problem("OP601", action, (*where, "status"), status=update.status, key="reason")
        if update.status == "postponed" and update.new_date is None:
            yield checker.problem("OP601", action, (*where, "status"), status=update.status, key="new_date")
        if update.status == "merged" and update.merged_into is None:
            yield checker.problem("OP601", action, (*where, "status"), status=update.status, key="merged_into")
        if update.merged_into is not None:
            known = action_ids(checker, f"organizations/{organization.id}/plans/{plan.id}/")
            yield from checker.reference(action, (*where, "merged_into"), "action", update.merged_into, known)
            went_to = {item.id: u.merged_into for item in plan.actions for u in item.updates if u.merged_into}
            seen, current = [action.id], went_to.get(action.id)
            while current is not None and current not in seen:
                seen.append(current)
                current = went_to.get(current)
            if current == action.id:
                yield checker.problem("OP502", action, (*where, "merged_into"), found=" → ".join([*seen, current]))
        if update.by is not None:
            committees = committee_ids(checker, organization)
            yield from checker.reference(action, (*where, "by"), "committee", update.by, committees)
