"""What goes with lists for other sites: their oEmbed descriptions, and codes that lead phones to a calendar.

An oEmbed description (oembed.com, version 1.0, type "rich") lets a site that is given a page's address show its list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..feed_words import feed_title
from ..feeds import is_embeddable, is_listed, subscriptions
from ..file_addresses import embed_file, qr_path
from ..publication import Publication
from ..qr_code import qr_svg
from ..routes import PageKind, Route, absolute
from ..views.embed import HEIGHT, WIDTH, snippet
from .base import OutputFile, json_bytes


def files(publication: Publication, part: str | None = None) -> Iterator[OutputFile]:
    """Yield a description of each list and a code for each calendar, of the whole site or of one part of it.

    There are no codes while the site has no address.
    """
    if publication.base_url is None:
        # The pages name their descriptions all the same.
        for language in publication.languages:
            for feed in subscriptions(publication, part):
                if is_embeddable(feed):
                    data = {"version": "1.0", "type": "link", "title": feed_title(feed, publication, language)}
                    yield OutputFile(embed_file(language, feed.name, "oembed.json"), json_bytes(data))
        return
    site = publication.dataset.site
    for language in publication.languages:
        page = absolute(publication, Route(PageKind.SUBSCRIBE, language).path)
        for feed in subscriptions(publication, part):
            title = feed_title(feed, publication, language)
            if is_listed(feed):
                yield OutputFile(qr_path(language, feed.name), qr_svg(f"{page}#{feed.name}", title).encode())
            if is_embeddable(feed):
                rich: dict[str, Any] = {
                    "version": "1.0",
                    "type": "rich",
                    "title": title,
                    "provider_name": site.title.shown(language).text,
                    "provider_url": absolute(publication, Route(PageKind.HOME, language).path),
                    "html": snippet(feed, publication, language),
                    "width": WIDTH,
                    "height": HEIGHT,
                    "cache_age": 43200,
                }
                yield OutputFile(embed_file(language, feed.name, "oembed.json"), json_bytes(rich))
