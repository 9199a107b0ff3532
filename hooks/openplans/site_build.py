"""From a publication to the published site, by way of a staging folder: a build without its layout.

Whoever brings the layout (today MkDocs, in `hooks/publish.py`) calls :func:`openplans.reading.read_publication` first
and :meth:`SiteBuild.finish` last. Everything that goes wrong in between ends in :class:`openplans.reading.Stopped`,
with the exit code of the contract, and leaves the last good site as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from . import gates, release, search_index, shards
from .diagnostic import has_errors
from .exit_codes import ENVIRONMENT, GATE, USAGE
from .git_history import head_of
from .kept import Inputs, Kept, Ready, inputs_of, use_again
from .messages import messages_for
from .meter import Meter
from .outputs.base import json_bytes
from .page_files import PageLayout, Written, write_site
from .part_facts import part_facts
from .project import Project
from .publication import Publication
from .reading import Stopped, Surroundings, refused, told_of
from .render import Renderer
from .standing import facts_of, remember


def _inputs(project: Project, today: str, git: str | None) -> Inputs:
    head = head_of(project.data, git) if project.has_history else None
    folders = (*project.sources, project.docs)
    return inputs_of(project.data, folders, project.settings, facts_of(today, project.base_url), repr(head))


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
            raise told_of(unusable, project) from None
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
        remember(cache, asked, project, kept, day, said)

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
            raise refused(diagnostics, self._project.report_language, GATE)

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
