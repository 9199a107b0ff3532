"""``assets/colours.css``: the statuses' colours for both schemes, from the one palette that badges use too, and what
stays of a table when a link to a choice was followed."""

from __future__ import annotations

from collections.abc import Iterator

from ..palette import STATUS_COLOURS
from ..publication import Publication
from ..views.action_table import CHOICES
from .base import OutputFile

#: How the link looks whose choice is shown.
_HERE = "border-color:currentcolor;font-weight:600"


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
    for key in CHOICES:
        chosen = f"#show-{key}:target"
        others = f"{chosen}~.op-part:not(:has(.is-{key})),{chosen}~.op-part .op-actions tbody>tr:not(.is-{key})"
        rules.append(f"{others}{{display:none}}")
        rules.append(f'.op-choices:has(~{chosen}) a[href="#show-{key}"]{{{_HERE}}}')
    yield OutputFile("assets/colours.css", ("\n".join(rules) + "\n").encode())
