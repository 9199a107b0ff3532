"""Nothing is lost: what people wrote is on the pages and in the open data, and all of them count alike."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openplans.language import LocalizedText
from openplans.load import Dataset
from openplans.model import Facts, Plan

from .pages import HtmlPage

LANGUAGES = ("lt", "lv", "en")
PLANS = ("zalias-namas/two-years-2026", "zalias-namas/ideas-2023", "kalnu-klubs/strategy-2025")
STATUSES = ("done", "partly_done", "ongoing", "not_started", "postponed", "cancelled", "merged", "unreported")
LABELS = {
    "lt": ("įvykdyta", "įvykdyta iš dalies", "vykdoma", "nepradėta", "atidėta", "atšaukta", "sujungta", "nepranešta"),
    "en": ("done", "partly done", "ongoing", "not started", "postponed", "cancelled", "merged", "not reported"),
}


def texts_with_places(value: Any, place: str = "") -> Iterator[tuple[str, LocalizedText]]:
    """Yield every text inside a value with the kind of facts and the field that it stands in."""
    if isinstance(value, LocalizedText):
        yield place, value
    elif isinstance(value, Facts):
        for name in type(value).model_fields:
            yield from texts_with_places(getattr(value, name), f"{type(value).__name__}.{name}")
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from texts_with_places(item, place)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_with_places(item, place)


def without_markdown(text: str) -> str:
    """Return the words of a text, without the signs of the small Markdown and with single spaces."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^(?:- |\d+\. )", "", text, flags=re.MULTILINE)
    return re.sub(r"\s+", " ", re.sub(r"[*`]", "", text)).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_on_a_page(language: str, dataset: Dataset, pages: dict[str, HtmlPage]) -> None:
    said = "\n".join(page.text for path, page in pages.items() if path.startswith(f"{language}/"))
    said = re.sub(r"\s+", " ", said)
    records = (dataset.site, dataset.glossary, *dataset.organizations)
    lost = [
        (place, text.shown(language).text)
        for record in records
        for place, text in texts_with_places(record)
        if without_markdown(text.shown(language).text) not in said
    ]
    for x in lost: print(x)
    assert lost == []
