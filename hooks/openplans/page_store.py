"""The finished files of published sites, kept in the cache folder for builds that find no site where it was.

They are the very files of the site, under a second name: they take no room, and nothing is copied. Where the system
cannot give a file two names, nothing is kept.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from .folder_state import entries_below
from .release import discard


def keep(site: Path, store: Path) -> None:
    """Make ``store`` hold the files of ``site`` and no others; what it holds already stays."""
    try:
        store.mkdir(parents=True, exist_ok=True)
        if os.stat(site).st_dev != os.stat(store).st_dev:
            discard(store)
            return
        new = {path: entry.inode() for path, entry in entries_below(site)}
        for path, entry in list(entries_below(store)):
            if new.get(path) == entry.inode():
                del new[path]
            else:
                os.unlink(entry.path)
        for path in new:
            _link(site / path, store / path)
    except OSError:
        # Half a store is none: the next build would not find the site as it was left.
        with suppress(OSError):
            discard(store)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, target)
