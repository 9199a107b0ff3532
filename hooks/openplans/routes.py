"""The address of every page is made here; those of other files in :mod:`openplans.file_addresses`.

Addresses are relative to the site's root, without a leading slash; a page's ends with ``/``. Path words are the
same in every language, so a page's twin differs in its first segment only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .calendars import Meeting
from .feeds import embeddable_feeds
from .model import Organization, Plan
from .publication import Publication
from .reporting import report_years


class PageKind(StrEnum):
    """The kinds of pages, each with a view and a template of its own."""

    CHOOSER = "chooser"
    HOME = "home"
    ORGANIZATION = "organization"
    COMMITTEE = "committee"
    PLAN = "plan"
    SECTION = "section"
    ACTION = "action"
    AGENDA = "agenda"
    MONTH = "month"
    FACET = "facet"
    ARCHIVE = "archive"
    EVENT = "event"
    OCCURRENCE = "occurrence"
    POSTER = "poster"
    EMBED = "embed"
    SUBSCRIBE = "subscribe"
    CHANGES = "changes"
    METHOD = "method"
    DATA = "data"
    GLOSSARY = "glossary"
    SEARCH = "search"
    INDEX = "index"
    COPY = "copy"
    COMPUTED = "computed"
    REPORT = "report"
    COMMITTEE_REPORT = "committee_report"
    HANDOVER = "handover"


#: The site's own pages, of which each language has one, in the order of the navigation; the search comes last.
SITE_PAGES = (
    PageKind.HOME,
    PageKind.AGENDA,
    PageKind.SUBSCRIBE,
    PageKind.CHANGES,
    PageKind.METHOD,
    PageKind.DATA,
    PageKind.GLOSSARY,
    PageKind.SEARCH,
)
#: How many titles one page of the list of all titles holds.
INDEX_LIMIT = 500
#: Kinds of pages that the search finds; there are others that people wrote.
SEARCHED = frozenset(
    {
        PageKind.ORGANIZATION,
        PageKind.COMMITTEE,
        PageKind.PLAN,
        PageKind.SECTION,
        PageKind.ACTION,
        PageKind.EVENT,
        PageKind.GLOSSARY,
    }
)
#: Kinds of pages that are whole documents of their own, outside the site's layout.
DOCUMENTS = frozenset({PageKind.POSTER, PageKind.EMBED, PageKind.COPY})


@dataclass(frozen=True, slots=True)
class Route:
    """One page: its kind, language, and the ids on its path.

    ``item`` is ``2024-09`` for a month, ``2024`` for a year, ``kind/training`` for a facet, ``event/slot`` for an
    occurrence of a series, ``2`` for the second page of a list.
    """

    kind: PageKind
    language: str
    organization: str = ""
    plan: str = ""
    item: str = ""

    @property
    def path(self) -> str:
        """The page's address."""
        return "/".join((*_PATHS[self.kind](self), ""))

    @property
    def file(self) -> str:
        """The address of the file that the page is in."""
        return f"{self.path}index.html"

    def in_language(self, language: str) -> Route:
        """Return the same page in another language."""
        return Route(self.kind, language, self.organization, self.plan, self.item)


