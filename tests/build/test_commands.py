"""What a build leaves behind and how it ends: a new site or the old one, and an exit code that tells which."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Run
from .pages import html_pages, tree

FINE, CONTENT, USAGE, ENVIRONMENT, GATE = 0, 1, 2, 3, 4
NewProject = Callable[[Path], Path]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return where the site goes: a folder that does not exist yet."""
    return tmp_path / "public" / "site"


@pytest.fixture
def good_site(small_site: Path, out: Path) -> Path:
    """Return a site of the small world that is already published."""
    return shutil.copytree(small_site, out)


def build(openplans: Run, project: Path, data: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Build ``data`` into ``out`` with the project's own settings."""
    arguments = ("--config", project, "--data", data, "--out", out, "--today", "2027-05-01", *more)
    return openplans("build", *arguments)


def assert_clear(done: subprocess.CompletedProcess[str], code: int) -> None:
    """Check the exit code, and that what was said is a few plain lines."""
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert "Traceback" not in said and "internal error" not in said, said
    assert 1 <= len(said.strip().splitlines()) <= 4, said


def break_data(data: Path) -> None:
    """Put a mistake into the only action."""
    action = data / "organizations/kalnas/plans/kopti/actions/zingsniai/pirmas.yml"
    action.write_text(action.read_text(encoding="utf-8") + "responsible: [nobody]\n", encoding="utf-8")


def break_a_link(data: Path) -> None:
    """Write facts that are right by themselves and make a page whose link leads nowhere."""
    (data / "redirects.yml").write_text("redirects:\n  senas: kalnas/nera\n", encoding="utf-8")


def left_beside(out: Path) -> list[str]:
    """Return what lies beside the site: staging folders, locks, old copies."""
    return sorted(path.name for path in out.parent.iterdir() if path != out)


def test_the_least_that_an_adopter_writes_makes_a_site(small_site: Path) -> None:
    code, *said = (small_site.parent / "said").read_text(encoding="utf-8").splitlines()
    assert code == str(FINE)
    assert len(said) == 1 and said[0].startswith("Published ") and said[0].endswith(" as of 2027-05-01 in site/.")
    pages = html_pages(small_site)
    for language in ("lt", "lv", "en"):
        page = pages[f"{language}/kalnas/kopti/pirmas/index.html"]
        assert page.language == language
        assert page.title == "Pirmas žingsnis – Kopti"
        assert "Pirmas žingsnis" in page.text
    assert (small_site / "api/v1/kalnas/kopti.json").is_file()
    assert (small_site / "calendars/lt/all.ics").read_bytes().count(b"BEGIN:VEVENT") == 0
    assert left_beside(small_site) == ["data", "said"]


def test_a_mistake_in_the_data_ends_with_1_and_leaves_the_site_as_it_was(
    openplans: Run, project: Path, small_world: Path, good_site: Path
) -> None:
    before = tree(good_site)
    break_data(small_world)
    done = build(openplans, project, small_world, good_site)
    assert_clear(done, CONTENT)
    assert "data/organizations/kalnas/plans/kopti/actions/zingsniai/pirmas.yml:2:15: error OP501" in done.stderr
    assert tree(good_site) == before
    assert left_beside(good_site) == []


def test_a_failed_gate_ends_with_4_and_leaves_the_site_as_it_was(
    openplans: Run, project: Path, small_world: Path, good_site: Path
) -> None:
    before = tree(good_site)
    break_a_link(small_world)
    done = build(openplans, project, small_world, good_site)
    said = done.stdout + done.stderr
    assert done.returncode == GATE, said
    assert "OP901" in said and "lt/senas/index.html" in said and "Traceback" not in said
    assert tree(good_site) == before
    assert left_beside(good_site) == []


def test_a_build_that_fails_makes_no_site_where_there_was_none(
    openplans: Run, project: Path, small_world: Path, out: Path
) -> None:
    break_a_link(small_world)
    assert build(openplans, project, small_world, out).returncode == GATE
    assert not out.exists()
    assert left_beside(out) == []


def test_a_new_build_replaces_the_old_site_whole_and_what_a_dead_build_left(
    openplans: Run, project: Path, small_world: Path, good_site: Path
) -> None:
    actions = small_world / "organizations/kalnas/plans/kopti/actions/zingsniai"
    (actions / "pirmas.yml").rename(actions / "antras.yml")
    dead = subprocess.Popen(["true"])
    dead.wait()
    (good_site.parent / f".{good_site.name}.lock").write_text(str(dead.pid), encoding="utf-8")
    (good_site.parent / f".{good_site.name}.staging").mkdir()
    assert_clear(build(openplans, project, small_world, good_site), FINE)
    assert (good_site / "lt/kalnas/kopti/antras/index.html").is_file()
    assert not (good_site / "lt/kalnas/kopti/pirmas").exists()
    assert left_beside(good_site) == []


@pytest.mark.parametrize(
    ("state", "language"),
    [
        ("missing", "en"),
        ("missing", "lv"),
        ("empty", "en"),
        ("a file", "lt"),
        ("without organizations", "en"),
        ("without site.yml", "en"),
    ],
)
def test_a_wrong_data_folder_is_named_in_clear_words(
    state: str, language: str, openplans: Run, project: Path, small_world: Path, tmp_path: Path, out: Path
) -> None:
    data = tmp_path / "planai"
    if state == "empty":
        data.mkdir()
    elif state == "a file":
        data.write_text("planai\n", encoding="utf-8")
    elif state == "without organizations":
        data.mkdir()
        (data / "site.yml").write_bytes((small_world / "site.yml").read_bytes())
    elif state == "without site.yml":
        small_world.rename(data)
        (data / "site.yml").unlink()
    done = build(openplans, project, data, out, "--lang", language)
    assert_clear(done, CONTENT)
    assert "planai" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--today", "2027-02-30"),
        ("--base-url", "plans.example"),
        ("--config", "nowhere/mkdocs.yml"),
        ("--colour", "red"),
    ],
)
def test_wrong_use_ends_with_2(arguments: tuple[str, ...], openplans: Run, small_world: Path, out: Path) -> None:
    done = openplans("build", "--data", small_world, "--out", out, *arguments)
    said = done.stdout + done.stderr
    assert done.returncode == USAGE, said
    assert "Traceback" not in said
    assert not out.exists()


