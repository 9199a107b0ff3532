"""JSON Schemas of the data files, made from the model: editor help and validation from one text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from .model import Action, Committee, Event, Glossary, Organization, Plan, Record, Redirects, Site

SCHEMAS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "site": Site,
        "glossary": Glossary,
        "redirects": Redirects,
        "organization": Organization,
        "committee": Committee,
        "plan": Plan,
        "action": Action,
        "event": Event,
    }
)


def schema_text(name: str) -> str:
    """Return the JSON Schema of one kind of file, as it is written to ``data/.schemas/``."""
    schema = SCHEMAS[name].model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": schema.pop("title")}
    return json.dumps({**head, **schema}, ensure_ascii=False, indent=2) + "\n"
