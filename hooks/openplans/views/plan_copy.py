"""A whole plan in one file, to keep, to send, and to read where there is no network."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..copy_style import copy_style
from ..language import Shown
from ..model import Action, Plan, Section
from ..routes import PageKind
from .action_table import partner_link, responsible_links
from .citation import citation
from .measures import IndicatorRow, MoneyRow, UpdateRow, indicator_rows, money_rows, update_rows
from .pieces import Link, ProgressView, StatusView, View, WhenView
from .plan import plan as plan_page
from .scope import Scope


@dataclass(frozen=True, slots=True)
class CopiedAction:
    """Everything that was promised in one action, and the newest report on it."""

    anchor: str
    number: str
    title: Shown
    href: str
    status: StatusView
    schedule: StatusView | None
    summary: Shown | None
    whens: tuple[WhenView, ...]
    responsible: tuple[Link, ...]
    partners: tuple[Link, ...]
    parts: tuple[tuple[Shown, str], ...]
    results: tuple[tuple[Shown, str], ...]
    indicators: tuple[IndicatorRow, ...]
    money: tuple[MoneyRow, ...]
    update: UpdateRow | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section with its actions."""

    anchor: str
    number: str
    title: Shown
    summary: Shown | None
    progress: ProgressView | None
    actions: tuple[CopiedAction, ...]


def plan_copy(scope: Scope) -> View:
    """Return the whole plan; its links lead into the file itself, or to the site where its address is known."""
    view = plan_page(scope)
    chapters = tuple(_chapter(section, scope.plan, scope) for section in scope.plan.sections)
    of_plan = Scope(scope.publication, replace(scope.route, kind=PageKind.PLAN))
    parts = {
        "is_copy": True,
        "chapters": chapters,
        "cite_plan": citation(view.page.heading, of_plan),
        "style": copy_style(),
    }
    title = f"{view.page.title} – {scope.t('copy.title')}"
    return View(replace(view.page, title=title, search=None), {**view.parts, **parts})


def _chapter(section: Section, plan: Plan, scope: Scope) -> Chapter:
    actions = plan.actions_in(section)
    return Chapter(
        f"s-{section.id}",
        section.number or "",
        scope.show(section.title),
        scope.maybe(section.summary),
        scope.progress(actions) if actions else None,
        tuple(_action(action, plan, scope) for action in actions),
    )


def _action(action: Action, plan: Plan, scope: Scope) -> CopiedAction:
    organization, progress = scope.organization, scope.publication.progress_of(action)
    updates = update_rows(action, organization, scope)
    link = scope.action_link(action)
    return CopiedAction(
        f"a-{action.id}",
        action.number or "",
        link.title,
        link.href,
        scope.status(progress.status),
        scope.status(progress.schedule) if progress.schedule else None,
        scope.maybe(action.summary),
        scope.whens(action.when, organization, inherited="when" in action.inherited),
        responsible_links(action, organization, plan, scope),
        tuple(partner_link(item, organization, scope) for item in action.partners),
        tuple((scope.show(part.text), part.number or "") for part in action.parts),
        tuple((scope.show(result.text), result.number or "") for result in action.results),
        indicator_rows(action.indicators, organization, scope),
        money_rows(action.money, organization, scope),
        updates[0] if updates else None,
    )
