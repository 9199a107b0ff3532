"""Events in a browser: filters that say the same as pages, labels by the clock of the event, codes that lead there."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from build.pages import resolve
from conftest import every
from events.built import Built
from events.conftest import EVENT_DAY, EVENT_URL, EVENT_WORLD, make_event_site
from events.known import ZONES, Known, known_meetings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from .conftest import served
from .reader import DESK, PHONE, Visit

NARROW: ViewportSize = {"width": 320, "height": 640}
LANGUAGES = ("lt", "lv", "en")
KNOWN = known_meetings(EVENT_WORLD)
BY_ADDRESS = {known.address: known for known in KNOWN}
FACETS = sorted({facet for known in KNOWN for facet in known.facets})
#: The morning of the day of the build.
BUILT_AT = datetime.combine(EVENT_DAY, time(5), UTC)
#: Devices on the two edges of the day.
AFAR = ["America/Los_Angeles", "Pacific/Kiritimati"]
#: An event whose titles, id or words are hard to fit, one page of each kind, in one language or another.
PAGES = [
    "lt/",
    "lt/events/",
    "lv/events/region/coast/",
    "lt/events/2026-11/",
    "en/events/2026-12/",
    "lv/events/archive/2026/",
    "lt/sventes-ir-mokymai/events/first-aid/",
    "en/sventes-ir-mokymai/events/hostile-words/",
    "lv/sventes-ir-mokymai/events/long-title/",
    "lt/sventes-ir-mokymai/events/choir/",
    "lt/sventes-ir-mokymai/events/choir/2026-w50/",
    "en/sventes-ir-mokymai/events/an-id-as-long-as-an-id-may-be-which-is-sixty-four-characters-yes/",
    "lt/subscribe/",
    "lt/sventes-ir-mokymai/events/first-aid/poster/",
    "en/sventes-ir-mokymai/events/hostile-words/poster/",
    "lt/embed/all/",
    "en/embed/other-events/",
]
#: Ten with all that a poster may say, in both organizations, and one with the longest address.
POSTERS = [
    "sventes-ir-mokymai/events/first-aid/",
    "sventes-ir-mokymai/events/hostile-words/",
    "sventes-ir-mokymai/events/long-title/",
    "sventes-ir-mokymai/events/youth-forum/",
    "sventes-ir-mokymai/events/leaders-school/",
    "sventes-ir-mokymai/events/cancelled-ahead/",
    "sventes-ir-mokymai/events/choir/2026-w50/",
    "dzintara-dienas/events/language-cafe/2026-w42/",
    "dzintara-dienas/events/new-year-night/",
    "sventes-ir-mokymai/events/fortnight-by-clock/",
]

#: Returns the pages that the list of coming events leads to: those that can be seen.
SHOWN = """
() => [...document.querySelectorAll(".op-coming .op-meeting")].filter(item => item.checkVisibility())
  .map(item => item.querySelector(".u-url").href)
"""
#: Chooses as a reader does who comes back to an address; returns what is then shown for each of many queries.
SHOWN_FOR_EACH = """
queries => queries.map(query => {
  history.pushState(null, "", location.pathname + query);
  dispatchEvent(new PopStateEvent("popstate"));
  return (%s)();
})
"""
#: Returns the labels of each event in a list, and whether it stands among those that are over, by its page.
LABELS = """
() => [...document.querySelectorAll(".op-coming .op-meeting")].map(item => [
  item.querySelector(".u-url").href,
  [...item.querySelectorAll(".op-near")].map(label => label.textContent),
  Boolean(item.closest(".op-folded")),
])
"""
#: Returns a picture in grey: width, height and its points in base64; transparent is white.
GREY = """
async (source, size) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = size || image.naturalWidth;
  canvas.height = size || image.naturalHeight;
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  const points = paper.getImageData(0, 0, canvas.width, canvas.height).data;
  let grey = "";
  for (let place = 0; place < points.length; place += 4)
    grey += String.fromCharCode((points[place] + points[place + 1] + points[place + 2]) / 3);
  return [canvas.width, canvas.height, btoa(grey)];
}
"""


@pytest.fixture(scope="module")
def built(once: Callable[[str, Callable[[Path], None]], Path]) -> Built:
    """Return the built site of the events' world, to read what the browser is compared with."""
    return Built(once("event-site", make_event_site))


