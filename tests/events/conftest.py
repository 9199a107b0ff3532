"""What the tests of events share: a world of nothing but events, trainings and series, of every sort there is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import make_project
from openplans.load import Dataset, load_dataset
from openplans.publication import Publication

from .published import calendars
from .versions import Version, play

#: The day on which the events are looked at: a Monday, with some of them past, one on the day, most to come.
EVENT_DAY = date(2026, 10, 12)
EVENT_URL = "https://events.example/lt-site/"
EVENT_WORLD = Path(__file__).resolve().parent / "data"


def make_event_site(folder: Path) -> None:
    """Build the events' world with the real build; what it is built from stays in a folder beside it."""
    from publish import build_site  # noqa: PLC0415

    project = folder.with_name(f"{folder.name}.project")
    config = make_project(project)
    shutil.copytree(EVENT_WORLD, project / "data")
    assert build_site(config, folder, {"today": EVENT_DAY.isoformat(), "base_url": EVENT_URL}) == 0


@pytest.fixture(scope="session")
def event_site(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Return the finished site of the events' world, as the real build made it; tests only read it."""
    return once("event-site", make_event_site)


@pytest.fixture(scope="session")
def event_world() -> Path:
    """Return the folder of the events' world: two organizations in two countries and time zones."""
    return EVENT_WORLD


@pytest.fixture(scope="session")
def event_dataset(event_world: Path) -> Dataset:
    """Return the events' world, read and typed."""
    loading = load_dataset(event_world)
    assert loading.dataset is not None, loading.diagnostics
    return loading.dataset


@pytest.fixture(scope="session")
def event_publication(event_dataset: Dataset) -> Publication:
    """Return the events' world on :data:`EVENT_DAY` at :data:`EVENT_URL`."""
    return Publication(event_dataset, EVENT_DAY, EVENT_URL)


@pytest.fixture(scope="session")
def event_calendars(event_publication: Publication) -> dict[str, bytes]:
    """Return every calendar of the events' world by language and name: ``lt/all``."""
    return calendars(event_publication)


@pytest.fixture(scope="session")
def event_versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Version, ...]:
    """Return the versions of a scripted history, each with its calendars."""
    return play(tmp_path_factory.mktemp("history") / "repository")
