"""``sitemap.xml`` with every page in every language (sitemaps.org, with alternates as search engines read them)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from ..publication import Publication
from ..routes import DOCUMENTS, alternates, routes
from .base import OutputFile

#: So many addresses may stand in one map (sitemaps.org).
LIMIT = 50_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield the map, in pieces named by an index where it is long, and ``robots.txt``.

    None while the site does not know its own address.
    """
    if publication.base_url is None:
        return
    root = publication.base_url.rstrip("/") + "/"
    lines = [_line(path, twins, root) for path, twins in _pages(publication)]
    pieces = [lines[start : start + LIMIT] for start in range(0, len(lines), LIMIT)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(pieces) + 1)]
    if len(pieces) > 1:
        index = [f"<sitemap><loc>{escape(root + name)}</loc></sitemap>" for name in names]
        yield _file("sitemap.xml", f'<sitemapindex xmlns="{_NAMESPACE}">', index, "</sitemapindex>")
    else:
        names = ["sitemap.xml"]
    for name, piece in zip(names, pieces, strict=True):
        opening = f'<urlset xmlns="{_NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        yield _file(name, opening, piece, "</urlset>")
    yield OutputFile("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {root}sitemap.xml\n".encode())


def _file(name: str, opening: str, lines: Sequence[str], closing: str) -> OutputFile:
    return OutputFile(name, "\n".join([_HEAD, opening, *lines, closing, ""]).encode())


def _line(path: str, twins: Sequence[tuple[str, str]], root: str) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(root + twin)}/>'
        for language, twin in twins
    )
    return f"<url><loc>{escape(root + path)}</loc>{links}</url>"


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
