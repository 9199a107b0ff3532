"""Diagnostics: what is wrong, where it stands, and what to do about it.

A :class:`Diagnostic` carries a stable code and the values that its message needs; the words live in
``translations/`` and are put in by :mod:`openplans.reports`, so the same problem reads in any language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops publication, the other two do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a data file: path relative to the data folder's parent, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place; ``values`` fill the placeholders of the message of ``code``."""

    code: str
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None
    severity: Severity = Severity.ERROR

    @property
    def sort_key(self) -> tuple[Place, str, tuple[tuple[str, str], ...]]:
        """The order of a report: by file, line, column, then code."""
        return self.place, self.code, tuple(sorted(self.values.items()))


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics by file, line and column, each once."""
    unique = {d.sort_key: d for d in diagnostics}
    return tuple(unique[key] for key in sorted(unique))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any diagnostic stops publication."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
