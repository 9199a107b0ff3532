"""Data that is read again in one process: only what has changed is read, and the outcome is that of a first reading."""

from __future__ import annotations

import builtins
import os
import random
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cases.folders import MINIMAL
from conftest import IS_FULL
from openplans.changes import changes_of
from openplans.checks import check
from openplans.data_folder import Listing
from openplans.diagnostic import has_errors
from openplans.ledger import Key
from openplans.load import Dataset, load_dataset
from openplans.parsed import Parsed
from openplans.publication import Publication
from openplans.routes import addresses

ORGANIZATION = "organizations/demo/"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder of two organizations with the same facts."""
    shutil.copytree(MINIMAL, tmp_path / "data")
    shutil.copytree(tmp_path / "data/organizations/demo", tmp_path / "data/organizations/other")
    return tmp_path / "data"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are opened from now on."""
    names: list[str] = []
    whole = open

    def watched(file: Any, *arguments: Any, **options: Any) -> Any:
        names.append(str(file))
        return whole(file, *arguments, **options)

    monkeypatch.setattr(builtins, "open", watched)
    return names


def written(file: Path, text: str) -> None:
    """Write a file so that its time of change differs, however coarse the clock of the disk is."""
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(before + 10**9, before + 10**9))


def test_what_has_not_changed_is_not_opened_again(data: Path, opened: list[str]) -> None:
    parsed = Parsed()
    first = load_dataset(data, None, parsed)
    assert sum(name.endswith(".yml") for name in opened) == len(first.documents)
    opened.clear()
    action = next((data / ORGANIZATION / "plans").rglob("actions/*/*.yml"))
    written(action, action.read_text(encoding="utf-8").replace("en: ", "en: Another ", 1))
    opened.clear()
    again = load_dataset(data, None, parsed)
    assert {Path(name).relative_to(data).parts[1] for name in opened if "organizations" in name} == {"demo"}
    assert again.dataset is not None and first.dataset is not None
    assert again.dataset.organization("other") is first.dataset.organization("other")
    assert again.dataset != first.dataset


def spoil(data: Path) -> None:
    written(data / ORGANIZATION / "committees/lost.yml", "name: Lost\nparent: nobody\n")


def spoil_yaml(data: Path) -> None:
    written(data / ORGANIZATION / "committees/lost.yml", "name: [\n")


def mend(data: Path) -> None:
    (data / ORGANIZATION / "committees/lost.yml").unlink(missing_ok=True)


def reword(data: Path) -> None:
    file = data / ORGANIZATION / "organization.yml"
    written(file, file.read_text(encoding="utf-8") + "# x\n")


def reword_the_other(data: Path) -> None:
    for file in sorted((data / "organizations/other").rglob("*.yml"))[:2]:
        written(file, file.read_text(encoding="utf-8").replace("en: ", "en: X ", 1))


def lead_to_the_other(data: Path) -> None:
    written(data / "redirects.yml", "redirects:\n  demo/old: other\n")


def stop_leading(data: Path) -> None:
    (data / "redirects.yml").unlink(missing_ok=True)


def leave_something(data: Path) -> None:
    written(data / ORGANIZATION / "plans/stray.yml", "a: b\n")
    written(data / ORGANIZATION / "Notes.txt", "x")


def tidy_up(data: Path) -> None:
    for name in ("plans/stray.yml", "Notes.txt"):
        (data / ORGANIZATION / name).unlink(missing_ok=True)


def use_other_languages(data: Path) -> None:
    file = data / "site.yml"
    text = file.read_text(encoding="utf-8")
    two, three = "languages: [lt, en]", "languages: [lt, lv, en]"
    written(file, text.replace(two, three) if two in text else text.replace(three, two))


def reword_events(data: Path) -> None:
    for file in sorted(data.rglob("events/*.yml")):
        text = file.read_text(encoding="utf-8")
        one, other = "kind: forum", "kind: training"
        written(file, text.replace(one, other) if one in text else text.replace(other, one))


