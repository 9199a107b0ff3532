"""The agenda and its facets: what is to come by month, then what has no date to plan with, then the past."""

from __future__ import annotations

from dataclasses import dataclass

from ..calendars import Meeting
from ..facets import FACETS, Facet
from ..feed_words import facet_title
from ..feeds import facet_feed
from ..file_addresses import calendar_path
from ..language import Shown
from ..routes import PageKind, month_key
from .meetings import groups_by_month
from .pieces import Link, View
from .scope import Scope


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The values of one facet, as links to their pages; the page's script makes filters of them."""

    name: str
    label: str
    values: tuple[tuple[str, Link], ...]


def agenda(scope: Scope) -> View:
    """Return the agenda of everything that is to come."""
    return _list(scope, None)


def facet(scope: Scope) -> View:
    """Return the agenda of one kind, organization, region, audience, language, way to take part, or price."""
    name, _, value = scope.route.item.partition("/")
    return _list(scope, Facet(name, value))


def _list(scope: Scope, only: Facet | None) -> View:
    publication, t = scope.publication, scope.t
    today = publication.today
    chosen = publication.meetings if only is None else publication.meetings_by(only)
    coming = [m for m in chosen if not m.is_over(today)]
    groups = groups_by_month(coming, scope)
    past = [m for m in chosen if m.is_over(today)]
    # The agenda's own past is in the archive, year by year; a facet's is short enough to stand below.
    past_groups = groups_by_month(list(reversed(past)), scope, "past-") if only else ()
    years = [Link(scope.ours("agenda.year", year=year), _archive(year, scope)) for year in publication.past_years]
    contents = [(group.anchor, group.title) for group in groups]
    contents += [("past", t("agenda.past"))] if past else []
    heading = facet_title(only, publication, scope.language) if only else scope.ours("nav.agenda")
    crumbs = (Link(scope.ours("nav.agenda"), scope.to(PageKind.AGENDA)),) if only else ()
    feed = facet_feed(only) if only else "all"
    title = heading.text if only is None else f"{heading.text} – {t('nav.agenda')}"
    page = scope.page(
        title,
        heading,
        t("facet.description", name=heading.text) if only else t("agenda.description"),
        crumbs=crumbs,
        contents=contents,
        calendar=feed,
        embed=feed if only is None or only.name in ("kind", "organization", "region", "audience") else "",
        has_script=True,
    )
    return View(
        page,
        {
            "intro": t("agenda.intro", len(coming), day=t.day(today)),
            "facets": facet_groups(scope, only),
            "is_filtered": only is not None,
            "all_events": scope.to(PageKind.AGENDA),
            "groups": groups,
            "past": past_groups,
            "past_count": t("agenda.past_count", len(past)) if past else "",
            "years": tuple(reversed(years)),
            "subscribe": scope.to(PageKind.SUBSCRIBE, anchor=f"#{feed}"),
            "download": scope.href(calendar_path(scope.language, feed)),
            "months": tuple(
                month_link(year, month, scope)
                for year, month in publication.months
                if (year, month) >= (today.year, today.month)
            ),
        },
        template="agenda",
    )


def facet_groups(scope: Scope, here: Facet | None = None) -> tuple[FacetGroup, ...]:
    """Return every facet with its values; what there is but one of does not help to choose."""
    publication = scope.publication
    groups = []
    for name in FACETS:
        values = [facet for facet in publication.facets if facet.name == name]
        if len(values) < 2 and name != "free":
            continue
        links = tuple(
            (
                value.value,
                Link(
                    facet_title(value, publication, scope.language),
                    scope.to(PageKind.FACET, item=value.path),
                    is_here=value == here,
                ),
            )
            for value in values
        )
        if links:
            groups.append(FacetGroup(name, scope.t(f"facet.{name}.label"), links))
    return tuple(groups)


def archive(scope: Scope) -> View:
    """Return all that took place, or was to, in a year that has begun."""
    publication, t = scope.publication, scope.t
    year = int(scope.route.item)
    found = [m for m in publication.meetings if m.is_over(publication.today) and _year_of(m) == year]
    groups = groups_by_month(found, scope)
    years = publication.past_years
    position = years.index(year)
    page = scope.page(
        t("archive.title", year=year),
        None,
        t("archive.description", year=year),
        crumbs=(Link(scope.ours("nav.agenda"), scope.to(PageKind.AGENDA)),),
        contents=[(group.anchor, group.title) for group in groups],
        calendar=f"archive-{year}",
    )
    return View(
        page,
        {
            "count": t("agenda.past_count", len(found)),
            "groups": groups,
            "download": scope.href(calendar_path(scope.language, f"archive-{year}")),
            "previous": _year_link(years[position - 1], scope) if position else None,
            "next": _year_link(years[position + 1], scope) if position + 1 < len(years) else None,
        },
    )


def _year_of(meeting: Meeting) -> int:
    latest = meeting.timing.latest
    assert latest is not None
    return latest.year


def _archive(year: int, scope: Scope) -> str:
    return scope.to(PageKind.ARCHIVE, item=str(year))


def _year_link(year: int, scope: Scope) -> Link:
    return Link(scope.ours("agenda.year", year=year), _archive(year, scope))


def month_link(year: int, month: int, scope: Scope) -> Link:
    """Return a link to the page of a month."""
    title = Shown(scope.t.month(year, month), scope.language)
    return Link(title, scope.to(PageKind.MONTH, item=month_key(year, month)))
