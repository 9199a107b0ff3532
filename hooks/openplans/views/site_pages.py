"""The site's own pages: language chooser, home, changes, method, open data, glossary."""

from __future__ import annotations

from dataclasses import dataclass

from ..file_addresses import EVENTS_JSON, csv_path, json_path, schema_path
from ..language import Shown, sort_key
from ..progress import STATUSES
from ..routes import PageKind, Route
from ..schemas import SCHEMAS
from .changes import newest_changes
from .meetings import meeting_rows
from .organization import PlanCard, plan_card
from .pieces import Link, ProgressView, SearchFacts, View
from .scope import Scope

_ON_HOME = 6


@dataclass(frozen=True, slots=True)
class OrganizationCard:
    """An organization at a glance."""

    link: Link
    name: Shown
    kind: str
    description: Shown | None
    plans: tuple[PlanCard, ...]
    progress: ProgressView | None


def chooser(scope: Scope) -> View:
    """Return the static language chooser at the root; nobody is sent anywhere."""
    choices = []
    for language in scope.publication.languages:
        t = scope.publication.messages(language)
        site = scope.site
        choices.append(
            {
                "href": scope.href(Route(PageKind.HOME, language).path),
                "language": language,
                "name": t("language.name"),
                "title": site.title.shown(language),
                "description": (site.description.shown(language) if site.description else None),
            }
        )
    # With the languages' names, so that it is not taken for the home page of one of them.
    names = " · ".join(str(choice["name"]) for choice in choices)
    title = scope.show(scope.site.title)
    return View(scope.page(f"{title.text} – {names}", title), {"choices": tuple(choices)})


def home(scope: Scope) -> View:
    """Return the home page: who plans what, what is on, what changed."""
    t, publication = scope.t, scope.publication
    cards = []
    for organization in publication.dataset.organizations:
        actions = tuple(action for plan in organization.plans for action in plan.actions)
        cards.append(
            OrganizationCard(
                Link(scope.show(organization.name), scope.to(PageKind.ORGANIZATION, organization.id)),
                scope.show(organization.name),
                t(f"organization.kind.{organization.kind}"),
                scope.maybe(organization.description),
                tuple(plan_card(plan, scope) for plan in organization.plans),
                scope.progress(actions) if actions else None,
            )
        )
    cards.sort(key=lambda card: sort_key(card.name.text, scope.language))
    coming = [m for m in publication.meetings if m.is_dated and not m.is_over(publication.today)]
    changes = newest_changes(scope, _ON_HOME)
    plan_count = sum(len(card.plans) for card in cards)
    action_count = sum(plan.progress.total for card in cards for plan in card.plans)
    title = scope.show(scope.site.title)
    page = scope.page(
        title.text,
        title,
        scope.show(scope.site.description).text if scope.site.description else "",
        has_script=True,
    )
    return View(
        page,
        {
            "description": scope.maybe(scope.site.description),
            "counts": t(
                "home.counts",
                organizations=t("count.organizations", len(cards)),
                plans=t("count.plans", plan_count),
                actions=t("count.actions", action_count),
            ),
            "organizations": tuple(cards),
            "coming": meeting_rows(coming[:_ON_HOME], scope),
            "agenda": scope.to(PageKind.AGENDA),
            "subscribe": scope.to(PageKind.SUBSCRIBE),
            "changes": changes,
            "all_changes": scope.to(PageKind.CHANGES),
            "method": scope.to(PageKind.METHOD),
        },
    )


def method(scope: Scope) -> View:
    """Return the page that says how progress is computed, with the thresholds in force."""
    t, thresholds = scope.t, scope.site.thresholds
    rules = tuple(
        (
            t(f"method.rule{number}.title"),
            t(
                f"method.rule{number}.text",
                coverage=t.percent(thresholds.coverage_percent),
                due_soon=t("count.days", thresholds.due_soon_days),
                stale=t("count.days", thresholds.stale_days),
            ),
        )
        for number in range(1, 9)
    )
    statuses = tuple((scope.status(key), t(f"status_meaning.{key}")) for key in STATUSES)
    page = scope.page(
        t("nav.method"),
        None,
        t("method.description"),
        contents=[("rules", t("method.rules")), ("statuses", t("method.statuses"))],
    )
    return View(page, {"rules": rules, "statuses": statuses})


def data(scope: Scope) -> View:
    """Return the page of open data: every file, its licence and its schema."""
    plans = tuple(
        {
            "organization": scope.organization_link(organization),
            "plan": scope.plan_link(plan),
            "json": scope.href(json_path(organization.id, plan.id)),
            "csv": scope.href(csv_path(organization.id, plan.id)),
        }
        for organization in scope.publication.dataset.organizations
        for plan in organization.plans
    )
    licence = scope.site.licence
    page = scope.page(scope.t("nav.data"), None, scope.t("data.description"))
    return View(
        page,
        {
            "plans": plans,
            "index": scope.href(json_path()),
            "events": scope.href(EVENTS_JSON),
            "schemas": tuple((name, scope.href(schema_path(name))) for name in SCHEMAS),
            "licence": scope.show(licence.name),
            "licence_url": licence.url or "",
            "publisher": scope.show(scope.site.publisher.name),
        },
    )


def glossary(scope: Scope) -> View:
    """Return the abbreviations by the alphabet; undefined ones are listed as undefined."""
    organizations = {o.id: o for o in scope.publication.dataset.organizations}
    terms = [
        {
            "anchor": f"t-{identifier}",
            "term": term.term,
            "expansion": scope.maybe(term.expansion),
            "description": scope.maybe(term.description),
            "organizations": tuple(
                scope.organization_link(organizations[i]) for i in term.organizations if i in organizations
            ),
        }
        for identifier, term in scope.publication.dataset.glossary.terms.items()
    ]
    terms.sort(key=lambda item: sort_key(str(item["term"]), scope.language))
    page = scope.page(scope.t("nav.glossary"), None, scope.t("glossary.description"), search=SearchFacts("term"))
    return View(
        page,
        {
            "terms": tuple(t for t in terms if t["expansion"]),
            "undefined": tuple(t for t in terms if not t["expansion"]),
        },
    )
