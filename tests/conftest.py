"""What all tests share: the invented world in ``tests/golden/data``, and one real build of it.

Nothing here reads ``data/``, the clock or the network. Expensive things are made once per test run, also when several
processes share the run (see :func:`once`).
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "hooks"))

from openplans.load import Dataset, load_dataset  # noqa: E402
from openplans.publication import Publication  # noqa: E402

WORLD = ROOT / "tests" / "golden" / "data"
#: The day and the address of every build of the world, unless a test says otherwise.
TODAY = date(2027, 5, 1)
BASE_URL = "https://plans.example/sub/"
#: How long one process waits for another that is making the same thing; far longer than any build takes.
_PATIENCE_SECONDS = 300


#: Everything is looked at; otherwise a sample that takes minutes.
IS_FULL = os.environ.get("OPENPLANS_FULL") == "1"


def every(step: int, cases: Iterable[Any]) -> list[Any]:
    """Return cases that are much alike as parameters: each ``step``-th, and the others for the full run only."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=[pytest.mark.full] if number % step else [])
        for number, case in enumerate(cases)
    ]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer ``--update-golden``, which writes the expected files anew instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/expected anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only the full run does, and count it as such."""
    if IS_FULL:
        return
    left_out = [item for item in items if item.get_closest_marker("full")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the caller's shell has set from reaching a build."""
    for name in ("SOURCE_DATE_EPOCH", "OPENPLANS_DEBUG", "TZ"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Return ``once(name, make)``: the folder ``name``, filled by ``make`` a single time in the whole run.

    With pytest-xdist each process has its own session. The first that manages to create ``<name>.claim`` beside the
    processes' folders makes the folder under another name and renames it when it is whole; the others wait for it.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def make_once(name: str, make: Callable[[Path], None]) -> Path:
        folder, claim, failed = shared / name, shared / f"{name}.claim", shared / f"{name}.failed"
        try:
            claim.mkdir()
        except FileExistsError:
            _wait_for(folder, failed)
            return folder
        unfinished = shared / f"{name}.unfinished"
        try:
            make(unfinished)
            unfinished.rename(folder)
        except BaseException:
            failed.mkdir()
            raise
        return folder

    return make_once


def _wait_for(folder: Path, failed: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not folder.exists():
        assert not failed.exists(), f"{folder.name} could not be made: see the other process's error"
        assert time.monotonic() < deadline, f"{folder.name} was not made in time"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def world() -> Path:
    """Return the folder of the invented world: two organizations, three plans, every field of the model."""
    return WORLD


@pytest.fixture(scope="session")
def dataset(world: Path) -> Dataset:
    """Return the world, read and typed."""
    loading = load_dataset(world)
    assert loading.dataset is not None, loading.diagnostics
    return loading.dataset


@pytest.fixture(scope="session")
def publication(dataset: Dataset) -> Publication:
    """Return the world on :data:`TODAY` at :data:`BASE_URL`."""
    return Publication(dataset, TODAY, BASE_URL)


def make_project(folder: Path) -> Path:
    """Make what an adopter has but for the data: our code, theme and ``mkdocs.yml``, and a ``docs/`` of its own.

    Returns the path of ``mkdocs.yml``. The pages written by hand are those of the world, so that tests do not depend
    on the texts in this project's ``docs/``; and the folder lies in no git repository, so that no history is read.
    """
    folder.mkdir(parents=True)
    for name in ("hooks", "overrides"):
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    shutil.copytree(WORLD.parent / "docs", folder / "docs", dirs_exist_ok=True)
    return Path(shutil.copy(ROOT / "mkdocs.yml", folder))


@pytest.fixture(scope="session")
def project(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Return the ``mkdocs.yml`` of a project whose ``data/`` is the world; tests leave the project as it is."""

    def make(folder: Path) -> None:
        make_project(folder)
        shutil.copytree(WORLD, folder / "data")

    return once("project", make) / "mkdocs.yml"


@pytest.fixture
def new_project(tmp_path: Path) -> Callable[[Path], Path]:
    """Return ``new_project(data)``: the ``mkdocs.yml`` of a project of the test's own, whose data is at ``data``."""

    def make(data: Path) -> Path:
        config = make_project(tmp_path / "project")
        text = config.read_text(encoding="utf-8")
        for ours, theirs in (("\n    data: data\n", f'\n    data: "{data}"\n'), ("\nwatch:\n  - data\n", "\n")):
            assert text.count(ours) == 1, ours
            text = text.replace(ours, theirs)
        config.write_text(text, encoding="utf-8")
        return config

    return make


@pytest.fixture(scope="session")
def built_site(project: Path, once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Return the finished site of the world, as the real build made it; tests only read it."""
    from publish import build_site  # noqa: PLC0415

    def make(folder: Path) -> None:
        settings = {"today": TODAY.isoformat(), "base_url": BASE_URL}
        assert build_site(project, folder, settings) == 0

    return once("site", make)
