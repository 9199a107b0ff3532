"""The files below a folder, and by what one that was changed is known: its size, and when it was written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from operator import attrgetter
from pathlib import Path

#: Size and time of change in nanoseconds, by path below the folder.
State = dict[str, tuple[int, int]]


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder is none that a person works on."""
    return name.startswith(".") or name == "__pycache__"


def entries_below(
    folder: Path, is_left_out: Callable[[str], bool] | None = None, *, follows: bool = False
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield each file below a folder: its path, with slashes, and what the system knows of it; always in one order.

    Files and folders whose names are left out are not looked at. A link to a folder is a file, unless links are
    followed.
    """
    waiting = [(str(folder), "")] if folder.is_dir() else []
    while waiting:
        where, prefix = waiting.pop()
        entries: list[os.DirEntry[str]] = []
        with suppress(FileNotFoundError), os.scandir(where) as found:
            entries = sorted(found, key=attrgetter("name"))
        for entry in entries:
            if is_left_out is not None and is_left_out(entry.name):
                continue
            if os.path.isdir(entry.path) if follows and entry.is_symlink() else entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{prefix}{entry.name}/"))
            else:
                yield prefix + entry.name, entry


def files_below(folder: Path) -> Iterator[str]:
    """Yield the path of every file below a folder."""
    return (path for path, _ in entries_below(folder))


def state_of(folder: Path, is_left_out: Callable[[str], bool] | None = None, *, follows: bool = False) -> State:
    """Return the state of every file in a folder, or of the file that ``folder`` is, under an empty path."""
    if folder.is_file():
        return {"": _stamp(folder.stat())}
    found: State = {}
    for path, entry in entries_below(folder, is_left_out, follows=follows):
        # Programs that people write with make files and remove them again.
        with suppress(FileNotFoundError):
            found[path] = _stamp(entry.stat(follow_symlinks=follows))
    return found


def _stamp(state: os.stat_result) -> tuple[int, int]:
    return state.st_size, state.st_mtime_ns
