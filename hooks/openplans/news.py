"""News of plans, ready for any feed format: what happened, in words, with an id that lasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .changes import changes_of
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


@dataclass(frozen=True, slots=True)
class NewsFeed:
    """One feed in one language."""

    name: str
    uri: str
    title: str
    items: tuple[NewsItem, ...]


def news_feeds(publication: Publication, language: str) -> Iterator[NewsFeed]:
    """Yield the feed of everything and one per organization; ids are tag URIs on the site's UID domain."""
    t = publication.messages(language)
    domain = publication.dataset.site.uid_domain
    changes = changes_of(publication)
    site_title = publication.dataset.site.title.shown(language).text
    names: list[tuple[str, str]] = [("all", site_title)]
    names += [(o.id, o.name.shown(language).text) for o in publication.dataset.organizations]
    for name, title in names:
        items = []
        for change in changes:
            if name not in ("all", change.organization.id):
                continue
            detail = change.detail.shown(language).text if change.detail else ""
            kind = PageKind.ACTION if change.action else PageKind.PLAN
            route = Route(
                kind, language, change.organization.id, change.plan.id, change.action.id if change.action else ""
            )
            # RFC 4151 wants a day in a tag; the change's own is fixed for good.
            uri = f"tag:{domain},{change.day.isoformat()}:{change.key}"
            item_title = f"{change.sentence(t)}: {change.subject.shown(language).text}"
            items.append(NewsItem(uri, change.day, item_title, detail, route.path))
        yield NewsFeed(
            name, f"tag:{domain},2000:changes/{name}", t("feed.changes.title", name=title), tuple(items[:_NEWEST])
        )
