"""The command line keeps its contract: 0 fine, 1 content, 2 wrong use, 3 environment, 70 our mistake."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openplans.cli import main
from openplans.schemas import SCHEMAS

BROKEN = {"organizations/demo/events/forum.yml": "tittle: Forumas\n"}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return ``run(*words)``: the exit code, what was printed, and what was printed as an error."""

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.out, printed.err

    return call


Run = Callable[..., tuple[int, str, str]]


def test_data_without_a_problem_is_fine(run: Run, folder: Callable[..., Path]) -> None:
    assert run("check", "--data", folder()) == (0, "No problems found.\n", "")


def test_warnings_alone_are_fine(run: Run, folder: Callable[..., Path]) -> None:
    code, out, err = run("check", "--data", folder({"left.over": "x"}))
    assert (code, out.split(": ")[0], err) == (0, "data/left.over:1:1", "1 warning in 1 file\n")


def test_broken_data_is_the_content_s_fault(run: Run, folder: Callable[..., Path]) -> None:
    code, out, err = run("check", "--data", folder(BROKEN))
    assert (code, [line.split(": ")[1] for line in out.splitlines()]) == (1, ["error OP301", "error OP302"])
    assert err == "2 errors in 1 file\n"


@pytest.mark.parametrize("lang", ["lt", "lv"])
def test_a_report_speaks_the_language_asked_for(run: Run, folder: Callable[..., Path], lang: str) -> None:
    data = folder(BROKEN)
    assert run("check", "--data", data, "--lang", lang)[1] != run("check", "--data", data)[1]


def test_a_report_can_be_json_or_annotations_and_nothing_else(run: Run, folder: Callable[..., Path]) -> None:
    data = folder(BROKEN)
    code, out, err = run("check", "--data", data, "--format", "json")
    assert (code, [row["code"] for row in json.loads(out)], err) == (1, ["OP301", "OP302"], "")
    code, out, err = run("check", "--data", data, "--format", "github")
    assert (code, [line[:8] for line in out.splitlines()], err) == (1, ["::error "] * 2, "")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("data/organizations/demo/events/forum.yml", 1),
        ("./data/organizations/demo/events/", 1),
        ("events/forum.yml", 1),
        ("data/organizations/demo/plans", 0),
        ("forum", 0),
    ],
)
def test_a_report_can_be_asked_for_some_files_only(run: Run, folder: Callable[..., Path], path: str, code: int) -> None:
    assert run("check", "--data", folder(BROKEN), path)[0] == code


@pytest.mark.parametrize("make", ["missing", "file"])
def test_a_data_folder_that_is_none_is_reported_in_one_line(run: Run, tmp_path: Path, make: str) -> None:
    if make == "file":
        (tmp_path / "data").write_text("title: x")
    code, out, err = run("check", "--data", tmp_path / "data")
    assert code in (1, 2) and len(out.splitlines()) == 1 and "OP111" in out
    assert str(tmp_path) not in out + err


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--unknown"],
        ["check", "--format", "xml"],
        ["check", "--lang", "xx"],
        ["chekc"],
        ["explain"],
        ["build", "--base-url", "ftp://plans.example"],
        ["build", "--config", "nowhere/mkdocs.yml"],
    ],
)
def test_wrong_use_is_told_in_a_line_and_without_a_traceback(run: Run, words: list[str]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "Error: " in err and "Traceback" not in err


def test_a_code_is_explained_however_it_is_written(run: Run) -> None:
    code, out, err = run("explain", "op203")
    assert (code, err) == (0, "") and out.startswith("OP203: ")
    assert run("explain", "OP203", "--lang", "lt")[1] != out


def test_an_unknown_code_is_wrong_use_and_the_nearest_is_offered(run: Run) -> None:
    code, out, err = run("explain", "OP2O3")
    assert (code, out) == (2, "") and "did you mean OP2" in err
    assert "did you mean" not in run("explain", "?")[2]


def test_schemas_are_written_and_compared(run: Run, tmp_path: Path) -> None:
    names = ", ".join(f"{name}.schema.json" for name in SCHEMAS) + "\n"
    assert run("schema", "--check", "--data", tmp_path) == (1, names, "")
    assert list(tmp_path.iterdir()) == [], "a comparison writes nothing"
    assert run("schema", "--data", tmp_path) == (0, names, "")
    assert run("schema", "--check", "--data", tmp_path) == (0, "", "")
    changed = tmp_path / ".schemas" / "plan.schema.json"
    changed.write_text(changed.read_text().replace("Plan", "Plann", 1))
    assert run("schema", "--check", "--data", tmp_path) == (1, "plan.schema.json\n", "")
    assert run("schema", "--data", tmp_path) == (0, "plan.schema.json\n", "")
    assert run("schema", "--data", tmp_path) == (0, "", "")


def test_what_the_computer_refuses_is_the_environment_s_fault(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".schemas").write_text("in the way")
    code, out, err = run("schema", "--data", tmp_path)
    assert (code, out, len(err.splitlines())) == (3, "", 1) and "Traceback" not in err


def test_our_own_mistake_is_told_in_a_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("openplans.commands.load_dataset", fail)
    code, out, err = run("check")
    assert (code, out, len(err.splitlines())) == (70, "", 1)
    assert "ZeroDivisionError: by zero" in err and "Traceback" not in err


def test_interrupting_is_no_mistake_of_ours(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("openplans.commands.load_dataset", interrupt)
    assert run("check")[0] == 3


def test_help_names_every_command(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert all(command in out for command in ("build", "check", "explain", "schema"))


def test_checking_changes_nothing(run: Run, folder: Callable[..., Path], tmp_path: Path) -> None:
    data = folder(BROKEN)
    shutil.copytree(data, tmp_path / "before")
    run("check", "--data", data)
    assert {p.relative_to(data): p.read_bytes() for p in data.rglob("*.yml")} == {
        p.relative_to(tmp_path / "before"): p.read_bytes() for p in (tmp_path / "before").rglob("*.yml")
    }
