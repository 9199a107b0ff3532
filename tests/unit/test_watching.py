"""A large data folder is looked at seldom, and still a change of it is noticed."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer
from openplans import preview
from openplans.preview import Preview
from openplans.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with three files of data."""
    for name in ("a", "b", "c"):
        file = tmp_path / "data" / f"{name}.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text("x: 1\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    return Project(tmp_path, tmp_path / "docs", {}, None, ())


def test_a_small_folder_is_left_to_the_server(project: Project) -> None:
    begun = Preview()
    begun.begin(project)
    watched = [str(project.data), str(project.docs)]
    assert begun.watch_seldom(None, watched) == watched


def test_of_a_large_folder_changes_are_noticed_too(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_LARGE", 3)
    monkeypatch.setattr(preview, "_SELDOM", 0.05)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    built = threading.Event()
    server = LiveReloadServer(built.set, "127.0.0.1", port, str(project.docs))
    usual = server.observer
    begun = Preview()
    begun.begin(project)
    left = begun.watch_seldom(server, [str(project.data / ".." / "data"), str(project.docs)])
    assert left == [str(project.docs)]
    assert server.observer is usual and not usual.emitters
    serving = threading.Thread(target=server.serve, daemon=True)
    serving.start()
    try:
        # How long the first look takes is not known; every later change will do as well.
        for turn in range(600):
            (project.data / "b.yml").write_text("x: 2\n" + "#" * turn, encoding="utf-8")
            if built.wait(0.1):
                break
        assert built.is_set()
    finally:
        server.shutdown()
        serving.join(30)
