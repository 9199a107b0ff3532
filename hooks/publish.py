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

from openplans import gates, release, reports
from openplans.checks import check
from openplans.diagnostic import Diagnostic, has_errors
from openplans.git_history import INCOMPLETE
from openplans.history import ledger_of_folder
from openplans.language import Shown
from openplans.ledger import EMPTY, Ledger
from openplans.load import load_dataset
from openplans.messages import languages_with_messages, messages_for
from openplans.outputs import OutputFile, output_files
from openplans.outputs.base import json_bytes
from openplans.publication import Publication, WrongDay, build_day
from openplans.render import Renderer
from openplans.routes import PageKind, Route, calendar_path, feed_path, routes
from openplans.views import View, view_of
from openplans.views.pieces import Link as ViewLink

CONTENT, USAGE, ENVIRONMENT, GATE, BUG = 1, 2, 3, 4, 70


class Stopped(PluginError):
    """The build stops for a reason that was already told; ``contract_code`` is the exit code of the contract."""

    def __init__(self, message: str, contract_code: int) -> None:
        super().__init__(message)
        self.contract_code = contract_code


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
        self.settings: Mapping[str, Any] = config.extra.get("openplans") or {}
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        self.publication = self._read(root, config)
        self.renderer = Renderer(Path(__file__).resolve().parent.parent / "overrides" / "plans")
        self.out = Path(config.site_dir)
        self.staging: Path | None = None
        self.configs = {
            language: _in_language(config, language, self.publication) for language in self.publication.languages
        }
        if not is_preview:
            self._stage(config)

    def _read(self, root: Path, config: MkDocsConfig) -> Publication:
        folder = root / str(self.settings.get("data", "data"))
        loading = load_dataset(folder, str(self.settings.get("data_name") or folder.name))
        diagnostics = (*loading.diagnostics, *check(loading))
        if has_errors(diagnostics) or loading.dataset is None:
            _tell(diagnostics, self.settings)
            raise Stopped(_refusal(diagnostics, self.settings), CONTENT)
        site = loading.dataset.site
        try:
            epoch = os.environ.get("SOURCE_DATE_EPOCH")
            today = build_day(self.settings.get("today"), epoch, datetime.now(UTC), site.time_zone)
        except WrongDay as wrong:
            raise Stopped(f"not a day: {wrong} (write YYYY-MM-DD)", USAGE) from None
        base_url = self.settings.get("base_url") or config.site_url or None
        publication = Publication(
            loading.dataset,
            today,
            base_url,
            _hand_written(Path(config.docs_dir), site.languages),
            self._ledger(folder, site.time_zone, root / ".cache" / "ledger.json"),
        )
        conflicts = gates.address_conflicts(publication)
        if conflicts:
            _tell(conflicts, self.settings)
            raise Stopped(_refusal(conflicts, self.settings), CONTENT)
        return publication

    def _ledger(self, folder: Path, zone: str, cache: Path) -> Ledger:
        """Read what was published before; a release is not made while a part of that is missing."""
        if not self.settings.get("history", True):
            return EMPTY
        ledger = ledger_of_folder(folder, shutil.which("git"), zone, cache)
        if self.settings.get("release") and ledger.reason in INCOMPLETE:
            t = messages_for(_language(self.settings))
            raise Stopped(t("ledger.refused", reason=ledger.reason), ENVIRONMENT)
        return ledger

    def _stage(self, config: MkDocsConfig) -> None:
        try:
            release.check_replaceable(self.out)
            self.staging = release.staging_folder(self.out)
        except release.NotOurs:
            raise Stopped(
                f"{self.out.name}/ holds files that were not built here; empty it or choose another folder", USAGE
            ) from None
        except OSError as error:
            raise Stopped(f"cannot write beside {self.out.name}/: {error.strerror}", ENVIRONMENT) from None
        config.site_dir = str(self.staging)

    def finish(self, config: MkDocsConfig) -> None:
        """Pass the gates, then replace the published site in one step."""
        if self.staging is None:
            return
        diagnostics = gates.inspect(self.staging, self.publication)
        config.site_dir = str(self.out)
        if has_errors(diagnostics):
            _tell(diagnostics, self.settings)
            raise Stopped(_refusal(diagnostics, self.settings), GATE)
        pages = sum(1 for _ in self.staging.rglob("*.html"))
        release.publish(self.staging, self.out)
        self.staging = None
        t = messages_for(_language(self.settings))
        print(t("report.published", pages=pages, day=self.publication.today.isoformat(), out=self.out.name))

    def abandon(self) -> None:
        """Remove what a failed build left; the published site was never touched."""
        if self.staging is not None:
            release.discard(self.staging)


def _tell(diagnostics: tuple[Diagnostic, ...], settings: Mapping[str, Any]) -> None:
    print(reports.as_text(diagnostics, _language(settings)), file=sys.stderr)


def _refusal(diagnostics: tuple[Diagnostic, ...], settings: Mapping[str, Any]) -> str:
    language = _language(settings)
    return f"{reports.summary(diagnostics, language)}. {messages_for(language)('report.not_published')}"


def _language(settings: Mapping[str, Any]) -> str:
    return str(settings.get("report_language", "en"))


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


def _not_found(publication: Publication) -> list[dict[str, str]]:
    lines = []
    for language in publication.languages:
        t = publication.messages(language)
        link = Route(PageKind.HOME, language).path
        lines.append(
            {"lang": language, "text": escape(t("not_found.text")), "link": link, "name": escape(t("nav.home"))}
        )
    return lines


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
        self._build = Build(config, self.is_preview)
        config.extra["not_found"] = _not_found(self.build.publication)
        config.extra["generator"] = False
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Hand every page and every output to MkDocs as generated files."""
        publication = self.build.publication
        # Pages that people wrote in a language that this site does not have would stand alone and in a wrong frame.
        others = set(languages_with_messages()) - set(publication.languages)
        for file in files.documentation_pages():
            if file.src_uri.partition("/")[0] in others:
                files.remove(file)
        for route in routes(publication):
            file = File.generated(config, f"{route.path}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
            DataPage(file, config, route, self.build)
            files.append(file)
        marker = OutputFile(
            release.MARKER, json_bytes({"generator": "Open Plans", "asOf": publication.today.isoformat()})
        )
        for output in (*output_files(publication), marker):
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
            words={
                "languages": escape(t("page.languages")),
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
        self.build.finish(config)

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
