"""Every value of one type in a record, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from .language import LocalizedText
from .model import Facts, Record

_T = TypeVar("_T")


def texts_of(record: Record) -> Iterator[tuple[tuple[str | int, ...], LocalizedText]]:
    """Yield every localized text of a record with its place in the file."""
    return values_of(record, LocalizedText)


def values_of(record: Record, kind: type[_T]) -> Iterator[tuple[tuple[str | int, ...], _T]]:
    """Yield every value of ``kind`` in a record with its place in the file; records inside it are left out."""

    def walk(value: Any, where: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], _T]]:
        if isinstance(value, kind):
            yield where, value
        elif isinstance(value, Record) and where:
            return
        elif isinstance(value, Facts):
            for name in type(value).model_fields:
                yield from walk(getattr(value, name), (*where, name))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                yield from walk(item, (*where, index))
        elif isinstance(value, dict):
            for key, item in value.items():
                yield from walk(item, (*where, key))

    yield from walk(record, ())
