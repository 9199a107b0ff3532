"""Bad data is refused at its place, good data passes unchanged: one file per case in ``diagnostics/``.

A case says which ``files`` stand in the smallest data folder and which ``path:line:column CODE`` are ``found``; it may
say what is offered instead (``offers``) and which texts are ``kept`` as they are. Everything else is in
:func:`cases.folders.make_folder`.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from openplans import reports
from openplans.diagnostic import Diagnostic
from openplans.load import Loading
from openplans.messages import languages_with_messages
from openplans.values import texts_of
from openplans.yaml_source import read_yaml

from .folders import HERE, MINIMAL, make_folder, problems_in

CASES = {str(path.relative_to(HERE / "diagnostics"))[:-4]: path for path in (HERE / "diagnostics").rglob("*.yml")}
LANGUAGES = languages_with_messages()
HOOKS = Path(reports.__file__).resolve().parents[1]
EXAMPLES = read_yaml(
    (Path(reports.__file__).parent / "translations" / "diagnostics" / "examples.yml").read_bytes(), "examples.yml"
).data
#: Codes that no data file alone can bring about: rights, counts and other folders are in
#: tests/unit/test_load.py, what only git knows in tests/events/test_identity.py.
NOT_IN_FILES = {"OP106", "OP111", "OP113", "OP612"}
#: Said of a value that pydantic refuses for a reason that no field of today's model has.
FALLBACK = {"OP305"}


@cache
def case(name: str) -> Mapping[str, Any]:
    """Return a case as its file says it, every value as text."""
    found: Mapping[str, Any] = yaml.load(CASES[name].read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


@cache
def outcome(name: str) -> tuple[tuple[Diagnostic, ...], Loading, str]:
    """Return the problems of a case's folder, what could be read, and where the folder was."""
    stated = case(name)
    with tempfile.TemporaryDirectory() as parent:
        data = make_folder(
            Path(parent), stated.get("files", {}), alone="alone" in stated, without=tuple(stated.get("without", ()))
        )
        return (*problems_in(data), parent)


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return set(re.findall(r"\{(\w+)\}", text))


def test_the_minimal_folder_has_no_problem() -> None:
    assert problems_in(MINIMAL)[0] == ()


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_case_reports_exactly_what_it_says(name: str) -> None:
    stated = case(name)
    problems, loading, _ = outcome(name)
    assert [f"{problem.place} {problem.code}" for problem in problems] == stated.get("found", []), stated["about"]
    assert set(stated.get("offers", ())) <= {problem.suggestion for problem in problems}
    if "kept" in stated:
        assert loading.dataset is not None
        texts = [
            words
            for organization in loading.dataset.organizations
            for plan in organization.plans
            for action in plan.actions
            for _, text in texts_of(action)
            for _, words in text.items()
        ]
        assert set(stated["kept"]) <= set(texts)


def test_two_runs_report_the_same_in_the_same_order(tmp_path: Path) -> None:
    data = make_folder(tmp_path, case("everything-at-once")["files"])
    assert problems_in(data)[0] == problems_in(data)[0] == outcome("everything-at-once")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_report_is_one_readable_line_per_problem(language: str) -> None:
    for name in CASES:
        problems, _, folder = outcome(name)
        lines = reports.as_text(problems, language).splitlines()
        assert len(lines) == len(problems), name
        for line in lines:
            assert line.isprintable() and folder not in line, (name, line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_of_a_message_is_filled(language: str) -> None:
    for name in CASES:
        for problem in outcome(name)[0]:
            entry = reports.explanations(language)[problem.code]
            asked = placeholders(entry.message + entry.expected + entry.hint)
            assert asked <= set(problem.values), (name, problem.code)


def test_every_code_of_data_files_has_a_case() -> None:
    stated = {line.rsplit(" ", 1)[1] for name in CASES for line in case(name).get("found", ())}
    of_data = {code for code in reports.explanations("en") if code < "OP900"}
    assert of_data - stated == NOT_IN_FILES | FALLBACK


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_an_example_shows_its_own_problem_and_the_way_out(code: str, tmp_path: Path) -> None:
    example = EXAMPLES[code]
    wrong = make_folder(tmp_path / "wrong", {example["file"]: example["wrong"] + "\n"})
    right = make_folder(tmp_path / "right", {example["file"]: example["right"] + "\n"})
    assert {problem.code for problem in problems_in(wrong)[0]} == {code}
    assert problems_in(right)[0] == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_explains_every_code_in_use_and_no_other(language: str) -> None:
    raised = {code for file in HOOKS.rglob("*.py") for code in re.findall(r'"(OP\d{3})"', file.read_text())}
    assert set(reports.explanations(language)) == raised
    assert set(EXAMPLES) <= raised


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_is_whole_and_has_the_placeholders_of_every_language(language: str) -> None:
    english = reports.explanations("en")
    for code, entry in reports.explanations(language).items():
        assert entry.message and entry.expected and entry.hint and entry.text, code
        for part in ("message", "expected", "hint"):
            assert placeholders(getattr(entry, part)) == placeholders(getattr(english[code], part)), (code, part)
        assert not placeholders(entry.text), code
