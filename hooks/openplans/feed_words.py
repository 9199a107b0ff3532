"""What each calendar feed is called, what it says of itself, and which page lists what is in it."""

from __future__ import annotations

from collections.abc import Mapping

from .facets import Facet
from .feeds import Feed
from .language import Shown
from .meeting_words import meeting_title
from .publication import Publication
from .routes import PageKind, Route, meeting_route


def feed_title(feed: Feed, publication: Publication, language: str) -> str:
    """Return the calendar's name."""
    t = publication.messages(language)
    return t(f"feed.{feed.subject}.title", **_values(feed, publication, language))


def feed_description(feed: Feed, publication: Publication, language: str) -> str:
    """Return in one sentence what is in it."""
    t = publication.messages(language)
    words = t(f"feed.{feed.subject}.text", **_values(feed, publication, language))
    if not feed.is_cut or not feed.entries:
        return words
    first, last = (t.day(day(entry.exact.first.day for entry in feed.entries)) for day in (min, max))
    return f"{words} {t('feed.cut', first=first, last=last)}"


def feed_page(feed: Feed, publication: Publication, language: str) -> Route:
    """Return the page that shows what is in the calendar."""
    if feed.meeting is not None:
        organization = feed.meeting.organization.id
        whole = Route(PageKind.EVENT, language, organization, item=feed.meeting.event.id)
        return whole if feed.subject == "series" else meeting_route(feed.meeting, language)
    if feed.committee is not None:
        return Route(PageKind.COMMITTEE, language, feed.committee.organization, item=feed.committee.id)
    if feed.organization is not None:
        return Route(PageKind.ORGANIZATION, language, feed.organization.id)
    if feed.year:
        return Route(PageKind.ARCHIVE, language, item=str(feed.year))
    return Route(PageKind.FACET, language, item=feed.facet.path) if feed.facet else Route(PageKind.AGENDA, language)


def facet_title(facet: Facet, publication: Publication, language: str) -> Shown:
    """Return what a facet's value is called."""
    t, site = publication.messages(language), publication.dataset.site
    match facet.name:
        case "organization":
            organization = publication.dataset.organization(facet.value)
            return (organization.acronym or organization.name).shown(language)
        case "region":
            return site.regions[facet.value].shown(language)
        case "audience":
            return site.audiences[facet.value].shown(language)
        case "language":
            return Shown(t.locale.languages.get(facet.value, facet.value), language)
    return Shown(t(f"facet.{facet.name}.{facet.value}"), language)


def _values(feed: Feed, publication: Publication, language: str) -> Mapping[str, object]:
    t = publication.messages(language)
    values: dict[str, object] = {"year": feed.year or "", "name": "", "organization": "", "kind": ""}
    if feed.organization is not None:
        values["name"] = feed.organization.name.shown(language).text
        values["organization"] = (feed.organization.acronym or feed.organization.name).shown(language).text
    if feed.committee is not None:
        values["name"] = feed.committee.name.shown(language).text
    if feed.facet is not None:
        values["kind" if feed.organization else "name"] = facet_title(feed.facet, publication, language).text
    if feed.meeting is not None:
        whole = feed.meeting.event.title.shown(language).text
        values["name"] = whole if feed.subject == "series" else meeting_title(feed.meeting, t)
    return values
