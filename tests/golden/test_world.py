"""The invented world is worth its name: it is valid, and with that of the events it uses all of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from openplans.checks import check
from openplans.load import Dataset, load_dataset
from openplans.model import Facts, Organization, Plan, Record, fields_from_path
from openplans.progress import STATUSES
from openplans.publication import Publication

EVENTS = Path(__file__).resolve().parents[1] / "events" / "data"
#: Choices of which a record has one each, and of which the world has more kinds than records.
TOO_MANY_KINDS = {(Organization, "kind"), (Plan, "kind")}


def facts_within(value: Any) -> Iterator[Facts]:
    """Yield every piece of authored facts inside a value, itself included."""
    if isinstance(value, Facts):
        yield value
        for name in type(value).model_fields:
            yield from facts_within(getattr(value, name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from facts_within(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from facts_within(item)


def facts_of(dataset: Dataset) -> list[Facts]:
    """Return every piece of authored facts of a dataset."""
    records = (dataset.site, dataset.glossary, dataset.redirects, *dataset.organizations)
    return [facts for record in records for facts in facts_within(record)]


def all_kinds(kind: type[Facts] = Facts) -> Iterator[type[Facts]]:
    """Yield every kind of facts of the model."""
    for below in kind.__subclasses__():
        if below is not Record:
            yield below
        yield from all_kinds(below)


def choices_of(annotation: Any) -> Iterator[str]:
    """Yield the words that a field's type allows, wherever they stand in it."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from choices_of(part)


def words_of(value: Any) -> tuple[str, ...]:
    """Return the words that stand in a field: itself, its items, or its values."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    items = value if isinstance(value, tuple) else (value,)
    return tuple(item for item in items if isinstance(item, str))


def test_the_world_has_no_problem(world: Path) -> None:
    loading = load_dataset(world)
    assert [str(d) for d in (*loading.diagnostics, *check(loading))] == []


@pytest.fixture(scope="module")
def worlds(dataset: Dataset) -> list[Facts]:
    """Return every fact of the invented worlds: this one, and that of the events."""
    events = load_dataset(EVENTS).dataset
    assert events is not None
    return [*facts_of(dataset), *facts_of(events)]


def test_the_worlds_use_every_field_of_the_model(worlds: list[Facts]) -> None:
    used = {(type(facts), name) for facts in worlds for name in facts.model_fields_set}
    wanted = {
        (kind, name)
        for kind in all_kinds()
        for name in kind.model_fields
        if not (issubclass(kind, Record) and name in fields_from_path(kind))
    }
    # Every kind of record may say how it was translated; that some kinds do is enough.
    wanted = {(kind, name) for kind, name in wanted if name != "translations"}
    assert sorted(f"{kind.__name__}.{name}" for kind, name in wanted - used) == []


def test_the_worlds_use_every_choice_of_the_model(worlds: list[Facts]) -> None:
    # Fields that share a vocabulary, such as the units of quotas and targets, use it up together.
    vocabularies = {
        (kind, name): frozenset(choices_of(field.annotation))
        for kind in all_kinds()
        for name, field in kind.model_fields.items()
        if (kind, name) not in TOO_MANY_KINDS and name != "translations"
    }
    used = {
        (vocabularies[type(facts), name], word)
        for facts in worlds
        for name in type(facts).model_fields
        if (type(facts), name) in vocabularies
        for word in words_of(getattr(facts, name))
    }
    missing = {
        f"{kind.__name__}.{name}: {choice}"
        for (kind, name), vocabulary in vocabularies.items()
        for choice in vocabulary
        if (vocabulary, choice) not in used
    }
    assert sorted(missing) == []


def test_the_world_has_actions_of_every_status_and_schedule(publication: Publication) -> None:
    progress = [
        publication.progress_of(action)
        for organization in publication.dataset.organizations
        for plan in organization.plans
        for action in plan.actions
    ]
    assert {item.status for item in progress} == set(STATUSES)
    assert {item.schedule for item in progress} == {None, "overdue", "due_soon", "stale"}
    assert {item.rule for item in progress} == {
        "done",
        "not_started",
        "unreported",
        "quota",
        "parts",
        "indicators",
        "unknown",
    }


def test_the_world_has_every_time_shape_in_actions(dataset: Dataset) -> None:
    shapes = {
        when.shape for o in dataset.organizations for plan in o.plans for action in plan.actions for when in action.when
    }
    assert shapes == {"on", "window", "by", "relative", "rule", "quota", "continuous"}
