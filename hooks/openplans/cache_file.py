"""Files that a build keeps for the next one: JSON below a line that tells whether it is ours and whole."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any


def read_cache(file: Path, version: str) -> Any:
    """Return what :func:`write_cache` wrote; None if it is not there, not whole, or of another version."""
    try:
        head, _, body = file.read_bytes().partition(b"\n")
        return json.loads(body) if head == _head(body, version) else None
    except (OSError, ValueError, RecursionError):
        return None


def write_cache(file: Path, version: str, content: object) -> None:
    """Write what :func:`read_cache` reads again."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    write_whole(file, _head(body, version) + b"\n" + body)


def write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; a folder that cannot be written to only makes the next build slower."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()


def _head(body: bytes, version: str) -> bytes:
    return f"{version} {hashlib.sha256(body).hexdigest()}".encode()
