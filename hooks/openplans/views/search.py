"""The search page: a form that the page's script brings to life, and the way to the list of all titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..calendars import Meeting
from ..language import Shown, sort_key
from ..progress import STATUSES
from ..routes import PageKind
from .pieces import SearchFacts, View
from .scope import Scope
from .search_facts import action_facts, event_facts, plan_facts

_KINDS = ("action", "event", "plan", "section", "committee", "organization", "term", "page")
_SCHEDULES = ("overdue", "due_soon", "stale")
_OF_EVENTS = ("rescheduled", "postponed", "cancelled", "moved_online")


@dataclass(frozen=True, slots=True)
class FilterValue:
    """One value to filter by: its key, its words, and what tells it from others of the same words."""

    key: str
    words: Shown
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One thing to filter by, with its values."""

    name: str
    label: str
    values: tuple[FilterValue, ...]


def search(scope: Scope) -> View:
    """Return the search page; its script needs a few words, and learns the rest from the form."""
    t = scope.t
    page = scope.page(t("nav.search"), None, t("search.description"))
    return View(
        page,
        {
            "filters": tuple(group for group in _filters(scope) if group.values),
            "index": scope.to(PageKind.INDEX),
            "script": scope.href("assets/search.js"),
            "words": {
                **{"count": t.forms("search.count"), "none": t("search.none"), "broken": t("search.broken")},
                **({"indexes": ["", *scope.publication.indexes]} if scope.publication.indexes else {}),
            },
        },
    )


def _filters(scope: Scope) -> Iterator[FilterGroup]:
    """Yield the groups; a value that no page has is not offered."""
    # The same in every language.
    offered = scope.publication.once(("search filters",), lambda: _Offered.of(_facts(scope)))
    organizations = scope.publication.dataset.organizations

    def group(name: str, values: Iterable[FilterValue]) -> FilterGroup:
        return FilterGroup(name, scope.t(f"search.filter.{name}"), tuple(values))

    yield group("kind", (FilterValue(kind, scope.ours(f"search.kind.{kind}")) for kind in _KINDS if _has(kind, scope)))
    short = {o.id: scope.show(o.acronym or o.name) for o in organizations}
    yield group("organization", _sorted((FilterValue(key, words) for key, words in short.items()), scope))
    committees = (
        FilterValue(f"{o.id}/{committee.id}", scope.show(committee.name), f"({short[o.id].text})")
        for o in organizations
        for committee in o.committees
    )
    yield group("committee", _sorted((value for value in committees if value.key in offered.committees), scope))
    values = [FilterValue(status, scope.ours(f"status.{status}")) for status in (*STATUSES, *_SCHEDULES)]
    values += [
        FilterValue(f"event-{status}", scope.ours(f"event.status.{status}"), scope.t("search.of_event"))
        for status in _OF_EVENTS
    ]
    yield group("status", (value for value in values if value.key in offered.statuses))
    years = sorted(offered.years, reverse=True)
    yield group("year", (FilterValue(str(year), Shown(str(year), scope.language)) for year in years))


@dataclass(frozen=True, slots=True)
class _Offered:
    """What some record can be found by."""

    committees: frozenset[str]
    statuses: frozenset[str]
    years: frozenset[int]

    @classmethod
    def of(cls, found: Iterable[SearchFacts]) -> _Offered:
        committees, statuses, years = set[str](), set[str](), set[int]()
        for facts in found:
            committees.update(facts.committees)
            statuses.update(facts.statuses)
            years.update(facts.years)
        return cls(frozenset(committees), frozenset(statuses), frozenset(years))


def _facts(scope: Scope) -> Iterator[SearchFacts]:
    """Yield the facts of all records that have a time or a status."""
    by_event: dict[tuple[str, str], list[Meeting]] = {}
    for meeting in scope.publication.meetings:
        by_event.setdefault((meeting.organization.id, meeting.event.id), []).append(meeting)
    for organization in scope.publication.dataset.organizations:
        for event in organization.events:
            yield event_facts(event, by_event[organization.id, event.id], organization, scope)
        for plan in organization.plans:
            yield plan_facts(plan, organization, scope)
            for action in plan.actions:
                yield action_facts(action, plan, organization, scope)


def _has(kind: str, scope: Scope) -> bool:
    """Tell whether there is a page of a kind."""
    dataset = scope.publication.dataset
    if kind == "term":
        return bool(dataset.glossary.terms)
    if kind == "page":
        return bool(scope.publication.hand_written.get(scope.language))
    return any(key.kind == kind for key in scope.publication.records)


def _sorted(values: Iterable[FilterValue], scope: Scope) -> list[FilterValue]:
    return sorted(values, key=lambda value: (sort_key(value.words.text, scope.language), value.key))
