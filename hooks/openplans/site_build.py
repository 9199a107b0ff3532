"""From a data folder to a publication, and from a staging folder to the published site: a build without its layout.

Whoever brings the layout (today MkDocs, in `hooks/publish.py`) calls :func:`read_publication` first and
:meth:`Staged.publish` last. Everything that goes wrong in between ends in :class:`Stopped`, with the exit code of the
contract, and leaves the last good site as it was.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from . import gates, release, reports, search_index
from .checks import check
from .diagnostic import Diagnostic, has_errors
from .git_history import INCOMPLETE
from .history import ledger_of_folder
from .kept import use_again
from .ledger import EMPTY, Ledger
from .load import load_dataset
from .look import read_look
from .messages import Messages, messages_for
from .model import Site
from .publication import Publication, WrongDay, build_day

CONTENT, USAGE, ENVIRONMENT, GATE, BUG = 1, 2, 3, 4, 70
_MAP_ADDRESS = re.compile(rb"(?:(?:\A|\n)//# sourceMappingURL=\S+|\n?/\*# sourceMappingURL=[^*]+\*/)\s*\Z")


class Stopped(Exception):
    """The build stops for a reason that was already told; ``contract_code`` is the exit code of the contract."""

    def __init__(self, message: str, contract_code: int, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.contract_code = contract_code
        self.diagnostics = diagnostics


def report_language(settings: Mapping[str, Any]) -> str:
    """Return the language in which problems are told."""
    return str(settings.get("report_language", "en"))


def has_search(settings: Mapping[str, Any]) -> bool:
    """Tell whether the site gets a search index."""
    return bool(settings.get("search", True))


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


def read_publication(
    settings: Mapping[str, Any], root: Path, *, docs: Path, epoch: str | None, now: datetime, git: str | None
) -> Publication:
    """Read and check the data folder that ``settings`` name below ``root``; raise Stopped if it cannot be published."""
    language = report_language(settings)
    folder = root / str(settings.get("data", "data"))
    loading = load_dataset(folder, str(settings.get("data_name") or folder.name))
    diagnostics = (*loading.diagnostics, *check(loading))
    if has_errors(diagnostics) or loading.dataset is None:
        raise _refused(diagnostics, language, CONTENT)
    site = loading.dataset.site
    try:
        today = build_day(settings.get("today"), epoch, now, site.time_zone)
    except WrongDay as wrong:
        raise Stopped(f"not a day: {wrong} (write YYYY-MM-DD)", USAGE) from None
    publication = Publication(
        loading.dataset,
        today,
        settings.get("base_url"),
        _hand_written(docs, site.languages),
        _ledger(settings, folder, site, cache_folder(settings, root), git),
        read_look(docs / "assets"),
    )
    conflicts = (*gates.address_conflicts(publication), *gates.changed_identities(publication))
    if conflicts:
        raise _refused(conflicts, language, CONTENT)
    return publication


def cache_folder(settings: Mapping[str, Any], root: Path) -> Path | None:
    """Return where builds keep what later ones can use; None if they shall not."""
    return root / ".cache" if settings.get("cache", True) else None


def _ledger(settings: Mapping[str, Any], folder: Path, site: Site, cache: Path | None, git: str | None) -> Ledger:
    """Read what was published before; a release is not made while a part of that is missing."""
    if not settings.get("history", True):
        return EMPTY
    file = cache / "ledger.json" if cache is not None else None
    ledger = ledger_of_folder(folder, git, site.time_zone, site.languages, file)
    if settings.get("release") and ledger.reason in INCOMPLETE:
        t = messages_for(report_language(settings))
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


class Meter:
    """Tells on a long build how far it is: in place on a terminal, line by line elsewhere."""

    #: Seconds before anything is said, and between two lines.
    _PATIENCE, _PAUSE = 3.0, 10.0

    def __init__(self, t: Messages, *, tells: bool) -> None:
        self._t = t
        self._next = monotonic() + self._PATIENCE
        self._is_terminal = sys.stderr.isatty()
        # Elsewhere only who waits for a machine far away wants to know; everybody else reads the last line.
        self._is_on = self._is_terminal or tells

    def __call__(self, done: int, total: int) -> None:
        """Tell that ``done`` shares of ``total`` are done."""
        now = monotonic()
        if not self._is_on or now < self._next:
            return
        words = self._t("report.progress", share=self._t.percent(100 * done // max(total, 1)))
        if self._is_terminal:
            print(f"\r{words}", end="\n" if done == total else "", file=sys.stderr, flush=True)
            self._next = now + 0.2 if total - done > 1 else now
        else:
            print(words, file=sys.stderr, flush=True)
            self._next = now + self._PAUSE


class Staged:
    """A build on its way: what it writes stays beside the published site until the gates have passed it."""

    def __init__(self, out: Path, language: str) -> None:
        self.out = out
        self._language = language
        try:
            release.check_replaceable(out)
            self.folder = release.staging_folder(out)
        except release.NotOurs:
            words = f"{out.name}/ holds files that were not built here; empty it or choose another folder"
            raise Stopped(words, USAGE) from None
        except OSError as error:
            raise Stopped(f"cannot write beside {out.name}/: {error.strerror}", ENVIRONMENT) from None

    def publish(
        self, publication: Publication, *, has_search: bool = True, keeps_search: bool = False, jobs: int = 1
    ) -> str:
        """Replace the published site in one step and say so; raise Stopped if a gate finds a fault.

        With ``keeps_search`` the pages are those of the published site, and so is the index of them.
        """
        if has_search and keeps_search and (self.out / search_index.FOLDER).is_dir():
            for file in sorted((self.out / search_index.FOLDER).rglob("*")):
                if file.is_file():
                    use_again(self.out, self.folder, file.relative_to(self.out).as_posix())
            has_search = False
        try:
            # The index is made while the gates look at the pages: both only read them.
            with search_index.being_written(self.folder) if has_search else nullcontext():
                diagnostics = gates.inspect(self.folder, publication, jobs)
        except search_index.NoIndex as error:
            raise Stopped(f"{error}. {messages_for(self._language)('report.not_published')}", ENVIRONMENT) from None
        if has_errors(diagnostics):
            raise _refused(diagnostics, self._language, GATE)
        pages = sum(1 for _ in self.folder.rglob("*.html"))
        release.publish(self.folder, self.out)
        t = messages_for(self._language)
        return t("report.published", pages=pages, day=publication.today.isoformat(), out=self.out.name)

    def abandon(self) -> None:
        """Remove what a failed build left; the published site was never touched."""
        release.discard(self.folder)


def _refused(diagnostics: tuple[Diagnostic, ...], language: str, code: int) -> Stopped:
    """Tell every problem, and return the error that ends the build."""
    print(reports.as_text(diagnostics, language), file=sys.stderr)
    words = f"{reports.summary(diagnostics, language)}. {messages_for(language)('report.not_published')}"
    return Stopped(words, code, diagnostics)
