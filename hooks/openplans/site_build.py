"""From a data folder to a publication, and from a staging folder to the published site: a build without its layout.

Whoever brings the layout (today MkDocs, in `hooks/publish.py`) calls :func:`read_publication` first and
:meth:`SiteBuild.finish` last. Everything that goes wrong in between ends in :class:`Stopped`, with the exit code of the
contract, and leaves the last good site as it was.
"""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from . import gates, release, reports, search_index
from .checks import check
from .diagnostic import Diagnostic, has_errors
from .git_history import INCOMPLETE, head_of
from .history import ledger_of_folder
from .kept import Inputs, Kept, inputs_of, use_again
from .ledger import EMPTY, Ledger
from .load import load_dataset
from .look import read_look
from .messages import messages_for
from .meter import Meter
from .model import Site
from .outputs.base import json_bytes
from .page_files import PageLayout, write_site
from .parsed import parsed_in
from .project import Project
from .publication import Publication, WrongDay, build_day
from .render import Renderer

CONTENT, USAGE, ENVIRONMENT, GATE, BUG = 1, 2, 3, 4, 70
_MAP_ADDRESS = re.compile(rb"(?:(?:\A|\n)//# sourceMappingURL=\S+|\n?/\*# sourceMappingURL=[^*]+\*/)\s*\Z")


