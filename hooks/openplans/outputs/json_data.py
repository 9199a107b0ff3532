"""``api/v1/index.json``, ``api/v1/<org>/<plan>.json``, ``api/v1/events.json``: open data with what was computed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..dates import timing_of
from ..facts import derived_action, derived_money, derived_progress, plain
from ..funds import lines_of, totals_of
from ..model import Organization, Plan
from ..publication import Publication, actions_in
from ..routes import EVENTS_JSON, PageKind, Route, csv_path, json_path, meeting_anchor, schema_path
from ..schemas import SCHEMAS
from .base import OutputFile, json_bytes


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield the index, the events, and one file per plan."""
    yield OutputFile(json_path(), json_bytes(_index(publication)))
    yield OutputFile(EVENTS_JSON, json_bytes(_events(publication)))
    for organization in publication.dataset.organizations:
        for plan in organization.plans:
            yield OutputFile(json_path(organization.id, plan.id), json_bytes(_plan(publication, organization, plan)))


def _head(publication: Publication) -> dict[str, Any]:
    site = publication.dataset.site
    return {
        "asOf": publication.today.isoformat(),
        "licence": plain(site.licence),
        "publisher": plain(site.publisher),
    }


def _index(publication: Publication) -> dict[str, Any]:
    site = publication.dataset.site
    return {
        **_head(publication),
        "title": plain(site.title),
        "description": plain(site.description) if site.description else None,
        "languages": list(site.languages),
        "thresholds": plain(site.thresholds),
        "events": EVENTS_JSON,
        "schemas": {name: schema_path(name) for name in SCHEMAS},
        "organizations": [
            {
                "id": organization.id,
                "facts": plain(organization),
                "committees": [{"id": c.id, "facts": plain(c)} for c in organization.committees],
                "plans": [
                    {
                        "id": plan.id,
                        "title": plain(plan.title),
                        "period": plan.period.text,
                        "json": json_path(organization.id, plan.id),
                        "csv": csv_path(organization.id, plan.id),
                        "derived": derived_progress(publication.sum_up(plan.actions)),
                    }
                    for plan in organization.plans
                ],
                "derived": derived_progress(
                    publication.sum_up([a for plan in organization.plans for a in plan.actions])
                ),
            }
            for organization in publication.dataset.organizations
        ],
        "glossary": {key: plain(term) for key, term in publication.dataset.glossary.terms.items()},
    }


def _plan(publication: Publication, organization: Organization, plan: Plan) -> dict[str, Any]:
    frame = publication.frame(organization, plan)
    actions = []
    for action in plan.actions:
        timing = timing_of(action.all_whens, frame)
        facts = plain(action)
        facts.setdefault("responsible", [c.id for c in publication.responsible(organization, plan, action)])
        actions.append(
            {
                "id": action.id,
                "page": {
                    language: Route(PageKind.ACTION, language, organization.id, plan.id, action.id).path
                    for language in publication.languages
                },
                "facts": facts,
                "derived": derived_action(publication.progress_of(action), timing.earliest, timing.latest),
            }
        )
    return {
        **_head(publication),
        "organization": organization.id,
        "id": plan.id,
        "facts": plain(plan),
        "derived": {
            **derived_progress(publication.sum_up(plan.actions)),
            "money": derived_money(
                totals_of(
                    lines_of([*plan.money, *(line for a in plan.actions for line in a.money)], frame.names, frame.plan)
                )
            ),
            "sections": {
                section.id: derived_progress(publication.sum_up(actions_in(plan, section))) for section in plan.sections
            },
        },
        "actions": actions,
    }


def _events(publication: Publication) -> dict[str, Any]:
    events = []
    for meeting in publication.meetings:
        path = {
            language: Route(PageKind.EVENT, language, meeting.organization.id, item=meeting.event.id).path
            + meeting_anchor(meeting)
            for language in publication.languages
        }
        events.append(
            {
                "id": meeting.key,
                "organization": meeting.organization.id,
                "page": path,
                "facts": plain(meeting.event),
                "occurrence": plain(meeting.occurrence) if meeting.occurrence else None,
                "derived": {
                    "isExact": meeting.exact is not None,
                    "spans": [
                        {
                            "earliest": s.earliest.isoformat() if s.earliest else None,
                            "latest": s.latest.isoformat() if s.latest else None,
                        }
                        for s in meeting.timing.spans
                    ],
                    "isOver": meeting.is_over(publication.today),
                },
            }
        )
    return {**_head(publication), "events": events}
