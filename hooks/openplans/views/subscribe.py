"""The page that explains each calendar feed in plain words and offers every way to use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from ..feed_words import feed_description, feed_page, feed_title
from ..feeds import Feed, is_embeddable, is_listed, subscriptions
from ..file_addresses import FEEDS_JSON, calendar_path, opml_path, qr_path
from ..language import Shown
from ..routes import absolute
from .embed import snippet
from .pieces import View
from .scope import Scope

#: Under which heading a feed stands; the first ones are for everybody.
_GROUPS = {
    "main": ("all", "deadlines", "planned"),
    "kind": ("kind",),
    "where": ("region", "mode", "free"),
    "who": ("audience", "language"),
    "archive": ("archive",),
}


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A calendar feed with the ways to use it."""

    anchor: str
    title: str
    description: str
    count: str
    page: str
    href: str
    address: str
    webcal: str
    google: str
    outlook: str
    outlook_work: str
    qr: str
    snippet: str


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds under one heading."""

    anchor: str
    title: Shown
    feeds: tuple[FeedRow, ...]


def subscribe(scope: Scope) -> View:
    """Return every feed that people subscribe to, those for everybody first, then by organization."""
    feeds = subscriptions(scope.publication)
    groups = tuple(group for group in _groups(feeds, scope) if group.feeds)
    page = scope.page(
        scope.t("nav.subscribe"),
        None,
        scope.t("subscribe.description"),
        contents=[(group.anchor, group.title.text) for group in groups],
    )
    return View(
        page,
        {
            "groups": groups,
            "has_address": scope.publication.base_url is not None,
            "opml": scope.href(opml_path(scope.language)),
            "json": scope.href(FEEDS_JSON),
        },
    )


def _groups(feeds: tuple[Feed, ...], scope: Scope) -> Iterator[FeedGroup]:
    for name, subjects in _GROUPS.items():
        if name == "archive":
            yield from _organizations(feeds, scope)
        rows = tuple(_row(feed, scope) for feed in feeds if feed.subject in subjects)
        yield FeedGroup(f"feeds-{name}", scope.ours(f"subscribe.group.{name}"), rows)


def _organizations(feeds: tuple[Feed, ...], scope: Scope) -> Iterator[FeedGroup]:
    """Yield each organization's feeds; of its committees and kinds those in which there is something."""
    for organization in scope.publication.dataset.organizations:
        own = (feed for feed in feeds if feed.organization is not None and feed.organization.id == organization.id)
        rows = tuple(_row(feed, scope) for feed in own if is_listed(feed))
        yield FeedGroup(f"feeds-of-{organization.id}", scope.show(organization.name), rows)


def _row(feed: Feed, scope: Scope) -> FeedRow:
    publication, t = scope.publication, scope.t
    path = calendar_path(scope.language, feed.name)
    address = absolute(publication, path) or ""
    webcal = "webcal:" + address.split(":", 1)[1] if address else ""
    title = feed_title(feed, publication, scope.language)
    quoted = quote(webcal, safe="")
    outlook = f"/calendar/0/addfromweb/?url={quoted}&name={quote(title, safe='')}"
    return FeedRow(
        feed.name,
        title,
        feed_description(feed, publication, scope.language),
        t("count.entries", len(feed.entries)),
        scope.href(feed_page(feed, publication, scope.language).path),
        scope.href(path),
        address,
        webcal,
        f"https://calendar.google.com/calendar/u/0/r?cid={quoted}" if address else "",
        f"https://outlook.live.com{outlook}" if address else "",
        f"https://outlook.office.com{outlook}" if address else "",
        scope.href(qr_path(scope.language, feed.name)) if address else "",
        snippet(feed, publication, scope.language) if is_embeddable(feed) else "",
    )
