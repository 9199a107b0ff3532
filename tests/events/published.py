"""Calendars as they are published, without the rest of a build."""

from __future__ import annotations

from collections.abc import Container
from unittest.mock import patch

from openplans.feeds import feeds_of
from openplans.outputs import ics
from openplans.publication import Publication


def calendars(
    publication: Publication, names: Container[str] | None = None, languages: Container[str] | None = None
) -> dict[str, bytes]:
    """Return calendars by language and name (``lt/all``): those of some names and languages, or all of them."""
    chosen = tuple(feed for feed in feeds_of(publication) if names is None or feed.name in names)
    found = {}
    with patch.object(ics, "feeds_of", lambda *_: chosen):
        made = ics.files(publication)
        for language in publication.languages:
            if languages is not None and language not in languages and found:
                break
            for _ in chosen:
                file = next(made)
                if languages is None or language in languages:
                    found[file.path.removeprefix("calendars/").removesuffix(".ics")] = file.content
    return found
