"""``api/v1/schemas/<kind>.schema.json``: the JSON Schemas of the data files."""

from __future__ import annotations

from collections.abc import Iterator

from ..file_addresses import schema_path
from ..publication import Publication
from ..schemas import SCHEMAS, schema_text
from .base import OutputFile


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield one schema per kind of file."""
    for name in SCHEMAS:
        yield OutputFile(schema_path(name), schema_text(name).encode())
