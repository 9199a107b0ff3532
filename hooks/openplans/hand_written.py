"""Pages that people wrote in Markdown, beside the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from .publication import Publication
from .routes import PageKind, Route, routes

#: So many characters of a description are shown by search engines.
_DESCRIPTION = 160


def hand_written(docs: Path, languages: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """Find the Markdown pages that people wrote, by language; a page's title is its first heading."""
    found: dict[str, list[tuple[str, str]]] = {}
    for language in languages:
        pages = []
        for file in sorted((docs / language).glob("*.md")):
            lines = file.read_text(encoding="utf-8").splitlines()
            title = next((line[2:].strip() for line in lines if line.startswith("# ")), file.stem)
            pages.append((file.stem, title))
        found[language] = pages
    return found


def linked_from(texts: Iterable[str], publication: Publication) -> Iterator[Route]:
    """Yield the pages of ours that texts in Markdown may link to; those that need not lie beside them."""
    written = "".join(texts)
    for route in routes(publication):
        # A link names the page's last word; the home page lies beside what people write.
        is_home = route.kind in (PageKind.CHOOSER, PageKind.HOME)
        if is_home or f"{route.path.rstrip('/').rpartition('/')[2]}/index.md" in written:
            yield route


def first_words(html: str) -> str:
    """Return the beginning of a page's text, for who has only that to choose by."""
    plain = (unescape(re.sub("<[^>]+>", "", text)) for text in re.findall(r"(?s)<p>(.*?)</p>", html))
    words = " ".join(next(plain, "").split())
    return words if len(words) <= _DESCRIPTION else words[:_DESCRIPTION].rpartition(" ")[0] + " …"
