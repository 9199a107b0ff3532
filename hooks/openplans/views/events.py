"""Events: the agenda, a month, one event. A window is shown as a window, never as its first day."""

from __future__ import annotations

import calendar as month_tables
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..calendars import Meeting, months_of
from ..date_words import exact_in_words, when_in_words
from ..language import Shown
from ..ledger import Key
from ..model import EventResult, Span
from ..routes import PageKind, calendar_path, meeting_anchor, month_key
from .changes import history_rows
from .pieces import Link, View, WhenView
from .scope import Scope
from .sources import note_rows


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as one entry of a list."""

    link: Link
    when: str
    as_written: Shown | None
    datetime: str
    is_exact: bool
    kind: str
    status_key: str
    status: str
    organization: Link
    place: Shown | None
    mode: str


@dataclass(frozen=True, slots=True)
class Group:
    """Meetings under one heading of the agenda."""

    anchor: str
    title: str
    href: str
    meetings: tuple[MeetingRow, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of a month's table."""

    number: int
    label: str
    meetings: tuple[MeetingRow, ...]


def meeting_rows(meetings: Iterable[Meeting], scope: Scope) -> tuple[MeetingRow, ...]:
    """Return meetings as entries of a list, in the order given."""
    return tuple(_row(meeting, scope) for meeting in meetings)


def _row(meeting: Meeting, scope: Scope) -> MeetingRow:
    t, organization, event = scope.t, meeting.organization, meeting.event
    when = meeting.when
    title = scope.show(meeting.title)
    if meeting.occurrence is not None and meeting.occurrence.title is None:
        title = Shown(
            t("event.occurrence", title=title.text, occurrence=meeting.occurrence.id), title.language, title.is_fallback
        )
    place = event.place.name or event.place.address or event.place.region if event.place else None
    return MeetingRow(
        Link(title, scope.to(PageKind.EVENT, organization.id, item=event.id, anchor=meeting_anchor(meeting))),
        when_in_words(when, organization, t) if when else t("date.not_stated"),
        scope.written(when.as_written, organization) if when else None,
        _datetime(meeting),
        meeting.exact is not None,
        t(f"event.kind.{event.kind}"),
        meeting.status,
        "" if meeting.status == "scheduled" else t(f"event.status.{meeting.status}"),
        scope.organization_link(organization),
        scope.maybe(place),
        t(f"event.mode.{event.mode}") if event.mode else "",
    )


def _datetime(meeting: Meeting) -> str:
    """The machine's reading for ``<time datetime>``: a day, a minute or a month, never a made-up day."""
    if meeting.exact is not None:
        return str(meeting.exact.first)
    when = meeting.when
    if when and when.window and len(when.window) == 1:
        point = when.window[0].start
        if point and point.year and point.month and not point.day and not when.window[0].is_stretch:
            return f"{point.year}-{point.month:02d}"
    return ""


def agenda(scope: Scope) -> View:
    """Return the agenda: what is to come by month, windows under their month, then the undated, then the past."""
    today = scope.publication.today
    meetings = scope.publication.meetings
    coming = [m for m in meetings if not m.is_over(today)]
    past = [m for m in meetings if m.is_over(today)]
    groups = _groups(coming, scope, "")
    past_groups = _groups(list(reversed(past)), scope, "past-")
    t = scope.t
    page = scope.page(
        t("nav.agenda"),
        None,
        t("agenda.description"),
        contents=[(group.anchor, group.title) for group in groups] + ([("past", t("agenda.past"))] if past else []),
    )
    return View(
        page,
        {
            "intro": t("agenda.intro", len(coming), day=t.day(today)),
            "groups": groups,
            "past": past_groups,
            "past_count": t("agenda.past_count", len(past)),
            "subscribe": scope.to(PageKind.SUBSCRIBE),
            "months": tuple(_month_link(year, month, scope) for year, month in months_of(meetings)),
        },
    )


def _month_link(year: int, month: int, scope: Scope) -> Link:
    return Link(
        Shown(scope.t.month(year, month), scope.language), scope.to(PageKind.MONTH, item=month_key(year, month))
    )


def _groups(meetings: Sequence[Meeting], scope: Scope, prefix: str) -> tuple[Group, ...]:
    """Group by the month of the first possible day; then those without a date to plan with; undated ones last."""
    groups: dict[tuple[str, str, str], list[Meeting]] = {}
    for meeting in sorted(meetings, key=lambda m: (not m.is_dated, m.timing.earliest is None)):
        earliest = meeting.timing.earliest
        if not meeting.is_dated or earliest is None:
            name = "longer" if meeting.timing.earliest else "undated"
            key = (prefix + name, scope.t(f"agenda.{name}"), "")
        else:
            month = month_key(earliest.year, earliest.month)
            key = (
                f"{prefix}m{month}",
                scope.t.month(earliest.year, earliest.month),
                scope.to(PageKind.MONTH, item=month),
            )
        groups.setdefault(key, []).append(meeting)
    return tuple(
        Group(anchor, title, href, meeting_rows(found, scope)) for (anchor, title, href), found in groups.items()
    )


