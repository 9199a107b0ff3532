"""Pages as one JSON file, for generators that make pages from data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from .pages import Page


def text(pages: Iterable[Page]) -> str:
    """Return the list of all pages with their blocks, one page on a line."""
    lines = [json.dumps(asdict(page), ensure_ascii=False, separators=(",", ":")) for page in pages]
    return "[\n" + ",\n".join(lines) + "\n]\n"
