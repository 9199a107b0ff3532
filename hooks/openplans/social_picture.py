"""The picture that social networks show beside a link: words, a bar and the site's mark, as PNG.

It is drawn in indices of a palette: each colour on its ground has a short ramp, so that the edges of letters are smooth
and the file stays small. The same words give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import resvg_py
from PIL import Image, ImageChops, ImageColor, ImageDraw
from PIL.ImageFont import FreeTypeFont

from .lettering import balanced, fitted, font, width_of, wrapped
from .look import Look
from .palette import STATUS_COLOURS

WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_INSIDE = WIDTH - 2 * _MARGIN
_HEADER, _MARK, _BAR = 96, 60, 28
_PAPER, _INK, _SOFT, _FAINT = "#ffffff", "#1b2126", "#4b555e", "#d9e6ef"
_REGULAR, _MEDIUM, _BOLD = 400, 600, 700
_TITLE_SIZES = (68, 62, 56, 50, 44)
_TITLE_LINES = 4
#: Of the size of letters: how far lines stand apart.
_LEADING = 1.16
#: How many times larger shapes are drawn before they are made smaller, so that their edges are smooth.
_FINE = 4
#: How many steps lead from a ground to the ink on it.
_STEPS = 15
#: What is left of the 256 colours of a PNG by the ramps of all inks and statuses.
_MARK_COLOURS = 48
#: Nearly the smallest file, in a sixth of the time that the smallest takes.
_COMPRESSION = 7


def social_picture(
    *,
    site: str,
    day: str,
    above: str,
    title: str,
    below: str,
    sentence: str,
    note: str,
    bar: Sequence[tuple[str, int, int]],
    look: Look,
) -> bytes:
    """Return the picture: the site's name and a day on top, a title between two lines, a bar with words beneath.

    ``bar`` tells of each stretch its status, where it begins and how wide it is, in thousandths.
    """
    canvas = _Canvas()
    _draw_head(canvas, site, day, look)
    top = _draw_foot(canvas, sentence, note, bar)
    _draw_title(canvas, above, title, below, top, look)
    return canvas.png()


# -- the parts ------------------------------------------------------------------------------------------------------


def _draw_head(canvas: _Canvas, site: str, day: str, look: Look) -> None:
    ground, name, small = look.colour, font(38, _BOLD), font(26, _REGULAR)
    canvas.fill((0, 0, WIDTH, _HEADER), ground)
    left = _MARGIN
    if width := canvas.mark(_MARGIN, _HEADER // 2, ground, look.mark):
        left += width + 16
    right = WIDTH - _MARGIN - int(width_of(day, small))
    canvas.write((right, 60), day, small, _FAINT, ground)
    canvas.write((left, 60), fitted([site], name, right - left - 40, 1)[0], name, _PAPER, ground)


def _draw_foot(canvas: _Canvas, sentence: str, note: str, bar: Sequence[tuple[str, int, int]]) -> int:
    """Draw what stands at the bottom, and return where it begins."""
    words, small = font(34, _MEDIUM), font(28, _REGULAR)
    lines = fitted(wrapped(sentence, words, _INSIDE), words, _INSIDE, 2)
    baseline = HEIGHT - 52
    if note:
        width = width_of(note, small)
        if len(lines) == 1 and width_of(lines[0], words) + width + 40 <= _INSIDE:
            canvas.write((WIDTH - _MARGIN - int(width), baseline), note, small, _SOFT)
        else:
            canvas.write((_MARGIN, baseline), fitted([note], small, _INSIDE, 1)[0], small, _SOFT)
            baseline -= 42
    for line in reversed(lines):
        canvas.write((_MARGIN, baseline), line, words, _INK)
        baseline -= 42
    if bar:
        baseline -= 10 + _BAR
        canvas.bar(baseline, bar)
    return baseline


def _draw_title(canvas: _Canvas, above: str, title: str, below: str, bottom: int, look: Look) -> None:
    """Draw the title as large as it fits between the head and the foot, and a line on each side of it."""
    over, under = font(34, _MEDIUM), font(34, _REGULAR)
    top = _HEADER + 38
    room = bottom - 40 - top - (54 if above else 0) - (48 if below else 0)
    for size in _TITLE_SIZES:
        face, height = font(size, _BOLD), int(size * _LEADING)
        limit = max(1, min(_TITLE_LINES, room // height))
        lines = wrapped(title, face, _INSIDE)
        if len(lines) <= limit:
            lines = balanced(title, face, _INSIDE)
            break
    if above:
        canvas.write((_MARGIN, top + 30), fitted([above], over, _INSIDE, 1)[0], over, look.colour)
        top += 54
    for line in fitted(lines, face, _INSIDE, limit):
        top += height
        canvas.write((_MARGIN, top - size // 4), line, face, _INK)
    if below:
        canvas.write((_MARGIN, top + 42), fitted([below], under, _INSIDE, 1)[0], under, _SOFT)


# -- colours and shapes ---------------------------------------------------------------------------------------------


class _Canvas:
    """A picture of indices, and the palette that they stand for."""

    def __init__(self) -> None:
        self._palette: dict[tuple[int, int, int], int] = {}
        self._image = Image.new("L", (WIDTH, HEIGHT), self._index(_rgb(_PAPER)))

    def png(self) -> bytes:
        """Return the picture as a file."""
        self._image.putpalette([channel for colour in self._palette for channel in colour])
        stream = BytesIO()
        self._image.save(stream, "PNG", compress_level=_COMPRESSION)
        return stream.getvalue()

    def fill(self, box: tuple[int, int, int, int], colour: str) -> None:
        """Fill a rectangle."""
        self._image.paste(self._index(_rgb(colour)), box)

    def write(self, start: tuple[int, int], words: str, face: FreeTypeFont, ink: str, ground: str = _PAPER) -> None:
        """Write one line; ``start`` is where its ink begins, on the baseline."""
        ascent, descent = face.getmetrics()
        room = int(face.size)
        mask = Image.new("L", (int(width_of(words, face)) + 2 * room, ascent + descent + room))
        ImageDraw.Draw(mask).text((room, ascent), words, 255, face, anchor="ls")
        if box := mask.getbbox():
            self._paint(mask.crop(box), (start[0], start[1] - ascent + box[1]), ink, ground)

    def bar(self, top: int, parts: Sequence[tuple[str, int, int]]) -> None:
        """Draw a bar over the whole width; what nobody reported on is hatched, for it is not known."""
        width, height = _INSIDE * _FINE, _BAR * _FINE
        whole = Image.new("L", (width, height))
        ImageDraw.Draw(whole).rounded_rectangle((0, 0, width - 1, height - 1), 8 * _FINE, 255)
        for status, start, share in parts:
            left, right = width * start // 1000, width * (start + share) // 1000
            gap = 3 * _FINE if right < width else 0
            size = max(_FINE, right - left - gap), height
            part = Image.new("L", size, 255)
            if status == "unreported":
                part.paste(70, (0, 0, *size))
                for x in range(-height, right, 14 * _FINE):
                    ImageDraw.Draw(part).line((x, height, x + height, 0), 160, 4 * _FINE)
            mask = ImageChops.multiply(part, whole.crop((left, 0, left + size[0], height))).reduce(_FINE)
            self._paint(mask, (_MARGIN + left // _FINE, top), STATUS_COLOURS[status].light, _PAPER)

    def mark(self, left: int, middle: int, ground: str, svg: str) -> int:
        """Draw the site's mark, and return its width: 0 if there is none that can be drawn."""
        try:
            png = resvg_py.svg_to_bytes(svg_string=svg, width=4 * _MARK, height=_MARK, skip_system_fonts=True)
        except ValueError:
            return 0
        drawn = Image.open(BytesIO(png)).convert("RGBA")
        whole = Image.new("RGBA", drawn.size, ground)
        whole.alpha_composite(drawn)
        few = whole.convert("RGB").quantize(_MARK_COLOURS, dither=Image.Dither.NONE)
        channels = few.getpalette() or []
        table = [self._index((r, g, b)) for r, g, b in zip(*[iter(channels)] * 3, strict=True)]
        indices = Image.frombytes("L", few.size, few.tobytes())
        self._image.paste(indices.point([*table, *[0] * (256 - len(table))]), (left, middle - few.height // 2))
        return few.width

    def _paint(self, mask: Image.Image, corner: tuple[int, int], ink: str, ground: str) -> None:
        """Put a colour on a ground, as strongly as the mask says at each point."""
        pairs = tuple(zip(_rgb(ground), _rgb(ink), strict=True))
        ramp = []
        for step in range(_STEPS + 1):
            red, green, blue = (a + (b - a) * step // _STEPS for a, b in pairs)
            ramp.append(self._index((red, green, blue)))
        steps = [(strength * _STEPS + 127) // 255 for strength in range(256)]
        indices = mask.point([ramp[step] for step in steps])
        self._image.paste(indices, corner, mask.point([255 * bool(step) for step in steps]))

    def _index(self, colour: tuple[int, int, int]) -> int:
        """Return a colour's place in the palette."""
        return self._palette.setdefault(colour, len(self._palette))


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue
