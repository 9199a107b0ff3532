"""A reader's window, and what the tests ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from openplans.model import Plan
from openplans.publication import Publication
from openplans.routes import PageKind, Route
from openplans.views import view_of
from playwright.sync_api import Page, Request, ViewportSize, expect

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}


@dataclass
class Visit:
    """One reader's window: the page, and everything that the browser asked for or complained about."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to listen."""
        page, complain = self.page, self.complaints.append

        def failed(request: Request) -> None:
            # Who follows a link before the last picture has come breaks off the request; nothing is wrong with it.
            if request.failure != "net::ERR_ABORTED":
                complain(f"failed: {request.url}")

        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", failed)
        page.on("response", lambda reply: complain(f"{reply.status}: {reply.url}") if reply.status >= 400 else None)
        page.on("pageerror", lambda error: complain(f"script: {error}"))
        page.on("console", lambda said: complain(said.text) if said.type in ("error", "warning") else None)

    def open(self, path: str) -> Page:
        """Go to a page by its address below the site's root."""
        response = self.page.goto(self.address + path)
        assert response is not None and response.ok, f"{path} is not there"
        return self.page


def heading_of(route: Route, publication: Publication) -> str:
    """Return what the page's heading must say: for a record its own name, straight from the data."""
    if route.kind in (PageKind.CHOOSER, PageKind.HOME):
        return publication.dataset.site.title.shown(route.language).text
    if not route.organization:
        return view_of(route, publication).page.heading.text
    organization = publication.dataset.organization(route.organization)
    plan = next((plan for plan in organization.plans if plan.id == route.plan), None)
    match route.kind, plan:
        case PageKind.ORGANIZATION, _:
            name = organization.name
        case PageKind.COMMITTEE, _:
            name = next(committee.name for committee in organization.committees if committee.id == route.item)
        case PageKind.EVENT, _:
            name = publication.event_of(organization, route.item).title
        case PageKind.PLAN, Plan():
            name = plan.title
        case PageKind.SECTION, Plan():
            name = plan.section(route.item).title
        case PageKind.ACTION, Plan():
            name = next(action.title for action in plan.actions if action.id == route.item)
        case _:
            return view_of(route, publication).page.heading.text
    return name.shown(route.language).text


def is_at(window: Visit, route: Route, publication: Publication) -> None:
    """Check that the window shows this page: its address, language, title and heading."""
    page, words = window.page, heading_of(route, publication)
    expect(page).to_have_url(window.address + route.path)
    expect(page.locator("html")).to_have_attribute("lang", route.language)
    assert words in page.title()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("h1")).to_contain_text(words)
