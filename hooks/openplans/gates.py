"""Gates: what a rendered site must pass before it replaces the last good one.

They look at the files as a browser would, not at the code that made them: every record has its page, no two records
claim one address, every internal link and anchor resolves, every page has its language twins, nothing is asked of
another host.
"""

from __future__ import annotations

import posixpath
import sys
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from . import search_index
from .crew import shared_out
from .diagnostic import Diagnostic, Place, in_order
from .feed_size import SIZE_LIMIT
from .folder_state import files_below
from .load import Dataset
from .page_links import aim_of, elements_of
from .publication import Publication
from .release import Published
from .routes import Route, addresses, alternates, redirect_targets, routes

#: So many pages are given to a process at a time.
_SHARE = 300


class _Reference(NamedTuple):
    """A link to a part of a page: what is written there, and which file and anchor it leads to."""

    href: str
    target: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Page:
    """What is left of an HTML file when it has been looked at alone."""

    path: str
    anchors: frozenset[str]
    references: tuple[_Reference, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def address_conflicts(publication: Publication) -> tuple[Diagnostic, ...]:
    """Return OP902 for each address that two pages would claim; looked at before anything is rendered."""
    # Addresses in one language are those in any other but for the first word.
    claimed: dict[str, Route] = {}
    found = []

    def claim(path: str, place: str) -> None:
        below = path.partition("/")[2]
        if (other := claimed.get(below.casefold())) is not None:
            found.append(Diagnostic("OP902", Place(place), {"found": path, "first": f"{other.kind}"}))

    for address, route in addresses(publication):
        key = address.casefold()
        if key in claimed:
            for language in publication.languages:
                path = route.in_language(language).path
                claim(path, path)
        claimed.setdefault(key, route)
    for language, written in publication.hand_written.items():
        for slug, _ in written:
            claim(f"{language}/{slug}/", f"docs/{language}/{slug}.md")
    for old, _ in redirect_targets(publication):
        claim(old, old)
    return in_order(found)


class Inspection:
    """Everything that keeps the site in ``site`` from being published, found in shares that processes may take.

    Of pages that stay as they were ``published``, once these gates had passed them, only those are looked at again that
    could lead to something gone.
    """

    def __init__(self, site: Path, publication: Publication, published: Published | None = None) -> None:
        self._site = site
        self._publication = publication
        self._files = _files_of(site)
        self._looked = _Looked(site, self._files, publication)
        self._pages = sorted(path for path in self._files if path.endswith(".html"))
        self._before = published.site if published is not None else None
        self._same = [path for path in self._pages if published is not None and path in published.same]
        #: To be given to :meth:`look`, in any order.
        self.shares = _shares(sorted(set(self._pages) - set(self._same)))

    def look(self, share: Sequence[str]) -> list[Page]:
        """Look at each page of a share alone, and at what leads from one of them to a part of another."""
        pages = {path: self._looked.at(path) for path in share}
        return [_settled(page, pages) for page in pages.values()]

    def faults(self, looked: Iterable[Page], jobs: int) -> tuple[Diagnostic, ...]:
        """Return everything that is wrong, when all shares have been looked at."""
        pages = {page.path: page for page in map(_slim, looked)}
        if self._has_lost(pages):
            # A page that stayed as it was could lead there.
            rest = _shares(self._same)
            for _, more in shared_out(self.look, rest, jobs if len(rest) > 1 else 1):
                pages |= {page.path: page for page in map(_slim, more)}
        found: list[Diagnostic] = []
        found.extend(_missing_pages(self._files, self._publication))
        found.extend(_missing_records(self._site, self._publication))
        found.extend(_heavy_calendars(self._site, self._files))
        elsewhere = {to.target for page in pages.values() for to in page.references} - pages.keys()
        others = {path: Page(path, _anchors_in(self._site / path)) for path in elsewhere}
        for page in pages.values():
            found.extend(_settled(page, ChainMap(others, pages)).problems)
        return in_order(found)

    def _has_lost(self, pages: Mapping[str, Page]) -> bool:
        """Tell whether a file of the site that has passed is gone, or a part of a page that can be linked to."""
        if self._before is None or not self._same:
            return False
        for path in _files_of(self._before):
            if path not in self._files:
                return True
            if path in pages and _anchors_in(self._before / path) - pages[path].anchors:
                return True
        return False


def _settled(page: Page, known: Mapping[str, Page]) -> Page:
    """Return a page with its links to parts of known pages looked at; the others are left to be looked at."""
    broken = (to for to in page.references if to.target in known and to.anchor not in known[to.target].anchors)
    problems = (Diagnostic("OP905", Place(page.path), {"found": to.href}) for to in broken)
    left = tuple(to for to in page.references if to.target not in known)
    return replace(page, references=left, problems=(*page.problems, *problems))


def _files_of(site: Path) -> set[str]:
    """Return every file; what the search program is just writing is left out."""
    return {path for path in files_below(site) if not path.startswith(f"{search_index.FOLDER}/")}


def _shares(pages: Sequence[str]) -> list[Sequence[str]]:
    return [pages[start : start + _SHARE] for start in range(0, len(pages), _SHARE)]


def _slim(page: Page) -> Page:
    """Nearly all anchors have the same few names; from another process each comes as a text of its own."""
    return replace(page, anchors=frozenset(map(sys.intern, page.anchors)))


def _anchors_in(file: Path) -> frozenset[str]:
    return frozenset(element.anchor for element in elements_of(_text(file)) if element.anchor)


def _text(file: Path) -> str:
    with file.open(encoding="utf-8", newline="") as stream:
        return stream.read()


def _heavy_calendars(site: Path, files: set[str]) -> Iterator[Diagnostic]:
    """Calendar services cut off what is larger, without a word to anybody."""
    for path in sorted(files):
        if path.endswith(".ics") and (size := (site / path).stat().st_size) > SIZE_LIMIT:
            yield Diagnostic("OP908", Place(path), {"found": str(size), "limit": str(SIZE_LIMIT)})


def changed_identities(publication: Publication) -> tuple[Diagnostic, ...]:
    """Return OP612 for each event whose id calendars know and that now has another."""
    known = {(item.organization, item.event) for item in publication.ledger.gone}
    events = {(o.id, event.id): event for o in publication.dataset.organizations for event in o.events}
    found = []
    for item in publication.ledger.removed:
        new = item.moved_to
        event = events.get((new.organization, new.item)) if new is not None and new.kind == "event" else None
        old = item.record
        # With another organization every identity is another one; nothing could keep it.
        is_here = new is not None and new.organization == old.organization
        if event is not None and is_here and (old.organization, old.item) in known and event.former_id != old.item:
            found.append(Diagnostic("OP612", Place(event.path), {"found": old.item}))
    return in_order(found)


def _missing_pages(files: set[str], publication: Publication) -> Iterator[Diagnostic]:
    for route in routes(publication):
        if route.file not in files:
            yield Diagnostic("OP903", Place(route.file), {"found": route.path})
        for twin in alternates(route, publication):
            if twin.file not in files:
                yield Diagnostic("OP904", Place(route.file), {"found": twin.path, "language": twin.language})


def _missing_records(site: Path, publication: Publication) -> Iterator[Diagnostic]:
    """Every action and event must be found in the open data too: nothing is lost on the way."""
    for relative, identifiers in _expected_records(publication.dataset):
        file = site / relative
        content = file.read_text(encoding="utf-8") if file.is_file() else ""
        for identifier in identifiers:
            if f'"{identifier}"' not in content:
                yield Diagnostic("OP903", Place(relative), {"found": identifier})


def _expected_records(dataset: Dataset) -> Iterator[tuple[str, Sequence[str]]]:
    for organization in dataset.organizations:
        for plan in organization.plans:
            yield f"api/v1/{organization.id}/{plan.id}.json", [action.id for action in plan.actions]
        keys = [f"{e.id}.{o.id}" for e in organization.events for o in e.occurrences]
        has_rule = {e.id for e in organization.events if e.when and e.when.rule}
        keys += [event.id for event in organization.events if not event.occurrences and event.id not in has_rule]
        yield "api/v1/events.json", keys


class _Looked:
    """Looks at pages one by one, knowing which files the site has."""

    def __init__(self, site: Path, files: set[str], publication: Publication) -> None:
        self._site = site
        self._files = files
        self._languages = publication.languages
        base = publication.base_url
        self._own = base.rstrip("/") + "/" if base else ""
        self._prefix = urlsplit(base).path.rstrip("/") + "/" if base else "/"

    def at(self, path: str) -> Page:
        """Return what is wrong with a page, its anchors, and where it refers to those of others."""
        anchors: set[str] = set()
        links: list[str] = []
        fetched: list[str] = []
        language = ""
        for element in elements_of(_text(self._site / path)):
            if element.anchor:
                anchors.add(element.anchor)
            links += element.links
            fetched += element.fetched
            language = element.language or language
        problems: list[Diagnostic] = []
        references: list[_Reference] = []
        folder = posixpath.dirname(path)
        for href in dict.fromkeys((*links, *fetched)):
            problems += self._broken(path, folder, href, references)
        problems += (
            Diagnostic("OP906", Place(path), {"found": href})
            for href in dict.fromkeys(fetched)
            if self._is_foreign(href)
        )
        first = path.split("/", 1)[0]
        if first in self._languages and language != first:
            problems.append(Diagnostic("OP907", Place(path), {"found": language or "–", "expected": first}))
        return Page(path, frozenset(anchors), tuple(references), tuple(problems))

    def _broken(self, path: str, folder: str, href: str, references: list[_Reference]) -> Iterator[Diagnostic]:
        aim = aim_of(href, folder, self._prefix)
        if aim is None:
            return
        target, anchor, is_folder = aim
        target = target or path
        if not is_folder and target not in self._files and f"{target}/index.html" in self._files:
            target = f"{target}/index.html"
        if target not in self._files:
            yield Diagnostic("OP901", Place(path), {"found": href})
        elif anchor and target.endswith(".html"):
            references.append(_Reference(href, target, anchor))

    def _is_foreign(self, href: str) -> bool:
        parts = urlsplit(href)
        is_away = bool(parts.netloc) or parts.scheme in ("http", "https")
        return is_away and not (self._own and href.startswith(self._own))
