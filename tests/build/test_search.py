"""The search index of a built site: it holds every record, the same bytes each time, and nothing that nobody uses."""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from openplans.publication import Publication
from openplans.routes import PageKind, Route
from openplans.search_index import write_whole

from .conftest import Run, run
from .pages import HtmlPage, tree

LANGUAGES = ("lt", "lv", "en")
#: How much a page of the list of all titles may weigh, and an action's page.
INDEX_LIMIT, ACTION_LIMIT = 150_000, 18_000
WITHOUT_PAGEFIND = (
    *(sys.executable, "-c"),
    "import sys; sys.modules['pagefind_bin'] = None; from openplans.cli import main; main()",
)


@pytest.fixture(scope="module")
def found(built_site: Path) -> dict[str, dict[str, Any]]:
    """Return what the index knows of each page, by the page's address."""
    pieces = [
        json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        for file in (built_site / "pagefind" / "fragment").iterdir()
    ]
    return {piece["url"].removeprefix("/"): piece for piece in pieces}


def test_every_record_is_found_and_no_list_of_records_is(
    found: dict[str, dict[str, Any]], publication: Publication
) -> None:
    expected = {
        Route(PageKind(key.kind), language, key.organization, key.plan, key.item).path
        for key in publication.records
        for language in LANGUAGES
    }
    expected |= {f"{language}/{name}/" for language in LANGUAGES for name in ("glossary", "about")}
    assert set(found) == expected


def test_a_result_has_its_title_and_what_it_can_be_filtered_by(found: dict[str, dict[str, Any]]) -> None:
    action = found["lt/zalias-namas/two-years-2026/t-06-handbook/"]
    assert action["meta"] == {"title": "Parašyti atmintinę", "of": "ŽN", "when": "iki: 2027 m. balandžio 1 d."}
    assert action["filters"] == {"is": ["action|zalias-namas|zalias-namas/training|not_started overdue|2027"]}
    assert found["lt/kalnu-klubs/strategy-2025/k-04-water/"]["meta"]["lang"] == "lv"
    series = found["en/zalias-namas/events/club-evenings/"]
    assert series["filters"]["is"] == ["event|zalias-namas|||2027"]


def test_what_others_say_of_a_record_is_not_searched_on_its_page(found: dict[str, dict[str, Any]]) -> None:
    words = found["en/zalias-namas/two-years-2026/t-06-handbook/"]["content"]
    assert words.startswith("Write a leaflet.")
    # Labels, neighbours, the section's own words, what is filtered by.
    for other in ("Responsible", "Next", "Trainings & teachers", "not started", "Source", "The wording is our own"):
        assert other not in words
    plan = found["en/zalias-namas/two-years-2026/"]["content"]
    assert "What the union will do" in plan and "Relations with schools" not in plan


def test_the_same_pages_give_the_same_index(built_site: Path, tmp_path: Path) -> None:
    shutil.copytree(built_site, tmp_path / "site", ignore=shutil.ignore_patterns("pagefind", "calendars", "badges"))
    write_whole(tmp_path / "site", tmp_path / "site" / "pagefind", ("lt", "lv", "en"))
    assert tree(tmp_path / "site" / "pagefind") == tree(built_site / "pagefind")


def test_nothing_is_published_that_no_page_uses(built_site: Path) -> None:
    files = [path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file()]
    unused = ("assets/javascripts/", "assets/images/", "pagefind/playground/")
    assert [path for path in files if path.endswith(".map") or path.startswith(unused)] == []
    assert [path for path in files if path.startswith("pagefind/") and path.endswith((".css", ".js"))] == [
        "pagefind/pagefind.js"
    ]
    code = [path for path in files if path.endswith((".js", ".css"))]
    assert len(code) > 5
    assert [path for path in code if b"sourceMappingURL" in (built_site / path).read_bytes()] == []


def test_without_the_search_the_way_to_it_leads_to_all_titles(
    openplans: Run, project: Path, small_world: Path, small_site: Path, tmp_path: Path
) -> None:
    done = openplans(
        *("build", "--config", project, "--data", small_world, "--out", tmp_path / "site"),
        *("--today", "2027-05-01", "--no-search"),
    )
    assert done.returncode == 0, done.stderr
    before, after = tree(small_site), tree(tmp_path / "site")
    assert {path for path in before if path not in after} == {path for path in before if path.startswith("pagefind/")}
    page, other = (pages["lt/kalnas/kopti/pirmas/index.html"].decode() for pages in (before, after))
    assert '<a class="op-find" href="../../../search/"><span>Paieška</span></a>' in page
    assert '<a class="op-find" href="../../../index/"><span>Abėcėlinė rodyklė</span></a>' in other


def test_a_missing_program_is_named_and_nothing_is_published(project: Path, small_world: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    done = run(WITHOUT_PAGEFIND, ("build", "--config", project, "--data", small_world, "--out", out), {})
    said = done.stdout + done.stderr
    assert done.returncode == 3, said
    assert "Pagefind" in said and "--no-search" in said and "Traceback" not in said
    assert not out.exists()


def test_all_titles_are_listed_once_in_each_language(pages: dict[str, HtmlPage], publication: Publication) -> None:
    for language in LANGUAGES:
        page = pages[f"{language}/index/index.html"]
        links = [e.attributes["href"] for e in page.of("a") if e.attributes["href"].startswith("../")]
        for key in publication.records:
            path = Route(PageKind(key.kind), language, key.organization, key.plan, key.item).path
            target = "../" + path.removeprefix(f"{language}/")
            assert target in links, path


def test_the_new_pages_are_light(built_site: Path) -> None:
    for language in LANGUAGES:
        assert (built_site / language / "index/index.html").stat().st_size < INDEX_LIMIT
        page = built_site / language / "zalias-namas/two-years-2026/t-06-handbook/index.html"
        assert page.stat().st_size < ACTION_LIMIT
