"""The only file that imports MkDocs: its events in running order, and the way in for `openplans build`.

MkDocs calls the functions at the end of this file. They hand pages and files to it, give each page its language
and short navigation, and send what it writes through a staging folder and the gates.
"""

from __future__ import annotations

import copy
import os
import shutil
import sys
from collections import ChainMap
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import Path
from typing import Any

from mkdocs import __version__ as mkdocs_version
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

sys.path.insert(0, str(Path(__file__).parent))

from openplans import release
from openplans.crew import look_seldom, processes, spare_what_lasts
from openplans.data_folder import Listing
from openplans.exit_codes import BUG, ENVIRONMENT, USAGE
from openplans.frame import Frame, frame_of, frame_of_hand_written, marked, meta_of, not_found
from openplans.hand_written import first_words, linked_from
from openplans.messages import languages_with_messages
from openplans.page_files import PageLayout
from openplans.preview import Preview, Reading
from openplans.project import ROOT, Project
from openplans.publication import Publication
from openplans.reading import Stopped, Surroundings, read_publication
from openplans.render import Renderer
from openplans.routes import PageKind, Route
from openplans.security_policy import POLICY, PREVIEW_POLICY
from openplans.shard_build import ShardBuild
from openplans.site_build import SiteBuild
from openplans.splicing import SLOWER, Layout, Splicer
from openplans.template_cache import TemplateCache
from openplans.theme_files import is_unused, stylesheet, without_map
from openplans.views.pieces import Link as ViewLink


class Refused(PluginError):
    """MkDocs' own kind of error around ours, so that it stops without a traceback; keeps the contract's exit code."""

    def __init__(self, stopped: Stopped) -> None:
        super().__init__(str(stopped))
        self.contract_code = stopped.contract_code


class Elsewhere(File):
    """A page of ours that a person's Markdown links to: MkDocs knows its address, and leaves the making to us."""

    def is_documentation_page(self) -> bool:
        """It is no Markdown."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Copy nothing: the page is written after MkDocs is done."""


class LayoutPage(Page):
    """A page as the layout sees it: everything ready, no Markdown file, no Markdown pass."""

    def __init__(self, frame: Frame, content: str, config: MkDocsConfig) -> None:
        file = File.generated(config, f"{frame.path}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
        super().__init__(frame.title, file, config)
        self.markdown = ""
        self.content = content
        self.present_anchor_ids = set()
        self.meta = {"is_data_page": True}
        # As MkDocs would: the heading first, so that the layout's skip link leads to it, and the contents below it.
        top = AnchorLink(frame.title, "top", 1)
        top.children = [AnchorLink(title, anchor, 2) for anchor, title in frame.contents]
        self.toc = TableOfContents([top])


def _project(config: MkDocsConfig) -> Project:
    config_file = Path(config.config_file_path or "mkdocs.yml").resolve()
    settings = config.extra.get("openplans") or {}
    return Project.beside(config_file, Path(config.docs_dir), settings, config.site_url or None)


def _surroundings() -> Surroundings:
    return Surroundings(
        datetime.now(UTC), os.environ.get("SOURCE_DATE_EPOCH"), shutil.which("git"), bool(os.environ.get("CI"))
    )


class Build:
    """One build: what MkDocs' events share."""

    def __init__(self, config: MkDocsConfig, is_preview: bool, listing: Listing | None = None) -> None:
        project, around = _project(config), _surroundings()
        self.has_search = project.has_search
        #: Where the site is published; MkDocs itself writes to the staging folder meanwhile.
        self.out = config.site_dir
        # A preview writes to a folder of MkDocs' own and replaces nothing.
        kind = ShardBuild if project.only else SiteBuild
        self._site = None if is_preview else kind(project, Path(config.site_dir), around)
        self.publication = self._site.publication if self._site else read_publication(project, around, listing)
        self.renderer = Renderer(ROOT / "overrides" / "plans", PREVIEW_POLICY if is_preview else POLICY)
        self.configs = {
            language: _in_language(config, language, self.publication) for language in self.publication.languages
        }
        self._jobs = processes(project.settings.get("jobs"))
        self._splices = bool(project.settings.get("splice", True))
        if self._site is not None:
            config.site_dir = str(self._site.folder)

    def finish(self, layout: Layout) -> str:
        """Write all pages and files into place, and return what to say of them."""
        assert self._site is not None, "a preview makes its pages when they are asked for"
        spare_what_lasts()
        return self._site.finish(self.renderer, self.page_layout(layout), self._jobs)

    def page_layout(self, layout: Layout) -> PageLayout:
        """Return what puts a page's content into the layout."""
        splicer = Splicer(layout, lambda: print(SLOWER, file=sys.stderr), is_on=self._splices)
        return lambda view, content: splicer.page(frame_of(view, self.publication, has_search=self.has_search), content)

    def abandon(self) -> None:
        """Remove what a failed build left; the published site was never touched."""
        if self._site is not None:
            self._site.abandon()


def _in_language(config: MkDocsConfig, language: str, publication: Publication) -> MkDocsConfig:
    """Return the configuration as the layout must see it on pages of one language; the original stays as it is."""
    site = publication.dataset.site
    changed = copy.copy(config)
    changed.data = dict(config.data)
    changed.data["theme"] = ChainMap({"language": language}, config.theme)
    changed.data["site_name"] = escape(site.title.shown(language).text)
    home = Route(PageKind.HOME, language).path
    changed.data["extra"] = {**config.extra, "homepage": home, "alternate": [{"lang": language}]}
    return changed


def _trim_theme(files: Files, config: MkDocsConfig) -> None:
    """Leave out what the theme brings and no page uses."""
    for file in list(files):
        if is_unused(file.src_uri):
            files.remove(file)
        elif file.src_uri.endswith((".min.js", ".min.css")):
            content = without_map(file.content_bytes)
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=content, inclusion=file.inclusion))


