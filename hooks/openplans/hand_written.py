"""Pages that people wrote in Markdown, beside the data."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

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


def first_words(html: str) -> str:
    """Return the beginning of a page's text, for who has only that to choose by."""
    plain = (unescape(re.sub("<[^>]+>", "", text)) for text in re.findall(r"(?s)<p>(.*?)</p>", html))
    words = " ".join(next(plain, "").split())
    return words if len(words) <= _DESCRIPTION else words[:_DESCRIPTION].rpartition(" ")[0] + " …"
