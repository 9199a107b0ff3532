"""A file to publish."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..model import Organization
from ..publication import Publication


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A path below the site's root, and the bytes that stand there."""

    path: str
    content: bytes


def organizations_in(publication: Publication, part: str | None) -> tuple[Organization, ...]:
    """Return the organizations whose files are asked for: of the whole site (None) all, of the rest none."""
    return tuple(item for item in publication.dataset.organizations if part is None or item.id == part)


def holds_the_rest(part: str | None) -> bool:
    """Tell whether files about no organization are asked for too."""
    return not part


def json_bytes(data: Any) -> bytes:
    """Return stable, readable JSON; NaN is refused."""
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
