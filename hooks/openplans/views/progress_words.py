"""Progress in words: counts, a share or why there is none, what is late."""

from __future__ import annotations

from ..messages import Messages
from ..progress import STATUSES, Interval, Progress
from .pieces import BarPart, ProgressView, StatusView


def status_view(key: str, t: Messages) -> StatusView:
    """Return a status with its word."""
    return StatusView(key, t(f"status.{key}"))


def progress_view(progress: Progress, t: Messages) -> ProgressView:
    """Put a roll-up into words: counts, then a share or why there is none."""
    counts = tuple((status_view(key, t), progress.counts[key]) for key in STATUSES if progress.counts[key])
    if not progress.total:
        sentence = t("progress.no_actions")
    elif progress.reported == 0:
        sentence = t("progress.nothing_reported", progress.total)
    else:
        said = " · ".join(f"{t.number(number)} {status.label}" for status, number in counts)
        sentence = t("progress.of", progress.total, counts=said)
    bar, start = [], 0
    for status, number in counts:
        width = 1000 * number // progress.total
        if status is counts[-1][0]:
            width = 1000 - start
        bar.append(BarPart(status.key, start, width))
        start += width
    share, note = "", ""
    if progress.shows_percent:
        share = _share("progress.share", progress.adopted, progress.adopted_total, t)
        if progress.readings_differ:
            today = _share("progress.share_today", progress.current, progress.current_total, t)
            note = t("progress.current", share=today)
    elif progress.total and progress.reported:
        coverage = t.percent(int(progress.coverage * 100))
        note = t("progress.below_threshold", share=coverage, threshold=t.percent(progress.threshold))
    return ProgressView(
        progress.total,
        sentence,
        counts,
        tuple(bar),
        share,
        note,
        overdue=t("progress.overdue", progress.overdue) if progress.overdue else "",
        stale=t("progress.stale", day=t.as_written(progress.stale_since)) if progress.stale_since else "",
    )


def _share(key: str, interval: Interval, denominator: int, t: Messages) -> str:
    low, high = interval.percents
    value = t.percent(low) if low == high else t("progress.range", low=t.percent(low), high=t.percent(high))
    return t(key, denominator, value=value)
