"""Whether a published site still is the one that the same command would build: told before much else is loaded.

A whole build notes what it was asked for, what that came to, and digests of all that it was made of. The same command
in the same folder compares these, and the day, with what there is now. Whatever is not just so is for a whole build.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from .build_day import WrongDay, build_day
from .cache_file import read_cache, write_cache
from .git_history import head_of
from .inputs import Inputs, Sources, settings_digest
from .kept import FORMAT, Kept, stamp_of
from .project import Project


def sources_of(project: Project) -> Sources:
    """Return all that a project's site is made of."""
    return Sources(project.data, (*project.sources, project.docs))


def remember(
    cache: Path, asked: Sequence[str], project: Project, kept: Kept, sources_stamp: str, day: str, said: str
) -> None:
    """Note a published site, for who asks for the same again on the same day: they are answered with ``said``."""
    if any(b"!ENV" in source.read_bytes() for source in project.sources if source.suffix == ".yml"):
        # What the configuration takes from the environment could be another thing next time.
        return
    body = {
        "asked": list(asked),
        "out": str(kept.site),
        "data": str(project.data),
        "folders": [str(folder) for folder in sources_of(project).others],
        "sources_stamp": sources_stamp,
        "settings": dict(project.settings),
        "base_url": project.base_url,
        "made": asdict(kept.inputs),
        "stamp": kept.stamp,
        "count": kept.count,
        "zone": kept.zone,
        "day": day,
        "said": said,
    }
    write_cache(_file_for(cache, asked), FORMAT, body)


def still_stands(cache: Path, asked: Sequence[str], now: datetime, epoch: str | None, git: str | None) -> str:
    """Return what to say if the site that ``asked`` names needs no build; else nothing."""
    try:
        body: Mapping[str, Any] | None = read_cache(_file_for(cache, asked), FORMAT)
        if body is None or body["asked"] != list(asked):
            return ""
        settings = body["settings"]
        day = build_day(settings.get("today"), epoch, now, body["zone"]).isoformat()
        made = Inputs(**body["made"])
        if day != body["day"]:
            return ""
        sources = Sources(Path(body["data"]), tuple(Path(folder) for folder in body["folders"]))
        head = repr(head_of(sources.data, git)) if settings.get("history", True) else repr(None)
        said_now = settings_digest(settings, facts_of(day, body["base_url"]))
        if body["sources_stamp"] and sources.stamp(now) == body["sources_stamp"]:
            # Nobody has touched a file: there is no need to read them.
            is_same = (said_now, head) == (made.settings, made.head)
        else:
            is_same = replace(sources.inputs(head), settings=said_now).is_same(made)
        # There are more files in the site than anywhere else.
        is_same = is_same and stamp_of(Path(body["out"]), body["count"]) == body["stamp"]
        return str(body["said"]) if is_same else ""
    except (OSError, KeyError, TypeError, AttributeError, ValueError, WrongDay):
        return ""


def facts_of(day: str, base_url: str | None) -> tuple[str, str]:
    """Return what a site depends on besides files and settings."""
    return day, str(base_url)


def _file_for(cache: Path, asked: Sequence[str]) -> Path:
    return cache / f"asked-{hashlib.sha256(json.dumps(list(asked)).encode()).hexdigest()[:12]}.json"
