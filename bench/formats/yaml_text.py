"""Records as YAML, written the way that people write the data files: plain words, two spaces, one value a line.

A writer of our own, because the same record must give the same bytes whatever library is installed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: What may stand without quotation marks: no character that begins something else in YAML, no `: ` and no ` #` inside.
_PLAIN = re.compile(r"[^\W_](?:[^:#\n]|:(?=\S)|(?<=\S)#)*", re.UNICODE)


def as_yaml(record: Mapping[str, Any]) -> str:
    """Return a mapping of texts, numbers, lists and mappings as a YAML document."""
    return "".join(f"{line}\n" for line in _mapping(record))


def scalar(value: Any) -> str:
    """Return one value on one line, in quotation marks only where they are needed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if _PLAIN.fullmatch(text) and text[-1] not in ": " else json.dumps(text, ensure_ascii=False)


def _mapping(record: Mapping[str, Any]) -> Iterator[str]:
    for key, value in record.items():
        if isinstance(value, Mapping):
            yield f"{scalar(key)}:"
            yield from (f"  {line}" for line in _mapping(value))
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield f"{scalar(key)}:"
            yield from (f"  {line}" for line in _items(value))
        else:
            yield f"{scalar(key)}: {scalar(value)}"


def _items(values: Sequence[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *rest = _mapping(value)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
        else:
            yield f"- {scalar(value)}"
