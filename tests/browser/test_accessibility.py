"""Accessibility as far as machines can tell: axe, the Nu HTML checker, and what WCAG 2.2 asks of a page in use.

`make test` looks at each kind of page once, in a language, a world, sizes and schemes that change from kind to kind;
with OPENPLANS_FULL=1 it looks at all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from conftest import BASE_URL, IS_FULL, every, make_project
from events.built import tree_of
from events.conftest import EVENT_DAY, EVENT_URL, EVENT_WORLD, make_event_site
from openplans.load import load_dataset
from openplans.messages import messages_for
from openplans.progress import STATUSES
from openplans.publication import Publication
from openplans.routes import PageKind
from playwright.sync_api import Browser, Page, ViewportSize, expect

from .accessible import (
    HISTORY_DAY,
    HISTORY_URL,
    KINDS,
    MISSING,
    World,
    axe_faults,
    fullest_pages,
    history_pages,
    is_untrue,
    nu_messages,
    texts_by_language,
    write_history,
)
from .conftest import served

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
#: A window of 1280 × 1024 at 400 %.
ZOOMED: ViewportSize = {"width": 320, "height": 256}
ALL_LOOKS = [(size, scheme) for size in (WIDE, NARROW) for scheme in ("light", "dark")]
#: The kinds of pages that differ most in what can be used on them.
MAIN_KINDS = [
    PageKind.HOME,
    PageKind.PLAN,
    PageKind.SECTION,
    PageKind.ACTION,
    PageKind.AGENDA,
    PageKind.MONTH,
    PageKind.EVENT,
    PageKind.SUBSCRIBE,
    PageKind.SEARCH,
    PageKind.REPORT,
    PageKind.HANDOVER,
    PageKind.COPY,
    PageKind.POSTER,
    PageKind.EMBED,
]
#: Without OPENPLANS_FULL the keyboard goes through these.
WALKED = MAIN_KINDS if IS_FULL else [PageKind.PLAN, PageKind.EVENT, PageKind.SEARCH, PageKind.EMBED]
UNFOLD = "document.querySelectorAll('details').forEach(element => element.open = true)"


@pytest.fixture(scope="session")
def worlds(
    built_site: Path, publication: Publication, once: Callable[[str, Callable[[Path], None]], Path]
) -> Iterator[Mapping[str, World]]:
    """Three worlds: of everything, of events, and one in which something was moved and removed.

    Each is served where it was built for, because the page for missing addresses speaks from the host's root.
    """
    events = Publication(load_dataset(EVENT_WORLD).dataset, EVENT_DAY, EVENT_URL)  # type: ignore[arg-type]
    event_site = once("event-site", make_event_site)
    found = {
        "golden": (built_site, BASE_URL, fullest_pages(built_site, publication)),
        "events": (event_site, EVENT_URL, fullest_pages(event_site, events)),
        "history": (once("history-site", make_history_site), HISTORY_URL, history_pages()),
    }
    with ExitStack() as servers:
        yield {
            name: World(site, servers.enter_context(served(site, urlsplit(url).path)), pages)
            for name, (site, url, pages) in found.items()
        }


def make_history_site(folder: Path) -> None:
    """Build the world with a history; what it is built from stays in a folder beside it."""
    from publish import build_site  # noqa: PLC0415

    project = folder.with_name(f"{folder.name}.project")
    config = make_project(project)
    write_history(project)
    assert build_site(config, folder, {"today": HISTORY_DAY, "base_url": HISTORY_URL}) == 0


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """An own window, whose size and scheme the test changes."""
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def chosen(kind: str, worlds: Mapping[str, World]) -> list[tuple[World, str]]:
    """Return where to look at a kind of page: one place, or with OPENPLANS_FULL all worlds and languages."""
    if kind == MISSING:
        return [(worlds["golden"], "404.html")]
    places = [(world, path) for world in worlds.values() for (known, _), path in world.pages.items() if known == kind]
    assert places, f"no world has a page of the kind {kind}"
    return places if IS_FULL else [places[KINDS.index(kind) % len(places)]]


def looks(kind: str) -> list[tuple[ViewportSize, str]]:
    """Return the sizes and schemes to look at a kind in: all four, or two that have all between them.

    Without OPENPLANS_FULL kinds that differ less are looked at in one.
    """
    number = KINDS.index(kind)
    if IS_FULL:
        return ALL_LOOKS
    if kind in MAIN_KINDS:
        return ALL_LOOKS[::3] if number % 2 else ALL_LOOKS[1:3]
    return [ALL_LOOKS[number % len(ALL_LOOKS)]]


def look(page: Page, size: ViewportSize, scheme: str) -> None:
    """Give the window a size and a colour scheme."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]


