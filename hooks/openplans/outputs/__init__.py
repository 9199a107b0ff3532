"""Everything published besides pages: one file per output, each a function from publication to files."""

from __future__ import annotations

from collections.abc import Iterator

from ..publication import Publication
from . import atom, colours, csv_data, ics, json_data, json_feed, json_schema, redirects, svg_badge
from .base import OutputFile

#: The outputs in the order in which they are made.
OUTPUTS = (colours, ics, svg_badge, json_data, csv_data, json_schema, atom, json_feed, redirects)


def output_files(publication: Publication) -> Iterator[OutputFile]:
    """Yield every file of every output."""
    for output in OUTPUTS:
        yield from output.files(publication)


__all__ = ["OUTPUTS", "OutputFile", "output_files"]
