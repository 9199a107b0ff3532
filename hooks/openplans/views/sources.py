"""Where statements come from, and public notes on the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..language import Shown
from ..model import Note, Plan, SourceReference
from .scope import Scope


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A remark and the place in the document that it is about."""

    text: Shown
    place: Shown | None


def source_words(source: SourceReference | None, plan: Plan, scope: Scope) -> tuple[tuple[Shown, str], ...]:
    """Return the document and the place in it, as (text, detail) pairs; empty without a source."""
    if source is None:
        return ()
    found: list[tuple[Shown, str]] = []
    document = next((d for d in plan.sources if source.document in (None, d.id)), None)
    if document is not None:
        found.append((scope.show(document.title), document.url or ""))
    language = document.language if document else scope.organization.source_language
    if source.section is not None:
        found.append((Shown(source.section, language), ""))
    if source.row is not None:
        found.append((scope.ours("source.row", number=source.row), ""))
    if source.page is not None:
        found.append((scope.ours("source.page", number=source.page), ""))
    return tuple(found)


def note_rows(notes: Sequence[Note], scope: Scope) -> tuple[NoteRow, ...]:
    """Return notes with the place in the document that each is about."""
    return tuple(NoteRow(scope.show(note.text), _place(note.source, scope)) for note in notes)


def _place(source: SourceReference | None, scope: Scope) -> Shown | None:
    if source is None:
        return None
    parts = []
    if source.section is not None:
        parts.append(source.section)
    if source.row is not None:
        parts.append(scope.t("source.row", number=source.row))
    if source.page is not None:
        parts.append(scope.t("source.page", number=source.page))
    language = scope.organization.source_language if source.section else scope.language
    return Shown(", ".join(parts), language)
