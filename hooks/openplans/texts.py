"""Every localized text of a record, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .language import LocalizedText
from .model import Record


def texts_of(record: Record) -> Iterator[tuple[tuple[str | int, ...], LocalizedText]]:
    """Yield every localized text of a record with its place in the file."""

    def walk(value: Any, where: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], LocalizedText]]:
        if isinstance(value, LocalizedText):
            yield where, value
        elif isinstance(value, Record) and where:
            return
        elif hasattr(type(value), "model_fields"):
            for name in type(value).model_fields:
                yield from walk(getattr(value, name), (*where, name))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                yield from walk(item, (*where, index))
        elif isinstance(value, dict):
            for key, item in value.items():
                yield from walk(item, (*where, key))

    yield from walk(record, ())
