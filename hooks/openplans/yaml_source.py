"""From the bytes of a YAML file to plain text values, with the place of every key and value.

Nothing is typed here: ``no``, ``010`` and ``2026-02-30`` stay the characters that somebody wrote. The bytes pass
four walls before any of them is kept: size, strict UTF-8, characters nobody can see, and an event scan that
refuses anchors, aliases, tags, merge keys, duplicate keys and deep nesting. Only the tame part of YAML that
people write by hand gets through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml

from .diagnostic import Diagnostic, Place
from .yaml_mistakes import KEY_LIMIT, At, mistake_in

SIZE_LIMIT = 1024 * 1024
DEPTH_LIMIT = 32
LINE_LIMIT = 20_000

#: libyaml when it is there: ten times faster, the same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]
_T = TypeVar("_T")

_HIDDEN_BREAKS = "\x85\u2028\u2029"
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@dataclass(slots=True)
class Document:
    """What one file says: nested mappings, lists and texts, and where each of them stands."""

    path: str
    data: dict[str, Any] = field(default_factory=dict)
    key_marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    value_marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    #: The bytes of a faultless document: its places are many, hardly ever asked for, and found again when they are.
    content: bytes | None = None
    _made: dict[str, tuple[object, Any]] = field(default_factory=dict)

    def once(self, name: str, source: object, make: Callable[[], _T]) -> _T:
        """Return what ``make`` makes of this document and ``source``; it is made again only for another source."""
        if name not in self._made or self._made[name][0] != source:
            self._made[name] = (source, make())
        found: _T = self._made[name][1]
        return found

    def key_place(self, where: Sequence[str | int]) -> Place:
        """Return the place of the key (or list item) at ``where``, or of its nearest written parent."""
        self._find_places()
        return self._place(where, self.key_marks)

    def value_place(self, where: Sequence[str | int]) -> Place:
        """Return the place of the value at ``where``, or of its nearest written parent."""
        self._find_places()
        return self._place(where, self.value_marks)

    def _find_places(self) -> None:
        if self.content is not None:
            again = _built(self.content, self.path)
            self.key_marks, self.value_marks, self.content = again.key_marks, again.value_marks, None

    def _place(self, where: Sequence[str | int], marks: dict[Path, tuple[int, int]]) -> Place:
        found: Path = ()
        for step in where:
            # A step that was not written (an index added where one item stands for a list) is passed over.
            if (*found, step) in self.value_marks:
                found = (*found, step)
        chosen = marks if found == tuple(where) or found in marks else self.value_marks
        line, column = chosen.get(found, (1, 1))
        return Place(self.path, line, column)


class _Refused(Exception):
    """Reading cannot go on; the diagnostic says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def read_yaml(content: bytes, path: str) -> Document:
    """Return the document in ``content``; its ``diagnostics`` tell everything that was refused."""
    document = _built(content, path)
    return document if document.diagnostics else Document(path, document.data, content=content)


def _built(content: bytes, path: str) -> Document:
    document = Document(path)
    try:
        text = _decode(content, path)
        _check_lines(text, path)
        _Builder(document, text).build()
    except _Refused as refusal:
        document.diagnostics.append(refusal.diagnostic)
    return document


def _refuse(code: str, path: str, line: int = 1, column: int = 1, **values: str) -> _Refused:
    return _Refused(Diagnostic(code, Place(path, line, column), values))


def _decode(content: bytes, path: str) -> str:
    if len(content) > SIZE_LIMIT:
        raise _refuse("OP101", path, found=str(len(content)), limit=str(SIZE_LIMIT))
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        (len(content) > 3 and content[1:2] == b"\0") or content[:1] == b"\0"
    ):
        raise _refuse("OP102", path, guess="UTF-16")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise _refuse("OP102", path, line, column, guess="Windows-1257") from None
    return text.removeprefix("\ufeff")


def _check_lines(text: str, path: str) -> None:
    if "\r" in text and "\n" not in text:
        raise _refuse("OP104", path)
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LINE_LIMIT:
            raise _refuse("OP217", path, number, 1, found=str(len(line)), limit=str(LINE_LIMIT))
        if line.startswith(("<<<<<<< ", ">>>>>>> ")) or line.rstrip("\r") == "=======":
            raise _refuse("OP213", path, number)
        if line.isprintable():
            continue
        for column, character in enumerate(line.removesuffix("\r"), start=1):
            is_odd_indent = character not in " \t" and not line[:column].strip()
            if is_odd_indent or _is_forbidden(character):
                raise _refuse("OP103", path, number, column, found=f"U+{ord(character):04X}")


