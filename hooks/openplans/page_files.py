"""Every page and every other file of a site, written into a folder by one process or several."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .changes import changes_of
from .crew import shared_out
from .feeds import feeds_of
from .kept import Ready
from .outputs import OutputFile, makers
from .parts import EVERYTHING_ELSE
from .publication import Publication
from .release import use_again
from .render import Renderer
from .routes import DOCUMENTS, SEARCHED, Route, routes
from .views import View, view_of

#: So many pages make it worth while to start another process, and are given to it at a time.
_WORTH_WHILE, _SHARE = 400, 60
#: Puts a page's content into the site's layout.
PageLayout = Callable[[View, str], str]
#: Makes some files that are no pages.
_Maker = Callable[[Publication], Iterator[OutputFile]]
#: Some work about one part of the site.
_Share = tuple[str, _Maker | Sequence[Route]]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the files of each part of the site, and those of them that are as they were published."""

    files: dict[str, list[str]]
    same: frozenset[str]


def write_site(
    folder: Path,
    publication: Publication,
    renderer: Renderer,
    layout: PageLayout,
    *,
    jobs: int = 1,
    only: Collection[str] = (),
    ready: Mapping[str, Ready] | None = None,
    published: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    on_searched: Callable[[frozenset[str]], None] = lambda same: None,
) -> Written:
    """Write all pages and outputs of a publication; the same bytes, however many processes share the work.

    ``only`` names parts; the others are left out. Parts that are ``ready`` are not made but taken from where they are,
    and so is every file that comes out as it is ``published``. ``progress`` is told how much is done, ``on_searched``
    when all pages are there that the search finds, with those files that are as they were published.
    """
    parts = {part: found for part, found in _parts(publication).items() if not only or part in only}
    files = {part: [route.file for route in found] for part, found in parts.items()}
    same: set[str] = set()
    for part, old in (ready or {}).items():
        if part in parts and set(files[part]) <= set(old.files):
            for path in old.files:
                use_again(old.folder, folder, path)
            files[part] = list(old.files)
            same.update(old.files if old.is_published else ())
            del parts[part]
    searched, others = _shares(parts)
    shares = [*searched, *others]
    if shares:
        _prepare(publication)
    left = len(searched)
    if not left:
        on_searched(frozenset(same))
    jobs = jobs if sum(not callable(task) for _, task in shares) * _SHARE >= _WORTH_WHILE else 1
    writer = _Writer(folder, publication, renderer, layout, published, shares)
    made: dict[int, list[str]] = {}
    for done, (number, paths) in enumerate(shared_out(writer.write, range(len(shares)), jobs), 1):
        made[number] = list(paths)
        same.update(path for path, is_same in paths.items() if is_same)
        left -= number < len(searched)
        if number < len(searched) and not left:
            on_searched(frozenset(same))
        progress(done, len(shares))
    for number, (part, task) in enumerate(shares):
        if callable(task):
            files[part] += made[number]
    return Written(files, frozenset(same))


def _shares(parts: Mapping[str, Sequence[Route]]) -> tuple[list[_Share], list[_Share]]:
    """Return the work on parts of a site: pages that the search finds, and all else."""
    searched: list[_Share] = []
    others: list[_Share] = []
    for part, found in parts.items():
        others += [(part, maker) for maker in makers(part)]
        for shares, is_found in ((searched, True), (others, False)):
            pages = [route for route in found if (route.kind in SEARCHED) is is_found]
            shares += [(part, pages[start : start + _SHARE]) for start in range(0, len(pages), _SHARE)]
    return searched, others


class _Writer:
    """Writes shares of a site; each process that takes some has one of its own."""

    def __init__(
        self,
        folder: Path,
        publication: Publication,
        renderer: Renderer,
        layout: PageLayout,
        published: Path | None,
        shares: Sequence[_Share],
    ) -> None:
        self._folder = folder
        self._publication = publication
        self._renderer = renderer
        self._layout = layout
        self._published = published
        self._shares = shares
        #: The part that the last share was about.
        self._here = EVERYTHING_ELSE

    def write(self, number: int) -> dict[str, bool]:
        """Write a share; return the files, and of each whether it is as it was published."""
        part, task = self._shares[number]
        if part != self._here:
            # Of very many organizations only one at a time is remembered.
            self._publication.forget(self._here)
            self._here = part
        if callable(task):
            return {file.path: self._put(file.path, file.content) for file in task(self._publication)}
        return {route.file: self._put(route.file, self._page(route)) for route in task}

    def _page(self, route: Route) -> bytes:
        return page_html(route, self._publication, self._renderer, self._layout).encode()

    def _put(self, path: str, content: bytes) -> bool:
        if self._published is not None:
            with suppress(OSError):
                if (self._published / path).read_bytes() == content:
                    use_again(self._published, self._folder, path)
                    return True
        write_file(self._folder, path, content)
        return False


def _parts(publication: Publication) -> dict[str, list[Route]]:
    """Return the pages of each part; what is left of an organization that is here no more belongs to the rest."""
    parts: dict[str, list[Route]] = {organization.id: [] for organization in publication.dataset.organizations}
    parts[EVERYTHING_ELSE] = []
    for route in routes(publication):
        parts[route.organization if route.organization in parts else EVERYTHING_ELSE].append(route)
    return parts


def _prepare(publication: Publication) -> None:
    """Make once what all processes need, before they part."""
    _ = publication.meetings, publication.facets, publication.entries, publication.removed
    changes_of(publication), feeds_of(publication, EVERYTHING_ELSE)
    for organization in publication.dataset.organizations:
        for plan in organization.plans:
            publication.progress_of_plan(plan)


def page_html(route: Route, publication: Publication, renderer: Renderer, layout: PageLayout) -> str:
    """Return a page as it is published; some are whole documents, the others stand in the site's layout."""
    view = view_of(route, publication)
    html = renderer.html(view, publication)
    return html if route.kind in DOCUMENTS else layout(view, html)


def write_file(folder: Path, path: str, content: bytes) -> None:
    """Write a file, and the folders that it lies in."""
    file = folder / path
    try:
        file.write_bytes(content)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
