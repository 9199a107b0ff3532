"""``assets/colours.css``: the statuses' colours for both schemes, from the one palette that badges use too."""

from __future__ import annotations

from collections.abc import Iterator

from ..palette import STATUS_COLOURS
from ..publication import Publication
from .base import OutputFile


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield the style sheet of status colours."""
    light = "".join(f"--op-{key}:{colour.light};" for key, colour in STATUS_COLOURS.items())
    dark = "".join(f"--op-{key}:{colour.dark};" for key, colour in STATUS_COLOURS.items())
    rules = [f":root{{{light}}}", f"@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}"]
    for key, colour in STATUS_COLOURS.items():
        rules.append(f".op-fill--{key}{{fill:var(--op-{key})}}")
        rules.append(
            f'.op-status--{key}{{--op-ink:var(--op-{key})}}.op-status--{key}::before{{content:"{colour.shape}"/""}}'
        )
    yield OutputFile("assets/colours.css", ("\n".join(rules) + "\n").encode())
