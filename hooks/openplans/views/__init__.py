"""Views: for each page, the words and numbers ready to print. Templates only print them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..ledger import Key
from ..publication import Publication
from ..routes import PageKind, Route
from . import (
    action,
    agenda,
    alphabet,
    changes,
    computed,
    embed,
    events,
    handover,
    month,
    organization,
    plan,
    plan_copy,
    removed,
    reports,
    search,
    site_pages,
    subscribe,
)
from .citation import citation, way_to
from .pictures import picture_view
from .pieces import Page as Page
from .pieces import View as View
from .scope import Scope

_MAKERS: dict[PageKind, Callable[[Scope], View]] = {
    PageKind.CHOOSER: site_pages.chooser,
    PageKind.HOME: site_pages.home,
    PageKind.ORGANIZATION: organization.organization,
    PageKind.COMMITTEE: organization.committee,
    PageKind.PLAN: plan.plan,
    PageKind.SECTION: plan.section,
    PageKind.ACTION: action.action,
    PageKind.AGENDA: agenda.agenda,
    PageKind.FACET: agenda.facet,
    PageKind.ARCHIVE: agenda.archive,
    PageKind.MONTH: month.month,
    PageKind.EVENT: events.event,
    PageKind.OCCURRENCE: events.occurrence,
    PageKind.POSTER: events.poster,
    PageKind.EMBED: embed.embed,
    PageKind.SUBSCRIBE: subscribe.subscribe,
    PageKind.CHANGES: changes.changes,
    PageKind.METHOD: site_pages.method,
    PageKind.DATA: site_pages.data,
    PageKind.GLOSSARY: site_pages.glossary,
    PageKind.SEARCH: search.search,
    PageKind.INDEX: alphabet.index,
    PageKind.COPY: plan_copy.plan_copy,
    PageKind.COMPUTED: lambda scope: (
        computed.plan_computed(scope) if scope.route.plan else computed.organization_computed(scope)
    ),
    PageKind.REPORT: reports.plan_report,
    PageKind.COMMITTEE_REPORT: reports.committee_report,
    PageKind.HANDOVER: handover.handover,
}


def view_of(route: Route, publication: Publication) -> View:
    """Return everything that the page at ``route`` prints."""
    scope = Scope(publication, route)
    key = Key(route.kind, route.organization, route.plan, route.item)
    gone = publication.removed.get(key)
    view = removed.removed(gone, scope) if gone is not None else _MAKERS[route.kind](scope)
    page = view.page
    return replace(
        view,
        page=replace(
            page,
            picture=picture_view(scope),
            cite=citation(page.heading, scope) if key in publication.records else None,
            structured_data=(*page.structured_data, *way_to(page.crumbs, page.heading, scope)),
        ),
    )


def view_around(language: str, publication: Publication) -> View:
    """Return what stands around a page that a person wrote in a language; its content and its title are its own."""
    scope = Scope(publication, Route(PageKind.HOME, language))
    # Without counts, as on the pages of an organization: a preview need not make it anew when a record comes or goes.
    return View(replace(scope.page(""), picture=replace(picture_view(scope), sentence="")), {})


__all__ = ["Page", "View", "view_around", "view_of"]