def _is_forbidden(character: str) -> bool:
    if character == "\t" or character.isprintable():
        return False
    if character in _INVISIBLE or character in _HIDDEN_BREAKS or 0xE0000 <= ord(character) <= 0xE007F:
        return True
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn") or ord(character) & 0xFFFE == 0xFFFE


class _Builder:
    """Builds the document from libyaml's events, refusing what hand-written data never needs."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.lines = text.split("\n")
        self.text = text

    def build(self) -> None:
        root: Any = None
        try:
            events = self._events()
            documents = 0
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise self._refuse("OP212", event.start_mark)
                elif isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                    root = self._node(event, events, (), 1)
        except yaml.YAMLError as error:
            raise _Refused(mistake_in(error, self.lines, self.document.path)) from None
        if not isinstance(root, dict):
            unspaced = re.match(r"[^\s:]+:\S.*", str(root)) if isinstance(root, str) else None
            if unspaced:
                raise _refuse("OP210", self.document.path, found=unspaced[0][:40])
            raise _refuse("OP214", self.document.path)
        self.document.data = root

    def _events(self) -> Iterator[Any]:
        events: Iterator[Any] = yaml.parse(self.text, Loader=_LOADER)
        for event in events:
            if isinstance(event, yaml.AliasEvent):
                raise self._refuse("OP205", event.start_mark, found=f"*{event.anchor}")
            if getattr(event, "anchor", None):
                raise self._refuse("OP205", event.start_mark, found="&" + event.anchor)
            if getattr(event, "tag", None):
                raise self._refuse("OP205", event.start_mark, found=str(event.tag).replace("tag:yaml.org,2002:", "!!"))
            yield event

    def _node(self, event: Any, events: Iterator[Any], where: Path, depth: int) -> Any:
        mark = event.start_mark
        if depth > DEPTH_LIMIT:
            raise self._refuse("OP206", mark, limit=str(DEPTH_LIMIT))
        self.document.value_marks[where] = (mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            for child in events:
                if isinstance(child, yaml.SequenceEndEvent):
                    break
                items.append(self._node(child, events, (*where, len(items)), depth + 1))
            return items
        return self._mapping(events, where, depth)

    def _mapping(self, events: Iterator[Any], where: Path, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_event in events:
            if isinstance(key_event, yaml.MappingEndEvent):
                break
            mark = key_event.start_mark
            if not isinstance(key_event, yaml.ScalarEvent):
                raise self._refuse("OP211", mark)
            key = unicodedata.normalize("NFC", key_event.value)
            if key == "<<":
                raise self._refuse("OP205", mark, found="<<")
            if len(key) > KEY_LIMIT:
                raise self._refuse("OP217", mark, found=str(len(key)), limit=str(KEY_LIMIT))
            here = (*where, key)
            if key in mapping:
                first_line, _ = self.document.key_marks[here]
                self._report("OP207", mark, key=key, first=str(first_line))
                self._node(next(events), events, (*where, key, "\0duplicate"), depth + 1)
                continue
            self.document.key_marks[here] = (mark.line + 1, mark.column + 1)
            mapping[key] = self._node(next(events), events, here, depth + 1)
        return mapping

    def _scalar(self, event: Any) -> str:
        value: str = event.value
        for character in value:
            if not character.isprintable() and character != "\n" and _is_forbidden(character):
                raise self._refuse("OP103", event.start_mark, found=f"U+{ord(character):04X}")
        end = event.end_mark
        if "\t" in value:
            column = self.lines[event.start_mark.line].find("\t", event.start_mark.column)
            self._report("OP202", At(event.start_mark.line, column) if column >= 0 else event.start_mark)
        if event.style not in ("|", ">") and end.line < len(self.lines):
            # ` #5` after a text is a comment to YAML and a loss to the person who typed it.
            lost = re.match(r"\s+(#\S.*)", self.lines[end.line][end.column :])
            if lost:
                self._report("OP215", end, found=lost[1][:40])
        return value

    def _report(self, code: str, mark: Any, **values: str) -> None:
        place = Place(self.document.path, mark.line + 1, mark.column + 1)
        self.document.diagnostics.append(Diagnostic(code, place, values))

    def _refuse(self, code: str, mark: Any, **values: str) -> _Refused:
        return _refuse(code, self.document.path, mark.line + 1, mark.column + 1, **values)
