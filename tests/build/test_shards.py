"""Shards put together are the site of a single build; a shard that is not right is refused, and nothing is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openplans.load import load_dataset
from openplans.shards import MANIFEST, balanced
from unit.scripted import ACTIONS, TREES, Repository, several

from .conftest import Run
from .pages import tree

#: Cases that the others nearly cover, and that take a quarter of a minute each.
FULL = pytest.mark.full
NAMES = ("kalvos", "pievos", "upes")
HOME = ("--base-url", "https://plans.example/sub/")


class Maker:
    """A project with a history of three organizations, and commands about it."""

    def __init__(self, run: Run, config: Path, repository: Repository, folder: Path) -> None:
        self.config, self.repository, self.folder = config, repository, folder
        self._run = run

    def __call__(self, command: str, out: str, *more: object, code: int = 0, today: str = "2027-05-01") -> str:
        """Run a command that makes ``out`` and return what it said."""
        common = ("--config", self.config, "--data", self.repository.data, "--today", today, *HOME)
        done = self._run(command, *common, "--out", self.folder / out, *more)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def shard(self, out: str, *names: str, more: tuple[object, ...] = ()) -> Path:
        """Make a shard of some organizations."""
        self("build", out, *(word for name in names for word in ("--only", name)), *more)
        return self.folder / out


@pytest.fixture
def make(openplans: Run, tmp_path: Path, new_project: Callable[[Path], Path]) -> Maker:
    """Return commands about three organizations, whose history has a moved, a renamed and a removed record."""
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-01-01", several(*NAMES))
    repository.commit("2027-01-02", {ACTIONS + "medziai.yml": TREES.replace("2027-05-31", "2027-09-30")})
    song = several(*NAMES)[ACTIONS + "daina.yml"]
    elsewhere = ACTIONS.replace("pievos", "kalvos") + "giesme.yml"
    repository.commit("2027-01-03", {ACTIONS + "daina.yml": None, elsewhere: song.replace("daina", "giesmę")})
    repository.commit("2027-01-04", {"organizations/upes/events/svente.yml": None})
    return Maker(openplans, new_project(repository.data), repository, tmp_path)


@pytest.mark.parametrize("jobs", [pytest.param("1", marks=FULL), "2"])
def test_shards_put_together_are_the_site_of_one_build(make: Maker, jobs: str) -> None:
    more = ("--jobs", jobs, *(("--no-cache",) if jobs == "1" else ()))
    make("build", "single", "--no-cache")
    first = make.shard("first", "pievos", more=more)
    second = make.shard("second", "kalvos", "upes", more=more)
    make("merge", "site", first, second, *more)
    assert tree(make.folder / "site") == tree(make.folder / "single")
    # Once more over what is there, with one of them and with none: what no shard holds is made.
    make("merge", "site", first, *more)
    make("merge", "site", *more)
    assert tree(make.folder / "site") == tree(make.folder / "single")
    assert (first / MANIFEST).is_file() and not (make.folder / "site" / MANIFEST).exists()


def test_a_merge_takes_what_a_shard_holds(make: Maker) -> None:
    shard = make.shard("shard", "pievos")
    make("merge", "site", shard, "--no-cache")
    page = "lt/pievos/metai/medziai/index.html"
    assert (shard / page).stat().st_ino == (make.folder / "site" / page).stat().st_ino
    assert not (shard / "lt/index.html").exists() and not (shard / "pagefind").exists()


@FULL
def test_shards_may_overlap(make: Maker) -> None:
    make("build", "single", "--no-cache", "--no-search")
    shards = [
        make.shard("first", "pievos", "upes", more=("--no-search",)),
        make.shard("second", "upes", more=("--no-search",)),
    ]
    make("merge", "site", *shards, "--no-cache", "--no-search")
    assert tree(make.folder / "site") == tree(make.folder / "single")


@pytest.mark.parametrize(
    "other",
    ["data", *(pytest.param(name, marks=FULL) for name in ("day", "no organization", "history", "address", "layout"))],
)
def test_a_shard_made_of_something_else_is_refused_and_nothing_is_lost(make: Maker, other: str) -> None:
    make("build", "site", "--no-search")
    shard = make.shard("shard", "pievos", more=("--no-search",))
    before = tree(make.folder / "site")
    day, more = "2027-05-01", ()
    data = make.repository.data / "organizations"
    file = data / "pievos/plans/metai/actions/darbai/medziai.yml"
    if other == "data":
        file.write_text(TREES, encoding="utf-8")
    elif other == "history":
        # The file is as it was, and yet more is told of it.
        text = file.read_text(encoding="utf-8")
        make.repository.commit("2027-01-05", {ACTIONS + "medziai.yml": TREES.replace("2027-05-31", "2027-10-30")})
        make.repository.commit("2027-01-06", {ACTIONS + "medziai.yml": text})
    elif other == "day":
        day = "2027-05-02"
    elif other == "address":
        more = ("--base-url", "https://another.example/")
    elif other == "layout":
        with make.config.open("a", encoding="utf-8") as config:
            config.write("# Another word\n")
    else:
        shutil.rmtree(data / "pievos")
    said = make("merge", "site", shard, "--no-search", *more, today=day, code=2)
    assert "shard/ was made" in said and "Nothing was published" in said
    assert tree(make.folder / "site") == before
    assert (shard / "lt/pievos/index.html").is_file()
    assert not list(make.folder.glob(".site.staging"))


@pytest.mark.parametrize(
    "damage",
    [
        "a page",
        "half a record",
        *(pytest.param(name, marks=FULL) for name in ("a new page", "no page", "a link", "the record")),
    ],
)
def test_a_damaged_shard_is_refused_and_nothing_is_lost(make: Maker, damage: str) -> None:
    make("build", "site", "--no-search")
    shard = make.shard("shard", "pievos", more=("--no-search",))
    before = tree(make.folder / "site")
    page, record = shard / "lt/pievos/index.html", shard / MANIFEST
    if damage == "a page":
        text = page.read_bytes()
        page.write_bytes(text.replace(b"Pievos", b"Pivoes"))
    elif damage == "no page":
        page.unlink()
    elif damage == "a new page":
        (shard / "lt/pievos/new.html").write_text("something else", encoding="utf-8")
    elif damage == "a link":
        page.unlink()
        page.symlink_to(make.repository.data / "site.yml")
    elif damage == "the record":
        found = json.loads(record.read_bytes())
        found["shard"]["parts"]["pievos"].append("../../secret.txt")
        record.write_text(json.dumps(found), encoding="utf-8")
    else:
        record.write_bytes(record.read_bytes()[:-40])
    said = make("merge", "site", shard, "--no-search", "--no-cache", code=3)
    assert said.strip().count("\n") == 0 and "shard/" in said and "Nothing was published" in said
    assert tree(make.folder / "site") == before


def test_a_shard_of_an_unknown_organization_is_not_made(make: Maker) -> None:
    said = make("build", "shard", "--only", "nobody", code=2)
    assert "there is no organization nobody; there are: kalvos, pievos, upes" in said
    assert not (make.folder / "shard").exists()
    assert "holds no shard" in make("merge", "site", make.folder / "nowhere", code=2)


@FULL
def test_a_shard_never_replaces_a_site_nor_a_site_a_shard(make: Maker) -> None:
    make("build", "site", "--no-search")
    make.shard("shard", "pievos", more=("--no-search",))
    assert "not built here" in make("build", "site", "--only", "pievos", code=2)
    assert "not built here" in make("build", "shard", "--no-search", code=2)
    make.shard("shard", "pievos", "upes", more=("--no-search",))
    assert (make.folder / "shard/lt/upes/index.html").is_file()


@FULL
def test_a_shard_without_an_index_cannot_be_searched_by_itself(make: Maker) -> None:
    shard = make.shard("shard", "pievos")
    said = make("merge", "site", shard, "--search-by-shard", code=2)
    assert "shard/ has no search index" in said
    indexed = make.shard("indexed", "pievos", more=("--search",))
    again = make.shard("again", "pievos", "upes", more=("--search",))
    assert "a second time" in make("merge", "site", indexed, again, "--search-by-shard", code=2)
    assert not (make.folder / "site").exists()


@FULL
def test_going_back_from_several_indexes_to_one_is_a_change(make: Maker) -> None:
    make("build", "single", "--no-cache")
    shard = make.shard("shard", "pievos", more=("--search",))
    make("merge", "site", shard, "--search-by-shard")
    (index,) = (path for path in (make.folder / "site/pagefind").iterdir() if (path / "pagefind-entry.json").is_file())
    assert not (make.folder / "site/pagefind/pages").exists()
    assert f'"indexes":["","{index.name}"]' in (make.folder / "site/en/search/index.html").read_text().replace(" ", "")
    make("build", "site")
    assert tree(make.folder / "site") == tree(make.folder / "single")


def test_shards_are_balanced_and_none_is_empty(make: Maker, openplans: Run) -> None:
    for name in ("viena", "kita"):
        make.repository.write({f"{ACTIONS}{name}.yml": TREES})
    dataset = load_dataset(make.repository.data).dataset
    assert dataset is not None
    assert balanced(dataset, 1) == [["kalvos", "pievos", "upes"]]
    assert balanced(dataset, 2) == [["kalvos", "upes"], ["pievos"]] or balanced(dataset, 2) == [
        ["pievos"],
        ["kalvos", "upes"],
    ]
    assert sorted(balanced(dataset, 9)) == [["kalvos"], ["pievos"], ["upes"]]
    said = openplans("shards", "--data", make.repository.data, "--count", "2")
    assert said.returncode == 0 and json.loads(said.stdout) == balanced(dataset, 2)
