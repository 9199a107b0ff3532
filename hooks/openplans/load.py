"""From a data folder to a :class:`Dataset`: every file read, typed, and put where its path says.

The folder is the address: ``organizations/<org>/plans/<plan>/actions/<section>/<id>.yml`` is the action ``<id>``
of that section, and no file repeats what its path already tells.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from .diagnostic import Diagnostic, Place, Severity, in_order
from .model import Action, Committee, Event, Glossary, Organization, Plan, Record, Redirects, Site, fields_from_path
from .model.scalars import ID_LIMIT, ID_PATTERN
from .parsed import Parsed
from .validation import explain
from .yaml_source import SIZE_LIMIT, Document

FILE_LIMIT = 100_000

#: Files that may lie in a data folder without being data.
_EXPECTED_BESIDE = frozenset({"README.md", "LICENSE", "LICENSE.md", ".coverage.json"})
_T = TypeVar("_T", bound=Record)


@dataclass(frozen=True)
class Dataset:
    """Everything that a data folder says, typed and frozen."""

    site: Site
    glossary: Glossary
    redirects: Redirects
    organizations: tuple[Organization, ...]

    @cached_property
    def _by_id(self) -> dict[str, Organization]:
        return {organization.id: organization for organization in self.organizations}

    def organization(self, identifier: str) -> Organization:
        """Return the organization with this id; KeyError if there is none."""
        return self._by_id[identifier]


@dataclass(slots=True)
class Loading:
    """The outcome of reading a folder: a dataset if it could be built, the documents, and what was wrong."""

    dataset: Dataset | None = None
    documents: dict[str, Document] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def load_dataset(folder: Path, name: str | None = None, parsed: Parsed | None = None) -> Loading:
    """Read ``folder`` whole; ``name`` is how its files are called in diagnostics (the folder's own name).

    ``parsed`` knows documents that were read before.
    """
    parsed = parsed or Parsed()
    loading = _Reader(folder, name if name is not None else folder.name or "data", parsed).load()
    parsed.keep()
    return loading


class _Reader:
    def __init__(self, folder: Path, name: str, parsed: Parsed) -> None:
        self.parsed = parsed
        self.folder = folder
        self.name = name
        self.result = Loading()
        self.used: set[str] = set()
        self.files: dict[str, Path] = {}
        #: By folder, with a slash at its end: the files in it, and the names of folders that have files below them.
        self.files_in: dict[str, list[str]] = {}
        self.folders: dict[str, set[str]] = {}

    def load(self) -> Loading:
        result = self.result
        if not self._folder_is_usable():
            return result
        self._collect()
        site = self._read("site.yml", Site, {}, self._languages_of("site.yml"))
        if "site.yml" not in self.files:
            self._report("OP109", self._place("site.yml"), found="site.yml")
        languages = site.languages if site else ("lt", "lv", "en")
        default = site.default_language if site else languages[0]
        context = {"languages": languages, "source_language": default}
        glossary = self._read("glossary.yml", Glossary, {}, context) or Glossary()
        redirects = self._read("redirects.yml", Redirects, {}, context) or Redirects()
        organizations = tuple(self._organizations(languages))
        if site and not organizations and not result.diagnostics:
            self._report("OP109", self._place("organizations"), found="organizations/<id>/organization.yml")
        for path in sorted(set(self.files) - self.used):
            self._report("OP108", self._place(path), found=path)
        if site is not None:
            result.dataset = Dataset(site, glossary, redirects, organizations)
        result.diagnostics = list(in_order(result.diagnostics))
        return result

    # -- files ---------------------------------------------------------------------------------------------

    def _folder_is_usable(self) -> bool:
        if not self.folder.exists():
            self._report("OP111", Place(self.name), found="missing")
        elif not self.folder.is_dir():
            self._report("OP111", Place(self.name), found="file")
        else:
            return True
        return False

    def _collect(self) -> None:
        count = 0
        for directory, folders, names in os.walk(self.folder):
            folders.sort()
            base = Path(directory)
            for folder in list(folders):
                relative = (base / folder).relative_to(self.folder).as_posix()
                if folder.startswith("."):
                    folders.remove(folder)
                elif (base / folder).is_symlink():
                    self._report("OP105", self._place(relative), found=relative)
                    folders.remove(folder)
            for name in sorted(names):
                count += 1
                if count > FILE_LIMIT:
                    self._report("OP113", Place(self.name), limit=str(FILE_LIMIT))
                    return
                self._collect_file(base / name)

    def _collect_file(self, file: Path) -> None:
        relative = file.relative_to(self.folder).as_posix()
        place = self._place(relative)
        mode = file.lstat().st_mode
        if not stat.S_ISREG(mode):
            self._report("OP105", place, found=relative)
        elif file.suffix == ".yml":
            self.files[relative] = file
            *above, _ = steps = relative.split("/")
            for depth, name in enumerate(above):
                self.folders.setdefault("".join(f"{step}/" for step in steps[:depth]), set()).add(name)
            self.files_in.setdefault("".join(f"{step}/" for step in above), []).append(relative)
        elif file.suffix.lower() in (".yaml", ".yml"):
            self._report("OP110", place, found=file.name, expected=file.stem + ".yml")
        elif file.name not in _EXPECTED_BESIDE and not file.name.startswith(".git"):
            self._report("OP114", place, Severity.WARNING, found=file.name)

    def _document(self, relative: str) -> Document | None:
        """Return a file's document, read once; None if it is missing or unreadable."""
        self.used.add(relative)
        file = self.files.get(relative)
        if file is None:
            return None
        place = self._place(relative)
        if place.path in self.result.documents:
            return self.result.documents[place.path]
        try:
            # One byte past the limit is enough to know that a file is too large.
            with file.open("rb") as stream:
                content = stream.read(SIZE_LIMIT + 1)
        except OSError:
            self._report("OP106", place, found=relative)
            del self.files[relative]
            return None
        document = self.parsed.document(content, place.path)
        self.result.documents[document.path] = document
        self.result.diagnostics.extend(document.diagnostics)
        return document

    def _languages_of(self, relative: str) -> Mapping[str, Any]:
        """Return the context for `site.yml` itself, which must be read before its languages are known."""
        document = self._document(relative)
        data = document.data if document is not None else {}
        languages, default = data.get("languages"), data.get("default_language")
        known = tuple(x for x in languages if isinstance(x, str)) if isinstance(languages, list) else ()
        return {"languages": known, "source_language": default if isinstance(default, str) else "en"}

    # -- records -------------------------------------------------------------------------------------------

    def _organizations(self, languages: Sequence[str]) -> Iterator[Organization]:
        for identifier in self._children("organizations/"):
            base = f"organizations/{identifier}/"
            if not self._check_id(identifier, base + "organization.yml"):
                continue
            context = {"languages": languages, "source_language": self._source_language(base, languages)}
            read = self._reader(context, organization=identifier)
            parts = {
                "committees": read(base + "committees/", Committee),
                "events": read(base + "events/", Event),
                "plans": tuple(self._plans(base + "plans/", identifier, context)),
            }
            organization = self._read(base + "organization.yml", Organization, {"id": identifier}, context)
            if base + "organization.yml" not in self.files:
                self._report("OP109", self._place(base + "organization.yml"), found=base + "organization.yml")
            if organization is not None:
                yield organization.model_copy(update=parts)

    def _plans(self, base: str, organization: str, context: Mapping[str, Any]) -> Iterator[Plan]:
        for identifier in self._children(base):
            file = f"{base}{identifier}/plan.yml"
            if not self._check_id(identifier, file):
                continue
            actions: list[Action] = []
            for section in self._children(f"{base}{identifier}/actions/"):
                if not self._check_id(section, f"{base}{identifier}/actions/{section}/"):
                    continue
                read = self._reader(context, organization=organization, plan=identifier, section=section)
                actions.extend(read(f"{base}{identifier}/actions/{section}/", Action))
            plan = self._read(file, Plan, {"id": identifier, "organization": organization}, context)
            if file not in self.files:
                self._report("OP109", self._place(file), found=file)
            if plan is not None:
                yield plan.model_copy(update={"actions": tuple(sorted(actions, key=in_document_order(plan)))})

    def _reader(self, context: Mapping[str, Any], **above: str) -> Callable[[str, type[_T]], tuple[_T, ...]]:
        def read(base: str, kind: type[_T]) -> tuple[_T, ...]:
            records = []
            for relative in self._files_in(base):
                identifier = relative.removeprefix(base).removesuffix(".yml")
                if self._check_id(identifier, relative):
                    record = self._read(relative, kind, {"id": identifier, **above}, context)
                    records.extend([record] if record is not None else [])
                else:
                    self.used.add(relative)
            return tuple(records)

        return read

    def _read(self, relative: str, kind: type[_T], known: Mapping[str, Any], context: Mapping[str, Any]) -> _T | None:
        document = self._document(relative)
        if document is None or (document.diagnostics and not document.data):
            return None
        source = (kind, dict(known), tuple(context["languages"]), context["source_language"])
        record, problems = document.once("record", source, lambda: _typed(document, kind, known, context))
        self.result.diagnostics.extend(problems)
        return record

    def _source_language(self, base: str, languages: Sequence[str]) -> str:
        document = self._document(base + "organization.yml")
        value = document.data.get("source_language") if document is not None else None
        return value if isinstance(value, str) and value in languages else languages[0]

    def _children(self, base: str) -> list[str]:
        return sorted(self.folders.get(base, ()))

    def _files_in(self, base: str) -> list[str]:
        return sorted(path for path in self.files_in.get(base, ()) if path in self.files)

    def _check_id(self, identifier: str, relative: str) -> bool:
        if re.fullmatch(ID_PATTERN, identifier) and len(identifier) <= ID_LIMIT:
            return True
        self._report("OP107", self._place(relative), found=identifier)
        # What lies in a folder without an address is told about once, at the folder.
        self.used.update(path for path in self.files if path == relative or f"/{identifier}/" in path)
        return False

    def _place(self, relative: str) -> Place:
        return Place(f"{self.name}/{relative}")

    def _report(self, code: str, place: Place, severity: Severity = Severity.ERROR, **values: str) -> None:
        self.result.diagnostics.append(Diagnostic(code, place, values, severity=severity))


def _typed(
    document: Document, kind: type[_T], known: Mapping[str, Any], context: Mapping[str, Any]
) -> tuple[_T | None, tuple[Diagnostic, ...]]:
    """Return the record that a document describes, and what is wrong with it."""
    from_path = fields_from_path(kind)
    problems = [
        Diagnostic("OP309", document.key_place((key,)), {"key": key})
        for key in sorted(from_path & document.data.keys())
    ]
    data = {key: value for key, value in document.data.items() if key not in from_path}
    try:
        record = kind.model_validate({**data, **known, "path": document.path}, context=dict(context))
    except ValidationError as error:
        return None, (*problems, *explain(error, document, kind))
    return record, tuple(problems)


def in_document_order(plan: Plan) -> Callable[[Action], tuple[int, int, int, str]]:
    """Return the key that puts a plan's actions in the order of its document: section, row, then id."""
    order = {section.id: index for index, section in enumerate(plan.sections)}

    def key(action: Action) -> tuple[int, int, int, str]:
        row = action.source.row if action.source else None
        return order.get(action.section, len(order)), 0 if row is not None else 1, row or 0, action.id

    return key
