"""What the elements of a page refer to and offer, and where a link leads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

#: An element with attributes; most have none, and say nothing that is looked for here.
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)+)\s*/?>")
_ATTRIBUTE = re.compile(r"([^\s=>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
#: Attributes whose value the browser fetches by itself; a link that the reader follows may leave the site.
_FETCHED = {"src", "srcset", "poster", "data"}
#: A link as ours are: up some folders, then plain words, with an anchor or without.
_PLAIN_LINK = re.compile(r"((?:\.\./)*)((?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?)(?:#([\w.~-]*))?", re.ASCII)
_WATCHED = re.compile(r"(?i)\b(?:id|href|lang|src|srcset|poster|data)\s*=")


class Element(NamedTuple):
    """What one element refers to and offers."""

    anchor: str
    links: tuple[str, ...]
    fetched: tuple[str, ...]
    language: str


def elements_of(html: str) -> Iterator[Element]:
    """Yield the elements of a page that refer to something, have an anchor, or tell the page's language."""
    # In a page that is well-formed no tag goes on over a line that begins with another.
    for piece in html.split("\n<"):
        yield from _said_in("<" + piece)


@lru_cache(maxsize=1 << 13)
def _said_in(piece: str) -> tuple[Element, ...]:
    """Return what the elements of a piece of a page refer to and offer; pages of a site share most of their pieces."""
    return tuple(said for tag, raw in _TAG.findall(piece) if (said := _said_by(tag, raw)) is not None)


@lru_cache(maxsize=1 << 14)
def _said_by(tag: str, raw: str) -> Element | None:
    """Return what one element refers to and offers; None for most."""
    if not _WATCHED.search(raw):
        return None
    name = tag.lower()
    attributes = {key.lower(): unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(raw)}
    links: list[str] = []
    fetched: list[str] = []
    if name in ("a", "area") and "href" in attributes:
        links.append(attributes["href"])
    elif name == "link" and "href" in attributes:
        is_followed = not {"canonical", "alternate", "prev", "next"}.isdisjoint(attributes.get("rel", "").split())
        (links if is_followed else fetched).append(attributes["href"])
    fetched.extend(value for key, value in attributes.items() if key in _FETCHED and name != "a")
    language = attributes.get("lang", "") if name == "html" else ""
    return Element(attributes.get("id", ""), tuple(links), tuple(fetched), language)


def aim_of(href: str, folder: str, prefix: str) -> tuple[str, str, bool] | None:
    """Return the file and the anchor that a link in a folder leads to, and whether it names a folder.

    None for a link that leaves the site; the file is empty for a link inside the page.
    """
    plain = _PLAIN_LINK.fullmatch(href)
    if plain is None or href[:1] in ("", "#"):
        return aim_of_any(href, folder, prefix)
    # Nearly all links are so; the general way comes to the same, ten times slower.
    up, down, anchor = plain.groups("")
    base = f"{folder}/" if folder else ""
    for _ in range(len(up) // 3):
        if not base:
            return aim_of_any(href, folder, prefix)
        base = base[: base.rfind("/", 0, -1) + 1]
    target = base + down
    is_folder = not down or down.endswith("/")
    return (target + "index.html" if is_folder else target), anchor, is_folder


def aim_of_any(href: str, folder: str, prefix: str) -> tuple[str, str, bool] | None:
    """Return what :func:`aim_of` does, for any link at all (RFC 3986)."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return "", fragment, False
    if path.startswith("/"):
        # Only the page for missing addresses speaks from the root: it does not know where it is shown.
        target = path.removeprefix(prefix).lstrip("/")
    else:
        target = posixpath.normpath(posixpath.join(folder, path))
    if path.endswith("/") or target in ("", "."):
        return posixpath.normpath(posixpath.join(target, "index.html")), fragment, True
    return target, fragment, False
