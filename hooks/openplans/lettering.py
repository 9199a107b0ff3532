"""Letters and lines of pictures: the font, how wide words are in it, and where a text is broken.

The font comes from a Python package and is sent to no browser. Letters are placed one by one, without the libraries
that a machine may have or not, so that a text is as wide everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from unicodedata import category, normalize

from PIL.ImageFont import FreeTypeFont, Layout, truetype

ELLIPSIS = "…"
#: Spaces that nothing is broken at: after a number, and before a letter that stands for a word.
_TIED = re.compile(r"(?<=\d) | (?=\w\.(?:\s|$))")


@cache
def font(size: int, weight: int) -> FreeTypeFont:
    """Return the font of the pictures in a size and a weight."""
    file = files("fontpkg_source_sans_3") / "files" / "SourceSans3[wght].ttf"
    made = truetype(BytesIO(file.read_bytes()), size, layout_engine=Layout.BASIC)
    made.set_variation_by_axes([weight])
    return made


@cache
def _width_of_letter(letter: str, face: FreeTypeFont) -> float:
    return face.getlength(letter)


def width_of(line: str, face: FreeTypeFont) -> float:
    """Return the width of a line."""
    return sum(_width_of_letter(letter, face) for letter in line)


def wrapped(text: str, face: FreeTypeFont, width: float) -> list[str]:
    """Return a text as lines of that width, broken at spaces; what is wider by itself is broken anywhere."""
    return _lines(_words(text, face, width), face, width)


def balanced(text: str, face: FreeTypeFont, width: float) -> list[str]:
    """Return as many lines as :func:`wrapped` does, of lengths as even as can be."""
    words = _words(text, face, width)
    count = len(_lines(words, face, width))
    low, high = width / count, width
    while high - low > 4:
        middle = (low + high) / 2
        if len(_lines(words, face, middle)) > count:
            low = middle
        else:
            high = middle
    return _lines(words, face, high)


def fitted(lines: Sequence[str], face: FreeTypeFont, width: float, limit: int) -> list[str]:
    """Return at most ``limit`` lines; the last ends with an ellipsis if words are left out."""
    kept = [_plain(line) for line in lines[:limit]]
    last = kept[-1]
    if len(lines) > limit or width_of(last, face) > width:
        while last and width_of(last + ELLIPSIS, face) > width:
            last = (last.rpartition(" ")[0] or last[:-1]).rstrip(" \u00a0,;:–-")
        kept[-1] = last + ELLIPSIS
    return kept


def _plain(text: str) -> str:
    """Return a text as one line, each letter as one sign, and without signs that are not seen."""
    line = re.sub(r"[ \t\r\n\v\f\u2028\u2029]+", " ", normalize("NFC", text)).strip(" ")
    return "".join(letter for letter in line if category(letter)[0] != "C")


def _words(text: str, face: FreeTypeFont, width: float) -> list[tuple[str, float]]:
    """Return what may not be broken, each with its width."""
    words = _TIED.sub("\u00a0", _plain(text)).split(" ")
    return [piece for word in words for piece in _pieces(word, face, width)]


def _pieces(word: str, face: FreeTypeFont, width: float) -> Iterator[tuple[str, float]]:
    own = width_of(word, face)
    if own <= width:
        yield word, own
        return
    piece, used = "", 0.0
    for letter in word:
        own = width_of(letter, face)
        if piece and used + own > width:
            yield piece, used
            piece, used = "", 0.0
        piece += letter
        used += own
    yield piece, used


def _lines(words: Sequence[tuple[str, float]], face: FreeTypeFont, width: float) -> list[str]:
    space = width_of(" ", face)
    lines: list[list[str]] = []
    used = 0.0
    for word, own in words:
        if lines and used + space + own <= width:
            lines[-1].append(word)
            used += space + own
        else:
            lines.append([word])
            used = own
    return [" ".join(line) for line in lines]
