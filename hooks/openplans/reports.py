"""Diagnostics in words: text for people, JSON for programs, annotations for GitHub."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .diagnostic import Diagnostic, Severity
from .messages import messages_for
from .yaml_source import read_yaml

_PLACEHOLDER = re.compile(r"\{\w+\}")
_FOLDER = Path(__file__).parent / "translations" / "diagnostics"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that is written about one code in one language."""

    code: str
    message: str
    expected: str
    hint: str
    text: str
    wrong: str
    right: str


@cache
def explanations(language: str) -> dict[str, Explanation]:
    """Return what is written about each code; examples are the same in every language."""
    words = _read(language)
    examples = _read("examples")
    return {
        code: Explanation(
            code,
            entry["found"],
            entry["expected"],
            entry["try"],
            entry["why"],
            examples.get(code, {}).get("wrong", ""),
            examples.get(code, {}).get("right", ""),
        )
        for code, entry in words.items()
    }


def _read(name: str) -> dict[str, Any]:
    document = read_yaml((_FOLDER / f"{name}.yml").read_bytes(), f"diagnostics/{name}.yml")
    if document.diagnostics:
        raise ValueError(f"{document.diagnostics[0].place}: {document.diagnostics[0].code}")
    return document.data


#: Values that name a thing of ours, by code; they are said in the reader's language.
_NAMES = {"OP304": ("expected", "found"), "OP902": ("first",)}


def sentence(diagnostic: Diagnostic, language: str) -> str:
    """Return ``found; expected. Try: …`` in a language."""
    entry = explanations(language)[diagnostic.code]
    t = messages_for(language)
    values = dict(diagnostic.values)
    for name in ("kind", *_NAMES.get(diagnostic.code, ())):
        key = f"kind.{values.get(name)}"
        if t.has(key):
            values[name] = t(key)
    found, expected, hint = (_fill(text, values) for text in (entry.message, entry.expected, entry.hint))
    if diagnostic.suggestion:
        hint = t("report.did_you_mean", suggestion=diagnostic.suggestion)
    return t("report.sentence", found=found, expected=expected, hint=hint)


def _fill(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", _printable(value))
    return text


def _printable(text: str) -> str:
    """Return text that cannot play tricks on a terminal or a log."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def as_text(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """Return one line per problem: ``path:line:col: error CODE: found; expected. Try: …``."""
    t = messages_for(language)
    lines = [
        f"{_printable(str(d.place))}: {t(f'report.severity.{d.severity}')} {d.code}: {sentence(d, language)}"
        for d in diagnostics
    ]
    return "\n".join(lines)


def summary(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """Return the last line of a report: how many problems in how many files."""
    t = messages_for(language)
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    warnings = [d for d in diagnostics if d.severity is Severity.WARNING]
    parts = [t("report.errors", len(errors))] if errors else []
    if warnings:
        parts.append(t("report.warnings", len(warnings)))
    if not parts:
        return t("report.fine")
    files = len({d.place.path for d in (*errors, *warnings)})
    return t("report.summary", problems=t.list_of(parts), files=t("report.files", files))


def as_json(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """Return the problems as a JSON list, stable in order and keys."""
    rows = [
        {
            "code": d.code,
            "severity": str(d.severity),
            "path": d.place.path,
            "line": d.place.line,
            "column": d.place.column,
            "message": sentence(d, language),
            "values": dict(d.values),
            "suggestion": d.suggestion,
        }
        for d in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """Return GitHub workflow commands, which show each problem at its line of a pull request."""
    lines = []
    for d in diagnostics:
        place = f"file={_property(d.place.path)},line={d.place.line},col={d.place.column},title={d.code}"
        lines.append(f"::{_COMMANDS[d.severity]} {place}::{_data(sentence(d, language))}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def explained(entry: Explanation, language: str) -> str:
    """Return the full explanation of a code: what, why, a wrong and a right example."""
    t = messages_for(language)
    message, expected, why, hint = (
        _PLACEHOLDER.sub("…", text) for text in (entry.message, entry.expected, entry.text, entry.hint)
    )
    lines = [f"{entry.code}: {message}", f"  {expected}", "", why, "", t("report.try", hint=hint)]
    for key, example in (("report.wrong", entry.wrong), ("report.right", entry.right)):
        if example:
            lines += ["", t(key), *("    " + line for line in example.splitlines())]
    return "\n".join(lines)
