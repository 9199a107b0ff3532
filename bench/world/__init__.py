"""A made-up world of organizations with plans, as large as asked for, in the shape of the data folder's records.

The same number of actions and the same seed give the same world on every Python. A smaller world is the beginning of a
larger one: its organizations, but for the last, are the larger one's first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .organizations import Organization, organization
from .sentences import LANGUAGES, Dice, Scribe, Text

#: The day on which the world is built: some of its plans are over, some have begun, some are yet to come.
TODAY = "2027-03-15"
ACTIONS_PER_ORGANIZATION = 100
_ABBREVIATIONS = ("BKT", "DGR", "FLV", "JPT", "KLM", "MRS", "NPV", "PSK", "RTV", "SDM", "TKG", "VLB")

Record = dict[str, Any]


@dataclass(frozen=True)
class World:
    """Everything that a data folder holds."""

    site: Record
    glossary: Record
    organizations: tuple[Organization, ...]


def build(actions: int, seed: int = 1) -> World:
    """Return a world with so many actions, a hundred in each organization."""
    scribe = Scribe(_ABBREVIATIONS)
    full, rest = divmod(actions, ACTIONS_PER_ORGANIZATION)
    sizes = [ACTIONS_PER_ORGANIZATION] * full + ([rest] if rest else [])
    return World(
        _site(scribe, Dice(f"{seed} site")),
        _glossary(scribe, Dice(f"{seed} glossary")),
        tuple(organization(scribe, seed, number, size) for number, size in enumerate(sizes)),
    )


def _site(scribe: Scribe, dice: Dice) -> Record:
    def named(name: str) -> Text:
        return {language: name for language in LANGUAGES}

    return {
        "title": named("Plans"),
        "description": scribe.text(dice, "description"),
        "languages": list(LANGUAGES),
        "default_language": LANGUAGES[0],
        "publisher": {"name": named("Plans")},
        "licence": {"id": "CC0-1.0", "name": named("CC0 1.0")},
        "time_zone": "Europe/Vilnius",
        "uid_domain": "plans.example",
        "regions": {f"region-{number}": scribe.text(dice, "unit") for number in (1, 2, 3)},
        "audiences": {name: scribe.text(dice, "unit") for name in ("students", "leaders", "educators")},
        "thresholds": {"coverage_percent": 60, "due_soon_days": 30, "stale_days": 180},
    }


def _glossary(scribe: Scribe, dice: Dice) -> Record:
    terms = {word.lower(): {"term": word, "expansion": scribe.text(dice, "name")} for word in _ABBREVIATIONS}
    return {"terms": terms}


__all__ = ["ACTIONS_PER_ORGANIZATION", "LANGUAGES", "TODAY", "Organization", "Text", "World", "build"]
