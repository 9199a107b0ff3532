"""From a data folder to a publication, and from a staging folder to the published site: a build without its layout.

Whoever brings the layout (today MkDocs, in `hooks/publish.py`) calls :func:`read_publication` first and
:meth:`SiteBuild.finish` last. Everything that goes wrong in between ends in :class:`Stopped`, with the exit code of the
contract, and leaves the last good site as it was.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from . import gates, release, reports, search_index, shards
from .build_day import WrongDay, build_day
from .checks import check
from .diagnostic import Diagnostic, has_errors
from .git_history import INCOMPLETE, head_of
from .history import ledger_of_folder
from .kept import Inputs, Kept, Ready, inputs_of, use_again
from .ledger import EMPTY, Ledger
from .load import load_dataset
from .look import read_look
from .messages import messages_for
from .meter import Meter
from .model import Site
from .outputs.base import json_bytes
from .page_files import PageLayout, Written, write_site
from .parsed import parsed_in
from .part_facts import part_facts
from .parts import EVERYTHING_ELSE
from .project import Project
from .publication import Publication
from .render import Renderer
from .standing import facts_of, remember

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
    known = [organization.id for organization in loading.dataset.organizations]
    if unknown := [name for name in project.only if name not in known]:
        raise Stopped(f"there is no organization {', '.join(unknown)}; there are: {', '.join(known)}", USAGE)
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
        _indexes(project),
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


def _indexes(project: Project) -> tuple[str, ...]:
    """Return what the search indexes of the shards are called, if the search page shall put them together."""
    if not project.searches_by_shard:
        return ()
    try:
        return shards.index_names(project.shards)
    except shards.Unusable as unusable:
        raise _unusable(unusable, project) from None


def _unusable(unusable: shards.Unusable, project: Project) -> Stopped:
    words = f"{unusable}. {messages_for(project.report_language)('report.not_published')}"
    return Stopped(words, ENVIRONMENT if unusable.is_damaged else USAGE)


def _inputs(project: Project, today: str, git: str | None) -> Inputs:
    head = head_of(project.data, git) if project.has_history else None
    folders = (*project.sources, project.docs)
    return inputs_of(project.data, folders, project.settings, facts_of(today, project.base_url), repr(head))


def unchanged(project: Project, out: Path, around: Surroundings) -> str:
    """Return what to say if the site published in ``out`` is the one that a build would make; else nothing."""
    # Shards are made, and looked at, whatever was published.
    kept = Kept.read(project.cache, out) if project.cache is not None and not (project.only or project.shards) else None
    # A shard that lies there has no part about everything.
    if kept is None or EVERYTHING_ELSE not in kept.files or project.is_release:
        return ""
    try:
        today = build_day(project.settings.get("today"), around.epoch, around.now, kept.zone)
    except WrongDay:
        return ""
    if not _inputs(project, today.isoformat(), around.git).is_same(kept.inputs):
        return ""
    return messages_for(project.report_language)("report.unchanged", out=out.name)


class SiteBuild:
    """A site on its way: what is written stays beside the published site until the gates have passed it."""

    #: What tells a folder of this kind from any other.
    marker = release.MARKER

    def __init__(self, project: Project, publication: Publication, out: Path, around: Surroundings) -> None:
        self._project = project
        self._publication = publication
        self._out = out
        self._tells = around.tells
        inputs = _inputs(project, publication.today.isoformat(), around.git)
        told = part_facts(publication, inputs.organizations)
        self._inputs = replace(inputs, told=told, indexes=" ".join(publication.indexes))
        try:
            release.check_replaceable(out, self.marker)
            self._shards = shards.read_shards(project.shards, self._inputs)
            self.folder = release.staging_folder(out)
        except shards.Unusable as unusable:
            raise _unusable(unusable, project) from None
        except release.NotOurs:
            words = f"{out.name}/ holds files that were not built here; empty it or choose another folder"
            raise Stopped(words, USAGE) from None
        except OSError as error:
            raise Stopped(f"cannot write beside {out.name}/: {error.strerror}", ENVIRONMENT) from None
        self._kept = Kept.read(project.cache, out) if project.cache is not None else None

    def finish(self, renderer: Renderer, layout: PageLayout, jobs: int) -> str:
        """Write all pages and files, replace the published site in one step, and say so.

        Raise Stopped if a gate finds a fault.
        """
        written = self._write(self.folder, renderer, layout, jobs)
        marker = {"generator": "Open Plans", "asOf": self._publication.today.isoformat()}
        (self.folder / release.MARKER).write_bytes(json_bytes(marker))
        self._inspect(written, jobs)
        return self._publish(self.folder, written)

    def _write(self, folder: Path, renderer: Renderer, layout: PageLayout, jobs: int) -> Written:
        """Write all pages and files, but for what is published already or lies in a shard."""
        ready: dict[str, Ready] = {part: found for shard in self._shards for part, found in shard.ready().items()}
        if self._kept is not None:
            ready |= self._kept.ready(self._inputs)
        return write_site(
            folder,
            self._publication,
            renderer,
            layout,
            jobs=jobs,
            only=self._project.only,
            ready=ready,
            published=self._kept.out if self._kept is not None else None,
            progress=Meter(messages_for(self._project.report_language), tells=self._tells),
        )

    def _publish(self, folder: Path, written: Written) -> str:
        """Put what was made into its place, remember it for the next build, and say so."""
        project, publication = self._project, self._publication
        pages = sum(1 for _ in folder.rglob("*.html"))
        release.publish(folder, self._out)
        if project.cache is not None:
            kept = Kept(self._out, self._inputs, publication.dataset.site.time_zone, written.files)
            kept.write(project.cache)
            self._remember(project.cache, kept)
        t = messages_for(project.report_language)
        return t("report.published", pages=pages, day=publication.today.isoformat(), out=self._out.name)

    def _remember(self, cache: Path, kept: Kept) -> None:
        """Note what was asked for, so that the same command can be answered at once."""
        project = self._project
        asked = project.settings.get("asked")
        if asked is None or project.is_release or project.only or project.shards:
            return
        day = self._publication.today.isoformat()
        said = messages_for(project.report_language)("report.unchanged", out=self._out.name)
        remember(cache, asked, project, self._out, kept.inputs, kept.stamp, day=day, zone=kept.zone, said=said)

    def _keeps_search(self, written: Written) -> bool:
        """Tell whether the published index is that of the new pages, and of what stands around them."""
        kept = self._kept
        if kept is None or written.has_new_pages or not (self._out / search_index.FOLDER).is_dir():
            return False
        same = (kept.inputs.common, kept.inputs.indexes) == (self._inputs.common, "")
        return same and kept.pages() == {
            path for own in written.files.values() for path in own if path.endswith(".html")
        }

    def _inspect(self, written: Written, jobs: int) -> None:
        """Let the pages through the gates, and make the index of them; pages all as before keep theirs."""
        makes_index = self._project.has_search
        if makes_index and self._keeps_search(written):
            for file in sorted((self._out / search_index.FOLDER).rglob("*")):
                if file.is_file():
                    use_again(self._out, self.folder, file.relative_to(self._out).as_posix())
            makes_index = False
        # The index is made while the gates look at the pages: both only read them.
        with self._index() if makes_index else nullcontext():
            diagnostics = gates.inspect(self.folder, self._publication, jobs)
        if has_errors(diagnostics):
            raise _refused(diagnostics, self._project.report_language, GATE)

    @contextmanager
    def _index(self) -> Iterator[None]:
        """Make the index of all pages; where shards bring indexes of their own, of the pages that none of them has."""
        folder = self.folder / search_index.FOLDER
        if not self._publication.indexes:
            with self.indexed(self.folder, folder):
                yield
            return
        here = {path for shard in self._shards for files in shard.parts.values() for path in files}
        # The program finds pages in a folder and names them from there; the gates leave this one out.
        pages = folder / "pages"
        for path in sorted({file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*.html")} - here):
            use_again(self.folder, pages, path)
        with self.indexed(pages, folder):
            yield
        release.discard(pages)
        for shard in self._shards:
            for path in shard.index_files:
                use_again(shard.folder, self.folder, path)

    @contextmanager
    def indexed(self, site: Path, folder: Path) -> Iterator[None]:
        """Write the index of the pages in ``site`` into ``folder`` meanwhile; raise Stopped if that cannot be done."""
        try:
            with search_index.being_written(site, folder):
                yield
        except search_index.NoIndex as error:
            words = f"{error}. {messages_for(self._project.report_language)('report.not_published')}"
            raise Stopped(words, ENVIRONMENT) from None

    def abandon(self) -> None:
        """Remove what a failed build left; the published site was never touched."""
        release.discard(self.folder)


def _refused(diagnostics: tuple[Diagnostic, ...], language: str, code: int) -> Stopped:
    """Tell every problem, and return the error that ends the build."""
    print(reports.as_text(diagnostics, language), file=sys.stderr)
    words = f"{reports.summary(diagnostics, language)}. {messages_for(language)('report.not_published')}"
    return Stopped(words, code, diagnostics)
