"""A plan along its time: in which quarter or year its actions end, by status; a picture, a sentence and a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..dates import timing_of
from ..model import Action, Plan
from ..progress import STATUSES
from .pieces import StatusView
from .scope import Scope

#: More quarters than this would be too narrow to tell apart on a phone; then years are shown.
_MOST_COLUMNS = 14
_WIDTH, _GAP, _HEIGHT = 24, 4, 80


@dataclass(frozen=True, slots=True)
class Column:
    """One quarter or year: its stacked parts as (status, y, height), and the same in words."""

    x: int
    width: int
    label: str
    short: str
    #: The year, below the first quarter of it that the plan has.
    year: str
    total: int
    parts: tuple[tuple[str, int, int], ...]
    counts: tuple[tuple[StatusView, int], ...]
    is_now: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The columns of a plan's timeline, and what stands outside of it."""

    width: int
    height: int
    columns: tuple[Column, ...]
    sentence: str
    rest: str


def timeline(plan: Plan, scope: Scope) -> TimelineView | None:
    """Return the timeline of a plan; None if its period has no two ends or nothing in it has a last day."""
    frame = scope.publication.frame(scope.organization, plan)
    first, last = frame.plan.earliest, frame.plan.latest
    if first is None or last is None:
        return None
    months = 3 if _steps(first, last, 3) <= _MOST_COLUMNS else 12
    by_step: dict[int, list[Action]] = {step: [] for step in range(_step(first, months), _step(last, months) + 1)}
    outside = 0
    for action in plan.actions:
        latest = timing_of(action.all_whens, frame).latest
        step = _step(latest, months) if latest else None
        if step in by_step:
            by_step[step].append(action)
        else:
            outside += 1
    most = max((len(actions) for actions in by_step.values()), default=0)
    if not most or len(by_step) < 2:
        return None
    columns = tuple(
        _column(number, step, actions, most, months, scope) for number, (step, actions) in enumerate(by_step.items())
    )
    t = scope.t
    busiest = max(columns, key=lambda column: column.total)
    return TimelineView(
        len(columns) * (_WIDTH + _GAP),
        _HEIGHT,
        columns,
        t("timeline.sentence", busiest.total, period=busiest.label),
        t("timeline.rest", outside) if outside else "",
    )


def _steps(first: date, last: date, months: int) -> int:
    return _step(last, months) - _step(first, months) + 1


def _step(day: date, months: int) -> int:
    return (day.year * 12 + day.month - 1) // months


def _column(number: int, step: int, actions: Sequence[Action], most: int, months: int, scope: Scope) -> Column:
    t = scope.t
    statuses = [scope.publication.progress_of(action).status for action in actions]
    counts = tuple((scope.status(key), statuses.count(key)) for key in STATUSES if key in statuses)
    parts, top = [], _HEIGHT
    for status, count in counts:
        height = max(2, _HEIGHT * count // most)
        top -= height
        parts.append((status.key, max(top, 0), height))
    year, index = divmod(step * months, 12)
    if months == 12:
        label = short = str(year)
    else:
        quarter = ("I", "II", "III", "IV")[index // 3]
        label, short = t("date.quarter_of_year", year=year, quarter=quarter), quarter
    is_first = months == 3 and (number == 0 or index == 0)
    is_now = step == _step(scope.publication.today, months)
    x = number * (_WIDTH + _GAP)
    return Column(x, _WIDTH, label, short, str(year) if is_first else "", len(actions), tuple(parts), counts, is_now)
