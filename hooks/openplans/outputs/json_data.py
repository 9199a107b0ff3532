"""``api/v1/index.json``, ``api/v1/<org>/<plan>.json``, ``api/v1/events.json``: open data with what was computed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..adoption import adoption_of
from ..dates import timing_of
from ..facets import facets_of
from ..facts import derived_action, derived_money, derived_progress, plain
from ..feeds import event_feed, has_own_feed
from ..file_addresses import EVENTS_JSON, calendar_path, csv_path, json_path, schema_path
from ..funds import lines_of, totals_of
from ..ledger import Entry, Key
from ..model import Organization, Plan
from ..publication import Publication
from ..routes import PageKind, Route, meeting_route
from ..schemas import SCHEMAS
from .base import OutputFile, holds_the_rest, json_bytes, organizations_in


def files(publication: Publication, part: str | None = None) -> Iterator[OutputFile]:
    """Yield the index, the events, and one file per plan, of the whole site or of one part of it."""
    if holds_the_rest(part):
        yield OutputFile(json_path(), json_bytes(_index(publication)))
        yield OutputFile(EVENTS_JSON, json_bytes(_events(publication)))
    for organization in organizations_in(publication, part):
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
        "regions": plain(site.regions),
        "audiences": plain(site.audiences),
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
                section.id: derived_progress(publication.sum_up(plan.actions_in(section))) for section in plan.sections
            },
            "adoption": _adoption(publication, plan),
        },
        "actions": actions,
        "removed": _removed(publication, Key("plan", organization.id, plan.id), "action"),
        "changes": [_change(entry) for entry in publication.entries_of(Key("plan", organization.id, plan.id))],
    }


def _adoption(publication: Publication, plan: Plan) -> dict[str, Any]:
    adoption = adoption_of(publication, plan)
    return {
        "adoptedOn": plain(adoption.approval.date) if adoption.approval else None,
        "knownSince": plain(adoption.known_since),
        "unknownBecause": publication.ledger.reason or None,
        "adoptedCount": adoption.adopted_count if adoption.is_known else None,
        "todayCount": adoption.today_count,
        "addedLater": {key: plain(day) for key, day in adoption.added.items()},
    }


def _removed(publication: Publication, owner: Key, kind: str) -> list[dict[str, Any]]:
    """Return what is gone from a plan or organization, with the pages that say so."""
    gone = (item for item in publication.removed.values() if item.owner == owner and item.moved_to is None)
    return [
        {
            "id": item.record.item,
            "title": dict(item.title),
            "number": item.number or None,
            "removedOn": plain(item.day),
            "page": {
                language: Route(
                    PageKind(kind), language, item.record.organization, item.record.plan, item.record.item
                ).path
                for language in publication.languages
            },
        }
        for item in gone
        if item.record.kind == kind
    ]


def _change(entry: Entry) -> dict[str, Any]:
    values = {
        "detail": entry.detail,
        "part": entry.part,
        "name": entry.name,
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
    }
    return {
        "id": entry.id,
        "day": plain(entry.day),
        "kind": entry.kind,
        "record": {"kind": entry.record.kind, "id": entry.record.item or entry.record.plan},
        "title": dict(entry.title),
        **{name: value for name, value in values.items() if value not in (None, "")},
    }


def _events(publication: Publication) -> dict[str, Any]:
    events = []
    for meeting in publication.meetings:
        path = {language: meeting_route(meeting, language).path for language in publication.languages}
        events.append(
            {
                "id": meeting.key,
                "uid": f"{meeting.uid_key}@{publication.dataset.site.uid_domain}",
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
                    "facets": sorted(facet.path for facet in facets_of(meeting)),
                    "timeZone": publication.zone_of(meeting.organization),
                    "calendar": {
                        language: calendar_path(language, event_feed(meeting)) for language in publication.languages
                    }
                    if has_own_feed(meeting)
                    else None,
                },
            }
        )
    removed = [
        {"organization": organization.id, **item}
        for organization in publication.dataset.organizations
        for item in _removed(publication, Key("organization", organization.id), "event")
    ]
    return {**_head(publication), "events": events, "removed": removed}
