"""``feeds/<language>/<name>.xml``: news of plans as Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ..file_addresses import feed_path
from ..news import NewsFeed, news_feeds
from ..publication import Publication
from ..routes import PageKind, Route, absolute
from .base import OutputFile


def files(publication: Publication, part: str | None = None) -> Iterator[OutputFile]:
    """Yield each feed in each language, of the whole site or of one part of it."""
    for language in publication.languages:
        for feed in news_feeds(publication, language, part):
            yield OutputFile(feed_path(language, feed.name, "xml"), _document(feed, publication, language).encode())


def _document(feed: NewsFeed, publication: Publication, language: str) -> str:
    site = publication.dataset.site
    updated = max((item.day for item in feed.items), default=None)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<id>{escape(feed.uri)}</id>",
        f"<title>{escape(feed.title)}</title>",
        f"<updated>{(updated.isoformat() if updated else '2000-01-01')}T00:00:00Z</updated>",
        f"<author><name>{escape(site.publisher.name.shown(language).text)}</name></author>",
    ]
    own = absolute(publication, feed_path(language, feed.name, "xml"))
    if own is not None:
        page = absolute(publication, Route(PageKind.CHANGES, language).path) or ""
        lines.append(f'<link rel="self" href={quoteattr(own)}/>')
        lines.append(f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>')
    for item in feed.items:
        link = absolute(publication, item.path)
        lines += [
            "<entry>",
            f"<id>{escape(item.uri)}</id>",
            f"<title>{escape(item.title)}</title>",
            f"<updated>{item.day.isoformat()}T00:00:00Z</updated>",
            f'<content type="text">{escape(item.text or item.title)}</content>',
            *([f'<link rel="alternate" type="text/html" href={quoteattr(link)}/>'] if link else []),
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])
