"""Data folders for tests: the smallest one without a problem, and copies of it with some files changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openplans.checks import check
from openplans.diagnostic import Diagnostic
from openplans.load import Loading, load_dataset

HERE = Path(__file__).resolve().parent
#: One organization with one of each: committee, event, plan, section, goal, action.
MINIMAL = HERE / "minimal" / "data"


def make_folder(parent: Path, files: Mapping[str, Any], *, alone: bool = False, without: tuple[str, ...] = ()) -> Path:
    """Copy the minimal folder to ``parent/data`` and write ``files`` over it; return the folder.

    What a file holds is text, bytes, or a mapping: ``encoding`` and ``text``; ``link`` for a symbolic link; ``pipe``
    for a named pipe; ``before``, ``text``, ``times`` and ``after`` for what is too long to write down.
    """
    data = parent / "data"
    if alone:
        data.mkdir(parents=True)
    else:
        shutil.copytree(MINIMAL, data)
    for name in without:
        (data / name).unlink()
    for name, content in files.items():
        file = data / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Mapping) and "link" in content:
            file.symlink_to(content["link"])
        elif isinstance(content, Mapping) and "pipe" in content:
            os.mkfifo(file)
        else:
            file.write_bytes(_bytes_of(content))
    return data


def _bytes_of(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    if isinstance(content, str):
        return content.encode()
    if "encoding" in content:
        encoded: bytes = content["text"].encode(content["encoding"])
        return encoded
    long: str = content["before"] + content["text"] * int(content["times"]) + content["after"]
    return long.encode()


def problems_in(data: Path) -> tuple[tuple[Diagnostic, ...], Loading]:
    """Return every problem of a folder in the order in which a report prints them, and what could be read."""
    loading = load_dataset(data)
    return (*loading.diagnostics, *check(loading)), loading