def test_a_folder_with_other_things_is_never_replaced(
    openplans: Run, project: Path, small_world: Path, out: Path
) -> None:
    out.mkdir(parents=True)
    (out / "thesis.odt").write_bytes(b"years of work")
    done = build(openplans, project, small_world, out)
    assert_clear(done, USAGE)
    assert tree(out) == {"thesis.odt": b"years of work"}
    assert left_beside(out) == []


def test_two_builds_never_write_to_one_folder(openplans: Run, project: Path, small_world: Path, out: Path) -> None:
    out.parent.mkdir(parents=True)
    lock = out.parent / f".{out.name}.lock"
    lock.write_text(str(os.getpid()), encoding="utf-8")
    done = build(openplans, project, small_world, out)
    assert_clear(done, ENVIRONMENT)
    assert not out.exists() and lock.is_file()


def test_plain_mkdocs_builds_the_same_site_and_writes_nowhere_else(
    mkdocs: Run, new_project: NewProject, small_world: Path, small_site: Path, tmp_path: Path
) -> None:
    config, site = new_project(small_world), tmp_path / "public" / "plain"

    def sources() -> dict[str, bytes]:
        return {**tree(config.parent / "docs"), **tree(small_world), "mkdocs.yml": config.read_bytes()}

    before, names = sources(), sorted(path.name for path in config.parent.iterdir())
    done = mkdocs("build", "--config-file", config, "--site-dir", site, SOURCE_DATE_EPOCH="1809172800")
    assert done.returncode == FINE, done.stderr
    assert "WARNING -" not in done.stderr and "ERROR" not in done.stderr, done.stderr
    assert tree(site) == tree(small_site)
    assert left_beside(site) == []
    assert sources() == before
    assert sorted(path.name for path in config.parent.iterdir()) == sorted({*names, ".cache"})


@pytest.mark.parametrize("fault", [break_data, break_a_link])
def test_plain_mkdocs_fails_too_and_leaves_the_site_as_it_was(
    fault: Callable[[Path], None], mkdocs: Run, new_project: NewProject, small_world: Path, good_site: Path
) -> None:
    config, before = new_project(small_world), tree(good_site)
    fault(small_world)
    done = mkdocs("build", "--config-file", config, "--site-dir", good_site)
    assert done.returncode != FINE
    assert "OP501" in done.stderr or "OP901" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(good_site) == before
    assert left_beside(good_site) == []
