"""What a build keeps for the next one: which facts each part of the published site was made of.

A part is an organization with its pages and files, or everything else (the empty name). A part is used again only if
nothing that could change it has changed: the organization's files, what the history tells of it, and all that every
page depends on (code, templates, settings, versions of packages, the day, the site's own files), and only if the
published files are still those that were written. A file of ours that is damaged or was made by something else is not
used.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .cache_file import read_cache, write_cache
from .folder_state import state_of
from .parts import EVERYTHING_ELSE

#: Of what builds keep of a site.
FORMAT = "Open-Plans-site-6"
#: Settings that change how a build works and not what it makes; day and address are known by what came of them.
_WITHOUT_EFFECT = frozenset(
    {"jobs", "cache", "report_language", "release", "data", "today", "base_url"}
    | {"asked", "data_name", "only", "shards", "shard_search", "search_by_shard"}
)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests of what a site is made of: of each organization's files, and of what every page depends on."""

    common: str
    organizations: Mapping[str, str]
    #: The newest commit: without another one, nothing else can have been told.
    head: str = ""
    #: By part, a digest of what it shows from outside its files; not known before the data is read.
    told: Mapping[str, str] = field(default_factory=dict)
    #: Names of the search indexes that the search page puts together, if there are several.
    indexes: str = ""

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


def inputs_of(
    data: Path, folders: Iterable[Path], settings: Mapping[str, Any], facts: Iterable[str], head: str = ""
) -> Inputs:
    """Return the inputs of a build: the data folder, other folders and files, settings, and facts from elsewhere.

    ``head`` names the newest commit.
    """
    own: dict[str, Any] = {}
    common = hashlib.sha256(f"{FORMAT} {sys.version}".encode())
    common.update("\n".join(sorted(_packages())).encode())
    for folder in folders:
        for file in _files_in(folder):
            _add(common, file, file.relative_to(folder.parent))
    plain = {key: value for key, value in settings.items() if key not in _WITHOUT_EFFECT and value is not None}
    common.update(json.dumps(plain, sort_keys=True, default=str).encode())
    common.update("\n".join(facts).encode())
    for file in _files_in(data):
        place = file.relative_to(data)
        if place.parts[0] != "organizations" or place.name == "organization.yml":
            _add(common, file, place)
        else:
            _add(own.setdefault(place.parts[1], hashlib.sha256()), file, place)
    return Inputs(common.hexdigest(), {name: digest.hexdigest() for name, digest in own.items()}, head)


def _packages() -> Iterator[str]:
    """Yield name and version of each installed package, as its folder is called (packaging.python.org, recording)."""
    for place in {place for place in sys.path if os.path.isdir(place)}:
        with os.scandir(place) as entries:
            yield from (entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))


def _files_in(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        found += [Path(where, name) for name in sorted(names) if not name.startswith(".")]
    return found


def _add(digest: Any, file: Path, place: Path) -> None:
    content = file.read_bytes()
    digest.update(f"{place.as_posix()} {len(content)}\n".encode())
    digest.update(content)


@dataclass(frozen=True, slots=True)
class Ready:
    """A part that was made before: its files, and the folder that they lie in, which may be the published site."""

    folder: Path
    files: Sequence[str]
    is_published: bool


@dataclass(slots=True)
class Kept:
    """A published site as the last build left it, and the inputs that it was made of."""

    out: Path
    inputs: Inputs
    zone: str
    #: The files of each part, below ``out``.
    files: dict[str, list[str]] = field(default_factory=dict)
    stamp: str = ""

    @classmethod
    def read(cls, cache: Path, out: Path) -> Kept | None:
        """Return what the last build of ``out`` kept, if it is whole and the site still is as it was left."""
        try:
            body = read_cache(_file_for(out, cache), FORMAT)
            if body is None:
                return None
            kept = cls(out, Inputs(**body["inputs"]), body["zone"], body["files"], body["stamp"])
            return kept if kept.stamp == stamp_of(out) else None
        except (OSError, KeyError, TypeError, AttributeError):
            return None

    def write(self, cache: Path) -> None:
        """Remember this site for the next build; a folder that cannot be written to only makes that one slower."""
        self.stamp = stamp_of(self.out)
        body = {"inputs": asdict(self.inputs), "zone": self.zone, "files": self.files, "stamp": self.stamp}
        write_cache(_file_for(self.out, cache), FORMAT, body)

    def ready(self, inputs: Inputs) -> dict[str, Ready]:
        """Return the parts that can be used again."""
        same = (part for part in self.files if self.inputs.of(part) == inputs.of(part))
        return {part: Ready(self.out, self.files[part], is_published=True) for part in same}


def _file_for(out: Path, cache: Path) -> Path:
    return cache / f"site-{hashlib.sha256(str(out).encode()).hexdigest()[:12]}.json"


def stamp_of(folder: Path) -> str:
    """Return a digest of paths, sizes and times of change of all files in a folder."""
    lines = sorted(f"{path} {size} {time}" for path, (size, time) in state_of(folder).items())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
