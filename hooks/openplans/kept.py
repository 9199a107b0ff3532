"""What a build keeps for the next one: which facts each part of the published site was made of.

A part is an organization with its pages and files, or everything else (the empty name). A part is used again only if
nothing that could change it has changed: the organization's files, what the history tells of it, and all that every
page depends on (code, templates, settings, versions of packages, the day, the site's own files), and only if the
published files are still those that were written, there or in the cache. A file of ours that is damaged or was made by
something else is not used.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from operator import attrgetter
from pathlib import Path

from . import page_store
from .cache_file import read_cache, write_cache
from .crew import shared_out
from .folder_state import entries_below
from .inputs import Inputs
from .release import discard, is_locked

#: Of what builds keep of a site.
FORMAT = "Open-Plans-site-8"
#: Files that are worth a second process, only to ask for their state.
_MANY = 20_000


@dataclass(frozen=True, slots=True)
class Ready:
    """A part that was made before: its files, and the folder that they lie in, which may be the published site."""

    folder: Path
    files: Sequence[str]
    is_published: bool


@dataclass(slots=True)
class Kept:
    """A published site as the last build left it, and the inputs that it was made of."""

    site: Path
    inputs: Inputs
    zone: str
    #: The files of each part, below ``site``.
    files: dict[str, list[str]] = field(default_factory=dict)
    stamp: str = ""

    @property
    def count(self) -> int:
        """How many files there are; those of the search index and of the layout come on top."""
        return sum(map(len, self.files.values()))

    @classmethod
    def read(cls, cache: Path, out: Path) -> Kept | None:
        """Return what the last build of ``out`` kept, if it is whole and the site still is as it was left.

        If it is not, its files may still be in the cache.
        """
        note, store = _places_for(out, cache)
        try:
            body = read_cache(note, FORMAT)
            if body is None:
                return None
            kept = cls(out, Inputs(**body["inputs"]), body["zone"], body["files"], body["stamp"])
            places = (place for place in (out, store) if kept.stamp == stamp_of(place, kept.count))
            found = next(places, None)
            return replace(kept, site=found) if found is not None else None
        except (OSError, KeyError, TypeError, AttributeError):
            return None

    def write(self, cache: Path) -> None:
        """Remember this site for the next build; a folder that cannot be written to only makes that one slower."""
        self.stamp = stamp_of(self.site, self.count)
        body = {"out": str(self.site), "inputs": asdict(self.inputs), "zone": self.zone, "files": self.files}
        note, store = _places_for(self.site, cache)
        _forget_lost_sites(cache, note)
        write_cache(note, FORMAT, {**body, "stamp": self.stamp})
        page_store.keep(self.site, store)

    def ready(self, inputs: Inputs) -> dict[str, Ready]:
        """Return the parts that can be used again."""
        same = (part for part in self.files if self.inputs.of(part) == inputs.of(part))
        return {part: Ready(self.site, self.files[part], is_published=True) for part in same}


def _places_for(out: Path, cache: Path) -> tuple[Path, Path]:
    """Return where a site is remembered, and where its files are kept."""
    name = f"site-{hashlib.sha256(str(out).encode()).hexdigest()[:12]}"
    return cache / f"{name}.json", cache / name


def _forget_lost_sites(cache: Path, ours: Path) -> None:
    """Remove what is kept of sites that are there no more; else it would take room for ever."""
    for note in cache.glob("site-*.json"):
        body = read_cache(note, FORMAT) if note != ours else None
        if body is not None and not Path(body["out"]).is_dir() and not is_locked(Path(body["out"])):
            with suppress(OSError):
                note.unlink()
                discard(note.with_suffix(""))


def stamp_of(site: Path, count: int = 0) -> str:
    """Return a digest of paths, sizes and times of change of all files of a site; ``count`` says how many to expect.

    The system takes its time to answer for very many files; then two processes ask.
    """
    lines = []
    folders = []
    for entry in sorted(os.scandir(site), key=attrgetter("name")) if site.is_dir() else ():
        if entry.is_dir(follow_symlinks=False):
            folders.append(Path(entry.path))
        else:
            state = entry.stat(follow_symlinks=False)
            lines.append(f"{entry.name} {state.st_size} {state.st_mtime_ns}")
    lines += (
        f"{folders[place].name} {stamp}"
        for place, stamp in shared_out(_stamp_below, folders, 2 if count > _MANY else 1)
    )
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8", "surrogateescape")).hexdigest()


def _stamp_below(folder: Path) -> str:
    lines = []
    for path, entry in entries_below(folder):
        state = entry.stat(follow_symlinks=False)
        lines.append(f"{path} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
