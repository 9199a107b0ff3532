"""By what each record is found besides its words: kind, organization, committees, statuses, and years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..calendars import Meeting
from ..date_words import period_in_words, when_in_words
from ..dates import timing_of
from ..model import UNKNOWN_SPAN, Action, Committee, Event, Organization, Plan, Section, Span
from .pieces import SearchFacts
from .scope import Scope

#: A time longer than this is found by its first years only.
_YEARS_LIMIT = 12


def action_facts(action: Action, plan: Plan, organization: Organization, scope: Scope) -> SearchFacts:
    """Return the facts of an action; where its time has no end of its own, the plan's counts."""
    publication = scope.publication
    progress = publication.progress_of(action)
    frame = publication.frame(organization, plan)
    responsible = publication.responsible(organization, plan, action)
    return SearchFacts(
        "action",
        organization.id,
        _keys(organization, (committee.id for committee in responsible)),
        (progress.status, *([progress.schedule] if progress.schedule else [])),
        _years(timing_of(action.all_whens, frame).spans, frame.plan),
        _name(organization, scope),
        "; ".join(when_in_words(when, organization, scope.t) for when in action.when),
    )


def event_facts(event: Event, meetings: Sequence[Meeting], organization: Organization, scope: Scope) -> SearchFacts:
    """Return the facts of an event with its meetings, which for a series are its dates."""
    alone = meetings[0] if len(meetings) == 1 else None
    status = alone.status if alone else event.status
    when = (alone.when if alone else None) or event.when
    return SearchFacts(
        "event",
        organization.id,
        _keys(organization, _organizers(event, organization, scope)),
        () if status == "scheduled" else (f"event-{status}",),
        _years((span for meeting in meetings for span in meeting.timing.spans), UNKNOWN_SPAN),
        _name(organization, scope),
        when_in_words(when, organization, scope.t) if when else "",
    )


def _organizers(event: Event, organization: Organization, scope: Scope) -> Iterable[str]:
    for committee in organization.committees:
        if any(meeting.event.id == event.id for meeting in scope.publication.meetings_of(committee)):
            yield committee.id


def plan_facts(plan: Plan, organization: Organization, scope: Scope) -> SearchFacts:
    """Return the facts of a plan."""
    owners = dict.fromkeys((*([plan.owner] if plan.owner else []), *plan.implementers))
    return _in_plan("plan", owners, plan, organization, scope)


def section_facts(section: Section, plan: Plan, organization: Organization, scope: Scope) -> SearchFacts:
    """Return the facts of a section; its time is the plan's."""
    return _in_plan("section", section.committees, plan, organization, scope)


def _in_plan(kind: str, committees: Iterable[str], plan: Plan, organization: Organization, scope: Scope) -> SearchFacts:
    span = scope.publication.frame(organization, plan).plan
    return SearchFacts(
        kind,
        organization.id,
        _keys(organization, committees),
        years=_years([span], span),
        organization_name=_name(organization, scope),
        when=period_in_words(plan.period, organization, scope.t),
    )


def committee_facts(committee: Committee, organization: Organization, scope: Scope) -> SearchFacts:
    """Return the facts of a committee."""
    own = _keys(organization, [committee.id])
    return SearchFacts("committee", organization.id, own, organization_name=_name(organization, scope))


def organization_facts(organization: Organization, scope: Scope) -> SearchFacts:
    """Return the facts of an organization."""
    return SearchFacts("organization", organization.id, organization_name=_name(organization, scope))


def _keys(organization: Organization, committees: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{organization.id}/{committee}" for committee in committees)


def _name(organization: Organization, scope: Scope) -> str:
    return scope.show(organization.acronym or organization.name).text


def _years(spans: Iterable[Span], within: Span) -> tuple[int, ...]:
    """Return the years that spans touch; a deadline without a beginning counts for its own year."""
    found: set[int] = set()
    for span in tuple(spans) or (within,):
        first = span.earliest or span.latest or within.earliest
        last = span.latest or within.latest or first
        if first is not None and last is not None:
            end = min(max(first, last).year, first.year + _YEARS_LIMIT - 1)
            found.update(range(first.year, end + 1))
    return tuple(sorted(found))
