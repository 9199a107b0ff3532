"""A whole build with a history: pages of what is gone pass the gates, and a release asks for the history."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from unit.scripted import ACTIONS, ORGANIZATION, TREES, WORLD, Repository

from .conftest import Run

LANGUAGES = ("lt", "lv", "en")
DAY = ("--today", "2027-05-01")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with a moved deadline, a renamed action, and a removed action and event."""
    made = Repository(tmp_path / "repository")
    made.commit("2027-01-01", WORLD)
    made.commit("2027-01-05", {ACTIONS + "medziai.yml": TREES.replace("2027-05-31", "2027-09-30")})
    song = WORLD[ACTIONS + "daina.yml"]
    made.commit("2027-01-06", {ACTIONS + "daina.yml": None, ACTIONS + "giesme.yml": song})
    made.commit("2027-01-07", {ACTIONS + "suolai.yml": None, ORGANIZATION + "events/svente.yml": None})
    return made


@pytest.fixture
def config(repository: Repository, new_project: Callable[[Path], Path]) -> Path:
    """Return the ``mkdocs.yml`` of a project whose data is the repository's."""
    return new_project(repository.data)


def test_a_site_with_a_history_passes_the_gates_and_keeps_every_address(
    openplans: Run, repository: Repository, config: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    run = openplans("build", "--config", config, "--data", repository.data, "--out", site, "--release", *DAY)
    assert run.returncode == 0, run.stderr
    for language in LANGUAGES:
        for place in ("metai/suolai", "metai/daina", "metai/giesme", "events/svente"):
            assert (site / language / "pievos" / place / "index.html").is_file()
        for name in ("all", "pievos", "pievos/metai"):
            assert (site / "feeds" / language / f"{name}.xml").is_file()
    page = (site / "en" / "pievos" / "metai" / "index.html").read_text(encoding="utf-8")
    assert "Deadline moved: was by 31 May 2027, now by 30 September 2027" in page
    assert 'href="../../../feeds/en/pievos/metai.xml"' in page
    kept = config.parent / ".cache" / "ledger.json"
    assert json.loads(kept.read_text(encoding="utf-8").partition("\n")[2])["ledger"]["entries"]
    again = tmp_path / "again"
    assert openplans("build", "--config", config, "--data", repository.data, "--out", again, *DAY).returncode == 0
    files = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}


def test_a_release_is_not_built_from_a_shallow_clone_and_a_preview_is(
    openplans: Run, repository: Repository, config: Path, tmp_path: Path
) -> None:
    source = f"file://{repository.root}"
    repository.git("clone", "--quiet", "--depth=1", source, str(tmp_path / "shallow"))
    data, site = tmp_path / "shallow" / "data", tmp_path / "site"
    run = openplans("build", "--config", config, "--data", data, "--out", site, "--release", *DAY)
    assert run.returncode == 3
    assert "git fetch --unshallow" in run.stderr + run.stdout
    assert not site.exists()
    assert openplans("build", "--config", config, "--data", data, "--out", site, *DAY).returncode == 0
    page = (site / "en" / "changes" / "index.html").read_text(encoding="utf-8")
    assert "does not hold its earlier versions" in page
    assert not (site / "en" / "pievos" / "metai" / "suolai").exists()


def test_a_release_needs_no_repository_and_no_git(
    openplans: Run, repository: Repository, config: Path, tmp_path: Path
) -> None:
    for name, words in (("no-git", "no git on the computer"), ("no-repository", "not under version control")):
        site = tmp_path / name
        if name == "no-repository":
            repository.git("worktree", "prune")
            (repository.root / ".git").rename(repository.root / "was-git")
        surroundings = {"PATH": ""} if name == "no-git" else {}
        arguments = ("--config", config, "--data", repository.data, "--out", site, "--release", *DAY)
        assert openplans("build", *arguments, **surroundings).returncode == 0
        assert words in (site / "en" / "changes" / "index.html").read_text(encoding="utf-8")


def test_the_history_can_be_left_unread(openplans: Run, repository: Repository, config: Path, tmp_path: Path) -> None:
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  openplans:\n", "  openplans:\n    history: false\n"), encoding="utf-8")
    site = tmp_path / "site"
    run = openplans("build", "--config", config, "--data", repository.data, "--out", site, *DAY)
    assert run.returncode == 0, run.stderr
    assert "No record of changes is kept" in (site / "en" / "changes" / "index.html").read_text(encoding="utf-8")
    assert not (config.parent / ".cache" / "ledger.json").exists()
