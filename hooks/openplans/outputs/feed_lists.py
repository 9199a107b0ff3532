"""``feeds/<language>/feeds.opml`` and ``api/v1/feeds.json``: every calendar and news feed that there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from ..feed_words import feed_description, feed_page, feed_title
from ..feeds import feeds_of
from ..file_addresses import FEEDS_JSON, calendar_path, feed_path, opml_path
from ..news import news_feeds
from ..publication import Publication
from ..routes import absolute
from .base import OutputFile, json_bytes


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield the list of each language for feed readers, and one list of everything for programs."""
    for language in publication.languages:
        yield OutputFile(opml_path(language), _opml(publication, language).encode())
    yield OutputFile(FEEDS_JSON, json_bytes(_json(publication)))


def _opml(publication: Publication, language: str) -> str:
    t = publication.messages(language)
    name = publication.dataset.site.title.shown(language).text
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<opml version="2.0">',
        f"<head><title>{_text(name)}</title></head>",
        "<body>",
        f"<outline text={quoteattr(t('nav.changes'))}>",
    ]
    for news in news_feeds(publication, language):
        path = feed_path(language, news.name, "xml")
        title, address = quoteattr(news.title), _address(publication, path)
        lines.append(f'<outline type="rss" version="ATOM" text={title} xmlUrl={address}/>')
    lines += ["</outline>", f"<outline text={quoteattr(t('nav.subscribe'))}>"]
    for feed in feeds_of(publication):
        title = quoteattr(feed_title(feed, publication, language))
        path = calendar_path(language, feed.name)
        lines.append(f'<outline type="link" text={title} url={_address(publication, path)}/>')
    return "\n".join([*lines, "</outline>", "</body>", "</opml>", ""])


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _address(publication: Publication, path: str) -> str:
    return quoteattr(absolute(publication, path) or f"/{path}")


def _json(publication: Publication) -> dict[str, Any]:
    calendars = [
        {
            "name": feed.name,
            "about": feed.subject,
            "entries": len(feed.entries),
            "title": {lang: feed_title(feed, publication, lang) for lang in publication.languages},
            "description": {lang: feed_description(feed, publication, lang) for lang in publication.languages},
            "ics": {lang: calendar_path(lang, feed.name) for lang in publication.languages},
            "page": {lang: feed_page(feed, publication, lang).path for lang in publication.languages},
        }
        for feed in feeds_of(publication)
    ]
    news = [
        {
            "name": feed.name,
            "language": language,
            "title": feed.title,
            "atom": feed_path(language, feed.name, "xml"),
            "json": feed_path(language, feed.name, "json"),
        }
        for language in publication.languages
        for feed in news_feeds(publication, language)
    ]
    return {"asOf": publication.today.isoformat(), "calendars": calendars, "news": news}
