"""The files below a folder, and by what one that was changed is known: its size, and when it was written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

#: Size and time of change in nanoseconds, by path below the folder.
State = dict[str, tuple[int, int]]


def state_of(folder: Path, is_left_out: Callable[[str], bool] = lambda name: False) -> State:
    """Return the state of every file in a folder, or of the file that ``folder`` is, under an empty path.

    Files and folders whose names are left out are not looked at.
    """
    if folder.is_file():
        return {"": _stamp(folder.stat())}
    found: State = {}
    waiting = [(str(folder), "")] if folder.is_dir() else []
    while waiting:
        where, prefix = waiting.pop()
        with os.scandir(where) as entries:
            for entry in entries:
                if is_left_out(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    found[prefix + entry.name] = _stamp(entry.stat(follow_symlinks=False))
    return found


def files_below(folder: Path) -> Iterator[str]:
    """Yield the path of every file below a folder, with slashes."""
    start = len(str(folder)) + 1
    for where, _, names in os.walk(folder):
        below = where[start:].replace(os.sep, "/")
        yield from (f"{below}/{name}" if below else name for name in names)


def _stamp(state: os.stat_result) -> tuple[int, int]:
    return state.st_size, state.st_mtime_ns
