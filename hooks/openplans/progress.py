"""Honest progress: what was reported, what is known of it, and nothing more.

Rules (docs/handbook/method.md states them for readers):

* The status of an action is its newest update; without one it is ``unreported``, never 0 %.
* Completion is an interval: done is [1, 1], not started [0, 0], unknown [0, 1]. Between them it comes from a
  quota's held ÷ promised, parts done ÷ parts, or indicators flagged as measuring the action (actual ÷ target,
  clamped), the first of these that is known.
* Delivery of the plan as adopted keeps cancelled actions as 0; progress of the plan as it stands leaves
  cancelled and merged ones out. A merged action counts once, at the one that took it over.
* Coverage is the share of actions with a report. Below the site's threshold there is no percentage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

from .dates import TimeFrame, timing_of
from .model import Action, Indicator, IndicatorPeriod, Plan, Point, Span, Thresholds, Update
from .quotas import FilledSlot, share_held

STATUSES = ("done", "partly_done", "ongoing", "not_started", "postponed", "cancelled", "merged", "unreported")
#: Statuses after which nothing more is expected.
_FINAL = ("done", "partly_done", "cancelled", "merged")
_SETTLED = ("done", "partly_done", "cancelled", "merged", "postponed")
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Interval:
    """A share between 0 and 1, known only to lie from ``low`` to ``high``."""

    low: Fraction
    high: Fraction

    @property
    def percents(self) -> tuple[int, int]:
        """Both ends in whole percent, rounded down."""
        return int(self.low * 100), int(self.high * 100)


UNKNOWN = Interval(ZERO, ONE)


@dataclass(frozen=True, slots=True)
class ActionProgress:
    """One action on one day: reported status, computed schedule, completion, and the rule that gave it."""

    action: Action
    status: str
    schedule: str | None
    completion: Interval
    rule: str
    delivered: Interval
    #: Its time ends in the month of the day, and nobody has reported an end of the work.
    is_due_this_month: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Actions summed up: counts first, shares second, each with its denominator."""

    items: tuple[ActionProgress, ...]
    counts: Mapping[str, int]
    reported: int
    adopted: Interval
    current: Interval
    current_total: int
    overdue: int
    threshold: int
    #: When the newest report was made, as exactly as it says, if work is open and the report is past the site's limit.
    stale_since: Point | None = None

    @property
    def total(self) -> int:
        """How many actions there are."""
        return len(self.items)

    @property
    def coverage(self) -> Fraction:
        """Share of actions that somebody reported on; 0 for none."""
        return Fraction(self.reported, self.total) if self.total else ZERO

    @property
    def shows_percent(self) -> bool:
        """Tell whether enough was reported for a percentage to mean anything."""
        return self.total > 0 and self.coverage * 100 >= self.threshold

    @property
    def adopted_total(self) -> int:
        """How many actions the plan as adopted is measured by: all but those that count elsewhere."""
        return self.total - self.counts["merged"]

    @property
    def readings_differ(self) -> bool:
        """Tell whether the plan as it stands gives another answer than the plan as adopted."""
        return (self.current_total, self.current) != (self.adopted_total, self.adopted)


def updates_newest_first(action: Action) -> tuple[Update, ...]:
    """Return the updates by date, the latest first; among equals the one written last."""
    order = sorted(enumerate(action.updates), key=lambda pair: (_day_of(pair[1]), pair[0]), reverse=True)
    return tuple(update for _, update in order)


def newest_update(action: Action) -> Update | None:
    """Return the update with the latest date; the one written last among equals."""
    return next(iter(updates_newest_first(action)), None)


def _day_of(update: Update) -> date:
    point = update.date.end or update.date.start
    if point is None or point.year is None:
        return date.min
    # A month or a year counts as its first day here: a report on a day in it is newer than one "in 2024".
    return date(point.year, point.month or 1, point.day or 1)


def status_of(action: Action) -> str:
    """Return the reported status, or ``unreported``."""
    update = newest_update(action)
    return update.status if update else "unreported"


def progress_of_action(
    action: Action,
    plan: Plan,
    frame: TimeFrame,
    today: date,
    thresholds: Thresholds,
    slots: Sequence[FilledSlot] = (),
) -> ActionProgress:
    """Return where one action stands on ``today``; ``slots`` are those of its quotas."""
    status = status_of(action)
    completion, rule = _completion(action, status, slots)
    delivered = completion
    if status == "cancelled" or (status == "postponed" and _is_beyond_plan(action, frame)):
        delivered = Interval(ZERO, ZERO)
    latest = timing_of(action.all_whens, frame).latest
    schedule = _schedule(action, status, plan, latest, today, thresholds)
    is_due = latest is not None and latest.replace(day=1) == today.replace(day=1) and status not in _SETTLED
    return ActionProgress(action, status, schedule, completion, rule, delivered, is_due)


def _completion(action: Action, status: str, slots: Sequence[FilledSlot]) -> tuple[Interval, str]:
    """Return how much of an action is done, and the name of the rule that says so."""
    if status == "done":
        return Interval(ONE, ONE), "done"
    if status == "not_started":
        return Interval(ZERO, ZERO), "not_started"
    held = share_held(slots)
    if held is not None:
        return Interval(*held), "quota"
    told = [part for part in action.parts if part.done is not None]
    if told:
        done = sum(1 for part in told if part.done)
        untold = len(action.parts) - len(told)
        return Interval(Fraction(done, len(action.parts)), Fraction(done + untold, len(action.parts))), "parts"
    measured = [achievement_of(indicator) for indicator in action.indicators if indicator.measures_action]
    known = [share for share in measured if share is not None]
    if known:
        mean = sum(known, ZERO) / len(known)
        return Interval(mean, mean), "indicators"
    return UNKNOWN, "unreported" if status == "unreported" else "unknown"


