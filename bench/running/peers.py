"""The peers of `peers/peers.toml` as subjects to measure."""

from __future__ import annotations

import shutil
import tomllib
from functools import reduce
from pathlib import Path
from typing import Any

from .environments import install
from .subjects import BENCH, Subject, write_workload


def catalogue() -> dict[str, Any]:
    """Return the file of peers: their environments and how each is built."""
    with (BENCH / "peers" / "peers.toml").open("rb") as stream:
        return tomllib.load(stream)


def prepare(name: str, actions: int, seed: int, work: Path, cache: Path) -> Subject:
    """Return a peer with its layout and the workload in a folder; raise NotInstalled if it cannot be had."""
    found = catalogue()
    peer = found["peers"][name]
    environment = install(peer["environment"], found["environments"][peer["environment"]], cache)
    folder = work / name
    shutil.rmtree(folder, ignore_errors=True)
    for layout in peer["layouts"]:
        shutil.copytree(BENCH / "peers" / layout, folder, dirs_exist_ok=True)
    write_workload(actions, seed, peer["form"], folder / peer["content"])

    def filled(command: list[str]) -> list[str]:
        places = {"{bin}": str(environment.bin), "{program}": str(environment.program)}
        return [reduce(lambda text, place: text.replace(place, places[place]), places, word) for word in command]

    return Subject(
        name,
        peer["title"],
        folder,
        filled(peer["build"]),
        ("site", *peer["caches"]),
        peer["differs"],
        environment.versions,
        filled(peer.get("serve", [])),
    )
