"""The search index in ``pagefind/``: made of the finished pages, language by language, each only if its pages changed.

Templates mark what is searched: ``data-pagefind-body`` on a page, with what it can be filtered by. What on such a page
only repeats other pages, or says the same on all of them, is left out here, so that the pages stay light.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from .crew import Beside, shared_out
from .folder_state import files_below
from .pagefind_service import ENTRY, NoIndex, write_index
from .release import Published, discard, use_again

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

    A language in which nothing that is searched has changed since a site was ``published``, whose index this code has
    made, keeps its index.
    """

    def __init__(
        self,
        site: Path,
        folder: Path,
        pages: Iterable[str],
        languages: Sequence[str],
        published: Published | None = None,
    ) -> None:
        self._site = site
        self._folder = folder
        self._published = published
        #: In order, by the language whose index they go into: their folder's, else the site's first.
        self.pages = _by_language(pages, languages)
        self._beside: Beside | None = None
        self._before = _by_language(pages_of(published.site) if published is not None else (), languages)

    def begin(self) -> None:
        """Begin to write the index of each language beside whatever this process does meanwhile."""
        self._beside = Beside(self.write_part, self.pages)

    def finish(self) -> None:
        """Write what is not written yet, and put all together; raise NoIndex if it cannot be made."""
        if self._beside is not None:
            self._beside.wait()
        else:
            for language in self.pages:
                self.write_part(language)
        self.put_together()

    def stop(self) -> None:
        """Wait until nothing more is written; what went wrong does not matter any more."""
        if self._beside is not None:
            with suppress(Exception):
                self._beside.wait()

    def write_part(self, language: str) -> None:
        """Write the index of one language, unless it keeps what it has; raise NoIndex if it cannot be made."""
        if self._published is not None and not self._has_changed(language, self._published):
            return
        part = self._part(language)
        part.mkdir(parents=True)
        if next(self._searched(language), None) is not None:
            write_index(part, self._searched(language), _LEFT_OUT)

    def _has_changed(self, language: str, published: Published) -> bool:
        if not any((published.site / FOLDER).glob(f"pagefind.{language}_*.pf_meta")):
            return True
        paths = {*self.pages[language], *self._before[language]} - published.same
        return any(_searched_in(self._site / path) != _searched_in(published.site / path) for path in paths)

    def put_together(self) -> None:
        """Make one index of those of all languages; raise NoIndex if there is nothing to be searched."""
        whole: dict[str, Any] = {}
        languages = {}
        for language in self.pages:
            source = self._source(language)
            entry = json.loads((source / ENTRY).read_bytes()) if (source / ENTRY).is_file() else {"languages": {}}
            if language in entry["languages"]:
                whole, languages[language] = entry, entry["languages"][language]
                for path in _files_of(source, language):
                    if not (self._folder / path).exists():
                        use_again(source, self._folder, path)
            discard(self._part(language))
        if not whole:
            raise NoIndex("no page holds anything that is searched")
        content = json.dumps({**whole, "languages": languages}, sort_keys=True, separators=(",", ":")).encode()
        published = self._published.site / FOLDER if self._published is not None else None
        if published is not None and (published / ENTRY).is_file() and (published / ENTRY).read_bytes() == content:
            use_again(published, self._folder, ENTRY)
        else:
            (self._folder / ENTRY).write_bytes(content)

    def _part(self, language: str) -> Path:
        return self._folder / f".{language}"

    def _source(self, language: str) -> Path:
        """Return where the index of a language lies: what was not written is as it was."""
        part = self._part(language)
        return part if part.is_dir() or self._published is None else self._published.site / FOLDER

    def _searched(self, language: str) -> Iterator[tuple[str, str]]:
        for path in self.pages[language]:
            if html := _searched_in(self._site / path):
                yield path, html


def _searched_in(file: Path) -> str:
    """Return what is searched of a page; nothing of one that is not there."""
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            return searched(stream.read())
    except FileNotFoundError:
        return ""


def pages_of(site: Path) -> set[str]:
    """Return all pages of a site."""
    return {path for path in files_below(site) if path.endswith(".html")}


def _by_language(pages: Iterable[str], languages: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {language: [] for language in languages}
    for path in sorted(pages) if languages else ():
        first = path.partition("/")[0]
        found[first if first in found else languages[0]].append(path)
    return found


def _files_of(index: Path, language: str) -> Iterator[str]:
    """Yield the files of an index that are of one language, and those that are of all."""
    yield from ("pagefind.js", "wasm.unknown.pagefind")
    for pattern in (f"pagefind.{language}_*.pf_meta", f"wasm.{language}.pagefind"):
        yield from (file.name for file in index.glob(pattern))
    for kind in ("filter", "fragment", "index"):
        yield from (f"{kind}/{file.name}" for file in sorted((index / kind).glob(f"{language}_*")))


def write_whole(site: Path, folder: Path, languages: Sequence[str], jobs: int = 1) -> None:
    """Write an index of all pages of ``site`` into ``folder``; raise NoIndex if it cannot be made."""
    index = SearchIndex(site, folder, pages_of(site), languages)
    for _ in shared_out(index.write_part, list(index.pages), jobs):
        pass
    index.put_together()
