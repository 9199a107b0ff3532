"""A reader's window, and what the tests ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from openplans.messages import messages_for
from openplans.publication import Publication, section_of
from openplans.routes import PageKind, Route
from playwright.sync_api import Page, ViewportSize, expect

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}


@dataclass
class Visit:
    """One reader's window: the page, and everything that the browser asked for or complained about."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page by its address below the site's root."""
        response = self.page.goto(self.address + path)
        assert response is not None and response.ok, f"{path} is not there"
        return self.page

    @property
    def path(self) -> str:
        """The address of the page that is open, below the site's root and without its anchor."""
        assert self.page.url.startswith(self.address), f"left the site for {self.page.url}"
        return self.page.url.removeprefix(self.address).partition("#")[0]


def heading_of(route: Route, publication: Publication) -> str:
    """Return what the page's heading must say, taken from the data and the interface's words."""
    t = messages_for(route.language)
    if route.kind in (PageKind.CHOOSER, PageKind.HOME):
        return publication.dataset.site.title.shown(route.language).text
    if route.kind is PageKind.MONTH:
        year, month = route.item.split("-")
        return t.month(int(year), int(month))
    if not route.organization:
        return t(f"nav.{route.kind}")
    organization = publication.dataset.organization(route.organization)
    if route.kind is PageKind.ORGANIZATION:
        return organization.name.shown(route.language).text
    if route.kind is PageKind.COMMITTEE:
        committee = next(c for c in organization.committees if c.id == route.item)
        return committee.name.shown(route.language).text
    if route.kind is PageKind.EVENT:
        return publication.event_of(organization, route.item).title.shown(route.language).text
    plan = next(plan for plan in organization.plans if plan.id == route.plan)
    if route.kind is PageKind.PLAN:
        return plan.title.shown(route.language).text
    if route.kind is PageKind.SECTION:
        return section_of(plan, route.item).title.shown(route.language).text
    return next(a for a in plan.actions if a.id == route.item).title.shown(route.language).text


def is_at(window: Visit, route: Route, publication: Publication) -> None:
    """Check that the window shows this page: its address, language, title and heading."""
    page, words = window.page, heading_of(route, publication)
    expect(page).to_have_url(window.address + route.path)
    expect(page.locator("html")).to_have_attribute("lang", route.language)
    assert words in page.title()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("h1")).to_contain_text(words)
