"""Tables of actions: links that leave some of the lines, buttons that put them in order, and what paper keeps of it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cases.folders import make_folder
from conftest import BASE_URL, TODAY, every, make_project
from openplans.dates import timing_of
from openplans.language import sort_key
from openplans.load import load_dataset
from openplans.model import Action
from openplans.publication import Publication
from openplans.routes import PageKind, Route, routes
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import served
from .reader import DESK, PHONE, Visit
from .test_events_page import GREY, read_code

LANGUAGES = ("lt", "lv", "en")
COMMITTEE = "zalias-namas/committees/board/"
#: Committees and a section of the golden world: together they offer every choice, over one table and over several.
PAGES = [
    COMMITTEE,
    "zalias-namas/committees/training/",
    "zalias-namas/committees/network/",
    "kalnu-klubs/committees/guides/",
    "zalias-namas/two-years-2026/trainings/",
]
#: The page with the most lines in every language, the others in one each.
IN_LANGUAGES = [
    (COMMITTEE, "lt"),
    (COMMITTEE, "lv"),
    (COMMITTEE, "en"),
    *zip(PAGES[1:], ("en", "lv", "lt", "lv"), strict=True),
]
#: Nobody waits for these any more in the time that the plan gave.
SETTLED = {"done", "cancelled", "merged", "postponed"}

#: Returns where each line of the tables leads that can be seen.
SHOWN = """
() => [...document.querySelectorAll("table.op-actions tbody > tr")].filter(line => line.checkVisibility())
  .map(line => line.querySelector("th a").href)
"""
#: Returns whether a part with a heading and a table is seen while all its lines are hidden, or the other way round.
HALF_HIDDEN = """
() => [...document.querySelectorAll(".op-part:has(.op-actions)")].filter(part =>
  part.checkVisibility() !== [...part.querySelectorAll("tbody > tr")].some(line => line.checkVisibility())).length
"""


# -- which lines there are ------------------------------------------------------------------------------------------


def actions_by_path(publication: Publication) -> dict[str, Action]:
    """Return every action by its page's address without the language."""
    return {
        f"{organization.id}/{plan.id}/{action.id}/": action
        for organization in publication.dataset.organizations
        for plan in organization.plans
        for action in plan.actions
    }


def end_of(action: Action, publication: Publication) -> date | None:
    """Return the day on which an action's time ends; None where nobody said one."""
    organization = publication.dataset.organization(action.organization)
    plan = next(plan for plan in organization.plans if plan.id == action.plan)
    return timing_of(action.all_whens, publication.frame(organization, plan)).latest


def is_meant(choice: str, action: Action, publication: Publication) -> bool:
    """Tell whether a choice must show an action, from what was reported on it and from its time."""
    progress = publication.progress_of(action)
    if choice == "overdue":
        return progress.schedule == "overdue"
    if choice != "due_this_month":
        return progress.status == choice
    end = end_of(action, publication)
    in_month = end is not None and (end.year, end.month) == (TODAY.year, TODAY.month)
    return in_month and progress.status not in SETTLED


def without_language(urls: Sequence[str], window: Visit) -> list[str]:
    """Return the addresses of pages without the site's and the language."""
    paths = [urlsplit(url).path.removeprefix(urlsplit(window.address).path) for url in urls]
    return [path.partition("/")[2] for path in paths]


def shown(page: Page, window: Visit) -> list[str]:
    """Return the actions in whose lines the reader can see, in the order of the page."""
    return without_language(page.evaluate(SHOWN), window)


# -- choices, without scripts ---------------------------------------------------------------------------------------


def test_the_pages_looked_at_offer_every_choice(
    visit: Callable[..., Visit], publication: Publication, one_of_each: dict[PageKind, Route]
) -> None:
    with_choices = [
        route
        for route in routes(publication)
        if route.language == "lt" and route.kind in (PageKind.COMMITTEE, PageKind.SECTION)
    ]
    offered: dict[str, set[str]] = {}
    window = visit(scripts=False)
    for route in with_choices:
        page = window.open(route.path)
        links = page.locator(".op-choices a").evaluate_all("links => links.map(link => link.hash)")
        offered[route.path.removeprefix("lt/")] = set(links)
    assert set(PAGES) <= set(offered)
    assert set().union(*(offered[path] for path in PAGES)) == set().union(*offered.values())


