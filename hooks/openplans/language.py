"""Languages and text that exists in some of them.

A text never pretends: asked for a language it lacks, it answers in the source language and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

#: Alphabets used for sorting; letters on one level differ only after everything else is equal.
_ALPHABETS: Mapping[str, str] = MappingProxyType(
    {
        "lt": "a ą b c č d e ę ė f g h i į y j k l m n o p q r s š t u ų ū v w x z ž",
        "lv": "a ā b c č d e ē f g ģ h i ī j k ķ l ļ m n ņ o p q r s š t u ū v w x y z ž",
        "en": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    }
)
#: Letters that dictionaries of a language treat as variants of the letter before them.
_VARIANTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "lt": {"ą": "a", "ę": "e", "ė": "e", "į": "i", "y": "i", "ų": "u", "ū": "u"},
        "lv": {"ā": "a", "ē": "e", "ī": "i", "ū": "u"},
        "en": {},
    }
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a page prints it: the words, and the language that they are really in."""

    text: str
    language: str
    is_fallback: bool = False

    def __str__(self) -> str:
        return self.text


class LocalizedText:
    """Words in one or more languages, of which ``source_language`` is the original."""

    __slots__ = ("_by_language", "source_language")

    def __init__(self, by_language: Mapping[str, str], source_language: str) -> None:
        self._by_language = MappingProxyType(dict(by_language))
        self.source_language = source_language

    def shown(self, language: str) -> Shown:
        """Return the text in ``language``, else in the source language marked as a fallback."""
        if language in self._by_language:
            return Shown(self._by_language[language], language)
        source = self.source_language
        if source not in self._by_language:
            source = next(iter(self._by_language))
        return Shown(self._by_language[source], source, is_fallback=True)

    def __getitem__(self, language: str) -> str:
        return self._by_language[language]

    def __contains__(self, language: object) -> bool:
        return language in self._by_language

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language)

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield ``(language, text)`` for the languages that are really there."""
        return iter(self._by_language.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LocalizedText) and dict(self.items()) == dict(other.items())

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._by_language.items())))

    def __repr__(self) -> str:
        return f"LocalizedText({dict(self._by_language)!r})"


@cache
def sort_key(text: str, language: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Return a key that sorts as the dictionaries of ``language`` do (Š after S, not after Z)."""
    places = _places(language)
    variants = _VARIANTS.get(language, {})
    primary: list[int] = []
    secondary: list[int] = []
    for letter in text.casefold():
        base = variants.get(letter, letter)
        if base in places:
            primary.append(1000 + places[base])
        elif letter.isalnum():
            primary.append(100 + ord(letter) if letter.isdigit() else 5000 + ord(letter))
        else:
            primary.append(1)
        secondary.append(places.get(letter, 0))
    return tuple(primary), tuple(secondary), text


@cache
def _places(language: str) -> Mapping[str, int]:
    """Return the place of each letter in the alphabet, counted from 0."""
    return {letter: place for place, letter in enumerate(_ALPHABETS.get(language, _ALPHABETS["en"]).split())}


def initial(text: str, language: str) -> str:
    """Return the letter under which dictionaries of ``language`` list a text; empty for a digit or a sign."""
    first = text[:1].casefold()[:1]
    letter = _VARIANTS.get(language, {}).get(first, first)
    return letter.upper() if letter.isalpha() else ""


_QUOTED = re.compile('[„“”"«].*?[“”"»]')
_LETTERS_OF_ALL = frozenset("".join(_ALPHABETS.values()))


@cache
def _foreign_letters(language: str) -> frozenset[str]:
    alphabet = _ALPHABETS.get(language)
    if alphabet is None:
        return frozenset()
    return frozenset(letter for letter in _LETTERS_OF_ALL if not letter.isascii()) - set(alphabet)


def foreign_words(text: str, language: str) -> int:
    """Count the words outside quotation marks with letters that only another of our languages has."""
    foreign = _foreign_letters(language)
    if text.isascii() or foreign.isdisjoint(text.casefold()):
        return 0
    return sum(1 for word in _QUOTED.sub(" ", text).casefold().split() if not foreign.isdisjoint(word))
