"""From an edit to the page that shows it: ``python bench/latency.py``.

Starts a preview server, changes the title of one action in its source, and asks for the action's page until the new
title is in the answer. What a reader's browser does then (live reload) is not part of it. The figures decide no test.
"""

from __future__ import annotations

import argparse
import http.client
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

from compare import CACHE, ROOT
from running import machine, measure, ours, peers
from running.edits import Edit, first_action
from running.environments import NotInstalled
from running.subjects import Subject

#: Servers are asked this often. Less is noise, more would be load.
_PAUSE = 0.01
#: A server that shows the page may still be busy with the others; the next edit waits at least so long, and as long as
#: the server took to start, in which it made all of them.
_REST = 1.5
_OURS = "ours"


class NoAnswer(Exception):
    """The server ended or did not show the page in time; the message says which."""


class Server:
    """A preview server on a free port of this machine, ended with all its children."""

    def __init__(self, subject: Subject, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = log
        self._stream = log.open("wb")
        self._process = subprocess.Popen(
            [word.replace("{port}", str(self.port)) for word in subject.serve],
            cwd=subject.folder,
            env=dict(subject.environment),
            stdin=subprocess.DEVNULL,
            stdout=self._stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        measure.kill(self._process.pid)
        self._process.wait()
        self._stream.close()

    def wait_for(self, address: str, words: str, limit: float) -> float:
        """Return after how many seconds a page holds some words; raise NoAnswer if it never does."""
        began = time.perf_counter()
        while time.perf_counter() - began < limit:
            if words in self._page(address, limit):
                return time.perf_counter() - began
            if self._process.poll() is not None:
                raise NoAnswer(f"the server ended: {measure.last_words(self.log)}")
            time.sleep(_PAUSE)
        raise NoAnswer(f"the page did not show it within {limit:.0f} s")

    def _page(self, address: str, limit: float) -> str:
        # No proxy stands between two programs of one machine, whatever the environment says.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"http://127.0.0.1:{self.port}/{address}", timeout=limit) as answer:
                return str(answer.read().decode("utf-8", errors="replace"))
        except (urllib.error.URLError, OSError, http.client.HTTPException):
            # Not started yet, or the page is just being written anew.
            return ""


def latency(subject: Subject, edit: Edit, rounds: int, limit: float, log: Path) -> tuple[float, list[float]]:
    """Return the seconds from the server's start to the first page, and from each edit to the page that shows it."""
    with Server(subject, log) as server:
        started = server.wait_for(edit.address, edit.original, limit)
        seconds = []
        for _ in range(rounds):
            time.sleep(max(_REST, started))
            seconds.append(server.wait_for(edit.address, edit.apply(), limit))
        return started, seconds


def main() -> int:
    """Measure the servers one after another and print a table."""
    parser = argparse.ArgumentParser(description="Measure from an edit to the page that shows it, in preview servers.")
    catalogue = peers.catalogue()["peers"]
    able = [_OURS, *(name for name, peer in catalogue.items() if "serve" in peer)]
    parser.add_argument("--actions", type=int, default=200, help="size of the workload (200)")
    parser.add_argument("--rounds", type=int, default=5, help="how many edits (5)")
    parser.add_argument("--only", default=",".join(able), metavar="NAME,…", help=f"of {', '.join(able)}")
    parser.add_argument("--seed", type=int, default=1, help="seed of the workload (1)")
    parser.add_argument("--work", type=Path, default=ROOT / ".cache/bench/latency", help="where to build")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where peers are installed")
    parser.add_argument("--project", type=Path, default=ROOT, help="checkout of Open Plans to measure (this one)")
    parser.add_argument("--limit", type=float, default=180, metavar="SECONDS", help="when to give up on a page (180)")
    options = parser.parse_args()
    names = options.only.split(",")
    if unknown := [name for name in names if name not in able]:
        parser.error(f"no server is called {', '.join(unknown)}; there are {', '.join(able)}")
    work = options.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    print(f"- {machine.describe(work)}; load before the first server {machine.load():.1f}.")
    print(f"- {options.actions} actions, medians of {options.rounds} edits of one title.\n")
    print("| server | edit to page s | min–max | start to first page s |\n|---|---:|---:|---:|")
    for name in names:
        title = "Open Plans, mkdocs serve" if name == _OURS else catalogue[name]["title"]
        try:
            if name == _OURS:
                subject = ours.prepare(name, options.project.resolve(), options.actions, options.seed, work)
            else:
                subject = peers.prepare(name, options.actions, options.seed, work, options.cache.resolve())
            edit = first_action(subject.folder, options.seed)
            started, seconds = latency(subject, edit, options.rounds, options.limit, work / f"{name}.log")
        except (NotInstalled, NoAnswer) as reason:
            print(f"| {title} | {reason} | | |", flush=True)
            continue
        print(
            f"| {title} | {median(seconds):.3f} | {min(seconds):.3f}–{max(seconds):.3f} | {started:.2f} |", flush=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
