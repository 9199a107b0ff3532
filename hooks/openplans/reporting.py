"""What a report on a period says of each action; nothing here is put into words.

Rules:

* An action is due in a period when the last day of the time that the plan states for it lies in the period. A quota
  or a rule with another last day, or none, recurs in each period in which one of its slots or dates ends.
* Without a last day (all the time, when needed, an open end, a year that was not written) nothing can be late. Such
  an action is listed apart, from its first day on until it is reported as over.
* “Late” is only said of plans whose organization publishes results, and “finished late by so many days” only where
  the day of completion is reported. In all other plans an action without a report is unreported, nothing more.
* A postponed action stays due when it was promised; the new date stands beside the old one.
* Every action is in exactly one group of a report, or is counted as belonging to other periods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .dates import TimeFrame, Timing, days_of_rule, timing_of
from .model import Action, Organization, Plan, Span, Update
from .progress import updates_newest_first
from .publication import Publication
from .quotas import FilledSlot

#: Reports by calendar year are made for this many years of a plan at most, counted from its first.
YEARS_LIMIT = 12
#: The groups of a report, in the order in which an action is tried against them.
GROUPS = ("due", "recurring", "no_end", "also")
#: Statuses after which there is nothing more to expect.
OVER = ("done", "partly_done", "cancelled", "merged")


@dataclass(frozen=True, slots=True)
class Subject:
    """An action with what is known of it on the build's day."""

    action: Action
    plan: Plan
    frame: TimeFrame
    status: str
    schedule: str | None
    slots: tuple[FilledSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """A promised count over some slots: ``promised`` is the sum of the other four."""

    promised: int
    held: int
    missed: int
    unknown: int
    open: int


@dataclass(frozen=True, slots=True)
class Line:
    """An action as one line of a report: its promise, what was reported, and how the two meet."""

    subject: Subject
    timing: Timing
    update: Update | None
    #: The reported day of completion.
    ended_on: date | None
    #: How late it was finished: 0 for in time; None where nobody can tell.
    late_days: int | None
    #: How late it is on the build's day; 0 unless it is overdue.
    overdue_days: int
    #: All postponements, the newest first.
    postponements: tuple[Update, ...]
    #: The last day of the new date, if the action stands postponed to one.
    new_latest: date | None
    #: Slots of quotas, and dates of rules, that end in the period.
    tally: Tally | None
    dates: int

    @property
    def action(self) -> Action:
        """The action itself."""
        return self.subject.action

    @property
    def status(self) -> str:
        """The reported status."""
        return self.subject.status

    @property
    def last_day(self) -> date | None:
        """The day by which it is to be done as things stand: the new date of a postponed action."""
        return self.new_latest if self.status == "postponed" else self.timing.latest


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How finished actions of plans with results met their last day."""

    in_time: int
    late: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Report:
    """Actions over a period, each in one group; ``elsewhere`` counts those that belong to other periods."""

    due: tuple[Line, ...]
    recurring: tuple[Line, ...]
    no_end: tuple[Line, ...]
    also: tuple[Line, ...]
    elsewhere: int

    @property
    def groups(self) -> Mapping[str, tuple[Line, ...]]:
        """The groups that are not empty, in order."""
        return {name: getattr(self, name) for name in GROUPS if getattr(self, name)}

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, group by group."""
        return tuple(line for lines in self.groups.values() for line in lines)

    @property
    def timeliness(self) -> Timeliness:
        """Finished actions that had a last day, in plans whose organization publishes results."""
        ended = [
            line.late_days
            for line in self.lines
            if line.status in ("done", "partly_done")
            and line.timing.latest is not None
            and line.subject.plan.reports_results
        ]
        late = sum(1 for days in ended if days)
        unknown = sum(1 for days in ended if days is None)
        return Timeliness(len(ended) - late - unknown, late, unknown)


def subjects_of(publication: Publication, organization: Organization, actions: Sequence[Action]) -> tuple[Subject, ...]:
    """Return actions of one organization as subjects of a report, in the order given."""
    plans = {plan.id: plan for plan in organization.plans}
    found = []
    for action in actions:
        plan = plans[action.plan]
        progress = publication.progress_of(action)
        frame = publication.frame(organization, plan)
        slots = publication.slots_of(plan, action)
        found.append(Subject(action, plan, frame, progress.status, progress.schedule, slots))
    return tuple(found)


def report_years(period: Span) -> tuple[int, ...]:
    """Return the calendar years that have a report of their own; none if an end of the plan is unknown."""
    if period.earliest is None or period.latest is None:
        return ()
    return tuple(range(period.earliest.year, period.latest.year + 1))[:YEARS_LIMIT]


def calendar_year(year: int) -> Span:
    """Return the days of a year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def report_of(subjects: Sequence[Subject], period: Span, today: date) -> Report:
    """Sort actions into the groups of a report; a span without ends is a report on everything."""
    groups: dict[str, list[Line]] = {name: [] for name in GROUPS}
    elsewhere = 0
    for subject in subjects:
        line = line_of(subject, period, today)
        group = _group(line, period)
        if group is None:
            elsewhere += 1
        else:
            groups[group].append(line)
    due, recurring, no_end, also = (tuple(groups[name]) for name in GROUPS)
    return Report(due, recurring, no_end, also, elsewhere)


def _group(line: Line, period: Span) -> str | None:
    latest = line.timing.latest
    if latest is not None and period.covers(latest):
        return "due"
    is_over = _is_over_before(line, period)
    if (line.tally or line.dates) and not is_over:
        return "recurring"
    if latest is None and not is_over and _begins_by(line.timing, period):
        return "no_end"
    return "also" if latest is not None and _is_touched_in(line, period) else None


def _begins_by(timing: Timing, period: Span) -> bool:
    return timing.earliest is None or period.latest is None or timing.earliest <= period.latest


def _is_over_before(line: Line, period: Span) -> bool:
    if line.status not in OVER or line.update is None or period.earliest is None:
        return False
    ended = line.ended_on or line.update.date.span(line.subject.frame.names).latest
    return ended is not None and ended < period.earliest


def _is_touched_in(line: Line, period: Span) -> bool:
    """Tell whether it was finished or reported on in the period, or moved to it."""
    if any(day is not None and period.covers(day) for day in (line.ended_on, line.new_latest)):
        return True
    spans = (update.date.span(line.subject.frame.names) for update in line.action.updates)
    return any(s.earliest and s.latest and period.covers(s.earliest) and period.covers(s.latest) for s in spans)


def line_of(subject: Subject, period: Span, today: date) -> Line:
    """Return one action as a line; its slots and dates are those that end in the period."""
    action, frame = subject.action, subject.frame
    timing = timing_of(action.all_whens, frame)
    updates = updates_newest_first(action)
    update = updates[0] if updates else None
    ended_on = _ended_on(updates)
    overdue = 0
    if subject.schedule == "overdue" and timing.latest is not None:
        overdue = (today - timing.latest).days
    new_latest = None
    if subject.status == "postponed" and update and update.new_date and not isinstance(update.new_date, str):
        new_latest = update.new_date.span(frame.names).latest
    dates = [day for when in action.all_whens if when.rule for day in days_of_rule(when.rule, frame)]
    return Line(
        subject,
        timing,
        update,
        ended_on,
        _late_days(subject, timing.latest, update, ended_on),
        overdue,
        tuple(item for item in updates if item.status == "postponed"),
        new_latest,
        _tally([item for item in subject.slots if item.slot.span.latest and period.covers(item.slot.span.latest)]),
        sum(1 for day in dates if period.covers(day.last)),
    )


def _ended_on(updates: Sequence[Update]) -> date | None:
    """Return the newest stated day of completion, as long as no newer report says something else than “over”."""
    for update in updates:
        if update.status not in ("done", "partly_done"):
            return None
        if update.done_on is not None:
            return update.done_on
    return None


def _late_days(subject: Subject, latest: date | None, update: Update | None, ended_on: date | None) -> int | None:
    if update is None or latest is None or subject.status not in ("done", "partly_done"):
        return None
    if not subject.plan.reports_results:
        return None
    if ended_on is not None:
        return max((ended_on - latest).days, 0)
    reported = update.date.span(subject.frame.names).latest
    # A report from before the last day proves that it was in time; a later one proves nothing.
    return 0 if reported is not None and reported <= latest else None


def _tally(slots: Sequence[FilledSlot]) -> Tally | None:
    if not slots:
        return None
    left = {"missed": 0, "unknown": 0, "open": 0}
    for item in slots:
        state = item.state if item.state in left else "open"
        left[state] += item.slot.times - item.counted
    return Tally(sum(item.slot.times for item in slots), sum(item.counted for item in slots), **left)
