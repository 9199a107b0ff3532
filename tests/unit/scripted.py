"""A made-up repository whose history is a script: every commit has its day, its author and its committer fixed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from openplans.git_history import head_of, read_history
from openplans.ledger import Entry, Ledger
from openplans.ledger_walk import ledger_of

GIT = shutil.which("git") or "git"
ZONE = "Europe/Vilnius"
ORGANIZATION = "organizations/pievos/"
PLAN = ORGANIZATION + "plans/metai/"
ACTIONS = PLAN + "actions/darbai/"

SITE = """\
title: Pievos
languages: [lt, lv, en]
default_language: lt
publisher: {name: Pievos}
licence: {id: CC0-1.0, name: CC0}
time_zone: Europe/Vilnius
uid_domain: pievos.example
"""
TREES = """\
title:
  lt: Pasodinti medžius
  en: Plant trees
summary: Prie mokyklos.
number: "1"
responsible: [taryba]
when:
  by: 2027-05-31
  as_written: iki gegužės pabaigos
results:
  - text: Pasodinti medžiai
indicators:
  - id: medziai
    name: Medžiai
    periods:
      - target: {value: 20, comparator: at_least}
money:
  - amount: 500
source: {section: Darbai, row: 1}
"""
BENCHES = "title: Pastatyti suolus\nwhen: {window: 2027-06}\nsource: {section: Darbai, row: 2}\n"
SONG = "title: Sukurti dainą\nsource: {section: Darbai, row: 3}\n"
#: The least that holds one of each: a plan of three actions in a section of a committee, and an event.
WORLD: Mapping[str, str] = {
    "site.yml": SITE,
    ORGANIZATION + "organization.yml": "name: Pievos\nsource_language: lt\n",
    ORGANIZATION + "committees/taryba.yml": "name: {lt: Taryba, en: Council}\n",
    ORGANIZATION + "committees/choras.yml": "name: {lt: Choras, en: Choir}\n",
    ORGANIZATION + "events/svente.yml": "title: Šventė\nwhen: {on: 2027-06-10}\n",
    PLAN + "plan.yml": (
        "title: Metų planas\nperiod: 2027\napprovals:\n  - {kind: adopted, body: Susirinkimas, date: 2026-12-20}\n"
        "sections:\n  - id: darbai\n    title: Darbai\n    committees: [taryba]\n"
    ),
    ACTIONS + "medziai.yml": TREES,
    ACTIONS + "suolai.yml": BENCHES,
    ACTIONS + "daina.yml": SONG,
}


class Repository:
    """A repository in an empty folder, with its data folder below it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data = root / "data"
        self.data.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, at: str = "2027-01-01T12:00:00+00:00") -> str:
        """Run git with nothing of the machine's own settings; ``at`` is the time of author and committer."""
        person = {"NAME": "Somebody", "EMAIL": "somebody@pievos.example", "DATE": at}
        environment = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in person.items()}
        environment |= {"PATH": os.defpath, "HOME": str(self.root), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
        command = [GIT, "-C", str(self.root), "-c", "commit.gpgSign=false", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, check=True, encoding="utf-8").stdout

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write files of the data folder; None deletes one."""
        for path, text in files.items():
            file = self.data / path
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")

    def commit(self, day: str, files: Mapping[str, str | None]) -> str:
        """Commit files on a day (or at a time) and return the commit."""
        self.write(files)
        at = day if "T" in day else f"{day}T12:00:00+00:00"
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A change", at=at)
        return self.git("rev-parse", "HEAD").strip()

    def ledger(self, zone: str = ZONE) -> Ledger:
        """Return the ledger of what is committed."""
        history = read_history(self.data, GIT, head_of(self.data, GIT))
        return Ledger(reason=history.reason) if history.reason else ledger_of(history.commits, zone)


def line_of(entry: Entry) -> str:
    """Return an entry as one line of a golden list."""
    where = "/".join(entry.record.place) + (f"#{entry.part}" if entry.part else "")
    kind = entry.kind + (f".{entry.detail}" if entry.detail else "")
    values = "" if entry.before is None and entry.after is None else f" {told(entry.before)} → {told(entry.after)}"
    reason = f" ({told(entry.reason)})" if entry.reason else ""
    return f"{entry.day} {where} {kind}{values}{reason}"


def told(value: object) -> str:
    """Return a value of an entry in short: of texts the original only."""
    if isinstance(value, Mapping):
        if "lt" in value:
            return str(value["lt"])
        return " ".join(f"{key}={told(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "[" + ", ".join(told(item) for item in value) + "]"
    return "–" if value is None else str(value)


def lines_of(ledger: Ledger) -> list[str]:
    """Return a ledger as a golden list."""
    return [line_of(entry) for entry in ledger.entries]


def several(*organizations: str) -> dict[str, str]:
    """Return :data:`WORLD` with its one organization under several names."""
    own = {path.removeprefix(ORGANIZATION): text for path, text in WORLD.items() if path.startswith(ORGANIZATION)}
    copies = {f"organizations/{name}/{path}": text for name in organizations for path, text in own.items()}
    return {"site.yml": SITE, **copies}
