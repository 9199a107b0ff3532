"""News of plans, ready for any feed format: what happened, in words, with an id that lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .change_words import route_of, subject_of, told
from .changes import Change, changes_of, changes_of_owner, told_together
from .file_addresses import plan_feed
from .ledger import Key
from .publication import Publication
from .routes import PageKind, Route

_NEWEST = 50


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One entry of a news feed."""

    uri: str
    day: date
    title: str
    text: str
    path: str


@dataclass(frozen=True)
class NewsFeed:
    """One feed in one language."""

    name: str
    uri: str
    title: str
    _items: Callable[[], tuple[NewsItem, ...]]

    @cached_property
    def items(self) -> tuple[NewsItem, ...]:
        """What it tells, newest first; lists of feeds need not know."""
        return self._items()


def news_feeds(publication: Publication, language: str, part: str | None = None) -> Iterator[NewsFeed]:
    """Yield the feeds of everything, of each organization and of each plan; ids are tag URIs on the UID domain.

    Of one part of the site, an organization or all else (the empty name), only its own.
    """
    # Atom and JSON Feed tell the same.
    key = ("news", language, repr(part))
    yield from publication.once(key, lambda: tuple(_news_feeds(publication, language, part)), part or "")


def _news_feeds(publication: Publication, language: str, part: str | None) -> Iterator[NewsFeed]:

    def feed(name: str, title: str, wanted: Sequence[Change]) -> NewsFeed:
        def items() -> tuple[NewsItem, ...]:
            return tuple(_item(change, publication, language) for change in told_together(wanted)[:_NEWEST])

        uri = f"tag:{publication.dataset.site.uid_domain},2000:changes/{name}"
        return NewsFeed(name, uri, publication.messages(language)("feed.changes.title", name=title), items)

    if not part:
        changes = changes_of(publication)
        yield feed(
            "events",
            publication.messages(language)("nav.agenda"),
            [change for change in changes if change.event is not None or change.record.kind == "event"],
        )
        yield feed("all", publication.dataset.site.title.shown(language).text, changes)
    for organization in publication.dataset.organizations:
        if part is not None and organization.id != part:
            continue
        own = changes_of_owner(Key("organization", organization.id), publication)
        yield feed(organization.id, organization.name.shown(language).text, own)
        for plan in organization.plans:
            key = Key("plan", organization.id, plan.id)
            name = plan_feed(organization.id, plan.id)
            yield feed(name, plan.title.shown(language).text, changes_of_owner(key, publication))


def _item(change: Change, publication: Publication, language: str) -> NewsItem:
    words = told(change, publication, publication.messages(language))
    route = route_of(change.record, publication, language) or Route(PageKind.CHANGES, language)
    # RFC 4151 wants a day in a tag on which the domain was ours; it says nothing about the change.
    uri = f"tag:{publication.dataset.site.uid_domain},2000:{change.key}"
    title = f"{subject_of(change, publication, language).text} – {words.sentence}"
    return NewsItem(uri, change.day, title, words.text, route.path)