def open_page(page: Page, world: World, path: str) -> None:
    """Open a page; the search is open when it has found its index."""
    response = page.goto(world.address + path)
    assert response is not None and response.ok, path
    if path.endswith("/search/"):
        expect(page.locator("form.op-search")).to_be_visible()


# -- axe and the Nu HTML checker --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_axe_has_nothing_against_a_page(kind: str, window: Page, worlds: Mapping[str, World]) -> None:
    faults: dict[str, None] = {}
    for world, path in chosen(kind, worlds):
        open_page(window, world, path)
        is_folded = True
        for size, scheme in looks(kind):
            look(window, size, scheme)
            faults |= {f"{path} {size['width']} {scheme}: {fault}": None for fault in axe_faults(window)}
            if is_folded:
                window.evaluate(UNFOLD)
                is_folded = False
            if window.evaluate("document.documentElement.scrollWidth") > size["width"]:
                faults[f"{path} {size['width']}: scrolls sideways"] = None
        if IS_FULL:
            look(window, *ALL_LOOKS[0])
            faults |= {f"{path} unfolded: {fault}": None for fault in axe_faults(window)}
    assert list(faults) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_a_page_in_use(scheme: str, window: Page, worlds: Mapping[str, World]) -> None:
    faults: list[str] = []
    golden, events = worlds["golden"], worlds["events"]
    look(window, NARROW, scheme)
    open_page(window, golden, golden.pages[PageKind.PLAN, "lv"])
    window.locator(".op-menu").click()
    expect(window.locator(".md-sidebar--primary a").first).to_be_in_viewport()
    faults += axe_faults(window)
    open_page(window, golden, "lt/search/?q=mokymai")
    expect(window.locator(".op-found > li").first).to_be_visible()
    window.evaluate(UNFOLD)
    faults += axe_faults(window)
    open_page(window, events, "en/events/?kind=training")
    window.evaluate(UNFOLD)
    expect(window.locator(".op-facet [aria-current]").first).to_be_visible()
    faults += axe_faults(window)
    assert faults == []


def test_the_nu_checker_has_nothing_against_pages_style_sheets_and_pictures(
    worlds: Mapping[str, World], tmp_path: Path
) -> None:
    wrong = {
        "wrong.html": "<!doctype html><html lang=en><title>x</title><p><div></p>",
        "wrong.css": "p { colour: red }",
        "wrong.svg": '<svg xmlns="http://www.w3.org/2000/svg"><rectangle/></svg>',
    }
    for name, text in wrong.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert {message.file for message in nu_messages(tmp_path, list(wrong))} == set(wrong)
    files = files_to_check(worlds)
    assert len(files) > len(KINDS)
    assert [str(message) for message in nu_messages(tmp_path, files) if not is_untrue(message)] == []


