"""The search index in ``pagefind/``: made of the finished pages, language by language, each only if its pages changed.

Templates mark what is searched: ``data-pagefind-body`` on a page, with what it can be filtered by. What on such a page
only repeats other pages, or says the same on all of them, is left out here, so that the pages stay light.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .crew import shared_out
from .pagefind_service import ENTRY, NoIndex, write_index
from .release import discard, use_again

FOLDER = "pagefind"
_LEFT_OUT = (
    *(".op-facts:not(.op-terms) dt", '[data-of] h2:not([id^="g-"])', "caption", "thead", "summary"),
    *(
        ".op-fallback",
        ".op-hidden",
        ".op-progress",
        ".op-share:not([data-pagefind-ignore])",
        ".op-slots",
        ".op-status",
        ".op-take",
    ),
    *(".op-when", ".op-written", "small.op-detail", ".op-lead .op-detail", ".op-detail a", "dd.op-meeting__when"),
    *(".op-actions", ".op-changes", ".op-list", ".op-meetings", ".op-money", ".op-sections", ".op-source"),
)
_MARK = "data-pagefind-body"
_LANGUAGE = re.compile(r'<html\b[^>]*\blang="([^"]*)"')


def searched(html: str) -> str:
    """Return as much of a page as the index is made of: nothing of most that stands around its content.

    A page of which nothing is searched gives an empty text, one that is not as ours are comes back whole.
    """
    mark = html.find(_MARK)
    if mark < 0:
        return ""
    start, end = html.rfind("<", 0, mark), html.rfind("</article>")
    language = _LANGUAGE.search(html)
    if language is None or not language.end() <= start < mark < end:
        return html
    return f'<html lang="{language[1]}"><body>{html[start:end]}</body></html>'


class SearchIndex:
    """The index of some pages of a site, made language by language: by several processes, if one likes.

    A language keeps its index if what is searched is what was searched ``before``: digests, by language, of the pages
    of which the site in ``published`` has an index.
    """

    def __init__(
        self,
        site: Path,
        folder: Path,
        pages: Iterable[str],
        languages: Sequence[str],
        before: Mapping[str, str] | None = None,
        published: Path | None = None,
    ) -> None:
        self._site = site
        self._folder = folder
        self._before = before or {}
        self._published = published or folder
        #: In order, by the language whose index they go into: their folder's, else the site's first.
        self.pages: dict[str, list[str]] = {language: [] for language in languages}
        for path in sorted(pages):
            first = path.partition("/")[0]
            self.pages[first if first in self.pages else languages[0]].append(path)

    def write_part(self, language: str) -> str:
        """Write the index of one language, unless it keeps what it has; return a digest of what is searched.

        Raise NoIndex if it cannot be made.
        """
        if (known := self._before.get(language)) and known == _digest(self._searched(language)):
            return known
        digest = hashlib.sha256()
        if next(self._searched(language), None) is not None:
            write_index(self._part(language), _counted(self._searched(language), digest), _LEFT_OUT)
        return digest.hexdigest()

    def put_together(self) -> None:
        """Make one index of those of all languages; raise NoIndex if there is nothing to be searched."""
        whole: dict[str, Any] = {}
        languages = {}
        for language in self.pages:
            part = self._part(language)
            source = part if part.is_dir() else self._published
            entry = json.loads((source / ENTRY).read_bytes()) if (source / ENTRY).is_file() else {"languages": {}}
            if language in entry["languages"]:
                whole, languages[language] = entry, entry["languages"][language]
                for path in _files_of(source, language):
                    if not (self._folder / path).exists():
                        use_again(source, self._folder, path)
            discard(part)
        if not whole:
            raise NoIndex("no page holds anything that is searched")
        content = json.dumps({**whole, "languages": languages}, sort_keys=True, separators=(",", ":")).encode()
        published = self._published / ENTRY
        if published.is_file() and published.read_bytes() == content and self._published != self._folder:
            use_again(self._published, self._folder, ENTRY)
        else:
            (self._folder / ENTRY).write_bytes(content)

    def _part(self, language: str) -> Path:
        return self._folder / f".{language}"

    def _searched(self, language: str) -> Iterator[tuple[str, str]]:
        for path in self.pages[language]:
            with (self._site / path).open(encoding="utf-8", newline="") as stream:
                html = searched(stream.read())
            if html:
                yield path, html


def _counted(pages: Iterable[tuple[str, str]], digest: hashlib._Hash) -> Iterator[tuple[str, str]]:
    """Yield pages, and add each to a digest."""
    for page in pages:
        digest.update("\n".join((*page, "")).encode())
        yield page


def _digest(pages: Iterable[tuple[str, str]]) -> str:
    digest = hashlib.sha256()
    for _ in _counted(pages, digest):
        pass
    return digest.hexdigest()


def _files_of(index: Path, language: str) -> Iterator[str]:
    """Yield the files of an index that are of one language, and those that are of all."""
    yield from ("pagefind.js", "wasm.unknown.pagefind")
    for pattern in (f"pagefind.{language}_*.pf_meta", f"wasm.{language}.pagefind"):
        yield from (file.name for file in index.glob(pattern))
    for kind in ("filter", "fragment", "index"):
        yield from (f"{kind}/{file.name}" for file in sorted((index / kind).glob(f"{language}_*")))


def write_whole(site: Path, folder: Path, languages: Sequence[str], jobs: int = 1) -> None:
    """Write an index of all pages of ``site`` into ``folder``; raise NoIndex if it cannot be made."""
    pages = [file.relative_to(site).as_posix() for file in site.rglob("*.html")]
    index = SearchIndex(site, folder, pages, languages)
    for _ in shared_out(index.write_part, list(index.pages), jobs):
        pass
    index.put_together()
