"""One run of a program: how long it took and how much memory its largest process held."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: `ru_maxrss` is in bytes on macOS and in KiB everywhere else.
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Run:
    """Wall and processor seconds of a whole process with its children, and the peak memory of the largest of them.

    A process counts at least the memory of the one that started it, so whoever measures must stay small itself.
    """

    wall: float
    cpu: float
    peak: int
    code: int
    timed_out: bool = False


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path, limit: float) -> Run:
    """Run a program to its end, or stop it with all its children after ``limit`` seconds."""
    with log.open("wb") as stream:
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        late = threading.Event()

        def stop() -> None:
            late.set()
            kill(process.pid)

        timer = threading.Timer(limit, stop)
        timer.start()
        try:
            # Not `process.wait()`: only this tells what this one child used, with those that it waited for.
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            kill(process.pid)
            raise
        finally:
            timer.cancel()
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = usage.ru_maxrss * _PEAK_UNIT
    return Run(wall, usage.ru_utime + usage.ru_stime, peak, process.returncode, late.is_set())


def kill(group: int) -> None:
    """End a process that was started here as the head of a group of its own, and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def clean_environment(**more: str) -> dict[str, str]:
    """Return the caller's environment without what would leak into another Python, and with ``more``."""
    leaks = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "SOURCE_DATE_EPOCH", "MAKEFLAGS", "MAKELEVEL"}
    kept = {name: value for name, value in os.environ.items() if name not in leaks}
    return {**kept, "PYTHONUTF8": "1", "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1", **more}


def last_words(log: Path) -> str:
    """Return the last line of a log that says anything."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    return next((line for line in reversed(lines) if line), "nothing was printed")