@pytest.mark.parametrize(("path", "language"), every(2, IN_LANGUAGES))
def test_a_choice_leaves_the_lines_that_it_names(
    path: str, language: str, visit: Callable[..., Visit], publication: Publication
) -> None:
    actions = actions_by_path(publication)
    window = visit(PHONE, scripts=False)
    page = window.open(f"{language}/{path}")
    every = shown(page, window)
    assert len(every) > 2 and set(every) <= set(actions)
    restore = page.locator('.op-choices a[href="#show-all"]')
    chips = page.locator('.op-choices a:not([href="#show-all"])')
    assert chips.count() >= 2
    for chip in chips.all():
        anchor = chip.get_attribute("href") or ""
        choice = anchor.removeprefix("#show-")
        meant = [one for one in every if is_meant(choice, actions[one], publication)]
        chip.click()
        expect(page).to_have_url(f"{window.address}{language}/{path}{anchor}")
        assert shown(page, window) == meant, choice
        assert chip.locator(".op-count").inner_text() == str(len(meant)), choice
        assert page.evaluate(HALF_HIDDEN) == 0, choice
        # What is shown is said, with the way back; only the link that was followed looks like it.
        notice = page.locator(".op-shown:visible")
        expect(notice).to_have_count(1)
        expect(notice).to_contain_text(str(len(meant)))
        weights = page.locator(".op-choices a").evaluate_all(
            "links => links.filter(link => getComputedStyle(link).fontWeight >= 600).map(link => link.hash)"
        )
        assert weights == [anchor]
        (restore if choice == "overdue" else notice.locator("a")).click()
        expect(page).to_have_url(f"{window.address}{language}/{path}#show-all")
        assert shown(page, window) == every
        expect(page.locator(".op-shown:visible")).to_have_count(0)
    assert window.complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_what_there_is_none_of_is_named_and_is_no_link(
    path: str, visit: Callable[..., Visit], publication: Publication
) -> None:
    actions = actions_by_path(publication)
    window = visit(scripts=False)
    page = window.open(f"lt/{path}")
    every = shown(page, window)
    chips = page.locator(".op-choices li").evaluate_all(
        "items => items.map(i => [i.querySelector('a')?.hash ?? '', i.querySelector('.op-count')?.textContent])"
    )
    assert chips[0] == ["#show-all", None]
    linked = {anchor.removeprefix("#show-"): int(count) for anchor, count in chips[1:] if anchor}
    assert [count for anchor, count in chips[1:] if not anchor] == ["0"] * (len(chips) - 1 - len(linked))
    statuses = {publication.progress_of(actions[one]).status for one in every}
    wanted = {"due_this_month", "overdue", "postponed", *statuses}
    counts = {choice: sum(is_meant(choice, actions[one], publication) for one in every) for choice in wanted}
    assert linked == {choice: count for choice, count in counts.items() if count}
    assert len(chips) - 1 == len(wanted)


def test_a_choice_can_be_sent_and_is_reached_by_keyboard(visit: Callable[..., Visit], publication: Publication) -> None:
    actions = actions_by_path(publication)
    window = visit(scripts=False)
    page = window.open(f"en/{COMMITTEE}#show-overdue")
    sent = shown(page, window)
    assert sent and all(is_meant("overdue", actions[one], publication) for one in sent)
    expect(page.locator("#show-overdue")).to_be_in_viewport()
    page = window.open(f"en/{COMMITTEE}")
    before = len(shown(page, window))
    page.locator('.op-choices a[href="#show-all"]').focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == "show-overdue"
    assert shown(page, window) == sent
    # The reading goes on where the choice is told: the next stop is the way back.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == "show-all"
    assert len(shown(page, window)) == before


# -- order, with scripts --------------------------------------------------------------------------------------------