class Stopped(Exception):
    """The build stops for a reason that was already told; ``contract_code`` is the exit code of the contract."""

    def __init__(self, message: str, contract_code: int, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.contract_code = contract_code
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a build takes from outside its folders: the clock, ``SOURCE_DATE_EPOCH``, git; ``tells`` in CI."""

    now: datetime
    epoch: str | None = None
    git: str | None = None
    tells: bool = False


def is_unused(path: str) -> bool:
    """Tell whether a file of the theme is of no use: scripts, its icon, maps of its files, its map of the site."""
    return (
        path == "sitemap.xml"
        or path.startswith(("assets/javascripts/", "assets/images/favicon."))
        or path.endswith(".map")
    )


def without_map(content: bytes) -> bytes:
    """Return a script or style sheet of the theme without the address of its map, which is not published."""
    return _MAP_ADDRESS.sub(b"", content)


def read_publication(project: Project, around: Surroundings) -> Publication:
    """Read and check the data folder of a project; raise Stopped if it cannot be published."""
    language = project.report_language
    parsed = parsed_in(project.cache / "documents.json") if project.cache is not None else None
    loading = load_dataset(project.data, project.data_name, parsed)
    diagnostics = (*loading.diagnostics, *check(loading))
    if has_errors(diagnostics) or loading.dataset is None:
        raise _refused(diagnostics, language, CONTENT)
    site = loading.dataset.site
    try:
        today = build_day(project.settings.get("today"), around.epoch, around.now, site.time_zone)
    except WrongDay as wrong:
        raise Stopped(f"not a day: {wrong} (write YYYY-MM-DD)", USAGE) from None
    publication = Publication(
        loading.dataset,
        today,
        project.base_url,
        _hand_written(project.docs, site.languages),
        _ledger(project, site, around.git),
        read_look(project.docs / "assets"),
    )
    conflicts = (*gates.address_conflicts(publication), *gates.changed_identities(publication))
    if conflicts:
        raise _refused(conflicts, language, CONTENT)
    return publication


def _ledger(project: Project, site: Site, git: str | None) -> Ledger:
    """Read what was published before; a release is not made while a part of that is missing."""
    if not project.has_history:
        return EMPTY
    file = project.cache / "ledger.json" if project.cache is not None else None
    ledger = ledger_of_folder(project.data, git, site.time_zone, site.languages, file)
    if project.is_release and ledger.reason in INCOMPLETE:
        t = messages_for(project.report_language)
        raise Stopped(t("ledger.refused", reason=ledger.reason), ENVIRONMENT)
    return ledger


def _hand_written(docs: Path, languages: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """Find the Markdown pages that people wrote, by language; a page's title is its first heading."""
    found: dict[str, list[tuple[str, str]]] = {}
    for language in languages:
        pages = []
        for file in sorted((docs / language).glob("*.md")):
            lines = file.read_text(encoding="utf-8").splitlines()
            title = next((line[2:].strip() for line in lines if line.startswith("# ")), file.stem)
            pages.append((file.stem, title))
        found[language] = pages
    return found


def _inputs(project: Project, today: str, git: str | None) -> Inputs:
    head = head_of(project.data, git) if project.has_history else None
    return inputs_of(
        project.data, (*project.sources, project.docs), project.settings, (today, str(project.base_url), repr(head))
    )


def unchanged(project: Project, out: Path, around: Surroundings) -> str:
    """Return what to say if the site published in ``out`` is the one that a build would make; else nothing."""
    kept = Kept.read(project.cache, out) if project.cache is not None else None
    if kept is None or project.is_release:
        return ""
    try:
        today = build_day(project.settings.get("today"), around.epoch, around.now, kept.zone)
    except WrongDay:
        return ""
    if _inputs(project, today.isoformat(), around.git) != kept.inputs:
        return ""
    return messages_for(project.report_language)("report.unchanged", out=out.name)


class SiteBuild:
    """A site on its way: what is written stays beside the published site until the gates have passed it."""

    def __init__(self, project: Project, publication: Publication, out: Path, around: Surroundings) -> None:
        self._project = project
        self._publication = publication
        self._out = out
        self._tells = around.tells
        try:
            release.check_replaceable(out)
            self.folder = release.staging_folder(out)
        except release.NotOurs:
            words = f"{out.name}/ holds files that were not built here; empty it or choose another folder"
            raise Stopped(words, USAGE) from None
        except OSError as error:
            raise Stopped(f"cannot write beside {out.name}/: {error.strerror}", ENVIRONMENT) from None
        self._inputs: Inputs | None = None
        self._kept: Kept | None = None
        if project.cache is not None:
            self._inputs = _inputs(project, publication.today.isoformat(), around.git)
            self._kept = Kept.read(project.cache, out)

    def finish(self, renderer: Renderer, layout: PageLayout, jobs: int) -> str:
        """Write all pages and files, replace the published site in one step, and say so.

        Raise Stopped if a gate finds a fault.
        """
        project, publication = self._project, self._publication
        t = messages_for(project.report_language)
        written = write_site(
            self.folder,
            publication,
            renderer,
            layout,
            jobs=jobs,
            kept=self._kept,
            inputs=self._inputs,
            progress=Meter(t, tells=self._tells),
        )
        marker = {"generator": "Open Plans", "asOf": publication.today.isoformat()}
        (self.folder / release.MARKER).write_bytes(json_bytes(marker))
        self._inspect(jobs, keeps_search=self._has_same_frame() and not written.has_new_pages)
        pages = sum(1 for _ in self.folder.rglob("*.html"))
        release.publish(self.folder, self._out)
        if project.cache is not None and self._inputs is not None:
            Kept(self._out, self._inputs, publication.dataset.site.time_zone, written.files).write(project.cache)
        return t("report.published", pages=pages, day=publication.today.isoformat(), out=self._out.name)

    def _has_same_frame(self) -> bool:
        """Tell whether what stands around every page is as it was in the published site."""
        return self._kept is not None and self._inputs is not None and self._kept.inputs.common == self._inputs.common

    def _inspect(self, jobs: int, *, keeps_search: bool) -> None:
        """Let the pages through the gates, and make the index of them; pages all as before keep theirs."""
        makes_index = self._project.has_search
        if makes_index and keeps_search and (self._out / search_index.FOLDER).is_dir():
            for file in sorted((self._out / search_index.FOLDER).rglob("*")):
                if file.is_file():
                    use_again(self._out, self.folder, file.relative_to(self._out).as_posix())
            makes_index = False
        language = self._project.report_language
        try:
            # The index is made while the gates look at the pages: both only read them.
            with search_index.being_written(self.folder) if makes_index else nullcontext():
                diagnostics = gates.inspect(self.folder, self._publication, jobs)
        except search_index.NoIndex as error:
            raise Stopped(f"{error}. {messages_for(language)('report.not_published')}", ENVIRONMENT) from None
        if has_errors(diagnostics):
            raise _refused(diagnostics, language, GATE)

    def abandon(self) -> None:
        """Remove what a failed build left; the published site was never touched."""
        release.discard(self.folder)


def _refused(diagnostics: tuple[Diagnostic, ...], language: str, code: int) -> Stopped:
    """Tell every problem, and return the error that ends the build."""
    print(reports.as_text(diagnostics, language), file=sys.stderr)
    words = f"{reports.summary(diagnostics, language)}. {messages_for(language)('report.not_published')}"
    return Stopped(words, code, diagnostics)
