"""What holds on every page: nothing leaves the host, nothing scrolls sideways, everything can be read and reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import every
from openplans.publication import Publication
from openplans.routes import DOCUMENTS, PageKind, Route
from playwright.sync_api import Page, ViewportSize, expect

from .reader import DESK, PHONE, Visit

NARROW: ViewportSize = {"width": 320, "height": 640}
#: Sheets to print and lists for other sites are documents of their own; tests of events look at them.
IN_LAYOUT = [kind for kind in PageKind if kind not in DOCUMENTS]

#: Returns [contrast by WCAG 2.2, class, words] of each text that can be seen, and that of its faintest part.
CONTRASTS = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const channels = colour => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = (top, bottom, alpha) => [0, 1, 2].map(i => top[i] * alpha + bottom[i] * (1 - alpha));
  const luminance = rgb => {
    const [r, g, b] = rgb.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const grounds = new Map([[null, [255, 255, 255]]]);
  const ground = element => {
    if (!grounds.has(element)) {
      const layer = channels(getComputedStyle(element).backgroundColor);
      grounds.set(element, over(layer, ground(element.parentElement), layer[3]));
    }
    return grounds.get(element);
  };
  const opacity = element => element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
  const found = [], seen = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const words = texts.currentNode.nodeValue.trim(), element = texts.currentNode.parentElement;
    if (!words || seen.has(element) || element.closest("script, style, noscript")) continue;
    seen.add(element);
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const behind = ground(element), ink = channels(getComputedStyle(element).color);
    const [high, low] = [luminance(over(ink, behind, ink[3] * opacity(element))), luminance(behind)]
      .sort((a, b) => b - a);
    const name = element.getAttribute("class") || element.tagName.toLowerCase();
    found.push([(high + 0.05) / (low + 0.05), name, words.slice(0, 40)]);
  }
  return found;
}
"""

#: Returns what has the focus, and whether a sighted person can tell.
FOCUS = """
() => {
  // The checkbox behind the menu shows its focus on the menu's own sign.
  const focused = document.activeElement;
  const element = focused.id === "__drawer" ? document.querySelector(".op-menu") : focused;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    place: element.closest(".md-skip") ? "skip" : element.closest(".op-languages") ? "languages"
      : element.closest("article") ? "content" : element.closest(".md-sidebar--primary") ? "navigation" : "header",
    tag: element.tagName,
    classes: element.getAttribute("class") || "",
    text: element.textContent.trim(),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth && parseFloat(style.opacity) === 1,
  };
}
"""


@pytest.mark.parametrize("kind", every(2, IN_LAYOUT))
def test_a_page_asks_nothing_of_another_host_and_nothing_goes_wrong(
    kind: PageKind, visit: Callable[..., Visit], one_of_each: dict[PageKind, Route]
) -> None:
    window = visit()
    window.open(one_of_each[kind].path)
    window.page.wait_for_load_state("networkidle")
    assert len(window.requests) > 1
    assert [url for url in window.requests if not url.startswith((window.address, "data:"))] == []
    assert window.complaints == []
    assert window.page.context.cookies() == []


@pytest.mark.parametrize("kind", every(2, IN_LAYOUT))
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
def test_every_text_stands_out_from_what_is_behind_it(
    scheme: str, visit: Callable[..., Visit], publication: Publication, one_of_each: dict[PageKind, Route]
) -> None:
    window = visit(DESK, scheme=scheme)
    met: set[str] = set()
    faint: set[str] = set()
    for kind, route in ((kind, one_of_each[kind]) for kind in IN_LAYOUT):
        # In the last language some texts are missing, and the fallback has a look of its own.
        shown = route if kind is PageKind.CHOOSER else route.in_language(publication.languages[-1])
        page = window.open(shown.path)
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == scheme
        page.evaluate("document.querySelectorAll('details').forEach(element => element.open = true)")
        for ratio, name, words in page.evaluate(CONTRASTS):
            met.update(name.split())
            if ratio < 4.5:
                faint.add(f"{kind} {name}: {ratio:.2f} “{words}”")
    assert faint == set()
    assert {"p", "a", "h1", "op-status", "op-detail", "op-lead", "op-when", "md-ellipsis"} <= met


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
    size: ViewportSize, scheme: str, visit: Callable[..., Visit], one_of_each: dict[PageKind, Route]
) -> None:
    window = visit(size, scheme=scheme)
    page = window.open(one_of_each[PageKind.ACTION].path)
    stops = focus_after_tabs(page)
    # On a phone the menu comes first.
    assert next(stop["place"] for stop in stops if "menu" not in stop["classes"]) == "skip"
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
