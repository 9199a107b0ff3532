"""``feeds/<language>/<name>.json``: news of plans as JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..file_addresses import feed_path
from ..news import news_feeds
from ..publication import Publication
from ..routes import PageKind, Route, absolute
from .base import OutputFile, json_bytes


def files(publication: Publication, part: str | None = None) -> Iterator[OutputFile]:
    """Yield each feed in each language, of the whole site or of one part of it."""
    for language in publication.languages:
        for feed in news_feeds(publication, language, part):
            path = feed_path(language, feed.name, "json")
            head: dict[str, Any] = {
                "version": "https://jsonfeed.org/version/1.1",
                "title": feed.title,
                "language": language,
            }
            if publication.base_url is not None:
                head["home_page_url"] = absolute(publication, Route(PageKind.CHANGES, language).path)
                head["feed_url"] = absolute(publication, path)
            items = []
            for item in feed.items:
                entry = {"id": item.uri, "title": item.title, "content_text": item.text or item.title}
                url = absolute(publication, item.path)
                items.append(
                    {**entry, **({"url": url} if url else {}), "date_published": f"{item.day.isoformat()}T00:00:00Z"}
                )
            yield OutputFile(path, json_bytes({**head, "items": items}))
