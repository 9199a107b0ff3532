"""The same command on an unchanged site is answered at once, and never when anything is not as it was."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import make_project
from openplans.standing import still_stands
from unit.scripted import GIT

from .conftest import Run, run, write_small_world

ACTION = "project/data/organizations/kalnas/plans/kopti/actions/zingsniai/pirmas.yml"
#: Runs the command, and then says whether the model of the data was loaded for it.
WATCHED = (
    "import sys\nfrom openplans.cli import main\n"
    "try: main()\nfinally: print('loaded' if 'pydantic' in sys.modules else 'light', file=sys.stderr)"
)

#: Runs the command, in the course of which the title in a file changes just when it has been read.
LATE = """
import re, sys
from pathlib import Path
from openplans import cli, site_build
read, file = site_build.read_publication, Path(sys.argv.pop(1))
def late(*arguments):
    found = read(*arguments)
    file.write_text(re.sub("(?m)^title: .*", "title: Vėlyvas", file.read_text(encoding="utf-8")), encoding="utf-8")
    return found
site_build.read_publication = late
cli.main()
"""


class Built:
    """A built site, and the command that built it."""

    def __init__(self, folder: Path, options: tuple[str, ...]) -> None:
        self.folder = folder
        self.arguments = (
            "build",
            "--config",
            str(folder / "project/mkdocs.yml"),
            "--data",
            str(folder / "project/data"),
        )
        self.arguments += ("--out", str(folder / "site"), "--no-search", *options)

    def said(
        self, *, now: datetime = datetime(2027, 5, 1, 9, tzinfo=UTC), epoch: str | None = None, **changed: object
    ) -> str:
        """Return what the command would be answered at once."""
        asked = tuple(changed.get("asked", (os.getcwd(), *self.arguments)))  # type: ignore[call-overload]
        return still_stands(self.folder / "project/.cache", asked, now, epoch, GIT)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, openplans: Run) -> Built:
    """Return a site of the least adopter, built for a day that the command does not name, and a copy of all that."""
    folder = tmp_path_factory.mktemp("standing") / "here"
    make_project(folder / "project")
    write_small_world(folder / "project/data")
    found = Built(folder, ())
    done = openplans(*found.arguments, SOURCE_DATE_EPOCH=str(int(datetime(2027, 5, 1, 9, tzinfo=UTC).timestamp())))
    assert done.returncode == 0, done.stderr
    shutil.copytree(folder, folder.with_name("copy"), symlinks=True)
    return found


@pytest.fixture
def built(made: Built) -> Iterator[Built]:
    """Return the site as it was built, whatever a test makes of it."""
    yield made
    shutil.rmtree(made.folder)
    shutil.copytree(made.folder.with_name("copy"), made.folder, symlinks=True)


def test_it_is_said_before_the_model_of_the_data_is_loaded(built: Built) -> None:
    noon = str(int(datetime(2027, 5, 1, 12, tzinfo=UTC).timestamp()))
    done = run((sys.executable, "-c", WATCHED), built.arguments, {"SOURCE_DATE_EPOCH": noon})
    assert (done.returncode, done.stderr.strip()) == (0, "light")
    assert "Nothing has changed; site/ stays as it is." in done.stdout
    other = run((sys.executable, "-c", WATCHED), (*built.arguments, "--no-cache"), {"SOURCE_DATE_EPOCH": noon})
    assert (other.returncode, other.stderr.strip()) == (0, "loaded")


def write(path: str, add: str) -> Callable[[Path], None]:
    """Return a change that adds words to a file, or makes one."""

    def change(folder: Path) -> None:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text(encoding="utf-8") if file.is_file() else "") + add, encoding="utf-8")

    return change


def touched(folder: Path) -> None:
    (folder / "site/index.html").touch()


def moved(folder: Path) -> None:
    (folder / ACTION).rename((folder / ACTION).with_name("kitas.yml"))


CHANGES: dict[str, Callable[[Path], None]] = {
    "a record": write(ACTION, "# a remark\n"),
    "a new record": write("project/data/organizations/kalnas/committees/k.yml", "name: K\n"),
    "a renamed record": moved,
    "a removed record": lambda folder: (folder / ACTION).unlink(),
    "the site's own file": write("project/data/site.yml", "# a remark\n"),
    "the configuration": write("project/mkdocs.yml", "\n# a remark\n"),
    "a page that a person wrote": write("project/docs/lt/nauja.md", "# Nauja\n"),
    "a published page": write("site/index.html", " "),
    "a published page's time": touched,
    "a page less": lambda folder: (folder / "site/index.html").unlink(),
    "a file more": write("site/stray.txt", "x"),
    "no site": lambda folder: shutil.rmtree(folder / "site"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_not_as_it_was_needs_a_build(change: str, built: Built) -> None:
    assert "Nothing has changed" in built.said()
    CHANGES[change](built.folder)
    assert built.said() == ""


def test_only_the_same_question_has_the_same_answer(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    words = list(built.arguments)
    assert built.said(asked=(os.getcwd(), *words, "--today", "2027-05-01")) == ""
    assert built.said(asked=("/somewhere/else", *words)) == ""
    # In Vilnius it is the second of May already.
    assert built.said(now=datetime(2027, 5, 1, 22, tzinfo=UTC)) == ""
    assert built.said(epoch=str(int(datetime(2027, 5, 2, 9, tzinfo=UTC).timestamp()))) == ""
    assert built.said(epoch="yesterday") == ""
    monkeypatch.setattr(sys, "path", [*sys.path, str(built.folder / "more")])
    (built.folder / "more/new_package-1.0.dist-info").mkdir(parents=True)
    assert built.said() == ""


def test_what_changes_while_it_is_read_is_seen_by_the_next_build(built: Built, openplans: Run) -> None:
    noon = {"SOURCE_DATE_EPOCH": str(int(datetime(2027, 5, 1, 12, tzinfo=UTC).timestamp()))}
    write(ACTION, "# a remark, so that there is something to build\n")(built.folder)
    done = run((sys.executable, "-c", LATE, str(built.folder / ACTION)), built.arguments, noon)
    assert done.returncode == 0, done.stderr
    page = built.folder / "site/lt/kalnas/kopti/pirmas/index.html"
    assert "Vėlyvas" not in page.read_text(encoding="utf-8")
    done = openplans(*built.arguments, **noon)
    assert done.returncode == 0, done.stderr
    assert "Vėlyvas" in page.read_text(encoding="utf-8")


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda text: b"",
    "cut short": lambda text: text[:-5],
    "another version": lambda text: b"x" + text,
    "another word": lambda text: text.replace(b'"settings"', b'"sittings"'),
    "no JSON": lambda text: text.partition(b"\n")[0] + b"\n{",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_note_is_not_believed(damage: str, built: Built) -> None:
    (note,) = (built.folder / "project/.cache").glob("asked-*.json")
    assert json.loads(note.read_bytes().partition(b"\n")[2])["out"] == str(built.folder / "site")
    note.write_bytes(DAMAGE[damage](note.read_bytes()))
    assert built.said() == ""
