"""A built site behind a small local server, and a browser to open it with, as a reader on the site would."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

import pytest
from openplans.publication import Publication
from openplans.routes import PageKind, Route, routes
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect, sync_playwright

from .reader import DESK, Visit

#: The site must work below any folder of a host, so it is never served from the root.
PREFIX = "/plans/"
#: A slow machine may take its time; a page that never gets there still fails.
expect.set_options(timeout=20_000)
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


class _BelowPrefix(SimpleHTTPRequestHandler):
    """Serves the folder below ``prefix`` only; whatever is asked for above it is missing."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, prefix: str, **settings: Any) -> None:
        self.prefix = prefix
        super().__init__(*args, **settings)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-the-site")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent: what is asked for is recorded in the browser."""


@contextmanager
def served(site: Path, prefix: str = PREFIX) -> Iterator[str]:
    """Serve a built site below a folder of a local host; give its address, with a slash at the end."""
    handler = functools.partial(_BelowPrefix, directory=str(site), prefix=prefix)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """The address of the built site on a local server."""
    with served(built_site) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: the one that CHROMIUM names, else Playwright's own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, headless=True, args=_ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def _profiles(browser: Browser) -> Iterator[dict[object, BrowserContext]]:
    """Browser profiles by what is set in them; sharing one keeps style sheets and fonts in its cache."""
    profiles: dict[object, BrowserContext] = {}
    yield profiles
    for profile in profiles.values():
        profile.close()


@pytest.fixture
def visit(browser: Browser, address: str, _profiles: dict[object, BrowserContext]) -> Iterator[Callable[..., Visit]]:
    """Open a window: ``visit(viewport, scripts=…, scheme=…)``; all windows are closed after the test."""
    opened: list[Visit] = []

    def start(
        viewport: ViewportSize = DESK, *, scripts: bool = True, scheme: Literal["light", "dark"] = "light"
    ) -> Visit:
        key = (viewport["width"], scripts, scheme)
        if key not in _profiles:
            _profiles[key] = browser.new_context(
                viewport=viewport, java_script_enabled=scripts, color_scheme=scheme, reduced_motion="reduce"
            )
        opened.append(Visit(_profiles[key].new_page(), address))
        return opened[-1]

    yield start
    for window in opened:
        window.page.close()


@pytest.fixture(scope="session")
def one_of_each(publication: Publication) -> dict[PageKind, Route]:
    """One page of each kind, in the site's default language."""
    found: dict[PageKind, Route] = {}
    language = publication.dataset.site.default_language
    for route in routes(publication):
        if route.language == language:
            found.setdefault(route.kind, route)
    assert set(found) == set(PageKind), "the test world lacks a page of some kind"
    return found
