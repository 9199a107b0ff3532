"""Text of a field becomes safe HTML: nothing that somebody writes runs, loads or takes the page apart."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openplans.markdown_field import NONE, Abbreviations, block_html, inline_html
from openplans.model.scalars import TEXT_LIMIT, require_text
from pydantic_core import PydanticCustomError

ALLOWED = {"p", "em", "strong", "ul", "ol", "li", "a", "br", "code"}
PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//e>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><set attributeName=href to=javascript:alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<iframe srcdoc="<script>alert(1)</script>">',
    "<base href=//e>",
    "<meta http-equiv=refresh content=0>",
    "<form action=//e><button>",
    "<style>@import '//e'</style>",
    '<p style="position:fixed" id=__config>',
    "<a name=__search>x</a>",
    "<!-- hidden --> shown <!-- open",
    "</p></div></main></body>",
    "</title><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<x/onclick=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVa&#x09;Script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:alert(1))",
    "[x](file:///etc/passwd)",
    "[x](blob:https://e)",
    "[x](//evil.example)",
    "[x](http://plain.example)",
    "[x](relative)",
    "<javascript:alert(2)>",
    "![x](https://evil.example/x.png)",
    "![x](javascript:alert(1))",
    '![x](x"onerror="alert(1))',
    '[x](https://e "onclick=alert(1)")',
    '[x](https://e" onmouseover="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "text {: onclick=alert(1) }",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "# Heading\n\nHeading\n=======\n\n---",
    "{{ config }} {% include 'x' %} {# x #}",
    '--8<-- "/etc/passwd"\n!include x\n{!file!}',
    "\u0002klzzwxh:0000\u0003",
    "wzxhzdk:0",
    "\"' onmouseover=alert(1) x='\"",
]


class Reader(HTMLParser):
    """Collects the elements, their attributes and the text of a fragment, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.words += data

    def handle_comment(self, data: str) -> None:
        """Refuse what a reader would not see."""
        raise AssertionError(f"a comment: {data}")


def read(html: str) -> Reader:
    """Return what a fragment holds."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def assert_harmless(html: str) -> None:
    """Fail if a fragment holds anything but the few allowed elements and safe links."""
    for tag, attributes in read(html).tags:
        assert tag in ALLOWED, html
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set()), html
        assert re.match(r"(https|mailto|tel):|$", attributes.get("href") or ""), html


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("around", ["{}", "- {}", "**{}**", "Žodis {} žodis", "[{}](https://pavyzdys.example)"])
def test_no_payload_comes_alive_in_a_block(payload: str, around: str) -> None:
    assert_harmless(str(block_html(around.format(payload))))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_comes_alive_in_a_line(payload: str) -> None:
    explained = Abbreviations.of({"x": payload, "script": payload})
    for html in (inline_html(payload), inline_html(payload, explained)):
        reader = read(str(html))
        assert {tag for tag, _ in reader.tags} <= {"abbr"}
        assert all(set(attributes) == {"title"} for _, attributes in reader.tags)
        assert reader.words == payload


@given(st.text(alphabet="<>&\"'[]()!*_`#-+1. \n\t\\:/ajsx=žk", max_size=60))
def test_no_text_comes_alive_and_none_fails(text: str) -> None:
    assert_harmless(str(block_html(text)))
    assert unescape(str(inline_html(text))) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Pirma\n\nAntra", "<p>Pirma</p><p>Antra</p>"),
        ("a < b & „c“", "<p>a &lt; b &amp; „c“</p>"),
        ("**Labai** *svarbu*", "<p><strong>Labai</strong> <em>svarbu</em></p>"),
        ("**a** <i>b</i>", "<p><strong>a</strong> &lt;i&gt;b&lt;/i&gt;</p>"),
        ("<div>\n*a*\n</div>", "<p>&lt;div&gt;\n<em>a</em>\n&lt;/div&gt;</p>"),
        ("# *a*\n\nb\n===\n\n---", "<p># <em>a</em></p>\n<p>b\n===</p>\n<p>---</p>"),
        ("- vienas\n- du", "<ul>\n<li>vienas</li>\n<li>du</li>\n</ul>"),
        (
            "[Svetainė](https://pavyzdys.example/?a=1&b=2)",
            '<p><a href="https://pavyzdys.example/?a=1&amp;b=2" rel="noopener">Svetainė</a></p>',
        ),
        ("[x](//pavyzdys.example) [y](toliau)", '<p><a rel="noopener">x</a> <a rel="noopener">y</a></p>'),
        ("", ""),
    ],
)
def test_a_little_markdown_works(text: str, html: str) -> None:
    assert block_html(text) == html


BOMBS = [
    "[",
    "![",
    "[a](",
    "<![",
    "<a ",
    "<!--",
    "<",
    "`",
    "`a``",
    "*",
    "*_",
    "**a",
    "_",
    "__*",
    ">",
    "> ",
    "- ",
    "1. ",
    "+ - * ",
    "\t- a\n",
    "&#",
    "\\",
    "<div>",
    "[a](https://e.example) ",
    ")[",
    "  \n",
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_the_longest_text_of_any_sign_is_rendered_harmlessly(bomb: str) -> None:
    html = str(block_html((bomb * TEXT_LIMIT)[:TEXT_LIMIT]))
    assert_harmless(html)
    assert block_html("- a") == "<ul>\n<li>a</li>\n</ul>", "what was rendered before must leave no trace"


@pytest.mark.parametrize("bomb", ["[", "![", "<![", "- ", "1. ", ">", "\t" * 32 + "- "])
def test_what_would_take_the_parser_too_long_never_reaches_it(bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AssertionError("the parser was asked")

    monkeypatch.setattr("openplans.markdown_field._converter", fail)
    assert read(str(block_html((bomb * TEXT_LIMIT)[:TEXT_LIMIT]))).words.strip()


def test_lists_within_lists_nest_as_far_as_anybody_needs() -> None:
    html = block_html("\n".join("    " * depth + "- a" for depth in range(7)))
    assert html.count("<ul>") == 7


def test_longer_texts_never_come_this_far() -> None:
    assert require_text("a" * TEXT_LIMIT) == "a" * TEXT_LIMIT
    with pytest.raises(PydanticCustomError):
        require_text("a" * (TEXT_LIMIT + 1))


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("NF vyks, NF bus.", '<abbr title="Narių forumas">NF</abbr> vyks, NF bus.'),
        ("NFX ir a-NF", "NFX ir a-NF"),
        ("NF-ui", '<abbr title="Narių forumas">NF</abbr>-ui'),
        ("LMS NF", '<abbr title="Visa">LMS NF</abbr>'),
        ("<NF>", '&lt;<abbr title="Narių forumas">NF</abbr>&gt;'),
    ],
)
def test_an_abbreviation_is_explained_once_where_it_stands_alone(text: str, explained: str) -> None:
    assert inline_html(text, Abbreviations.of({"NF": "Narių forumas", "LMS NF": "Visa"})) == explained


def test_without_a_glossary_a_line_is_only_escaped() -> None:
    assert inline_html("NF & <b>", NONE) == inline_html("NF & <b>", Abbreviations.of({})) == "NF &amp; &lt;b&gt;"
