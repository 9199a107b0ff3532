"""The words that calendar feeds are called by, which no organization or committee can have as its id."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Organization

#: What the feed of a kind of event is called.
KIND_FEEDS = {
    "training": "trainings",
    "conference": "conferences",
    "forum": "forums",
    "meeting": "meetings",
    "camp": "camps",
    "seminar": "seminars",
    "competition": "competitions",
    "festival": "festivals",
    "survey": "surveys",
    "other": "other-events",
}
RESERVED_NAMES = frozenset({"all", "planned", "deadlines", "online", "free", *KIND_FEEDS.values()})
RESERVED_BEGINNINGS = ("region-", "audience-", "language-", "mode-", "archive-")


def is_reserved(identifier: str) -> bool:
    """Tell whether a feed of the site has this name, or may have it one day."""
    return identifier in RESERVED_NAMES or identifier.startswith(RESERVED_BEGINNINGS)


def names_of(organization: Organization) -> Iterator[tuple[str, str]]:
    """Yield the names of an organization's feeds, each with the id of the committee that it is about, if any."""
    yield organization.id, ""
    for word in KIND_FEEDS.values():
        yield f"{organization.id}-{word}", ""
    for committee in organization.committees:
        yield f"{organization.id}-{committee.id}", committee.id
