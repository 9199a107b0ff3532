"""By what events can be looked through: kind, organization, region, audience, language, how to take part, price."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import get_args

from .calendars import Meeting
from .model import Event, Site

#: The order in which facets are offered; each is a word of addresses and of queries.
FACETS = ("kind", "organization", "region", "audience", "language", "mode", "free")
EVENT_KINDS: tuple[str, ...] = get_args(Event.model_fields["kind"].annotation)


@dataclass(frozen=True, slots=True, order=True)
class Facet:
    """One value to look through events by; ``kind=training`` in a query, ``kind/training`` in an address."""

    name: str
    value: str

    @property
    def path(self) -> str:
        """What names it in an address."""
        return f"{self.name}/{self.value}"


def facets_of(meeting: Meeting) -> frozenset[Facet]:
    """Return every facet of a meeting; one that is both online and in person has both, an unknown price has none."""
    event = meeting.event
    modes = {"in_person": ("in-person",), "online": ("online",), "hybrid": ("in-person", "online")}
    found = {Facet("kind", event.kind), Facet("organization", meeting.organization.id)}
    found |= {Facet("region", meeting.region)} if meeting.region else set()
    found |= {Facet("audience", audience) for audience in event.audiences}
    found |= {Facet("language", language.lower()) for language in event.languages}
    found |= {Facet("mode", mode) for mode in modes.get(meeting.mode or "", ())}
    found |= {Facet("free", "yes")} if event.is_free else set()
    return frozenset(found)


def in_order(found: Collection[Facet], organizations: Iterable[str], site: Site) -> tuple[Facet, ...]:
    """Return facets in the order of the site's own lists."""
    lists = {
        "kind": EVENT_KINDS,
        "organization": tuple(organizations),
        "region": tuple(site.regions),
        "audience": tuple(site.audiences),
        "language": tuple(sorted(facet.value for facet in found if facet.name == "language")),
        "mode": ("in-person", "online"),
        "free": ("yes",),
    }
    wanted = (Facet(name, value) for name in FACETS for value in lists[name])
    return tuple(facet for facet in wanted if facet in found)
