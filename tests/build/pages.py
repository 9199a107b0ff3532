"""Built HTML as tests look at it: through the standard library's parser, and none of the code that made it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
#: Attributes whose value the browser fetches by itself.
_FETCHED = frozenset({"src", "srcset", "poster", "data", "background", "manifest"})
#: Links in the head that are for reading about the page, not for showing it.
_NOT_FETCHED = frozenset({"canonical", "alternate", "prev", "next", "license", "author"})
_CSS_ADDRESS = re.compile(r"(?:url\(|@import)\s*['\"]?([^'\")\s;]+)")


@dataclass(frozen=True)
class Element:
    """One start tag."""

    name: str
    attributes: dict[str, str]


@dataclass(frozen=True)
class Words:
    """One stretch of text: what it says, the language that holds there, and the names of the elements around it."""

    text: str
    language: str
    inside: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass
class HtmlPage:
    """What a page says, offers and asks for."""

    elements: list[Element] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language of the whole page."""
        return self.of("html")[0].attributes.get("lang", "")

    @property
    def title(self) -> str:
        """The words in the browser's tab."""
        return "".join(
            words.text for words in self.words if words.inside[-1:] == ("title",) and "svg" not in words.inside
        )

    @property
    def anchors(self) -> set[str]:
        """Every id of the page."""
        return {element.attributes["id"] for element in self.elements if "id" in element.attributes}

    @property
    def text(self) -> str:
        """All words of the body, spaces made one."""
        said = "".join(words.text for words in self.words if "body" in words.inside)
        return re.sub(r"\s+", " ", said)

    def of(self, name: str) -> list[Element]:
        """Return the elements of one name."""
        return [element for element in self.elements if element.name == name]

    def with_class(self, name: str) -> list[str]:
        """Return the text of each stretch that stands in an element of a class."""
        return [words.text for words in self.words if name in words.classes]

    @property
    def links(self) -> list[str]:
        """Where a reader or a crawler can go from here."""
        found = [e.attributes["href"] for e in (*self.of("a"), *self.of("area")) if "href" in e.attributes]
        found += [e.attributes["href"] for e in self.of("link") if e.attributes.get("rel") in _NOT_FETCHED]
        found += [e.attributes["action"] for e in self.of("form") if "action" in e.attributes]
        for element in self.of("meta"):
            if element.attributes.get("http-equiv", "").lower() == "refresh":
                found.append(element.attributes["content"].partition("url=")[2])
        return found

    @property
    def fetched(self) -> list[str]:
        """What the browser asks for by itself when it shows the page."""
        found = [value for e in self.elements for key, value in e.attributes.items() if key in _FETCHED]
        found += [e.attributes["href"] for e in self.of("link") if e.attributes.get("rel") not in _NOT_FETCHED]
        found += [
            e.attributes[key]
            for e in (*self.of("use"), *self.of("image"))
            for key in ("href", "xlink:href")
            if key in e.attributes
        ]
        styles = [*self.styles, *(e.attributes["style"] for e in self.elements if "style" in e.attributes)]
        return found + [address for style in styles for address in _CSS_ADDRESS.findall(style)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = HtmlPage()
        self.open: list[tuple[str, str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        self.page.elements.append(Element(tag, attributes))
        if tag in _VOID:
            return
        # Where the end tag may be left out, a sibling closes it.
        if tag in ("li", "dt", "dd", "p", "tr", "td", "th", "option") and self.open and self.open[-1][0] == tag:
            self.open.pop()
        language = attributes.get("lang", self.open[-1][1] if self.open else "")
        classes = (*(self.open[-1][2] if self.open else ()), *attributes.get("class", "").split())
        self.open.append((tag, language, classes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        inside = tuple(name for name, _, _ in self.open)
        if inside[-1:] == ("script",):
            self.page.scripts.append(data)
        elif inside[-1:] == ("style",):
            self.page.styles.append(data)
        elif self.open:
            self.page.words.append(Words(data, self.open[-1][1], inside, self.open[-1][2]))


def read_html(text: str) -> HtmlPage:
    """Return what the HTML in ``text`` says."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


def html_pages(site: Path) -> dict[str, HtmlPage]:
    """Return every HTML file of a site by its path."""
    return {
        file.relative_to(site).as_posix(): read_html(file.read_text(encoding="utf-8"))
        for file in sorted(site.rglob("*.html"))
    }


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def resolve(root: str, page: str, href: str) -> tuple[str, str] | None:
    """Return (file below the site, anchor) that ``href`` on ``page`` leads to; None for elsewhere.

    ``page`` is a file's path; a reader sees it at its folder's address. What leads above ``root`` is elsewhere too.
    """
    here = urljoin(root, page.removesuffix("index.html"))
    parts = urlsplit(urljoin(here, href))
    base = urlsplit(root)
    if (parts.scheme, parts.netloc) != (base.scheme, base.netloc) or not parts.path.startswith(base.path):
        return None
    path = unquote(parts.path[len(base.path) :])
    if not path or path.endswith("/"):
        path = posixpath.join(path, "index.html")
    return path, unquote(parts.fragment)
