"""From a data folder to a :class:`Dataset`: every file read, typed, and put where its path says.

The folder is the address: ``organizations/<org>/plans/<plan>/actions/<section>/<id>.yml`` is the action ``<id>``
of that section, and no file repeats what its path already tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from .data_folder import DataFolder, Listing
from .diagnostic import Diagnostic, in_order
from .model import Action, Committee, Event, Glossary, Organization, Plan, Record, Redirects, Site, fields_from_path
from .model.scalars import ID_LIMIT, ID_PATTERN
from .parsed import Parsed
from .validation import explain
from .yaml_source import Document

_T = TypeVar("_T", bound=Record)
_M = TypeVar("_M")


@dataclass(frozen=True)
class Dataset:
    """Everything that a data folder says, typed and frozen."""

    site: Site
    glossary: Glossary
    redirects: Redirects
    organizations: tuple[Organization, ...]
    #: By organization, what was made of it alone.
    made: Mapping[str, MadeOf] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _by_id(self) -> dict[str, Organization]:
        return {organization.id: organization for organization in self.organizations}

    def organization(self, identifier: str) -> Organization:
        """Return the organization with this id; KeyError if there is none."""
        return self._by_id[identifier]

    def once(self, organization: Organization, name: str, make: Callable[[], _M]) -> _M:
        """Return what ``make`` makes of an organization; not again until one of its files has changed.

        It lasts from one reading of the data to the next, and must not depend on anything else.
        """
        made = self.made.get(organization.id)
        if made is None or made.organization is not organization:
            return make()
        if name not in made.things:
            made.things[name] = make()
        found: _M = made.things[name]
        return found


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What was made of one organization as it was read, by name."""

    organization: Organization
    things: dict[str, Any]


@dataclass(slots=True)
class Loading:
    """The outcome of reading a folder: a dataset if it could be built, the documents, and what was wrong."""

    dataset: Dataset | None = None
    documents: dict[str, Document] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def load_dataset(
    folder: Path, name: str | None = None, parsed: Parsed | None = None, listing: Listing | None = None
) -> Loading:
    """Read ``folder`` whole; ``name`` is how its files are called in diagnostics (the folder's own name).

    ``parsed`` knows documents that were read before, and organizations of which no file has changed since;
    ``listing`` spares another look through the folder.
    """
    parsed = parsed or Parsed()
    listing = listing or Listing.of(folder, name if name is not None else folder.name or "data")
    files = DataFolder(folder, listing, parsed)
    loading = _loading(files, parsed) if files.is_usable else Loading()
    loading.diagnostics = list(in_order((*loading.diagnostics, *files.problems)))
    parsed.keep()
    return loading


def _loading(files: DataFolder, parsed: Parsed) -> Loading:
    reader = _Reader(files)
    # The site itself must be read before its languages are known.
    site = reader.read("site.yml", Site, {}, _languages_of(files.document("site.yml")))
    if "site.yml" not in files.files:
        reader.report("OP109", "site.yml", found="site.yml")
    languages = site.languages if site else ("lt", "lv", "en")
    default = site.default_language if site else languages[0]
    context = {"languages": languages, "source_language": default}
    glossary = reader.read("glossary.yml", Glossary, {}, context) or Glossary()
    redirects = reader.read("redirects.yml", Redirects, {}, context) or Redirects()
    organizations: list[Organization] = []
    made: dict[str, MadeOf] = {}
    for identifier in files.children("organizations/"):
        base = f"organizations/{identifier}/"
        whole = partial(_whole_organization, files, identifier, languages)
        found = parsed.once(files.place(base).path, (languages, files.states_below(base)), whole)
        files.documents.update(found.documents)
        reader.used |= found.used
        reader.problems += found.problems
        if found.organization is not None:
            organizations.append(found.organization)
            made[identifier] = MadeOf(found.organization, found.things)
    if site and not organizations and not reader.problems and not files.problems:
        reader.report("OP109", "organizations", found="organizations/<id>/organization.yml")
    for path in sorted(set(files.files) - reader.used):
        reader.report("OP108", path, found=path)
    dataset = Dataset(site, glossary, redirects, tuple(organizations), made) if site is not None else None
    return Loading(dataset, files.documents, reader.problems)


def _languages_of(document: Document | None) -> Mapping[str, Any]:
    data = document.data if document is not None else {}
    languages, default = data.get("languages"), data.get("default_language")
    known = tuple(x for x in languages if isinstance(x, str)) if isinstance(languages, list) else ()
    return {"languages": known, "source_language": default if isinstance(default, str) else "en"}


