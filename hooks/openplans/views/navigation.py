"""The short navigation: the site's own pages, and inside an organization its plans."""

from __future__ import annotations

from ..language import Shown
from ..publication import Publication
from ..routes import SITE_PAGES, PageKind, Route
from .pieces import Link, NavigationEntry

#: So many organizations can stand in the navigation of every page.
_LISTED = 12


def navigation(publication: Publication, language: str, here: str) -> tuple[NavigationEntry, ...]:
    """Return the navigation of all pages inside the organization ``here``, or of those in none (the empty id)."""
    return publication.once(("navigation", language, here), lambda: _navigation(publication, language, here), here)


def _navigation(publication: Publication, language: str, here: str) -> tuple[NavigationEntry, ...]:
    t = publication.messages(language)

    def page(kind: PageKind) -> NavigationEntry:
        return NavigationEntry(Link(Shown(t(f"nav.{kind}"), language), Route(kind, language).path))

    home, *others = (page(kind) for kind in SITE_PAGES if kind is not PageKind.SEARCH)
    entries = [home]
    organizations = publication.dataset.organizations
    if len(organizations) > _LISTED:
        # The home page lists them all; on every page that list would outgrow what the page is about.
        organizations = tuple(item for item in organizations if item.id == here)
    for organization in organizations:
        own = Route(PageKind.ORGANIZATION, language, organization.id).path
        below: tuple[Link, ...] = ()
        if organization.id == here:
            plans = (
                Link(plan.title.shown(language), Route(PageKind.PLAN, language, organization.id, plan.id).path)
                for plan in organization.plans
            )
            below = (Link(Shown(t("nav.overview"), language), own), *plans)
        entries.append(NavigationEntry(Link(organization.name.shown(language), own), below))
    entries += others
    for slug, title in publication.hand_written.get(language, ()):
        entries.append(NavigationEntry(Link(Shown(title, language), f"{language}/{slug}/")))
    return tuple(entries)
