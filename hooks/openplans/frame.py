"""What the layout prints around a page's content: everything that a head, a header and a footer are told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import Any

from .file_addresses import calendar_path, feed_path
from .language import Shown
from .publication import Publication
from .routes import PageKind, Route, absolute
from .social_picture import HEIGHT, WIDTH
from .views import View, view_around
from .views.pieces import NavigationEntry, PictureView


@dataclass(frozen=True, slots=True)
class Frame:
    """All that the layout prints around a page's content; texts are escaped, addresses are from the site's root."""

    path: str
    language: str
    title: str
    description: str
    #: Of what is on the page: anchor and title of each part.
    contents: tuple[tuple[str, str], ...]
    #: The page in each language: code, name, address.
    alternates: tuple[tuple[str, str, str], ...]
    navigation: tuple[NavigationEntry, ...]
    #: Whatever else the layout is told, as pairs.
    more: tuple[tuple[str, Any], ...]

    @property
    def slug(self) -> str:
        """The last word of the address, for pages that have others beside them; else empty."""
        parts = self.path.split("/")
        return parts[-2] if len(parts) > 3 else ""


def frame_of(view: View, publication: Publication, *, has_search: bool) -> Frame:
    """Return what the layout prints around a page's content."""
    page = view.page
    language = page.route.language
    t = publication.messages(language)
    words = {
        "languages": escape(t("page.languages")),
        **_way_to_search(page.route, publication, has_search=has_search),
        "data_day": escape(page.data_day),
        "licence": escape(publication.dataset.site.licence.name.shown(language).text),
        "data_href": Route(PageKind.DATA, language).path,
    }
    return Frame(
        page.route.path,
        language,
        escape(page.title),
        escape(page.description),
        tuple((anchor, escape(title)) for anchor, title in page.contents),
        tuple((link.title.language, escape(link.title.text), link.href) for link in page.languages),
        page.navigation,
        (
            ("calendar", calendar_path(language, page.calendar)),
            ("feed", feed_path(language, page.feed, "xml")),
            ("embed", page.embed),
            ("picture", tuple(_picture(page.picture, publication).items())),
            ("scripts", page.scripts),
            ("words", tuple(words.items())),
        ),
    )


def frame_of_hand_written(path: str, title: str, publication: Publication, *, has_search: bool) -> Frame:
    """Return the frame of a page that a person wrote: its language is its folder's, ``title`` is escaped."""
    first, _, rest = path.partition("/")
    site = publication.dataset.site
    language = first if first in publication.languages else site.default_language
    frame = frame_of(view_around(language, publication), publication, has_search=has_search)
    return replace(
        frame,
        path=path,
        title=f"{title} – {escape(site.title.shown(language).text)}",
        alternates=tuple((code, name, f"{code}/{rest}") for code, name, _ in frame.alternates),
    )


def _way_to_search(route: Route, publication: Publication, *, has_search: bool) -> dict[str, str]:
    """Return the link to the search, or to the list of all titles where there is none; none from the chooser."""
    if route.kind is PageKind.CHOOSER:
        return {}
    kind = PageKind.SEARCH if has_search else PageKind.INDEX
    words = publication.messages(route.language)(f"nav.{kind}")
    return {"search": escape(words), "search_href": Route(kind, route.language).path}


def _picture(view: PictureView | None, publication: Publication) -> dict[str, str | int]:
    """Return what the head says of a page's picture: nothing while the site does not know its own address."""
    address = absolute(publication, view.path) if view is not None else None
    if view is None or address is None:
        return {}
    return {"address": escape(address), "alt": escape(view.alternative), "width": WIDTH, "height": HEIGHT}


def marked(text: Shown, language: str) -> str:
    """Return words as the layout prints them: escaped, and marked where the page is in another language."""
    words = escape(text.text)
    return words if text.language == language else f'<span lang="{text.language}">{words}</span>'


def meta_of(frame: Frame) -> dict[str, Any]:
    """Return a frame as the layout finds it at a page."""
    more = dict(frame.more)
    return {
        **more,
        "picture": dict(more["picture"]),
        "words": dict(more["words"]),
        "head_title": frame.title,
        "description": frame.description,
        "alternates": [
            {"lang": code, "name": name, "link": path, "is_here": code == frame.language}
            for code, name, path in frame.alternates
        ],
    }


def not_found(publication: Publication) -> list[dict[str, str]]:
    """Return what the page for missing addresses says in each language; texts are escaped."""
    lines = []
    for language in publication.languages:
        t = publication.messages(language)
        link = Route(PageKind.HOME, language).path
        lines.append(
            {"lang": language, "text": escape(t("not_found.text")), "link": link, "name": escape(t("nav.home"))}
        )
    return lines
