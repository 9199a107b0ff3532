"""What a person most likely did where libyaml found no way on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from .diagnostic import Diagnostic, Place

KEY_LIMIT = 200
_Tell = Callable[..., Diagnostic]


@dataclass(frozen=True, slots=True)
class At:
    """A mark of our own, counted from 0 as libyaml does."""

    line: int
    column: int


def mistake_in(error: yaml.YAMLError, lines: Sequence[str], path: str) -> Diagnostic:
    """Turn libyaml's words into the mistake that a person most likely made."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", "") or error)

    def tell(code: str, mark: Any, **values: str) -> Diagnostic:
        return Diagnostic(code, Place(path, mark.line + 1, mark.column + 1), values)

    if mark is None:
        return Diagnostic("OP201", Place(path, 1, 1), {})
    line = lines[mark.line] if mark.line < len(lines) else ""
    rest = line[mark.column :]
    if context is not None and "quoted scalar" in str(getattr(error, "context", "")):
        if "invalid Unicode" in problem:
            digits = 8 if line[: mark.column].endswith("U") else 4
            return tell("OP103", mark, found="U+" + rest[:digits].upper())
        # Ends of the stream and of a document close no quote; anything else is a wrong escape inside one.
        return tell("OP208", context) if "unexpected" in problem else tell("OP201", mark)
    if "\t" in line[: mark.column + 1] or rest.startswith("\t"):
        return tell("OP202", At(mark.line, line.index("\t")))
    if "expected alphabetic or numeric character" in problem:
        sign = lines[context.line][context.column : context.column + 1] if context else "*"
        return tell("OP204", context or mark, found=sign or "*")
    if rest[:1] in ("@", "`", "%", "!", "&", "*"):
        return tell("OP204", mark, found=rest[0])
    if "mapping values are not allowed" in problem:
        return _mapping_mistake(tell, mark, line, lines)
    if line[: mark.column].rstrip().endswith(("'", '"')):
        return tell("OP216", mark)
    if "<document start>" in problem:
        ended = any(before.rstrip() == "..." for before in lines[: mark.line])
        return tell("OP212" if ended else "OP209", mark)
    if "could not find expected ':'" in problem:
        place = context or mark
        return tell("OP210", place, found=lines[place.line].strip()[:40])
    if re.search(r"block|expected key|expected '-' indicator", problem):
        return tell("OP209", mark)
    return tell("OP201", mark)


def _mapping_mistake(tell: _Tell, mark: Any, line: str, lines: Sequence[str]) -> Diagnostic:
    first = re.match(r"\s*(?:- )?[^\s:\"']+:\s", line)
    if first and mark.column > first.end() - 2:
        return tell("OP203", mark)
    key = line[: mark.column].strip()
    if len(key) > KEY_LIMIT and ": " not in key:
        return tell("OP217", At(mark.line, 0), found=str(len(key)), limit=str(KEY_LIMIT))
    previous = lines[mark.line - 1].strip() if mark.line else ""
    if previous and not previous.endswith(":") and re.search(r"\S:\S", previous) and ": " not in previous:
        return tell("OP210", At(mark.line - 1, 0), found=previous[:40])
    return tell("OP209", mark)
