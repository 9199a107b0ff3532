"""What the pictures say that social networks show beside links: of a plan inside it, of the site elsewhere.

Pages of an organization, and those that people wrote, tell of the site's picture all but its counts.
"""

from __future__ import annotations

from ..date_words import period_in_words
from ..file_addresses import picture_path
from ..model import Organization, Plan
from .pieces import PictureView
from .progress_words import progress_view
from .scope import Scope


def picture_view(scope: Scope) -> PictureView:
    """Return the picture that goes with a page."""
    of, plan = scope.route.organization, scope.route.plan
    return scope.publication.once(("picture", scope.language, of, plan), lambda: _picture(scope), of)


def _picture(scope: Scope) -> PictureView:
    here = (scope.route.organization, scope.route.plan)
    for organization in scope.publication.dataset.organizations:
        for plan in organization.plans:
            if (organization.id, plan.id) == here:
                return _of_plan(plan, organization, scope)
    return _of_site(scope)


def _of_plan(plan: Plan, organization: Organization, scope: Scope) -> PictureView:
    t, title = scope.t, scope.show(plan.title)
    progress = progress_view(scope.publication.progress_of_plan(plan), scope.t)
    below = [period_in_words(plan.period, organization, t)]
    if title.is_fallback:
        below.append(t("language.fallback", language=t(f"language.in_language.{title.language}")))
    return PictureView(
        picture_path(scope.language, organization.id, plan.id),
        scope.show(scope.site.title).text,
        _day(scope),
        title.text,
        progress.sentence,
        above=scope.show(organization.name).text,
        below=" · ".join(below),
        note=progress.stale,
        bar=progress.bar,
    )


def _of_site(scope: Scope) -> PictureView:
    site = scope.site
    return PictureView(
        picture_path(scope.language),
        scope.show(site.title).text,
        _day(scope),
        scope.show(site.description).text if site.description else scope.t("site.description"),
        # An organization's pages would have to be made anew whenever another one's are counted differently.
        _counts(scope) if not scope.route.organization else "",
    )


def _counts(scope: Scope) -> str:
    t, organizations = scope.t, scope.publication.dataset.organizations
    plans = [plan for organization in organizations for plan in organization.plans]
    return t(
        "home.counts",
        organizations=t("count.organizations", len(organizations)),
        plans=t("count.plans", len(plans)),
        actions=t("count.actions", sum(len(plan.actions) for plan in plans)),
    )


def _day(scope: Scope) -> str:
    return scope.t("page.data_day", day=scope.t.day(scope.publication.today))
