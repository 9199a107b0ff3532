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
LABELS = {("lt", "lv"): "tik latvių kalba", ("en", "lv"): "only in Latvian", ("en", "lt"): "only in Lithuanian"}


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
    wrong = set()
    for path, page in pages.items():
        if not path.startswith(f"{language}/"):
            continue
        for words in page.words:
            if "body" not in words.inside or words.language != language:
                continue
            wrong |= {(path, words.inside[-3:], words.text) for text in missing[language] if text in words.text and len(text) > 3}
    for x in sorted(wrong, key=lambda x: (x[1], x[2], x[0])): print(x)
    assert not wrong