_PATHS: Mapping[PageKind, Callable[[Route], tuple[str, ...]]] = {
    PageKind.CHOOSER: lambda r: (),
    PageKind.HOME: lambda r: (r.language,),
    PageKind.ORGANIZATION: lambda r: (r.language, r.organization),
    PageKind.COMMITTEE: lambda r: (r.language, r.organization, "committees", r.item),
    PageKind.PLAN: lambda r: (r.language, r.organization, r.plan),
    PageKind.SECTION: lambda r: (r.language, r.organization, r.plan, r.item),
    PageKind.ACTION: lambda r: (r.language, r.organization, r.plan, r.item),
    PageKind.AGENDA: lambda r: (r.language, "events"),
    PageKind.MONTH: lambda r: (r.language, "events", r.item),
    PageKind.FACET: lambda r: (r.language, "events", *r.item.split("/")),
    PageKind.ARCHIVE: lambda r: (r.language, "events", "archive", r.item),
    PageKind.EVENT: lambda r: (r.language, r.organization, "events", r.item),
    PageKind.OCCURRENCE: lambda r: (r.language, r.organization, "events", *r.item.split("/")),
    PageKind.POSTER: lambda r: (r.language, r.organization, "events", *r.item.split("/"), "poster"),
    PageKind.EMBED: lambda r: (r.language, "embed", r.item),
    PageKind.SUBSCRIBE: lambda r: (r.language, "subscribe"),
    PageKind.CHANGES: lambda r: (r.language, "changes"),
    PageKind.METHOD: lambda r: (r.language, "method"),
    PageKind.DATA: lambda r: (r.language, "data"),
    PageKind.GLOSSARY: lambda r: (r.language, "glossary"),
    PageKind.SEARCH: lambda r: (r.language, "search"),
    PageKind.INDEX: lambda r: tuple(part for part in (r.language, "index", r.item) if part),
    PageKind.COPY: lambda r: (r.language, r.organization, r.plan, "copy"),
    PageKind.COMPUTED: lambda r: tuple(part for part in (r.language, r.organization, r.plan, "computed") if part),
    PageKind.REPORT: lambda r: (r.language, r.organization, r.plan, f"report-{r.item}" if r.item else "report"),
    PageKind.COMMITTEE_REPORT: lambda r: (r.language, r.organization, "committees", r.item, "report"),
    PageKind.HANDOVER: lambda r: (r.language, r.organization, "handover"),
}


def routes(publication: Publication) -> tuple[Route, ...]:
    """Return every page of the site once, the chooser first, then language by language."""
    return publication.once(("routes",), lambda: tuple(_routes_of(publication)))


def _routes_of(publication: Publication) -> Iterator[Route]:
    yield chooser(publication)
    for language in publication.languages:
        yield from (page.in_language(language) for page in pages(publication))


def chooser(publication: Publication) -> Route:
    """Return the page that stands in no language."""
    return Route(PageKind.CHOOSER, publication.dataset.site.default_language)


def pages(publication: Publication) -> tuple[Route, ...]:
    """Return every page of the site's first language; each has a twin in every other one."""
    return publication.once(("pages",), lambda: tuple(page for _, page in addresses(publication)))


def addresses(publication: Publication) -> Sequence[tuple[str, Route]]:
    """Return the same pages, each after its address without the language."""
    return publication.once(("addresses",), lambda: _addresses(publication, publication.languages[0]))


def _addresses(publication: Publication, language: str) -> Sequence[tuple[str, Route]]:
    found = list(map(_addressed, _routes_of_site(publication, language)))
    for organization in publication.dataset.organizations:
        found += publication.dataset.once(
            organization,
            f"addresses in {language}",
            lambda: tuple(map(_addressed, _routes_of_organization(organization, publication, language))),  # noqa: B023 (called at once)
        )
    if publication.removed:
        # What is there now comes before what was there.
        taken = {address for address, _ in found}
        keys = publication.removed
        gone = (Route(PageKind(key.kind), language, key.organization, key.plan, key.item) for key in keys)
        found += [(address, page) for address, page in map(_addressed, gone) if address not in taken]
    return found


def _addressed(page: Route) -> tuple[str, Route]:
    return page.path.partition("/")[2], page


def _routes_of_site(publication: Publication, language: str) -> Iterator[Route]:
    for kind in SITE_PAGES:
        yield Route(kind, language)
    for number in range(index_pages(publication)):
        yield index_route(number, language)
    for year, month in publication.months:
        yield Route(PageKind.MONTH, language, item=month_key(year, month))
    for facet in publication.facets:
        yield Route(PageKind.FACET, language, item=facet.path)
    for year in publication.past_years:
        yield Route(PageKind.ARCHIVE, language, item=str(year))
    for name in embeddable_feeds(publication):
        yield Route(PageKind.EMBED, language, item=name)