def files_to_check(worlds: Mapping[str, World]) -> list[str]:
    """Return pages, style sheets and pictures of ours: all, or a page of each kind and a few pictures."""
    files = [path for world in worlds.values() for path in sorted(world.site.rglob("*"))]
    sheets = [path for path in files if path.suffix == ".css" and path.parent.name == "assets"]
    pictures = [path for path in files if path.suffix == ".svg"]
    if IS_FULL:
        return [str(path) for path in (*sheets, *pictures, *(path for path in files if path.suffix == ".html"))]
    pages = [world.site / path for kind in KINDS for world, path in chosen(kind, worlds)]
    pages = [path / "index.html" if path.is_dir() else path for path in pages]
    return [str(path) for path in (*sheets[:4], *pictures[:: len(pictures) // 20], *pages)]


def test_a_page_that_is_one_file_takes_its_own_style(window: Page, worlds: Mapping[str, World]) -> None:
    for world, path in chosen(PageKind.COPY, worlds):
        open_page(window, world, path)
        assert window.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length > 9)") == [True], path


# -- what a reader changes --------------------------------------------------------------------------------------------

#: The distances of WCAG 2.2, 1.4.12; not as a style element, which the pages' policy forbids.
SPACING = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}
"""
#: Returns what is cut off: texts that are larger than what holds them and hides the rest. The site's name in the header
#: may be: all of it stands in the breadcrumb, and on the home page in the heading.
CUT_OFF = """
() => [...document.querySelectorAll("body *")].filter(element => {
  if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".op-site, svg")) return false;
  const hides = value => value === "hidden" || value === "clip";
  if (![...element.childNodes].some(node => node.nodeValue?.trim())) return false;
  for (let holder = element; holder && holder !== document.body; holder = holder.parentElement) {
    const { overflowX, overflowY, clipPath } = getComputedStyle(holder);
    if (clipPath !== "none") return false;
    if (overflowX === "auto" || overflowY === "auto" || overflowX === "scroll" || overflowY === "scroll") return false;
    if (hides(overflowX) && holder.scrollWidth > holder.clientWidth + 1) return true;
    if (hides(overflowY) && holder.scrollHeight > holder.clientHeight + 1) return true;
  }
  return false;
}).map(element => `${element.tagName} ${element.className}: ${element.textContent.trim().slice(0, 60)}`)
"""


@pytest.mark.parametrize("kind", every(2, MAIN_KINDS))
def test_texts_can_be_spaced_out(kind: PageKind, window: Page, worlds: Mapping[str, World]) -> None:
    for world, path in chosen(kind, worlds):
        open_page(window, world, path)
        window.evaluate(UNFOLD)
        window.evaluate(SPACING)
        for size in (NARROW, WIDE):
            window.set_viewport_size(size)
            assert window.evaluate("document.documentElement.scrollWidth") <= size["width"], path
            assert window.evaluate(CUT_OFF) == [], path


#: Returns what moves by itself or by a style: each element and the parts that styles add.
MOVES = """
() => [...document.querySelectorAll("*")].flatMap(element => [null, "::before", "::after"].filter(part => {
  const style = getComputedStyle(element, part);
  const lasts = style.transitionDuration.split(",").some(value => parseFloat(value) > 0);
  return style.animationName !== "none" || lasts || style.scrollBehavior === "smooth";
}).map(part => `${element.tagName} ${element.className} ${part}`)).concat(document.getAnimations().map(String))
"""


@pytest.mark.parametrize("kind", WALKED)
def test_nothing_moves_for_who_does_not_want_it(kind: PageKind, window: Page, worlds: Mapping[str, World]) -> None:
    for world, path in chosen(kind, worlds):
        open_page(window, world, path)
        assert window.evaluate(MOVES) == [], path


#: Returns the signs that are drawn as a shape filled with a colour, which forced colours would take away.
SIGNS = """
() => [...document.querySelectorAll("body *")].flatMap(element => ["::before", "::after"].flatMap(part => {
  const style = getComputedStyle(element, part);
  if (style.content === "none" || style.maskImage === "none" || style.display === "none") return [];
  if (!element.checkVisibility()) return [];
  let ground = element, colour;
  do colour = getComputedStyle(ground).backgroundColor, ground = ground.parentElement;
  while (ground && /, 0\\)$/.test(colour));
  return [[`${element.tagName} ${element.className} ${part}`, style.backgroundColor, colour]];
}))
"""
#: Returns what each label of progress says and with which shape: statuses, and beside them what is said of time.
LABELS = """
() => [...document.querySelectorAll(".op-status")].filter(element => element.checkVisibility()).map(element => [
  element.className.split("--")[1], element.textContent.trim(), getComputedStyle(element, "::before").content,
])
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_the_readers_own_take_nothing_away(scheme: str, window: Page, worlds: Mapping[str, World]) -> None:
    world = worlds["golden"]
    window.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
    signs: set[str] = set()
    known: dict[str, set[str]] = {}
    for size in (NARROW, WIDE):
        window.set_viewport_size(size)
        for kind in (PageKind.PLAN, PageKind.ACTION, PageKind.REPORT, PageKind.AGENDA):
            open_page(window, world, world.pages[kind, "lt"])
            for name, colour, ground in window.evaluate(SIGNS):
                signs.add(name)
                assert colour != ground, f"{kind} {name}: {colour} on {ground}"
            for key, words, shape in window.evaluate(LABELS):
                assert words, key
                assert len(shape.partition("/")[0].strip(' "')) == 1, shape
                known.setdefault(shape, set()).add(key if key in STATUSES else "time")
    assert any(name.startswith("SUMMARY") for name in signs)
    assert any("op-find" in name for name in signs)
    assert len(known) > 5
    assert [keys for keys in known.values() if len(keys) > 1] == [], "two statuses with one shape"


