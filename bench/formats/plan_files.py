"""A world as a data folder: one YAML file for each record."""

from __future__ import annotations

from collections.abc import Iterator

from world import World

from .yaml_text import as_yaml


def files(world: World) -> Iterator[tuple[str, str]]:
    """Yield the path inside the data folder and the content of every file."""
    yield "site.yml", as_yaml(world.site)
    yield "glossary.yml", as_yaml(world.glossary)
    for organization in world.organizations:
        base = f"organizations/{organization.id}"
        yield f"{base}/organization.yml", as_yaml(organization.record)
        for name, record in organization.committees.items():
            yield f"{base}/committees/{name}.yml", as_yaml(record)
        for plan in organization.plans:
            yield f"{base}/plans/{plan.id}/plan.yml", as_yaml(plan.record)
            for action in plan.actions:
                path = f"{base}/plans/{plan.id}/actions/{action.section}/{action.id}.yml"
                yield path, as_yaml(action.record)
        for name, record in organization.events.items():
            yield f"{base}/events/{name}.yml", as_yaml(record)
