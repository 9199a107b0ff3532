"""From a data folder to its ledger: git read at most once per commit, because the result is kept in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .cache_file import read_cache, write_cache
from .git_history import head_of, read_history
from .ledger import Entry, GoneMeeting, Key, Ledger, Removed, Revision
from .ledger_walk import ledger_of

_FORMAT = "Open-Plans-ledger-3"


def ledger_of_folder(
    folder: Path, git: str | None, zone: str, languages: tuple[str, ...] = (), cache: Path | None = None
) -> Ledger:
    """Return the ledger of what is committed in ``folder``, with days of the time zone ``zone`` and revisions for
    readers of ``languages``.

    ``git`` is the path of the program, if there is one; ``cache`` is the file to keep the result in. A file there that
    is damaged, or made from another history or by other code, is not used and is written anew.
    """
    head = head_of(folder, git)
    if head.reason or git is None:
        return Ledger(reason=head.reason)
    key = [head.commit, head.prefix, zone, *languages, _code()]
    kept = _load(cache, key) if cache is not None else None
    if kept is not None:
        return kept
    history = read_history(folder, git, head)
    if history.reason:
        return Ledger(reason=history.reason)
    ledger = ledger_of(history.commits, zone, languages)
    if cache is not None:
        write_cache(cache, _FORMAT, {"key": key, "ledger": _plain(ledger)})
    return ledger


def _code() -> str:
    """Return what tells this code from any other that could have made the file."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted((*package.glob("*.py"), *package.glob("model/*.py"))):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _load(cache: Path, key: list[str]) -> Ledger | None:
    kept = read_cache(cache, _FORMAT)
    try:
        return _ledger(kept["ledger"]) if kept["key"] == key else None
    except (ValueError, KeyError, TypeError):
        return None


def _plain(ledger: Ledger) -> dict[str, Any]:
    return {
        "entries": [_row(entry) for entry in ledger.entries],
        "removed": [_row(item) for item in ledger.removed],
        "known_since": [[_cell(key), day.isoformat()] for key, day in ledger.known_since.items()],
        "revisions": {key: _row(revision) for key, revision in ledger.revisions.items()},
        "gone": [_row(meeting) for meeting in ledger.gone],
    }


def _row(record: Entry | Removed | Revision | GoneMeeting) -> dict[str, Any]:
    return {item.name: _cell(getattr(record, item.name)) for item in fields(record)}


def _cell(value: Any) -> Any:
    if isinstance(value, Key):
        return [value.kind, value.organization, value.plan, value.item]
    if isinstance(value, Mapping):
        return {key: _cell(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _ledger(plain: Mapping[str, Any]) -> Ledger:
    return Ledger(
        tuple(Entry(**_typed(row)) for row in plain["entries"]),
        tuple(Removed(**_typed(row)) for row in plain["removed"]),
        {Key(*key): date.fromisoformat(day) for key, day in plain["known_since"]},
        {key: _revision(row) for key, row in plain["revisions"].items()},
        tuple(GoneMeeting(**{**row, "moment": datetime.fromisoformat(row["moment"])}) for row in plain["gone"]),
    )


def _revision(row: Mapping[str, Any]) -> Revision:
    modified = {key: datetime.fromisoformat(moment) for key, moment in row["modified"].items()}
    return Revision(**{**row, "created": datetime.fromisoformat(row["created"]), "modified": modified})


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    typed = {name: Key(*row[name]) for name in ("record", "owner", "moved_to") if row.get(name) is not None}
    return {**row, **typed, "day": date.fromisoformat(row["day"])}
