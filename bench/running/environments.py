"""Environments of the peers, installed on demand into a cache folder with pip or npm as they are set up here."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .measure import clean_environment, last_words

_LIMIT = 900


class NotInstalled(Exception):
    """A peer cannot be had on this machine; the message says why."""


@dataclass(frozen=True)
class Environment:
    """An installed environment: the folder of its programs, and the one that a package hides elsewhere."""

    bin: Path
    program: Path
    versions: tuple[str, ...]


def install(name: str, wanted: dict[str, Any], cache: Path) -> Environment:
    """Return an environment with exactly the pinned packages, made anew if they have changed."""
    folder = cache / name
    made_from = folder / "made-from.json"
    recipe = json.dumps({"python": sys.version, "packages": wanted["packages"]})
    if not made_from.is_file() or made_from.read_text(encoding="utf-8") != recipe:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"Installing {', '.join(wanted['packages'])}", file=sys.stderr)
        if wanted["installer"] == "npm":
            _with_npm(folder, wanted["packages"])
        else:
            _with_pip(folder, wanted["packages"])
        made_from.write_text(recipe, encoding="utf-8")
    programs = folder / ("node_modules/.bin" if wanted["installer"] == "npm" else "bin")
    program = programs / name
    if "program" in wanted:
        program = next((path for path in sorted(folder.glob(wanted["program"])) if path.is_file()), program)
    versions = tuple(f"{name} {version}" for name, version in map(_pinned, wanted["packages"]))
    return Environment(programs, program, versions)


def _pinned(package: str) -> tuple[str, str]:
    """Return name and version of a package as pip or npm writes it."""
    name, _, version = package.rpartition("@") if "==" not in package else package.partition("==")
    return name, version


def _with_pip(folder: Path, packages: list[str]) -> None:
    _do(folder, [sys.executable, "-m", "venv", "--clear", str(folder)])
    python = str(folder / "bin" / "python")
    _do(folder, [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input", *packages])


def _with_npm(folder: Path, packages: list[str]) -> None:
    if shutil.which("npm") is None:
        raise NotInstalled("there is no npm here")
    wanted = {"private": True, "dependencies": dict(map(_pinned, packages))}
    (folder / "package.json").write_text(json.dumps(wanted), encoding="utf-8")
    _do(
        folder,
        ["npm", "install", "--loglevel=error", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"],
    )


def _do(folder: Path, command: list[str]) -> None:
    log = folder / "install.log"
    try:
        with log.open("ab") as stream:
            subprocess.run(
                command,
                cwd=folder,
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                timeout=_LIMIT,
                check=True,
            )
    except (subprocess.SubprocessError, OSError) as error:
        print(f"{type(error).__name__}: {last_words(log)}", file=sys.stderr)
        raise NotInstalled("its packages could not be installed") from None
