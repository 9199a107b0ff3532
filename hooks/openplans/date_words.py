"""Time in words: a window is said as a window, a quota as a quota, and nothing more exact than written."""

from __future__ import annotations

from datetime import date

from .language import LocalizedText
from .messages import Messages
from .model import Exact, Organization, Period, Point, Quota, Rule, Span, When


def when_in_words(when: When, organization: Organization, t: Messages) -> str:
    """Return one time shape as a phrase of the language."""
    if when.on is not None:
        return exact_in_words(when.on, t)
    if when.window is not None:
        return t.list_of([period_in_words(period, organization, t) for period in when.window])
    if when.by is not None:
        return t("date.by", period=period_in_words(when.by, organization, t))
    if when.relative is not None:
        event = next((e for e in organization.events if e.id == when.relative.to), None)
        title = event.title.shown(t.language).text if event else when.relative.to
        words = t(f"date.relation.{when.relative.relation}", event=title)
        if when.relative.latest is not None:
            words = t(
                "date.relative_latest", relation=words, period=period_in_words(when.relative.latest, organization, t)
            )
        return words
    if when.rule is not None:
        return _rule(when.rule, organization, t)
    if when.quota is not None:
        return _quota(when.quota, organization, t)
    return t(f"date.continuous.{when.continuous}")


def exact_in_words(exact: Exact, t: Messages) -> str:
    """Return an exact date, with its weekday and time of day."""
    first, last = exact.first, exact.last
    words = t.day(first.day, weekday=True)
    if first.clock is not None:
        words = t("date.at", day=words, time=t.clock(first.clock))
    if first == last:
        return words
    if first.day == last.day and last.clock is not None and first.clock is not None:
        return t("date.at", day=t.day(first.day, weekday=True), time=f"{t.clock(first.clock)}–{t.clock(last.clock)}")
    until = t.day(last.day, weekday=True)
    if last.clock is not None:
        until = t("date.at", day=until, time=t.clock(last.clock))
    return t("date.from_to", start=words, end=until)


def period_in_words(period: Period, organization: Organization, t: Messages) -> str:
    """Return a period as a phrase: a year, a month, a stretch, with an open end said."""
    if not period.is_stretch and period.start is not None:
        return point_in_words(period.start, organization, t)
    start = point_in_words(period.start, organization, t) if period.start else None
    end = point_in_words(period.end, organization, t) if period.end else None
    if start and end:
        return t("date.from_to", start=start, end=end)
    return t("date.from", start=start) if start else t("date.until", end=end or "")


def point_in_words(point: Point, organization: Organization, t: Messages) -> str:
    """Return as much of a date as was written."""
    if point.term is not None:
        term = next((term for term in organization.terms if term.id == point.term), None)
        return _text(term.name, t) if term else point.term
    if point.season is not None:
        return t("date.season_of_year", year=point.year, season=t(f"date.season.{point.season}"))
    if point.quarter is not None:
        return t("date.quarter_of_year", year=point.year, quarter=("I", "II", "III", "IV")[point.quarter - 1])
    if point.half is not None:
        return t("date.half_of_year", year=point.year, half=("I", "II")[point.half - 1])
    if point.month is not None and point.day is not None:
        if point.year is None:
            return t("date.no_year", words=t.day_of_month(point.month, point.day))
        return t.day(date(point.year, point.month, point.day))
    if point.month is not None:
        if point.year is None:
            return t("date.no_year", words=t.month_name(point.month))
        return t.month(point.year, point.month)
    return t("date.year", year=point.year)


def span_in_words(span: Span, t: Messages) -> str:
    """Return days from a span's bounds; empty if neither is known."""
    if span.earliest and span.latest:
        if span.earliest == span.latest:
            return t.day(span.earliest)
        return t("date.from_to", start=t.day(span.earliest), end=t.day(span.latest))
    if span.earliest:
        return t("date.from", start=t.day(span.earliest))
    return t("date.until", end=t.day(span.latest)) if span.latest else ""


def _rule(rule: Rule, organization: Organization, t: Messages) -> str:
    if rule.is_weekly:
        words = t(f"date.rule.{rule.every}", weekday=t.weekday(rule.day or 1))
    elif rule.weekday is not None:
        words = t("date.rule.nth", nth=t(f"date.rule.nths.{rule.nth}"), weekday=t.weekday(rule.weekday))
    elif rule.every == "month":
        words = t("date.rule.month", day=rule.day)
    elif rule.until_day is not None and rule.until_month is not None:
        start = t.day_of_month(rule.month or 1, rule.day or 1)
        words = t("date.rule.year_window", start=start, end=t.day_of_month(rule.until_month, rule.until_day))
    else:
        words = t("date.rule.year", day=t.day_of_month(rule.month or 1, rule.day or 1))
    if rule.at is not None:
        clocks = t.clock(rule.at.start) + (f"–{t.clock(rule.at.end)}" if rule.at.end else "")
        words = t("date.rule.at", words=words, time=clocks)
    words = _within(words, rule.within, organization, t)
    event = next((e for e in organization.events if e.id == rule.until), None)
    return t("date.rule.until", words=words, event=_text(event.title, t)) if event else words


def _quota(quota: Quota, organization: Organization, t: Messages) -> str:
    times = t("date.times_at_least" if quota.at_least else "date.times", quota.times)
    words = t("date.quota", times=times, unit=t(f"date.per.{quota.per}"))
    return _within(words, quota.within, organization, t)


def _within(words: str, within: Period | None, organization: Organization, t: Messages) -> str:
    return words if within is None else t("date.within", words=words, period=period_in_words(within, organization, t))


def _text(text: LocalizedText, t: Messages) -> str:
    return text.shown(t.language).text
