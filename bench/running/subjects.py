"""What is measured: a folder with the workload, the command that builds it, and what to put right before each run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .measure import clean_environment

BENCH = Path(__file__).resolve().parents[1]


@dataclass
class Subject:
    """One row of the table, ready to be built in its folder."""

    name: str
    title: str
    folder: Path
    command: list[str]
    #: What a build must not find: patterns, from the folder.
    removed: tuple[str, ...]
    differs: str
    versions: tuple[str, ...] = ()
    serve: list[str] = field(default_factory=list)
    environment: Mapping[str, str] = field(default_factory=clean_environment)
    #: The file and the words to change before each run, where an edit is measured.
    edits: bool = False
    #: Whether what earlier builds left is what is measured, so that one must come first.
    needs_build_before: bool = False

    @property
    def site(self) -> Path:
        """The folder that is built."""
        return self.folder / "site"

    def reset(self) -> None:
        """Remove what this build must not find."""
        for path in [path for pattern in self.removed for path in self.folder.glob(pattern)]:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def write_workload(actions: int, seed: int, form: str, folder: Path) -> None:
    """Write the workload in a process of its own: memory that we held would count for all that we start."""
    script = str(BENCH / "workload.py")
    options = ["--actions", str(actions), "--seed", str(seed), "--format", form, "--out", str(folder)]
    # Layouts may have put files there already.
    scratch = folder.with_name(f".{folder.name}.workload")
    options[-1] = str(scratch)
    subprocess.run([sys.executable, script, *options], check=True, stderr=subprocess.DEVNULL)
    shutil.copytree(scratch, folder, dirs_exist_ok=True)
    shutil.rmtree(scratch)
