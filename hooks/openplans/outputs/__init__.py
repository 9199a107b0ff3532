"""Everything published besides pages: one file per output, each a function from publication to files.

A site has a part for each organization, named by its id, and a part for all else (the empty name). Outputs that make
files about one organization make those of a single part when they are asked to: ``files(publication, part)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ..parts import EVERYTHING_ELSE
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
#: Those with files about organizations; the files of the others are about the site.
_BY_PART = (ics, embed_files, svg_badge, social_pictures, json_data, csv_data, atom, json_feed)


def output_files(publication: Publication) -> Iterator[OutputFile]:
    """Yield every file of every output."""
    for output in OUTPUTS:
        yield from output.files(publication)


def makers(part: str) -> tuple[Callable[[Publication], Iterator[OutputFile]], ...]:
    """Return what makes the files of one part of the site; over all parts they are those of :func:`output_files`."""
    own = tuple(partial(output.files, part=part) for output in _BY_PART)
    if part != EVERYTHING_ELSE:
        return own
    return (*own, *(output.files for output in OUTPUTS if output not in _BY_PART))


__all__ = ["OUTPUTS", "OutputFile", "makers", "output_files"]
