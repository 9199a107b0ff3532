"""What is kept of a site are its very files, all of them and no others; or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openplans.page_store import keep


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def inodes(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def test_it_holds_the_files_of_the_site_and_no_others(tmp_path: Path) -> None:
    site, store = tmp_path / "site", tmp_path / "cache/store"
    write(site, index="1", lt__index="2", lt__a__index="3")
    keep(site, store)
    assert inodes(store) == inodes(site)
    (site / "lt/index").unlink()
    (site / "index").unlink()
    write(site, index="another file", lt__b__index="4")
    write(store, stray="x")
    keep(site, store)
    assert inodes(store) == inodes(site) and (store / "index").read_text() == "another file"


def test_a_store_that_cannot_be_made_whole_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, store = tmp_path / "site", tmp_path / "store"
    write(site, a="1", b="2")
    keep(site, store)
    # What was a folder is a file now, and its empty folder is in the way.
    write(site, c__d="3")
    keep(site, store)
    (site / "c/d").unlink()
    (site / "c").rmdir()
    write(site, c="4")
    keep(site, store)
    assert not store.exists() and inodes(site)
    keep(site, store)
    assert inodes(store) == inodes(site)

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted", str(target))

    monkeypatch.setattr(os, "link", refuse)
    write(site, e="5")
    keep(site, store)
    assert not store.exists() and (site / "e").read_text() == "5"
