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

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

sys.path.insert(0, str(Path(__file__).parent))

from openplans import release
from openplans.language import Shown
from openplans.messages import languages_with_messages
from openplans.outputs import OutputFile, output_files
from openplans.outputs.base import json_bytes
from openplans.publication import Publication
from openplans.render import Renderer
from openplans.routes import DOCUMENTS, PageKind, Route, calendar_path, feed_path, routes
from openplans.security_policy import POLICY
from openplans.site_build import (
    BUG,
    ENVIRONMENT,
    USAGE,
    Staged,
    Stopped,
    has_search,
    is_unused,
    read_publication,
    report_language,
    without_map,
)
from openplans.views import View, view_of
from openplans.views.pieces import Link as ViewLink


class Refused(PluginError):
    """MkDocs' own kind of error around ours, so that it stops without a traceback; keeps the contract's exit code."""

    def __init__(self, stopped: Stopped) -> None:
        super().__init__(str(stopped))
        self.contract_code = stopped.contract_code


class DataPage(Page):
    """A page whose content comes ready from our own templates: no Markdown file, no Markdown pass."""

    def __init__(self, file: File, config: MkDocsConfig, route: Route, build: Build) -> None:
        super().__init__(None, file, config)
        self.view = view_of(route, build.publication)
        self.build = build
        self.title = _said(self.view.page.heading, route.language)

    def read_source(self, config: MkDocsConfig) -> None:
        """Take what the layout's head needs from the view."""
        page = self.view.page
        self.markdown = ""
        self.meta = {"is_data_page": True, "head_title": escape(page.title), "description": escape(page.description)}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Print the view; its anchors are checked by our own gate."""
        self.content = self.build.renderer.html(self.view, self.build.publication)
        self.present_anchor_ids = set()
        # As MkDocs would: the heading first, so that the layout's skip link leads to it, and the contents below it.
        top = AnchorLink(str(self.title), "top", 1)
        top.children = [AnchorLink(escape(title), anchor, 2) for anchor, title in self.view.page.contents]
        self.toc = TableOfContents([top])


class Build:
    """One build: what MkDocs' events share."""

    def __init__(self, config: MkDocsConfig, is_preview: bool) -> None:
        settings: Mapping[str, Any] = config.extra.get("openplans") or {}
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        self.has_search = has_search(settings)
        self.publication = read_publication(
            {"base_url": config.site_url or None, **{k: v for k, v in settings.items() if v is not None}},
            root,
            docs=Path(config.docs_dir),
            epoch=os.environ.get("SOURCE_DATE_EPOCH"),
            now=datetime.now(UTC),
            git=shutil.which("git"),
        )
        self.renderer = Renderer(Path(__file__).resolve().parent.parent / "overrides" / "plans")
        self.configs = {
            language: _in_language(config, language, self.publication) for language in self.publication.languages
        }
        # A preview writes to a folder of MkDocs' own and replaces nothing.
        self.staged = None if is_preview else Staged(Path(config.site_dir), report_language(settings))
        if self.staged is not None:
            config.site_dir = str(self.staged.folder)

    def finish(self, config: MkDocsConfig) -> None:
        """Pass the gates, then replace the published site in one step."""
        if self.staged is not None:
            config.site_dir = str(self.staged.out)
            print(self.staged.publish(self.publication, has_search=self.has_search))

    def abandon(self) -> None:
        """Remove what a failed build left; the published site was never touched."""
        if self.staged is not None:
            self.staged.abandon()


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


def _not_found(publication: Publication) -> list[dict[str, str]]:
    lines = []
    for language in publication.languages:
        t = publication.messages(language)
        link = Route(PageKind.HOME, language).path
        lines.append(
            {"lang": language, "text": escape(t("not_found.text")), "link": link, "name": escape(t("nav.home"))}
        )
    return lines


def _way_to_search(route: Route, build: Build) -> dict[str, str]:
    """Return the link to the search, or to the list of all titles where there is none; none from the chooser."""
    if route.kind is PageKind.CHOOSER:
        return {}
    kind = PageKind.SEARCH if build.has_search else PageKind.INDEX
    words = build.publication.messages(route.language)(f"nav.{kind}")
    return {"search": escape(words), "search_href": Route(kind, route.language).path}


def _said(text: Shown, language: str) -> str:
    """Return words as the layout prints them: escaped, and marked where the page is in another language."""
    words = escape(text.text)
    return words if text.language == language else f'<span lang="{text.language}">{words}</span>'


