"""Builds, made as people make them: by command, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .pages import HtmlPage, html_pages

ROOT = Path(__file__).resolve().parents[2]
#: The command, whether or not it was installed.
OPENPLANS = (sys.executable, "-c", "from openplans.cli import main; main()")
MKDOCS = (sys.executable, "-m", "mkdocs")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.build)


def run(
    command: tuple[str, ...], arguments: tuple[object, ...], env: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, with our code and without the settings of this run."""
    # Each of some hundred builds would compile all modules if none kept what it has compiled.
    others = ("PYTEST", "COV", "LC_", "PYTHONDONTWRITEBYTECODE")
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith(others)}
    surroundings |= {"PYTHONPATH": str(ROOT / "hooks"), **env}
    return subprocess.run(
        [*command, *(str(argument) for argument in arguments)],
        env=surroundings,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=240,
        check=False,
    )


@pytest.fixture(scope="session")
def openplans() -> Run:
    """Return ``openplans(*arguments, **environment)``: the command's outcome."""
    return lambda *arguments, **env: run(OPENPLANS, arguments, env)


@pytest.fixture(scope="session")
def mkdocs() -> Run:
    """Return ``mkdocs(*arguments, **environment)``: the outcome of plain MkDocs."""
    return lambda *arguments, **env: run(MKDOCS, arguments, env)


@pytest.fixture(scope="session")
def pages(built_site: Path) -> dict[str, HtmlPage]:
    """Return every HTML file of the built world by its path."""
    return html_pages(built_site)


SMALL_WORLD = {
    "site.yml": (
        "title: Kalnas\nlanguages: [lt, lv, en]\ndefault_language: lt\npublisher: {name: Kalnas}\n"
        "licence: {id: CC0-1.0, name: CC0}\ntime_zone: Europe/Vilnius\nuid_domain: kalnas.example\n"
    ),
    "organizations/kalnas/organization.yml": "name: Kalnas\nsource_language: lt\n",
    "organizations/kalnas/plans/kopti/plan.yml": (
        "title: Kopti\nperiod: 2027\nsections:\n  - id: zingsniai\n    title: Žingsniai\n"
    ),
    "organizations/kalnas/plans/kopti/actions/zingsniai/pirmas.yml": "title: Pirmas žingsnis\n",
}


def write_small_world(folder: Path) -> Path:
    """Write the least that an adopter writes: a site, one organization, one plan, one section, one action."""
    for path, text in SMALL_WORLD.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def small_world(tmp_path: Path) -> Path:
    """Return the data of the least adopter, for the test to change."""
    return write_small_world(tmp_path / "data")


@pytest.fixture(scope="session")
def small_site(openplans: Run, project: Path, once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Return the site of the least adopter as ``openplans build`` made it; tests copy it before they change it."""

    def make(folder: Path) -> None:
        data = write_small_world(folder / "data")
        done = openplans(
            "build", "--config", project, "--data", data, "--out", folder / "site", "--today", "2027-05-01"
        )
        (folder / "said").write_text(f"{done.returncode}\n{done.stdout}{done.stderr}", encoding="utf-8")

    return once("small", make) / "site"
