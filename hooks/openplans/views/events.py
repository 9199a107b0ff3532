"""The pages of an event, of a series, of one of its occurrences, and the poster of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..calendars import Meeting
from ..date_words import exact_in_words, when_in_words
from ..feeds import event_feed, has_own_feed
from ..file_addresses import calendar_path
from ..language import Shown
from ..ledger import Key
from ..meeting_words import shown_title
from ..model import Event, EventResult, Registration
from ..routes import PageKind, absolute, meeting_route, poster_route
from .changes import history_rows
from .meetings import groups_by_month, machine_time, place_words, script_data, zone_words
from .pieces import Link, Page, View
from .scope import Scope
from .search_facts import event_facts
from .sources import note_rows
from .structured_data import event_data, series_data

#: A longer title is printed smaller, so that a poster stays on one sheet.
_LONG_TITLE = 90


def event(scope: Scope) -> View:
    """Return the page of a single event, or of a series with a link to each occurrence."""
    organization = scope.organization
    this = scope.publication.event_of(organization, scope.route.item)
    own = _meetings(this, scope)
    if own and own[0].occurrence is None:
        return _single(own[0], scope)
    return _series(this, own, scope)


def occurrence(scope: Scope) -> View:
    """Return the page of one occurrence of a series."""
    return _single(_meeting(scope), scope)


def _meetings(event: Event, scope: Scope) -> tuple[Meeting, ...]:
    return scope.publication.meetings_of_event(event)


def _meeting(scope: Scope) -> Meeting:
    """Return the meeting on the page's path."""
    identifier = scope.route.item.partition("/")[0]
    own = _meetings(scope.publication.event_of(scope.organization, identifier), scope)
    wanted = scope.route.item
    return next(m for m in own if meeting_route(m, scope.language).item == wanted)


def _single(meeting: Meeting, scope: Scope) -> View:
    organization, this, t = meeting.organization, meeting.event, scope.t
    occurrence = meeting.occurrence
    heading = shown_title(meeting, t)
    when = when_in_words(meeting.when, organization, t) if meeting.when else t("date.not_stated")
    name = scope.show(organization.name).text
    crumbs = [scope.organization_link(organization), Link(scope.ours("nav.agenda"), scope.to(PageKind.AGENDA))]
    series = Link(scope.show(this.title), scope.to(PageKind.EVENT, organization.id, item=this.id))
    crumbs += [series] if occurrence else []
    page = scope.page(
        f"{heading.text}, {when} – {name}" if meeting.exact else f"{heading.text} – {name}",
        heading,
        t("event.description_when", kind=t(f"event.kind.{this.kind}"), organization=name, when=when),
        crumbs=crumbs,
        record=this,
        above=(organization,),
        calendar=event_feed(meeting) if has_own_feed(meeting) else organization.id,
        structured_data=event_data(meeting, scope),
        has_script=True,
        # A date of a series would be found again and again with the same words: the series is, with all its years.
        search=None if occurrence else event_facts(this, [meeting], organization, scope),
    )
    is_off = meeting.status in ("cancelled", "postponed")
    siblings = [m for m in _meetings(this, scope) if m.exact is not None] if occurrence else []
    position = next((i for i, m in enumerate(siblings) if m.key == meeting.key), -1)
    return View(
        page,
        {
            **_facts(this, scope),
            "status": "" if meeting.status == "scheduled" else t(f"event.status.{meeting.status}"),
            "status_key": meeting.status,
            "reason": scope.maybe(meeting.reason),
            "previous_dates": tuple(exact_in_words(exact, t) for exact in meeting.previous),
            "is_over": meeting.is_over(scope.publication.today) and meeting.result is None and not is_off,
            "whens": scope.whens([meeting.when], organization) if meeting.when else (),
            "machine_time": machine_time(meeting, scope),
            "zone": zone_words(meeting, scope),
            "series": series if occurrence else None,
            "place": place_words(meeting, scope),
            "map": (meeting.place.map or "") if meeting.place and meeting.mode != "online" else "",
            "region": scope.show(scope.site.regions[meeting.region]) if meeting.region else None,
            "mode": t(f"event.mode.{meeting.mode}") if meeting.mode else "",
            "registration": _registration(meeting.registration, scope) if meeting.registration else None,
            "result": _result(meeting.result, scope) if meeting.result else None,
            "history": history_rows(Key("event", organization.id, item=this.id), scope),
            "copy": scope.href(calendar_path(scope.language, event_feed(meeting))) if has_own_feed(meeting) else "",
            "poster": scope.href(poster_route(meeting, scope.language).path) if meeting.exact else "",
            "subscribe": scope.to(PageKind.SUBSCRIBE, anchor=f"#{organization.id}"),
            "data": script_data(meeting, scope),
            "previous": _neighbour(siblings, position - 1, scope) if position > 0 else None,
            "next": _neighbour(siblings, position + 1, scope) if 0 <= position < len(siblings) - 1 else None,
        },
        template="event",
    )


def _neighbour(siblings: list[Meeting], position: int, scope: Scope) -> Link:
    meeting = siblings[position]
    assert meeting.exact is not None
    words = exact_in_words(meeting.exact, scope.t)
    return Link(Shown(words, scope.language), scope.href(meeting_route(meeting, scope.language).path))