@dataclass(frozen=True, slots=True)
class _WholeOrganization:
    """What the files of one organization say, and what is wrong with them."""

    organization: Organization | None
    documents: Mapping[str, Document]
    used: frozenset[str]
    problems: tuple[Diagnostic, ...]
    things: dict[str, Any] = field(default_factory=dict)


def _whole_organization(files: DataFolder, identifier: str, languages: Sequence[str]) -> _WholeOrganization:
    reader, before, faults = _Reader(files), set(files.documents), len(files.problems)
    organization = reader.organization(identifier, languages)
    documents = {path: document for path, document in files.documents.items() if path not in before}
    # Faults of its files are told with it, so that they are told as often as it is asked for.
    problems = (*reader.problems, *files.problems[faults:])
    del files.problems[faults:]
    return _WholeOrganization(organization, documents, frozenset(reader.used), problems)


class _Reader:
    """Reads records, and remembers which files they came from and what was wrong."""

    def __init__(self, files: DataFolder) -> None:
        self._files = files
        self.used: set[str] = set()
        self.problems: list[Diagnostic] = []

    def organization(self, identifier: str, languages: Sequence[str]) -> Organization | None:
        """Return an organization with all that belongs to it."""
        base = f"organizations/{identifier}/"
        if not self._check_id(identifier, base + "organization.yml"):
            return None
        document = self._document(base + "organization.yml")
        value = document.data.get("source_language") if document is not None else None
        source = value if isinstance(value, str) and value in languages else languages[0]
        context = {"languages": languages, "source_language": source}
        read = self._reader(context, organization=identifier)
        parts = {
            "committees": read(base + "committees/", Committee),
            "events": read(base + "events/", Event),
            "plans": tuple(self._plans(base + "plans/", identifier, context)),
        }
        organization = self.read(base + "organization.yml", Organization, {"id": identifier}, context)
        if base + "organization.yml" not in self._files.files:
            self.report("OP109", base + "organization.yml", found=base + "organization.yml")
        return organization.model_copy(update=parts) if organization is not None else None

    def _plans(self, base: str, organization: str, context: Mapping[str, Any]) -> Iterator[Plan]:
        for identifier in self._files.children(base):
            file = f"{base}{identifier}/plan.yml"
            if not self._check_id(identifier, file):
                continue
            actions: list[Action] = []
            for section in self._files.children(f"{base}{identifier}/actions/"):
                if not self._check_id(section, f"{base}{identifier}/actions/{section}/"):
                    continue
                read = self._reader(context, organization=organization, plan=identifier, section=section)
                actions.extend(read(f"{base}{identifier}/actions/{section}/", Action))
            plan = self.read(file, Plan, {"id": identifier, "organization": organization}, context)
            if file not in self._files.files:
                self.report("OP109", file, found=file)
            if plan is not None:
                yield plan.model_copy(update={"actions": tuple(sorted(actions, key=in_document_order(plan)))})

    def _reader(self, context: Mapping[str, Any], **above: str) -> Callable[[str, type[_T]], tuple[_T, ...]]:
        def read(base: str, kind: type[_T]) -> tuple[_T, ...]:
            records = []
            for relative in self._files.files_in(base):
                identifier = relative.removeprefix(base).removesuffix(".yml")
                if self._check_id(identifier, relative):
                    record = self.read(relative, kind, {"id": identifier, **above}, context)
                    records.extend([record] if record is not None else [])
                else:
                    self.used.add(relative)
            return tuple(records)

        return read

    def read(self, relative: str, kind: type[_T], known: Mapping[str, Any], context: Mapping[str, Any]) -> _T | None:
        """Return the record in a file; None if there is none, or if it is at fault."""
        document = self._document(relative)
        if document is None or (document.diagnostics and not document.data):
            return None
        source = (kind, dict(known), tuple(context["languages"]), context["source_language"])
        record, problems = document.once("record", source, lambda: _typed(document, kind, known, context))
        self.problems.extend(problems)
        return record

    def _document(self, relative: str) -> Document | None:
        self.used.add(relative)
        return self._files.document(relative)

    def _check_id(self, identifier: str, relative: str) -> bool:
        if re.fullmatch(ID_PATTERN, identifier) and len(identifier) <= ID_LIMIT:
            return True
        self.report("OP107", relative, found=identifier)
        # What lies in a folder without an address is told about once, at the folder.
        self.used.update(path for path in self._files.files if path == relative or f"/{identifier}/" in path)
        return False

    def report(self, code: str, relative: str, **values: str) -> None:
        """Note that something is wrong with a file or folder."""
        self.problems.append(Diagnostic(code, self._files.place(relative), values))


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
