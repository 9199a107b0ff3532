"""What a build keeps for the next one: which facts each part of the published site was made of.

A part is an organization with its pages and files, or everything else (the empty name). A part is used again only if
nothing that could change it has changed: the organization's files, what the history tells of it, and all that every
page depends on (code, templates, settings, versions of packages, the day, the site's own files), and only if the
published files are still those that were written. A file of ours that is damaged or was made by something else is not
used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .cache_file import read_cache, write_cache
from .folder_state import entries_below
from .inputs import Inputs

#: Of what builds keep of a site.
FORMAT = "Open-Plans-site-7"


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
    digest = hashlib.sha256()
    for path, entry in entries_below(folder):
        state = entry.stat(follow_symlinks=False)
        digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
