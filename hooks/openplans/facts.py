"""Authored facts and derived judgments as plain data, for JSON and CSV alike.

Derived values never share a mapping with authored ones: what a person wrote is under ``facts``, what the house
computed from it is under ``derived``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .funds import Total
from .language import LocalizedText
from .model import Clocks, Exact, Facts, Moment, Period, Point, Record
from .progress import ActionProgress, Progress


def plain(value: Any, language: str | None = None) -> Any:
    """Return authored facts as JSON data: texts by language, numbers as text where they must stay exact.

    With a ``language`` each text is what readers of that language are shown.
    """
    if isinstance(value, LocalizedText):
        return dict(value.items()) if language is None else value.shown(language).text
    if isinstance(value, Record | Facts):
        fields = type(value).model_fields
        pairs = (
            (name, getattr(value, name))
            for name in fields
            if name not in ("path", "actions", "committees", "plans", "events")
        )
        return {name: plain(item, language) for name, item in pairs if item not in (None, (), {}, "")}
    if isinstance(value, Mapping):
        return {key: plain(item, language) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item, language) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, Period):
        return value.text
    if isinstance(value, Exact):
        return str(value.first) if value.first == value.last else f"{value.first}/{value.last}"
    if isinstance(value, Moment | Clocks | Decimal):
        return str(value)
    if isinstance(value, Fraction):
        return number_text(value)
    return value.isoformat() if isinstance(value, date | time) else value


def number_text(value: Fraction) -> str:
    """Return an exact number: a decimal where it ends, else ``2/3``."""
    if value.denominator == 1:
        return str(value.numerator)
    if 10**6 % value.denominator:
        return f"{value.numerator}/{value.denominator}"
    return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")


def point_text(point: Point) -> str:
    """Return a day, month or year in ISO 8601, as exactly as it was written."""
    parts = (f"{point.year:04d}" if point.year else "-", point.month, point.day)
    return "-".join(part if isinstance(part, str) else f"{part:02d}" for part in parts if part is not None)


def derived_action(item: ActionProgress, earliest: date | None, latest: date | None) -> dict[str, Any]:
    """Return what is computed of an action on the build's day."""
    return {
        "status": item.status,
        "schedule": item.schedule,
        "earliest": earliest.isoformat() if earliest else None,
        "latest": latest.isoformat() if latest else None,
        "completion": {
            "low": number_text(item.completion.low),
            "high": number_text(item.completion.high),
            "rule": item.rule,
        },
        "delivered": {"low": number_text(item.delivered.low), "high": number_text(item.delivered.high)},
    }


def derived_progress(progress: Progress) -> dict[str, Any]:
    """Return a roll-up with everything that its printed numbers come from."""
    return {
        "total": progress.total,
        "counts": dict(progress.counts),
        "reported": progress.reported,
        "coverage": number_text(progress.coverage),
        "coverageThresholdPercent": progress.threshold,
        "showsPercent": progress.shows_percent,
        "adopted": {"low": number_text(progress.adopted.low), "high": number_text(progress.adopted.high)},
        "current": {
            "low": number_text(progress.current.low),
            "high": number_text(progress.current.high),
            "total": progress.current_total,
        },
        "overdue": progress.overdue,
    }


def derived_money(totals: Sequence[Total]) -> list[dict[str, Any]]:
    """Return totals of money, each with both readings of what the document leaves unclear."""
    return [
        {
            "stage": total.stage,
            "flow": total.flow,
            "currency": total.currency,
            "aYear": str(total.a_year),
            "inAll": str(total.in_all) if total.in_all is not None else None,
            "byYear": {str(year): str(amount) for year, amount in total.by_year.items()},
            "notSplitByYear": str(total.not_split),
            "unclear": [
                {
                    "amount": str(r.amount),
                    "ifOnce": str(r.once),
                    "ifEveryYear": str(r.yearly) if r.yearly is not None else None,
                }
                for r in total.unclear
            ],
            "hasEstimates": total.is_estimate,
        }
        for total in totals
    ]
