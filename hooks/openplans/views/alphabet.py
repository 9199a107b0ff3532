"""The list of all titles by the alphabet: a way to everything for who has no search."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from ..language import Shown, initial, sort_key
from ..routes import INDEX_LIMIT, PageKind, Route, index_pages, index_route
from .pieces import Link, View
from .scope import Scope

_SIGNS = re.compile(r"^[\W_]+")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A title, and what it is the title of; ``meaning`` is what an abbreviation stands for."""

    link: Link
    words: str
    meaning: Shown | None = None

    @property
    def title(self) -> str:
        """What it is listed under: the title without the signs before its first letter."""
        return _SIGNS.sub("", self.link.title.text) or self.link.title.text


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """The titles that begin with one letter."""

    anchor: str
    letter: str
    entries: tuple[IndexEntry, ...]


def index(scope: Scope) -> View:
    """Return a page of the list; it is cut by number, so that it has a twin in languages with other letters."""
    t, publication = scope.t, scope.publication
    number = int(scope.route.item or "1") - 1
    entries = publication.once(("index", scope.language), lambda: _in_order(scope))
    # Where each letter begins.
    first: dict[str, int] = {}
    for position, (letter, _) in enumerate(entries):
        first.setdefault(letter, position // INDEX_LIMIT)
    letters = []
    for letter, position in first.items():
        path = index_route(position, scope.language).path + "#" + _anchor(letter)
        letters.append(Link(Shown(letter or t("index.digits"), scope.language), scope.href(path)))
    heading = scope.ours("nav.index")
    title = f"{heading.text} – {t('index.page', number=number + 1)}" if number else heading.text
    page = scope.page(title, heading, t("index.description"))

    def neighbour(position: int) -> Link | None:
        if not 0 <= position < index_pages(publication):
            return None
        path = index_route(position, scope.language).path
        return Link(scope.ours("index.page", number=position + 1), scope.href(path))

    groups = groupby(entries[number * INDEX_LIMIT : (number + 1) * INDEX_LIMIT], key=itemgetter(0))
    return View(
        page,
        {
            "letters": tuple(letters),
            "groups": tuple(
                LetterGroup(_anchor(letter), letter or t("index.digits"), tuple(_linked(e, scope) for _, e in found))
                for letter, found in groups
            ),
            "previous": neighbour(number - 1),
            "next": neighbour(number + 1),
        },
    )


def _anchor(letter: str) -> str:
    return f"letter-{letter.lower() or '0'}"


def _in_order(scope: Scope) -> tuple[tuple[str, IndexEntry], ...]:
    """Return all entries by the alphabet, each with its letter; their addresses are from the site's root."""
    order = sorted(_entries(scope), key=lambda entry: (sort_key(entry.title, scope.language), entry.link.href))
    return tuple((initial(entry.title, scope.language), entry) for entry in order)


def _linked(entry: IndexEntry, scope: Scope) -> IndexEntry:
    return replace(entry, link=replace(entry.link, href=scope.href(entry.link.href)))


def _entries(scope: Scope) -> list[IndexEntry]:
    """Return every record and every abbreviation, in no order."""
    publication = scope.publication
    found = []
    for key, record in publication.records.items():
        organization = publication.dataset.organization(key.organization)
        kind = scope.t(f"search.kind.{key.kind}")
        short = scope.show(organization.acronym or organization.name).text
        path = Route(PageKind(key.kind), scope.language, key.organization, key.plan, key.item).path
        title = record.title if hasattr(record, "title") else record.name
        words = kind if key.kind == "organization" else f"{kind} · {short}"
        found.append(IndexEntry(Link(scope.show(title), path), words))
    glossary = Route(PageKind.GLOSSARY, scope.language).path
    for identifier, term in publication.dataset.glossary.terms.items():
        link = Link(Shown(term.term, scope.language), f"{glossary}#t-{identifier}")
        meaning = scope.maybe(term.expansion)
        found.append(IndexEntry(link, "" if meaning else scope.t("search.kind.term"), meaning))
    return found
