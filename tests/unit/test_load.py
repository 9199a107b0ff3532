"""Reading a folder: what no data file alone can bring about, and that a file's place is its address."""

from __future__ import annotations

import builtins
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openplans import data_folder
from openplans.checks import check
from openplans.load import Dataset, load_dataset


def codes(folder: Path) -> list[str]:
    """Return the problems of a folder as ``place CODE``."""
    loading = load_dataset(folder)
    assert check(loading) == () or loading.dataset is not None
    return [f"{d.place} {d.code}" for d in loading.diagnostics]


def test_a_folder_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    assert codes(tmp_path / "data") == ["data:1:1 OP111"]


def test_a_file_in_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("title: x")
    assert codes(tmp_path / "data") == ["data:1:1 OP111"]


def test_too_many_files_are_not_read(folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    data = folder({f"organizations/demo/events/e-{n}.yml": "title: Forumas\n" for n in range(10)})
    monkeypatch.setattr(data_folder, "FILE_LIMIT", 8)
    assert "data:1:1 OP113" in codes(data)


def test_a_file_that_cannot_be_read_is_reported(folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    data = folder()
    path, opened = data / "organizations/demo/committees/board.yml", open

    def refuse(file: Any, *arguments: Any, **options: Any) -> Any:
        if str(file) == str(path):
            raise PermissionError(13, "Permission denied", str(file))
        return opened(file, *arguments, **options)

    monkeypatch.setattr(builtins, "open", refuse)
    assert codes(data) == ["data/organizations/demo/committees/board.yml:1:1 OP106"]


def test_a_folder_that_cannot_be_read_is_reported(folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    data = folder()
    path, scan = data / "organizations/demo/committees", os.scandir

    def refuse(folder: str) -> Any:
        if Path(folder) == path:
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert "data/organizations/demo/committees:1:1 OP106" in codes(data)


def test_a_record_knows_its_place_and_not_from_inside(minimal: Dataset) -> None:
    organization = minimal.organizations[0]
    plan = organization.plans[0]
    action = plan.actions[0]
    assert (organization.id, plan.id, plan.organization) == ("demo", "p", "demo")
    assert (action.id, action.section, action.plan, action.organization) == ("a", "s", "p", "demo")
    assert action.path == "data/organizations/demo/plans/p/actions/s/a.yml"
    assert [committee.id for committee in organization.committees] == ["board"]
    assert [event.id for event in organization.events] == ["forum"]
    assert minimal.organization("demo") is organization
    with pytest.raises(KeyError):
        minimal.organization("nobody")


def test_actions_stand_in_the_order_of_the_document(folder: Callable[..., Path]) -> None:
    base = "organizations/demo/plans/p/"
    plan = "title: P\nperiod: 2026\nsections:\n  - id: t\n    title: T\n  - id: s\n    title: S\n"
    rows = {"s/a": None, "s/b": 3, "s/c": 1, "s/d": None, "t/e": 9}
    files = {
        f"{base}actions/{name}.yml": "title: X\n" + (f"source: {{row: {n}}}\n" if n else "") for name, n in rows.items()
    }
    dataset = load_dataset(folder({base + "plan.yml": plan, **files})).dataset
    assert dataset is not None
    assert [action.id for action in dataset.organizations[0].plans[0].actions] == ["e", "c", "b", "a", "d"]


def test_the_order_of_files_on_disk_never_matters(folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    data = folder({f"organizations/demo/events/{n}.yml": f"title: {n}\n" for n in "zyx"})
    before = load_dataset(data)
    walked = os.walk

    def backwards(top: Path) -> Any:
        for directory, folders, names in walked(top):
            folders.reverse()
            yield directory, folders, sorted(names, reverse=True)

    monkeypatch.setattr(os, "walk", backwards)
    after = load_dataset(data)
    assert (after.dataset, after.diagnostics, list(after.documents)) == (
        before.dataset,
        before.diagnostics,
        list(before.documents),
    )


def test_a_text_without_a_language_is_in_the_organization_s(folder: Callable[..., Path]) -> None:
    file = "organizations/demo/organization.yml"
    dataset = load_dataset(folder({file: "name: Savienība\nsource_language: lv\n"})).dataset
    assert dataset is not None
    assert dict(dataset.organizations[0].name.items()) == {"lv": "Savienība"}
    assert dict(dataset.site.publisher.name.items()) == {"lt": "Demo"}


def test_one_broken_record_does_not_hide_the_others(folder: Callable[..., Path]) -> None:
    data = folder(
        {"organizations/demo/events/broken.yml": "title: [\n", "organizations/demo/events/good.yml": "title: A\n"}
    )
    loading = load_dataset(data)
    assert loading.dataset is not None
    assert [event.id for event in loading.dataset.organizations[0].events] == ["forum", "good"]
    assert [d.code for d in loading.diagnostics] == ["OP201"]