# -- the keyboard -----------------------------------------------------------------------------------------------------

#: Numbers what Tab must reach, in the order of the document; returns how many there are, how many of them ask for a
#: place of their own, and which has the focus already.
NUMBER = """
() => {
  window.inOrder = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter(element => element.tabIndex >= 0 && !element.disabled
      && element.checkVisibility({ visibilityProperty: true }));
  return [inOrder.length, inOrder.filter(element => element.tabIndex > 0).length,
    inOrder.indexOf(document.activeElement)];
}
"""
#: Returns of what has the focus: its number, what it is, how thick its ring is, and whether any of it can be seen.
FOCUSED = """
() => {
  const focused = document.activeElement;
  const shown = focused.closest(".op-menu, .op-facet label") || focused;
  const style = getComputedStyle(shown);
  const seen = [...shown.getClientRects()].some(({ left, top: above, right, bottom }) => {
    const [x0, y0] = [Math.max(0, left), Math.max(0, above)];
    const [x1, y1] = [Math.min(innerWidth, right), Math.min(innerHeight, bottom)];
    if (x1 <= x0 || y1 <= y0) return false;
    for (const x of [.1, .5, .9]) for (const y of [.1, .5, .9]) {
      const top = document.elementFromPoint(x0 + (x1 - x0) * x, y0 + (y1 - y0) * y);
      if (top && (shown.contains(top) || top.contains(shown))) return true;
    }
    return false;
  });
  const ring = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  return [inOrder.indexOf(focused), focused.outerHTML.slice(0, 120), ring, seen];
}
"""


@pytest.mark.parametrize(("kind", "colours"), every(5, product(WALKED, ("none", "active"))))
def test_the_keyboard_goes_through_a_page_in_its_order_and_is_seen_everywhere(
    kind: PageKind, colours: Literal["none", "active"], window: Page, worlds: Mapping[str, World]
) -> None:
    window.emulate_media(forced_colors=colours)
    for world, path in chosen(kind, {"golden": worlds["golden"]}):
        for size in (WIDE, ZOOMED) if IS_FULL else (ZOOMED,) if colours == "active" else (WIDE,):
            window.set_viewport_size(size)
            open_page(window, world, path)
            count, with_own_order, begin = window.evaluate(NUMBER)
            assert count and with_own_order == 0
            for number in (*range(begin + 1, count), *range(begin + 1), (begin + 1) % count):
                window.keyboard.press("Tab")
                place, what, ring, is_seen = window.evaluate(FOCUSED)
                if number == 0 and place < 0:
                    # Between the last and the first the page as a whole may have the focus.
                    window.keyboard.press("Tab")
                    place, what, ring, is_seen = window.evaluate(FOCUSED)
                assert place == number, f"{path}: {what} has the focus, but it is the turn of number {number}"
                assert ring >= 2, f"{path}: {what} has no ring"
                assert is_seen, f"{path}: {what} lies under something"


def test_the_menu_opens_and_closes_from_the_keyboard_and_leaves_the_text_free(
    window: Page, worlds: Mapping[str, World]
) -> None:
    world = worlds["golden"]
    window.set_viewport_size(NARROW)
    open_page(window, world, world.pages[PageKind.PLAN, "lv"])
    navigation = window.locator(".md-sidebar--primary")
    menu = window.get_by_role("checkbox", name="Navigācija", exact=True)
    expect(navigation).not_to_be_in_viewport()
    menu.focus()
    window.keyboard.press("Space")
    expect(navigation).to_be_in_viewport()
    expect(window.get_by_role("navigation", name="Navigācija").locator("[aria-current=page]")).to_have_count(1)
    window.keyboard.press("Space")
    expect(navigation).not_to_be_in_viewport()
    window.keyboard.press("Space")
    window.locator("article a").nth(3).focus()
    window.keyboard.press("Tab")
    expect(navigation).not_to_be_in_viewport()
    window.mouse.click(300, 400)
    window.locator(".op-menu").click()
    expect(navigation).not_to_be_in_viewport()
    window.locator(".op-menu").click()
    expect(navigation).to_be_in_viewport()
    window.mouse.click(310, 400)
    expect(navigation).not_to_be_in_viewport()


