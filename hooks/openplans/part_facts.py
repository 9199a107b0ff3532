"""What the parts of a site show that stands in none of their own files: digests of it, by part.

Of an organization: what the ledger tells of its records, the kinds of events that the whole site has (each is a
calendar of every organization), and all of another organization that its records came from or went to. Everything
else that its pages show from elsewhere is an input of every page (see :mod:`openplans.kept`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from .ledger import Entry, Key, Ledger, Removed
from .parts import EVERYTHING_ELSE
from .publication import Publication


def part_facts(publication: Publication, files: Mapping[str, str]) -> dict[str, str]:
    """Return a digest for each part of ``publication``; ``files`` are those of each organization's own files."""
    organizations = [organization.id for organization in publication.dataset.organizations]
    told: dict[str, Any] = {organization: hashlib.sha256() for organization in organizations}
    beside: dict[str, set[str]] = {organization: set() for organization in organizations}

    def add(fact: str, *about: str) -> None:
        for organization in {*about} & told.keys():
            told[organization].update(f"{fact}\n".encode())
            beside[organization] |= {*about} & told.keys() - {organization}

    kinds = [facet.value for facet in publication.facets if facet.name == "kind"]
    add(json.dumps([publication.ledger.reason, kinds]), *organizations)
    for organization in organizations:
        # That was about every organization, and brings none of them together.
        beside[organization].clear()
    for fact, about in _told_of(publication):
        add(fact, *about)
    own = {
        organization: f"{files.get(organization)} {told[organization].hexdigest()}" for organization in organizations
    }
    found = {
        organization: _digest([own[organization], *(own[other] for other in sorted(beside[organization]))])
        for organization in organizations
    }
    found[EVERYTHING_ELSE] = _digest([_whole(publication.ledger), own])
    return found


def _told_of(publication: Publication) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield everything that the ledger holds, and the organizations that it is about."""
    for entry in publication.entries:
        yield _text(entry), _organizations(entry)
    for item in (*publication.removed.values(), *publication.ledger.removed):
        yield _text(item), _organizations(item)
    for key, day in publication.ledger.known_since.items():
        yield f"{key} {day}", (key.organization,)
    for meeting in publication.meetings:
        revision = publication.revision_of(meeting)
        if revision is not None:
            yield f"{meeting.uid_key} {_text(revision)}", (meeting.organization.id,)
    for gone in publication.ledger.gone:
        yield _text(gone), (gone.organization,)


def _organizations(item: Entry | Removed) -> tuple[str, ...]:
    moved_to = item.moved_to if isinstance(item, Removed) else None
    keys = (item.record, item.owner, moved_to)
    return tuple(key.organization for key in keys if isinstance(key, Key))


def _whole(ledger: Ledger) -> str:
    known_since = sorted((str(key), str(day)) for key, day in ledger.known_since.items())
    revisions = [f"{key} {_text(revision)}" for key, revision in sorted(ledger.revisions.items())]
    items = [_text(item) for item in (*ledger.entries, *ledger.removed, *ledger.gone)]
    return _digest([ledger.reason, known_since, revisions, items])


def _text(record: Any) -> str:
    """Return the same words for the same facts, whether they were read from git or from a file."""
    return json.dumps(asdict(record), sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