def report(data: Path) -> None:
    for file in sorted((data / ORGANIZATION).rglob("actions/*/*.yml"))[:1]:
        text = file.read_text(encoding="utf-8")
        if "updates:" not in text:
            written(file, text + "updates:\n- date: 2026-05-04\n  status: ongoing\n")


def another_organization(data: Path) -> None:
    if (data / "organizations/third").exists():
        shutil.rmtree(data / "organizations/third")
    else:
        shutil.copytree(data / "organizations/other", data / "organizations/third")


CHANGES: list[Callable[[Path], None]] = [
    *(spoil, spoil_yaml, mend, reword, reword_the_other, lead_to_the_other, stop_leading, leave_something, tidy_up),
    *(use_other_languages, another_organization, reword_events, report),
]


@pytest.mark.parametrize("seed", range(8 if IS_FULL else 2))
def test_after_any_changes_the_outcome_is_that_of_a_first_reading(data: Path, seed: int) -> None:
    chance = random.Random(seed)
    parsed = Parsed()
    for _ in range(14):
        for change in chance.choices(CHANGES, k=chance.choice((0, 1, 1, 2))):
            change(data)
        again, fresh = load_dataset(data, None, parsed), load_dataset(data)
        assert again.dataset == fresh.dataset
        assert again.diagnostics == fresh.diagnostics
        assert list(again.documents) == list(fresh.documents)
        assert check(again) == check(fresh)
        if again.dataset is not None and fresh.dataset is not None and not has_errors(check(fresh)):
            assert derived(again.dataset) == derived(fresh.dataset)


def derived(dataset: Dataset) -> list[Any]:
    """Return all that is made of organizations one by one."""
    publication = Publication(dataset, date(2026, 6, 1))
    committees = [
        (organization, committee) for organization in dataset.organizations for committee in organization.committees
    ]
    return [
        publication.meetings,
        {facet: publication.meetings_by(facet) for facet in publication.facets},
        publication.records,
        [publication.actions_of(*pair) for pair in committees],
        addresses(publication),
        changes_of(publication),
    ]


def test_what_was_made_of_an_organization_is_not_told_of_another(data: Path) -> None:
    dataset = load_dataset(data).dataset
    assert dataset is not None
    first = dataset.organizations[0]
    assert len(Publication(dataset, date(2026, 6, 1)).records) > 2
    bare = replace(dataset, organizations=(first.model_copy(update={"plans": (), "events": (), "committees": ()}),))
    assert list(Publication(bare, date(2026, 6, 1)).records) == [Key("organization", first.id)]


def test_a_file_that_goes_while_the_folder_is_looked_through_is_left_out(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Listing.of(data, "data")

    class Gone:
        name = path = "4913.yml"

        def is_dir(self, *, follow_symlinks: bool = True) -> bool:
            return False

        def is_symlink(self) -> bool:
            return False

        def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
            raise FileNotFoundError

    whole = os.scandir

    def with_one_more(place: str) -> Any:
        return nullcontext([*whole(place), Gone()])

    monkeypatch.setattr("openplans.data_folder.os.scandir", with_one_more)
    assert Listing.of(data, "data") == before


def test_a_file_that_can_be_read_again_is_read(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = data / ORGANIZATION / "organization.yml"
    whole, parsed = open, Parsed()

    def refuse(path: Any, *arguments: Any, **options: Any) -> Any:
        if str(path) == str(file):
            raise PermissionError(13, "Permission denied")
        return whole(path, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "open", refuse)
        assert "OP106" in {found.code for found in load_dataset(data, None, parsed).diagnostics}
    # As when rights are given: the disk notes it, but no other time of writing.
    file.chmod(0o640)
    assert load_dataset(data, None, parsed).diagnostics == load_dataset(data).diagnostics == []
