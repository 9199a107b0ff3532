"""How each number was computed: formula, inputs, and what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..file_addresses import csv_path, json_path
from ..language import sort_key
from ..model import Action
from ..progress import ActionProgress, Interval
from ..routes import PageKind
from .pieces import Link, StatusView, View
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Computation:
    """One roll-up with its arithmetic spelled out."""

    anchor: str
    title: Link
    counts: str
    coverage: str
    adopted: str
    current: str
    left_out: tuple[str, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class Input:
    """One action as it entered the arithmetic."""

    link: Link
    status: StatusView
    completion: str
    rule: str
    adopted: str
    current: str


def plan_computed(scope: Scope) -> View:
    """Return the arithmetic of a plan, its sections and its goals, with every action as an input."""
    organization, plan, t = scope.organization, scope.plan, scope.t
    blocks = [_computation("plan", scope.plan_link(plan), plan.actions, scope)]
    for section in plan.sections:
        own = plan.actions_in(section)
        if not own:
            continue
        href = scope.to(PageKind.SECTION, organization.id, plan.id, section.id)
        blocks.append(_computation(f"s-{section.id}", Link(scope.show(section.title), href), own, scope))
        for goal in section.goals:
            under = [action for action in own if action.goal == goal.id]
            if under and len(section.goals) > 1:
                link = Link(scope.show(goal.title), f"{href}#g-{goal.id}")
                blocks.append(_computation(f"s-{section.id}--{goal.id}", link, under, scope))
    page = scope.page(
        f"{t('computed.title')} – {scope.show(plan.title).text}",
        scope.ours("computed.title"),
        t("computed.description"),
        crumbs=(scope.organization_link(organization), scope.plan_link(plan)),
        contents=[
            ("computations", t("computed.computations")),
            *([("inputs", t("computed.inputs"))] if plan.actions else []),
        ],
        calendar=organization.id,
    )
    parts = {
        "blocks": tuple(blocks),
        "inputs": tuple(_input(scope.publication.progress_of(action), scope) for action in plan.actions),
        "files": (
            ("CSV", scope.href(csv_path(organization.id, plan.id))),
            ("JSON", scope.href(json_path(organization.id, plan.id))),
        ),
        "method": scope.to(PageKind.METHOD),
    }
    return View(page, parts)


def organization_computed(scope: Scope) -> View:
    """Return the arithmetic of an organization, its plans and its committees."""
    organization, t, publication = scope.organization, scope.t, scope.publication
    every = [action for plan in organization.plans for action in plan.actions]
    name = Link(scope.show(organization.name), scope.to(PageKind.ORGANIZATION, organization.id))
    blocks = [_computation("organization", name, every, scope)]
    blocks += [
        _computation(
            f"p-{plan.id}",
            Link(scope.show(plan.title), scope.to(PageKind.COMPUTED, organization.id, plan.id)),
            plan.actions,
            scope,
        )
        for plan in organization.plans
    ]
    for committee in sorted(organization.committees, key=lambda c: sort_key(scope.show(c.name).text, scope.language)):
        own = publication.actions_of(organization, committee)
        if own:
            href = scope.to(PageKind.COMMITTEE, organization.id, item=committee.id)
            blocks.append(_computation(f"c-{committee.id}", Link(scope.show(committee.name), href), own, scope))
    page = scope.page(
        f"{t('computed.title')} – {scope.show(organization.name).text}",
        scope.ours("computed.title"),
        t("computed.description"),
        crumbs=(scope.organization_link(organization),),
        calendar=organization.id,
    )
    parts = {
        "blocks": tuple(blocks),
        "inputs": (),
        "files": tuple(
            (scope.show(plan.title).text, scope.href(csv_path(organization.id, plan.id))) for plan in organization.plans
        ),
        "method": scope.to(PageKind.METHOD),
    }
    return View(page, parts)


def _computation(anchor: str, title: Link, actions: Sequence[Action], scope: Scope) -> Computation:
    t = scope.t
    progress = scope.publication.sum_up(actions)
    counts = " + ".join(f"{t.number(n)} {t(f'status.{key}')}" for key, n in progress.counts.items() if n)
    left_out = []
    if progress.counts["merged"]:
        left_out.append(t("computed.merged", progress.counts["merged"]))
    if progress.counts["cancelled"]:
        left_out.append(t("computed.cancelled", progress.counts["cancelled"]))
    unknown = sum(1 for item in progress.items if item.completion.low != item.completion.high)
    if unknown:
        left_out.append(t("computed.unknown", unknown))
    key = "computed.shown" if progress.shows_percent else "computed.not_shown"
    return Computation(
        anchor,
        title,
        f"{counts} = {t.number(progress.total)}",
        f"{progress.reported} ÷ {progress.total} = {t.percent(int(progress.coverage * 100))}",
        _arithmetic([i.delivered for i in progress.items if i.status != "merged"], progress.adopted, scope),
        _arithmetic(
            [i.completion for i in progress.items if i.status not in ("merged", "cancelled")], progress.current, scope
        ),
        tuple(left_out),
        t(key, threshold=t.percent(progress.threshold)),
    )


def _arithmetic(intervals: Sequence[Interval], mean: Interval, scope: Scope) -> str:
    """Spell a mean out: sum of shares ÷ count = percent, for the low and the high end."""
    if not intervals:
        return scope.t("progress.no_actions")
    low = _division(sum((i.low for i in intervals), Fraction(0)), len(intervals), mean.percents[0], scope)
    high = _division(sum((i.high for i in intervals), Fraction(0)), len(intervals), mean.percents[1], scope)
    return low if mean.low == mean.high else scope.t("computed.from_to", low=low, high=high)


def _division(total: Fraction, count: int, percent: int, scope: Scope) -> str:
    t = scope.t
    return f"{t.number(total)} ÷ {t.number(count)} = {t.percent(percent)}"


def _input(item: ActionProgress, scope: Scope) -> Input:
    return Input(
        scope.action_link(item.action),
        scope.status(item.status),
        _share(item.completion, scope),
        scope.t(f"computed.rule.{item.rule}"),
        "–" if item.status == "merged" else _share(item.delivered, scope),
        "–" if item.status in ("merged", "cancelled") else _share(item.completion, scope),
    )


def _share(interval: Interval, scope: Scope) -> str:
    low, high = scope.t.number(interval.low), scope.t.number(interval.high)
    return low if interval.low == interval.high else f"{low}–{high}"
