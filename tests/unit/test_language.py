"""Text in several languages never pretends, and sorts as its readers' dictionaries do."""

from __future__ import annotations

import pytest
from openplans.language import LocalizedText, Shown, foreign_words, sort_key


def test_a_text_is_shown_in_the_language_asked_for() -> None:
    text = LocalizedText({"lt": "Planas", "en": "Plan"}, "lt")
    assert text.shown("en") == Shown("Plan", "en", is_fallback=False)


@pytest.mark.parametrize(
    ("texts", "source", "expected"),
    [
        ({"lt": "Planas", "en": "Plan"}, "lt", Shown("Planas", "lt", is_fallback=True)),
        ({"lt": "Planas", "en": "Plan"}, "en", Shown("Plan", "en", is_fallback=True)),
        ({"en": "Plan"}, "lt", Shown("Plan", "en", is_fallback=True)),
    ],
)
def test_a_missing_translation_falls_back_and_says_so(texts: dict[str, str], source: str, expected: Shown) -> None:
    assert LocalizedText(texts, source).shown("lv") == expected


def test_a_text_cannot_be_changed_from_outside() -> None:
    texts = {"lt": "Planas"}
    text = LocalizedText(texts, "lt")
    texts["lt"] = "Kitas"
    assert text["lt"] == "Planas"
    assert (set(text), "lv" in text, dict(text.items())) == ({"lt"}, False, {"lt": "Planas"})


def test_equal_texts_are_one() -> None:
    one, same = LocalizedText({"lt": "A", "en": "B"}, "lt"), LocalizedText({"en": "B", "lt": "A"}, "en")
    assert one == same and len({one, same}) == 1
    assert one != LocalizedText({"lt": "A"}, "lt") and one != "A"


ALPHABETS = {
    "lt": "aąbcčdeęėfghiįyjklmnoprsštuųūvzž",
    "lv": "aābcčdeēfgģhiījkķlļmnņoprsštuūvzž",
    "en": "abcdefghijklmnopqrstuvwxyz",
}


@pytest.mark.parametrize("language", ALPHABETS)
def test_letters_sort_as_in_the_alphabet(language: str) -> None:
    letters = list(ALPHABETS[language])
    assert sorted(reversed(letters), key=lambda letter: sort_key(letter, language)) == letters


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lt", ["Cukrus", "Čia", "Yla", "Ilgas", "Įrašas", "Sodas", "Šuo", "Zona", "Žalias"]),
        ("lt", ["yda", "Ilgas", "yra", "isas"]),
        (
            "lv",
            ["Cena", "Čakls", "Gads", "Ģimene", "Kalns", "Ķirsis", "Lapa", "Ļaudis", "Nams", "Ņemt", "Zeme", "Žogs"],
        ),
        ("lv", ["aka", "āka", "akas", "ākas"]),
        ("en", ["A plan", "a plan", "plan", "plans"]),
    ],
)
def test_words_sort_as_in_a_dictionary(language: str, words: list[str]) -> None:
    assert sorted(sorted(words), key=lambda word: sort_key(word, language)) == words


@pytest.mark.parametrize("language", ["lt", "lv", "en", "xx"])
def test_any_text_has_a_place_in_the_order(language: str) -> None:
    words = ["", "–", "日本", "Ñ", "4", "a", "Z-4", "š"]
    assert len({sort_key(word, language) for word in words}) == len(words)
    assert sort_key("", language) < sort_key("4", language) < sort_key("a", language) < sort_key("日本", language)


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Ačių už įdomų rytą", "lv", 3),
        ("Paldies par rītu", "lv", 0),
        ("Ķirši un ļaudis", "lt", 2),
        ("Išvyka „Ķirši un ļaudis“", "lt", 0),
        ("Ačių, ķirši", "en", 2),
        ("Ačių", "de", 0),
    ],
)
def test_letters_of_another_language_give_an_untranslated_text_away(text: str, language: str, count: int) -> None:
    assert foreign_words(text, language) == count