def _navigation(view: View, here: str) -> Navigation:
    """Return the short navigation of the page at ``here``, which takes the place of a list of the whole site."""
    language = view.page.route.language

    def link(item: ViewLink) -> Link:
        made = Link(_said(item.title, language), item.href)
        made.active = item.href == here
        return made

    items: list[Link | Section] = []
    for entry in view.page.navigation:
        if entry.below:
            section = Section(_said(entry.link.title, language), [link(item) for item in entry.below])
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

    @property
    def build(self) -> Build:
        """The build that is going on."""
        assert self._build is not None, "on_config runs first"
        return self._build

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn whether this is a preview: `serve` writes to a folder of its own and needs no staging."""
        self.is_preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the data; stop before anything is cleaned or written."""
        self._build = None
        try:
            self._build = Build(config, self.is_preview)
        except Stopped as stopped:
            raise Refused(stopped) from None
        config.extra["not_found"] = _not_found(self.build.publication)
        config.extra["generator"] = False
        config.extra["security_policy"] = POLICY
        # Ours names the twins of each page.
        config.theme.static_templates -= {"sitemap.xml"}
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Hand every page and every output to MkDocs as generated files."""
        publication = self.build.publication
        # Pages that people wrote in a language that this site does not have would stand alone and in a wrong frame.
        others = set(languages_with_messages()) - set(publication.languages)
        for file in files.documentation_pages():
            if file.src_uri.partition("/")[0] in others:
                files.remove(file)
        _trim_theme(files, config)
        for route in routes(publication):
            if route.kind in DOCUMENTS:
                html = self.build.renderer.html(view_of(route, publication), publication)
                path = f"{route.path}index.html"
                files.append(File.generated(config, path, content=html, inclusion=InclusionLevel.NOT_IN_NAV))
                continue
            file = File.generated(config, f"{route.path}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
            DataPage(file, config, route, self.build)
            files.append(file)
        marker = OutputFile(
            release.MARKER, json_bytes({"generator": "Open Plans", "asOf": publication.today.isoformat()})
        )
        for output in (*output_files(publication), marker):
            replaced = files.get_file_from_path(output.path)
            if replaced is not None:
                files.remove(replaced)
            files.append(
                File.generated(config, output.path, content=output.content, inclusion=InclusionLevel.NOT_IN_NAV)
            )
        return files

    def on_env(self, env: Any, config: MkDocsConfig, files: Files) -> None:
        """Date all pages by the day of the build: MkDocs' sitemap would take the clock's."""
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.update_date = self.build.publication.today.isoformat()

    def on_page_context(
        self, context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
    ) -> dict[str, Any]:
        """Give the layout the page's language, its short navigation and its twins."""
        publication = self.build.publication
        view = page.view if isinstance(page, DataPage) else self._frame_of_hand_written(page)
        frame = view.page
        language = frame.route.language
        t = publication.messages(language)
        twins = [(link.title.language, link.title.text, link.href) for link in frame.languages]
        if not isinstance(page, DataPage):
            rest = page.url.partition("/")[2]
            twins = [(code, name, f"{code}/{rest}") for code, name, _ in twins]
        page.meta.update(
            alternates=[
                {"lang": code, "name": escape(name), "link": path, "is_here": code == language}
                for code, name, path in twins
            ],
            calendar=calendar_path(language, frame.calendar),
            feed=feed_path(language, frame.feed, "xml"),
            embed=frame.embed,
            has_script=frame.script_words is not None,
            words={
                "languages": escape(t("page.languages")),
                **_way_to_search(frame.route, self.build),
                "data_day": escape(frame.data_day),
                "licence": escape(publication.dataset.site.licence.name.shown(language).text),
                "data_href": Route(PageKind.DATA, language).path,
            },
        )
        context["config"] = self.build.configs[language]
        context["nav"] = _navigation(view, page.url)
        return context

    def _frame_of_hand_written(self, page: Page) -> View:
        """Return the frame for a Markdown page that a person wrote: its language is its folder's."""
        publication = self.build.publication
        first = page.url.partition("/")[0]
        language = first if first in publication.languages else publication.dataset.site.default_language
        # MkDocs gives a title that comes from a heading escaped already, one from the page's metadata not.
        page.title = escape(unescape(page.title or ""))
        page.meta["head_title"] = f"{page.title} – {self.build.configs[language]['site_name']}"
        return view_of(Route(PageKind.HOME, language), publication)

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Let the finished site through the gates and into place."""
        try:
            self.build.finish(config)
        except Stopped as stopped:
            raise Refused(stopped) from None

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
on_build_error = publisher.on_build_error
