"""The search in a browser: found by keyboard and on a phone, in all forms of a word, and light on the wire."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from conftest import every
from openplans.messages import messages_for
from openplans.publication import Publication
from openplans.routes import PageKind, Route
from openplans.search_index import write_whole
from playwright.sync_api import Browser, Locator, Page, Response, ViewportSize, expect

from .conftest import served
from .reader import DESK, PHONE, Visit, is_at

NARROW: ViewportSize = {"width": 320, "height": 640}
LANGUAGES = ("lt", "lv", "en")
#: What the first search may take on the wire, at five results; a server sends text compressed.
WIRE_LIMIT = 130_000
LEAFLET = ("zalias-namas", "two-years-2026", "t-06-handbook")
#: Words of the invented world as a reader types them, and the page that has them in other forms or letters.
TYPED = {
    "lt": [("atmintinės", LEAFLET), ("ATMINTINE", LEAFLET), ("parasyti atmintinei", LEAFLET)],
    "lv": [("atgādnes", LEAFLET), ("atgadni", LEAFLET), ("uzrakstit atgadne", LEAFLET)],
    "en": [("leaflets", LEAFLET), ("writing leaflet", LEAFLET)],
}
PAIRS = yaml.safe_load((Path(__file__).parents[1] / "cases" / "search_lv.yml").read_text(encoding="utf-8"))
#: Forms of Lithuanian words, of which Pagefind knows the stems, with and without diacritics.
LITHUANIAN = [
    ("savivaldybė", "savivaldybių"),
    ("savivaldybe", "savivaldybėmis"),
    ("moksleivis", "moksleiviams"),
    ("mokymai", "mokymus"),
    ("zingsnis", "žingsniai"),
    ("veiksmai", "veiksmų"),
    ("planas", "planuose"),
    ("tarybos", "taryba"),
]


def look_for(page: Page, words: str) -> Locator:
    """Type words and give the results when they are there."""
    page.fill("#op-query", words)
    page.wait_for_function("words => new URLSearchParams(location.search).get('q') === words", arg=words)
    page.wait_for_function("words => document.title.startsWith(words)", arg=words)
    expect(page.locator(".op-found")).to_have_attribute("aria-busy", "false")
    return page.locator(".op-found > li")


def open_search(window: Visit, language: str, query: str = "") -> Page:
    """Open the search page and wait until its script has found the index."""
    page = window.open(Route(PageKind.SEARCH, language).path + query)
    expect(page.locator(".op-search")).to_be_visible()
    expect(page.locator(".op-without")).to_be_hidden()
    return page


def address_of(link: Locator) -> str:
    """Return where a link leads, as a whole address."""
    return str(link.evaluate("element => element.href"))


@pytest.mark.parametrize(("language", "size"), every(2, product(LANGUAGES, (PHONE, DESK))))
def test_the_keyboard_alone_leads_from_any_page_to_what_was_looked_for(
    language: str, size: ViewportSize, visit: Callable[..., Visit], publication: Publication
) -> None:
    window = visit(size)
    page = window.open(Route(PageKind.METHOD, language).path)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.op-find')"):
            break
    page.keyboard.press("Enter")
    is_at(window, Route(PageKind.SEARCH, language), publication)
    expect(page.locator("#op-query")).to_be_focused()
    page.keyboard.type(TYPED[language][0][0])
    page.keyboard.press("Enter")
    first = page.locator(".op-found a").first
    expect(first).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        if first.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    is_at(window, Route(PageKind.ACTION, language, *LEAFLET), publication)
    page.go_back()
    expect(page.locator("#op-query")).to_have_value(TYPED[language][0][0])
    expect(page.locator(".op-found a").first).to_be_visible()
    # A page that is left early may give up on its icon.
    assert [complaint for complaint in window.complaints if not complaint.startswith("failed: ")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_found_in_other_forms_and_without_diacritics(language: str, visit: Callable[..., Visit]) -> None:
    window = visit(PHONE)
    page = open_search(window, language)
    for words, place in TYPED[language]:
        found = look_for(page, words)
        target = window.address + Route(PageKind.ACTION, language, *place).path
        expect(page.locator(f'.op-found a[href="{urlsplit(target).path}"]')).to_be_visible()
        assert found.count() >= 1, words
    assert window.complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_says_what_it_is_where_it_stands_and_when(
    language: str, visit: Callable[..., Visit], publication: Publication
) -> None:
    t = messages_for(language)
    page = open_search(visit(DESK), language)
    first = look_for(page, TYPED[language][0][0]).first
    expect(first.locator(".op-found__title")).to_have_text(
        publication.records[next(key for key in publication.records if key.item == LEAFLET[2])]
        .title.shown(language)  # type: ignore[union-attr]
        .text
    )
    organization = publication.dataset.organization(LEAFLET[0])
    short = (organization.acronym or organization.name).shown(language).text
    line = first.locator(".op-detail")
    expect(line).to_contain_text(t("search.kind.action"))
    expect(line).to_contain_text(short)
    expect(line).to_contain_text("2027")
    for status in ("not_started", "overdue"):
        expect(first.locator(f".op-status--{status}")).to_have_text(t(f"status.{status}"))
    expect(page.get_by_role("status")).to_have_text(t("search.count", page.locator(".op-found > li").count()))


def test_matches_are_marked_and_a_text_in_another_language_says_so(visit: Callable[..., Visit]) -> None:
    page = open_search(visit(DESK), "en")
    look_for(page, "stadium")
    expect(page.locator(".op-found mark").first).to_have_text("stadium")
    look_for(page, "namiņu")
    expect(page.locator(".op-found__title").first).to_have_attribute("lang", "lv")


def test_an_abbreviation_leads_to_its_place_among_the_abbreviations(visit: Callable[..., Visit]) -> None:
    window = visit(DESK)
    page = open_search(window, "en", "?q=learners&kind=term")
    link = page.locator(".op-found a")
    expect(link).to_have_text("MK")
    assert address_of(link) == f"{window.address}en/glossary/#t-mk"


def test_filters_narrow_the_results_stand_in_the_address_and_go_back(
    visit: Callable[..., Visit], publication: Publication
) -> None:
    t = messages_for("en")
    window = visit(DESK)
    page = open_search(window, "en")
    everything = look_for(page, "forum").count()
    page.locator(".op-search summary").click()
    page.get_by_label(t("search.kind.event"), exact=True).check()
    expect(page).to_have_url(f"{window.address}en/search/?q=forum&kind=event")
    kinds = page.locator(".op-found .op-detail:first-of-type")
    expect(kinds.first).to_contain_text(t("search.kind.event"))
    events = kinds.count()
    assert 0 < events < everything
    page.get_by_label(t("search.kind.action"), exact=True).check()
    expect(page.locator(".op-found > li")).not_to_have_count(events)
    page.get_by_label("2026", exact=True).check()
    expect(page.locator(".op-search__chosen")).to_contain_text("2026")
    page.go_back()
    page.go_back()
    expect(page).to_have_url(f"{window.address}en/search/?q=forum&kind=event")
    expect(page.locator(".op-found > li")).to_have_count(events)
    expect(page.get_by_label(t("search.kind.action"), exact=True)).not_to_be_checked()
    page.get_by_role("button", name=t("search.clear")).click()
    expect(page.locator(".op-found > li")).to_have_count(everything)
    expect(page.locator("#op-query")).to_be_focused()
    assert window.complaints == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?kind=plan", {"zalias-namas/two-years-2026", "zalias-namas/ideas-2023", "kalnu-klubs/strategy-2025"}),
        ("?kind=plan&organization=kalnu-klubs", {"kalnu-klubs/strategy-2025"}),
        ("?kind=plan&year=2024", {"zalias-namas/ideas-2023"}),
        ("?status=merged", {"zalias-namas/two-years-2026/o-02-small-meetings"}),
        ("?status=event-moved_online", {"zalias-namas/events/online-meeting"}),
        ("?committee=kalnu-klubs/guides&status=done", {"kalnu-klubs/strategy-2025/k-01-first-hike"}),
        ("?kind=plan&kind=organization&organization=kalnu-klubs", {"kalnu-klubs/strategy-2025", "kalnu-klubs"}),
        ("?kind=plan&status=merged", set()),
    ],
)
def test_filters_work_without_words_too(query: str, expected: set[str], visit: Callable[..., Visit]) -> None:
    window = visit(DESK)
    page = open_search(window, "lt", query)
    expect(page.locator(".op-found-count")).not_to_have_text("")
    found = page.locator(".op-found a").evaluate_all("links => links.map(link => link.href)")
    assert set(found) == {f"{window.address}lt/{path}/" for path in expected}


def test_committees_of_other_organizations_are_put_away(visit: Callable[..., Visit]) -> None:
    page = open_search(visit(DESK), "en", "?organization=kalnu-klubs")
    page.locator(".op-search summary").click()
    expect(page.locator('[name=committee][value="kalnu-klubs/guides"]')).to_be_visible()
    expect(page.locator('[name=committee][value="zalias-namas/board"]')).to_be_hidden()


@pytest.mark.parametrize("language", every(3, LANGUAGES))
def test_nonsense_is_answered_as_such(language: str, visit: Callable[..., Visit]) -> None:
    page = open_search(visit(PHONE), language)
    for words in ("asdfghjkl", "paqqqqqq", "onxyzzy", "<img src=x onerror=alert(1)>", '"', "%%%"):
        assert look_for(page, words).count() == 0, words
        expect(page.get_by_role("status")).to_have_text(messages_for(language)("search.none"))


def test_more_results_come_on_demand_and_the_focus_goes_to_them(visit: Callable[..., Visit]) -> None:
    t = messages_for("lt")
    page = open_search(visit(PHONE), "lt", "?kind=action")
    results = page.locator(".op-found > li")
    expect(results).to_have_count(10)
    page.get_by_role("button", name=t("search.more")).click()
    expect(results).to_have_count(20)
    expect(results.nth(10).locator("a")).to_be_focused()
    results.nth(12).locator("a").click()
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    expect(results).to_have_count(20)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_page_says_so_and_leads_to_all_titles(
    language: str, visit: Callable[..., Visit], publication: Publication
) -> None:
    window = visit(NARROW, scripts=False)
    window.open(Route(PageKind.HOME, language).path)
    window.page.locator(".op-find").click()
    is_at(window, Route(PageKind.SEARCH, language), publication)
    expect(window.page.locator(".op-search")).to_be_hidden()
    expect(window.page.locator("article").locator("button:visible, input:visible")).to_have_count(0)
    expect(window.page.get_by_text(messages_for(language)("search.no_script"))).to_be_visible()
    window.page.locator("article").get_by_role("link", name=messages_for(language)("nav.index")).click()
    is_at(window, Route(PageKind.INDEX, language), publication)


def test_where_there_is_no_index_the_page_says_so(visit: Callable[..., Visit]) -> None:
    window = visit(PHONE)
    window.page.route("**/pagefind/**", lambda route: route.fulfill(status=404, body=""))
    page = window.open("lv/search/?q=plans")
    expect(page.get_by_role("status")).to_have_text(messages_for("lv")("search.broken"))
    expect(page.locator(".op-search")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_and_filters_fit_the_smallest_screen(language: str, visit: Callable[..., Visit]) -> None:
    window = visit(NARROW)
    page = open_search(window, language, "?kind=action")
    expect(page.locator(".op-found a").first).to_be_visible()
    page.locator(".op-search summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    box = page.locator(".op-find").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]
    assert min(box["width"], box["height"]) >= 24


def sent(response: Response) -> int:
    """Return how many bytes an answer takes on the wire; the pieces of the index are compressed already."""
    body = response.body()
    return min(len(body), len(gzip.compress(body)))


@pytest.mark.parametrize("language", every(3, LANGUAGES))
def test_the_first_search_is_light_and_asks_nothing_of_another_host(
    language: str, browser: Browser, address: str
) -> None:
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page = browser.new_page(viewport=PHONE)
    page.on("response", note)
    page.goto(f"{address}{language}/search/?q={TYPED[language][0][0]}&kind=action")
    expect(page.locator(".op-found a").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [answer.url for answer in answers if not answer.url.startswith((address, "data:"))] == []
    parts = {answer.url.removeprefix(address): sent(answer) for answer in answers}
    search = {
        path: size for path, size in parts.items() if path.startswith(("pagefind/", "assets/search", "assets/lat"))
    }
    fragments = [path for path in search if "fragment/" in path]
    assert sum(search.values()) + 1_000 * max(0, 5 - len(fragments)) <= WIRE_LIMIT, search
    assert sum(size for path, size in parts.items() if path.startswith("assets/search.js")) <= 5_000
    assert not [path for path in parts if "worker" in path]
    assert page.context.cookies() == []
    page.close()


# -- forms of words, on pages with nothing but a word ---------------------------------------------------------------

PAGE = (
    '<!doctype html><html lang="{}"><title>x</title><body><p data-pagefind-body data-pagefind-filter="is:page||||">{}'
)
#: Returns for each word the places that answer it: with the search page's own way, or as the program would alone.
FIND = """
async ([words, isPlain]) => {
  const { createInstance } = await import(new URL("../../pagefind/pagefind.js", location));
  const { find } = await import(new URL("../../assets/search.js", location));
  const index = createInstance({ noWorker: true });
  const answers = [];
  for (const word of words) {
    const hits = isPlain ? (await index.search(word)).results : await find(word);
    answers.push(await Promise.all(hits.map(async (hit) => (await hit.data()).url)));
  }
  return answers;
}
"""


@pytest.fixture(scope="module")
def words_address(built_site: Path, once: Callable[[str, Callable[[Path], None]], Path]) -> Iterator[str]:
    """The address of a site whose pages hold a single word each: those of the cases, and Lithuanian ones."""

    def make(folder: Path) -> None:
        pages = {"lv": [stands for _, stands in PAIRS["pairs"] + PAIRS["strangers"]]}
        pages["lt"] = [stands for _, stands in LITHUANIAN]
        for language, stand in pages.items():
            shutil.copytree(built_site / language / "search", folder / language / "search")
            for word in dict.fromkeys(stand):
                (folder / language / word).mkdir()
                text = PAGE.format(language, f"<h1>Xxx</h1>{word}")
                (folder / language / word / "index.html").write_text(text, encoding="utf-8")
        shutil.copytree(built_site / "assets", folder / "assets")
        write_whole(folder, folder / "pagefind", ("lv", "lt"))

    with served(once("words", make)) as found:
        yield found


def answered(browser: Browser, address: str, language: str, pairs: list[Any], *, plain: bool = False) -> list[Any]:
    """Return the pairs of which the first word finds the page that holds the second."""
    page = browser.new_page()
    page.goto(f"{address}{language}/search/")
    expect(page.locator(".op-search")).to_be_visible()
    answers = page.evaluate(FIND, [[asked for asked, _ in pairs], plain])
    page.close()
    return [
        pair for pair, found in zip(pairs, answers, strict=True) if any(url.split("/")[-2] == pair[1] for url in found)
    ]


def test_inflected_latvian_words_find_each_other(browser: Browser, words_address: str) -> None:
    pairs = PAIRS["pairs"]
    assert len(pairs) == len({tuple(pair) for pair in pairs}) == 100
    before = answered(browser, words_address, "lv", pairs, plain=True)
    after = answered(browser, words_address, "lv", pairs)
    assert len(before) < 40, "the program finds the forms by itself: latvian.js may go"
    assert len(after) >= 95, [pair for pair in pairs if pair not in after]


def test_latvian_words_that_only_begin_alike_do_not_find_each_other(browser: Browser, words_address: str) -> None:
    assert answered(browser, words_address, "lv", PAIRS["strangers"]) == []


def test_lithuanian_words_find_each_other_in_other_forms_and_without_diacritics(
    browser: Browser, words_address: str
) -> None:
    assert answered(browser, words_address, "lt", LITHUANIAN) == LITHUANIAN
