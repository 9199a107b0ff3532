"""Compiled templates are used again only if they are whole, and made of this source by this code."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from openplans import template_cache
from openplans.template_cache import TemplateCache

SOURCE = "{% for x in things %}<b>{{ x }}</b>{% endfor %}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that templates are kept in."""
    monkeypatch.setattr(template_cache, "_folder", lambda: tmp_path / "kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def printed(source: str = SOURCE, made_by: str = "") -> tuple[str, bool]:
    """Return what a template prints in a new environment, and whether it had to be compiled."""
    compiled = []

    class Watched(Environment):
        def _generate(self, *arguments: object, **options: object) -> str:
            compiled.append(arguments)
            return str(super()._generate(*arguments, **options))  # type: ignore[arg-type]

    cache = TemplateCache("test", made_by)
    environment = Watched(loader=DictLoader({"a.html": source}), autoescape=True, bytecode_cache=cache)
    return environment.get_template("a.html").render(things=["<", 2]), bool(compiled)


def test_a_template_is_compiled_once(folder: Path) -> None:
    assert printed() == ("<b>&lt;</b><b>2</b>", True)
    assert printed() == ("<b>&lt;</b><b>2</b>", False)
    assert len(list(folder.iterdir())) == 1


def test_another_source_is_compiled(folder: Path) -> None:
    printed()
    assert printed("{{ things[1] }}") == ("2", True)
    assert printed("{{ things[1] }}") == ("2", False)


def test_what_other_code_compiled_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed()
    assert printed(made_by="another version") == ("<b>&lt;</b><b>2</b>", True)
    monkeypatch.setattr(template_cache, "_code", lambda: "changed")
    assert printed(made_by="another version") == ("<b>&lt;</b><b>2</b>", True)


@pytest.mark.parametrize("place", [0, 40, 63, 65, -1])
def test_a_damaged_file_is_not_used(folder: Path, place: int) -> None:
    printed()
    file = next(folder.iterdir())
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    assert printed() == ("<b>&lt;</b><b>2</b>", True)
    assert printed() == ("<b>&lt;</b><b>2</b>", False)


@pytest.mark.parametrize("content", [b"", b"\n", b"foreign", b"foreign\nfile"])
def test_a_foreign_file_is_not_used(folder: Path, content: bytes) -> None:
    printed()
    next(folder.iterdir()).write_bytes(content)
    assert printed() == ("<b>&lt;</b><b>2</b>", True)


def test_where_nothing_can_be_kept_templates_are_compiled_each_time(folder: Path) -> None:
    folder.write_text("no folder", encoding="utf-8")
    assert printed() == printed() == ("<b>&lt;</b><b>2</b>", True)


def test_who_wants_no_compiled_files_gets_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert printed() == printed() == ("<b>&lt;</b><b>2</b>", True)
    assert not folder.exists()
