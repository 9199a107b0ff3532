"""Texts that a language lacks are shown in the language they were written in, marked as such, with a label."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openplans.language import LocalizedText
from openplans.load import Dataset

from .pages import HtmlPage

LANGUAGES = ("lt", "lv", "en")
LABELS = {
    ("lt", "lv"): "tik latvių kalba",
    ("en", "lv"): "only in Latvian",
    ("lv", "lt"): "tikai lietuviešu valodā",
    ("en", "lt"): "only in Lithuanian",
}


def texts_within(value: Any) -> Iterator[LocalizedText]:
    """Yield every text inside a value."""
    if isinstance(value, LocalizedText):
        yield value
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from texts_within(getattr(value, name))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from texts_within(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_within(item)


@pytest.fixture(scope="module")
def missing(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return, for each language, the texts that it lacks, each with the language it is shown in."""
    everything = [*texts_within(dataset.site), *texts_within(dataset.glossary), *texts_within(dataset.organizations)]
    there = {words for text in everything for _, words in text.items()}
    assert len(there) > 300
    return {
        language: {
            text.shown(language).text: text.shown(language).language for text in everything if language not in text
        }
        for language in LANGUAGES
    }


def test_the_world_has_texts_that_each_language_lacks(missing: dict[str, dict[str, str]]) -> None:
    assert all(len(missing[language]) >= 4 for language in LANGUAGES), missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untranslated_text_is_marked_with_the_language_it_is_in(
    language: str, pages: dict[str, HtmlPage], missing: dict[str, dict[str, str]]
) -> None:
    wrong = [
        (path, words.text.strip())
        for path, page in pages.items()
        # Calendars and lists are named after organizations; a proper name needs no mark.
        if path.startswith(f"{language}/") and not path.startswith((f"{language}/subscribe/", f"{language}/embed/"))
        for words in page.words
        if "body" in words.inside and words.language == language
        if any(text in words.text for text in missing[language] if len(text) > 3)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untranslated_title_has_a_label_on_its_own_page(
    language: str, dataset: Dataset, pages: dict[str, HtmlPage]
) -> None:
    checked = 0
    for organization in dataset.organizations:
        for plan in organization.plans:
            for action in plan.actions:
                title = action.title.shown(language)
                page = pages[f"{language}/{organization.id}/{plan.id}/{action.id}/index.html"]
                heading = [words for words in page.words if "h1" in words.inside and words.text.strip()]
                if title.is_fallback:
                    assert [(words.text, words.language) for words in heading[:1]] == [(title.text, title.language)]
                    assert heading[1].text == LABELS[language, title.language]
                    assert "op-fallback" in heading[1].classes
                    checked += 1
                else:
                    assert [words.text for words in heading] == [title.text]
    assert checked >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_only_where_something_is_missing(language: str, pages: dict[str, HtmlPage]) -> None:
    for path in ("method", "zalias-namas/two-years-2026/t-02-leader-course"):
        assert pages[f"{language}/{path}/index.html"].with_class("op-fallback") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documents_own_words_are_quoted_in_the_documents_language(
    language: str, pages: dict[str, HtmlPage]
) -> None:
    page = pages[f"{language}/zalias-namas/two-years-2026/t-01-first-training/index.html"]
    quoted = [(words.text, words.language) for words in page.words if "q" in words.inside]
    assert ("spalio 3 d., „šeštadienį“", "lt") in quoted
    assert {spoken for _, spoken in quoted} == {"lt"}


def test_how_a_translation_came_about_is_said(pages: dict[str, HtmlPage]) -> None:
    said = {language: pages[f"{language}/zalias-namas/committees/board/index.html"].text for language in LANGUAGES}
    assert "Šo tulkojumu ir pārbaudījis cilvēks" in said["lv"]
    assert "This translation was checked by a person" in said["en"]
    assert "Vertim" not in said["lt"]


def test_the_chooser_says_each_language_in_that_language(pages: dict[str, HtmlPage]) -> None:
    choices = {words.language: words.text for words in pages["index.html"].words if "strong" in words.inside}
    assert choices == {"lt": "Lietuvių", "lv": "Latviešu", "en": "English"}


def test_fallbacks_are_never_copied_into_open_data(built_site: Path) -> None:
    table = (built_site / "data/kalnu-klubs/strategy-2025.csv").read_text(encoding="utf-8")
    row = next(line for line in table.splitlines() if ",k-04-water," in line)
    assert ",Atrast ūdeni,Find water," in row.replace(",,", ",")
