"""A shard on its way: some parts of a site, with a record of what they were made of and nothing else."""

from __future__ import annotations

from . import shards
from .page_files import PageLayout
from .render import Renderer
from .search_index import FOLDER, write_whole
from .site_build import SiteBuild


class ShardBuild(SiteBuild):
    """A shard on its way: it replaces an older shard, never a site; whole sites go through the gates, later."""

    marker = shards.MANIFEST

    def finish(self, renderer: Renderer, layout: PageLayout, jobs: int) -> str:
        """Write the pages and files of some organizations, replace the older shard in one step, and say so."""
        # What the layout's maker writes besides our pages is written by who puts the shards together.
        folder = self.folder / ".shard"
        folder.mkdir()
        written = self._write(folder, renderer, layout, jobs)
        index = ""
        if self._project.has_shard_search:
            index = shards.index_name(self._project.only)
            with self.failing_without_index():
                write_whole(folder, folder / FOLDER / index, self.publication.languages, jobs)
        shards.write_manifest(folder, written.files, self._inputs, index)
        said = self._publish(folder, written)
        self.abandon()
        return said
