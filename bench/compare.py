"""Build the same workload with Open Plans and with other generators, and print a table: ``python bench/compare.py``.

Builds run one after another in turns (A B C A B C), so that whatever else the machine does hits all of them alike.
Figures are medians of whole processes. They never decide whether a test passes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from fnmatch import fnmatchcase
from pathlib import Path

from running import machine, measure, ours, peers, tables
from running.edits import first_action
from running.environments import NotInstalled
from running.results import Results, Row
from running.subjects import BENCH, Subject

ROOT = BENCH.parent
PAGE = ROOT / "docs" / "handbook" / "performance.md"
CACHE = ROOT / ".cache" / "bench" / "environments"
BASE = "mkdocs-i18n"


def names() -> list[str]:
    """Return the names of all that can be measured, ours first."""
    return [*ours.VARIANTS, *peers.catalogue()["peers"]]


def chosen(patterns: str) -> list[str]:
    """Return the names that the patterns, separated by commas, stand for; raise ValueError for one without any."""
    wanted = [pattern.strip() for pattern in patterns.split(",")]
    for pattern in wanted:
        if not any(fnmatchcase(name, pattern) for name in names()):
            raise ValueError(f"nothing is called {pattern}; there are {', '.join(names())}")
    return [name for name in names() if any(fnmatchcase(name, pattern) for pattern in wanted)]


class Comparison:
    """One size of workload, built in turns by all that were asked for."""

    def __init__(self, actions: int, options: argparse.Namespace, known_options: frozenset[str]) -> None:
        self.options = options
        self.actions = actions
        self.work: Path = options.work / str(actions)
        self.logs: Path = options.work / "logs"
        self.rows: dict[str, Row] = {}
        self.subjects: list[Subject] = []
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.logs.mkdir(parents=True, exist_ok=True)
        for name in options.names:
            self._add(name, known_options)

    def _add(self, name: str, known_options: frozenset[str]) -> None:
        variant = ours.VARIANTS.get(name)
        if variant is not None:
            if variant.needs and variant.needs not in known_options:
                print(f"{name}: skipped, this build has no {variant.needs}", file=sys.stderr)
                return
            subject = ours.prepare(name, self.options.project, self.actions, self.options.seed, self.work)
        else:
            try:
                subject = peers.prepare(name, self.actions, self.options.seed, self.work, self.options.cache)
            except NotInstalled as reason:
                title = peers.catalogue()["peers"][name]["title"]
                self.rows[name] = Row(name, title, failure=f"left out: {reason}")
                return
        self.subjects.append(subject)
        self.rows[name] = Row.of(subject)

    def run(self, rounds: int) -> dict[str, Row]:
        """Build in turns and return the rows; a build that fails once is left out from then on."""
        first = next((subject for subject in self.subjects if subject.needs_build_before), None)
        if first is not None:
            self._tell("-", first.name, measure.run(*self._start(first, "before"), self.options.limit))
        for turn in range(rounds):
            for subject in self.subjects:
                if not self.rows[subject.name].failure:
                    self._measure(subject, turn)
        if not self.options.keep:
            shutil.rmtree(self.work)
        return self.rows

    def _measure(self, subject: Subject, turn: int) -> None:
        row = self.rows[subject.name]
        subject.reset()
        if subject.edits:
            first_action(subject.folder, self.options.seed).apply()
        command, folder, environment, log = self._start(subject, str(turn))
        run = measure.run(command, folder, environment, log, self.options.limit)
        self._tell(str(turn + 1), subject.name, run)
        if run.timed_out:
            row.failure = f"stopped after {self.options.limit:.0f} s"
        elif run.code:
            row.failure = f"failed with exit code {run.code}"
            print(f"  {measure.last_words(log)}", file=sys.stderr)
        else:
            row.runs.append(run)
            if turn == 0:
                row.count(subject.site)
                row.failure = "" if self._has_first_page(subject) else "built without the first action's page"

    def _start(self, subject: Subject, turn: str) -> tuple[list[str], Path, dict[str, str], Path]:
        log = self.logs / f"{self.actions}-{subject.name}-{turn}.log"
        return subject.command, subject.folder, dict(subject.environment), log

    def _has_first_page(self, subject: Subject) -> bool:
        address = first_action(subject.folder, self.options.seed).address
        # A plugin may put the default language at the root.
        return any((subject.site / path / "index.html").is_file() for path in (address, address.partition("/")[2]))

    def _tell(self, turn: str, name: str, run: measure.Run) -> None:
        figures = f"{run.wall:8.2f} s {run.cpu:8.2f} s processor {run.peak / 2**20:6.0f} MiB"
        print(f"{self.actions:>6} actions, turn {turn}: {name:<16} {figures}", file=sys.stderr, flush=True)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Build one workload with Open Plans and with other generators.")
    parser.add_argument("--actions", default="300", help="sizes of the workload, such as 300,1000 (300)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is built (3)")
    parser.add_argument("--only", default="*", metavar="NAME,…", help="what to measure; patterns such as ours* too")
    parser.add_argument("--base", default=BASE, help=f"what all others are compared with ({BASE})")
    parser.add_argument("--seed", type=int, default=1, help="seed of the workload (1)")
    parser.add_argument("--work", type=Path, default=ROOT / ".cache/bench/work", help="where to build, e.g. a RAM disk")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where peers are installed")
    parser.add_argument("--project", type=Path, default=ROOT, help="checkout of Open Plans to measure (this one)")
    parser.add_argument("--limit", type=float, default=900, metavar="SECONDS", help="when to stop one build (900)")
    parser.add_argument("--no-start-up", action="store_true", help="do not measure the start-up that growth needs")
    parser.add_argument("--keep", action="store_true", help="keep what was built")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {PAGE.relative_to(ROOT)}")
    parser.add_argument("--list", action="store_true", help="list what can be measured, and stop")
    options = parser.parse_args(arguments)
    try:
        options.sizes = sorted({int(size) for size in options.actions.split(",")})
        options.names = chosen(options.only)
    except ValueError as error:
        parser.error(str(error))
    if options.sizes[0] < 2 or options.rounds < 1:
        parser.error("--actions begins at 2, --rounds at 1")
    if options.base not in names():
        parser.error(f"--base: nothing is called {options.base}")
    for name in ("work", "cache", "project"):
        setattr(options, name, getattr(options, name).resolve())
    return options


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the tables."""
    options = parse(arguments)
    if options.list:
        print("\n".join(names()))
        return 0
    try:
        if options.write:
            # Not after an hour of measuring.
            tables.check_place(PAGE)
        has_ours = any(name in ours.VARIANTS for name in options.names)
        known_options = ours.options_of(options.project) if has_ours else frozenset()
    except (tables.NoPlace, ours.NotUsable) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    results: Results = {}
    load = machine.load()
    sizes = options.sizes if len(options.sizes) < 2 or options.no_start_up else [tables.START_UP, *options.sizes]
    for actions in sizes:
        results[actions] = Comparison(actions, options, known_options).run(options.rounds)
    about = [
        f"{machine.describe(options.work)}; load before the first build {load:.1f}.",
        f"Medians of {options.rounds}, builds in turns, {time.strftime('%Y-%m-%d')}. Base: {options.base}.",
    ]
    text = tables.as_markdown(results, options.base, about)
    print(text)
    if options.write:
        tables.put_into(PAGE, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
