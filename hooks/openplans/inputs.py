"""What a site is made of, as digests: files, settings, versions, and what is told from elsewhere."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .folder_state import entries_below, is_hidden
from .parts import EVERYTHING_ELSE

#: Settings that change how a build works and not what it makes; day and address are known by what came of them.
_WITHOUT_EFFECT = frozenset(
    {"jobs", "cache", "report_language", "release", "data", "today", "base_url"}
    | {"asked", "data_name", "only", "shards", "shard_search", "search_by_shard"}
)
#: In bytes; so much of a file is read at a time.
_PIECE = 1 << 20
#: A file that is written twice within this time may look the same after both.
_TICK = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests of what a site is made of: of each organization's files, and of what every page depends on."""

    #: All other files.
    files: str
    organizations: Mapping[str, str]
    #: The newest commit: without another one, nothing else can have been told.
    head: str
    #: Settings, versions, and facts from outside the folders; not known before the data is read.
    settings: str = ""
    #: By part, a digest of what it shows from outside its files; not known before either.
    told: Mapping[str, str] = field(default_factory=dict)
    #: Names of the search indexes that the search page puts together, if there are several.
    indexes: str = ""

    @property
    def common(self) -> str:
        """What every page depends on."""
        return f"{self.files} {self.settings}"

    def of(self, part: str) -> list[str]:
        """Return what decides how a part looks."""
        told = self.told.get(part, "")
        if part == EVERYTHING_ELSE:
            own = [f"{name} {digest}" for name, digest in sorted(self.organizations.items())]
            return [self.common, self.indexes, told, *own]
        return [self.common, self.organizations.get(part, ""), told]

    def is_same(self, other: Inputs) -> bool:
        """Tell whether a site made of the others is the same, before the data is read."""
        mine = (self.common, dict(self.organizations), self.head, self.indexes)
        return mine == (other.common, dict(other.organizations), other.head, other.indexes)


@dataclass(frozen=True, slots=True)
class Sources:
    """The data folder of a site, and the other folders and files that it is made of."""

    data: Path
    others: tuple[Path, ...]

    def inputs(self, head: str) -> Inputs:
        """Return the inputs of a build as far as they are files."""
        common = hashlib.sha256()
        own: dict[str, Any] = {}
        for folder in self.others:
            for path, entry in _files_of(folder):
                _add(common, f"{folder.name}/{path}", entry)
        for path, entry in _files_of(self.data, follows=False):
            first, _, rest = path.partition("/")
            name, _, below = rest.partition("/")
            is_of_one = first == "organizations" and below not in ("", "organization.yml")
            _add(own.setdefault(name, hashlib.sha256()) if is_of_one else common, path, entry)
        return Inputs(common.hexdigest(), {name: digest.hexdigest() for name, digest in own.items()}, head)

    def stamp(self, now: datetime) -> str:
        """Return a digest of the state of all files, quicker than that of their content; empty if it may mislead.

        It tells every change but one: a file written just now that is written again in the same moment.
        """
        digest = hashlib.sha256()
        newest = 0
        for folder in (self.data, *self.others):
            for path, entry in _files_of(folder, follows=folder != self.data):
                marks = _marks(entry)
                newest = max(newest, *marks[:2])
                digest.update(f"{folder}/{path} {marks}\n".encode("utf-8", "surrogateescape"))
        is_settled = newest < (now - _TICK).timestamp() * 1e9
        return digest.hexdigest() if is_settled else ""


def settings_digest(settings: Mapping[str, Any], facts: Iterable[str]) -> str:
    """Return a digest of the settings of a build, of the versions of all programs in it, and of ``facts`` besides."""
    plain = {key: value for key, value in settings.items() if key not in _WITHOUT_EFFECT and value is not None}
    words = [sys.version, *sorted(_packages()), json.dumps(plain, sort_keys=True, default=str), *facts]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _packages() -> Iterator[str]:
    """Yield name and version of each installed package, as its folder is called (packaging.python.org, recording)."""
    for place in {place for place in sys.path if os.path.isdir(place)}:
        with os.scandir(place) as entries:
            yield from (entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))


def _files_of(folder: Path, *, follows: bool = True) -> Iterator[tuple[str, str | os.DirEntry[str]]]:
    """Yield path and place of each file in a folder, or of the file that ``folder`` is.

    MkDocs follows links; in the data there must be none.
    """
    if folder.is_file():
        yield "", str(folder)
    yield from entries_below(folder, is_hidden, follows=follows)


def _marks(place: str | os.DirEntry[str]) -> tuple[int, int, int, int]:
    """Return when a file was written and when its entry was, its size and its number; zeros if that cannot be known."""
    try:
        state = os.stat(place)
    except OSError:
        return 0, 0, 0, 0
    return state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino


def _add(digest: Any, path: str, place: str | os.DirEntry[str]) -> None:
    """Add a file to a digest, however large it is; what cannot be read is left to whoever needs it."""
    try:
        # Whoever opened a pipe would wait for its other end.
        if not stat.S_ISREG(os.stat(place).st_mode):
            raise OSError
        with open(place, "rb", buffering=0) as stream:
            digest.update(f"{path} {os.fstat(stream.fileno()).st_size}\n".encode("utf-8", "surrogateescape"))
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError:
        digest.update(f"{path} is no file\n".encode("utf-8", "surrogateescape"))
