"""The preview for editors: a page is made when a browser asks for it, and what is wrong in the data stands in the page.

A server that can serve the files of a folder is all that is needed; pages are put there just before it looks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .data_folder import Listing
from .folder_state import State, is_hidden, state_of
from .frame import Frame, frame_of
from .outputs import OUTPUTS
from .page_files import PageLayout, page_html, write_file
from .project import Project
from .publication import Publication
from .reading import Stopped
from .render import Renderer
from .reports import sentence
from .routes import Route, addresses, chooser
from .views import view_around

#: A server's application (PEP 3333).
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_LONGEST_BUILD = 120.0
#: From so many files on, looking at all of them takes a noticeable part of a second.
_LARGE = 4_000
#: In seconds: how often those are looked at; other folders are twice a second.
_SELDOM = 5.0
#: Where a fault is told; the server shows it in the place of every page.
_FAULT_FILE = "fault.html"


@dataclass(frozen=True, slots=True)
class Reading:
    """The data as it was read, and what makes pages of it."""

    publication: Publication
    renderer: Renderer
    layout: PageLayout
    has_search: bool

    @property
    def frames(self) -> tuple[Frame, ...]:
        """What pages that people wrote show of the data."""
        views = (view_around(language, self.publication) for language in self.publication.languages)
        return tuple(frame_of(view, self.publication, has_search=self.has_search) for view in views)


class _Site:
    """One reading of the data, and what of it has been written so far."""

    def __init__(self, folder: Path, reading: Reading) -> None:
        self.reading = reading
        self._folder = folder
        self._pages: dict[str, Route] = dict(addresses(reading.publication))
        self._left = list(OUTPUTS)
        self._written: set[str] = set()

    def make(self, address: str, found: frozenset[str]) -> None:
        """Write what lies at an address, if it is ours and not there yet; ``found`` is what others wrote."""
        page = self._page_at(address.removesuffix("index.html"))
        if page is not None:
            if page.file not in self._written:
                reading = self.reading
                html = page_html(page, reading.publication, reading.renderer, reading.layout)
                self._write(page.file, html.encode())
            return
        while self._left and not address.endswith("/") and address not in self._written | found:
            for output in self._left.pop(0).files(self.reading.publication):
                self._write(output.path, output.content)

    def _page_at(self, address: str) -> Route | None:
        publication = self.reading.publication
        if not address:
            return chooser(publication)
        language, _, below = address.partition("/")
        page = self._pages.get(below) if language in publication.languages else None
        return page.in_language(language) if page is not None else None

    def _write(self, path: str, content: bytes) -> None:
        write_file(self._folder, path, content)
        self._written.add(path)

    def remove(self) -> None:
        """Remove what was written."""
        for path in self._written:
            (self._folder / path).unlink(missing_ok=True)


class Preview:
    """What the editor sees while working: the site as the data now says, or what is wrong with it.

    The data is read again as soon as a page is asked for after a change. A whole build is needed only where something
    else has changed, or what pages that people wrote show of the data.
    """

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._turn = threading.Lock()
        self._site: _Site | None = None
        self._folder = Path()
        self._found: frozenset[str] = frozenset()
        self._frames: tuple[Frame, ...] = ()
        self._project: Project | None = None
        self._data = Listing("")
        self._rest: list[State] = []
        self._read: Callable[[Listing], Reading] | None = None

    def begin(self, project: Project) -> None:
        """Let readers wait: a whole build begins. What changes from now on will be seen as a change."""
        with self._turn:
            self._ready.clear()
            self._project = project
            self._data, self._rest = _listing(project), _rest(project)

    def show(self, folder: Path, reading: Reading, read: Callable[[Listing], Reading]) -> None:
        """From now on make pages of a reading, and of what ``read`` returns after each change of the data.

        ``folder`` is where the server looks; what the whole build wrote is there already.
        """
        with self._turn:
            self._folder, self._read, self._frames = folder, read, reading.frames
            self._found = frozenset(state_of(folder))
            self._site = _Site(folder, reading)
            self._ready.set()

    def show_fault(self, folder: Path, stopped: Stopped) -> None:
        """From now on answer every page with what is wrong, until a whole build is made."""
        with self._turn:
            self._folder, self._read = folder, None
            self._say(stopped)
            self._ready.set()

    def watch_seldom(self, server: Any, watched: Sequence[str]) -> list[str]:
        """Let MkDocs' server look seldom at a large data folder; return what else of ``watched`` it shall watch.

        It asks for the state of each file, while pages wait. What has changed is on a page as soon as that is asked
        for; only reloading by itself takes longer.
        """
        data = self._project.data.resolve() if self._project is not None else None
        seldom = [folder for folder in watched if Path(folder).resolve() == data and len(self._data.files) >= _LARGE]
        if seldom:
            usual, server.observer = server.observer, type(server.observer)(timeout=_SELDOM)
            server.watch(seldom[0])
            server.observer.start()
            server.observer = usual
        return [folder for folder in watched if folder not in seldom]

    def is_enough(self) -> bool:
        """Tell whether after the newest changes the preview is right without a whole build."""
        with self._turn:
            if self._read is None or self._project is None:
                return False
            if _rest(self._project) != self._rest:
                return False
            self._read_again()
            return self._site is None or self._site.reading.frames == self._frames

    def application(self, server: Application, mount: str) -> Application:
        """Return ``server`` with pages made before it looks for them; ``mount`` is the path that the site lies at."""

        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            path = unquote(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore"))
            if path.startswith(mount) and ".." not in path.split("/"):
                self._ready.wait(_LONGEST_BUILD)
                with self._turn:
                    if self._ready.is_set() and not self._make(path.removeprefix(mount)):
                        environ = {**environ, "PATH_INFO": mount + _FAULT_FILE}
            return server(environ, start)

        return answer

    def _make(self, address: str) -> bool:
        """Write what lies at an address; False if there is a fault to be shown in its place."""
        self._read_again()
        if self._site is not None:
            self._site.make(address, self._found)
            return True
        return bool(address) and not address.endswith(("/", ".html"))

    def _read_again(self) -> None:
        if self._read is None or self._project is None:
            return
        listing = _listing(self._project)
        if listing == self._data:
            return
        self._data = listing
        try:
            reading = self._read(listing)
        except Stopped as stopped:
            self._say(stopped)
            return
        if self._site is not None:
            self._site.remove()
        self._site = _Site(self._folder, reading)

    def _say(self, stopped: Stopped) -> None:
        assert self._project is not None, "a build has begun"
        if self._site is not None:
            self._site.remove()
        self._site = None
        write_file(self._folder, _FAULT_FILE, fault_page(stopped, self._project.report_language).encode())


def _listing(project: Project) -> Listing:
    return Listing.of(project.data, project.data_name)


def _rest(project: Project) -> list[State]:
    return [state_of(folder, is_hidden, follows=True) for folder in (project.docs, *project.sources)]


def fault_page(stopped: Stopped, language: str) -> str:
    """Return a page that tells every problem with file, line, column and a hint."""
    rows = "".join(
        f"<li><code>{escape(str(diagnostic.place))}</code> <strong>{diagnostic.code}</strong>"
        f"<p>{escape(sentence(diagnostic, language))}</p></li>"
        for diagnostic in stopped.diagnostics
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><title>Open Plans</title><style>'
        "body{margin:2rem auto;max-width:46rem;padding:0 1rem;font:17px/1.5 system-ui,sans-serif;color:#1b2126;"
        "background:#fff;overflow-wrap:anywhere}"
        "h1{font-size:1.3rem}ul{padding:0;list-style:none}li{margin:1rem 0;padding:.6rem 1rem;"
        "border-inline-start:.3rem solid #a4262c;background:#fdf3f3}p{margin:.3rem 0}"
        f"</style></head><body><h1>{escape(str(stopped))}</h1><ul>{rows}</ul></body></html>"
    )
