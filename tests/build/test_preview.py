"""`mkdocs serve`, as an editor uses it: a page when it is asked for, new words at once, faults in the page."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import ROOT

ACTION = "organizations/zalias-namas/plans/two-years-2026/actions/trainings/t-01-first-training.yml"
PAGE = "lt/zalias-namas/two-years-2026/t-01-first-training/"
#: Waiting ends here with a failure; how long it takes decides nothing.
_PATIENCE = 120.0


class Editor:
    """A project folder, and a browser that looks at its preview."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}/"

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the text of an address; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=_PATIENCE) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, ""
        except OSError:
            return 0, ""

    def wait(self, path: str, is_there: Callable[[str], bool]) -> str:
        """Return a page's text as soon as it is as expected."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            status, text = self.get(path)
            if status == 200 and is_there(text):
                return text
            time.sleep(0.1)
        pytest.fail(f"{path} never came to be as expected; at last: {status} {text[:500]}")


@pytest.fixture(scope="module")
def editor(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Return an editor at work on a copy of the world."""
    folder = tmp_path_factory.mktemp("preview") / "project"
    shutil.copytree(project.parent, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "hooks"), "NO_MKDOCS_2_WARNING": "1"}
    with (folder / "log.txt").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=surroundings, stdout=log, stderr=log)
    try:
        editor = Editor(folder, port)
        editor.wait("", bool)
        yield editor
    finally:
        server.terminate()
        server.wait(30)


def test_pages_and_files_are_made_when_they_are_asked_for(editor: Editor) -> None:
    for path in (
        "lt/",
        "lv/events/",
        PAGE,
        "en/about/",
        "assets/colours.css",
        "calendars/lt/all.ics",
        "api/v1/index.json",
    ):
        status, text = editor.get(path)
        assert status == 200 and text, path
    assert editor.get("lt/nowhere/")[0] == 404
    assert editor.get("lt/nowhere.css")[0] == 404


def test_the_page_may_run_the_script_that_reloads_it(editor: Editor) -> None:
    text = editor.get(PAGE)[1]
    assert "livereload" in text
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None and "'unsafe-inline'" in policy[1].partition("script-src")[2].partition(";")[0]


def test_a_change_is_seen_and_a_fault_is_told_in_the_page_until_it_is_mended(editor: Editor) -> None:
    file = editor.folder / "data" / ACTION
    before = file.read_text(encoding="utf-8")
    title = re.search(r"\n  lt: (.*)", before)
    assert title is not None
    file.write_text(before.replace(title[1], "Visai naujas pavadinimas", 1), encoding="utf-8")
    editor.wait(PAGE, lambda text: "Visai naujas pavadinimas" in text)

    file.write_text(before + "\nkeyy: 1\n", encoding="utf-8")
    told = editor.wait(PAGE, lambda text: "OP302" in text)
    line = before.count("\n") + 2
    assert f"{file.name}:{line}:1" in told and "keyy" in told and "livereload" in told and "Traceback" not in told
    assert "OP302" in editor.get("lv/")[1]

    file.write_text(before, encoding="utf-8")
    editor.wait(PAGE, lambda text: title[1].partition("(")[0] in text)


def test_nothing_outside_the_site_is_made_or_shown(editor: Editor) -> None:
    for path in ("../mkdocs.yml", "lt/../../mkdocs.yml", "%2e%2e/mkdocs.yml", "lt/%2e%2e/%2e%2e/mkdocs.yml"):
        assert "site_name" not in editor.get(path)[1]
