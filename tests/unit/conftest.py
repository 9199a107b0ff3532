"""What unit tests share: the smallest dataset without a problem, on a day, without an address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cases.folders import MINIMAL, make_folder
from hypothesis import settings
from openplans.load import Dataset, load_dataset
from openplans.publication import Publication

#: The same examples on every run and every computer, however slow it is, and nothing written to disk.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def minimal() -> Dataset:
    """Return the minimal dataset: one organization, committee, event, plan, section and action."""
    found = load_dataset(MINIMAL).dataset
    assert found is not None
    return found


@pytest.fixture(scope="session")
def small(minimal: Dataset) -> Publication:
    """Return the minimal dataset on 1 October 2026, at no known address."""
    return Publication(minimal, date(2026, 10, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Return ``folder(files)``: a fresh copy of the minimal data folder with some files changed."""

    def make(files: dict[str, Any] | None = None, **options: Any) -> Path:
        return make_folder(tmp_path, files or {}, **options)

    return make
