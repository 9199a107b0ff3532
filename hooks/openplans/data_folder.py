"""The files of a data folder: which there are, the document in each, and what should not lie there."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from .diagnostic import Diagnostic, Place, Severity
from .parsed import Parsed
from .yaml_source import SIZE_LIMIT, Document

FILE_LIMIT = 100_000
#: Files that may lie in a data folder without being data.
_EXPECTED_BESIDE = frozenset({"README.md", "LICENSE", "LICENSE.md", ".coverage.json"})
#: By what a file that was changed is known: size, when it and what the disk knows of it were written, which one it is.
FileState = tuple[int, int, int, int]


@dataclass(slots=True)
class Listing:
    """Which YAML files a data folder has, each with its state, and what should not lie there.

    Two are equal if nothing that is read has changed in between. ``name`` is what the folder is called in diagnostics.
    """

    name: str
    files: dict[str, FileState] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path, name: str) -> Listing:
        """Look through a folder."""
        listing = cls(name)
        if folder.is_dir():
            listing._collect(str(folder))
        else:
            listing._report("OP111", Place(name), found="file" if folder.exists() else "missing")
        return listing

    def _collect(self, folder: str) -> None:
        count = 0
        waiting = [""]
        while waiting:
            base = waiting.pop()
            try:
                with os.scandir(f"{folder}/{base}") as found:
                    entries = sorted(found, key=attrgetter("name"))
            except OSError:
                self._report("OP106", self._place(base.rstrip("/")), found=base.rstrip("/"))
                continue
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) or (entry.is_symlink() and os.path.isdir(entry.path)):
                    if entry.is_symlink() and not entry.name.startswith("."):
                        self._report("OP105", self._place(base + entry.name), found=base + entry.name)
                    elif not entry.name.startswith("."):
                        waiting.append(f"{base}{entry.name}/")
                    continue
                count += 1
                if count > FILE_LIMIT:
                    self._report("OP113", Place(self.name), limit=str(FILE_LIMIT))
                    return
                try:
                    state = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    # Programs that people write with make files and remove them again.
                    continue
                self._collect_file(base + entry.name, entry.name, state)

    def _collect_file(self, relative: str, name: str, state: os.stat_result) -> None:
        if not stat.S_ISREG(state.st_mode):
            self._report("OP105", self._place(relative), found=relative)
        elif name.endswith(".yml") and name != ".yml":
            self.files[relative] = (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)
        elif Path(name).suffix.lower() in (".yaml", ".yml"):
            self._report("OP110", self._place(relative), found=name, expected=Path(name).stem + ".yml")
        elif name not in _EXPECTED_BESIDE and not name.startswith(".git"):
            self._report("OP114", self._place(relative), Severity.WARNING, found=name)

    def _place(self, relative: str) -> Place:
        return Place(f"{self.name}/{relative}")

    def _report(self, code: str, place: Place, severity: Severity = Severity.ERROR, **values: str) -> None:
        self.problems.append(Diagnostic(code, place, values, severity=severity))


class DataFolder:
    """The documents in a folder's YAML files, by their paths below it."""

    def __init__(self, folder: Path, listing: Listing, parsed: Parsed) -> None:
        self._folder = str(folder)
        self._name = listing.name
        self._parsed = parsed
        #: What is wrong with the folder or with a file in it.
        self.problems = list(listing.problems)
        #: What was read, by the path that diagnostics name.
        self.documents: dict[str, Document] = {}
        self.files = dict(listing.files)
        #: By folder, with a slash at its end: the files in it, and the names of folders that have files below them.
        self._files_in: dict[str, list[str]] = {}
        self._folders: dict[str, set[str]] = {}
        for relative in self.files:
            base = relative[: relative.rfind("/") + 1]
            if base not in self._files_in:
                steps = base.split("/")[:-1]
                for depth, step in enumerate(steps):
                    self._folders.setdefault("".join(f"{above}/" for above in steps[:depth]), set()).add(step)
            self._files_in.setdefault(base, []).append(relative)

    @property
    def is_usable(self) -> bool:
        """Tell whether there is such a folder at all."""
        return os.path.isdir(self._folder)

    def place(self, relative: str) -> Place:
        """Return the place of a file or folder."""
        return Place(f"{self._name}/{relative}")

    def children(self, base: str) -> list[str]:
        """Return the names of the folders in a folder."""
        return sorted(self._folders.get(base, ()))

    def files_in(self, base: str) -> list[str]:
        """Return the files in a folder."""
        return sorted(path for path in self._files_in.get(base, ()) if path in self.files)

    def states_below(self, base: str) -> tuple[tuple[str, FileState], ...]:
        """Return all files below a folder, each with its state."""
        found: list[str] = []
        left = [base]
        while left:
            folder = left.pop()
            found += self._files_in.get(folder, ())
            left += [f"{folder}{name}/" for name in self._folders.get(folder, ())]
        return tuple((path, self.files[path]) for path in sorted(found) if path in self.files)

    def document(self, relative: str) -> Document | None:
        """Return a file's document, read once; None if it is missing or unreadable."""
        if relative not in self.files:
            return None
        path = f"{self._name}/{relative}"
        if path in self.documents:
            return self.documents[path]
        try:
            # One byte past the limit is enough to know that a file is too large.
            with open(f"{self._folder}/{relative}", "rb") as stream:
                content = stream.read(SIZE_LIMIT + 1)
        except OSError:
            self.problems.append(Diagnostic("OP106", self.place(relative), {"found": relative}))
            del self.files[relative]
            return None
        document = self._parsed.document(content, path)
        self.documents[path] = document
        self.problems.extend(document.diagnostics)
        return document
