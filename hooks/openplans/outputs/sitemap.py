"""``sitemap.xml`` with every page in every language (sitemaps.org, with alternates as search engines read them)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from ..publication import Publication
from ..routes import DOCUMENTS, alternates, routes
from .base import OutputFile


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield the map and ``robots.txt``; none while the site does not know its own address."""
    if publication.base_url is None:
        return
    root = publication.base_url.rstrip("/") + "/"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path, twins in _pages(publication):
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(root + twin)}/>'
            for language, twin in twins
        )
        lines.append(f"<url><loc>{escape(root + path)}</loc>{links}</url>")
    yield OutputFile("sitemap.xml", "\n".join([*lines, "</urlset>", ""]).encode())
    yield OutputFile("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {root}sitemap.xml\n".encode())


def _pages(publication: Publication) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Yield each page's address with its twins; sheets to print and lists for other sites are left out."""
    for route in routes(publication):
        if route.kind not in DOCUMENTS:
            yield route.path, [(twin.language, twin.path) for twin in alternates(route, publication)]
    slugs = {slug: [] for pages in publication.hand_written.values() for slug, _ in pages}  # type: dict[str, list[str]]
    for language, pages in publication.hand_written.items():
        for slug, _ in pages:
            slugs[slug].append(language)
    for slug, languages in slugs.items():
        for language in languages:
            yield f"{language}/{slug}/", [(other, f"{other}/{slug}/") for other in languages]
