"""The style of files that stand alone, which no style sheet of the site can reach."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .palette import STATUS_COLOURS
from .security_policy import hash_source


@cache
def copy_style() -> str:
    """Return the style of a plan's copy: for paper and for light screens."""
    rules = [Path(__file__).with_suffix(".css").read_text(encoding="utf-8")]
    for key, colour in STATUS_COLOURS.items():
        rules.append(f".op-fill--{key} {{ fill: {colour.light}; }} .op-status--{key} {{ color: {colour.light}; }}")
        rules.append(f'.op-status--{key}::before {{ content: "{colour.shape} " / ""; }}')
    return "\n".join([*rules, ""])


def copy_style_source() -> str:
    """Return what allows this style in a Content Security Policy: servers send one policy for all pages."""
    return hash_source(copy_style())
