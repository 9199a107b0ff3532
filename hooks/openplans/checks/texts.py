"""Rules of texts: no HTML, safe links, real translations, no personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from ..diagnostic import Diagnostic, Severity
from ..language import LocalizedText, foreign_words
from ..model import Organization, Record
from ..privacy import meeting_rooms, personal_data
from ..values import texts_of
from ..yaml_source import Document
from .base import Check

TITLE_LIMIT = 300

_HTML = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--|!\[|\?)")
_MARKDOWN_LINK = re.compile(r"\]\(\s*([^)\s]*)")


def check_texts(checker: Check) -> Iterator[Diagnostic]:
    dataset = checker.dataset
    yield from _in_records(checker, dataset.site.default_language, dataset.site, dataset.glossary)
    for organization in dataset.organizations:
        yield from dataset.once(
            organization,
            "texts",
            lambda: tuple(_in_records(checker, organization.source_language, *_records(organization))),  # noqa: B023
        )


def _records(organization: Organization) -> Iterator[Record]:
    """Yield every record of an organization that has a file."""
    yield from (organization, *organization.committees, *organization.events)
    for plan in organization.plans:
        yield from (plan, *plan.actions)


def _in_records(checker: Check, source: str, *records: Record) -> Iterator[Diagnostic]:
    for record in records:
        document = checker.loading.documents.get(record.path)
        if document is None:
            yield from _in_record(checker, record)
        else:
            # The text's own language is that of the organization, in another file.
            yield from document.once(
                "texts",
                (checker.dataset.site.languages, source),
                lambda: tuple(_in_record(checker, record)),  # noqa: B023 (called at once)
            )


def _in_record(checker: Check, record: Record) -> Iterator[Diagnostic]:
    for where, text in texts_of(record):
        yield from _text(checker, record, where, text)


def _text(checker: Check, record: Record, where: tuple[str | int, ...], text: LocalizedText) -> Iterator[Diagnostic]:
    languages = tuple(text)
    for language, words in text.items():
        at = (*where, language)
        html = _HTML.search(words)
        if html:
            yield checker.problem("OP801", record, at, found=html[0][:30])
        for link in _MARKDOWN_LINK.findall(words):
            if not link.startswith(("https://", "mailto:", "tel:")):
                yield checker.problem("OP802", record, at, found=link[:40])
        if where and where[-1] in ("title", "name") and len(words) > TITLE_LIMIT:
            yield checker.problem("OP307", record, at, length=str(len(words)), limit=str(TITLE_LIMIT))
        if foreign_words(words, language) > 2:
            yield checker.problem("OP610", record, at, severity=Severity.WARNING, language=language)
    source = text.source_language
    if source in languages:
        for language in languages:
            if language != source and text[language] == text[source] and len(text[source].split()) > 4:
                yield checker.problem("OP609", record, (*where, language), severity=Severity.WARNING, language=language)


def check_privacy(checker: Check) -> Iterator[Diagnostic]:
    for document in checker.loading.documents.values():
        yield from document.once("privacy", None, lambda: tuple(_privacy(document)))  # noqa: B023 (called at once)


def _privacy(document: Document) -> Iterator[Diagnostic]:
    # In nearly every document there is nothing to be found, and that is seen at once.
    everything = "\n".join(value for _, value in _scalars(document.data))
    if not any(True for _ in chain(personal_data(everything), meeting_rooms(everything))):
        return
    for where, value in _scalars(document.data):
        if where and where[-1] in ("email", "edit_url", "report_url"):
            continue
        for code, masked in personal_data(value):
            yield Diagnostic(code, document.value_place(where), {"found": masked})
        # What is meant for everybody has a key of its own.
        if where and where[-1] != "broadcast":
            for host in meeting_rooms(value):
                yield Diagnostic("OP703", document.value_place(where), {"found": f"{host}/…"})


def _scalars(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text of a document with its place."""
    left: list[tuple[tuple[str | int, ...], Any]] = [((), data)]
    while left:
        where, value = left.pop()
        if isinstance(value, str):
            yield where, value
        else:
            children = value.items() if isinstance(value, dict) else enumerate(value)
            left += [((*where, key), child) for key, child in reversed(list(children))]
