"""Periods and times: each shape is read exactly, or refused, and never becomes more exact than it was written."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openplans.model import NamedPeriods, Period, Quota, Rule, Span, When
from openplans.model.moments import parse_exact
from openplans.model.periods import parse_period
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

NAMES = NamedPeriods({"autumn": (9, 11), "winter": (12, 2)}, {"kadencija": Span(date(2025, 3, 1), date(2027, 2, 28))})
YEARS = st.integers(1990, 2100).map("{:04d}".format)
MONTHS = st.integers(1, 12).map("{:02d}".format)
DAYS = st.integers(1, 28).map("{:02d}".format)
POINTS = st.one_of(
    YEARS,
    st.builds("{}-{}".format, YEARS, MONTHS),
    st.builds("{}-{}-{}".format, YEARS, MONTHS, DAYS),
    st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-H{}".format, YEARS, st.integers(1, 2)),
    st.builds("{}-{}".format, YEARS, st.sampled_from(["autumn", "winter"])),
    st.builds("--{}".format, MONTHS),
    st.builds("--{}-{}".format, MONTHS, DAYS),
    st.just("kadencija"),
)


def code_of(text: str) -> str | None:
    """Return the code with which a period is refused, or None."""
    try:
        parse_period(text)
    except PydanticCustomError as error:
        return error.type
    return None


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-09-05", date(2026, 9, 5), date(2026, 9, 5)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-autumn", date(2026, 9, 1), date(2026, 11, 30)),
        ("2026-winter", date(2026, 12, 1), date(2027, 2, 28)),
        ("2026-spring", None, None),
        ("--09", None, None),
        ("--09-01", None, None),
        ("2026-09/2027-05", date(2026, 9, 1), date(2027, 5, 31)),
        ("2026-12/2026", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-08/..", date(2026, 8, 1), None),
        ("../2027-05", None, date(2027, 5, 31)),
        ("kadencija", date(2025, 3, 1), date(2027, 2, 28)),
        ("kadencija/..", date(2025, 3, 1), None),
        ("nezinoma", None, None),
    ],
)
def test_a_period_covers_the_days_that_it_says(text: str, earliest: date | None, latest: date | None) -> None:
    assert parse_period(text).span(NAMES) == Span(earliest, latest)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2026", "year"),
        ("2026-09", "month"),
        ("2026-09-05", "day"),
        ("2026-Q3", "quarter"),
        ("2026-H1", "half"),
        ("2026-autumn", "season"),
        ("--09", "month"),
        ("--09-01", "day"),
        ("kadencija", "term"),
    ],
)
def test_a_period_is_no_more_exact_than_written(text: str, precision: str) -> None:
    point = parse_period(text).start
    assert point is not None
    assert (point.precision, point.is_yearless) == (precision, text.startswith("--"))


@given(POINTS, POINTS | st.just(".."))
def test_a_stretch_that_is_accepted_starts_no_later_than_it_ends(first: str, last: str) -> None:
    if code_of(f"{first}/{last}") is None:
        nameless = NamedPeriods({}, {})
        span = parse_period(f"{first}/{last}").span(nameless)
        assert span.earliest is None or span.latest is None or span.earliest <= span.latest


@given(POINTS)
def test_a_point_is_accepted_and_starts_no_later_than_it_ends(text: str) -> None:
    span = parse_period(text).span(NAMES)
    assert (span.earliest is None) == (span.latest is None)
    assert span.earliest is None or span.latest is None or span.earliest <= span.latest


@given(POINTS | st.builds("{}/{}".format, POINTS, POINTS | st.just("..")))
def test_reading_what_was_read_gives_the_same_period(text: str) -> None:
    if code_of(text) is None:
        period = parse_period(text)
        assert period.text == text
        assert parse_period(period.text) == parse_period(period) == period


@given(st.text(alphabet="0123456789-/.QHWautmn ž٣\n", max_size=20))
def test_any_text_is_a_period_or_is_refused_with_a_code(text: str) -> None:
    code = code_of(text)
    assert code is None or code in {"OP306", "OP401", "OP402", "OP403", "OP404", "OP405"}


@given(st.text(alphabet="0123456789-/T:.Q ٣", max_size=33))
def test_any_text_is_an_exact_date_or_is_refused_with_a_code(text: str) -> None:
    try:
        exact = parse_exact(text)
    except PydanticCustomError as error:
        assert error.type in {"OP306", "OP402", "OP403", "OP404", "OP405", "OP406", "OP407"}
    else:
        assert exact.first.local() <= exact.last.local()


def test_digits_are_those_of_everybody() -> None:
    assert code_of("٢٠٢٦-09") == code_of("２０２６") == "OP401"


def test_an_open_period_has_no_end_to_be_late_for() -> None:
    assert parse_period("2026/..").is_open
    assert not parse_period("../2026").is_open
    assert not parse_period("2026").is_open


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (("2026-01", "2026-03"), ("2026-03", "2026-05"), True),
        (("2026-01", "2026-02"), ("2026-03", "2026-05"), False),
        (("2026-01", None), ("2026-03", "2026-05"), True),
        ((None, "2026-02"), ("2026-03", None), False),
        ((None, None), ("2026-03", "2026-03"), True),
    ],
)
def test_spans_overlap_when_they_share_a_day(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], overlap: bool
) -> None:
    texts = (f"{first or '..'}/{last or '..'}" if first or last else "--01" for first, last in (one, other))
    first, second = (parse_period(text).span(NAMES) for text in texts)
    assert first.overlaps(second) is second.overlaps(first) is overlap


def test_an_exact_date_keeps_its_time_of_day() -> None:
    exact = parse_exact("2026-10-05T18:00/2026-10-06T09:30")
    assert (exact.first.day, exact.first.clock, exact.last.clock) == (date(2026, 10, 5), time(18), time(9, 30))
    assert (str(exact.first), exact.is_timed) == ("2026-10-05T18:00", True)
    assert not parse_exact("2026-10-05").is_timed


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("on", "2026-10-05"),
        ("window", ["2026-09", "2027-01"]),
        ("by", "2026-Q3"),
        ("relative", {"to": "forum", "relation": "before"}),
        ("rule", {"every": "month", "day": "5"}),
        ("quota", {"times": "1", "per": "quarter"}),
        ("continuous", "throughout"),
    ],
)
def test_a_time_has_exactly_the_shape_that_is_written(shape: str, value: object) -> None:
    assert When.model_validate({shape: value, "as_written": "kažkada"}).shape == shape
    other = {"by": "2026"} if shape != "by" else {"continuous": "as_needed"}
    with pytest.raises(ValidationError, match="OP411"):
        When.model_validate({shape: value, **other})


def test_a_window_is_one_period_or_several() -> None:
    one, several = (When.model_validate({"window": value}).window for value in ("2026-09", ["2026-09", "2027-01"]))
    assert one == (parse_period("2026-09"),)
    assert isinstance(several, tuple) and [isinstance(item, Period) for item in several] == [True, True]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"every": "week", "day": "8"}, "OP409"),
        ({"every": "month", "day": "29"}, "OP418"),
        ({"every": "year", "day": "5"}, "OP410"),
        ({"every": "year", "month": "2", "day": "29"}, "OP418"),
        ({"every": "year", "month": "4", "day": "31"}, "OP404"),
        ({"every": "year", "month": "8", "day": "1", "until_month": "9"}, "OP410"),
    ],
)
def test_a_repetition_on_a_day_that_may_not_exist_is_refused(rule: dict[str, str], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Rule.model_validate(rule)
    assert caught.value.errors()[0]["type"] == code


def test_a_quota_says_at_least_only_where_the_document_does() -> None:
    assert Quota.model_validate({"times": "3", "per": "year"}).at_least is False
    assert Quota.model_validate({"times": "3", "per": "year", "at_least": "true"}).at_least is True
