"""Every page and every other file of a site, written into a folder by one process or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .crew import shared_out
from .kept import EVERYTHING_ELSE, Inputs, Kept, use_again
from .outputs import OUTPUTS
from .publication import Publication
from .render import Renderer
from .routes import DOCUMENTS, Route, routes
from .views import View, view_of

#: So many pages make it worth while to start another process, and are given to it at a time.
_WORTH_WHILE, _SHARE = 400, 60
#: Puts a page's content into the site's layout.
PageLayout = Callable[[View, str], str]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the files of each part of the site, and whether any page differs from the published one."""

    files: dict[str, list[str]]
    has_new_pages: bool


def write_site(
    folder: Path,
    publication: Publication,
    renderer: Renderer,
    layout: PageLayout,
    *,
    jobs: int = 1,
    kept: Kept | None = None,
    inputs: Inputs | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Written:
    """Write all pages and outputs of a publication; the same bytes, however many processes share the work.

    Of the site that ``kept`` knows, parts with the same ``inputs`` are used again, and so is every file that comes out
    the same. ``progress`` is told how much is done.
    """
    parts: dict[str, list[Route]] = {EVERYTHING_ELSE: []}
    for route in routes(publication):
        parts.setdefault(route.organization, []).append(route)
    files: dict[str, list[str]] = {part: [route.file for route in found] for part, found in parts.items()}
    left: list[Route] = []
    outputs = list(range(len(OUTPUTS)))
    for part, found in parts.items():
        old = kept.files_of(part, inputs) if kept is not None and inputs is not None else None
        if kept is None or old is None or not set(files[part]) <= set(old):
            left += found
            continue
        for path in old:
            use_again(kept.out, folder, path)
        if part == EVERYTHING_ELSE:
            outputs, files[part] = [], old

    def put(path: str, content: bytes) -> bool:
        if kept is not None:
            with suppress(OSError):
                if (kept.out / path).read_bytes() == content:
                    use_again(kept.out, folder, path)
                    return False
        write_file(folder, path, content)
        return True

    def work(part: Sequence[Route] | int) -> tuple[list[str], bool]:
        if isinstance(part, int):
            made = [(output.path, put(output.path, output.content)) for output in OUTPUTS[part].files(publication)]
            return [path for path, _ in made], False
        new = [put(route.file, page_html(route, publication, renderer, layout).encode()) for route in part]
        return [], any(new)

    # What all processes need is made once, before they part.
    _ = publication.meetings, publication.facets, publication.entries, publication.removed
    shares: list[Sequence[Route] | int] = [*outputs]
    shares += [left[start : start + _SHARE] for start in range(0, len(left), _SHARE)]
    has_new_pages = False
    made: dict[int, list[str]] = {}
    for done, (place, (paths, is_new)) in enumerate(
        shared_out(work, shares, jobs if len(left) >= _WORTH_WHILE else 1), 1
    ):
        made[place] = paths
        has_new_pages |= is_new
        progress(done, len(shares))
    files[EVERYTHING_ELSE] += [path for place in sorted(made) for path in made[place]]
    return Written(files, has_new_pages)


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
