"""What readers do: walk from the home page to one action on a phone, switch the language, read without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import every
from openplans.calendars import Meeting
from openplans.messages import messages_for
from openplans.publication import Publication
from openplans.routes import DOCUMENTS, PageKind, Route, meeting_route, month_key, relative
from playwright.sync_api import Locator, ViewportSize, expect

from .reader import DESK, PHONE, Visit, heading_of, is_at

LANGUAGES = ("lt", "lv", "en")
ONE_SCREEN = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def click_through(window: Visit, source: Route, target: Route, publication: Publication) -> None:
    """Click the link in the page's own text that leads from one page to another, and arrive."""
    link = window.page.locator(f'article a[href="{relative(source.path, target.path)}"]:visible').first
    expect(link).to_be_visible()
    link.click()
    is_at(window, target, publication)


def in_navigation(window: Visit, words: str) -> Locator:
    """Return a link of the site's navigation, which on a small screen must be opened first."""
    opener = window.page.locator("label.md-header__button[for='__drawer']")
    if opener.is_visible():
        opener.click()
    return window.page.locator(".md-sidebar--primary").get_by_role("link", name=words, exact=True)


def next_dated_meeting(publication: Publication) -> tuple[Meeting, str]:
    """Return the next meeting with an exact day, and its month; the agenda leads there."""
    meeting = next(m for m in publication.meetings if m.exact is not None and not m.is_over(publication.today))
    assert meeting.exact is not None
    return meeting, month_key(meeting.exact.first.day.year, meeting.exact.first.day.month)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_with_a_phone_gets_from_home_to_an_action_and_on_to_an_event(
    language: str, visit: Callable[..., Visit], publication: Publication
) -> None:
    organization = next(o for o in publication.dataset.organizations if any(p.actions for p in o.plans))
    plan = next(p for p in organization.plans if p.actions)
    section = next(s for s in plan.sections if plan.actions_in(s))
    action = plan.actions_in(section)[0]
    t = messages_for(language)
    window = visit(PHONE)

    home = Route(PageKind.HOME, language)
    window.open("")
    window.page.locator(f'article a[hreflang="{language}"]').click()
    is_at(window, home, publication)
    expect(window.page.get_by_text(t("home.who"))).to_be_visible()

    of_organization = Route(PageKind.ORGANIZATION, language, organization.id)
    click_through(window, home, of_organization, publication)
    expect(window.page.get_by_text(t(f"organization.kind.{organization.kind}")).first).to_be_visible()

    of_plan = Route(PageKind.PLAN, language, organization.id, plan.id)
    click_through(window, of_organization, of_plan, publication)
    expect(window.page.get_by_text(t(f"plan.kind.{plan.kind}")).first).to_be_visible()

    of_section = Route(PageKind.SECTION, language, organization.id, plan.id, section.id)
    click_through(window, of_plan, of_section, publication)
    expect(window.page.locator("article th", has_text=t("table.status")).first).to_be_visible()

    of_action = Route(PageKind.ACTION, language, organization.id, plan.id, action.id)
    click_through(window, of_section, of_action, publication)
    status = t(f"status.{publication.progress_of(action).status}")
    expect(window.page.locator("article .op-lead")).to_contain_text(status)
    expect(window.page.locator("article dt", has_text=t("action.responsible"))).to_be_visible()

    in_navigation(window, t("nav.agenda")).click()
    agenda = Route(PageKind.AGENDA, language)
    is_at(window, agenda, publication)

    meeting, key = next_dated_meeting(publication)
    month = Route(PageKind.MONTH, language, item=key)
    click_through(window, agenda, month, publication)
    click_through(window, month, meeting_route(meeting, language), publication)
    expect(window.page.get_by_text(t(f"event.kind.{meeting.event.kind}")).first).to_be_visible()
    assert not window.complaints


@pytest.mark.parametrize("kind", every(3, [kind for kind in PageKind if kind not in (PageKind.CHOOSER, *DOCUMENTS)]))
def test_the_language_switch_lands_on_the_same_page(
    kind: PageKind, visit: Callable[..., Visit], publication: Publication, one_of_each: dict[PageKind, Route]
) -> None:
    window = visit(PHONE)
    window.open(one_of_each[kind].path)
    start = publication.languages.index(one_of_each[kind].language)
    for language in (*publication.languages[start + 1 :], *publication.languages[:start]):
        window.page.locator(f'.op-languages a[hreflang="{language}"]').click()
        is_at(window, one_of_each[kind].in_language(language), publication)
        here = window.page.locator(".op-languages a[aria-current]")
        expect(here).to_have_count(1)
        expect(here).to_have_attribute("hreflang", language)


@pytest.mark.parametrize("kind", every(3, [kind for kind in PageKind if kind not in DOCUMENTS]))
def test_a_page_reads_whole_without_scripts(
    kind: PageKind, visit: Callable[..., Visit], publication: Publication, one_of_each: dict[PageKind, Route]
) -> None:
    window = visit(PHONE, scripts=False)
    route = one_of_each[kind]
    window.open(route.path)
    is_at(window, route, publication)
    text = window.page.locator("article").inner_text()
    assert len(text.replace(heading_of(route, publication), "").strip()) > 30


@ONE_SCREEN
def test_the_navigation_can_be_reached_without_scripts(
    size: ViewportSize, visit: Callable[..., Visit], publication: Publication, one_of_each: dict[PageKind, Route]
) -> None:
    window = visit(size, scripts=False)
    for kind in (PageKind.HOME, PageKind.ACTION, PageKind.MONTH):
        route = one_of_each[kind]
        window.open(route.path)
        link = in_navigation(window, messages_for(route.language)("nav.method"))
        expect(link).to_be_in_viewport()
        link.click()
        is_at(window, Route(PageKind.METHOD, route.language), publication)