def month(scope: Scope) -> View:
    """Return a month: windows in a lane above the days, then a real table, then the list."""
    year, number = (int(part) for part in scope.route.item.split("-"))
    last = month_tables.monthrange(year, number)[1]
    whole = Span(date(year, number, 1), date(year, number, last))
    t = scope.t
    meetings = scope.publication.meetings
    dated = [m for m in meetings if m.exact is not None and any(span.overlaps(whole) for span in m.timing.spans)]
    lane = [m for m in meetings if any(span.overlaps(whole) for span in m.short_windows)]
    weeks = tuple(
        tuple(_day(date(year, number, day), dated, scope) if day else None for day in week)
        for week in month_tables.Calendar(0).monthdayscalendar(year, number)
    )
    all_months = months_of(meetings)
    position = all_months.index((year, number))
    title = t.month(year, number)
    page = scope.page(
        f"{title} – {t('nav.agenda')}",
        Shown(title, scope.language),
        t("month.description", month=title),
        crumbs=(Link(scope.ours("nav.agenda"), scope.to(PageKind.AGENDA)),),
    )
    return View(
        page,
        {
            "title": title,
            "lane": meeting_rows(lane, scope),
            "weeks": weeks,
            "meetings": meeting_rows(dated, scope),
            "weekdays": tuple((t.weekday_short(n), t.weekday(n)) for n in range(1, 8)),
            "is_empty": not dated and not lane,
            "previous": _month_link(*all_months[position - 1], scope) if position else None,
            "next": _month_link(*all_months[position + 1], scope) if position + 1 < len(all_months) else None,
        },
    )


def _day(day: date, dated: Sequence[Meeting], scope: Scope) -> Day:
    found = [m for m in dated if any(span.covers(day) for span in m.timing.spans)]
    label = scope.t.day(day, weekday=True)
    if found:
        label += ", " + scope.t("count.events", len(found))
    return Day(day.day, label, meeting_rows(found, scope))


def _result(result: EventResult, scope: Scope) -> dict[str, Any]:
    t = scope.t
    return {
        "held": t("event.held" if result.held else "event.not_held"),
        "participants": t("count.participants", result.participants) if result.participants is not None else "",
        "text": scope.maybe(result.text),
        "materials": result.materials,
        "recording": result.recording or "",
    }


def event(scope: Scope) -> View:
    """Return the page of an event, or of a series with an anchor for each occurrence."""
    organization, t = scope.organization, scope.t
    this = scope.publication.event_of(organization, scope.route.item)
    own = [m for m in scope.publication.meetings if m.organization.id == organization.id and m.event.id == this.id]
    heading = scope.show(this.title)
    committees = {committee.id: committee for committee in organization.committees}
    actions = {f"{plan.id}/{action.id}": action for plan in organization.plans for action in plan.actions}
    registration = this.registration
    page = scope.page(
        f"{heading.text} – {scope.show(organization.name).text}",
        heading,
        t("event.description", kind=t(f"event.kind.{this.kind}"), organization=scope.show(organization.name).text),
        crumbs=(scope.organization_link(organization), Link(scope.ours("nav.agenda"), scope.to(PageKind.AGENDA))),
        record=this,
        above=(organization,),
        calendar=organization.id,
    )
    is_over = bool(own) and all(m.is_over(scope.publication.today) for m in own)
    return View(
        page,
        {
            "kind": t(f"event.kind.{this.kind}"),
            "status": "" if this.status == "scheduled" else t(f"event.status.{this.status}"),
            "status_key": this.status,
            "reason": scope.maybe(this.reason),
            "previous_dates": tuple(exact_in_words(exact, t) for exact in this.previous),
            "is_over": is_over and this.result is None,
            "whens": scope.whens([this.when], organization) if this.when else (),
            "occurrences": tuple(
                {
                    "anchor": f"o-{m.occurrence.id}",
                    "row": _row(m, scope),
                    "reason": scope.maybe(m.reason),
                    "previous_dates": tuple(exact_in_words(exact, t) for exact in m.occurrence.previous),
                    "result": _result(m.result, scope) if m.result else None,
                    "whens": scope.whens([m.when], organization) if m.when else (),
                }
                for m in own
                if m.occurrence is not None
            ),
            "summary": scope.maybe(this.summary),
            "organization": scope.organization_link(organization),
            "organizers": tuple(
                Link(scope.show(committees[i].name), scope.to(PageKind.COMMITTEE, organization.id, item=i))
                for i in this.organizers
            ),
            "actions": tuple(
                scope.action_link(actions[reference]) for reference in this.actions if reference in actions
            ),
            "place": tuple(scope.show(p) for p in (this.place.name, this.place.address, this.place.region) if p)
            if this.place
            else (),
            "map": (this.place.map or "") if this.place else "",
            "mode": t(f"event.mode.{this.mode}") if this.mode else "",
            "audience": scope.maybe(this.audience),
            "age": this.age or "",
            "spoken": t.list_of([t.locale.languages.get(code, code) for code in this.languages])
            if this.languages
            else "",
            "cost": scope.maybe(this.cost),
            "is_free": bool(this.is_free),
            "travel": scope.maybe(this.travel),
            "capacity": scope.maybe(this.capacity),
            "accessibility": scope.maybe(this.accessibility),
            "registration": {
                "url": registration.url or "",
                "opens": exact_in_words(registration.opens, t) if registration.opens else "",
                "closes": exact_in_words(registration.closes, t) if registration.closes else "",
                "note": scope.maybe(registration.note),
            }
            if registration
            else None,
            "result": _result(this.result, scope) if this.result else None,
            "notes": note_rows(this.notes, scope),
            "history": history_rows(Key("event", organization.id, item=this.id), scope),
            "calendar": scope.href(calendar_path(scope.language, organization.id)),
        },
    )


__all__ = ["Day", "Group", "MeetingRow", "WhenView", "agenda", "event", "meeting_rows", "month"]
