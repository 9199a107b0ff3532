"""Honest progress: what was not reported is a range, and no roll-up says more than its actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openplans.dates import TimeFrame
from openplans.model import Action, Indicator, NamedPeriods, Plan, Span, Thresholds
from openplans.progress import (
    STATUSES,
    UNKNOWN,
    ActionProgress,
    Interval,
    Progress,
    progress_of_action,
    roll_up,
    share_of_target,
    status_of,
    time_used,
)

TODAY = date(2026, 10, 1)
PLAN = Plan.model_validate({"id": "p", "title": "Planas", "period": "2026", "reports_results": "true"})
SILENT = Plan.model_validate({"id": "p", "title": "Planas", "period": "2026"})
FRAME = TimeFrame(NamedPeriods({}, {}), {}, Span(date(2026, 1, 1), date(2026, 12, 31)))
LIMITS = Thresholds()
NOTHING, ALL = Interval(Fraction(0), Fraction(0)), Interval(Fraction(1), Fraction(1))


def update(status: str, day: str = "2026-09-20", **more: Any) -> dict[str, Any]:
    """Return a report as it stands in a file, with what its status asks for."""
    asked = {
        "postponed": {"reason": "Lietus", "new_date": "2026-11"},
        "cancelled": {"reason": "Lietus"},
        "merged": {"merged_into": "kitas"},
    }
    return {"date": day, "status": status, **asked.get(status, {}), **more}


def action(*updates: dict[str, Any], **facts: Any) -> Action:
    """Return an action with these reports."""
    return Action.model_validate({"id": "a", "title": "Veiksmas", "updates": list(updates), **facts})


def stands(made: Action, plan: Plan = PLAN) -> ActionProgress:
    """Return where an action stands on :data:`TODAY`."""
    return progress_of_action(made, plan, FRAME, TODAY, LIMITS)


def summed(items: Sequence[ActionProgress]) -> Progress:
    """Return the roll-up of actions on :data:`TODAY`."""
    return roll_up(items, LIMITS, TODAY)


def of_status(status: str, done: Sequence[bool | None] = (), **more: Any) -> ActionProgress:
    """Return an action with a status, and parts that are done, not done or not reported on."""
    parts = [{"text": "Dalis", **({} if is_done is None else {"done": str(is_done).lower()})} for is_done in done]
    return stands(action(*([] if status == "unreported" else [update(status, **more)]), parts=parts))


ITEMS = st.builds(of_status, st.sampled_from(STATUSES), st.lists(st.sampled_from([True, False, None]), max_size=3))
LISTS = st.lists(ITEMS, max_size=8)


@given(LISTS)
def test_every_share_lies_between_nothing_and_all(items: list[ActionProgress]) -> None:
    progress = summed(items)
    shares = [progress.adopted, progress.current, *(s for item in items for s in (item.completion, item.delivered))]
    assert all(0 <= share.low <= share.high <= 1 for share in shares)
    assert 0 <= progress.coverage <= 1
    assert sum(progress.counts.values()) == progress.total == len(items)


@given(LISTS)
def test_every_action_weighs_the_same(items: list[ActionProgress]) -> None:
    counted = [item.delivered for item in items if item.status != "merged"]
    standing = [item.completion for item in items if item.status not in ("merged", "cancelled")]
    for shares, total in ((counted, summed(items).adopted), (standing, summed(items).current)):
        if shares:
            assert total.low * len(shares) == sum(share.low for share in shares)
            assert total.high * len(shares) == sum(share.high for share in shares)
        else:
            assert total == UNKNOWN


@given(LISTS)
def test_an_action_without_a_report_only_widens_the_range(items: list[ActionProgress]) -> None:
    before, after = summed(items), summed([*items, of_status("unreported")])
    for narrow, wide in ((before.adopted, after.adopted), (before.current, after.current)):
        assert wide.low <= narrow.low <= narrow.high <= wide.high


@given(LISTS, ITEMS)
def test_cancelling_never_raises_the_delivery_of_the_adopted_plan(
    items: list[ActionProgress], item: ActionProgress
) -> None:
    before, after = summed([*items, item]).adopted, summed([*items, of_status("cancelled")]).adopted
    assert after.low <= before.low and after.high <= before.high


@given(LISTS.flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_the_order_of_actions_never_matters(pair: tuple[list[ActionProgress], list[ActionProgress]]) -> None:
    def numbers(progress: Progress) -> tuple[object, ...]:
        return progress.counts, progress.adopted, progress.current, progress.current_total, progress.overdue

    assert numbers(summed(pair[0])) == numbers(summed(pair[1]))


@given(LISTS)
def test_a_hundred_percent_means_that_all_is_done(items: list[ActionProgress]) -> None:
    counted = [item.delivered for item in items if item.status != "merged"]
    is_all = bool(counted) and all(share == ALL for share in counted)
    assert (summed(items).adopted.percents[0] == 100) is is_all


def test_percents_are_rounded_down() -> None:
    assert summed([of_status("done")] * 199 + [of_status("not_started")]).adopted.percents == (99, 99)
    assert summed([of_status("done")] * 2 + [of_status("unreported")]).adopted.percents == (66, 100)


@pytest.mark.parametrize(
    ("status", "parts", "expected", "rule"),
    [
        ("done", [False], ALL, "done"),
        ("not_started", [True], NOTHING, "not_started"),
        ("unreported", [], UNKNOWN, "unreported"),
        ("ongoing", [], UNKNOWN, "unknown"),
        ("ongoing", [None, None], UNKNOWN, "unknown"),
        ("ongoing", [True, False], Interval(Fraction(1, 2), Fraction(1, 2)), "parts"),
        ("partly_done", [True, False, None], Interval(Fraction(1, 3), Fraction(2, 3)), "parts"),
    ],
)
def test_completion_comes_from_the_report_or_from_parts(
    status: str, parts: list[bool | None], expected: Interval, rule: str
) -> None:
    item = of_status(status, parts)
    assert (item.completion, item.rule) == (expected, rule)


@pytest.mark.parametrize(
    ("new_date", "delivered"),
    [("2026-11", UNKNOWN), ("2026-12/2027-02", UNKNOWN), ("2027-01", NOTHING), ("none", NOTHING)],
)
def test_what_is_postponed_beyond_the_plan_is_not_delivered_in_it(new_date: str, delivered: Interval) -> None:
    item = of_status("postponed", new_date=new_date)
    assert (item.delivered, item.completion) == (delivered, UNKNOWN)


def test_cancelled_actions_count_as_nothing_as_adopted_and_not_at_all_as_it_stands() -> None:
    progress = summed([of_status("done"), of_status("cancelled"), of_status("merged")])
    assert (progress.adopted.low, progress.current.low) == (Fraction(1, 2), Fraction(1))
    assert (progress.total, progress.current_total) == (3, 1)


@pytest.mark.parametrize(("reported", "shows"), [(0, False), (5, False), (6, True), (10, True)])
def test_there_is_no_percentage_below_the_threshold(reported: int, shows: bool) -> None:
    items = [of_status("done")] * reported + [of_status("unreported")] * (10 - reported)
    assert summed(items).shows_percent is shows
    assert not summed([]).shows_percent


@pytest.mark.parametrize(
    ("updates", "status"),
    [
        ([], "unreported"),
        ([("2026-03-01", "ongoing"), ("2026-02-01", "not_started")], "ongoing"),
        ([("2026-03-01", "ongoing"), ("2026-03-01", "done")], "done"),
        ([("2026-03-05", "done"), ("2026-03", "ongoing"), ("2026", "not_started")], "done"),
        ([("2025-12", "done"), ("2026", "ongoing")], "ongoing"),
    ],
)
def test_the_newest_report_is_the_status(updates: list[tuple[str, str]], status: str) -> None:
    assert status_of(action(*(update(word, day) for day, word in updates))) == status


@pytest.mark.parametrize(
    ("status", "when", "schedule"),
    [
        ("unreported", {"by": "2026-09-30"}, "overdue"),
        ("unreported", {"by": "2026-10-01"}, "due_soon"),
        ("ongoing", {"window": "2026-08/2026-10"}, "due_soon"),
        ("unreported", {"by": "2026-11"}, None),
        ("unreported", {"window": "2026-01/.."}, None),
        ("unreported", {"window": "--01"}, None),
        ("unreported", {"continuous": "throughout"}, None),
        ("done", {"by": "2026-01"}, None),
        ("cancelled", {"by": "2026-01"}, None),
        ("postponed", {"by": "2026-01"}, None),
    ],
)
def test_an_action_is_late_only_after_its_last_possible_day(
    status: str, when: dict[str, str], schedule: str | None
) -> None:
    made = action(*([] if status == "unreported" else [update(status)]), when=[when])
    assert stands(made).schedule == schedule
    assert stands(made, SILENT).schedule is None


def test_an_ongoing_action_without_a_report_for_half_a_year_is_stale() -> None:
    assert stands(action(update("ongoing", "2026-04-03"))).schedule == "stale"
    assert stands(action(update("ongoing", "2026-04-04"))).schedule is None


def indicator(baseline: str | None, *periods: tuple[str | None, str | None], **facts: Any) -> Indicator:
    """Return an indicator with pairs of target and actual."""
    return Indicator.model_validate(
        {
            "id": "i",
            "name": "Rodiklis",
            **({"baseline": {"value": baseline}} if baseline else {}),
            "periods": [
                {**({"target": {"value": t}} if t else {}), **({"actual": {"value": a}} if a else {})}
                for t, a in periods
            ],
            **facts,
        }
    )


@pytest.mark.parametrize(
    ("made", "share"),
    [
        (indicator(None, ("10", "20")), Fraction(2)),
        (indicator(None, ("10", "5"), ("10", None)), Fraction(1, 2)),
        (indicator("10", ("20", "15")), Fraction(1, 2)),
        (indicator("20", ("10", "5")), Fraction(3, 2)),
        (indicator("10", ("10", "12")), None),
        (indicator(None, ("10", None)), None),
        (indicator(None), None),
    ],
)
def test_a_share_of_a_target_is_raw(made: Indicator, share: Fraction | None) -> None:
    assert share_of_target(made) == share


def test_indicators_are_limited_to_a_hundred_percent_only_inside_an_action() -> None:
    flagged = {"measures_action": "true"}
    many = [
        {"id": "i", "name": "A", "periods": [{"target": {"value": "10"}, "actual": {"value": "30"}}], **flagged},
        {"id": "j", "name": "B", "periods": [{"target": {"value": "10"}, "actual": {"value": "5"}}], **flagged},
        {"id": "k", "name": "C", "periods": [{"target": {"value": "10"}, "actual": {"value": "0"}}]},
    ]
    item = stands(action(update("ongoing"), indicators=many))
    assert (item.completion.low, item.completion.high, item.rule) == (Fraction(3, 4), Fraction(3, 4), "indicators")


@pytest.mark.parametrize(
    ("day", "share"),
    [(date(2025, 1, 1), 0), (date(2026, 1, 1), 0), (date(2026, 7, 2), Fraction(182, 365)), (date(2028, 1, 1), 1)],
)
def test_time_used_is_the_share_of_days_that_have_passed(day: date, share: Fraction) -> None:
    assert time_used(FRAME.plan, day) == share
    assert time_used(Span(None, date(2026, 1, 1)), day) is None
