"""Several search indexes answer as one does: the same pages, the same numbers, the same filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import every
from openplans.routes import PageKind, Route
from playwright.sync_api import Browser, Page, expect

from .conftest import served
from .reader import Visit

WORLD = Path(__file__).parents[1] / "golden" / "data"
ORGANIZATIONS = ("kalnu-klubs", "zalias-namas")
#: Words in several forms and without diacritics, words of one organization only, several words, words in quotation
#: marks, what is nowhere, and filters alone or with words.
QUERIES = {
    "lt": [
        "?q=atmintinės",
        "?q=ATMINTINE",
        "?q=parasyti atmintinei",
        "?q=mokyklų",
        "?q=mokymai",
        "?q=kalnų",
        "?q=taryb",
    ],
    "lv": ["?q=atgādnes", "?q=uzrakstit atgadne", "?q=apmācības", "?q=skolēni", "?kind=event"],
    "en": [
        "?q=leaflets",
        '?q="writing"',
        "?q=xqzzt",
        "?kind=action&status=done",
        "?q=training&organization=zalias-namas",
    ],
}


@pytest.fixture(scope="module")
def sites(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the world's site twice: with one index, and with one for each shard and one for the rest."""
    from publish import build_site  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("searched")
    common = {"today": "2027-05-01", "base_url": "https://plans.example/sub/", "cache": False}
    shards = []
    for name in ORGANIZATIONS:
        shards.append(str(folder / name))
        assert build_site(project, folder / name, {**common, "only": (name,), "shard_search": True}) == 0
    assert build_site(project, folder / "one", {**common, "shards": tuple(shards)}) == 0
    assert build_site(project, folder / "several", {**common, "shards": tuple(shards), "search_by_shard": True}) == 0
    return {"one": folder / "one", "several": folder / "several"}


@pytest.fixture(scope="module")
def ask(browser: Browser, sites: dict[str, Path]) -> Iterator[Callable[[str, str], dict[str, object]]]:
    """Return ``ask(language, query)``: the answers of both sites, by name."""
    with served(sites["one"]) as one, served(sites["several"]) as several:
        windows = {"one": Visit(browser.new_page(), one), "several": Visit(browser.new_page(), several)}

        def both(language: str, query: str) -> dict[str, object]:
            return {name: answer(window, language, query) for name, window in windows.items()}

        yield both
        for window in windows.values():
            assert window.complaints == []
            window.page.close()


def answer(window: Visit, language: str, query: str) -> object:
    """Return the number that the page tells, and every page that it finds with its words, in any order."""
    words, _, filters = query.removeprefix("?").partition("&") if "q=" in query else ("", "", query.removeprefix("?"))
    address = "&".join(part for part in (words and f"q={quote(words.removeprefix('q='))}", filters) if part)
    page = window.open(f"{Route(PageKind.SEARCH, language).path}?{address}")
    expect(page.locator(".op-search")).to_be_visible()
    expect(page.locator(".op-found-count")).not_to_be_empty()
    show_all(page)
    found = page.locator(".op-found > li").evaluate_all(
        "items => items.map(item => [new URL(item.querySelector('a').href).pathname, item.textContent])"
    )
    return page.locator(".op-found-count").text_content(), sorted(found)


def show_all(page: Page) -> None:
    """Ask for more results until there are no more."""
    expect(page.locator(".op-found")).to_have_attribute("aria-busy", "false")
    while page.locator(".op-found-more").is_visible():
        count = page.locator(".op-found > li").count()
        page.locator(".op-found-more").click()
        page.wait_for_function("n => document.querySelectorAll('.op-found > li').length > n", arg=count)
        expect(page.locator(".op-found")).to_have_attribute("aria-busy", "false")


@pytest.mark.parametrize(
    ("language", "query"), every(3, [(code, query) for code in QUERIES for query in QUERIES[code]])
)
def test_several_indexes_find_what_one_finds(
    language: str, query: str, ask: Callable[[str, str], dict[str, object]]
) -> None:
    answers = ask(language, query)
    assert answers["several"] == answers["one"]
    if "xqzzt" not in query:
        assert answers["one"][1], "nothing is found, so nothing is compared"  # type: ignore[index]


def test_each_index_lies_in_a_folder_that_the_page_names(sites: dict[str, Path]) -> None:
    page = (sites["several"] / "en/search/index.html").read_text(encoding="utf-8")
    folders = [path for path in (sites["several"] / "pagefind").iterdir() if (path / "pagefind-entry.json").is_file()]
    assert len(folders) == len(ORGANIZATIONS)
    assert all(f'"{folder.name}"' in page for folder in folders)
    assert '"indexes"' not in (sites["one"] / "en/search/index.html").read_text(encoding="utf-8")
