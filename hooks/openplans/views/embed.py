"""A list of the next events for a frame on another site: a document of its own, without scripts."""

from __future__ import annotations

from ..feed_words import feed_page, feed_title
from ..feeds import Feed, is_listed, subscriptions
from ..language import Shown
from ..publication import Publication
from ..routes import PageKind, Route, absolute
from .meetings import groups_by_month
from .pieces import View
from .scope import Scope

#: How many events fit in a frame on somebody's page.
_EMBEDDED = 10
WIDTH, HEIGHT = 360, 480


def embed(scope: Scope) -> View:
    """Return the next events of one feed."""
    publication = scope.publication
    feed = next(feed for feed in subscriptions(publication) if feed.name == scope.route.item)
    coming = [e.meeting for e in feed.entries if not e.meeting.is_over(publication.today)][:_EMBEDDED]
    title = feed_title(feed, publication, scope.language)
    return View(
        scope.page(title, Shown(title, scope.language), calendar=feed.name),
        {
            "groups": groups_by_month(coming, scope),
            "whole": scope.href(feed_page(feed, publication, scope.language).path),
            "subscribe": scope.to(PageKind.SUBSCRIBE, anchor=f"#{feed.name}" if is_listed(feed) else ""),
            "stylesheet": scope.href("assets/embed.css"),
            "icon": scope.href("assets/mark.svg"),
        },
    )


def snippet(feed: Feed, publication: Publication, language: str) -> str:
    """Return the HTML that shows the list on another site; empty while the site does not know its own address."""
    address = absolute(publication, Route(PageKind.EMBED, language, item=feed.name).path)
    if address is None:
        return ""
    title = feed_title(feed, publication, language).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return (
        f'<iframe src="{address}" title="{title}" width="{WIDTH}" height="{HEIGHT}" loading="lazy" '
        'style="border:1px solid;max-width:100%"></iframe>'
    )
