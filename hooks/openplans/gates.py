"""Gates: what a rendered site must pass before it replaces the last good one.

They look at the files as a browser would, not at the code that made them: every record has its page, no two records
claim one address, every internal link and anchor resolves, every page has its language twins, nothing is asked of
another host.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from . import search_index
from .crew import shared_out
from .diagnostic import Diagnostic, Place, in_order
from .feeds import SIZE_LIMIT
from .load import Dataset
from .publication import Publication
from .routes import alternates, redirect_targets, routes

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"([^\s=>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
#: Attributes whose value the browser fetches by itself; a link that the reader follows may leave the site.
_FETCHED = {"src", "srcset", "poster", "data"}
#: So many pages are given to a process at a time.
_SHARE = 300
_WATCHED = re.compile(r"(?i)\b(?:id|href|lang|src|srcset|poster|data)\s*=")


class _Element(NamedTuple):
    """What one element refers to and offers."""

    anchor: str
    links: tuple[str, ...]
    fetched: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class _HtmlPage:
    """What one HTML file refers to and offers."""

    path: str
    anchors: frozenset[str]
    links: tuple[str, ...]
    fetched: tuple[str, ...]
    language: str


def address_conflicts(publication: Publication) -> tuple[Diagnostic, ...]:
    """Return OP902 for each address that two pages would claim; looked at before anything is rendered."""
    claimed: dict[str, str] = {}
    found = []
    for route in routes(publication):
        key = route.path.casefold()
        if key in claimed:
            found.append(Diagnostic("OP902", Place(route.path or "/"), {"found": route.path, "first": claimed[key]}))
        claimed.setdefault(key, f"{route.kind}")
    for language, pages in publication.hand_written.items():
        for slug, _ in pages:
            path = f"{language}/{slug}/"
            if path in claimed:
                found.append(
                    Diagnostic("OP902", Place(f"docs/{path[:-1]}.md"), {"found": path, "first": claimed[path]})
                )
    for old, _ in redirect_targets(publication):
        if old in claimed:
            found.append(Diagnostic("OP902", Place(old), {"found": old, "first": claimed[old]}))
    return in_order(found)


def inspect(site: Path, publication: Publication, jobs: int = 1) -> tuple[Diagnostic, ...]:
    """Return everything that keeps the site in ``site`` from being published."""
    found: list[Diagnostic] = []
    files = set(_files_below(site))
    found.extend(_missing_pages(files, publication))
    found.extend(_missing_records(site, publication))
    pages = _read_pages(site, sorted(path for path in files if path.endswith(".html")), jobs)
    prefix = urlsplit(publication.base_url).path if publication.base_url else ""
    found.extend(_heavy_calendars(site, files))
    for page in pages.values():
        found.extend(_broken_links(page, pages, files, prefix))
        found.extend(_foreign_requests(page, publication))
    found.extend(_wrong_languages(pages, publication))
    return in_order(found)


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


@lru_cache(maxsize=1 << 16)
def _said_by(tag: str, raw: str) -> _Element | None:
    """Return what one element refers to and offers; None for most. The pages of a site share most of their elements."""
    if not _WATCHED.search(raw):
        return None
    name = tag.lower()
    attributes = {key.lower(): unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(raw)}
    links: list[str] = []
    fetched: list[str] = []
    if name in ("a", "area") and "href" in attributes:
        links.append(attributes["href"])
    elif name == "link" and "href" in attributes:
        is_followed = not {"canonical", "alternate", "prev", "next"}.isdisjoint(attributes.get("rel", "").split())
        (links if is_followed else fetched).append(attributes["href"])
    fetched.extend(value for key, value in attributes.items() if key in _FETCHED and name != "a")
    language = attributes.get("lang", "") if name == "html" else ""
    return _Element(attributes.get("id", ""), tuple(links), tuple(fetched), language)


def _files_below(site: Path) -> Iterator[str]:
    """Yield the path of every file; what the search program is just writing is left out."""
    for folder, folders, names in os.walk(site):
        if folder == str(site):
            folders[:] = [name for name in folders if name != search_index.FOLDER]
        below = os.path.relpath(folder, site).replace(os.sep, "/")
        prefix = "" if below == "." else f"{below}/"
        yield from (prefix + name for name in names)


def _read_pages(site: Path, paths: Sequence[str], jobs: int) -> dict[str, _HtmlPage]:
    shares = [paths[start : start + _SHARE] for start in range(0, len(paths), _SHARE)]

    def read(share: Sequence[str]) -> list[_HtmlPage]:
        return [_read_page(site, path) for path in share]

    done = dict(shared_out(read, shares, jobs if len(shares) > 1 else 1))
    return {page.path: page for place in range(len(shares)) for page in done[place]}


def _read_page(site: Path, path: str) -> _HtmlPage:
    text = (site / path).read_text(encoding="utf-8")
    anchors: set[str] = set()
    links: list[str] = []
    fetched: list[str] = []
    language = ""
    for tag, raw in _TAG.findall(text):
        said = _said_by(tag, raw)
        if said is None:
            continue
        if said.anchor:
            anchors.add(said.anchor)
        links.extend(said.links)
        fetched.extend(said.fetched)
        language = said.language or language
    return _HtmlPage(path, frozenset(anchors), tuple(dict.fromkeys(links)), tuple(dict.fromkeys(fetched)), language)


def _broken_links(page: _HtmlPage, pages: dict[str, _HtmlPage], files: set[str], prefix: str) -> Iterator[Diagnostic]:
    folder = posixpath.dirname(page.path)
    for href in (*page.links, *page.fetched):
        aim = _aim_of(href, folder, prefix)
        if aim is None:
            continue
        target, fragment, is_folder = aim
        target = target or page.path
        if not is_folder and target not in files and f"{target}/index.html" in files:
            target = f"{target}/index.html"
        if target not in files:
            yield Diagnostic("OP901", Place(page.path), {"found": href})
        elif fragment and target in pages and fragment not in pages[target].anchors:
            yield Diagnostic("OP905", Place(page.path), {"found": href})


@lru_cache(maxsize=1 << 16)
def _aim_of(href: str, folder: str, prefix: str) -> tuple[str, str, bool] | None:
    """Return the file and the anchor that a link in a folder leads to, and whether it names a folder.

    None for a link that leaves the site; the file is empty for a link inside the page.
    """
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return "", fragment, False
    if path.startswith("/"):
        # Only the page for missing addresses speaks from the root: it does not know where it is shown.
        target = path.removeprefix(prefix if prefix.endswith("/") else prefix + "/").lstrip("/")
    else:
        target = posixpath.normpath(posixpath.join(folder, path))
    if path.endswith("/") or target in ("", "."):
        return posixpath.normpath(posixpath.join(target, "index.html")), fragment, True
    return target, fragment, False


def _foreign_requests(page: _HtmlPage, publication: Publication) -> Iterator[Diagnostic]:
    own = publication.base_url.rstrip("/") + "/" if publication.base_url else ""
    for href in page.fetched:
        parts = urlsplit(href)
        if (parts.netloc or parts.scheme in ("http", "https")) and not (own and href.startswith(own)):
            yield Diagnostic("OP906", Place(page.path), {"found": href})


def _wrong_languages(pages: dict[str, _HtmlPage], publication: Publication) -> Iterator[Diagnostic]:
    for path, page in pages.items():
        first = path.split("/", 1)[0]
        if first in publication.languages and page.language != first:
            yield Diagnostic("OP907", Place(path), {"found": page.language or "–", "expected": first})