def _facts(this: Event, scope: Scope) -> dict[str, Any]:
    """Return what an event says of itself and all its occurrences share."""
    organization, t = scope.organization, scope.t
    committees = {committee.id: committee for committee in organization.committees}
    actions = {f"{plan.id}/{action.id}": action for plan in organization.plans for action in plan.actions}
    spoken = [t.locale.languages.get(code, code) for code in this.languages]
    return {
        "kind": t(f"event.kind.{this.kind}"),
        "summary": scope.maybe(this.summary),
        "organization": scope.organization_link(organization),
        "organizers": tuple(
            Link(scope.show(committees[i].name), scope.to(PageKind.COMMITTEE, organization.id, item=i))
            for i in this.organizers
        ),
        "actions": tuple(scope.action_link(actions[reference]) for reference in this.actions if reference in actions),
        "broadcast": this.broadcast or "",
        "audience": scope.maybe(this.audience),
        "audiences": tuple(scope.show(scope.site.audiences[i]) for i in this.audiences),
        "age": this.age or "",
        "spoken": t.list_of(spoken) if spoken else "",
        "cost": scope.maybe(this.cost),
        "is_free": bool(this.is_free),
        "travel": scope.maybe(this.travel),
        "capacity": scope.maybe(this.capacity),
        "accessibility": scope.maybe(this.accessibility),
        "notes": note_rows(this.notes, scope),
    }


def _registration(registration: Registration, scope: Scope) -> dict[str, Any]:
    t = scope.t
    return {
        "url": registration.url or "",
        "opens": exact_in_words(registration.opens, t) if registration.opens else "",
        "closes": exact_in_words(registration.closes, t) if registration.closes else "",
        "is_full": bool(registration.is_full),
        "note": scope.maybe(registration.note),
    }


def _result(result: EventResult, scope: Scope) -> dict[str, Any]:
    t = scope.t
    return {
        "held": t("event.held" if result.held else "event.not_held"),
        "participants": t("count.participants", result.participants) if result.participants is not None else "",
        "text": scope.maybe(result.text),
        "materials": result.materials,
        "recording": result.recording or "",
    }


def _series(this: Event, own: Sequence[Meeting], scope: Scope) -> View:
    organization, t = scope.organization, scope.t
    today = scope.publication.today
    heading = scope.show(this.title)
    name = scope.show(organization.name).text
    coming = [m for m in own if not m.is_over(today)]
    past = [m for m in own if m.is_over(today)]
    groups = groups_by_month(coming, scope)
    rule = this.when.rule if this.when else None
    until = next((e for e in organization.events if rule and e.id == rule.until), None)
    page = scope.page(
        f"{heading.text} – {name}",
        heading,
        t("event.description", kind=t(f"event.kind.{this.kind}"), organization=name),
        crumbs=(scope.organization_link(organization), Link(scope.ours("nav.agenda"), scope.to(PageKind.AGENDA))),
        contents=[(group.anchor, group.title) for group in groups] + ([("past", t("agenda.past"))] if past else []),
        record=this,
        above=(organization,),
        calendar=f"{organization.id}/{this.id}" if any(has_own_feed(m) for m in own) else organization.id,
        structured_data=series_data(this, own, scope),
        has_script=True,
        search=event_facts(this, own, organization, scope),
    )
    return View(
        page,
        {
            **_facts(this, scope),
            "status": "" if this.status == "scheduled" else t(f"event.status.{this.status}"),
            "status_key": this.status,
            "reason": scope.maybe(this.reason),
            "whens": scope.whens([this.when], organization) if this.when else (),
            "until": Link(scope.show(until.title), scope.to(PageKind.EVENT, organization.id, item=until.id))
            if until
            else None,
            "registration": _registration(this.registration, scope) if this.registration else None,
            "groups": groups,
            "past": groups_by_month(list(reversed(past)), scope, "past-"),
            "past_count": t("agenda.past_count", len(past)) if past else "",
            "result": _result(this.result, scope) if this.result else None,
            "history": history_rows(Key("event", organization.id, item=this.id), scope),
            "copy": scope.href(calendar_path(scope.language, f"{organization.id}/{this.id}"))
            if any(has_own_feed(m) for m in own)
            else "",
        },
        template="series",
    )


def poster(scope: Scope) -> View:
    """Return the sheet of a meeting to print in A4 and put up: words large, and a code that leads to its page."""
    meeting = _meeting(scope)
    t = scope.t
    path = meeting_route(meeting, scope.language).path
    address = absolute(scope.publication, path) or ""
    heading = shown_title(meeting, t)
    when = when_in_words(meeting.when, meeting.organization, t) if meeting.when else ""
    page: Page = scope.page(f"{heading.text}, {when} – {t('event.poster')}", heading, record=meeting.event)
    return View(
        page,
        {
            **_facts(meeting.event, scope),
            "status": "" if meeting.status == "scheduled" else t(f"event.status.{meeting.status}"),
            "reason": scope.maybe(meeting.reason),
            "when": when,
            "zone": zone_words(meeting, scope),
            "place": place_words(meeting, scope),
            "mode": t(f"event.mode.{meeting.mode}") if meeting.mode else "",
            "registration": _registration(meeting.registration, scope) if meeting.registration else None,
            "organization_name": scope.show(meeting.organization.name),
            "address": address,
            "shown_address": address.partition("://")[2].rstrip("/"),
            "back": scope.href(path),
            "is_long": len(heading.text) > _LONG_TITLE,
            "stylesheet": scope.href("assets/poster.css"),
            "icon": scope.href("assets/mark.svg"),
        },
    )
