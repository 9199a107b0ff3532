"""Texts that try to be code stay texts, in every page and file, even when no check has looked at them.

The world is built a second time with all its texts made hostile and with the rules for texts switched off, so that
what is tested is the printing alone. Nothing but words may differ from the first site.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from events.linter import complaints, components, unfolded

from .conftest import run
from .pages import HtmlPage, html_pages

#: Ends of every place that text is printed in, followed by something that would act there.
HOSTILE = (
    " </title><script>alert(7)</script>"
    '"><img src=//evil.example/a onerror=alert(7)>'
    "' onfocus='alert(7)' x='"
    '" onmouseover="alert(7)" x="'
    " --><svg onload=alert(7)>]]><iframe src=//evil.example/b>"
    "</textarea></style></script><style>@import '//evil.example/c';</style>"
    " [a](javascript:alert(7)) ![b](//evil.example/d) <javascript:alert(7)> <https://evil.example/e>"
    " {{ 7 * 191 }} {% raw %} &lt;script&gt; &#60;script&#62;"
    "\nEND:VEVENT\nBEGIN:VALARM\nATTACH:https://evil.example/f\nEND:VALARM\n=HYPERLINK(1)"
)
#: Keys whose values are free text, whether or not they hold several languages.
FREE = {
    *("lt", "lv", "en", "title", "name", "text", "description", "vision", "acronym"),
    *("as_written", "period_as_written", "number", "section"),
}
WITHOUT_CHECKS = (
    *(sys.executable, "-c"),
    "import openplans.checks as c; c.check = lambda loading: (); from openplans.cli import main; main()",
)
#: What Markdown may make of a text; everything else must be as it was.
FROM_MARKDOWN = {"p", "em", "strong", "ul", "ol", "li", "br", "code", "a"}


def poisoned(value: Any, key: str = "") -> Any:
    """Return a copy of a file's content with something hostile after each free text."""
    if key == "translations":
        return value
    if isinstance(value, dict):
        return {name: poisoned(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, "lt" if key in ("columns", "aims", "basis") else "") for item in value]
    return value + HOSTILE if key in FREE else value