def _navigation(frame: Frame) -> Navigation:
    """Return the short navigation of a page, which takes the place of a list of the whole site."""

    def link(item: ViewLink) -> Link:
        made = Link(marked(item.title, frame.language), item.href)
        made.active = item.href == frame.path
        return made

    items: list[Link | Section] = []
    for entry in frame.navigation:
        if entry.below:
            section = Section(marked(entry.link.title, frame.language), [link(item) for item in entry.below])
            section.active = True
            items.append(section)
        else:
            items.append(link(entry.link))
    return Navigation(items, [])


class Publisher:
    """MkDocs' events, in the order in which it runs them.

    MkDocs keeps this module between rebuilds of `serve`, so each `on_config` makes a new :class:`Build`.
    """

    def __init__(self) -> None:
        self.is_preview = False
        self._build: Build | None = None
        self._config: MkDocsConfig | None = None
        self._env: Any = None
        self._files = Files([])
        self._preview = Preview()

    @property
    def build(self) -> Build:
        """The build that is going on."""
        assert self._build is not None, "on_config runs first"
        return self._build

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn whether this is a preview: `serve` writes to a folder of its own and needs no staging."""
        self.is_preview = command == "serve"
        look_seldom()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the data; stop before anything is cleaned or written."""
        self._build, self._config = None, config
        self._preview.begin(_project(config))
        # Before the build copies the configuration for each language.
        config.extra["generator"] = False
        config.extra["security_policy"] = PREVIEW_POLICY if self.is_preview else POLICY
        config.extra["theme_stylesheet"] = stylesheet(config.theme.dirs)
        try:
            self._build = Build(config, self.is_preview)
        except Stopped as stopped:
            if not self.is_preview:
                raise Refused(stopped) from None
            # The preview goes on, and shows what is wrong in the place of every page.
            self._preview.show_fault(Path(config.site_dir), stopped)
            return config
        config.extra["not_found"] = not_found(self.build.publication)
        # For the page that stands in no language.
        site = self.build.publication.dataset.site
        config.site_name = escape(site.title.shown(site.default_language).text)
        # Ours names the twins of each page.
        config.theme.static_templates -= {"sitemap.xml"}
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Leave out what this site does not show, and tell MkDocs of the pages that its own ones link to."""
        if self._build is None:
            return Files([])
        publication = self.build.publication
        # Pages that people wrote in a language that this site does not have would stand alone and in a wrong frame.
        others = set(languages_with_messages()) - set(publication.languages)
        for file in files.documentation_pages():
            if file.src_uri.partition("/")[0] in others:
                files.remove(file)
        for route in linked_from([file.content_string for file in files.documentation_pages()], publication):
            files.append(Elsewhere(f"{route.path}index.md", None, config.site_dir, True, dest_uri=route.file))
        _trim_theme(files, config)
        return files

    def on_env(self, env: Any, config: MkDocsConfig, files: Files) -> None:
        """Keep what the layout of our own pages needs. MkDocs' own pages are dated by the build: not by the clock."""
        self._env, self._files = env, files
        env.bytecode_cache = TemplateCache("theme", mkdocs_version)
        if self._build is None:
            return
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.update_date = self.build.publication.today.isoformat()

    def on_page_context(
        self, context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
    ) -> dict[str, Any]:
        """Give the layout of a page that a person wrote its language, its short navigation and its twins."""
        build = self.build
        # MkDocs gives a title that comes from a heading escaped already, one from the page's metadata not.
        title = page.title = escape(unescape(page.title or ""))
        frame = frame_of_hand_written(page.url, title, build.publication, has_search=build.has_search)
        description = str(page.meta.get("description") or first_words(page.content or ""))
        page.meta.update(meta_of(frame))
        page.meta["description"] = escape(description)
        context["config"] = build.configs[frame.language]
        context["nav"] = _navigation(frame)
        return context

    def _layout(self, frame: Frame, content: str) -> str:
        """Print the whole layout around a content: what :class:`Splicer` is measured by."""
        config = self.build.configs[frame.language]
        page = LayoutPage(frame, content, config)
        page.meta.update(meta_of(frame))
        context = mkdocs_build.get_context(_navigation(frame), self._files, config, page)
        return str(self._env.get_template("main.html").render(context))

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Let the finished site through the gates and into place; of a preview, nothing is made yet."""
        if self._build is None:
            return
        if self.is_preview:
            self._preview.show(Path(config.site_dir), self._reading(), self._read_again)
            return
        try:
            said = self.build.finish(self._layout)
        except Stopped as stopped:
            raise Refused(stopped) from None
        config.site_dir = self.build.out
        print(said)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Make pages when a browser asks for them, and build as a whole only where that is not enough."""
        server.set_app(self._preview.application(server.serve_request, server.mount_path))
        whole = server.builder
        server.builder = lambda: None if self._preview.is_enough() else whole()
        config.watch = self._preview.watch_seldom(server, config.watch)
        spare_what_lasts()
        return server

    def _read_again(self, listing: Listing) -> Reading:
        """Read the data for the preview; raise Stopped, and keep what was read before, if it cannot be published."""
        assert self._config is not None, "on_config runs first"
        self._build = Build(self._config, is_preview=True, listing=listing)
        return self._reading()

    def _reading(self) -> Reading:
        build = self.build
        return Reading(build.publication, build.renderer, build.page_layout(self._layout), build.has_search)

    def on_build_error(self, error: Exception) -> None:
        """Leave nothing half-made behind."""
        if self._build is not None:
            self._build.abandon()


