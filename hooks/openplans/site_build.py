"""From a publication to the published site, by way of a staging folder: a build without its layout.

Whoever brings the layout (today MkDocs, in `hooks/publish.py`) makes a :class:`SiteBuild` first, which reads the data,
and calls :meth:`SiteBuild.finish` last. Everything that goes wrong in between ends in
:class:`openplans.reading.Stopped`, with the exit code of the contract, and leaves the last good site as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from . import gates, release, search_index, shards
from .crew import shared_out
from .diagnostic import has_errors
from .exit_codes import ENVIRONMENT, GATE, USAGE
from .git_history import head_of
from .inputs import settings_digest
from .kept import Kept, Ready
from .messages import messages_for
from .meter import Meter
from .outputs.base import json_bytes
from .page_files import PageLayout, Written, write_site
from .pagefind_service import NoIndex
from .part_facts import part_facts
from .project import Project
from .reading import Stopped, Surroundings, read_publication, refused, told_of
from .release import Published, use_again
from .render import Renderer
from .search_index import SearchIndex
from .standing import facts_of, remember, sources_of


class SiteBuild:
    """A site on its way: what is written stays beside the published site until the gates have passed it."""

    #: What tells a folder of this kind from any other.
    marker = release.MARKER

    def __init__(self, project: Project, out: Path, around: Surroundings) -> None:
        self._project = project
        self._out = out
        self._tells = around.tells
        # Before anything is read: what changes meanwhile will be seen as a change by the next build.
        sources = sources_of(project)
        self._sources_stamp = sources.stamp(around.now)
        inputs = sources.inputs(repr(head_of(project.data, around.git) if project.has_history else None))
        publication = self.publication = read_publication(project, around)
        self._inputs = replace(
            inputs,
            settings=settings_digest(project.settings, facts_of(publication.today.isoformat(), project.base_url)),
            told=part_facts(publication, inputs.organizations),
            indexes=" ".join(publication.indexes),
        )
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
        self._index: SearchIndex | None = None

    def finish(self, renderer: Renderer, layout: PageLayout, jobs: int) -> str:
        """Write all pages and files, replace the published site in one step, and say so.

        Raise Stopped if a gate finds a fault.
        """
        written = self._write(self.folder, renderer, layout, jobs, self._begin_index if jobs > 1 else None)
        marker = {"generator": "Open Plans", "asOf": self.publication.today.isoformat()}
        (self.folder / release.MARKER).write_bytes(json_bytes(marker))
        self._inspect(written, jobs)
        return self._publish(self.folder, written)

    def _write(
        self,
        folder: Path,
        renderer: Renderer,
        layout: PageLayout,
        jobs: int,
        on_searched: Callable[[frozenset[str]], None] | None = None,
    ) -> Written:
        """Write all pages and files, but for what is published already or lies in a shard."""
        ready: dict[str, Ready] = {part: found for shard in self._shards for part, found in shard.ready().items()}
        if self._kept is not None:
            ready |= self._kept.ready(self._inputs)
        return write_site(
            folder,
            self.publication,
            renderer,
            layout,
            jobs=jobs,
            only=self._project.only,
            ready=ready,
            published=self._kept.site if self._kept is not None else None,
            progress=Meter(messages_for(self._project.report_language), tells=self._tells),
            on_searched=on_searched or (lambda same: None),
        )

    def _publish(self, folder: Path, written: Written) -> str:
        """Put what was made into its place, remember it for the next build, and say so."""
        project, publication = self._project, self.publication
        pages = len(search_index.pages_of(folder))
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
        day = self.publication.today.isoformat()
        said = messages_for(project.report_language)("report.unchanged", out=self._out.name)
        remember(cache, asked, project, kept, self._sources_stamp, day, said)

    def _inspect(self, written: Written, jobs: int) -> None:
        """Let the site through the gates, and finish its search index; what has not changed passes at once."""
        inspection = gates.Inspection(self.folder, self.publication, self._passed(written.same))
        looked = (page for _, pages in shared_out(inspection.look, inspection.shares, jobs) for page in pages)
        diagnostics = inspection.faults(looked, jobs)
        if has_errors(diagnostics):
            raise refused(diagnostics, self._project.report_language, GATE)
        self._finish_index(written.same)

    def _passed(self, same: frozenset[str]) -> Published | None:
        """Return the published site with what stays of it, if this code let it pass and made its index."""
        kept = self._kept
        if kept is None or kept.inputs.common != self._inputs.common:
            return None
        return Published(kept.site, same)

    def _begin_index(self, same: frozenset[str]) -> None:
        """Begin with the search index while other pages are still to be written."""
        self._index = self._index_of(same)
        self._index.begin()

    def _finish_index(self, same: frozenset[str]) -> None:
        index = self._index or self._index_of(same)
        if not index.pages:
            return
        with self.failing_without_index():
            index.finish()
        for shard in self._shards:
            for path in shard.index_files:
                use_again(shard.folder, self.folder, path)

    def _index_of(self, same: frozenset[str]) -> SearchIndex:
        """Return the index of all pages; of those that no shard has, where shards bring indexes of their own."""
        languages = self.publication.languages if self._project.has_search else ()
        pages = search_index.pages_of(self.folder) if languages else set()
        if self.publication.indexes:
            pages -= {path for shard in self._shards for files in shard.parts.values() for path in files}
        # Where a site has several indexes, they are of its shards.
        has_one = self._kept is not None and self._kept.inputs.indexes == self._inputs.indexes == ""
        published = self._passed(same) if has_one else None
        return SearchIndex(self.folder, self.folder / search_index.FOLDER, pages, languages, published)

    @contextmanager
    def failing_without_index(self) -> Iterator[None]:
        """Raise Stopped if the index cannot be made."""
        try:
            yield
        except NoIndex as error:
            words = f"{error}. {messages_for(self._project.report_language)('report.not_published')}"
            raise Stopped(words, ENVIRONMENT) from None

    def abandon(self) -> None:
        """Remove what a failed build left; the published site was never touched."""
        if self._index is not None:
            self._index.stop()
        release.discard(self.folder)
