"""The events' world is worth its name: it is valid, it uses every choice that an event has, and its days are hard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from openplans.calendars import Meeting
from openplans.checks import check
from openplans.load import Dataset, load_dataset
from openplans.model import Event, EventResult, Facts, Occurrence, Place, Registration, When
from openplans.model.rule import Rule
from openplans.model.when import Quota, Relative
from openplans.publication import Publication

KINDS = (Event, Occurrence, Registration, EventResult, Place, When, Rule, Relative, Quota)
#: Given by the file's place, or used up well enough by some of their many values.
LEFT_OUT = {(Event, "id"), (Event, "path"), (Event, "organization"), (Event, "translations"), (Quota, "per")}


def facts_within(value: Any) -> Iterator[Facts]:
    """Yield every piece of authored facts inside a value, itself included."""
    if isinstance(value, Facts):
        yield value
        for name in type(value).model_fields:
            yield from facts_within(getattr(value, name))
    elif isinstance(value, tuple | Mapping):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from facts_within(item)


def choices_of(annotation: Any) -> Iterator[str]:
    """Yield the words that a field's type allows, wherever they stand in it."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from choices_of(part)


def facts_of(dataset: Dataset) -> list[Facts]:
    """Return every piece of facts of every event."""
    events = (event for organization in dataset.organizations for event in organization.events)
    return [facts for event in events for facts in facts_within(event)]


def days_of(meeting: Meeting) -> set[date]:
    """Return every day that a meeting with an exact date touches by the clock; midnight ends the day before."""
    exact = meeting.exact
    assert exact is not None
    last = exact.last.day
    if exact.is_timed and last > exact.first.day and exact.last.local().time() == exact.last.local().time().min:
        last -= timedelta(days=1)
    return {exact.first.day + timedelta(days=number) for number in range((last - exact.first.day).days + 1)}


def test_the_events_have_no_problem(event_world: Path) -> None:
    loading = load_dataset(event_world)
    assert [str(problem) for problem in (*loading.diagnostics, *check(loading))] == []


def test_the_events_use_every_field_that_an_event_has(event_dataset: Dataset) -> None:
    used = {(type(facts), name) for facts in facts_of(event_dataset) for name in facts.model_fields_set}
    wanted = {(kind, name) for kind in KINDS for name in kind.model_fields} - LEFT_OUT
    assert sorted(f"{kind.__name__}.{name}" for kind, name in wanted - used) == []


def test_the_events_use_every_choice_that_an_event_has(event_dataset: Dataset) -> None:
    used = {
        (type(facts), name, value)
        for facts in facts_of(event_dataset)
        for name in type(facts).model_fields
        if isinstance(value := getattr(facts, name), str)
    }
    wanted = {
        (kind, name, word)
        for kind in KINDS
        for name, field in kind.model_fields.items()
        if (kind, name) not in LEFT_OUT
        for word in choices_of(field.annotation)
    }
    # Modes and statuses are used up by events, and of the weekdays of a month the first, second and last are enough.
    wanted -= {(Occurrence, "mode", word) for _, _, word in wanted}
    wanted -= {(Rule, "nth", word) for word in ("third", "fourth")}
    assert sorted(f"{kind.__name__}.{name}: {word}" for kind, name, word in wanted - used) == []


def test_the_events_are_in_every_region_for_every_audience_and_in_every_language(event_dataset: Dataset) -> None:
    events = [event for organization in event_dataset.organizations for event in organization.events]
    site = event_dataset.site
    assert {event.region for event in events} == {None, *site.regions}
    assert {audience for event in events for audience in event.audiences} == set(site.audiences)
    assert {language for event in events for language in event.languages} >= set(site.languages)
    assert {event.is_free for event in events} == {None, True, False}


def test_the_events_have_every_shape_of_time_and_none(event_publication: Publication) -> None:
    shapes = {meeting.event.when.shape if meeting.event.when else None for meeting in event_publication.meetings}
    assert shapes == {None, "on", "window", "by", "relative", "rule", "quota", "continuous"}


def test_the_events_fall_on_days_that_calendars_get_wrong(event_publication: Publication) -> None:
    days = {day for meeting in event_publication.meetings if meeting.exact for day in days_of(meeting)}
    clock_changes = {date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28)}
    over_a_month = {date(2026, 9, 30), date(2026, 10, 1)}
    over_a_year = {date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 3)}
    edges_of_a_table = {date(2026, 8, 1), date(2026, 8, 31), date(2026, 11, 1)}
    leap_day = {date(2028, 2, 29)}
    assert clock_changes | over_a_month | over_a_year | edges_of_a_table | leap_day <= days
    assert event_publication.today in days


def test_the_events_end_at_midnight_and_after_it_and_last_a_day_by_the_clock(event_publication: Publication) -> None:
    timed = [
        m.exact for m in event_publication.meetings if m.exact and m.exact.is_timed and m.exact.first != m.exact.last
    ]
    lengths = {exact.last.local() - exact.first.local() for exact in timed}
    assert {timedelta(days=1), timedelta(days=14)} <= lengths
    assert max(lengths) == timedelta(days=14)
    over_midnight = {str(exact.last)[11:] for exact in timed if exact.last.day > exact.first.day}
    assert {"00:00", "01:00", "07:00"} <= over_midnight


def test_the_events_are_cancelled_around_the_week_that_calendars_keep_them(event_publication: Publication) -> None:
    today = event_publication.today
    ago = {
        (today - meeting.exact.last.day).days
        for meeting in event_publication.meetings
        if meeting.status == "cancelled" and meeting.exact
    }
    assert {3, 7} <= ago and min(ago) < 0 and max(ago) > 60
