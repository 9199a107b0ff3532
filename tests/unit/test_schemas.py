"""JSON Schemas for editors: they accept what the loader accepts, and refuse what an editor can know to be wrong."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openplans.schemas import SCHEMAS, schema_text

#: Which kind of file stands where, by the last folders of its path.
KIND_BY_FOLDER = {"committees": "committee", "events": "event", "resources": "resource", "opportunities": "opportunity"}


class _Loader(yaml.SafeLoader):
    """Reads as the editors' YAML servers do: YAML 1.2, where days and clock times are text."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[1] in ("bool", "int", "float", "null")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if sign not in "yYnNoO"
}


def kind_of(file: Path) -> str:
    """Return the name of the schema for a data file."""
    if file.parent.parent.name == "actions":
        return "action"
    return KIND_BY_FOLDER.get(file.parent.name, file.stem)


@cache
def validator(name: str) -> Draft202012Validator:
    """Return a validator for one kind of file."""
    schema: dict[str, Any] = json.loads(schema_text(name))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema_with_help_for_editors(name: str) -> None:
    schema = validator(name).schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(schema)[:2] == ["$schema", "title"] and schema["title"].lower() == name
    assert schema["additionalProperties"] is False
    assert not {"id", "path", "organization", "plan"} & set(schema["properties"]) or name == "redirects"
    assert schema_text(name) == schema_text(name)


def test_every_file_of_the_world_fits_its_schema(world: Path) -> None:
    validators = {name: validator(name) for name in SCHEMAS}
    faults, seen = [], set()
    for file in sorted(world.rglob("*.yml")):
        seen.add(kind_of(file))
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
        faults += [f"{file.name}: {e.json_path} {e.message}" for e in validators[kind_of(file)].iter_errors(data)]
    assert faults == []
    assert seen == set(SCHEMAS)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("action", {}),
        ("action", {"tittle": "Veiksmas"}),
        ("action", {"title": []}),
        ("action", {"title": {"Lietuviškai": "Veiksmas"}}),
        ("action", {"title": "A", "updates": [{"date": "2026", "status": "dun"}]}),
        ("action", {"title": "A", "responsible": "valdyba"}),
        ("action", {"title": "A", "goal": "Ne id"}),
        ("action", {"title": "A", "id": "a"}),
        ("plan", {"title": "A", "period": "2026", "sections": [{"title": "Be id"}]}),
        ("event", {"title": "A", "registration": {"url": "http://plain.example"}}),
    ],
)
def test_a_schema_refuses_what_an_editor_can_see(name: str, data: dict[str, Any]) -> None:
    assert not validator(name).is_valid(data)
