"""Every value of one type in a record, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar, get_args

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

    towards: type = kind
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
            children = [(name, getattr(value, name)) for name in _fields_towards(type(value), towards)]
        elif isinstance(value, tuple):
            children = list(enumerate(value))
        elif isinstance(value, dict):
            children = list(value.items())
        left += [((*where, key), item) for key, item in reversed(children) if type(item) not in _PLAIN]


@cache
def _fields_towards(model: type[Facts], kind: type) -> tuple[str, ...]:
    """Return the fields of a model that values of a kind can stand in, at any depth."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if _leads_to(field.annotation, kind, frozenset()))


def _leads_to(annotation: Any, kind: type, above: frozenset[type]) -> bool:
    if annotation in above:
        return False
    if arguments := get_args(annotation):
        return any(_leads_to(argument, kind, above) for argument in arguments)
    if not isinstance(annotation, type):
        return annotation is Any
    if issubclass(annotation, kind) or issubclass(kind, annotation):
        return True
    fields = annotation.model_fields.values() if issubclass(annotation, Facts) else ()
    return any(_leads_to(field.annotation, kind, above | {annotation}) for field in fields)
