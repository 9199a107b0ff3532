"""The interface's words: whole in every language, with its plurals, dates and numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openplans
import pytest
from babel import Locale
from openplans.messages import Messages, UnknownMessage, languages_with_messages, messages_for

LANGUAGES = languages_with_messages()
HOOKS = Path(openplans.__file__).resolve().parents[1]
TEMPLATES = HOOKS.parent / "overrides"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def forms(language: str, key: str) -> dict[str, str]:
    """Return the plural forms of a message, or its only form as ``other``."""
    entry = messages_for(language).entries[key]
    return {"other": entry} if isinstance(entry, str) else dict(entry)


def test_lithuanian_latvian_and_english_are_there() -> None:
    assert {"lt", "lv", "en"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_in_every_language(language: str) -> None:
    assert set(messages_for(language).entries) == set(messages_for("en").entries)
    assert all(text.strip() for key in messages_for(language).entries for text in forms(language, key).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_has_the_same_placeholders_in_every_language(language: str) -> None:
    for key in messages_for("en").entries:
        expected = {name for text in forms("en", key).values() for name in PLACEHOLDER.findall(text)}
        for form, text in forms(language, key).items():
            # “One plan” may be said without its number.
            missing = expected - set(PLACEHOLDER.findall(text))
            assert set(PLACEHOLDER.findall(text)) <= expected and missing <= {"n"}, (key, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_message_has_every_plural_form_of_its_language(language: str) -> None:
    counted = {key for key, entry in messages_for("en").entries.items() if not isinstance(entry, str)}
    needed = set(Locale.parse(language).plural_form.tags) | {"other"}
    assert counted
    for key in counted:
        assert set(forms(language, key)) == needed, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_holds_html(language: str) -> None:
    for key in messages_for(language).entries:
        assert not re.search("[<>]", "".join(forms(language, key).values())), key


# -- keys that the code and the templates ask for -------------------------------------------------------------------


def patterns_of(node: ast.expr) -> Iterator[str]:
    """Yield a regular expression for each key that an expression may be; nothing for a key from elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from patterns_of(node.body)
        yield from patterns_of(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values)


def is_catalogue(node: ast.expr) -> bool:
    """Tell whether an expression is a catalogue: ``t``, ``scope.t``, itself, or what ``messages…(language)`` gives."""
    if isinstance(node, ast.Call):
        return is_catalogue(node.func)
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name in ("t", "messages", "messages_for") or (name == "self" and isinstance(node, ast.Name))


def keys_in_code() -> Iterator[tuple[str, str]]:
    """Yield (place, pattern) for each key in Python."""
    for file in sorted(HOOKS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and is_catalogue(node.func) and node.args:
                for pattern in patterns_of(node.args[0]):
                    yield f"{file.relative_to(HOOKS)}:{node.lineno}", pattern


def keys_in_templates() -> Iterator[tuple[str, str]]:
    """Yield (place, pattern) for each key in a template."""
    for file in sorted(TEMPLATES.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        for match in re.finditer(r"""(?<!lang\.)\bt\(\s*["']([\w.]+)["']\s*(~?)""", text):
            place = f"{file.relative_to(TEMPLATES)}:{text.count(chr(10), 0, match.start()) + 1}"
            yield place, re.escape(match[1]) + (".+" if match[2] else "")


#: A key has a dot; without one it is the name of a language.
ASKED = [pair for pair in (*keys_in_code(), *keys_in_templates()) if r"\." in pair[1]]


def test_keys_are_found_in_code_and_in_templates() -> None:
    assert len(list(keys_in_code())) > 50 and len(list(keys_in_templates())) > 50


def test_every_key_that_is_asked_for_exists() -> None:
    known = messages_for("en").entries
    missing = [pair for pair in ASKED if not any(re.fullmatch(pair[1], key) for key in known)]
    assert missing == []


def test_an_unknown_key_is_a_mistake_of_the_code() -> None:
    with pytest.raises(UnknownMessage, match=r"en: no\.such\.key"):
        messages_for("en")("no.such.key")


# -- plurals, numbers, dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lt", {0: "0 planų", 1: "1 planas", 2: "2 planai", 9: "9 planai", 10: "10 planų", 11: "11 planų"}),
        ("lt", {20: "20 planų", 21: "21 planas", 22: "22 planai", 111: "111 planų", 1000: "1\u00a0000 planų"}),
        ("lv", {0: "0 plānu", 1: "1 plāns", 2: "2 plāni", 10: "10 plānu", 11: "11 plānu", 21: "21 plāns"}),
        ("en", {0: "0 plans", 1: "1 plan", 2: "2 plans", 21: "21 plans", 1000: "1,000 plans"}),
    ],
)
def test_things_are_counted_in_the_right_form(language: str, words: dict[int, str]) -> None:
    t = messages_for(language)
    assert {count: t("count.plans", count) for count in words} == words


DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("language", "day", "month", "weekday"),
    [
        ("lt", "2026 m. spalio 5 d.", "2026 m. spalis", "pirmadienis"),
        ("lv", "2026. gada 5. oktobris", "2026. gada oktobris", "pirmdiena"),
        ("en", "5 October 2026", "October 2026", "Monday"),
    ],
)
def test_dates_are_said_as_the_language_says_them(language: str, day: str, month: str, weekday: str) -> None:
    t = messages_for(language)
    assert (t.day(DAY), t.month(2026, 10), t.weekday(1)) == (day, month, weekday)
    assert t.day(DAY, weekday=True) == f"{day}, {weekday}"
    assert t.clock(time(9, 5)) == "09:05"


@pytest.mark.parametrize(
    ("language", "number", "percent", "whole", "cents"),
    [
        ("lt", "12\u00a0345,5", "66\u00a0%", "40\u00a0000\u00a0€", "1,50\u00a0€"),
        ("lv", "12\u00a0345,5", "66%", "40\u00a0000\u00a0€", "1,50\u00a0€"),
        ("en", "12,345.5", "66%", "€40,000", "€1.50"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(
    language: str, number: str, percent: str, whole: str, cents: str
) -> None:
    t = messages_for(language)
    assert t.number(Decimal("12345.5")) == t.number(Fraction(24691, 2)) == number
    assert t.percent(Fraction(200, 3)) == percent
    assert (t.money(Decimal("40000"), "EUR"), t.money(Decimal("1.5"), "EUR")) == (whole, cents)
    assert t.number(Fraction(2, 3)) == "2/3"


@pytest.mark.parametrize(("language", "words"), [("lt", "a, b ir c"), ("lv", "a, b un c"), ("en", "a, b and c")])
def test_a_list_ends_with_and(language: str, words: str) -> None:
    t = messages_for(language)
    assert t.list_of(["a", "b", "c"]) == words
    assert (t.list_of([]), t.list_of(["a"])) == ("", "a")


def test_a_value_is_printed_as_it_is_even_if_it_looks_like_a_placeholder() -> None:
    t = Messages("en", {"a": "{first} {last} {left}"}, Locale.parse("en"))
    assert t("a", first="{last}", last="b") == "{last} b {left}"