@pytest.fixture(scope="module")
def hostile_site(world: Path, project: Path, once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Return the site of the hostile world."""

    def make(folder: Path) -> None:
        data = folder / "data"
        for file in world.rglob("*.yml"):
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
            target = data / file.relative_to(world)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(yaml.safe_dump(poisoned(content), allow_unicode=True), encoding="utf-8")
        where = ("--config", project, "--data", data, "--out", folder / "site")
        when = ("--today", "2027-05-01", "--base-url", "https://plans.example/sub/")
        done = run(WITHOUT_CHECKS, ("build", *where, *when), {})
        assert done.returncode == 0, done.stdout + done.stderr

    return once("hostile", make) / "site"


@pytest.fixture(scope="module")
def hostile_pages(hostile_site: Path) -> dict[str, HtmlPage]:
    """Return every page of the hostile world."""
    return html_pages(hostile_site)


def test_the_hostile_world_has_the_same_addresses(built_site: Path, hostile_site: Path) -> None:
    def addresses(site: Path) -> set[str]:
        # The search index names its pieces after what is in them.
        paths = {path.relative_to(site).as_posix() for path in site.rglob("*")}
        return {path for path in paths if not path.startswith("pagefind/")}

    assert addresses(hostile_site) == addresses(built_site)


def test_hostile_words_are_printed_as_words(hostile_pages: dict[str, HtmlPage]) -> None:
    wanted = re.sub(r"\s+", " ", HOSTILE)
    page = hostile_pages["lt/zalias-namas/two-years-2026/t-06-handbook/index.html"]
    heading = "".join(words.text for words in page.words if "h1" in words.inside)
    assert re.sub(r"\s+", " ", heading) == "Parašyti atmintinę" + wanted
    assert re.sub(r"\s+", " ", page.title).startswith("Parašyti atmintinę" + wanted)
    home = hostile_pages["lv/index.html"]
    assert "Skolēnu savienība “Zaļais nams”" + wanted in home.text


def test_hostile_words_make_no_element_and_no_attribute(
    pages: dict[str, HtmlPage], hostile_pages: dict[str, HtmlPage]
) -> None:
    wrong = []
    for path, page in pages.items():
        old, new = (
            Counter(
                (element.name, *sorted(element.attributes))
                for element in p.elements
                if element.name not in FROM_MARKDOWN
            )
            for p in (page, hostile_pages[path])
        )
        if old != new:
            wrong.append((path, new - old, old - new))
    assert wrong == []


def test_hostile_words_make_nothing_live(pages: dict[str, HtmlPage], hostile_pages: dict[str, HtmlPage]) -> None:
    wrong: list[tuple[str, str]] = []
    for path, page in hostile_pages.items():
        for element in page.elements:
            wrong += [
                (path, name) for name in element.attributes if name.startswith("on") or name in ("srcdoc", "style")
            ]
            for name in ("href", "src", "action", "formaction", "xlink:href", "data"):
                scheme = urlsplit(element.attributes.get(name, "")).scheme
                if scheme not in ("", "https", "mailto", "tel", "webcal"):
                    wrong.append((path, element.attributes[name]))
        wrong += [(path, address) for address in page.fetched if "evil" in address]
        wrong += [(path, style) for style in page.styles if style not in pages[path].styles]
        # A script may hold data of ours, and then it is JSON and nothing else.
        wrong += [
            (path, script)
            for script in page.scripts
            if script not in pages[path].scripts and json.loads(script) is None
        ]
    assert wrong == []


def test_hostile_words_lead_nowhere_but_where_a_writer_may_link(hostile_pages: dict[str, HtmlPage]) -> None:
    links = {href for page in hostile_pages.values() for href in page.links}
    # An address in angle brackets is a link of the small Markdown; nothing else may have become one.
    assert {href for href in links if "evil" in urlsplit(href).netloc} <= {"https://evil.example/e"}


def test_no_template_language_is_run_in_texts(hostile_pages: dict[str, HtmlPage]) -> None:
    assert [path for path, page in hostile_pages.items() if "1337" in page.text] == []


def test_hostile_words_are_only_words_in_xml(built_site: Path, hostile_site: Path) -> None:
    files = [path for path in hostile_site.rglob("*") if path.suffix in (".svg", ".xml")]
    assert len(files) > 50
    for file in files:
        old, new = (
            [(element.tag, *sorted(element.attrib)) for element in ElementTree.fromstring(path.read_bytes()).iter()]
            for path in (built_site / file.relative_to(hostile_site), file)
        )
        assert new == old, file
        assert not [
            tag for tag, *_ in new if tag.rpartition("}")[2] in ("script", "foreignObject", "image", "use", "a")
        ]


def test_hostile_words_are_only_words_in_json(hostile_site: Path) -> None:
    found = 0
    for file in (hostile_site / "api").rglob("*.json"):
        json.loads(file.read_bytes())
        found += "alert(7)" in file.read_text(encoding="utf-8")
    assert found >= 4


def test_hostile_words_are_only_words_in_calendars(built_site: Path, hostile_site: Path) -> None:
    for file in sorted((hostile_site / "calendars").rglob("*.ics")):
        content = file.read_bytes()
        assert complaints(content) == [], file
        assert not [line for line in unfolded(content) if line.startswith(("BEGIN:VALARM", "ATTACH", "ACTION"))]
        before = (built_site / file.relative_to(hostile_site)).read_bytes()
        events, events_before = (list(components(unfolded(found), "VEVENT")) for found in (content, before))
        assert len(events) == len(events_before)


def test_hostile_words_start_no_formula_in_tables(hostile_site: Path) -> None:
    for file in (hostile_site / "data").rglob("*.csv"):
        assert not re.search(r'(?:^|[,"\r\n])[=+@]\w', file.read_text(encoding="utf-8").replace("\n=HYPERLINK", "")), (
            file
        )


def test_the_real_checks_refuse_the_hostile_world(hostile_site: Path) -> None:
    done = run(
        (sys.executable, "-c", "from openplans.cli import main; main()"),
        ("check", "--data", hostile_site.parent / "data", "--format", "json"),
        {},
    )
    assert done.returncode == 1
    codes = {problem["code"] for problem in json.loads(done.stdout)}
    assert {"OP801", "OP802"} <= codes
