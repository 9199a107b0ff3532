"""What a build uses again is what it would have made: the same bytes after any edits, no file written for nothing."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cases.folders import MINIMAL
from conftest import IS_FULL
from unit.scripted import TREES, Repository, several

from .conftest import Run
from .pages import tree


@pytest.fixture
def two(tmp_path: Path, new_project: Callable[[Path], Path]) -> tuple[Path, Path]:
    """Return a project and its data: two organizations with the same facts."""
    data = tmp_path / "data"
    shutil.copytree(MINIMAL, data)
    shutil.copytree(data / "organizations/demo", data / "organizations/other")
    return new_project(data), data


def built(openplans: Run, two: tuple[Path, Path], out: Path, *options: str, today: str = "2027-05-01") -> str:
    """Build, and return what was said."""
    config, data = two
    # With an address, heads of pages say more.
    place = ("--data", data, "--out", out, "--base-url", "https://plans.example/sub/")
    done = openplans("build", "--config", config, *place, "--today", today, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def state(site: Path) -> dict[str, tuple[int, int]]:
    """Return of every file when it was written and which one on the disk it is."""
    files = {path.relative_to(site).as_posix(): path.stat() for path in site.rglob("*") if path.is_file()}
    return {path: (found.st_mtime_ns, found.st_ino) for path, found in files.items()}


def action(data: Path, organization: str = "demo") -> Path:
    """Return the one action of an organization."""
    return next((data / "organizations" / organization / "plans").rglob("actions/*/*.yml"))


def test_after_any_edits_the_site_is_that_of_a_build_without_memory(
    openplans: Run, two: tuple[Path, Path], tmp_path: Path
) -> None:
    _, data = two
    chance = random.Random(7)
    first = action(data)
    event = next((data / "organizations/demo/events").glob("*.yml"))
    committee = next((data / "organizations/other/committees").glob("*.yml"))

    def reword(file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("en: ", f"en: W{chance.randrange(1000)} ", 1), encoding="utf-8")

    edits: list[Callable[[], None]] = [
        lambda: reword(first),
        # From here on without a search, which makes every page anew once.
        lambda: reword(committee),
        lambda: shutil.copy(first, first.with_name("another-one.yml")) and None,
        lambda: reword(event),
        lambda: first.with_name("another-one.yml").rename(first.with_name("renamed-one.yml")) and None,
        lambda: reword(committee),
        lambda: reword(data / "site.yml"),
        lambda: first.with_name("renamed-one.yml").unlink(),
        lambda: shutil.rmtree(data / "organizations/other"),
    ]
    kept, fresh = tmp_path / "kept", tmp_path / "fresh"
    built(openplans, two, kept)
    # The sample: a word, a record that comes and moves, an organization that goes.
    for number, edit in enumerate(edits if IS_FULL else (*edits[:5], edits[-1])):
        edit()
        built(openplans, two, kept, *(("--no-search",) if number else ()))
        if number in (1, 3) and not IS_FULL:
            continue
        built(openplans, two, fresh, "--no-cache", *(("--no-search",) if number else ()))
        here, there = tree(kept), tree(fresh)
        assert set(here) == set(there), number
        assert [path for path in sorted(here) if here[path] != there[path]] == [], number


NAMES = ("kalvos", "pievos", "upes")


class Editors:
    """People who change three organizations at random, and commit at random; the same seed makes the same changes."""

    def __init__(self, repository: Repository, seed: int) -> None:
        self.repository = repository
        self.chance = random.Random(seed)
        self.number = 0

    def actions(self) -> list[Path]:
        """Return all actions there are."""
        return sorted((self.repository.data / "organizations").glob("*/plans/metai/actions/darbai/*.yml"))

    def reword(self, file: Path) -> None:
        """Put a word before a title or a name, in some language."""
        text = file.read_text(encoding="utf-8")
        place = self.chance.choice([found.end() for found in re.finditer(r"\b(?:lt|en|title|name): (?=\w)", text)])
        file.write_text(f"{text[:place]}Naujas{self.number} {text[place:]}", encoding="utf-8")

    def change(self) -> None:
        """Make one change, and perhaps commit it with what was not committed before."""
        self.number += 1
        file = self.chance.choice(self.actions())
        another = file.with_name(f"naujas-{self.number}.yml")
        how = self.chance.choice(["deadline", "words", "words", "add", "rename", "remove", "move", "event"])
        if how == "deadline":
            file.write_text(file.read_text(encoding="utf-8").replace("2027-", "2028-") + f"audience: {self.number}\n")
        elif how == "words":
            self.reword(self.chance.choice(sorted((self.repository.data / "organizations").rglob("*.yml"))))
        elif how == "add":
            another.write_text(TREES.replace("medžius", f"medžius {self.number}"), encoding="utf-8")
        elif how == "rename":
            file.rename(another)
        elif how == "remove" and len(self.actions()) > 4:
            file.unlink()
        elif how == "move":
            home = self.chance.choice(NAMES)
            file.rename(self.repository.data / f"organizations/{home}/plans/metai/actions/darbai" / another.name)
        else:
            events = self.repository.data / f"organizations/{self.chance.choice(NAMES)}/events"
            events.mkdir(exist_ok=True)
            when = f"title: Šventė {self.number}\nwhen: {{on: 2027-06-{self.number:02d}}}\n"
            more = self.chance.choice(["kind: training\n", "kind: camp\n", "status: cancelled\nreason: Lyja\n"])
            (events / "svente.yml").write_text(when + more, encoding="utf-8")
        if self.chance.random() < 0.7:
            self.repository.commit(f"2027-01-{self.number + 2:02d}", {})


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_commits_the_site_is_that_of_a_build_without_memory(
    seed: int, openplans: Run, tmp_path: Path, new_project: Callable[[Path], Path]
) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-01-01", several(*NAMES))
    world = (new_project(repository.data), repository.data)
    editors = Editors(repository, seed)
    kept, fresh = tmp_path / "kept", tmp_path / "fresh"
    built(openplans, world, kept, "--no-search")
    for number in range(6):
        for _ in range(editors.chance.randrange(1, 3)):
            editors.change()
        built(openplans, world, kept, "--no-search")
        built(openplans, world, fresh, "--no-search", "--no-cache")
        here, there = tree(kept), tree(fresh)
        assert set(here) == set(there), number
        assert [path for path in sorted(here) if here[path] != there[path]] == [], number


def test_what_went_to_another_organization_is_told_anew_when_it_changes_there(
    openplans: Run, tmp_path: Path, new_project: Callable[[Path], Path]
) -> None:
    repository = Repository(tmp_path / "repository")
    first, second = several("pievos"), several("upes")
    repository.commit("2027-01-01", first)
    renamed = {path: text for path, text in second.items() if path not in first}
    repository.commit("2027-01-02", {**dict.fromkeys(first.keys() - second.keys()), **renamed})
    # Another organization takes the name that is free, and with it the old addresses.
    repository.commit(
        "2027-01-03", {"organizations/pievos/organization.yml": "name: Naujos pievos\nsource_language: lt\n"}
    )
    world = (new_project(repository.data), repository.data)
    kept, fresh = tmp_path / "kept", tmp_path / "fresh"
    built(openplans, world, kept, "--no-search")
    old = "en/pievos/metai/medziai/index.html"
    assert "upes/metai/medziai/" in (kept / old).read_text(encoding="utf-8")
    trees = {"organizations/upes/plans/metai/actions/darbai/medziai.yml": TREES.replace("Plant trees", "Plant a wood")}
    repository.write(trees)
    built(openplans, world, kept, "--no-search")
    assert "Plant a wood" in (kept / old).read_text(encoding="utf-8")
    built(openplans, world, fresh, "--no-search", "--no-cache")
    assert tree(kept) == tree(fresh)


def test_a_commit_about_one_organization_leaves_the_files_of_the_others(
    openplans: Run, tmp_path: Path, new_project: Callable[[Path], Path]
) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-01-01", several(*NAMES))
    world, out = (new_project(repository.data), repository.data), tmp_path / "site"
    built(openplans, world, out, "--no-search")
    before = state(out)
    trees = "organizations/pievos/plans/metai/actions/darbai/medziai.yml"
    repository.commit("2027-01-02", {trees: TREES.replace("2027-05-31", "2027-09-30")})
    assert "Published" in built(openplans, world, out, "--no-search")
    after = state(out)
    others = {path for path in before if any(f"/{name}/" in path for name in ("kalvos", "upes"))}
    assert len(others) > 100
    assert {path: after[path] for path in others} == {path: before[path] for path in others}
    assert after["en/pievos/metai/medziai/index.html"] != before["en/pievos/metai/medziai/index.html"]
    (repository.root / "notes.txt").write_text("Nothing of the data", encoding="utf-8")
    repository.commit("2027-01-03", {})
    assert "Nothing has changed" in built(openplans, world, out, "--no-search")


def test_nothing_is_written_where_nothing_has_changed(openplans: Run, two: tuple[Path, Path], tmp_path: Path) -> None:
    _, data = two
    out = tmp_path / "site"
    built(openplans, two, out)
    before = state(out)
    assert "Nothing has changed" in built(openplans, two, out)
    assert state(out) == before
    file = action(data)
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "\n# A remark that no page shows\n", encoding="utf-8")
    assert "Published" in built(openplans, two, out)
    after = state(out)
    assert {path for path in after if after[path] != before[path]} <= {"build.json", "404.html"} | {
        path for path in after if path.startswith(("assets/", "en/about", "lt/about", "lv/about"))
    }


def test_a_site_that_was_taken_away_comes_from_the_cache(
    openplans: Run, two: tuple[Path, Path], tmp_path: Path
) -> None:
    out, fresh = tmp_path / "site", tmp_path / "fresh"
    built(openplans, two, out)
    before = state(out)
    shutil.rmtree(out)
    assert "Published" in built(openplans, two, out)
    pages = {path for path in before if path.endswith("index.html") and "/about/" not in path}
    assert len(pages) > 100
    assert {path: state(out).get(path) for path in pages} == {path: before[path] for path in pages}
    # A change besides: the rest still is used again.
    shutil.rmtree(out)
    file = action(two[1])
    file.write_text(file.read_text(encoding="utf-8").replace("en: ", "en: Another ", 1), encoding="utf-8")
    built(openplans, two, out)
    built(openplans, two, fresh, "--no-cache")
    assert tree(out) == tree(fresh)
    other = {path for path in pages if "/other/" in path}
    assert {path: state(out)[path] for path in other} == {path: before[path] for path in other}


def test_what_was_damaged_in_the_cache_is_not_published(openplans: Run, two: tuple[Path, Path], tmp_path: Path) -> None:
    out, fresh = tmp_path / "site", tmp_path / "fresh"
    built(openplans, two, out, "--no-search")
    shutil.rmtree(out)
    (store,) = (path for path in (two[0].parent / ".cache").glob("site-*") if path.is_dir())
    (store / "lt/index.html").write_text("something else", encoding="utf-8")
    assert "Published" in built(openplans, two, out, "--no-search")
    built(openplans, two, fresh, "--no-search", "--no-cache")
    assert tree(out) == tree(fresh)
    # It holds the new site now; of one that is there no more nothing is left when another has been built.
    assert tree(store) == tree(out)
    shutil.rmtree(out)
    built(openplans, two, fresh, "--no-search")
    assert not store.exists() and not store.with_suffix(".json").exists()


def test_the_day_counts(openplans: Run, two: tuple[Path, Path], tmp_path: Path) -> None:
    out, fresh = tmp_path / "site", tmp_path / "fresh"
    built(openplans, two, out, "--no-search")
    assert "Published" in built(openplans, two, out, "--no-search", today="2027-09-01")
    built(openplans, two, fresh, "--no-search", "--no-cache", today="2027-09-01")
    assert tree(out) == tree(fresh)


@pytest.mark.parametrize(
    "damage",
    [
        "a file",
        "a foreign memory",
        *(pytest.param(name, marks=pytest.mark.full) for name in ("the memory", "no file", "a new file")),
    ],
)
def test_what_somebody_touched_is_made_anew(
    damage: str, openplans: Run, two: tuple[Path, Path], tmp_path: Path
) -> None:
    out, fresh = tmp_path / "site", tmp_path / "fresh"
    built(openplans, two, out, "--no-search")
    cache = two[0].parent / ".cache"
    (memory,) = cache.glob("site-*.json")
    if damage == "a file":
        (out / "lt/index.html").write_text("something else", encoding="utf-8")
    elif damage == "no file":
        (out / "lt/index.html").unlink()
    elif damage == "a new file":
        (out / "lt/new.html").write_text("something else", encoding="utf-8")
    elif damage == "the memory":
        for file in cache.glob("*.json"):
            file.write_bytes(file.read_bytes()[:-40])
    else:
        (note,) = cache.glob("asked-*.json")
        note.unlink()
        head, _, body = memory.read_text(encoding="utf-8").partition("\n")
        found = json.loads(body)
        found["files"][""] = ["../../secret.txt"]
        memory.write_text(f"{head}\n{json.dumps(found)}", encoding="utf-8")
    assert "Published" in built(openplans, two, out, "--no-search")
    built(openplans, two, fresh, "--no-search", "--no-cache")
    assert tree(out) == tree(fresh)


def test_a_refused_change_leaves_site_and_memory_as_they_were(
    openplans: Run, two: tuple[Path, Path], tmp_path: Path
) -> None:
    config, data = two
    out = tmp_path / "site"
    built(openplans, two, out, "--no-search")
    before = state(out)
    file = action(data)
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "\nkeyy: 1\n", encoding="utf-8")
    done = openplans("build", "--config", config, "--data", data, "--out", out, "--today", "2027-05-01", "--no-search")
    assert done.returncode == 1 and "OP302" in done.stderr
    assert state(out) == before
    file.write_text(text, encoding="utf-8")
    assert "Nothing has changed" in built(openplans, two, out, "--no-search")
