"""The preview for editors: a page is made when a browser asks for it, and what is wrong in the data stands in the page.

A server that can serve the files of a folder is all that is needed; pages are put there just before it looks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .outputs import OUTPUTS
from .page_files import PageLayout, page_html, write_file
from .publication import Publication
from .render import Renderer
from .reports import sentence
from .routes import Route, routes
from .site_build import Stopped

#: A server's application (PEP 3333).
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_LONGEST_BUILD = 120.0


class _Site:
    """One state of the data, and what of it has been written so far."""

    def __init__(self, folder: Path, publication: Publication, renderer: Renderer, layout: PageLayout) -> None:
        self._folder = folder
        self._publication = publication
        self._renderer = renderer
        self._layout = layout
        self._routes: dict[str, Route] = {route.path: route for route in routes(publication)}
        self._left = list(OUTPUTS)

    def make(self, address: str) -> None:
        """Write what lies at an address, if it is ours and not there yet."""
        page = self._routes.get(address.removesuffix("index.html"))
        if page is not None:
            if not (self._folder / page.file).is_file():
                html = page_html(page, self._publication, self._renderer, self._layout)
                write_file(self._folder, page.file, html.encode())
            return
        while self._left and not address.endswith("/") and not (self._folder / address).is_file():
            for output in self._left.pop(0).files(self._publication):
                write_file(self._folder, output.path, output.content)


class Preview:
    """What the editor sees while working: the site as the data now says, or what is wrong with it."""

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._turn = threading.Lock()
        self._site: _Site | None = None
        self._folder = Path()
        self._fault = b""

    def begin(self) -> None:
        """Let readers wait: the data is being read anew."""
        self._ready.clear()

    def show(self, folder: Path, publication: Publication, renderer: Renderer, layout: PageLayout) -> None:
        """From now on make pages of ``publication``; ``folder`` is where the server looks."""
        self._fault = b""
        self._folder = folder
        self._site = _Site(folder, publication, renderer, layout)
        self._ready.set()

    def show_fault(self, folder: Path, stopped: Stopped, language: str) -> None:
        """From now on answer every page with what is wrong, until it is mended."""
        self._site = None
        self._folder = folder
        self._fault = fault_page(stopped, language).encode()
        self._ready.set()

    def application(self, server: Application, mount: str) -> Application:
        """Return ``server`` with pages made before it looks for them; ``mount`` is the path that the site lies at."""

        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            path = unquote(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore"))
            if path.startswith(mount) and ".." not in path.split("/"):
                self._ready.wait(_LONGEST_BUILD)
                with self._turn:
                    self._make(path.removeprefix(mount))
            return server(environ, start)

        return answer

    def _make(self, address: str) -> None:
        if self._site is not None:
            self._site.make(address)
        elif not address or address.endswith(("/", ".html")):
            page = address if address.endswith(".html") else f"{address}index.html"
            write_file(self._folder, page, self._fault)


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
