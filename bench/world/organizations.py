"""Made-up organizations: who they are, their committees, and two plans each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .actions import Setting, action
from .events import event
from .sentences import LANGUAGES, Dice, Scribe

COMMITTEES = 5
#: Of eight neighbouring actions five go to the five sections of the first plan, three to those of the second.
_SECTIONS = (("programme", 5), ("year", 3))
_GOALS = 3
#: Of six neighbouring actions one is an event too.
_ACTIONS_PER_EVENT = 6

Record = dict[str, Any]


@dataclass(frozen=True)
class Action:
    """One action with its place in the plan."""

    id: str
    section: str
    record: Record


@dataclass
class Plan:
    """A plan and its actions, in the document's order."""

    id: str
    record: Record
    actions: list[Action] = field(default_factory=list)


@dataclass
class Organization:
    """An organization with all that lies in its folder."""

    id: str
    record: Record
    committees: dict[str, Record]
    plans: list[Plan]
    events: dict[str, Record]


def organization(scribe: Scribe, seed: int, number: int, size: int) -> Organization:
    """Return an organization with so many actions; every fourth one has never reported anything."""
    dice = Dice(f"{seed} organization {number}")
    source_language = LANGUAGES[number % 2]
    identifier = f"org-{number + 1:03d}"
    record = {
        "translations": {language: "machine" for language in LANGUAGES if language != source_language},
        "name": scribe.text(dice, "name"),
        "kind": dice.one_of(("students_union", "youth_organization", "municipality", "association")),
        "source_language": source_language,
        "description": scribe.text(dice, "description"),
        "country": ("LT", "LV")[number % 2],
        "region": f"region-{number % 3 + 1}",
        "website": f"https://{identifier}.example/",
        "seasons": {"spring": "03/05", "summer": "06/08", "autumn": "09/11", "winter": "12/02"},
        "terms": [{"id": "term-2026", "name": scribe.text(dice, "name"), "period": "2026-09/2027-08"}],
    }
    committees = {
        scribe.identifier(dice, f"c-{place}"): {
            "name": scribe.text(dice, "name"),
            "kind": "committee" if place < COMMITTEES else "outside_body",
            "description": scribe.text(dice, "description"),
        }
        for place in range(1, COMMITTEES + 1)
    }
    reports = number % 4 != 3
    plans = [Plan(name, _plan(scribe, dice, name, sections, list(committees), reports)) for name, sections in _SECTIONS]
    made = Organization(identifier, record, committees, plans, {})
    _fill(made, scribe, seed, number, size)
    # A small organization may have no action left for its second plan.
    made.plans = [plan for plan in plans if plan.actions]
    return made


def _plan(scribe: Scribe, dice: Dice, name: str, sections: int, committees: list[str], reports: bool) -> Record:
    return {
        "title": scribe.text(dice, "title"),
        "kind": "strategy" if name == "programme" else "annual_plan",
        "summary": scribe.text(dice, "summary"),
        "period": "2026/2028" if name == "programme" else "2026-09/2027-08",
        "approvals": [{"kind": "adopted", "body": scribe.text(dice, "name"), "date": "2025-12-18", "number": "1-17"}],
        "sources": [{"id": "document", "title": scribe.text(dice, "title"), "language": "lt"}],
        "vision": scribe.text(dice, "text"),
        "mission": scribe.text(dice, "text"),
        "priorities": [scribe.text(dice, "text") for _ in range(3)],
        "context": [{"title": scribe.text(dice, "name"), "text": scribe.text(dice, "text")} for _ in range(2)],
        "reports_results": reports,
        "sections": [_section(scribe, dice, f"{name}-{place + 1}", place, committees) for place in range(sections)],
    }


def _section(scribe: Scribe, dice: Dice, identifier: str, place: int, committees: list[str]) -> Record:
    goals = [{"id": f"goal-{number + 1}", "title": scribe.text(dice, "title")} for number in range(_GOALS)]
    goals[0]["results"] = [{"text": scribe.text(dice, "text")} for _ in range(2)]
    return {
        "id": identifier,
        "number": f"{place + 1}.",
        "title": scribe.text(dice, "name"),
        "committees": [committees[place % len(committees)]],
        "summary": scribe.text(dice, "summary"),
        "goals": goals,
        "source": {"section": f"{place + 1}."},
    }


def _fill(made: Organization, scribe: Scribe, seed: int, number: int, size: int) -> None:
    """Put actions and events into an organization; ids first, because records refer to each other."""
    places = [(plan, section["id"]) for plan in made.plans for section in plan.record["sections"]]
    ids = [scribe.identifier(Dice(f"{seed} id {number} {place}"), f"a-{place + 1:03d}") for place in range(size)]
    event_ids = [ids[place].replace("a-", "e-", 1) for place in range(0, size, _ACTIONS_PER_EVENT)]
    setting = Setting(scribe, made.record["source_language"], tuple(made.committees), tuple(event_ids), number)
    for place in range(size):
        plan, section = places[place % len(places)]
        before = ids[place - len(places)] if place >= len(places) else None
        record = action(setting, Dice(f"{seed} action {number} {place}"), plan.id, place, before)
        plan.actions.append(Action(ids[place], section, record))
    for order, identifier in enumerate(event_ids):
        place = order * _ACTIONS_PER_EVENT
        promised_by = f"{places[place % len(places)][0].id}/{ids[place]}"
        dice = Dice(f"{seed} event {number} {order}")
        made.events[identifier] = event(setting, dice, order, promised_by)