def _routes_of_organization(organization: Organization, publication: Publication, language: str) -> Iterator[Route]:
    yield Route(PageKind.ORGANIZATION, language, organization.id)
    yield Route(PageKind.COMPUTED, language, organization.id)
    if has_handover(organization):
        yield Route(PageKind.HANDOVER, language, organization.id)
    for committee in organization.committees:
        yield Route(PageKind.COMMITTEE, language, organization.id, item=committee.id)
        if publication.actions_of(organization, committee):
            yield Route(PageKind.COMMITTEE_REPORT, language, organization.id, item=committee.id)
    for event in organization.events:
        yield Route(PageKind.EVENT, language, organization.id, item=event.id)
    for meeting in publication.meetings_in(organization):
        if meeting.occurrence is not None:
            yield meeting_route(meeting, language)
        if meeting.exact is not None:
            yield poster_route(meeting, language)
    for plan in organization.plans:
        yield Route(PageKind.PLAN, language, organization.id, plan.id)
        yield Route(PageKind.COPY, language, organization.id, plan.id)
        yield Route(PageKind.COMPUTED, language, organization.id, plan.id)
        for period in report_periods(publication, organization, plan):
            yield Route(PageKind.REPORT, language, organization.id, plan.id, period)
        for section in plan.sections:
            yield Route(PageKind.SECTION, language, organization.id, plan.id, section.id)
        for action in plan.actions:
            yield Route(PageKind.ACTION, language, organization.id, plan.id, action.id)


def index_pages(publication: Publication) -> int:
    """Return over how many pages the list of all titles goes: there is always one, and none is long."""
    dataset = publication.dataset
    count = len(publication.records) + len(dataset.glossary.terms)
    return max(1, -(-count // INDEX_LIMIT))


def index_route(number: int, language: str) -> Route:
    """Return a page of the list of all titles, counted from 0; each has its twin, whatever the alphabet."""
    return Route(PageKind.INDEX, language, item=str(number + 1) if number else "")


def report_periods(publication: Publication, organization: Organization, plan: Plan) -> tuple[str, ...]:
    """Return what a plan has reports on: empty for the whole of it, else a year; none for a plan without actions."""
    if not plan.actions:
        return ()
    years = report_years(publication.frame(organization, plan).plan)
    return ("", *(f"{year:04d}" for year in years))


def has_handover(organization: Organization) -> bool:
    """Tell whether there is anything that a new team could take over."""
    return any(plan.actions for plan in organization.plans)


def alternates(route: Route, publication: Publication) -> tuple[Route, ...]:
    """Return the page in every language, itself included; none for the chooser."""
    if route.kind is PageKind.CHOOSER:
        return ()
    return tuple(route.in_language(language) for language in publication.languages)


def month_key(year: int, month: int) -> str:
    """Return the path word of a month."""
    return f"{year:04d}-{month:02d}"


def relative(source: str, target: str) -> str:
    """Return the link from the page at ``source`` to ``target``, both from the root; works under any sub-path."""
    path, _, anchor = target.partition("#")
    folder = source[: source.rfind("/") + 1]
    # Most links lead to a neighbour or to something below; the others go up to the first folder that both lie in.
    up = 0
    while not path.startswith(folder):
        folder = folder[: folder.rfind("/", 0, -1) + 1]
        up += 1
    result = "../" * up + path[len(folder) :]
    return (result or "./") + ("#" + anchor if anchor else "")


def absolute(publication: Publication, path: str) -> str | None:
    """Return the full address of ``path``, or None while the site does not know its own address."""
    return None if publication.base_url is None else publication.base_url.rstrip("/") + "/" + path


def meeting_route(meeting: Meeting, language: str) -> Route:
    """Return the page of a single event, or of one occurrence of a series."""
    kind = PageKind.OCCURRENCE if meeting.occurrence else PageKind.EVENT
    return Route(kind, language, meeting.organization.id, item=_meeting_item(meeting))


def poster_route(meeting: Meeting, language: str) -> Route:
    """Return the page of a meeting to print and put up."""
    return Route(PageKind.POSTER, language, meeting.organization.id, item=_meeting_item(meeting))


def _meeting_item(meeting: Meeting) -> str:
    return f"{meeting.event.id}/{meeting.occurrence.id}" if meeting.occurrence else meeting.event.id


def redirect_targets(publication: Publication) -> Iterator[tuple[str, str]]:
    """Yield (old page, new page) in every language from `redirects.yml`."""
    for old, new in sorted(publication.dataset.redirects.redirects.items()):
        for language in publication.languages:
            yield f"{language}/{old}/", f"{language}/{new}/"
