"""A file to publish."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A path below the site's root, and the bytes that stand there."""

    path: str
    content: bytes


def json_bytes(data: Any) -> bytes:
    """Return stable, readable JSON; NaN is refused."""
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