# -- what stands in the pages -----------------------------------------------------------------------------------------

_SPOKEN = ("title", "alt", "aria-label", "placeholder", "aria-description")
_MARKED = re.compile(r"[*_`\[\]<>\n]")


def said(element: Element, language: str) -> Iterator[tuple[str, str]]:
    """Yield all that is said in an element, each text with the language that it is marked with."""
    here = element.get("lang", language)
    yield from ((" ".join(element.get(name, "").split()), here) for name in _SPOKEN)
    if element.tag not in ("script", "style"):
        yield " ".join((element.text or "").split()), here
        for part in element:
            yield from said(part, here)
            yield " ".join((part.tail or "").split()), here


def test_every_text_in_another_language_says_so(built_site: Path, publication: Publication) -> None:
    # More than tests/build/test_languages.py asks: in attributes too, and of the documents' own words.
    texts = texts_by_language(publication.dataset)
    faults: set[str] = set()
    marked = 0
    for (kind, language), path in fullest_pages(built_site, publication).items():
        own = "\n".join(texts[language])
        page = tree_of((built_site / path / "index.html").read_text(encoding="utf-8"))
        body = page.find(".//body")
        assert body is not None
        parts = [part for part in said(body, language) if part[0]]
        whole = "\n".join(text for text, _ in parts)
        for other in publication.languages:
            for text in texts[other] if other != language else ():
                if len(text) < 8 or text in own or text not in whole or _MARKED.search(text):
                    continue
                for words, marked_as in parts:
                    if text in words:
                        marked += marked_as == other
                        if marked_as != other:
                            faults.add(f"{kind}.{language}: “{text}” is {other}, marked as {marked_as}")
    assert faults == set()
    assert marked > 50


def test_no_words_of_the_interface_are_in_another_language(built_site: Path, publication: Publication) -> None:
    ours = {language: _words(language) for language in publication.languages}
    foreign = {(here, other): ours[other] - ours[here] for here in ours for other in ours if here != other}
    faults: set[str] = set()
    for (kind, language), path in fullest_pages(built_site, publication).items():
        page = tree_of((built_site / path / "index.html").read_text(encoding="utf-8"))
        for text, marked_as in said(page, language):
            for other in publication.languages:
                if text in foreign.get((marked_as, other), ()):
                    faults.add(f"{kind}.{language}: “{text}” is {other}, marked as {marked_as}")
    assert faults == set()


#: What the theme would add by itself, if it were let.
_OF_THE_THEME = {"Permanent link", "Skip to content", "Table of contents", "Navigation", "Header", "Footer", "logo"}


def _words(language: str) -> set[str]:
    """Return the words of our catalogue, with those of the theme's for English, its own language.

    A single word in small letters may be a name in a file, and is one on the page of open data.
    """
    entries = {entry for entry in messages_for(language).entries.values() if isinstance(entry, str)}
    return {entry for entry in entries if not entry.islower() or " " in entry} | (
        _OF_THE_THEME if language == "en" else set()
    )


def test_tables_have_a_name_and_their_headings_say_what_they_head(built_site: Path, publication: Publication) -> None:
    tables = 0
    for (kind, language), path in fullest_pages(built_site, publication).items():
        page = tree_of((built_site / path / "index.html").read_text(encoding="utf-8"))
        names = {element.get("id"): element for element in page.iter() if element.get("id")}
        for table in page.iter("table"):
            tables += 1
            where = f"{kind}.{language}"
            named = table.find("caption") if table.find("caption") is not None else names[table.get("aria-labelledby")]
            assert "".join(named.itertext()).strip(), where
            headings = list(table.iter("th"))
            assert headings, where
            assert all(heading.get("scope") in ("col", "row", "colgroup", "rowgroup") for heading in headings), where
            assert all("".join(heading.itertext()).strip() for heading in headings), where
    assert tables > 20
