"""The address of every file that is no page: badges, pictures, calendars, news feeds, open data.

Addresses are relative to the site's root, without a leading slash, like those of :mod:`openplans.routes`.
"""

from __future__ import annotations

from .routes import PageKind, Route


def embed_file(language: str, feed: str, name: str) -> str:
    """Return the address of a file that belongs to an embedded list."""
    return f"{Route(PageKind.EMBED, language, item=feed).path}{name}"


def badge_path(
    language: str, organization: str, plan: str = "", section: str = "", committee: str = "", extension: str = "svg"
) -> str:
    """Return the address of a progress badge: of a section, a plan, a committee, or an organization."""
    parts = (organization, "committees", committee) if committee else (organization, plan, section)
    name = "/".join(part for part in parts if part)
    return f"badges/{name}.{language}.{extension}"


def picture_path(language: str, organization: str = "", plan: str = "") -> str:
    """Return the address of the picture that social networks show beside a link: of a plan, or of the site."""
    name = f"{organization}/{plan}" if plan else "site"
    return f"pictures/{name}.{language}.png"


def next_event_badge_path(language: str, organization: str) -> str:
    """Return the address of the badge that names an organization's next event."""
    return f"badges/{organization}/next-event.{language}.svg"


def calendar_path(language: str, name: str) -> str:
    """Return the address of a calendar feed; its names are told in :mod:`openplans.feeds`."""
    return f"calendars/{language}/{name}.ics"


def json_path(organization: str = "", plan: str = "") -> str:
    """Return the address of open data: of a plan, or the index."""
    return f"api/v1/{organization}/{plan}.json" if plan else "api/v1/index.json"


EVENTS_JSON = "api/v1/events.json"
FEEDS_JSON = "api/v1/feeds.json"
NEXT_CHANGE_JSON = "next-change.json"


def opml_path(language: str) -> str:
    """Return the address of the list of all feeds of a language."""
    return f"feeds/{language}/feeds.opml"


def qr_path(language: str, feed: str) -> str:
    """Return the address of the picture that leads a phone to where a calendar can be subscribed to."""
    return f"calendars/{language}/{feed}.svg"


def schema_path(name: str) -> str:
    """Return the address of a published JSON Schema."""
    return f"api/v1/schemas/{name}.schema.json"


def csv_path(organization: str, plan: str, table: str = "") -> str:
    """Return the address of a plan's actions as a table, or of its ``indicators`` or ``money``."""
    return f"data/{organization}/{plan}/{table}.csv" if table else f"data/{organization}/{plan}.csv"


def feed_path(language: str, name: str, extension: str) -> str:
    """Return the address of a news feed, ``xml`` for Atom or ``json`` for JSON Feed."""
    return f"feeds/{language}/{name}.{extension}"


def plan_feed(organization: str, plan: str) -> str:
    """Return the name of a plan's news feed, which is no other feed's name."""
    return f"{organization}/{plan}"
