"""Shards: folders with some parts of a site, made elsewhere, each with a record of what it was made of.

A shard is used only if its parts are what a build would make now, and its files are those that were written: a part's
inputs decide how it looks (:mod:`openplans.kept`), and every file is held against its digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .folder_state import files_below
from .inputs import Inputs
from .kept import Ready
from .load import Dataset

#: Marks a folder as a shard, and tells what is in it.
MANIFEST = "shard.json"
_FORMAT = "Open Plans shard 1"


class Unusable(Exception):
    """A folder cannot be used as a shard; the text says why in one line."""

    def __init__(self, message: str, *, is_damaged: bool = False) -> None:
        super().__init__(message)
        self.is_damaged = is_damaged


@dataclass(frozen=True, slots=True)
class Shard:
    """A folder with some parts of a site: what each was made of, its files, and perhaps a search index of its own."""

    folder: Path
    #: By part.
    parts: Mapping[str, Sequence[str]]
    inputs: Mapping[str, Sequence[str]]
    index: str = ""
    #: The index's files; they lie in a folder of its name.
    index_files: Sequence[str] = ()
    #: Of each file its size and digest.
    marks: Mapping[str, str] = field(default_factory=dict)

    def ready(self) -> dict[str, Ready]:
        """Return the parts to be used."""
        return {part: Ready(self.folder, files, is_published=False) for part, files in self.parts.items()}


def index_name(organizations: Sequence[str]) -> str:
    """Return what the search index of a shard is called: after the organizations in it, whoever makes it and where."""
    return hashlib.sha256("\n".join(sorted(organizations)).encode()).hexdigest()[:12]


def write_manifest(folder: Path, parts: Mapping[str, Sequence[str]], inputs: Inputs, index: str = "") -> None:
    """Record what a shard holds and what its parts were made of; files of no part are those of its search index."""
    of_parts = {path for files in parts.values() for path in files}
    marks = {path: _mark(folder / path) for path in sorted(files_below(folder))}
    body = {
        "parts": {part: sorted(files) for part, files in parts.items()},
        "inputs": {part: inputs.of(part) for part in parts},
        "index": index,
        "index_files": sorted(marks.keys() - of_parts),
        "marks": marks,
    }
    content = {"generator": "Open Plans", "format": _FORMAT, "digest": _digest(body), "shard": body}
    (folder / MANIFEST).write_text(json.dumps(content, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def read_shards(folders: Sequence[Path], inputs: Inputs) -> tuple[Shard, ...]:
    """Return the shards in ``folders``; raise Unusable if one holds anything that a build of ``inputs`` would not make.

    Where two hold the same part, both must hold the same files.
    """
    shards = tuple(_read(folder) for folder in folders)
    for shard in shards:
        _check_inputs(shard, inputs)
    known: dict[str, Shard] = {}
    for shard in shards:
        _check_files(shard)
        for part, files in shard.parts.items():
            other = known.setdefault(part, shard)
            if {path: shard.marks[path] for path in files} != {path: other.marks[path] for path in other.parts[part]}:
                raise Unusable(f"{shard.folder.name}/ and {other.folder.name}/ differ in {part}", is_damaged=True)
    return shards


def index_names(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return what the search indexes of shards are called; raise Unusable if they cannot be put together."""
    names: list[str] = []
    parts: set[str] = set()
    for shard in map(_read, folders):
        if not shard.index:
            raise Unusable(f"{shard.folder.name}/ has no search index; build it with --search")
        if twice := sorted(parts & shard.parts.keys()):
            raise Unusable(f"{shard.folder.name}/ holds {', '.join(twice)} a second time, which would be found twice")
        names.append(shard.index)
        parts |= shard.parts.keys()
    return tuple(sorted(names))


def balanced(dataset: Dataset, count: int) -> list[list[str]]:
    """Return the organizations in at most ``count`` groups, none empty, with nearly the same number of actions."""
    sizes = {o.id: sum(len(plan.actions) for plan in o.plans) for o in dataset.organizations}
    groups: list[tuple[int, list[str]]] = [(0, []) for _ in range(min(count, len(sizes)))]
    for identifier in sorted(sizes, key=lambda identifier: (-sizes[identifier], identifier)):
        place = min(range(len(groups)), key=lambda place: (groups[place][0], len(groups[place][1]), place))
        size, group = groups[place]
        groups[place] = (size + sizes[identifier], [*group, identifier])
    return [sorted(group) for _, group in groups]


def _read(folder: Path) -> Shard:
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise Unusable(f"{folder.name}/ holds no shard") from None
    except (OSError, ValueError):
        raise Unusable(f"{folder.name}/{MANIFEST} cannot be read", is_damaged=True) from None
    try:
        if found["format"] != _FORMAT:
            raise Unusable(f"{folder.name}/ was made by another version; build it again")
        if found["digest"] != _digest(found["shard"]):
            raise ValueError
        return Shard(folder, **found["shard"])
    except (KeyError, TypeError, ValueError):
        raise Unusable(f"{folder.name}/{MANIFEST} is damaged", is_damaged=True) from None


def _check_inputs(shard: Shard, inputs: Inputs) -> None:
    for part, made_of in sorted(shard.inputs.items()):
        if made_of[:1] != [inputs.common]:
            words = "on another day, or with other code, settings, address or facts about the whole site"
            raise Unusable(f"{shard.folder.name}/ was made {words}; build it again")
        if made_of != inputs.of(part):
            raise Unusable(f"{shard.folder.name}/ was made of other data of {part}; build it again")


def _check_files(shard: Shard) -> None:
    name = shard.folder.name
    there = {*files_below(shard.folder)} - {MANIFEST}
    for path in sorted(there ^ shard.marks.keys()):
        words = "has a file too many" if path in there else "lacks a file"
        raise Unusable(f"{name}/ is damaged: it {words}, {path}", is_damaged=True)
    for path, mark in shard.marks.items():
        if _mark(shard.folder / path) != mark:
            raise Unusable(f"{name}/ is damaged: {path} is not as it was written", is_damaged=True)


def _mark(file: Path) -> str:
    if file.is_symlink() or not file.is_file():
        return "no file"
    content = file.read_bytes()
    return f"{len(content)} {hashlib.sha256(content).hexdigest()}"


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