# -- the way in for `openplans build` -------------------------------------------------------------------------------


def build_site(config_file: Path, out: Path, settings: Mapping[str, Any]) -> int:
    """Build the site of ``config_file`` into ``out`` and return the contract's exit code."""
    try:
        config = load_config(str(config_file), site_dir=str(out))
    except (ConfigurationError, Abort) as error:
        print(f"{config_file.name}: {error}", file=sys.stderr)
        return USAGE
    config.extra["openplans"] = {**(config.extra.get("openplans") or {}), **settings}
    if settings.get("base_url"):
        config.site_url = str(settings["base_url"])
    try:
        with release.locked(out):
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build.build(config)
    except release.Busy as busy:
        print(f"another build (process {busy}) is writing to {out.name}/", file=sys.stderr)
        return ENVIRONMENT
    except (Abort, PluginError) as stopped:
        cause = stopped.__context__ if isinstance(stopped, Abort) else stopped
        return int(getattr(cause, "contract_code", BUG))
    return 0


publisher = Publisher()

on_startup = publisher.on_startup
on_config = publisher.on_config
on_files = publisher.on_files
on_env = publisher.on_env
on_page_context = publisher.on_page_context
on_post_build = publisher.on_post_build
on_serve = publisher.on_serve
on_build_error = publisher.on_build_error
