"""Every value of one type in a record, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from .language import LocalizedText
from .model import Facts, Record

_T = TypeVar("_T")
#: Types that hold nothing else, and that nobody asks for.
_PLAIN = frozenset({str, int, bool, type(None)})


def texts_of(record: Record) -> Iterator[tuple[tuple[str | int, ...], LocalizedText]]:
    """Yield every localized text of a record with its place in the file."""
    return values_of(record, LocalizedText)


def values_of(record: Record, kind: type[_T]) -> Iterator[tuple[tuple[str | int, ...], _T]]:
    """Yield every value of ``kind`` in a record with its place in the file; records inside it are left out."""

    # A list of what is left to look at: on whole sites this is walked through for millions of values.
    left: list[tuple[tuple[str | int, ...], Any]] = [((), record)]
    while left:
        where, value = left.pop()
        if isinstance(value, kind):
            yield where, value
            continue
        if isinstance(value, Record) and where:
            continue
        children: Sequence[tuple[str | int, Any]] = ()
        if isinstance(value, Facts):
            children = list(value)
        elif isinstance(value, tuple):
            children = list(enumerate(value))
        elif isinstance(value, dict):
            children = list(value.items())
        left += [((*where, key), item) for key, item in reversed(children) if type(item) not in _PLAIN]
