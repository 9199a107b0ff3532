"""Lighthouse as a phone on a slow network: nothing to complain about but the time that a page takes.

It takes minutes, so `make test` leaves it out and `make test-full` runs it. How fast a page is depends on the machine
that measures it: the points for performance are printed, and decide nothing. The bytes of a page are held to limits in
other tests.

What Lighthouse asks of addresses holds below the local server too, where the pages' canonical addresses lead to the
site's own host: it wants one whole address, neither a twin's nor that of the site's first page.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import BASE_URL
from openplans.publication import Publication
from openplans.routes import PageKind

from .accessible import fullest_pages

LIGHTHOUSE = Path(__file__).resolve().parents[1] / "lighthouse"
KINDS = (
    PageKind.HOME,
    PageKind.ORGANIZATION,
    PageKind.COMMITTEE,
    PageKind.PLAN,
    PageKind.ACTION,
    PageKind.AGENDA,
    PageKind.EVENT,
    PageKind.SEARCH,
)
FULL_MARKS = ("accessibility", "best-practices", "seo")

pytestmark = pytest.mark.full


def test_pages_get_full_marks(built_site: Path, publication: Publication, capsys: pytest.CaptureFixture[str]) -> None:
    # Of each kind the page with the most on it.
    fullest = fullest_pages(built_site, publication)
    pages = [fullest[kind, "lt"] for kind in KINDS]
    assert (LIGHTHOUSE / "node_modules" / "lighthouse").is_dir(), "npm ci in tests/lighthouse installs it"
    node = shutil.which("node")
    assert node is not None, "Node.js is needed"
    done = subprocess.run(
        [node, "measure.mjs", "--json", f"--below={urlsplit(BASE_URL).path}", str(built_site), *pages],
        cwd=LIGHTHOUSE,
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, dict[str, Any]] = json.loads(done.stdout)
    assert set(report) == set(pages)
    with capsys.disabled():
        for path, found in report.items():
            print(f"\n{path}: performance {found['performance']['score']} of 100, which decides nothing", end="")
    # Beside the score, what cost points.
    lost = {
        f"{path} {name}": (found[name]["score"], found[name]["costs"])
        for path, found in report.items()
        for name in FULL_MARKS
        if found[name]["score"] != 100
    }
    assert lost == {}
