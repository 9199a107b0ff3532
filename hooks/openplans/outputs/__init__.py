"""Everything published besides pages: one file per output, each a function from publication to files."""

from __future__ import annotations

from collections.abc import Iterator

from ..publication import Publication
from . import (
    atom,
    colours,
    csv_data,
    embed_files,
    feed_lists,
    header_files,
    ics,
    json_data,
    json_feed,
    json_schema,
    next_change_json,
    redirects,
    sitemap,
    social_pictures,
    svg_badge,
)
from .base import OutputFile

#: The outputs in the order in which they are made.
OUTPUTS = (
    colours,
    ics,
    embed_files,
    svg_badge,
    social_pictures,
    json_data,
    csv_data,
    json_schema,
    atom,
    json_feed,
    feed_lists,
    next_change_json,
    redirects,
    sitemap,
    header_files,
)


def output_files(publication: Publication) -> Iterator[OutputFile]:
    """Yield every file of every output."""
    for output in OUTPUTS:
        yield from output.files(publication)


__all__ = ["OUTPUTS", "OutputFile", "output_files"]