@pytest.fixture(scope="module")
def event_address(built: Built) -> Iterator[str]:
    """Return the address of the events' world on a local server."""
    with served(built.folder) as found:
        yield found


@pytest.fixture(scope="module")
def profiles(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Return browser profiles by what is set in them."""
    found: dict[str, BrowserContext] = {}
    yield found
    for profile in found.values():
        profile.close()


@pytest.fixture
def look(browser: Browser, event_address: str, profiles: dict[str, BrowserContext]) -> Iterator[Callable[..., Visit]]:
    """Open a window: ``look(viewport, scripts=…, zone=…, at=…)``; the clock stands still."""
    opened: list[Page] = []

    def start(
        viewport: ViewportSize = DESK,
        *,
        scripts: bool = True,
        zone: str = "Europe/Vilnius",
        at: str | datetime = BUILT_AT,
    ) -> Visit:
        key = f"{viewport['width']} {scripts} {zone}"
        if key not in profiles:
            profiles[key] = browser.new_context(
                viewport=viewport, java_script_enabled=scripts, timezone_id=zone, reduced_motion="reduce"
            )
        page = profiles[key].new_page()
        opened.append(page)
        page.clock.set_fixed_time(at)
        return Visit(page, event_address)

    yield start
    for page in opened:
        page.close()


def addresses(window: Visit, urls: Sequence[str]) -> set[str]:
    """Return the pages of events that urls lead to, without the language."""
    start = f"{window.address}en/"
    assert all(url.startswith(start) for url in urls), urls
    return {url.removeprefix(start) for url in urls}


def is_clean(window: Visit) -> None:
    """Check that nothing went wrong and that nothing was asked of another host."""
    assert window.complaints == []
    assert [url for url in window.requests if not url.startswith((window.address, "data:"))] == []


# -- without scripts ------------------------------------------------------------------------------------------------


def test_the_script_is_small(built: Built) -> None:
    assert len(gzip.compress((built.folder / "assets/events.js").read_bytes(), 9)) <= 4096


def test_every_event_can_be_reached_by_links_without_scripts(look: Callable[..., Visit]) -> None:
    window = look(PHONE, scripts=False)
    agenda = window.open("en/events/")
    found: set[str] = set(agenda.locator(".op-coming .u-url").evaluate_all("links => links.map(link => link.href)"))
    assert agenda.locator(".op-coming .u-url:visible").count() == len(found)
    years = agenda.locator("article a[href^='archive/']")
    expect(years).to_have_count(2)
    paths = years.evaluate_all("links => links.map(link => link.href)")
    for url in paths:
        page = window.open(url.removeprefix(window.address))
        links = page.locator("article .u-url:visible")
        assert links.count() > 0
        found |= set(links.evaluate_all("links => links.map(link => link.href)"))
    assert addresses(window, sorted(found)) == set(BY_ADDRESS)
    is_clean(window)


def test_a_filter_is_a_link_to_a_page_without_scripts(look: Callable[..., Visit], built: Built) -> None:
    window = look(PHONE, scripts=False)
    page = window.open("en/events/")
    page.locator("details.op-choose > summary").click()
    page.get_by_role("link", name="Trainings", exact=True).click()
    expect(page).to_have_url(f"{window.address}en/events/kind/training/")
    shown = page.locator(".op-coming .u-url:visible").evaluate_all("links => links.map(link => link.href)")
    assert addresses(window, shown) == {known.address for known in coming("kind", "training")}


# -- filters --------------------------------------------------------------------------------------------------------


def coming(name: str, value: str) -> list[Known]:
    """Return what has a facet and was not over on the day of the build."""
    return [known for known in KNOWN if (name, value) in known.facets and not known.is_over(EVENT_DAY)]


def listed(built: Built, facet: tuple[str, str]) -> set[str]:
    """Return what the page of a facet lists as coming."""
    return {row.address for row in built.coming(f"en/events/{facet[0]}/{facet[1]}/")}


def test_the_agenda_with_a_filter_shows_what_the_page_of_the_facet_lists(
    look: Callable[..., Visit], built: Built
) -> None:
    window = look()
    page = window.open("en/events/")
    shown = page.evaluate(SHOWN_FOR_EACH % SHOWN, [f"?{name}={value}" for name, value in FACETS])
    for facet, urls in zip(FACETS, shown, strict=True):
        assert addresses(window, urls) == listed(built, facet), facet
        assert len(urls) == len(set(urls))
    assert any(0 < len(urls) < 100 for urls in shown)


def test_two_filters_narrow_each_other_and_two_values_of_one_add_up(look: Callable[..., Visit], built: Built) -> None:
    window = look()
    page = window.open("en/events/")
    pairs = list(combinations(FACETS, 2))[::4]
    queries = [f"?{first[0]}={first[1]}&{second[0]}={second[1]}" for first, second in pairs]
    seen = set()
    for (first, second), urls in zip(pairs, page.evaluate(SHOWN_FOR_EACH % SHOWN, queries), strict=True):
        one, other = listed(built, first), listed(built, second)
        expected = one | other if first[0] == second[0] else one & other
        assert addresses(window, urls) == expected, (first, second)
        seen.add((first[0] == second[0], bool(expected)))
    # Pairs with nothing in common are among them.
    assert seen == {(True, True), (False, True), (False, False)}


@pytest.mark.parametrize(
    ("query", "facets"),
    [
        ("?kind=training", [("kind", "training")]),
        ("?mode=online&language=lv", [("mode", "online"), ("language", "lv")]),
    ],
)
def test_an_address_with_a_filter_can_be_opened(
    query: str, facets: list[tuple[str, str]], look: Callable[..., Visit], built: Built
) -> None:
    window = look()
    page = window.open(f"en/events/{query}")
    expected = set.intersection(*(listed(built, facet) for facet in facets))
    assert addresses(window, page.evaluate(SHOWN)) == expected
    assert page.locator(".op-coming .op-meeting:visible").count() == len(expected)
    # Headings of months in which nothing is left are gone too, and the choice stands open.
    headings = page.locator(".op-coming h2:visible").evaluate_all("found => found.map(one => one.id)")
    left = [row.anchor for row in built.coming("en/events/") if row.address in expected]
    assert headings == list(dict.fromkeys(left))
    chosen = page.locator("[data-op-filter] a[aria-current=true]:visible")
    pairs = chosen.evaluate_all("found => found.map(one => [one.dataset.facet, one.dataset.value])")
    assert sorted(map(tuple, pairs)) == sorted(facets)
    expect(page.get_by_role("status")).to_contain_text(str(len(expected)))
    is_clean(window)


def test_filters_that_do_not_exist_are_ignored(look: Callable[..., Visit], built: Built) -> None:
    window = look()
    page = window.open("en/events/?kind=nonsense")
    everything = {row.address for row in built.coming("en/events/")}
    assert addresses(window, page.evaluate(SHOWN)) == everything
    expect(page.locator("[data-op-filter] a[aria-current]")).to_have_count(0)
    expect(page.get_by_role("link", name="Show all")).to_be_hidden()
    queries = ["?unheard=of", "?kind=", "?KIND=training&organization=%3Cb%3E", "?kind=nonsense&kind=training&x=1"]
    *ignored, partly = page.evaluate(SHOWN_FOR_EACH % SHOWN, queries)
    assert [addresses(window, urls) for urls in ignored] == [everything] * 3
    assert addresses(window, partly) == listed(built, ("kind", "training"))
    is_clean(window)


def test_a_reader_chooses_goes_back_and_shows_all_again(look: Callable[..., Visit], built: Built) -> None:
    window = look(PHONE)
    page = window.open("en/events/")
    agenda = f"{window.address}en/events/"
    everything = {row.address for row in built.coming("en/events/")}
    training, online = ("kind", "training"), ("mode", "online")
    page.locator("details.op-choose > summary").click()

    def chip(words: str) -> Locator:
        return page.locator("[data-op-filter]").get_by_role("link", name=words, exact=True)

    def is_shown(query: str, expected: set[str]) -> None:
        expect(page).to_have_url(agenda + query)
        assert addresses(window, page.evaluate(SHOWN)) == expected, query

    chip("Trainings").click()
    is_shown("?kind=training", listed(built, training))
    # With the keyboard as with a finger.
    chip("online").focus()
    page.keyboard.press("Enter")
    is_shown("?kind=training&mode=online", listed(built, training) & listed(built, online))
    chip("Trainings").click()
    is_shown("?mode=online", listed(built, online))
    page.go_back()
    is_shown("?kind=training&mode=online", listed(built, training) & listed(built, online))
    page.go_back()
    is_shown("?kind=training", listed(built, training))
    page.go_back()
    is_shown("", everything)
    expect(page.get_by_role("link", name="Show all")).to_be_hidden()
    page.go_forward()
    is_shown("?kind=training", listed(built, training))
    page.get_by_role("link", name="Show all").click()
    is_shown("", everything)
    expect(page.locator("[data-op-filter] a[aria-current]")).to_have_count(0)
    is_clean(window)


def test_a_choice_of_which_there_is_nothing_says_so(look: Callable[..., Visit]) -> None:
    window = look()
    page = window.open("en/events/?kind=survey&free=yes")
    assert page.evaluate(SHOWN) == []
    expect(page.get_by_role("status")).to_have_text("Nothing of this kind is planned.")
    expect(page.locator(".op-coming h2:visible")).to_have_count(0)


def test_a_click_with_a_key_held_is_left_to_the_browser(look: Callable[..., Visit]) -> None:
    window = look()
    page = window.open("en/events/")
    page.locator("details.op-choose > summary").click()
    before = page.evaluate(SHOWN)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Camps", exact=True).click(modifiers=["ControlOrMeta"])
    expect(opened.value).to_have_url(f"{window.address}en/events/kind/camp/")
    opened.value.close()
    expect(page).to_have_url(f"{window.address}en/events/")
    assert page.evaluate(SHOWN) == before


# -- the reader's moment --------------------------------------------------------------------------------------------


def local(moment: str) -> datetime:
    """Return a local moment as it is written; midnight for a day."""
    return datetime.fromisoformat(moment)


def is_over(known: Known, now: datetime) -> bool:
    """Tell whether an event is over by the clock of its own zone; one without an end lasts the day out."""
    if not known.on:
        return known.last_day is not None and now.date() > known.last_day
    if "T" in known.on and "/" in known.on:
        return now >= local(known.last)
    return now.date() > local(known.last).date()


def in_words(count: int, unit: str) -> str:
    """Return how long it is still to go."""
    return f"in {count} {unit}{'' if count == 1 else 's'}"


def expected_labels(known: Known, moment: datetime) -> list[str]:
    """Return what is said of an event at a moment, by the clock of its own zone."""
    now = moment.astimezone(ZONES[known.organization]).replace(tzinfo=None)
    if is_over(known, now):
        return ["over"]
    if known.is_off:
        return []
    found = [_near(known, now)] if known.on else []
    registration = known.stated("registration") or {}
    closes, opens = registration.get("closes", ""), registration.get("opens", "")
    if closes and now >= local(closes) + (timedelta(minutes=1) if "T" in closes else timedelta(days=1)):
        found.append("registration closed")
    elif opens and now < local(opens):
        found.append("registration not open yet")
    return [words for words in found if words]


def _near(known: Known, now: datetime) -> str:
    begins = local(known.first)
    days = (begins.date() - now.date()).days
    if now >= begins:
        return "on now"
    if days > 13:
        return ""
    if days == 0:
        minutes = int((begins - now) / timedelta(minutes=1))
        return "today, " + (in_words(minutes // 60, "hour") if minutes >= 60 else in_words(minutes, "minute"))
    is_this_week = begins.isocalendar()[:2] == now.isocalendar()[:2]
    return ("this week, " if is_this_week else "") + in_words(days, "day")


#: Moments that devices afar call another day, and what must be said then of some events, written out by hand.
MOMENTS: list[tuple[str, dict[str, list[str]]]] = [
    (
        "2026-10-12T05:30:00Z",
        {
            "today-workshop": ["today, in 6 hours"],
            "club-evenings/2026-10": ["this week, in 2 days"],
            "first-aid": ["this week, in 5 days"],
            "rescheduled-once": ["in 10 days"],
            "teachers-conference": ["this week, in 4 days", "registration closed"],
            "leaders-school": ["registration not open yet"],
            "choir/2026-w43": [],
            "youth-forum": [],
        },
    ),
    ("2026-10-12T09:00:00Z", {"today-workshop": ["today, in 3 hours"]}),
    ("2026-10-12T11:20:00Z", {"today-workshop": ["today, in 40 minutes", "registration closed"]}),
    ("2026-10-12T12:00:00Z", {"today-workshop": ["on now", "registration closed"]}),
    ("2026-10-12T14:00:00Z", {"today-workshop": ["over"], "choir/2026-w42": ["this week, in 1 day"]}),
    (
        "2026-10-13T15:05:00Z",
        {
            "today-workshop": ["over"],
            "choir/2026-w42": ["on now"],
            "language-cafe/2026-w42": ["this week, in 1 day"],
            "first-aid": ["this week, in 4 days"],
        },
    ),
    (
        "2026-10-15T21:30:00Z",
        {"book-club/2026-w42": ["over"], "first-aid": ["this week, in 1 day", "registration closed"]},
    ),
    (
        "2026-10-20T10:15:00Z",
        {
            "choir/2026-w43": [],
            "public-speaking": ["today, in 4 hours"],
            "drama-seminar": ["this week, in 4 days"],
            "autumn-clock-days": ["this week, in 4 days"],
            "language-cafe/2026-w43": ["this week, in 1 day"],
            "language-cafe/2026-w42": ["over"],
            "leaders-school": [],
            "last-sundays/2026-10": ["this week, in 5 days"],
            "postponed-hike": [],
        },
    ),
    (
        "2026-10-21T10:15:00Z",
        {"choir/2026-w43": ["over"], "drama-seminar": ["this week, in 3 days", "registration closed"]},
    ),
    ("2026-10-25T08:00:00Z", {"clock-night": ["over"], "autumn-clock-days": ["on now"]}),
]


def refresh(page: Page) -> None:
    """Do what the browser does when the reader comes back to a window left open."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("zone", AFAR)
def test_labels_and_what_is_over_follow_the_clock_of_the_event_wherever_the_device_is(
    zone: str, look: Callable[..., Visit]
) -> None:
    window = look(zone=zone, at=MOMENTS[0][0])
    page = window.open("en/events/")
    said: set[str] = set()
    for instant, by_hand in MOMENTS:
        moment = datetime.fromisoformat(instant)
        page.clock.set_fixed_time(moment)
        refresh(page)
        found = {}
        for url, labels, is_folded in page.evaluate(LABELS):
            known = BY_ADDRESS[url.removeprefix(f"{window.address}en/")]
            found[known.address.partition("/events/")[2].rstrip("/")] = labels
            assert labels == expected_labels(known, moment), (instant, known.address)
            assert is_folded == (labels == ["over"]), (instant, known.address)
            said |= {label.rstrip("0123456789 ") for label in labels}
        assert {name: found[name] for name in by_hand} == by_hand, instant
    assert {"over", "on now", "registration closed", "registration not open yet"} <= said
    is_clean(window)


@pytest.mark.parametrize(("zone", "days"), [(AFAR[0], 0), (AFAR[1], 1), (AFAR[0], 8)])
def test_a_page_opened_days_after_it_was_made_puts_away_what_is_over(
    zone: str, days: int, look: Callable[..., Visit]
) -> None:
    moment = datetime(2026, 10, 12, 20, 30, tzinfo=UTC) + timedelta(days=days)
    window = look(zone=zone, at=moment)
    page = window.open("en/events/")
    ahead = [known for known in KNOWN if not known.is_over(EVENT_DAY)]
    over = {known.address for known in ahead if expected_labels(known, moment) == ["over"]}
    assert len(over) > days
    folded = page.locator(".op-coming > details.op-folded")
    expect(folded).to_have_count(1)
    assert folded.get_attribute("open") is None
    expect(folded.locator("summary")).to_have_text("Just over")
    urls = folded.locator(".u-url").evaluate_all("links => links.map(link => link.href)")
    assert addresses(window, urls) == over and len(urls) == len(over)
    expect(folded.locator(".u-url:visible")).to_have_count(0)
    folded.locator("summary").click()
    expect(folded.locator(".u-url:visible")).to_have_count(len(over))
    is_clean(window)


def test_an_event_goes_by_the_clock_of_its_own_organization(look: Callable[..., Visit]) -> None:
    # Vilnius and Riga have the same time, so for this test Riga's organization moves to where it is ten hours later.
    window = look(zone="America/Los_Angeles", at="2026-10-14T05:30:00Z")

    def move(route: Any) -> None:
        text = route.fetch().text()
        assert text.count('data-zone="Europe/Riga"') > 30
        route.fulfill(
            body=text.replace('data-zone="Europe/Riga"', 'data-zone="Pacific/Auckland"'), content_type="text/html"
        )

    window.page.route("**/en/events/", move)
    page = window.open("en/events/")
    labels = {url.rpartition("/events/")[2]: labels for url, labels, _ in page.evaluate(LABELS)}
    # At 18:00 on the same day both: in Auckland it is 18:30, in Vilnius 8:30.
    assert labels["language-cafe/2026-w42/"] == ["on now"]
    assert labels["club-evenings/2026-10/"] == ["today, in 9 hours"]


#: What the page of an event says at some moments, in the order of time.
ON_ITS_PAGE: dict[str, list[tuple[str, list[str]]]] = {
    "sventes-ir-mokymai/events/first-aid/": [
        ("2026-10-16T22:30:00Z", ["today, in 8 hours", "registration closed"]),
        ("2026-10-17T13:00:00Z", ["over"]),
    ],
    "dzintara-dienas/events/language-cafe/2026-w43/": [("2026-10-20T20:59:00Z", ["this week, in 1 day"])],
    "sventes-ir-mokymai/events/leaders-school/": [
        ("2026-10-19T04:59:00Z", ["registration not open yet"]),
        ("2026-10-19T05:00:00Z", []),
    ],
    "sventes-ir-mokymai/events/cancelled-ahead/": [("2026-11-27T12:00:00Z", [])],
    "sventes-ir-mokymai/events/window-days/": [("2026-12-08T12:00:00Z", []), ("2026-12-11T22:00:00Z", ["over"])],
}


@pytest.mark.parametrize("zone", AFAR)
def test_the_page_of_an_event_says_how_near_it_is(zone: str, look: Callable[..., Visit]) -> None:
    window = look(zone=zone)
    for address, moments in ON_ITS_PAGE.items():
        page = window.open(f"en/{address}")
        for moment, labels in moments:
            page.clock.set_fixed_time(moment)
            refresh(page)
            assert page.locator(".op-event .op-near").all_inner_texts() == labels, (address, moment)


@pytest.mark.parametrize("zone", AFAR)
def test_a_page_says_that_it_is_old_when_it_is_older_than_three_days(zone: str, look: Callable[..., Visit]) -> None:
    window = look(zone=zone, at="2026-10-12T05:00:00Z")
    page = window.open("lt/events/")
    notice = page.locator(".op-stale")
    # 15 October ends in Vilnius at 21:00 by UTC.
    for moment in ("2026-10-12T05:00:00Z", "2026-10-14T12:00:00Z", "2026-10-15T20:59:00Z"):
        page.clock.set_fixed_time(moment)
        refresh(page)
        expect(notice).to_have_count(0)
    page.clock.set_fixed_time("2026-10-15T21:00:00Z")
    refresh(page)
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("2026 m. spalio 12 d.")
    refresh(page)
    expect(notice).to_have_count(1)


@pytest.mark.parametrize(
    "path", ["en/events/?kind=meeting", "en/events/kind/meeting/", "en/sventes-ir-mokymai/events/choir/"]
)
def test_no_month_stands_empty_when_all_of_it_is_over(path: str, look: Callable[..., Visit]) -> None:
    page = look(at="2026-12-01T12:00:00Z").open(path)
    headings = page.locator(".op-coming h2:visible")
    assert headings.count() > 2
    for heading in headings.all():
        below = heading.locator("xpath=..").locator(".op-meeting:visible")
        assert below.count() > 0, heading.inner_text()


# -- small screens, other hosts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", every(2, PAGES))
def test_a_page_of_events_fits_the_smallest_screen_and_asks_nothing_of_another_host(
    path: str, look: Callable[..., Visit]
) -> None:
    window = look(NARROW)
    page = window.open(path)
    page.evaluate("document.querySelectorAll('main details').forEach(element => element.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.evaluate("scrollTo(1000, 0)")
    assert page.evaluate("scrollX") == 0
    is_clean(window)


def test_a_finger_can_hit_each_day_of_a_month(look: Callable[..., Visit]) -> None:
    page = look(NARROW).open("lt/events/2026-11/")
    for size in (NARROW, PHONE, DESK):
        page.set_viewport_size(size)
        boxes = [link.bounding_box() for link in page.locator("a.op-day").all()]
        assert len(boxes) > 15
        assert min(min(box["width"], box["height"]) for box in boxes if box) >= 24, size


def test_a_day_of_a_month_leads_to_its_list(look: Callable[..., Visit]) -> None:
    window = look(PHONE)
    page = window.open("en/events/2026-11/")
    page.get_by_role("link", name="21 November 2026, Saturday, 1 event").click()
    expect(page).to_have_url(f"{window.address}en/events/2026-11/#d-2026-11-21")
    expect(page.locator("#d-2026-11-21")).to_be_in_viewport()


# -- codes for phones -----------------------------------------------------------------------------------------------


def read_code(picture: list[Any]) -> str:
    """Return what a phone reads from a picture with one code."""
    width, height, grey = picture
    [code] = zxingcpp.read_barcodes(memoryview(base64.b64decode(grey)).cast("B", shape=[height, width]))
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    return str(code.text)


def is_there(built: Built, address: str) -> tuple[str, str]:
    """Check that an address leads to a page of the site, and its anchor to a place on it; return both."""
    found = resolve(EVENT_URL, "index.html", address)
    assert found is not None and built.has(found[0]), address
    path, anchor = found
    if anchor:
        ids = {element.get("id") for element in built.article(path.removesuffix("index.html")).iter()}
        assert anchor in ids, address
    return found


@pytest.mark.parametrize("language", every(3, LANGUAGES))
def test_the_code_on_a_poster_leads_to_the_page_of_the_event(
    language: str, look: Callable[..., Visit], built: Built
) -> None:
    window = look(PHONE)
    for address in POSTERS:
        page = window.open(f"{language}/{address}poster/")
        png = base64.b64encode(page.locator("svg.op-qr").screenshot()).decode()
        picture = page.evaluate(f"source => ({GREY})(source)", f"data:image/png;base64,{png}")
        assert is_there(built, read_code(picture)) == (f"{language}/{address}index.html", ""), address
    is_clean(window)


def test_the_code_of_each_calendar_leads_to_where_one_can_subscribe_to_it(
    look: Callable[..., Visit], built: Built
) -> None:
    window = look(PHONE)
    page = window.open("lv/subscribe/")
    pictures = page.locator("img.op-qr").evaluate_all("images => images.map(image => [image.src, image.width])")
    files = {path.name for path in built.folder.glob("calendars/lv/*.svg")}
    assert {Path(source).name for source, _ in pictures} == files and len(files) > 40
    script = f"pictures => Promise.all(pictures.map(([source, size]) => ({GREY})(source, size)))"
    for (source, _), picture in zip(pictures, page.evaluate(script, pictures), strict=True):
        found = is_there(built, read_code(picture))
        assert found == ("lv/subscribe/index.html", Path(source).stem), source
