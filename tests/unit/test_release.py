"""The way out: a finished site replaces the last one in one step, and nothing else is ever touched."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openplans import release


def site(folder: Path, words: str) -> Path:
    """Make a site as a build leaves it."""
    folder.mkdir(parents=True)
    (folder / release.MARKER).write_text("{}")
    (folder / "index.html").write_text(words)
    return folder


def words_in(folder: Path) -> str:
    """Return what the site's only page says."""
    return (folder / "index.html").read_text()


def test_a_first_site_is_put_in_place(tmp_path: Path) -> None:
    out = tmp_path / "site"
    release.publish(site(tmp_path / "new", "new"), out)
    assert words_in(out) == "new" and os.listdir(tmp_path) == ["site"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_new_site_replaces_the_old_one_whole(
    tmp_path: Path, can_exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not can_exchange:
        monkeypatch.setattr(release, "_exchange", lambda first, second: False)
    out = site(tmp_path / "site", "old")
    (out / "old-only.html").write_text("old")
    release.publish(site(tmp_path / "new", "new"), out)
    assert words_in(out) == "new" and not (out / "old-only.html").exists() and os.listdir(tmp_path) == ["site"]


def test_the_old_site_stays_if_the_swap_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(first: Path, second: Path) -> bool:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(release, "_exchange", fail)
    out, staging = site(tmp_path / "site", "old"), site(tmp_path / "new", "new")
    with pytest.raises(OSError, match="space"):
        release.publish(staging, out)
    assert (words_in(out), words_in(staging)) == ("old", "new")


def test_staging_starts_empty_beside_the_site(tmp_path: Path) -> None:
    out = site(tmp_path / "site", "old")
    leftover = release.staging_folder(out)
    (leftover / "half.html").write_text("half")
    staging = release.staging_folder(out)
    assert staging.parent == out.parent and list(staging.iterdir()) == [] and words_in(out) == "old"
    release.discard(staging)
    release.discard(staging)
    assert os.listdir(tmp_path) == ["site"]


def test_a_link_is_never_discarded_through(tmp_path: Path) -> None:
    kept = site(tmp_path / "kept", "kept")
    (tmp_path / "link").symlink_to(kept)
    release.discard(tmp_path / "link")
    assert words_in(kept) == "kept"


@pytest.mark.parametrize("make", ["missing", "empty", "ours"])
def test_a_missing_folder_an_empty_one_and_our_own_may_be_replaced(tmp_path: Path, make: str) -> None:
    out = tmp_path / "site"
    if make == "empty":
        out.mkdir()
    elif make == "ours":
        site(out, "old")
    release.check_replaceable(out)


@pytest.mark.parametrize("make", ["foreign", "file", "link"])
def test_a_folder_that_was_not_built_here_is_refused(tmp_path: Path, make: str) -> None:
    out = tmp_path / "site"
    if make == "foreign":
        out.mkdir()
        (out / "thesis.doc").write_text("mine")
    elif make == "file":
        out.write_text("mine")
    else:
        out.symlink_to(site(tmp_path / "elsewhere", "mine"))
    with pytest.raises(release.NotOurs):
        release.check_replaceable(out)


def lock_of(out: Path) -> Path:
    """Return where the lock on a folder lies."""
    return out.parent / f".{out.name}.lock"


def test_a_second_build_is_told_who_builds(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "site"
    with release.locked(out):
        assert lock_of(out).read_text() == str(os.getpid())
        with pytest.raises(release.Busy, match=str(os.getpid())), release.locked(out):
            pass
        assert lock_of(out).exists(), "the one who was refused must not take the lock away"
    assert not lock_of(out).exists()


def test_the_lock_is_given_back_after_a_failure(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with pytest.raises(ValueError, match="broken"), release.locked(out):
        raise ValueError("broken")
    with release.locked(out):
        pass


@pytest.mark.parametrize("content", ["dead", "", "not a number"])
def test_the_lock_of_a_dead_build_is_taken_over(tmp_path: Path, content: str) -> None:
    out = tmp_path / "site"
    if content == "dead":
        finished = subprocess.run(
            [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
        )
        content = finished.stdout.strip()
    lock_of(out).write_text(content)
    with release.locked(out):
        assert lock_of(out).read_text() == str(os.getpid())
    assert not lock_of(out).exists()
