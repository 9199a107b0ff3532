"""Text from a field to safe HTML: escaped, abbreviations explained, a small Markdown subset where a field allows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape

import nh3
from markdown import Markdown
from markupsafe import Markup, escape

_TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "br", "code"}
_ATTRIBUTES = {"a": {"href"}}
_SCHEMES = {"https", "mailto", "tel"}
_MARKED = re.compile(r"[*_`\[\]<>&#]|^\s*[-+\d]", re.MULTILINE)
#: What takes Markdown's parser minutes or all of its stack, and what no text written for readers holds.
_BRACKET_LIMIT = 200
_TOO_DEEP = re.compile(r"^(?:[ \t]*(?:[-+*>]|\d+\.)){8}|^[ \t]{32}", re.MULTILINE)


@dataclass(frozen=True)
class Abbreviations:
    """Terms with their expansions in one language, found in running text."""

    expansions: Mapping[str, str]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, expansions: Mapping[str, str]) -> Abbreviations:
        """Make the finder; longer terms win over shorter ones."""
        terms = sorted(expansions, key=lambda term: (-len(term), term))
        if not terms:
            return cls({}, None)
        return cls(dict(expansions), re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, terms)) + r")(?!\w)"))


NONE = Abbreviations({}, None)


def inline_html(text: str, abbreviations: Abbreviations = NONE) -> Markup:
    """Return plain text as HTML: everything escaped, each known abbreviation explained once."""
    if abbreviations.pattern is None:
        return escape(text)
    pieces: list[str] = []
    seen: set[str] = set()
    end = 0
    for match in abbreviations.pattern.finditer(text):
        term = match[1]
        pieces.append(str(escape(text[end : match.start()])))
        end = match.end()
        if term in seen:
            pieces.append(str(escape(term)))
        else:
            seen.add(term)
            pieces.append(f'<abbr title="{escape(abbreviations.expansions[term])}">{escape(term)}</abbr>')
    pieces.append(str(escape(text[end:])))
    return Markup("".join(pieces))


def block_html(text: str) -> Markup:
    """Return text of a field that allows a little Markdown as paragraphs, lists and safe links."""
    if not _MARKED.search(text) or text.count("[") > _BRACKET_LIMIT or _TOO_DEEP.search(text):
        paragraphs = (escape(part.strip()) for part in text.split("\n\n") if part.strip())
        return Markup("").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs)
    converter = _converter()
    html = converter.reset().convert(text)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_full_links,
        url_schemes=_SCHEMES,
        link_rel="noopener",
    )
    return Markup(clean)


def plain_text(text: str) -> str:
    """Return such a text as readers see it where there is no HTML: without marks, addresses after what they name."""
    html = re.sub(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', r"\2 (\1)", str(block_html(text)), flags=re.DOTALL)
    lines = re.sub(r"<li>\s*", "\n– ", re.sub(r"</p>\s*<p>|<br ?/?>", "\n", html))
    return re.sub(r"\n{2,}", "\n", unescape(re.sub(r"<[^>]*>", "", lines))).strip()


def _only_full_links(tag: str, name: str, value: str) -> str | None:
    """Drop addresses without one of the schemes (they would lead elsewhere from another page), and titles."""
    is_full = name == "href" and value.split(":", 1)[0].lower() in _SCHEMES
    return value if is_full or name == "rel" else None


@cache
def _converter() -> Markdown:
    """One converter for all fields: building it costs more than using it."""
    converter = Markdown(output_format="html")
    # Raw HTML and headings have no place in a field; without these processors they stay text.
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    for name in ("hashheader", "setextheader", "hr", "code", "reference"):
        converter.parser.blockprocessors.deregister(name, strict=False)
    return converter
