"""The built site of the events' world as trees of elements, so that tests can ask what stands in what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder

from build.pages import resolve

from .conftest import EVENT_URL

_VOID = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta"])
#: Elements whose end tag may be left out: the next of a kind ends them.
_ENDED_BY_THE_NEXT = frozenset(["li", "dt", "dd", "p", "tr", "td", "th"])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.builder.start("page", {})
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.open and self.open[-1] == tag in _ENDED_BY_THE_NEXT:
            self.builder.end(self.open.pop())
        self.builder.start(tag, {key: value or "" for key, value in attrs})
        if tag in _VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {key: value or "" for key, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open:
            self.builder.end(self.open[-1])
            if self.open.pop() == tag:
                break

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def tree_of(text: str) -> Element:
    """Return the elements of an HTML document, or of a part of one, below an element ``page``."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    while reader.open:
        reader.builder.end(reader.open.pop())
    reader.builder.end("page")
    return reader.builder.close()


def has_class(element: Element, name: str) -> bool:
    """Tell whether an element has a class."""
    return name in element.get("class", "").split()


def with_class(root: Element, name: str) -> list[Element]:
    """Return the elements of a class, in the order of the page."""
    return [element for element in root.iter() if has_class(element, name)]


def words(element: Element) -> str:
    """Return what an element says, spaces made one."""
    return " ".join("".join(element.itertext()).split())


@dataclass(frozen=True)
class Row:
    """One event in a list."""

    #: The page that its title leads to, without the language: the same as ``Known.address``.
    address: str
    #: What machines read of its time; None without a ``<time>``.
    machine_time: str | None
    #: The id of the heading above it.
    anchor: str
    text: str
    element: Element


@dataclass
class Built:
    """The site in a folder; each page is read once."""

    folder: Path
    _pages: dict[str, Element] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """Tell whether there is a file."""
        return (self.folder / path).is_file()

    def text(self, path: str) -> str:
        """Return the text of a file."""
        return (self.folder / path).read_text(encoding="utf-8")

    def page(self, address: str) -> Element:
        """Return the page at an address that ends with a slash: the whole of it."""
        return self._read(address, is_whole=True)

    def article(self, address: str) -> Element:
        """Return what a page says, without the site's header, navigation and footer."""
        return self._read(address, is_whole=False)

    def _read(self, address: str, *, is_whole: bool) -> Element:
        key = f"{address} {is_whole}"
        if key not in self._pages:
            text = self.text(f"{address}index.html")
            self._pages[key] = tree_of(text if is_whole else text[text.index("<article") : text.rindex("</article>")])
        return self._pages[key]

    def target(self, address: str, href: str) -> str | None:
        """Return the path of the file that a link on a page leads to; None if there is no such file in the site."""
        found = resolve(EVENT_URL, f"{address}index.html", href)
        return found[0] if found is not None and self.has(found[0]) else None

    def rows(self, address: str, root: Element | None = None) -> list[Row]:
        """Return the events listed on a page, or in one part of it."""
        return list(self._rows(address, self.article(address) if root is None else root))

    def _rows(self, address: str, root: Element) -> Iterator[Row]:
        language, anchor = address.partition("/")[0], ""
        for element in root.iter():
            if element.tag in ("h2", "h3"):
                anchor = element.get("id", "")
            if element.tag != "li" or not has_class(element, "h-event"):
                continue
            link = with_class(element, "u-url")[0]
            target = self.target(address, link.get("href", ""))
            assert target is not None, f"{address}: {link.get('href')}"
            time = element.find(".//time")
            found = None if time is None else time.get("datetime", "")
            page = target.removeprefix(f"{language}/").removesuffix("index.html")
            yield Row(page, found, anchor, words(element), element)

    def coming(self, address: str) -> list[Row]:
        """Return the events that a page lists as coming."""
        return self.rows(address, with_class(self.article(address), "op-coming")[0])

    def past(self, address: str) -> list[Row]:
        """Return the events that a page lists as past, below those to come."""
        coming = {id(row.element) for row in self.coming(address)}
        return [row for row in self.rows(address) if id(row.element) not in coming]
