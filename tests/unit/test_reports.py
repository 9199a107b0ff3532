"""Diagnostics in words: a line for people, JSON for programs, annotations for GitHub."""

from __future__ import annotations

import json
import re

import pytest
from openplans import reports
from openplans.diagnostic import Diagnostic, Place, Severity, has_errors, in_order

COLON = Diagnostic("OP203", Place("data/a.yml", 3, 7))
UNKNOWN = Diagnostic("OP302", Place("data/a.yml", 1, 1), {"key": "tittle", "allowed": "title"}, "title")
COPIED = Diagnostic("OP609", Place("data/b.yml", 2, 3), {"language": "lv"}, severity=Severity.WARNING)
ODD = Diagnostic("OP107", Place("data/a,b:100%\n\x1b[31m.yml"), {"found": "a\n::error::b\x1b[31m\u202e"})
ALL = (COLON, UNKNOWN, COPIED)


def test_a_line_says_place_code_and_what_to_do() -> None:
    line = reports.as_text([COLON], "en")
    assert re.fullmatch(r"data/a\.yml:3:7: error OP203: .+; .+\. Try: .+", line)


def test_a_suggestion_takes_the_place_of_the_hint() -> None:
    assert reports.as_text([UNKNOWN], "en").endswith("Try: did you mean “title”?")
    assert "“title”" not in reports.as_text([UNKNOWN], "lt") and "title" in reports.as_text([UNKNOWN], "lt")


def test_a_warning_is_called_one() -> None:
    assert ": warning OP609: " in reports.as_text([COPIED], "en")


@pytest.mark.parametrize("language", ["lt", "lv", "en"])
def test_a_report_reads_in_each_language(language: str) -> None:
    lines = reports.as_text(ALL, language).splitlines()
    assert len(lines) == 3 and not re.search(r"\{\w+\}", "".join(lines))
    others = {reports.as_text(ALL, other) for other in {"lt", "lv", "en"} - {language}}
    assert "\n".join(lines) not in others


def test_the_kind_of_a_missing_thing_is_named_in_the_reader_s_language() -> None:
    missing = Diagnostic("OP501", Place("a"), {"kind": "committee", "found": "x", "allowed": "–"})
    assert "committee" in reports.as_text([missing], "en")
    assert "committee" not in reports.as_text([missing], "lt")


@pytest.mark.parametrize(
    ("diagnostics", "words"),
    [
        ((), "No problems found."),
        ((COLON,), "1 error in 1 file"),
        ((COPIED,), "1 warning in 1 file"),
        (ALL, "2 errors and 1 warning in 2 files"),
    ],
)
def test_the_last_line_counts(diagnostics: tuple[Diagnostic, ...], words: str) -> None:
    assert reports.summary(diagnostics, "en") == words


def test_nothing_that_somebody_wrote_plays_tricks_on_a_terminal_or_a_log() -> None:
    text = reports.as_text([ODD], "en")
    assert text.isprintable() and "\\u202e" in text and "\\u001b" in text


def test_json_is_a_list_with_everything_in_it() -> None:
    rows = json.loads(reports.as_json(ALL, "en"))
    assert [set(row) for row in rows] == [
        {"code", "severity", "path", "line", "column", "message", "values", "suggestion"}
    ] * 3
    assert rows[1] | {"message": ""} == {
        "code": "OP302",
        "severity": "error",
        "path": "data/a.yml",
        "line": 1,
        "column": 1,
        "message": "",
        "values": {"key": "tittle", "allowed": "title"},
        "suggestion": "title",
    }
    assert json.loads(reports.as_json([], "en")) == []
    assert json.loads(reports.as_json([ODD], "en"))[0]["values"]["found"] == ODD.values["found"]


def test_github_is_told_place_and_severity() -> None:
    first, second, third = reports.as_github(ALL, "en").splitlines()
    assert first.startswith("::error file=data/a.yml,line=3,col=7,title=OP203::")
    assert second.startswith("::error file=data/a.yml,line=1,col=1,title=OP302::")
    assert third.startswith("::warning file=data/b.yml,line=2,col=3,title=OP609::")


def test_nothing_that_somebody_wrote_becomes_a_command_of_github() -> None:
    text = reports.as_github([ODD], "en")
    assert text.startswith("::error file=data/a%2Cb%3A100%25%0A")
    assert len(text.splitlines()) == 1 and text.count("::error") == 2


def test_an_explanation_holds_what_why_and_both_examples() -> None:
    text = reports.explained(reports.explanations("en")["OP203"], "en")
    entry = reports.explanations("en")["OP203"]
    for part in (entry.code, entry.message, entry.expected, entry.text, entry.hint):
        assert part in text
    assert entry.wrong and entry.right
    assert all(f"    {line}" in text for line in (entry.wrong + "\n" + entry.right).splitlines())


def test_problems_are_in_order_and_each_stands_once() -> None:
    assert in_order([COPIED, COLON, UNKNOWN, COLON]) == (UNKNOWN, COLON, COPIED)


def test_only_errors_stop_a_publication() -> None:
    note = Diagnostic("OP114", Place("a"), {"found": "x"}, severity=Severity.INFO)
    assert not has_errors([COPIED, note]) and has_errors([COPIED, COLON]) and not has_errors([])
