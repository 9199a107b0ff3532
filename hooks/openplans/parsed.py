"""Documents that were read before: the same bytes are not taken apart twice, neither in one run nor in the next.

What is kept between runs is JSON, by the digest of a file's bytes: plain texts, lists and mappings, nothing that could
run. A file that is damaged, or was written by another version of the reader, is not used.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from .cache_file import read_cache, write_cache
from .yaml_source import Document, read_yaml

_T = TypeVar("_T")


class Parsed:
    """The documents of a data folder; those of the last run come from ``file``, if there is one."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._found: dict[str, Any] = _read(file)
        self._used: dict[str, Any] = {}
        #: The newest document of each path, with what was made of it.
        self._by_path: dict[str, tuple[str, Document]] = {}
        self._made: dict[str, tuple[object, Any]] = {}
        self._is_kept = False

    def document(self, content: bytes, path: str) -> Document:
        """Return the document in a file's bytes."""
        key = hashlib.sha256(content).hexdigest()[:32]
        known = self._by_path.get(path)
        if known is not None and known[0] == key:
            document = known[1]
        elif isinstance(self._found.get(key), dict):
            document = Document(path, self._found[key], content=content)
        else:
            document = read_yaml(content, path)
        self._by_path[path] = (key, document)
        if not document.diagnostics:
            self._used[key] = document.data
        return document

    def once(self, path: str, source: object, make: Callable[[], _T]) -> _T:
        """Return what ``make`` makes of a folder's files; it is made again only for another ``source``."""
        if path not in self._made or self._made[path][0] != source:
            self._made[path] = (source, make())
        found: _T = self._made[path][1]
        return found

    def keep(self) -> None:
        """Write what was used for the next run; once, for a preview reads again and again, and only what changed."""
        used, self._used = self._used, {}
        is_kept, self._is_kept = self._is_kept, True
        if self._file is None or is_kept or used.keys() == self._found.keys():
            return
        self._found = used
        write_cache(self._file, _reader(), used)


@cache
def parsed_in(file: Path) -> Parsed:
    """Return what is kept in a file; the same while this process runs."""
    return Parsed(file)


def _read(file: Path | None) -> dict[str, Any]:
    found = read_cache(file, _reader()) if file is not None else None
    return found if isinstance(found, dict) else {}


@cache
def _reader() -> str:
    """Return what the outcome of reading depends on besides the bytes."""
    package = Path(__file__).parent
    code = b"".join((package / name).read_bytes() for name in ("yaml_source.py", "yaml_mistakes.py"))
    return hashlib.sha256(code + f"{yaml.__version__} {sys.version}".encode()).hexdigest()
