"""From written times to days: what hangs on an event settles with it, repetitions give real days, quotas give slots."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openplans.dates import NO_TIMING, SLOT_LIMIT, TimeFrame, Timing, days_of_rule, slots_of, time_frame, timing_of
from openplans.load import load_dataset
from openplans.model import Event, NamedPeriods, Quota, Rule, Span, When
from openplans.model.periods import parse_period
from openplans.model.when import Unit

PLAN = Span(date(2026, 1, 1), date(2027, 12, 31))
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def frame(plan: Span = PLAN, **events: dict[str, Any]) -> TimeFrame:
    """Return a frame with these events; ``when`` may stand alone for a whole event."""
    made = {name: Event.model_validate({"id": name, "title": name, **facts}) for name, facts in events.items()}
    return TimeFrame(NamedPeriods({}, {}), made, plan)


def timing(*whens: dict[str, Any], within: TimeFrame | None = None) -> Timing:
    """Return the timing of times as they stand in a file."""
    return timing_of([When.model_validate(when) for when in whens], within or frame())


def bounds(found: Timing) -> tuple[str | None, str | None]:
    """Return both ends as text."""
    return tuple(day.isoformat() if day else None for day in (found.earliest, found.latest))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"on": "2026-10-05T18:00/2026-10-07T12:00"}, ("2026-10-05", "2026-10-07")),
        ({"window": ["2026-09", "2027-01"]}, ("2026-09-01", "2027-01-31")),
        ({"window": "2026-08/.."}, ("2026-08-01", None)),
        ({"window": ["2026-09", "--01"]}, (None, None)),
        ({"by": "2026-10"}, (None, "2026-10-31")),
        ({"continuous": "throughout"}, (None, None)),
        ({"quota": {"times": "1", "per": "month"}}, ("2026-01-01", "2027-12-31")),
        ({"quota": {"times": "1", "per": "month", "within": "2026-Q1"}}, ("2026-01-01", "2026-03-31")),
        ({"rule": {"every": "month", "day": "5"}}, ("2026-01-05", "2027-12-05")),
    ],
)
def test_each_shape_has_the_bounds_that_it_says(when: dict[str, Any], expected: tuple[str | None, str | None]) -> None:
    assert bounds(timing(when)) == expected


def test_several_times_have_the_bounds_of_all_and_no_end_if_one_has_none() -> None:
    assert bounds(timing({"on": "2026-10-05"}, {"window": "2026-12"})) == ("2026-10-05", "2026-12-31")
    assert bounds(timing({"by": "2026-11-30"}, {"continuous": "as_needed"})) == (None, None)
    assert timing() == NO_TIMING


def test_only_exact_dates_and_repetitions_are_exact() -> None:
    assert timing({"on": "2026-10-05"}).is_exact
    assert timing({"rule": {"every": "week", "day": "1"}}).is_exact
    assert not timing({"window": "2026-10-05"}).is_exact
    assert not timing({"on": "2026-10-05"}, {"by": "2026-11"}).is_exact


ON = {"when": {"on": "2026-10-05/2026-10-07"}}
WINDOW = {"when": {"window": "2026-09/2026-10"}}
SERIES = {
    "occurrences": [
        {"id": "a", "when": {"on": "2026-11-02"}},
        {"id": "b", "when": {"on": "2026-09-01"}},
        {"id": "c"},
    ]
}
UNDATED: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("event", "relation", "expected"),
    [
        (ON, "before", (None, "2026-10-07")),
        (ON, "until", (None, "2026-10-07")),
        (ON, "during", ("2026-10-05", "2026-10-07")),
        (ON, "after", ("2026-10-05", None)),
        (WINDOW, "before", (None, "2026-10-31")),
        (WINDOW, "during", ("2026-09-01", "2026-10-31")),
        (WINDOW, "after", ("2026-09-01", None)),
        (SERIES, "before", (None, "2026-11-02")),
        (SERIES, "during", ("2026-09-01", "2026-11-02")),
        (UNDATED, "before", (None, None)),
        (UNDATED, "during", (None, None)),
    ],
)
def test_what_hangs_on_an_event_settles_with_it(
    event: dict[str, Any], relation: str, expected: tuple[str | None, str | None]
) -> None:
    assert bounds(timing({"relative": {"to": "forum", "relation": relation}}, within=frame(forum=event))) == expected


def test_a_stated_latest_period_limits_what_hangs_on_an_event() -> None:
    when = {"relative": {"to": "forum", "relation": "before", "latest": "2026-09"}}
    assert bounds(timing(when, within=frame(forum=ON))) == (None, "2026-09-30")
    assert bounds(timing(when, within=frame(forum=UNDATED))) == (None, "2026-09-30")
    assert bounds(timing(when)) == (None, "2026-09-30")


def test_what_hangs_on_an_event_that_hangs_on_another_settles_too() -> None:
    hanging = {"when": {"relative": {"to": "forum", "relation": "before"}}}
    when = {"relative": {"to": "camp", "relation": "before"}}
    assert bounds(timing(when, within=frame(camp=hanging, forum=ON))) == (None, "2026-10-07")


def test_events_that_wait_for_each_other_have_no_time() -> None:
    one, other = ({"when": {"relative": {"to": to, "relation": "during"}}} for to in ("b", "a"))
    assert bounds(timing({"relative": {"to": "a", "relation": "before"}}, within=frame(a=one, b=other))) == (None, None)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"every": "month", "day": "5", "within": "2026-11/2027-01"}, ["2026-11-05", "2026-12-05", "2027-01-05"]),
        ({"every": "month", "day": "5", "within": "2026-11-06/2026-12-05"}, ["2026-12-05"]),
        ({"every": "week", "day": "1", "within": "2026-10-01/2026-10-18"}, ["2026-10-05", "2026-10-12"]),
        ({"every": "week", "day": "4", "within": "2026-10-01/2026-10-08"}, ["2026-10-01", "2026-10-08"]),
        ({"every": "year", "month": "9", "day": "1"}, ["2026-09-01", "2027-09-01"]),
        (
            {"every": "year", "month": "8", "day": "1", "until_month": "9", "until_day": "1", "within": "2026"},
            ["2026-08-01/2026-09-01"],
        ),
        (
            {"every": "year", "month": "12", "day": "1", "until_month": "1", "until_day": "15"},
            ["2026-12-01/2027-01-15"],
        ),
        (
            {"every": "year", "month": "8", "day": "20", "until_month": "8", "until_day": "5"},
            ["2026-08-20/2027-08-05"],
        ),
        ({"every": "month", "day": "5", "within": "2026-08/.."}, []),
    ],
)
def test_a_repetition_gives_its_real_days(rule: dict[str, str], expected: list[str]) -> None:
    days = days_of_rule(Rule.model_validate(rule), frame())
    assert [f"{day.first}" if day.first == day.last else f"{day.first}/{day.last}" for day in days] == expected


def test_a_repetition_of_one_day_is_weekly_on_that_weekday() -> None:
    days = days_of_rule(Rule.model_validate({"every": "week", "day": "7", "within": "2026"}), frame())
    assert {day.first.isoweekday() for day in days} == {7} and len(days) == 52


@pytest.mark.parametrize(
    ("unit", "within", "keys"),
    [
        ("day", "2026-10-01/2026-10-03", ["2026-10-01", "2026-10-02", "2026-10-03"]),
        ("week", "2026-10-01/2026-10-15", ["2026-10-01", "2026-10-08", "2026-10-15"]),
        ("two_weeks", "2026-10", ["2026-10-01", "2026-10-15", "2026-10-29"]),
        ("month", "2026-11-15/2027-01", ["2026-11", "2026-12", "2027-01"]),
        ("two_months", "2026-09/2027-02", ["2026-09", "2026-11", "2027-01"]),
        ("quarter", "2026-03/2026-07", ["2026-Q1", "2026-Q2", "2026-Q3"]),
        ("three_months", "2026-02/2026-07", ["2026-02", "2026-05"]),
        ("half_year", "2026-03/2027-01", ["2026-03", "2026-07", "2027-01"]),
        ("year", "2026-03/2028-01", ["2026", "2027", "2028"]),
        ("school_year", "2026-03/2028-01", ["2025", "2026", "2027"]),
        ("term", "2026-03/2028-01", ["2026"]),
        ("event", "2026", []),
    ],
)
def test_a_quota_has_a_slot_for_each_unit(unit: str, within: str, keys: list[str]) -> None:
    quota = Quota.model_validate({"times": "2", "per": unit, "within": within})
    slots = slots_of(quota, frame())
    assert [slot.key for slot in slots] == keys
    assert {slot.times for slot in slots} <= {2}


@given(
    st.sampled_from([unit for unit in get_args(Unit) if unit != "event"]),
    DAYS,
    st.integers(0, 1500),
)
def test_slots_cover_their_period_without_gaps_and_each_has_its_own_key(unit: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    slots = slots_of(Quota.model_validate({"times": "1", "per": unit, "within": f"{first}/{last}"}), frame())
    if unit == "day" and length + 1 >= SLOT_LIMIT:
        assert slots == ()
        return
    assert (slots[0].span.earliest, slots[-1].span.latest) == (first, last)
    for before, after in pairwise(slots):
        assert before.span.latest is not None and after.span.earliest == before.span.latest + timedelta(days=1)
    assert len({slot.key for slot in slots}) == len(slots)


def test_a_quota_without_an_end_or_with_too_many_slots_has_none() -> None:
    for plan, within in ((PLAN, "2026/.."), (Span(None, date(2027, 1, 1)), None), (PLAN, "2000/2026")):
        quota = {"times": "1", "per": "day"} | ({"within": within} if within else {})
        assert slots_of(Quota.model_validate(quota), frame(plan)) == ()


def test_an_organization_explains_its_seasons_and_terms(folder: Callable[..., Any]) -> None:
    text = (
        "name: Sąjunga\nsource_language: lt\nseasons: {winter: 12/02}\n"
        "terms:\n  - {id: kadencija, name: Kadencija, period: 2026-winter/2027}\n"
    )
    dataset = load_dataset(folder({"organizations/demo/organization.yml": text})).dataset
    assert dataset is not None
    names = time_frame(dataset.organizations[0]).names
    assert parse_period("kadencija").span(names) == Span(date(2026, 12, 1), date(2027, 12, 31))
