"""Pydantic's errors in our words: code, place in the file, and what was probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pydantic import ValidationError

from .diagnostic import Diagnostic, Place
from .model import Record
from .yaml_source import Document


def nearest(word: str, allowed: Sequence[str]) -> str | None:
    """Return the allowed word that ``word`` was probably meant to be, if any is near."""
    folded = {candidate.casefold().replace("_", "-"): candidate for candidate in allowed}
    sought = word.casefold().replace("_", "-").replace(" ", "-")
    found = difflib.get_close_matches(sought, folded, n=5, cutoff=0.6)
    if not found:
        return None

    def likeness(candidate: str) -> tuple[float, int]:
        ratio = difflib.SequenceMatcher(None, candidate, sought).ratio()
        # Of words as near as each other, the one with the most letters in their places.
        return ratio, sum(a == b for a, b in zip(candidate, sought, strict=False))

    return folded[max(found, key=likeness)]


def explain(error: ValidationError, document: Document, kind: type[Record]) -> Iterator[Diagnostic]:
    for item in error.errors():
        kind_of_error, context = item["type"], dict(item.get("ctx") or {})
        where: tuple[str | int, ...] = tuple(item["loc"])
        at = context.pop("at", None)
        if at is not None:
            where = (*where, at)
        if where and where[-1] == "[key]":
            yield Diagnostic(kind_of_error, document.key_place(where[:-1]), {k: str(v) for k, v in context.items()})
        elif kind_of_error == "missing":
            yield Diagnostic("OP301", document.value_place(where[:-1]), {"key": str(where[-1])})
        elif kind_of_error == "extra_forbidden":
            allowed = _keys_at(kind, where[:-1])
            key = str(where[-1])
            yield Diagnostic(
                "OP302", document.key_place(where), {"key": key, "allowed": _some(allowed)}, nearest(key, allowed)
            )
        elif kind_of_error == "literal_error":
            allowed = re.findall(r"'([^']+)'", context["expected"])
            found = str(item["input"])[:60]
            yield Diagnostic(
                "OP303",
                document.value_place(where),
                {"found": found, "allowed": ", ".join(allowed)},
                nearest(found, allowed),
            )
        elif kind_of_error.startswith("OP"):
            values = {name: str(value) for name, value in context.items()}
            place = document.value_place(where)
            suggestion = None
            if kind_of_error == "OP308":
                place = document.key_place(where)
                suggestion = nearest(values["found"], values["allowed"].split(", "))
            yield Diagnostic(kind_of_error, place, values, suggestion)
        else:
            yield _wrong_type(kind_of_error, item, document.value_place(where))


def _some(words: Sequence[str]) -> str:
    """Return a few words of a long list: an error is to be read, not searched."""
    return ", ".join(words[:12]) + (", …" if len(words) > 12 else "")


_EXPECTED = {
    "list_type": "list",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "string_type": "text",
    "too_short": "list",
}


def _wrong_type(kind_of_error: str, item: Any, place: Place) -> Diagnostic:
    if kind_of_error == "too_short" or item["input"] == "":
        return Diagnostic("OP306", place)
    value = item["input"]
    found = "mapping" if isinstance(value, dict) else "list" if isinstance(value, list) else "text"
    expected = _EXPECTED.get(kind_of_error)
    if expected is None or expected == found:
        return Diagnostic("OP305", place, {"found": str(value)[:60]})
    return Diagnostic("OP304", place, {"expected": expected, "found": found})


@cache
def _schema(kind: type[Record]) -> dict[str, Any]:
    return kind.model_json_schema()


def _keys_at(kind: type[Record], where: Sequence[str | int]) -> list[str]:
    """The keys allowed in the mapping at ``where``, read from the JSON Schema of ``kind``."""
    schema = _schema(kind)
    node: Any = schema
    for step in where:
        node = _deref(node, schema)
        if isinstance(step, int):
            node = node.get("items", node)
        elif step in node.get("properties", {}):
            node = node["properties"][step]
        elif isinstance(node.get("additionalProperties"), dict):
            node = node["additionalProperties"]
    return sorted(_deref(node, schema).get("properties", {}))


def _deref(node: Any, schema: Any) -> Any:
    """Follow references and take the branch that is a mapping or a list."""
    while True:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        elif "anyOf" in node:
            branches = [_deref(branch, schema) for branch in node["anyOf"]]
            useful = [branch for branch in branches if branch.get("type") in ("object", "array")]
            if not useful:
                return {}
            node = useful[0]
        else:
            return node
