"""A site grows with its data, and nothing of the data is lost on the way: a world of 300 actions."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from .conftest import Run
from .worlds import write_big_world

ACTIONS = 300


@pytest.fixture(scope="module")
def big_site(openplans: Run, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a made-up world of 300 actions in one language."""
    folder = tmp_path_factory.mktemp("big")
    data = write_big_world(folder / "data", ACTIONS, languages=("en",))
    done = openplans("build", "--config", project, "--data", data, "--out", folder / "site", "--today", "2027-05-01")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def test_every_one_of_many_actions_is_a_page_a_row_and_an_entry(big_site: Path) -> None:
    expected = {f"a-{number:05d}" for number in range(ACTIONS)}
    pages, rows, entries = set(), [], []
    for plan in sorted((big_site / "api/v1/big").glob("*.json")):
        entries += [action["id"] for action in json.loads(plan.read_text(encoding="utf-8"))["actions"]]
        pages |= {path.name for path in (big_site / "en/big" / plan.stem).glob("a-*")}
        table = (big_site / f"data/big/{plan.stem}.csv").read_bytes().decode("utf-8-sig")
        rows += [row["id"] for row in csv.DictReader(io.StringIO(table, newline=""))]
    assert pages == set(rows) == set(entries) == expected
    assert len(rows) == len(entries) == ACTIONS


def test_a_page_does_not_grow_with_the_number_of_other_actions(big_site: Path) -> None:
    sizes = [(big_site / f"en/big/p-0/a-{number:05d}/index.html").stat().st_size for number in (0, 7, 93)]
    assert max(sizes) < 30_000
    assert max(sizes) - min(sizes) < 3_000


def test_a_site_in_one_language_has_pages_in_no_other(big_site: Path) -> None:
    # The project has pages written by hand in three languages.
    assert {path.relative_to(big_site).parts[0] for path in big_site.rglob("*.html")} == {
        "en",
        "index.html",
        "404.html",
    }
    assert (big_site / "en/about/index.html").is_file()
