"""The layout printed once for many pages: what differs from page to page is put into the places where it stood.

The layout is costly and nearly the same on all pages of a folder. It is printed with words of our own in the place of
what differs (:data:`_BLANKS`); these must come out just as they went in, once each where that matters. If they do not,
because the theme or an override has changed, every such page is printed whole: slower, and never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from .frame import Frame

# Letters only: filters for addresses, for HTML and for JSON leave them as they are.
_SLUG, _TITLE, _DESCRIPTION, _CONTENT = "QzSlugzQ", "QzTitlezQ", "QzDescriptionzQ", "QzContentzQ"
_ANCHOR, _ENTRY, _LIST = "QzAnchorzQ", "QzEntryzQ", "QzListzQ"
#: Files that belong to a page. No page lies where they do, so the way there is the same from all pages of a folder.
_FILES = {"calendar": "QzCalendarzQ", "feed": "QzFeedzQ", "embed": "QzEmbedzQ"}
_BLANKS = re.compile(f"({'|'.join((_SLUG, _TITLE, _DESCRIPTION, _CONTENT, _LIST, *_FILES.values()))})")
_ITEM = rf"<li\b(?:(?!</?li\b).)*{_ANCHOR}(?:(?!</?li\b).)*</li>"
#: Two lines of the page's contents, and what stands between them.
_ITEMS = re.compile(rf"({_ITEM})(\s*)({_ITEM})", re.DOTALL)
#: So many printed layouts are kept.
_LAYOUTS = 100
#: What to say when pages have to be printed whole.
SLOWER = (
    "The layout does not print what it is given as it used to (did the theme or an override change?); "
    "each page is laid out by itself, which takes longer."
)
Layout = Callable[[Frame, str], str]


class Splicer:
    """Puts pages together; without ``is_on`` each is printed whole, which is what the other way is measured by."""

    def __init__(self, layout: Layout, warn: Callable[[], None], *, is_on: bool = True) -> None:
        self._layout = layout
        self._warn = warn
        self._is_on = is_on
        #: Those that were used last come last.
        self._cut: dict[Frame, _Cut] = {}

    def page(self, frame: Frame, content: str) -> str:
        """Return a whole page."""
        if not self._is_on:
            return self._layout(frame, content)
        blank = _blank(frame)
        cut = self._cut.pop(blank, None)
        if cut is None:
            made = _Cut.of(self._layout(blank, _CONTENT), has_contents=bool(blank.contents))
            if made is None:
                self._is_on = False
                self._warn()
                return self._layout(frame, content)
            cut = made
        self._cut[blank] = cut
        if len(self._cut) > _LAYOUTS:
            # Pages of one folder follow each other; a site has very many folders.
            del self._cut[next(iter(self._cut))]
        return cut.filled(frame, content)


def _blank(frame: Frame) -> Frame:
    """Return the frame that this page shares with others."""
    end = f"/{frame.slug}/"
    is_listed = any(link.href == frame.path for entry in frame.navigation for link in (entry.link, *entry.below))

    def blanked(path: str) -> str:
        return path[: -len(end)] + f"/{_SLUG}/" if path.endswith(end) else path

    others = frame.alternates
    if frame.slug and not is_listed and all(path.endswith(end) for *_, path in others):
        others = tuple((code, name, blanked(path)) for code, name, path in others)
        path = blanked(frame.path)
    else:
        path = frame.path
    return replace(
        frame,
        path=path,
        title=_TITLE,
        description=_DESCRIPTION if frame.description else "",
        contents=((_ANCHOR, _ENTRY),) * 2 if frame.contents else (),
        alternates=others,
        more=tuple((name, _blank_file(name, told) if name in _FILES else told) for name, told in frame.more),
    )


def _blank_file(name: str, path: str) -> str:
    folder, file = _folder_and_file(path)
    return folder + _FILES[name] if file else path


def _folder_and_file(path: str) -> tuple[str, str]:
    """Return the folder for all files of a kind in one language, as in ``calendars/lt/``, and what lies there."""
    *folder, file = path.split("/", 2)
    return "".join(f"{step}/" for step in folder), file


@dataclass(frozen=True, slots=True)
class _Cut:
    """A printed layout in pieces; every second one is a blank. ``item`` is a line of the page's contents."""

    pieces: tuple[str, ...]
    item: str
    between: str

    @classmethod
    def of(cls, printed: str, *, has_contents: bool) -> _Cut | None:
        """Cut a layout; None unless all blanks are there as expected."""
        item = between = ""
        if has_contents:
            found = _ITEMS.findall(printed)
            if len(found) != 1 or found[0][0] != found[0][2] or found[0][0].count(_ENTRY) != 1:
                return None
            item, between, _ = found[0]
            printed = _ITEMS.sub(_LIST, printed)
        pieces = tuple(_BLANKS.split(printed))
        if pieces.count(_CONTENT) != 1 or _TITLE not in pieces or re.search("Qz|zQ", "".join(pieces[::2])):
            return None
        return cls(pieces, item, between)

    def filled(self, frame: Frame, content: str) -> str:
        """Return the page with everything in its place."""
        fills: Mapping[str, str] = {
            _SLUG: frame.slug,
            _TITLE: frame.title,
            _DESCRIPTION: frame.description,
            _CONTENT: content,
            _LIST: self.between.join(
                self.item.replace(_ANCHOR, anchor).replace(_ENTRY, title) for anchor, title in frame.contents
            ),
            **{_FILES[name]: _folder_and_file(told)[1] for name, told in frame.more if name in _FILES},
        }
        filled = list(self.pieces)
        filled[1::2] = [fills[piece] for piece in self.pieces[1::2]]
        return "".join(filled)