#: Titles whose order tells alphabets apart, in the three languages; and when each is to be done.
TITLES: Sequence[tuple[str, str, str, str]] = (
    ("Žygis", "Žurnāls", "zoo", "on: 2027-03-05"),
    ("Zona", "Zeme", "Yard", "window: 2027-03"),
    ("Šventė", "Šūpoles", "apple", "window: 2027-Q2"),
    ("Sodas", "Saule", "Äpfel", ""),
    ("Yla", "Ģimene", "Banana", "by: 2026-12-31"),
    ("Jūra", "Gads", "10 days", "on: 2027-03-05"),
    ("Ilgas kelias", "Hokejs", "2 days", "on: 2026-10-01/2026-11-15"),
    ("Įrašas", "Ķirsis", "cherry", "window: 2028"),
    ("Čiuožykla", "Kalns", "Cherry tree", "on: 2026-09-01"),
    ("Centras", "Ābols", "date", "window: 2026-10"),
    ("Ėjimas", "Aka", "Date palm", ""),
    ("Eglė", "Ļaudis", "éclair", "by: 2027-01-31"),
    ("Dangus", "Ziema", "egg", "on: 2026-12-01"),
)
ORDERED = "demo/committees/board/"


def write_ordered(parent: Path) -> Path:
    """Write a committee with a plan that has all titles, a title that only Latvian has, and a plan of one action."""
    head = "responsible: [board]\n"
    files = {
        f"organizations/demo/plans/p/actions/s/n-{number:02}.yml": f"title: {{lt: {lt}, lv: {lv}, en: {en}}}\n{head}"
        + (f"when: {{{when}}}\n" if when else "")
        + ("updates:\n  - date: 2026-12-01\n    status: done\n" if number % 3 == 0 else "")
        for number, (lt, lv, en, when) in enumerate(TITLES)
    }
    files["organizations/demo/plans/p/actions/s/n-99.yml"] = f"title: {{lv: Čiekurs}}\n{head}"
    files["organizations/demo/plans/q/plan.yml"] = (
        "title: {lt: Kitas, lv: Cits, en: Other}\nperiod: 2027\n"
        "sections:\n  - id: s\n    title: {lt: Viena, lv: Viens, en: One}\n"
    )
    files["organizations/demo/plans/q/actions/s/only.yml"] = f"title: {{lt: Vienas, lv: Viens, en: Only}}\n{head}"
    return make_folder(parent, files)


@pytest.fixture(scope="module")
def ordered(once: Callable[[str, Callable[[Path], None]], Path]) -> Iterator[tuple[str, Publication]]:
    """Serve the site with the titles; give its address, and what it was built from."""
    from publish import build_site  # noqa: PLC0415

    def make(folder: Path) -> None:
        project = folder.with_name("ordered.project")
        config = make_project(project)
        write_ordered(project)
        assert build_site(config, folder, {"today": TODAY.isoformat(), "base_url": BASE_URL}) == 0

    site = once("ordered", make)
    dataset = load_dataset(site.with_name("ordered.project") / "data").dataset
    assert dataset is not None
    with served(site) as address:
        yield address, Publication(dataset, TODAY, BASE_URL)


@pytest.fixture
def desk(browser: Browser, ordered: tuple[str, Publication]) -> Iterator[Callable[..., Visit]]:
    """Open a window on the site with the titles: ``desk(scripts=…)``."""
    contexts = []

    def start(*, scripts: bool = True) -> Visit:
        contexts.append(browser.new_context(viewport=DESK, java_script_enabled=scripts, reduced_motion="reduce"))
        return Visit(contexts[-1].new_page(), ordered[0])

    yield start
    for context in contexts:
        context.close()


def lines(table: Locator, window: Visit) -> list[str]:
    """Return the actions of a table in their order, hidden ones too."""
    return without_language(
        table.locator("tbody > tr").evaluate_all("rows => rows.map(row => row.querySelector('th a').href)"), window
    )


def sorting(table: Locator) -> list[str | None]:
    """Return what each column that can be sorted says of its order: by title, by date."""
    return [head.get_attribute("aria-sort") for head in table.locator("th[data-sort]").all()]