def share_of_target(indicator: Indicator) -> Fraction | None:
    """Return (actual − baseline) ÷ (target − baseline) of the last period with both, unclamped.

    Without a baseline a count starts from 0. None where there is no comparable pair of numbers, where there is
    nothing to divide by, or where the target is a limit or a level to keep.
    """
    if indicator.direction == "maintain":
        return None
    for period in reversed(indicator.periods):
        pair = _comparable(period)
        if pair is None:
            continue
        target, actual = pair
        if period.target is not None and period.target.comparator == "at_most" and indicator.baseline is None:
            return None
        start = indicator.baseline.value if indicator.baseline else ZERO
        return None if target == start else (actual - start) / (target - start)
    return None


def achievement_of(indicator: Indicator) -> Fraction | None:
    """Return the share for use inside a roll-up: clamped to 0–1, and 1 or 0 for limits and levels to keep."""
    share = share_of_target(indicator)
    if share is not None:
        return min(max(share, ZERO), ONE)
    for period in reversed(indicator.periods):
        pair = _comparable(period)
        if pair is not None and period.target is not None:
            target, actual = pair
            if period.target.comparator == "at_most":
                return ONE if actual <= target else ZERO
            return (ONE if actual == target else ZERO) if indicator.direction == "maintain" else None
    return None


def _comparable(period: IndicatorPeriod) -> tuple[Fraction, Fraction] | None:
    """Return target and actual if they speak of the same time.

    A target for each year (or other unit) can be held against an actual only in an entry with a period of its own.
    """
    target, actual = period.target, period.actual
    if target is None or actual is None or target.value is None or actual.value is None:
        return None
    if target.per is not None and period.period is None:
        return None
    return target.value, actual.value


def _is_beyond_plan(action: Action, frame: TimeFrame) -> bool:
    update = newest_update(action)
    if update is None or update.new_date is None:
        return False
    if isinstance(update.new_date, str):
        return True
    first = update.new_date.span(frame.names).earliest
    return first is not None and frame.plan.latest is not None and first > frame.plan.latest


def _schedule(
    action: Action, status: str, plan: Plan, latest: date | None, today: date, thresholds: Thresholds
) -> str | None:
    # Without published results silence says nothing about work: such a plan is never called late.
    if not plan.reports_results or status in _SETTLED:
        return None
    if latest is not None and latest < today:
        return "overdue"
    if latest is not None and latest - today <= timedelta(days=thresholds.due_soon_days):
        return "due_soon"
    update = newest_update(action)
    if status == "ongoing" and update is not None and today - _day_of(update) > timedelta(days=thresholds.stale_days):
        return "stale"
    return None


def roll_up(items: Sequence[ActionProgress], thresholds: Thresholds, today: date) -> Progress:
    """Sum up actions with equal weights; order does not matter.

    An action merged into another is left out of both denominators, a cancelled one out of the current only.
    """
    found = Counter(item.status for item in items)
    counts = {status: found[status] for status in STATUSES}
    adopted = [item.delivered for item in items if item.status != "merged"]
    current = [item.completion for item in items if item.status not in ("merged", "cancelled")]
    return Progress(
        items=tuple(items),
        counts=counts,
        reported=len(items) - counts["unreported"],
        adopted=_mean(adopted),
        current=_mean(current),
        current_total=len(current),
        overdue=sum(1 for item in items if item.schedule == "overdue"),
        threshold=thresholds.coverage_percent,
        stale_since=_stale_since(items, thresholds, today),
    )


def _stale_since(items: Sequence[ActionProgress], thresholds: Thresholds, today: date) -> Point | None:
    """Return the time of the newest report where open work has had none for longer than the limit."""
    updates = [update for item in items for update in item.action.updates]
    is_open = any(item.status not in _FINAL for item in items)
    if not updates or not is_open:
        return None
    newest = max(updates, key=_day_of)
    if today - _day_of(newest) <= timedelta(days=thresholds.stale_days):
        return None
    return newest.date.end or newest.date.start


def _mean(intervals: Sequence[Interval]) -> Interval:
    if not intervals:
        return UNKNOWN
    return Interval(_mean_of([i.low for i in intervals]), _mean_of([i.high for i in intervals]))


def _mean_of(shares: Sequence[Fraction]) -> Fraction:
    # Over one denominator: whole numbers add up many times faster than fractions.
    whole = lcm(*(share.denominator for share in shares))
    return Fraction(sum(share.numerator * (whole // share.denominator) for share in shares), whole * len(shares))


def time_used(span: Span, today: date) -> Fraction | None:
    """Return the share of a period that has passed, from 0 to 1; None if an end is unknown."""
    if span.earliest is None or span.latest is None:
        return None
    days = (span.latest - span.earliest).days + 1
    passed = (today - span.earliest).days
    return min(max(Fraction(passed, days), ZERO), ONE)
