"""What was read before is read the same from memory, and nothing that is not ours or not whole is believed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openplans.parsed
import pytest
from cases.folders import MINIMAL
from openplans.checks import check
from openplans.load import load_dataset
from openplans.parsed import Parsed
from openplans.yaml_source import Document

CONTENT = "title:\n  lt: Žygis\n  en: A hike\nparts:\n  - one\n  - two\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where documents are kept, with one in it."""
    parsed = Parsed(tmp_path / "cache" / "documents.json")
    parsed.document(CONTENT, "data/a.yml")
    parsed.keep()
    return tmp_path / "cache" / "documents.json"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths that were taken apart from now on."""
    found: list[str] = []
    really = openplans.parsed.read_yaml

    def noted(content: bytes, path: str) -> Document:
        found.append(path)
        return really(content, path)

    monkeypatch.setattr(openplans.parsed, "read_yaml", noted)
    return found


def test_the_same_bytes_are_taken_apart_once_even_under_another_name(file: Path, reads: list[str]) -> None:
    document = Parsed(file).document(CONTENT, "data/b.yml")
    assert reads == []
    assert document.data == {"title": {"lt": "Žygis", "en": "A hike"}, "parts": ["one", "two"]}
    place = document.value_place(("parts", 1))
    assert (place.path, place.line, place.column) == ("data/b.yml", 6, 5)
    assert (document.key_place(("title", "en")).line, document.key_place(("title", "en")).column) == (3, 3)


def test_other_bytes_are_taken_apart(file: Path, reads: list[str]) -> None:
    document = Parsed(file).document(CONTENT.replace(b"one", b"1"), "data/a.yml")
    assert reads == ["data/a.yml"] and document.data["parts"] == ["1", "two"]


def test_what_was_not_used_is_forgotten(file: Path) -> None:
    parsed = Parsed(file)
    parsed.document(b"a: b\n", "data/a.yml")
    parsed.keep()
    assert "hike" not in file.read_text(encoding="utf-8")


def test_faults_are_not_kept(file: Path, reads: list[str]) -> None:
    for _ in range(2):
        parsed = Parsed(file)
        document = parsed.document(b"a: b\na: c\n", "data/a.yml")
        assert [problem.code for problem in document.diagnostics] == ["OP207"]
        parsed.keep()
    assert len(reads) == 2


DAMAGE: dict[str, Callable[[str], str]] = {
    "empty": lambda text: "",
    "cut short": lambda text: text[: len(text) // 2],
    "another word": lambda text: text.replace("A hike", "A trap"),
    "another reader": lambda text: "x" + text[1:],
    "no JSON": lambda text: text.partition("\n")[0] + "\n[",
    "a list": lambda text: "[]",
    "binary": lambda text: "\0\udcff",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_and_foreign_files_are_not_believed(damage: str, file: Path, reads: list[str]) -> None:
    text = DAMAGE[damage](file.read_text(encoding="utf-8"))
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert Parsed(file).document(CONTENT, "data/a.yml").data["title"]["en"] == "A hike"
    assert reads == ["data/a.yml"]


def test_a_folder_that_cannot_be_written_to_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    parsed = Parsed(tmp_path / "cache" / "documents.json")
    assert parsed.document(CONTENT, "data/a.yml").data
    parsed.keep()


def test_a_folder_reads_the_same_from_memory(tmp_path: Path, folder: Callable[..., Path]) -> None:
    wrong = "organizations/demo/committees/lost.yml"
    for data in (MINIMAL, folder({wrong: "name: Lost\nparent: nobody\n"})):
        fresh = load_dataset(data)
        memory = tmp_path / f"{data.name}.json"
        for _ in range(2):
            again = load_dataset(data, None, Parsed(memory))
            assert again.dataset == fresh.dataset
            assert check(again) == check(fresh)
            assert again.diagnostics == fresh.diagnostics
        assert json.loads(memory.read_text(encoding="utf-8").partition("\n")[2])
    # The last folder's fault is told with its place, though its file was not taken apart again before.
    assert [(d.code, d.place.line) for d in check(again)] == [("OP501", 2)]