def by_title(action: Action, language: str) -> object:
    """Return the key by which dictionaries of a language would list an action."""
    return sort_key(action.title.shown(language).text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_sorted_by_the_alphabet_of_the_language_and_a_third_press_restores_the_order(
    language: str, desk: Callable[..., Visit], ordered: tuple[str, Publication]
) -> None:
    window, actions = desk(), actions_by_path(ordered[1])
    page = window.open(f"{language}/{ORDERED}")
    table = page.locator("table.op-actions").first
    before = lines(table, window)
    assert len(before) == len(TITLES) + 1
    wanted = sorted(before, key=lambda one: by_title(actions[one], language))
    # Neither the document's order nor that of the signs' numbers, or the test would tell nothing.
    assert wanted != before
    assert wanted != sorted(before, key=lambda one: actions[one].title.shown(language).text)
    button = table.get_by_role("button").first
    assert sorting(table) == [None, None]
    for order, said in ((wanted, "ascending"), (wanted[::-1], "descending"), (before, None), (wanted, "ascending")):
        button.click()
        assert lines(table, window) == order
        assert sorting(table) == [said, None]
    assert window.complaints == []


@pytest.mark.parametrize("language", every(3, LANGUAGES))
def test_dates_are_sorted_by_the_end_of_the_time_and_what_has_none_comes_last(
    language: str, desk: Callable[..., Visit], ordered: tuple[str, Publication]
) -> None:
    window, (_, publication) = desk(), ordered
    actions = actions_by_path(publication)
    page = window.open(f"{language}/{ORDERED}")
    table = page.locator("table.op-actions").first
    before = lines(table, window)
    ends = {one: end_of(actions[one], publication) for one in before}
    assert [ends[one] for one in before].count(None) == 3
    wanted = sorted(before, key=lambda one: (ends[one] is None, ends[one] or TODAY))
    assert wanted != before
    table.get_by_role("button").first.click()
    button = table.get_by_role("button").nth(1)
    for order, said in ((wanted, "ascending"), (wanted[::-1], "descending"), (before, None)):
        button.click()
        # The other column's sign is taken away: a table has one order.
        assert sorting(table) == [None, said]
        assert lines(table, window) == order


@pytest.mark.parametrize(("path", "language"), every(2, IN_LANGUAGES))
def test_tables_of_the_golden_world_are_sorted_each_by_itself(
    path: str, language: str, visit: Callable[..., Visit], publication: Publication
) -> None:
    actions = actions_by_path(publication)
    window = visit()
    page = window.open(f"{language}/{path}")
    tables = page.locator("table.op-actions").all()
    before = [lines(table, window) for table in tables]
    for place, table in enumerate(tables):
        table.get_by_role("button").first.click()
        wanted = sorted(before[place], key=lambda one: by_title(actions[one], language))
        assert lines(table, window) == wanted
        assert [lines(other, window) for other in tables[place + 1 :]] == before[place + 1 :]
    assert window.complaints == []


def test_the_keyboard_sorts_and_the_focus_stays(desk: Callable[..., Visit]) -> None:
    window = desk()
    page = window.open(f"lt/{ORDERED}")
    region = page.locator(".op-table").first
    table = region.locator("table")
    before = lines(table, window)
    region.focus()
    page.keyboard.press("Tab")
    expect(table.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Enter")
    assert sorting(table) == ["ascending", None]
    expect(table.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Space")
    assert sorting(table) == ["descending", None]
    page.keyboard.press("Tab")
    expect(table.get_by_role("button").nth(1)).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Space")
    assert sorting(table) == [None, None] and lines(table, window) == before


def test_what_a_machine_reads_out_is_a_column_with_a_button(desk: Callable[..., Visit]) -> None:
    window = desk()
    page = window.open(f"en/{ORDERED}")
    table = page.locator("table.op-actions").first
    heads = table.locator("thead th")
    names = heads.all_inner_texts()
    assert names == table.get_by_role("columnheader").all_inner_texts() and len(names) == 3
    assert table.get_by_role("button").all_inner_texts() == names[:2]
    expect(table.get_by_role("button", name=names[0], exact=True)).to_have_count(1)
    table.get_by_role("button").first.click()
    # The sign beside the words is for the eye, and aria-sort says the same.
    expect(table.get_by_role("button", name=names[0], exact=True)).to_have_count(1)
    expect(heads.first).to_have_attribute("scope", "col")


def test_there_is_nothing_to_press_without_scripts_or_where_there_is_one_line(desk: Callable[..., Visit]) -> None:
    page = desk(scripts=False).open(f"lt/{ORDERED}")
    assert page.locator("table.op-actions").count() == 2
    assert page.locator("table button").count() == 0
    page = desk().open(f"lt/{ORDERED}")
    assert [table.locator("button").count() for table in page.locator("table.op-actions").all()] == [2, 0]


def test_an_order_and_a_choice_go_together(desk: Callable[..., Visit], ordered: tuple[str, Publication]) -> None:
    window, (_, publication) = desk(), ordered
    actions = actions_by_path(publication)
    page = window.open(f"lv/{ORDERED}#show-done")
    table = page.locator("table.op-actions").first
    some = shown(page, window)
    assert 2 < len(some) < len(TITLES)
    assert page.locator(".op-part:visible").count() == 1
    table.get_by_role("button").first.click()
    assert shown(page, window) == sorted(some, key=lambda one: by_title(actions[one], "lv"))
    page.locator('.op-choices a[href="#show-all"]').click()
    assert sorting(table) == ["ascending", None]
    assert page.locator("table.op-actions tbody > tr:visible").count() == len(TITLES) + 2


# -- on paper, and on another screen --------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "scripts"), [("lt", False), ("lv", True), ("en", False)])
def test_paper_has_no_choices_and_says_how_to_cite_the_page(
    scripts: bool, language: str, visit: Callable[..., Visit]
) -> None:
    window = visit(scripts=scripts)
    page = window.open(f"{language}/{COMMITTEE}")
    cite = page.locator(".op-small .op-share cite")
    expect(page.locator(".op-choices")).to_be_visible()
    # On screen it is folded.
    expect(cite).not_to_be_visible()
    page.emulate_media(media="print")
    try:
        expect(page.locator(".op-choices")).not_to_be_visible()
        expect(cite).to_be_visible()
        expect(cite).to_contain_text(f"{BASE_URL}{language}/{COMMITTEE}")
        expect(page.locator(".op-small .op-share")).to_contain_text(f"{BASE_URL}{language}/{COMMITTEE}")
        expect(page.locator(".op-small svg.op-qr")).to_be_visible()
        expect(page.locator(".op-small summary")).not_to_be_visible()
        expect(page.locator("table.op-actions tbody > tr:visible")).to_have_count(10)
    finally:
        page.emulate_media(media="screen")


def test_what_is_left_out_on_paper_is_said_there(visit: Callable[..., Visit]) -> None:
    window = visit(scripts=False)
    page = window.open(f"lt/{COMMITTEE}#show-overdue")
    page.emulate_media(media="print")
    try:
        expect(page.locator(".op-choices")).not_to_be_visible()
        printed = page.locator("table.op-actions tbody > tr:visible").count()
        # Either the whole table is printed, or the paper says what it shows.
        assert printed == 10 or page.locator("#show-overdue").is_visible()
    finally:
        page.emulate_media(media="screen")


@pytest.mark.parametrize(
    ("path", "language", "media"),
    [
        ("zalias-namas/two-years-2026/", "lt", "screen"),
        ("kalnu-klubs/", "lv", "print"),
        (COMMITTEE, "en", "screen"),
        pytest.param(COMMITTEE, "en", "print", marks=pytest.mark.full),
    ],
)
def test_the_code_on_a_page_leads_to_its_permanent_address(
    path: str, media: str, language: str, visit: Callable[..., Visit]
) -> None:
    window = visit(scheme="dark")
    page = window.open(f"{language}/{path}")
    if media == "screen":
        page.locator(".op-small .op-share summary").click()
    page.emulate_media(media="print" if media == "print" else "screen")
    try:
        png = base64.b64encode(page.locator(".op-small svg.op-qr").screenshot()).decode()
        picture = page.evaluate(f"source => ({GREY})(source)", f"data:image/png;base64,{png}")
    finally:
        page.emulate_media(media="screen")
    assert read_code(picture) == f"{BASE_URL}{language}/{path}"
    assert page.locator(".op-small .op-share a").first.get_attribute("href") == f"{BASE_URL}{language}/{path}"
    assert window.complaints == []
