"""Texts in several languages, made of a vocabulary's words as often as the real texts have them."""

from __future__ import annotations

import json
from bisect import bisect
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

#: A text: language → words.
Text = dict[str, str]

LANGUAGES = ("lt", "lv", "en")
VOCABULARY = Path(__file__).resolve().parents[1] / "vocabulary.json"
#: Texts of these kinds are headings: no full stop, and never longer than a data file may have them.
_HEADINGS = frozenset({"title", "name", "unit"})
_LONGEST_HEADING = 250
#: About one word in so many is an abbreviation in the real texts.
_ABBREVIATION_SHARE = 0.012


class Dice:
    """Chance that is the same for the same name on every Python: only `random()` itself is promised to stay."""

    def __init__(self, name: str) -> None:
        self.roll = Random(name).random

    def chance(self, share: float) -> bool:
        """Tell whether something that happens so often happens now."""
        return self.roll() < share

    def number(self, low: int, high: int) -> int:
        """Return a whole number between two, both included."""
        return low + int(self.roll() * (high - low + 1))

    def one_of(self, items: Any) -> Any:
        """Return one of several things, all as likely."""
        return items[int(self.roll() * len(items))]

    def weighted(self, weights: dict[Any, float]) -> Any:
        """Return one of several things, as likely as its weight."""
        sums = list(accumulate(weights.values()))
        return list(weights)[bisect(sums, self.roll() * sums[-1])]


class Scribe:
    """Writes the same text in all languages, as long as a real text of its kind."""

    def __init__(self, abbreviations: tuple[str, ...] = (), vocabulary: Path = VOCABULARY) -> None:
        entries = json.loads(vocabulary.read_text(encoding="utf-8"))
        self._abbreviations = abbreviations
        self._commas = {language: entries[language]["commas"] for language in LANGUAGES}
        self._words = {language: list(entries[language]["words"]) for language in LANGUAGES}
        self._sums = {language: list(accumulate(entries[language]["words"].values())) for language in LANGUAGES}
        self._lengths = {
            (language, kind): ([int(length) for length in found], list(accumulate(found.values())))
            for language in LANGUAGES
            for kind, found in entries[language]["lengths"].items()
        }

    def text(self, dice: Dice, kind: str) -> Text:
        """Return a text of a kind; a long one is long in every language."""
        place = dice.roll()
        return {language: self._in_language(dice, kind, language, place) for language in LANGUAGES}

    def identifier(self, dice: Dice, begins: str) -> str:
        """Return an id as people choose them: a beginning and two English words."""
        words: list[str] = []
        while len(words) < 2:
            word = self._word(dice, "en")
            if word.isascii() and 3 < len(word) < 14 and word not in words:
                words.append(word)
        return "-".join((begins, *words))

    def _word(self, dice: Dice, language: str) -> str:
        sums = self._sums[language]
        return self._words[language][bisect(sums, dice.roll() * sums[-1])]

    def _in_language(self, dice: Dice, kind: str, language: str, place: float) -> str:
        lengths, sums = self._lengths[language, kind]
        words: list[str] = []
        for _ in range(lengths[bisect(sums, place * sums[-1])]):
            word = self._word(dice, language)
            if words and words[-1] == word:
                continue
            if self._abbreviations and dice.chance(_ABBREVIATION_SHARE):
                word = dice.one_of(self._abbreviations)
            if words and dice.chance(self._commas[language]):
                words[-1] = words[-1].rstrip(",") + ","
            words.append(word)
        is_heading = kind in _HEADINGS
        while is_heading and len(" ".join(words)) > _LONGEST_HEADING:
            words.pop()
        sentence = " ".join(words)
        if kind == "unit":
            return sentence
        return sentence[0].upper() + sentence[1:] + ("" if is_heading else ".")
