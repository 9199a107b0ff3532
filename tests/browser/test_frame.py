"""What holds on every page: nothing leaves the host, nothing scrolls sideways, everything can be read and reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openplans.publication import Publication
from openplans.routes import PageKind, Route
from playwright.sync_api import Page, expect

from .conftest import DESK, PHONE, Visit

NARROW = {"width": 320, "height": 640}

#: Texts of every weight on every kind of page; each must be legible wherever it stands.
TEXTS = (
    "article p",
    "article h1",
    "article a",
    ".op-lead",
    ".op-detail",
    ".op-number",
    ".op-banner",
    ".op-status",
    ".op-written",
    ".op-fallback",
    ".op-small",
    ".op-progress__words",
    ".op-meeting__when",
    "article th",
    "article dt",
    ".md-header__topic",
    ".op-languages a",
    ".md-nav__link",
    ".md-copyright p",
    ".md-copyright a",
)

#: Returns the lowest contrast (WCAG 2.2) of the visible elements of a selector, and the text that has it.
CONTRAST = """
selector => {
  const channels = text => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, bottom) => [0, 1, 2].map(i => top[i] * top[3] + bottom[i] * (1 - top[3])).concat(1);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = element => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(channels(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  let worst = null;
  for (const element of document.querySelectorAll(selector)) {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || !element.textContent.trim()) continue;
    let opacity = 1;
    for (let e = element; e; e = e.parentElement) opacity *= parseFloat(getComputedStyle(e).opacity);
    if (!opacity) continue;
    const ground = behind(element), ink = channels(getComputedStyle(element).color);
    ink[3] *= opacity;
    const [high, low] = [luminance(over(ink, ground)), luminance(ground)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (!worst || ratio < worst[0]) worst = [ratio, element.textContent.trim().slice(0, 40)];
  }
  return worst;
}
"""

#: Returns what has the focus, and whether a sighted person can tell.
FOCUS = """
() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    place: element.closest(".md-skip") ? "skip" : element.closest(".op-languages") ? "languages"
      : element.closest("article") ? "content" : element.closest(".md-sidebar--primary") ? "navigation" : "header",
    tag: element.tagName,
    text: element.textContent.trim(),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth && parseFloat(style.opacity) === 1,
  };
}
"""


@pytest.mark.parametrize("kind", list(PageKind))
def test_a_page_asks_nothing_of_another_host_and_nothing_goes_wrong(
    kind: PageKind, visit: Callable[..., Visit], publication: Publication, one_of_each: dict[PageKind, Route]
) -> None:
    window = visit()
    for language in publication.languages:
        window.open(one_of_each[kind].in_language(language).path)
        window.page.wait_for_load_state("networkidle")
    assert len(window.requests) > len(publication.languages)
    assert [url for url in window.requests if not url.startswith((window.address, "data:"))] == []
    assert window.complaints == []
    assert window.page.context.cookies() == []


@pytest.mark.parametrize("kind", list(PageKind))
def test_a_page_does_not_scroll_sideways_on_the_smallest_screen(
    kind: PageKind, visit: Callable[..., Visit], publication: Publication, one_of_each: dict[PageKind, Route]
) -> None:
    window = visit(NARROW)
    for language in publication.languages:
        page = window.open(one_of_each[kind].in_language(language).path)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], language
        page.evaluate("scrollTo(1000, 0)")
        assert page.evaluate("scrollX") == 0, language


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_what_is_behind_them(
    scheme: str, visit: Callable[..., Visit], one_of_each: dict[PageKind, Route]
) -> None:
    window = visit(DESK, scheme=scheme)
    met: set[str] = set()
    faint: list[str] = []
    for kind, route in one_of_each.items():
        page = window.open(route.path)
        is_dark = page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        assert is_dark == (scheme == "dark")
        page.evaluate("document.querySelectorAll('details').forEach(element => element.open = true)")
        for selector in TEXTS:
            worst = page.evaluate(CONTRAST, selector)
            if worst is None:
                continue
            met.add(selector)
            if worst[0] < 4.5:
                faint.append(f"{kind} {selector}: {worst[0]:.2f} “{worst[1]}”")
    assert faint == []
    assert set(TEXTS) - met == set(), "these texts were met on no page, so nothing is known about them"


def focus_after_tabs(page: Page, limit: int = 60) -> list[dict[str, object]]:
    """Press Tab again and again; return what had the focus each time, up to the first link of the content."""
    seen: list[dict[str, object]] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUS))
        if seen[-1]["place"] == "content":
            return seen
    raise AssertionError(f"after {limit} tabs the content was not reached: {seen}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_keyboard_reaches_the_skip_link_the_languages_and_the_content(
    size: dict[str, int], scheme: str, visit: Callable[..., Visit], one_of_each: dict[PageKind, Route]
) -> None:
    window = visit(size, scheme=scheme)
    page = window.open(one_of_each[PageKind.ACTION].path)
    stops = focus_after_tabs(page)
    assert stops[0]["place"] == "skip"
    assert [stop["text"] for stop in stops if stop["place"] == "languages"] == ["LT", "LV", "EN"]
    assert [stop for stop in stops if not stop["seen"]] == []
    assert [stop for stop in stops if not stop["ring"]] == []


def test_the_skip_link_leads_past_the_navigation(
    visit: Callable[..., Visit], one_of_each: dict[PageKind, Route]
) -> None:
    window = visit(DESK)
    page = window.open(one_of_each[PageKind.ACTION].path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["place"] == "content"
