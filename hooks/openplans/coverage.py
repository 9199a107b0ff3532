"""What a plan's data holds, counted, so that it can be compared with the document by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from .language import LocalizedText
from .load import Dataset
from .model import Action, Indicator, Money, Organization, Part, Plan, Record, When
from .values import texts_of


def coverage_of(dataset: Dataset) -> dict[str, Any]:
    """Return counts per plan and organization, by ids, in a stable order.

    ``figures`` counts every authored number: targets, ranges, actuals, baselines, amounts, breakdown lines and quotas.
    """
    return {
        organization.id: {
            "committees": len(organization.committees),
            "events": sum(max(1, len(event.occurrences)) for event in organization.events),
            "plans": {plan.id: _plan(organization, plan, dataset.site.languages) for plan in organization.plans},
        }
        for organization in dataset.organizations
    }


def _plan(organization: Organization, plan: Plan, languages: tuple[str, ...]) -> dict[str, Any]:
    goals = [goal for section in plan.sections for goal in section.goals]
    objectives = [objective for goal in goals for objective in goal.objectives]
    objectives += [objective for section in plan.sections for objective in section.objectives]
    indicators = [indicator for section in plan.sections for indicator in section.indicators]
    indicators += [indicator for goal in goals for indicator in goal.indicators]
    indicators += [indicator for action in plan.actions for indicator in action.indicators]
    money = [*plan.money, *(line for action in plan.actions for line in action.money)]
    whens = [when for action in plan.actions for when in _whens(action)]
    fulfilled = {reference for event in organization.events for reference in event.actions}
    return {
        "sections": len(plan.sections),
        "goals": len(goals),
        "objectives": len(objectives),
        "actions": len(plan.actions),
        "actions_by_section": {
            section.id: sum(1 for action in plan.actions if action.section == section.id) for section in plan.sections
        },
        "parts": sum(_parts(action.parts) for action in plan.actions),
        "results": sum(len(action.results) for action in plan.actions)
        + sum(len(goal.results) for goal in goals)
        + sum(len(objective.results) for objective in objectives),
        "indicators": len(indicators),
        "figures": _figures(indicators, money, whens),
        "money_lines": len(money),
        "dates": dict(sorted(Counter(when.shape for when in whens).items())),
        "actions_without_date": sum(1 for action in plan.actions if not action.when),
        "updates": sum(len(action.updates) for action in plan.actions),
        "notes": len(plan.notes) + sum(len(action.notes) for action in plan.actions),
        "actions_with_events": sum(1 for action in plan.actions if f"{plan.id}/{action.id}" in fulfilled),
        "texts": _texts((plan, *plan.actions), languages),
    }


def _whens(action: Action) -> Iterable[When]:
    yield from action.when
    yield from _whens_of_parts(action.parts)


def _whens_of_parts(parts: tuple[Part, ...]) -> Iterable[When]:
    for part in parts:
        yield from part.when
        yield from _whens_of_parts(part.parts)


def _parts(parts: tuple[Part, ...]) -> int:
    return sum(1 + _parts(part.parts) for part in parts)


def _figures(indicators: Iterable[Indicator], money: Iterable[Money], whens: Iterable[When]) -> int:
    count = sum(1 for when in whens if when.quota is not None)
    for indicator in indicators:
        values = [indicator.baseline.value if indicator.baseline else None]
        for period in indicator.periods:
            values += [period.target.value, period.target.upper] if period.target else []
            values += [period.actual.value] if period.actual else []
        count += sum(1 for value in values if value is not None)
    return count + sum(int(line.amount is not None) + len(line.breakdown) for line in money)


def _texts(records: Iterable[Record], languages: tuple[str, ...]) -> dict[str, int]:
    texts: list[LocalizedText] = [text for record in records for _, text in texts_of(record)]
    return {"all": len(texts), **{language: sum(1 for text in texts if language in text) for language in languages}}


def as_lines(coverage: dict[str, Any]) -> str:
    """Return the counts as indented lines."""
    lines: list[str] = []

    def walk(value: dict[str, Any], depth: int) -> None:
        for key, item in value.items():
            if isinstance(item, dict) and key in ("dates", "texts", "actions_by_section"):
                lines.append("  " * depth + f"{key}: " + ", ".join(f"{name} {count}" for name, count in item.items()))
            elif isinstance(item, dict):
                lines.append("  " * depth + key)
                walk(item, depth + 1)
            else:
                lines.append("  " * depth + f"{key}: {item}")

    walk(coverage, 0)
    return "\n".join(lines)
