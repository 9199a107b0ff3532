"""The scope of a page: the publication seen from one address in one language, and short ways to print things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from html import escape
from typing import Any
from urllib.parse import quote

from ..date_words import when_in_words
from ..file_addresses import badge_path, embed_file
from ..language import LocalizedText, Shown
from ..markdown_field import Abbreviations
from ..messages import Messages
from ..model import Action, Organization, Plan, Record, When
from ..publication import Publication
from ..routes import PageKind, Route, absolute, alternates, relative
from .navigation import navigation
from .pieces import Link, Page, ProgressView, SearchFacts, StatusView, WhenView
from .progress_words import progress_view, status_view

_SCRIPT_WORDS = (
    "today",
    "this_week",
    "going_on",
    "over",
    "closed",
    "not_open",
    "stale",
    "past",
    "clear",
    "none",
    "shown",
)


class Scope:
    """Where a view is made: the publication, the page's route and language, and short ways to print things."""

    def __init__(self, publication: Publication, route: Route) -> None:
        self.publication = publication
        self.route = route
        self.language = route.language
        self.t: Messages = publication.messages(route.language)
        self.site = publication.dataset.site

    # -- where we are ----------------------------------------------------------------------------------------

    @cached_property
    def organization(self) -> Organization:
        """The organization on the page's path."""
        return self.publication.dataset.organization(self.route.organization)

    @cached_property
    def plan(self) -> Plan:
        """The plan on the page's path."""
        return next(plan for plan in self.organization.plans if plan.id == self.route.plan)

    # -- printing --------------------------------------------------------------------------------------------

    def show(self, text: LocalizedText) -> Shown:
        """Return a text in the page's language, or its fallback marked as such."""
        return text.shown(self.language)

    def maybe(self, text: LocalizedText | None) -> Shown | None:
        """Return an optional text as :meth:`show` does."""
        return self.show(text) if text is not None else None

    def show_all(self, texts: Sequence[LocalizedText]) -> tuple[Shown, ...]:
        """Return several texts as :meth:`show` does."""
        return tuple(self.show(text) for text in texts)

    def ours(self, key: str, count: int | None = None, /, **values: object) -> Shown:
        """Return a word of the interface as a printable text."""
        return Shown(self.t(key, count, **values), self.language)

    def written(self, words: str | None, organization: Organization) -> Shown | None:
        """Return the document's own words, marked with the document's language."""
        return Shown(words, organization.source_language) if words else None

    def status(self, key: str) -> StatusView:
        """Return a status with its word."""
        return status_view(key, self.t)

    # -- links -----------------------------------------------------------------------------------------------

    def href(self, path: str) -> str:
        """Return the link from this page to an address of the site; from a copy the full address, or none."""
        if self.route.kind is PageKind.COPY:
            return absolute(self.publication, path) or ""
        return relative(self.route.path, path)

    def to(self, kind: PageKind, organization: str = "", plan: str = "", item: str = "", anchor: str = "") -> str:
        """Return the link from this page to another in the same language."""
        return self.href(Route(kind, self.language, organization, plan, item).path + anchor)

    def organization_link(self, organization: Organization) -> Link:
        """Return a link to an organization, by its short name."""
        name = organization.acronym or organization.name
        return Link(self.show(name), self.to(PageKind.ORGANIZATION, organization.id))

    def plan_link(self, plan: Plan) -> Link:
        """Return a link to a plan."""
        return Link(self.show(plan.title), self.to(PageKind.PLAN, plan.organization, plan.id))

    def action_link(self, action: Action) -> Link:
        """Return a link to an action."""
        href = self.to(PageKind.ACTION, action.organization, action.plan, action.id)
        return Link(self.show(action.title), href, action.number or "")

    # -- pieces ----------------------------------------------------------------------------------------------

    def when(self, when: When, organization: Organization) -> str:
        """Return a time in words; the same one is told on very many pages, in each language with the same words."""
        # The dataset lives as long as the publication, so no other time can get the same id.
        key = ("when", self.language, str(id(when)))
        return self.publication.once(key, lambda: when_in_words(when, organization, self.t), organization.id)

    def whens(
        self, whens: Sequence[When], organization: Organization, *, inherited: bool = False
    ) -> tuple[WhenView, ...]:
        """Return times in words."""
        return tuple(
            WhenView(
                self.when(when, organization),
                self.written(when.as_written, organization),
                self.maybe(when.note),
                inherited,
            )
            for when in whens
        )

    def progress(
        self, actions: Sequence[Action], organization: str = "", plan: str = "", section: str = "", committee: str = ""
    ) -> ProgressView:
        """Return progress over actions; with its arithmetic and a badge where the ids name what it is about."""
        view = progress_view(self.publication.sum_up(actions), self.t)
        if not organization:
            return view
        image = badge_path(self.language, organization, plan, section, committee)
        data = badge_path(self.language, organization, plan, section, committee, "json")
        anchor = f"#s-{section}" if section else f"#c-{committee}" if committee else ""
        computed = Route(PageKind.COMPUTED, self.language, organization, plan)
        root = self.publication.base_url
        base = root.rstrip("/") + "/" if root else "/"
        picture = f'<img src="{base}{image}" alt="{escape(view.sentence)}">'
        return replace(
            view,
            computed=self.href(computed.path + anchor),
            badge=self.href(image),
            badge_data=self.href(data),
            badge_text=view.sentence,
            badge_snippet=f'<a href="{base}{self.route.path}">{picture}</a>',
        )

    def page(
        self,
        title: str,
        heading: Shown | None = None,
        description: str = "",
        *,
        crumbs: Sequence[Link] = (),
        contents: Sequence[tuple[str, str]] = (),
        record: Record | None = None,
        above: Sequence[Record] = (),
        calendar: str = "all",
        feed: str = "all",
        embed: str = "",
        structured_data: Mapping[str, Any] | None = None,
        has_script: bool = False,
        has_tables: bool = False,
        search: SearchFacts | None = None,
    ) -> Page:
        """Return the frame of this page; ``record`` is what it is about, ``above`` what that lies in.

        ``embed`` names the feed whose list other sites may show, ``structured_data`` is the page for machines, and
        ``has_script`` tells that it lists events which the script may mark as near or over. A page without ``search``
        is not searched; ``has_tables`` tells that it has tables of actions.
        """
        in_organization = self.route.organization
        site_title = self.show(self.site.title).text
        home = Link(Shown(site_title, self.language), self.to(PageKind.HOME))
        return Page(
            route=self.route,
            title=title,
            heading=heading or Shown(title, self.language),
            description=description or self.t("site.description"),
            crumbs=(home, *crumbs) if self.route.kind not in (PageKind.HOME, PageKind.CHOOSER) else (),
            languages=tuple(
                Link(
                    Shown(self.publication.messages(route.language)("language.name"), route.language),
                    route.path,
                    is_here=route.language == self.language,
                )
                for route in self._switch()
            ),
            contents=tuple(contents),
            navigation=navigation(self.publication, self.language, in_organization),
            calendar=calendar,
            feed=feed,
            edit_url=self._edit_url(record),
            report_url=self._report_url(title),
            translation_note=self._translation_note(record, above),
            data_day=self.t("page.data_day", day=self.t.day(self.publication.today)),
            abbreviations=self.abbreviations(in_organization),
            embed=embed_file(self.language, embed, "oembed.json") if embed else "",
            structured_data=(structured_data,) if structured_data else (),
            script_words=self._script_words() if has_script else None,
            has_tables=has_tables,
            search=search,
        )

    def _script_words(self) -> Mapping[str, Any]:
        """Return what the script needs to speak: the site's zone, the day of the build, and words."""
        t = self.t
        words = {name: t(f"script.{name}") for name in _SCRIPT_WORDS}
        day = self.publication.today.isoformat()
        return {"zone": self.site.time_zone, "built": day, "language": self.language, **words}

    def _switch(self) -> tuple[Route, ...]:
        if self.route.kind is PageKind.CHOOSER:
            return tuple(Route(PageKind.HOME, language) for language in self.publication.languages)
        return alternates(self.route, self.publication)

    def _edit_url(self, record: Record | None) -> str:
        pattern = self.site.edit_url
        if record is None or pattern is None:
            return ""
        return pattern.replace("{path}", record.path.split("/", 1)[-1])

    def _report_url(self, title: str) -> str:
        """Return where a mistake on this page can be reported: a form, else the publisher's mailbox."""
        page = absolute(self.publication, self.route.path) or self.route.path
        if self.site.report_url is not None:
            return self.site.report_url.replace("{page}", quote(page, safe=""))
        mailbox = self.site.publisher.email
        if mailbox is None:
            return ""
        subject = self.t("page.report_subject", title=title)
        return f"mailto:{mailbox}?subject={quote(subject)}&body={quote(page)}"

    def _translation_note(self, record: Record | None, above: Sequence[Record]) -> str:
        """Say how the page's language came about, from the record itself or from what it lies in."""
        if record is None:
            return ""
        for holder in (record, *above):
            state = holder.translations.get(self.language)
            if state is not None:
                return self.t(f"translation.{state}")
        return ""

    def abbreviations(self, organization: str) -> Abbreviations:
        """Return the glossary's abbreviations that apply in an organization (or everywhere)."""
        key = ("abbreviations", self.language, organization)
        return self.publication.once(key, lambda: self._made_abbreviations(organization), organization)

    def _made_abbreviations(self, organization: str) -> Abbreviations:
        found = {}
        for term in self.publication.dataset.glossary.terms.values():
            if term.expansion is not None and (not term.organizations or organization in term.organizations):
                found[term.term] = term.expansion.shown(self.language).text
        return Abbreviations.of(found)
