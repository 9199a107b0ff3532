"""The way in for the command: where nothing has changed since the last build, that is said at once."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from .standing import still_stands

_ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer at once if the command asks for a build that would change nothing; else run it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["build"]:
        epoch, git = os.environ.get("SOURCE_DATE_EPOCH"), shutil.which("git")
        said = still_stands(_cache_for(given), asked_for(given), datetime.now(UTC), epoch, git)
        if said:
            print(said)
            sys.exit(0)
    import_module("openplans.cli").main(given)


def asked_for(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return what decides what a command is about: its words, and the folder that relative paths start from."""
    return (os.getcwd(), *arguments)


def _cache_for(arguments: Sequence[str]) -> Path:
    """Return where the build keeps things: beside the configuration; a wrong guess only means a whole build."""
    config = next((word for before, word in pairwise(arguments) if before == "--config"), None)
    return (Path(config).resolve().parent if config else _ROOT) / ".cache"
