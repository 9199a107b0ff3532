"""Addresses of the built world: all are there, none is too many, and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from openplans.publication import Publication
from openplans.routes import Route, alternates, routes
from openplans.views import view_of

from .pages import HtmlPage, html_pages, resolve

LANGUAGES = ("lt", "lv", "en")
#: Where the finished folder may be put: a host of its own, or a folder of one.
ROOTS = ("https://host.example/", "https://host.example/plans/", "https://host.example/a/b/c/")
HAND_WRITTEN = {f"{language}/about/index.html" for language in LANGUAGES}
REDIRECTS = {
    "zalias-namas/two-years": "zalias-namas/two-years-2026",
    "zalias-namas/two-years/first": "zalias-namas/two-years-2026/t-01-first-training",
    "kalnu-klubs/nometne": "kalnu-klubs/events/winter-camp",
}
MOVED = {
    f"{language}/{old}/index.html": f"{language}/{new}/" for language in LANGUAGES for old, new in REDIRECTS.items()
}
#: Chooser, missing page, redirects: pages that have no frame of their own.
ODD = {"index.html", "404.html", *MOVED}


def file_of(route: Route) -> str:
    """Return the file that a page is in."""
    return f"{route.path}index.html"


def test_the_pages_are_the_routes_the_redirects_and_those_written_by_hand(
    pages: dict[str, HtmlPage], publication: Publication
) -> None:
    expected = {file_of(route) for route in routes(publication)} | HAND_WRITTEN | set(MOVED) | {"404.html"}
    assert set(pages) - expected == set()
    assert expected - set(pages) == set()


def test_every_data_file_has_its_page_in_every_language(pages: dict[str, HtmlPage], world: Path) -> None:
    expected = set()
    for file in sorted((world / "organizations").rglob("*.yml")):
        organization, *rest = file.relative_to(world / "organizations").with_suffix("").parts
        match rest:
            case ["organization"]:
                where = organization
            case ["committees" | "events" as kind, item]:
                where = f"{organization}/{kind}/{item}"
            case ["plans", plan, "plan"]:
                where = f"{organization}/{plan}"
            case ["plans", plan, "actions", _, action]:
                where = f"{organization}/{plan}/{action}"
            case _:
                raise AssertionError(file)
        expected |= {f"{language}/{where}/index.html" for language in LANGUAGES}
    assert len(expected) == 3 * len(list((world / "organizations").rglob("*.yml")))
    assert expected - set(pages) == set()


def test_every_page_has_the_language_and_the_title_of_its_view(
    pages: dict[str, HtmlPage], publication: Publication
) -> None:
    wrong = []
    for route in routes(publication):
        page, view = pages[file_of(route)], view_of(route, publication)
        if page.language != route.language or page.title.strip() != view.page.title:
            wrong.append((route.path, page.language, page.title))
    assert wrong == []


def is_document(path: str) -> bool:
    """Tell whether a page is a sheet to print or a list for other sites: outside the layout, and not for search."""
    return path.endswith(("/poster/index.html", "/copy/index.html")) or path.split("/")[1:2] == ["embed"]


def test_every_page_has_one_main_heading_and_a_description(pages: dict[str, HtmlPage]) -> None:
    wrong = [
        path
        for path, page in pages.items()
        if path not in MOVED
        and not is_document(path)
        and (len(page.of("h1")) != 1 or (path != "404.html" and not _description(page) and path not in HAND_WRITTEN))
    ]
    assert wrong == []


def _description(page: HtmlPage) -> str:
    return next((e.attributes["content"] for e in page.of("meta") if e.attributes.get("name") == "description"), "")


def test_titles_are_different_within_a_language(pages: dict[str, HtmlPage]) -> None:
    for language in LANGUAGES:
        titles = [
            page.title
            for path, page in pages.items()
            if path.startswith(f"{language}/") and path not in MOVED and "/embed/" not in path
        ]
        assert sorted(title for title in set(titles) if titles.count(title) > 1) == []


def test_every_page_links_to_its_twin_in_each_language_and_to_nothing_else_there(
    pages: dict[str, HtmlPage], publication: Publication
) -> None:
    wrong = []
    for route in routes(publication):
        if is_document(file_of(route)):
            continue
        twins = alternates(route, publication) or tuple(Route(route.kind.HOME, lang) for lang in LANGUAGES)
        page = pages[file_of(route)]
        found = [
            (e.attributes["hreflang"], resolve(ROOTS[1], file_of(route), e.attributes["href"]))
            for e in page.of("a")
            if "hreflang" in e.attributes and "title" in e.attributes
        ]
        if found != [(twin.language, (file_of(twin), "")) for twin in twins]:
            wrong.append((route.path, found))
    assert wrong == []


def test_pages_written_by_hand_have_their_language_title_and_twins(pages: dict[str, HtmlPage]) -> None:
    for language, title in (
        ("lt", "Apie „planus“ & mus"),
        ("lv", "Par “plāniem” & mums"),
        ("en", "About the “plans” & us"),
    ):
        page = pages[f"{language}/about/index.html"]
        assert page.language == language
        assert title in page.title
        twins = [e.attributes["href"] for e in page.of("a") if "hreflang" in e.attributes]
        assert [resolve(ROOTS[0], f"{language}/about/index.html", href) for href in twins] == [
            (f"{other}/about/index.html", "") for other in LANGUAGES
        ]


@pytest.mark.parametrize("root", ROOTS)
def test_every_link_resolves_wherever_the_site_is_put(root: str, built_site: Path, pages: dict[str, HtmlPage]) -> None:
    broken = []
    for path, page in pages.items():
        if path == "404.html":
            continue
        for href in (*page.links, *page.fetched):
            if urlsplit(href).scheme:
                continue
            target = resolve(root, path, href)
            if target is None or not (built_site / target[0]).is_file():
                broken.append((path, href))
            elif target[1] and target[1] not in pages[target[0]].anchors:
                broken.append((path, f"{href}: no such place"))
    assert broken == []


def test_the_page_for_missing_addresses_links_below_the_base_url(built_site: Path, pages: dict[str, HtmlPage]) -> None:
    page = pages["404.html"]
    for href in (*page.links, *page.fetched):
        target = resolve("https://plans.example/sub/", "404.html", href)
        assert target is not None and (built_site / target[0]).is_file(), href
        assert href.startswith(("/sub/", "#")), href


def test_every_page_can_be_reached_from_the_chooser(pages: dict[str, HtmlPage]) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for href in pages[path].links:
            target = resolve(ROOTS[1], path, href)
            if target and target[0] in pages and target[0] not in reached:
                reached.add(target[0])
                waiting.append(target[0])
    # Lists for other sites are reached from there.
    lists = {path for path in pages if "/embed/" in path}
    assert set(pages) - reached - set(MOVED) - lists == {"404.html"}


def test_no_page_asks_another_host_for_anything(pages: dict[str, HtmlPage], built_site: Path) -> None:
    foreign = [
        (path, href)
        for path, page in pages.items()
        for href in page.fetched
        if urlsplit(href).netloc or urlsplit(href).scheme not in ("", "data")
    ]
    for file in built_site.rglob("*.css"):
        addresses = re.findall(r"(?:url\(|@import)\s*['\"]?([^'\")\s;]+)", file.read_text(encoding="utf-8"))
        foreign += [
            (file.name, address) for address in addresses if "//" in address and not address.startswith("data:")
        ]
    assert foreign == []


def test_every_absolute_address_of_ours_exists(pages: dict[str, HtmlPage], built_site: Path) -> None:
    own = "https://plans.example/sub/"
    found = {href for page in pages.values() for href in page.links if href.startswith(own)}
    found |= set(re.findall(r"<loc>([^<]+)</loc>", (built_site / "sitemap.xml").read_text(encoding="utf-8")))
    assert len(found) > 200
    wrong = []
    for href in sorted(found):
        target = resolve(own, "index.html", href)
        if target is None or not (built_site / target[0]).is_file():
            wrong.append(href)
    assert wrong == []


def test_every_page_names_its_own_address_as_canonical(pages: dict[str, HtmlPage]) -> None:
    for path, page in pages.items():
        if path in ODD - {"index.html"} or is_document(path):
            continue
        canonical = [e.attributes["href"] for e in page.of("link") if e.attributes.get("rel") == "canonical"]
        assert canonical == ["https://plans.example/sub/" + path.removesuffix("index.html")]


@pytest.mark.parametrize("old", sorted(MOVED))
def test_an_old_address_leads_to_the_new_one(old: str, pages: dict[str, HtmlPage]) -> None:
    page = pages[old]
    assert page.language == old.split("/", maxsplit=1)[0]
    assert [resolve(root, old, href) for root in ROOTS for href in page.links] == [
        (MOVED[old] + "index.html", "") for _ in ROOTS for _ in range(2)
    ]


def test_ids_are_used_once_on_a_page(pages: dict[str, HtmlPage]) -> None:
    wrong = []
    for path, page in pages.items():
        ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
        wrong += [(path, name) for name in set(ids) if ids.count(name) > 1]
    assert wrong == []


def test_the_parser_of_these_tests_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<html lang="lt"><title>A &amp; B</title><body>'
        '<p lang="lv">x <a href="../up">y</a></p><img src="//evil.example/a">'
        '<style>@import "https://evil.example/b.css"; p{background:url(c.png)}</style></body></html>',
        encoding="utf-8",
    )
    page = html_pages(tmp_path)["index.html"]
    assert (page.language, page.title) == ("lt", "A & B")
    assert [(words.text, words.language) for words in page.words if "body" in words.inside] == [
        ("x ", "lv"),
        ("y", "lv"),
    ]
    assert page.fetched == ["//evil.example/a", "https://evil.example/b.css", "c.png"]
    assert resolve("https://host.example/plans/", "index.html", page.links[0]) is None
