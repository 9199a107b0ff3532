"""From a staging folder to the published one in a single step; a failed build leaves the last good site alone."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Marks a folder as a site that we built, so that nothing else is ever replaced.
MARKER = "build.json"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class Published:
    """A site that is published, and those of its files that a new one holds just as they were."""

    site: Path
    same: frozenset[str]


class NotOurs(Exception):
    """The output folder holds something that was not built here; it is not touched."""


class Busy(Exception):
    """Another build is writing to the same folder."""


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the lock on an output folder; raise Busy if a living process has it. A dead one's lock is taken over."""
    lock = _lock_of(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(2):
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
            break
        except FileExistsError:
            owner = _owner(lock)
            if owner is not None and _is_alive(owner):
                raise Busy(str(owner)) from None
            lock.unlink(missing_ok=True)
    else:
        raise Busy("?")
    with os.fdopen(handle, "w") as stream:
        stream.write(str(os.getpid()))
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def is_locked(out: Path) -> bool:
    """Tell whether somebody seems to be building ``out``."""
    return _lock_of(out).exists()


def _lock_of(out: Path) -> Path:
    return out.parent / f".{out.name}.lock"


def _owner(lock: Path) -> int | None:
    try:
        return int(lock.read_text().strip())
    except (OSError, ValueError):
        return None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def check_replaceable(out: Path, marker: str = MARKER) -> None:
    """Raise NotOurs unless ``out`` is missing, empty, or was built here and holds the file ``marker`` as its sign."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise NotOurs(str(out))
    if out.is_dir() and any(out.iterdir()) and not (out / marker).is_file():
        raise NotOurs(str(out))


def staging_folder(out: Path) -> Path:
    """Return an empty folder beside ``out``, on the same file system; older leftovers of it are removed."""
    staging = out.parent / f".{out.name}.staging"
    discard(staging)
    staging.mkdir(parents=True)
    return staging


def publish(staging: Path, out: Path) -> None:
    """Put ``staging`` where ``out`` is; readers see the whole old site or the whole new one."""
    if not out.exists():
        staging.rename(out)
        return
    if _exchange(staging, out):
        discard(staging)
        return
    # Where the system cannot exchange two folders, the site is missing for the moment between two renames.
    old = out.parent / f".{out.name}.old"
    discard(old)
    out.rename(old)
    staging.rename(out)
    discard(old)


def use_again(out: Path, folder: Path, path: str) -> None:
    """Put a file of ``out``, which was made before, into a new site without copying it, where the system can."""
    source, target = os.path.join(out, path), os.path.join(folder, path)
    try:
        try:
            os.link(source, target)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.link(source, target)
    except FileExistsError:
        # Writing into it would change the file that it is a link to.
        raise
    except OSError:
        shutil.copyfile(source, target)


def discard(folder: Path) -> None:
    """Remove a folder of ours if it is there."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders atomically with Linux's renameat2; False where it cannot be done."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    arguments = (_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    if renameat2(*arguments) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EPERM):
        return False
    raise OSError(code, os.strerror(code), str(second))
