"""Figures as Markdown tables, and the place in a page where they are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from .results import Results, Row, exponent

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
#: The size of workload that stands for "nearly nothing": what is left is the start of the program.
START_UP = 1

_HEAD = (
    "build",
    "wall s",
    "min–max",
    "base ÷ this",
    "CPU s",
    "peak MiB",
    "pages",
    "pages/s",
    "HTML MB",
    "B/page",
)


class NoPlace(Exception):
    """The page has no place for the tables; the message says what is missing."""


def as_markdown(results: Results, base: str, about: Sequence[str]) -> str:
    """Return everything that a reader needs: the machine, a table for each size, growth, and how the builds differ."""
    largest = results[max(results)]
    versions = dict.fromkeys(version for row in largest.values() for version in row.versions)
    lines = [*(f"- {line}" for line in about), f"- {', '.join(versions)}.", ""]
    for actions in sorted(size for size in results if size != START_UP):
        lines += [f"**{actions} actions**", "", *_sizes(results[actions], base), ""]
    if START_UP in results:
        lines += ["**Growth**", "", *_growth(results), ""]
    lines += [f"- {line}" for line in _differences(largest)]
    return "\n".join(lines).rstrip() + "\n"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    head, *body = rows
    yield "| " + " | ".join(head) + " |"
    yield "|" + "|".join(["---"] + ["---:"] * (len(head) - 1)) + "|"
    for row in body:
        yield "| " + " | ".join(row) + " |"


def _sizes(rows: dict[str, Row], base: str) -> Iterator[str]:
    reference = rows.get(base)
    table = [list(_HEAD)]
    for row in rows.values():
        if not row.is_complete:
            table.append([row.title, row.failure or "not run", *([""] * (len(_HEAD) - 2))])
            continue
        walls = [run.wall for run in row.runs]
        ratio = f"{reference.wall / row.wall:.2f}" if reference and reference.is_complete else "–"
        table.append(
            [
                row.title,
                _short(row.wall),
                f"{_short(min(walls))}–{_short(max(walls))}",
                ratio,
                _short(row.cpu),
                f"{row.peak / 2**20:.0f}",
                str(row.pages),
                f"{row.pages / row.wall:.0f}",
                f"{row.html / 1e6:.1f}",
                f"{row.html / max(1, row.pages):.0f}",
            ]
        )
    yield from _table(table)


def _growth(results: Results) -> Iterator[str]:
    sizes = sorted(size for size in results if size != START_UP)
    steps = list(pairwise(sizes))
    head = ["build", "start-up s", *(f"{first} → {second}" for first, second in steps)]
    table = [[*head, "overall"] if len(steps) > 1 else head]
    for name, start in results[START_UP].items():
        rows = {size: results[size][name] for size in sizes if name in results[size]}
        points = {size: row.wall for size, row in rows.items() if row.is_complete}
        if not start.is_complete or len(points) < len(sizes):
            continue
        found = [exponent([(step, points[step]) for step in pair], start.wall) for pair in steps]
        if len(steps) > 1:
            found.append(exponent(list(points.items()), start.wall))
        table.append([start.title, _short(start.wall), *("–" if each is None else f"{each:.2f}" for each in found)])
    yield from _table(table)


def _differences(rows: dict[str, Row]) -> Iterator[str]:
    for row in rows.values():
        if row.differs:
            yield f"{row.title}: {row.differs}."


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def check_place(page: Path) -> None:
    """Raise NoPlace unless a page has both markers, in order, once each."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    if not text:
        raise NoPlace(f"there is no page {page.name}")
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise NoPlace(f"{page.name} needs the lines {BEGIN} and {END}, once each and in this order")


def put_into(page: Path, tables: str) -> None:
    """Replace what stands between the markers of a page; raise NoPlace if it has none."""
    check_place(page)
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{tables}\n{END}{after}", encoding="utf-8", newline="\n")
