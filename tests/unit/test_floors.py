"""The house rules that a reader of the code relies on, read from the code itself.

The floors are those of the table in the docstring of ``hooks/openplans/__init__.py``; nothing is written down twice.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import openplans
import pytest

PACKAGE = Path(openplans.__file__).resolve().parent
HOOKS = PACKAGE.parent
ROOT = HOOKS.parent
FILES = sorted(HOOKS.rglob("*.py"))
#: What reads the surroundings: the day, the environment, the working directory.
SURROUNDINGS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "time.time",
    "os.environ",
    "os.getenv",
    "os.getcwd",
    "Path.cwd",
    "Path.home",
}
#: Imports each room while only the floors below it are loaded; a package's modules come after the package anyway.
IMPORT_EACH_ROOM = """
import importlib, json, sys
failed = {}
floors = json.loads(sys.argv[1])
for number, floor in enumerate(floors):
    for modules in floor:
        above = tuple(rooms[0] for other in floors[number:] for rooms in other)
        for known in [known for known in sys.modules if known.startswith(above)]:
            del sys.modules[known]
        for name in modules:
            try:
                importlib.import_module(name)
            except Exception as error:
                failed[name] = repr(error)
print(json.dumps({"failed": failed, "mkdocs": "mkdocs" in sys.modules}))
"""


def module_of(file: Path) -> str:
    """Return a file's dotted name below ``hooks``; a package's own for its ``__init__``."""
    parts = file.relative_to(HOOKS).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(file): file for file in FILES}
INSIDE = sorted(name for name in MODULES if name.partition(".")[0] == "openplans")


@cache
def floors() -> dict[str, tuple[int, int]]:
    """Return floor and position of every room, as the docstring's table gives them."""
    found: dict[str, tuple[int, int]] = {}
    for number, cell in re.findall(r"^(\d+)\s+(\S.*?)(?:\s{2,}.*)?$", openplans.__doc__ or "", re.MULTILINE):
        for position, room in enumerate(cell.split(",")[0].split(" · ")):
            assert room not in found, f"{room} stands twice in the table"
            found[room] = int(number), position
    return found


@cache
def tree_of(name: str) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def imported_by(name: str) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports, wherever in it the import stands."""
    is_package = MODULES[name].name == "__init__.py"
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = name.split(".")[: len(name.split(".")) - node.level + is_package]
                base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield full if full in MODULES else base


def room_of(name: str) -> str:
    """Return the room of a module of the package: its first name below ``openplans``."""
    return name.split(".")[1]


def test_every_module_has_a_floor_and_every_room_exists() -> None:
    assert set(floors()) == {room_of(name) for name in INSIDE if "." in name}


@pytest.mark.parametrize("name", [name for name in INSIDE if "." in name])
def test_imports_run_downwards_or_leftwards(name: str) -> None:
    own = floors()[room_of(name)]
    for target in imported_by(name):
        if target.startswith("openplans.") and room_of(target) != room_of(name):
            floor, position = floors()[room_of(target)]
            assert floor < own[0] or (floor == own[0] and position < own[1]), f"{name} imports {target}"


@pytest.mark.parametrize("package", sorted({room_of(name) for name in INSIDE if name.count(".") == 2}))
def test_imports_inside_a_package_run_in_no_circle(package: str) -> None:
    inside = [name for name in INSIDE if name.startswith(f"openplans.{package}")]
    TopologicalSorter({name: {t for t in imported_by(name) if t in inside} for name in inside}).prepare()


@pytest.mark.parametrize("name", [name for name in INSIDE if name.startswith("openplans.outputs.")])
def test_an_output_knows_no_other_output(name: str) -> None:
    siblings = {target for target in imported_by(name) if target.startswith("openplans.outputs")}
    assert siblings <= {"openplans.outputs.base"}


def test_mkdocs_is_imported_in_one_file() -> None:
    users = {name for name in MODULES if any(t.partition(".")[0] == "mkdocs" for t in imported_by(name))}
    assert users == {"publish"}


def reads_of_surroundings(name: str) -> set[str]:
    """Return what a module uses of :data:`SURROUNDINGS`, by attribute or by import."""
    used = set()
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Attribute):
            used.add(".".join(ast.unparse(node).split(".")[-2:]))
        elif isinstance(node, ast.ImportFrom) and not node.level:
            used.update(f"{node.module}.{alias.name}" for alias in node.names)
    return used & SURROUNDINGS


@pytest.mark.parametrize("name", [name for name in INSIDE if name != "openplans.cli"])
def test_nothing_inside_reads_clock_environment_or_working_directory(name: str) -> None:
    assert reads_of_surroundings(name) == set()


def test_the_search_for_surroundings_finds_what_is_there() -> None:
    assert reads_of_surroundings("publish") == {"datetime.now", "os.environ"}


@cache
def names_of_dependencies() -> set[str]:
    """Return the import names of the project's dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=!~\[ ]", line)[0].lower().replace("_", "-") for line in project["dependencies"]}
    return {
        name
        for name, distributions in packages_distributions().items()
        if wanted & {distribution.lower().replace("_", "-") for distribution in distributions}
    }


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_module_bears_the_name_of_a_library(name: str) -> None:
    assert {"yaml", "markdown", "babel", "mkdocs"} <= names_of_dependencies()
    assert name.rpartition(".")[2] not in sys.stdlib_module_names | names_of_dependencies()


def test_every_module_can_be_imported_first() -> None:
    order = [
        [
            [name for name in INSIDE if "." in name and room_of(name) == room]
            for room, (floor, _) in floors().items()
            if floor == number
        ]
        for number in sorted({floor for floor, _ in floors().values()})
    ]
    environment = {**os.environ, "PYTHONPATH": str(HOOKS)}
    command = [sys.executable, "-c", IMPORT_EACH_ROOM, json.dumps(order)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == {"failed": {}, "mkdocs": False}
