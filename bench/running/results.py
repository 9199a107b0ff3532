"""Figures of all runs, and what can be said of them: medians, ratios, exponents of growth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from statistics import median

from .measure import Run
from .subjects import Subject


@dataclass
class Row:
    """All runs of one subject on one size of workload."""

    name: str
    title: str
    differs: str = ""
    versions: tuple[str, ...] = ()
    runs: list[Run] = field(default_factory=list)
    pages: int = 0
    html: int = 0
    #: Why there are no figures.
    failure: str = ""

    @classmethod
    def of(cls, subject: Subject) -> Row:
        """Return an empty row for a subject."""
        return cls(subject.name, subject.title, subject.differs, subject.versions)

    @property
    def is_complete(self) -> bool:
        """Tell whether there are figures to show."""
        return bool(self.runs) and not self.failure

    @property
    def wall(self) -> float:
        """The median of wall seconds."""
        return median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of processor seconds."""
        return median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        """The median of peak memory in bytes."""
        return median(run.peak for run in self.runs)

    def count(self, site: Path) -> None:
        """Count the pages of a finished site and their bytes."""
        sizes = [file.stat().st_size for file in site.rglob("*.html")]
        self.pages, self.html = len(sizes), sum(sizes)


#: Rows by number of actions, then by name.
Results = dict[int, dict[str, Row]]


def exponent(points: Iterable[tuple[float, float]], start_up: float) -> float | None:
    """Return the slope of log(wall − start-up) over log(actions) by least squares; None if it cannot be told."""
    logs = [(log(actions), log(wall - start_up)) for actions, wall in points if wall > start_up]
    if len(logs) < 2:
        return None
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread if spread else None
