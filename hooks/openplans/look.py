"""What a site looks like besides its words: the colour of its header and its mark, both read from ``docs/assets/``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

#: The first rule is that of the light scheme.
_HEADER_COLOUR = re.compile(r"--md-primary-fg-color:\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\s*;")


@dataclass(frozen=True, slots=True)
class Look:
    """The colour behind the site's name, and the mark beside it as SVG; empty for a site without one."""

    colour: str = "#17415f"
    mark: str = ""


#: Of a site that says nothing of it.
PLAIN = Look()


def read_look(assets: Path) -> Look:
    """Read the look of a site from ``plans.css`` and ``mark.svg``; what is not there is as in :data:`PLAIN`."""
    colour = _HEADER_COLOUR.search(_text(assets / "plans.css"))
    return Look(colour[1] if colour else PLAIN.colour, _text(assets / "mark.svg"))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
