"""Our own build as subjects to measure: cold, without search, with warm caches, unchanged, edited, in two processes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from world import TODAY

from .measure import clean_environment
from .subjects import Subject, write_workload

_PARTS = ("mkdocs.yml", "docs", "hooks", "overrides")
_CACHE = ".cache"
_START = "from openplans.cli import main; main()"
_PACKAGES = ("mkdocs", "mkdocs-material", "pydantic", "Babel", "pagefind")


class NotUsable(Exception):
    """Our own program does not start with this Python."""


@dataclass(frozen=True)
class Variant:
    """One way to build: its options, and what it finds of earlier builds."""

    title: str
    options: tuple[str, ...] = ()
    removed: tuple[str, ...] = ("site", _CACHE)
    edits: bool = False
    #: An option without which this variant would be another one under a wrong name.
    needs: str = ""


VARIANTS = {
    "ours": Variant("Open Plans, cold"),
    "ours-no-search": Variant("Open Plans, cold, no search index", ("--no-search",), needs="--no-search"),
    "ours-jobs-1": Variant("Open Plans, cold, one process", ("--jobs", "1"), needs="--jobs"),
    "ours-jobs-2": Variant("Open Plans, cold, two processes", ("--jobs", "2"), needs="--jobs"),
    "ours-data": Variant(
        "Open Plans, warm data, pages made anew", removed=("site", f"{_CACHE}/site-*"), needs="--no-cache"
    ),
    "ours-warm": Variant("Open Plans, warm caches, site taken away", removed=("site",), needs="--no-cache"),
    "ours-unchanged": Variant("Open Plans, nothing changed", removed=()),
    "ours-edit": Variant("Open Plans, one record edited", removed=(), edits=True),
}
_DIFFERS = (
    "data in YAML, checked; pages also for months, facets, reports, handovers and embedded lists; calendars, feeds, "
    "badges, open data; a search index in each language; every link of the output checked"
)


def options_of(project: Path) -> frozenset[str]:
    """Return the options that `openplans build` of a project knows."""
    environment = clean_environment(PYTHONPATH=str(project / "hooks"))
    asked = subprocess.run(
        [sys.executable, "-c", _START, "build", "--help"], capture_output=True, text=True, env=environment, check=False
    )
    if asked.returncode:
        reason = (asked.stderr.strip().splitlines() or ["no message"])[-1]
        raise NotUsable(f"openplans does not start with this Python ({reason}); run `make environment-test` first")
    return frozenset(re.findall(r"--[a-z][a-z-]*", asked.stdout))


def copy_project(project: Path, folder: Path) -> None:
    """Copy what a build needs into a folder of its own, compiled: the checkout and its caches stay as they are."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _PARTS:
        source = project / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(folder / "hooks")], check=True)


def prepare(name: str, project: Path, actions: int, seed: int, work: Path) -> Subject:
    """Return a variant of ours; those that find nothing of earlier builds share one folder, the others another."""
    variant = VARIANTS[name]
    keeps = _CACHE not in variant.removed
    folder = work / ("ours-kept" if keeps else "ours-cold")
    if not folder.is_dir():
        copy_project(project, folder)
        write_workload(actions, seed, "plans", folder / "data")
    command = [sys.executable, "-c", _START, "build", "--today", TODAY, "--base-url", "https://plans.example/"]
    return Subject(
        name,
        variant.title,
        folder,
        [*command, *variant.options],
        variant.removed,
        _DIFFERS if name == "ours" else "",
        versions(),
        [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "--dev-addr", "127.0.0.1:{port}"],
        # The data lies in no repository here, wherever the work folder lies: history is not part of the workload.
        clean_environment(
            PYTHONPATH=str(folder / "hooks"),
            GIT_CEILING_DIRECTORIES=str(folder.resolve().parent),
            SOURCE_DATE_EPOCH=str(int(datetime.fromisoformat(f"{TODAY}T12:00+00:00").timestamp())),
        ),
        variant.edits,
        needs_build_before=keeps,
    )


def versions() -> tuple[str, ...]:
    """Return the versions of the packages that our build spends its time in."""
    found = []
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return tuple(found)
