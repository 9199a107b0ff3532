"""Count the words of a data folder's texts, so that a made-up workload compresses and searches like a real one.

``python bench/vocabulary.py`` reads ``data/`` and writes ``bench/vocabulary.json``: for each language how often each
word stands in the texts, how many words the texts of each kind have, and how often a comma follows a word. Only words
that the texts also write in small letters are kept, and nothing inside quotation marks: no names, no abbreviations, no
mailboxes.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
FILE = HERE / "vocabulary.json"

#: Letters beside a–z of each language; a word with any other letter was quoted from a neighbour.
ALPHABETS = {"lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "en": ""}
#: Kinds of texts whose lengths differ; all others count as a sentence.
KINDS = ("title", "name", "unit", "summary", "description")
SENTENCE = "text"

_QUOTED = re.compile('[„“”"«].*?[“”"»]')
# A short word before a full stop is an abbreviation, and what is joined to a digit, an @ or a slash is no word.
_WORD = re.compile(r"(?<![\w@./’'-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w@/’'-])")
_ABBREVIATION = re.compile(r"\b\w{1,3}\.(?=\s+\w)")


def texts_of(value: Any, kind: str, languages: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, language and words of every text that is written in several languages."""
    if isinstance(value, dict):
        if value and languages.issuperset(value) and all(isinstance(words, str) for words in value.values()):
            for language, words in value.items():
                yield kind, language, words
            return
        for key, below in value.items():
            yield from texts_of(below, key if key in KINDS else SENTENCE, languages)
    elif isinstance(value, list):
        for below in value:
            yield from texts_of(below, kind, languages)


def words_of(text: str, language: str) -> list[str]:
    """Return the words of a text as written, without what is quoted, abbreviated or from another alphabet."""
    letters = frozenset("abcdefghijklmnopqrstuvwxyz" + ALPHABETS[language] + "-")
    plain = _ABBREVIATION.sub(" ", _QUOTED.sub(" ", text))
    return [word for word in _WORD.findall(plain) if letters.issuperset(word.lower())]


def count(data: Path) -> dict[str, Any]:
    """Return the vocabulary of a data folder: languages in order of code, words in order of frequency."""
    written: dict[str, Counter[str]] = {language: Counter() for language in ALPHABETS}
    lengths = {language: {kind: Counter() for kind in (*KINDS, SENTENCE)} for language in ALPHABETS}
    commas: Counter[str] = Counter()
    for file in sorted((data / "organizations").rglob("*.yml")):
        # The vocabulary is of texts, and a base loader leaves dates and numbers as they are written.
        document = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for kind, language, text in texts_of(document, SENTENCE, frozenset(ALPHABETS)):
            written[language].update(words_of(text, language))
            lengths[language][kind][len(text.split())] += 1
            commas[language] += text.count(",")
    return {language: _entry(written[language], lengths[language], commas[language]) for language in sorted(written)}


def _entry(written: Counter[str], lengths: dict[str, Counter[int]], commas: int) -> dict[str, Any]:
    words: Counter[str] = Counter()
    for word, times in written.items():
        if written[word.lower()] and not word[1:].isupper():
            words[word.lower()] += times
    return {
        "commas": round(commas / max(1, sum(written.values())), 4),
        "lengths": {kind: {str(length): found[length] for length in sorted(found)} for kind, found in lengths.items()},
        "words": {word: words[word] for word in sorted(words, key=lambda word: (-words[word], word))},
    }


def as_text(vocabulary: dict[str, Any]) -> str:
    """Return the file: one line for each language, so that a change of one is seen as such."""
    lines = [
        json.dumps(language) + ":" + json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        for language, entry in vocabulary.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Read a data folder and write the vocabulary file."""
    parser = argparse.ArgumentParser(description="Count the words of a data folder's texts for the workload.")
    parser.add_argument("--data", type=Path, default=HERE.parent / "data", help="data folder (the project's own)")
    parser.add_argument("--out", type=Path, default=FILE, help="file to write (vocabulary.json beside this script)")
    options = parser.parse_args()
    vocabulary = count(options.data)
    options.out.write_text(as_text(vocabulary), encoding="utf-8", newline="\n")
    for language, entry in vocabulary.items():
        print(f"{language}: {len(entry['words'])} words, {sum(entry['words'].values())} counted")


if __name__ == "__main__":
    main()
