"""Repetitions: the days of a rule as another program and a wall calendar count them, and what single ones say."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import cases
import holidays
import icalendar
import pytest
import recurring_ical_events
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openplans.dates import TimeFrame, days_of_rule
from openplans.model import UNKNOWN_SPAN, Clocks, Event, NamedPeriods, Rule
from openplans.model.periods import parse_period
from openplans.repetitions import RuleDay, days_of, has_holidays
from openplans.series import occurrences_of

CASES: list[Mapping[str, Any]] = yaml.load(
    (Path(cases.__file__).parent / "repetitions.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
NAMES = NamedPeriods({}, {})
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
MISSING = st.sampled_from(["last_day", "skip"])
WEEKLY = st.builds(dict, every=st.sampled_from(["week", "two_weeks"]), day=st.integers(1, 7))
MONTHLY = st.builds(dict, every=st.just("month"), day=st.integers(1, 31), if_missing=MISSING)
BY_WEEKDAY = st.builds(
    dict, every=st.just("month"), weekday=st.integers(1, 7), nth=st.sampled_from(["first", "second", "third", "fourth"])
)
BY_LAST_WEEKDAY = st.builds(dict, every=st.just("month"), weekday=st.integers(1, 7), nth=st.just("last"))
YEARLY = st.one_of(
    st.builds(dict, every=st.just("year"), month=st.integers(1, 12), day=st.integers(1, 28)),
    st.builds(dict, every=st.just("year"), month=st.just(2), day=st.just(29), if_missing=MISSING),
)
RULES = st.one_of(WEEKLY, MONTHLY, BY_WEEKDAY, BY_LAST_WEEKDAY, YEARLY)
FIRST_DAYS = st.dates(date(1995, 1, 1), date(2090, 12, 31))
LENGTHS = st.integers(0, 1500)


def recurrence_of(rule: Rule) -> dict[str, Any]:
    """Return a rule in the words of RFC 5545, without its ends."""
    if rule.is_weekly:
        return {"FREQ": "WEEKLY", "INTERVAL": 2 if rule.every == "two_weeks" else 1, "BYDAY": DAYS[(rule.day or 0) - 1]}
    if rule.weekday is not None and rule.nth is not None:
        return {"FREQ": "MONTHLY", "BYDAY": f"{NTH[rule.nth]}{DAYS[rule.weekday - 1]}"}
    day = rule.day or 0
    # Of the days from the 28th up to the one asked for, the last that the month has.
    last = {"BYMONTHDAY": list(range(28, day + 1)), "BYSETPOS": -1}
    by_day = last if day > 28 and rule.if_missing == "last_day" else {"BYMONTHDAY": day}
    return (
        {"FREQ": "MONTHLY", **by_day} if rule.every == "month" else {"FREQ": "YEARLY", "BYMONTH": rule.month, **by_day}
    )


def is_own_day(rule: Rule, day: date) -> bool:
    """Tell whether a day looks like one of the rule's; used to find only the first, from which the other counts."""
    length = calendar.monthrange(day.year, day.month)[1]
    if rule.is_weekly:
        return day.isoweekday() == rule.day
    if rule.weekday is not None:
        is_nth = day.day + 7 > length if rule.nth == "last" else (day.day + 6) // 7 == NTH[rule.nth or ""]
        return day.isoweekday() == rule.weekday and is_nth
    wanted = min(rule.day or 0, length) if rule.if_missing == "last_day" else rule.day
    return day.day == wanted and rule.month in (None, day.month)


def days_by_another_program(rule: Rule, first: date, last: date) -> list[date]:
    """Return the days of a rule as a calendar program expands them."""
    every_day = (first + timedelta(days=number) for number in range((last - first).days + 1))
    start = next((day for day in every_day if is_own_day(rule, day)), None)
    if start is None:
        return []
    # A start that the recurrence itself does not give would be one meeting too many.
    event = icalendar.Event()
    event.add("uid", "rule@events.example")
    event.add("dtstart", start)
    event.add("rrule", {**recurrence_of(rule), "WKST": "MO", "UNTIL": last})
    for day in rule.skip:
        event.add("exdate", day)
    book = icalendar.Calendar()
    book.add_component(event)
    found = recurring_ical_events.of(book).between(first, last + timedelta(days=1))
    return sorted(item["DTSTART"].dt for item in found)


@settings(max_examples=400)
@given(RULES, FIRST_DAYS, LENGTHS, st.lists(st.integers(0, 100), max_size=3))
def test_a_rule_gives_the_days_that_a_calendar_program_gives(
    words: dict[str, Any], first: date, length: int, skipped: list[int]
) -> None:
    last = first + timedelta(days=length)
    every = [day.first for day in days_of(Rule(**words), first, last, None)]
    skip = tuple(every[number] for number in skipped if number < len(every))
    rule = Rule(**words, skip=skip)
    found = list(days_of(rule, first, last, None))
    assert [day.first for day in found] == days_by_another_program(rule, first, last)
    assert all(day.first == day.last for day in found)


