"""What a reader must know of the machine to read the figures; never its name, nor a path."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path


def describe(work: Path) -> str:
    """Return one line: system, cores, memory, Python, Node.js, and what kind of place the output is written to."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        platform.system(),
        f"{cores} cores",
        f"{memory:.0f} GiB of memory",
        f"Python {platform.python_version()}",
        *_node(),
        f"output on {'a RAM disk' if _is_in_memory(work) else 'disk'}",
    ]
    return ", ".join(parts)


def load() -> float:
    """Return how many processes wanted to run in the last minute: much above 0 before a measurement, others worked."""
    return os.getloadavg()[0]


def _node() -> list[str]:
    if shutil.which("node") is None:
        return []
    asked = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    return [f"Node.js {asked.stdout.strip().removeprefix('v')}"] if asked.returncode == 0 else []


def _is_in_memory(work: Path) -> bool:
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return False
    here = work.resolve()
    # The innermost mount that holds the folder.
    kinds = [(len(point), kind) for point, kind in mounts if here.is_relative_to(point.replace("\\040", " "))]
    return bool(kinds) and max(kinds)[1] in ("tmpfs", "ramfs")