@settings(max_examples=200)
@given(
    st.one_of(WEEKLY, MONTHLY, BY_WEEKDAY, BY_LAST_WEEKDAY, YEARLY),
    st.sampled_from(["keep", "skip", "next_working_day", "previous_working_day"]),
    st.sampled_from(["LT", "LV"]),
    st.dates(date(2010, 1, 1), date(2035, 12, 31)),
    st.integers(0, 800),
)
def test_a_holiday_moves_a_day_or_drops_it_and_never_renames_it(
    words: dict[str, Any], on_holiday: str, country: str, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    kept = {day.key: day.first for day in days_of(Rule(**words), first, last, country)}
    found = list(days_of(Rule(**words, on_holiday=on_holiday), first, last, country))
    moved = {day.key: day.first for day in found}
    public = holidays.country_holidays(country, years=range(first.year - 1, last.year + 2))
    assert len(moved) == len(found)
    assert list(moved.values()) == sorted(set(moved.values()))
    if on_holiday == "keep":
        assert moved == kept
    elif on_holiday == "skip":
        assert moved == {key: day for key, day in kept.items() if day not in public}
    else:
        assert list(moved) == list(kept)
        assert not [day for day in moved.values() if day in public]
        assert not [key for key, day in moved.items() if day != kept[key] and day.isoweekday() > 5]
        later = {
            day >= kept[key] if on_holiday == "next_working_day" else day <= kept[key] for key, day in moved.items()
        }
        assert later <= {True}


def event_of(identifier: str, facts: Mapping[str, Any]) -> Event:
    """Return an event written as in a data file."""
    context = {"languages": ("lt", "lv", "en"), "source_language": "lt"}
    return Event.model_validate({"title": identifier, **facts, "id": identifier}, context=context)


def frame_of(case: Mapping[str, Any]) -> TimeFrame:
    """Return the frame that a case describes."""
    events = {identifier: event_of(identifier, facts) for identifier, facts in case.get("events", {}).items()}
    plan = parse_period(case["plan"]).span(NAMES) if "plan" in case else UNKNOWN_SPAN
    return TimeFrame(NAMES, events, plan, case.get("country"))


def written(day: RuleDay) -> str:
    """Return the day, or the first and last, as cases write them."""
    return str(day.first) if day.first == day.last else f"{day.first}/{day.last}"


@pytest.mark.parametrize("case", CASES, ids=[case["name"].replace(" ", "-") for case in CASES])
def test_a_rule_gives_the_days_of_its_case(case: Mapping[str, Any]) -> None:
    assert set(case) <= {"name", "country", "plan", "rule", "events", "days"}
    found = days_of_rule(Rule.model_validate(case["rule"]), frame_of(case))
    assert [(day.key, written(day)) for day in found] == list(case["days"].items())


def test_cases_have_different_names() -> None:
    names = [case["name"] for case in CASES]
    assert sorted(names) == sorted(set(names))


def test_holidays_are_known_of_countries_by_their_code() -> None:
    assert has_holidays("LT") and has_holidays("LV")
    assert not has_holidays("XX") and not has_holidays("lt") and not has_holidays(None)


def test_a_rule_s_time_stays_the_same_by_the_clock_on_the_wall() -> None:
    rule = Rule(every="week", day=7, at="18:00/20:00")
    days = days_of(rule, date(2026, 10, 18), date(2026, 11, 1), "LT")
    assert [f"{day.exact(rule.at).first}/{day.exact(rule.at).last}" for day in days] == [
        "2026-10-18T18:00/2026-10-18T20:00",
        "2026-10-25T18:00/2026-10-25T20:00",
        "2026-11-01T18:00/2026-11-01T20:00",
    ]


@pytest.mark.parametrize(
    ("clocks", "first", "last"),
    [
        (Clocks(time(18)), "2026-12-31T18:00", "2026-12-31T18:00"),
        (Clocks(time(22), time(2)), "2026-12-31T22:00", "2027-01-01T02:00"),
        (Clocks(time(19), time(0)), "2026-12-31T19:00", "2027-01-01T00:00"),
        (Clocks(time(0), time(0)), "2026-12-31T00:00", "2027-01-01T00:00"),
        (Clocks(time(18), time(18)), "2026-12-31T18:00", "2027-01-01T18:00"),
    ],
)
def test_an_end_that_is_not_later_is_on_the_next_day(clocks: Clocks, first: str, last: str) -> None:
    exact = RuleDay("2026-12", date(2026, 12, 31), date(2026, 12, 31)).exact(clocks)
    assert (str(exact.first), str(exact.last)) == (first, last)


def test_a_yearly_window_is_all_its_days() -> None:
    exact = RuleDay("2026", date(2026, 8, 1), date(2026, 9, 1)).exact(None)
    assert (str(exact.first), str(exact.last), exact.is_timed) == ("2026-08-01", "2026-09-01", False)


MONDAYS = {"rule": {"every": "week", "day": "1", "at": "18:00/19:00", "within": "2026-10-05/2026-10-26"}}


def series_of(*occurrences: Mapping[str, Any], when: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """Return the ids and times of a series, in order."""
    event = event_of("mondays", {"when": when or MONDAYS, "occurrences": list(occurrences)})
    return [(item.id, str(item.when.on.first) if item.when and item.when.on else "") for item in found_in(event)]


def found_in(event: Event) -> tuple[Any, ...]:
    """Return the occurrences of an event in Lithuania."""
    return occurrences_of(event, TimeFrame(NAMES, {event.id: event}, country="LT"))


def test_a_rule_gives_a_series_its_occurrences() -> None:
    assert series_of() == [
        ("2026-w41", "2026-10-05T18:00"),
        ("2026-w42", "2026-10-12T18:00"),
        ("2026-w43", "2026-10-19T18:00"),
        ("2026-w44", "2026-10-26T18:00"),
    ]


def test_an_occurrence_that_moved_keeps_its_id_and_its_place_in_the_row() -> None:
    moved = {"id": "2026-w42", "when": {"on": "2026-11-30T10:00"}}
    assert series_of(moved)[1:3] == [("2026-w42", "2026-11-30T10:00"), ("2026-w43", "2026-10-19T18:00")]


def test_what_is_written_of_an_occurrence_replaces_what_the_rule_gives() -> None:
    event = event_of(
        "mondays",
        {
            "when": MONDAYS,
            "occurrences": [
                {"id": "2026-w43", "status": "cancelled", "reason": "Audra"},
                {"id": "2026-w41", "title": "Pradžia", "result": {"held": "true", "participants": "12"}},
            ],
        },
    )
    first, second, third, fourth = found_in(event)
    assert (first.title["lt"], first.result.participants, first.status) == ("Pradžia", 12, "scheduled")
    assert (third.status, third.reason["lt"], str(third.when.on.first)) == ("cancelled", "Audra", "2026-10-19T18:00")
    assert second.title is fourth.title is second.result is fourth.result is None
    assert second.status == fourth.status == "scheduled"


def test_extra_occurrences_follow_the_rule_s_in_the_order_written() -> None:
    late = {"id": "late", "when": {"on": "2026-12-24"}}
    early = {"id": "early", "when": {"on": "2026-09-01"}}
    ids = [identifier for identifier, _ in series_of(late, {"id": "2026-w44"}, early)]
    assert ids == ["2026-w41", "2026-w42", "2026-w43", "2026-w44", "late", "early"]


def test_an_entry_of_a_week_that_the_rule_leaves_out_is_an_extra_occurrence() -> None:
    when = {"rule": {**MONDAYS["rule"], "skip": ["2026-10-12"]}}
    instead = {"id": "2026-w42", "when": {"on": "2026-10-14"}}
    assert [identifier for identifier, _ in series_of(instead, when=when)] == [
        "2026-w41",
        "2026-w43",
        "2026-w44",
        "2026-w42",
    ]


def test_a_day_that_a_holiday_moves_is_found_under_its_own_month() -> None:
    when = {"rule": {"every": "month", "day": "1", "on_holiday": "previous_working_day", "within": "2026-11"}}
    assert series_of({"id": "2026-11", "title": "Rudens susitikimas"}, when=when) == [("2026-11", "2026-10-30")]


def test_a_yearly_window_is_an_occurrence_of_many_days() -> None:
    rule = {"every": "year", "month": "8", "day": "1", "until_day": "1", "until_month": "9", "within": "2026"}
    (found,) = found_in(event_of("bags", {"when": {"rule": rule}}))
    assert (found.id, str(found.when.on.first), str(found.when.on.last)) == ("2026", "2026-08-01", "2026-09-01")


def test_without_a_rule_a_series_is_what_is_written() -> None:
    event = event_of("evenings", {"occurrences": [{"id": "b", "when": {"on": "2026-10-02"}}, {"id": "a"}]})
    assert found_in(event) == event.occurrences


def test_an_event_without_a_rule_or_occurrences_is_no_series() -> None:
    assert found_in(event_of("forum", {"when": {"on": "2026-10-02"}})) == ()
