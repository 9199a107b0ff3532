"""Changes in words: a sentence of the page's language, and beside it texts of plans, each in its own language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .changes import Change
from .date_words import period_in_words, when_in_words
from .language import LocalizedText, Shown
from .ledger import Entry, Key
from .ledger import title_of as title_of_record
from .messages import Messages
from .model import Organization, When
from .model.periods import parse_period
from .publication import Publication
from .routes import PageKind, Route


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words; ``quotes`` are texts of the plan with a word before each (``Was:``)."""

    sentence: str
    quotes: tuple[tuple[str, Shown], ...] = ()
    #: The action that took over a merged one.
    target: Key | None = None
    detail: Shown | None = None

    @property
    def text(self) -> str:
        """Everything but the sentence, for outputs that hold plain text."""
        parts = [f"{label} {shown.text}" for label, shown in self.quotes]
        return " ".join([*parts, *([self.detail.text] if self.detail else [])])


def told(change: Change, publication: Publication, t: Messages) -> Told:
    """Return a change in the language of ``t``."""
    if change.members:
        first = change.members[0].entry
        assert first is not None
        return Told(t(f"ledger.many.{first.kind}", len(change.members)))
    if change.entry is not None:
        return _Words(change.entry, change.organization, publication, t).told(change)
    detail = _detail(change, publication, t)
    if change.update is not None:
        return Told(t("changes.reported", status=t(f"status.{change.update.status}")), detail=detail)
    assert change.approval is not None
    return Told(t(f"changes.{change.approval.kind}", number=change.approval.number or "–"), detail=detail)


def text_in(texts: Mapping[str, str], source: str, publication: Publication, language: str) -> Shown:
    """Return a text of the past; a language that the site has no more is not chosen if there is another."""
    known = {code: text for code, text in texts.items() if code in publication.languages}
    return (
        LocalizedText(known or texts, source).shown(language) if known else Shown(next(iter(texts.values())), language)
    )


def route_of(key: Key, publication: Publication, language: str) -> Route | None:
    """Return the page of a record, or of what it belonged to where it has none."""
    if publication.has_page(key):
        return Route(PageKind(key.kind), language, key.organization, key.plan, key.item)
    if key.kind in ("action", "section"):
        return route_of(Key("plan", key.organization, key.plan), publication, language)
    return (
        None if key.kind == "organization" else route_of(Key("organization", key.organization), publication, language)
    )


def subject_of(change: Change, publication: Publication, language: str) -> Shown:
    """Return the title of what the change happened to."""
    return text_in(dict(change.subject.items()), change.subject.source_language, publication, language)


def title_of(key: Key, publication: Publication, language: str) -> Shown:
    """Return the title of a record, or its last known title if it is gone; KeyError for one that never was."""
    if key in publication.records:
        return title_of_record(publication.records[key]).shown(language)
    removed = publication.removed[key]
    return text_in(removed.title, removed.language, publication, language)


def _detail(change: Change, publication: Publication, t: Messages) -> Shown | None:
    if change.detail is None:
        return None
    return text_in(dict(change.detail.items()), change.detail.source_language, publication, t.language)


class _Words:
    """Puts one entry into words."""

    def __init__(self, entry: Entry, organization: Organization, publication: Publication, t: Messages) -> None:
        self.entry = entry
        self.organization = organization
        self.publication = publication
        self.t = t

    def told(self, change: Change) -> Told:
        entry, t = self.entry, self.t
        quotes: list[tuple[str, Shown]] = []
        target = None
        if entry.kind in ("deadline_moved", "event_moved", "postponed"):
            sentence = self._both(entry.kind, self._times(entry.before), self._times(entry.after))
        elif entry.kind == "money_changed":
            sentence = self._both(entry.kind, self._amounts(entry.before), self._amounts(entry.after))
        elif entry.kind == "target_changed":
            sentence = t(
                f"ledger.target.{entry.detail}", before=self._target(entry.before), after=self._target(entry.after)
            )
        elif entry.kind == "status_changed":
            sentence = t("ledger.status_changed", before=self._status(entry.before), after=self._status(entry.after))
        elif entry.kind == "reworded":
            sentence = t("ledger.reworded", field=t(f"ledger.field.{entry.detail}"))
            quotes = [*self._quotes("was", entry.before), *self._quotes("now", entry.after)]
        elif entry.kind == "translated":
            names = [t.locale.languages.get(code, code) for code in entry.after]
            sentence = t("ledger.translated", languages=t.list_of(names))
        elif entry.kind == "responsible_changed":
            sentence = t("ledger.responsible_changed")
            quotes = [*self._bodies("was", entry.before), *self._bodies("now", entry.after)]
        else:
            sentence = self._plain()
        if entry.kind == "merged":
            target = Key("action", entry.record.organization, entry.record.plan, entry.after)
        name = self._name()
        if name is not None:
            quotes.insert(0, (t(f"ledger.inside.{self._inside()}"), name))
        detail = _detail(change, self.publication, t)
        if detail is not None and entry.reason:
            quotes.append((t("ledger.reason"), detail))
            detail = None
        return Told(sentence, tuple(quotes), target, detail)

    def _plain(self) -> str:
        """Return the sentence of a kind without values; a date of a series has words of its own."""
        kind, times = self.entry.kind, self._times(self.entry.after) if self.entry.kind == "event_announced" else ""
        if self.entry.part and kind == "event_announced":
            return self.t(
                "ledger.occurrence_announced" if times else "ledger.occurrence_announced_undated", after=times
            )
        if self.entry.part and kind == "event_removed":
            return self.t("ledger.occurrence_removed")
        return self.t(f"ledger.{kind}")

    def _both(self, kind: str, before: str, after: str) -> str:
        form = "both" if before and after else "after" if after else "before" if before else "neither"
        return self.t(f"ledger.{kind}.{form}", before=before, after=after)

    def _name(self) -> Shown | None:
        """Return what inside the record changed: an indicator, a section, a date of a series."""
        entry = self.entry
        if entry.name:
            return text_in(entry.name, entry.language, self.publication, self.t.language)
        is_occurrence = entry.record.kind == "event" and entry.part and entry.detail != "by_event"
        return Shown(entry.part, self.t.language) if is_occurrence else None

    def _inside(self) -> str:
        """Return what the name is a name of."""
        if self.entry.detail == "by_event":
            return "event"
        if self.entry.record.kind == "event":
            return "occurrence"
        return "indicator" if self.entry.kind == "target_changed" else "section"

    def _status(self, status: str) -> str:
        if status == "scheduled":
            return self.t("ledger.scheduled")
        is_event = self.entry.record.kind == "event"
        return self.t(f"event.status.{status}" if is_event else f"status.{status}")

    def _times(self, times: Sequence[Any] | None) -> str:
        return self.t.list_of(
            [when_in_words(When.model_validate(item), self.organization, self.t) for item in times or ()]
        )

    def _amounts(self, lines: Sequence[Mapping[str, Any]]) -> str:
        return "; ".join(self._amount(line) for line in lines)

    def _amount(self, line: Mapping[str, Any]) -> str:
        t = self.t
        if line.get("amount") is None:
            return t("money.none_needed")
        words = [t.money(Decimal(line["amount"]), line["currency"])]
        if "per" in line:
            words.append(t(f"date.per.{line['per']}"))
        if line.get("breakdown"):
            words.append("(" + " + ".join(t.money(Decimal(item), line["currency"]) for item in line["breakdown"]) + ")")
        words = [" ".join(words), t(f"money.stage.{line['stage']}")]
        if line["basis"] not in ("exact", "none_needed"):
            words.append(t(f"money.basis.{line['basis']}"))
        if "period" in line:
            words.append(period_in_words(parse_period(line["period"]), self.organization, t))
        return ", ".join(words)

    def _target(self, target: Mapping[str, Any] | None) -> str:
        t = self.t
        if target is None:
            return ""
        if "times" in target:
            times = t("date.times_at_least" if target["at_least"] else "date.times", target["times"])
            return t("date.quota", times=times, unit=t(f"date.per.{target['per']}"))
        if "value" in target:
            value = self._number(target["value"], target["measure"])
            if "upper" in target:
                value = f"{value}–{self._number(target['upper'], target['measure'])}"
            words = t(f"measure.{target['comparator']}", value=value)
        elif "text" in target:
            words = text_in(target["text"], self.entry.language, self.publication, t.language).text
        else:
            words = t("measure.no_number")
        if "per" in target:
            words = t("measure.per", value=words, unit=t(f"date.per.{target['per']}"))
        if "period" in target:
            period = period_in_words(parse_period(target["period"]), self.organization, t)
            words = t("date.within", words=words, period=period)
        return words

    def _number(self, text: str, measure: str) -> str:
        number = self.t.number(Fraction(text))
        return self.t("measure.percent", value=number) if measure == "percent" else number

    def _quotes(self, word: str, texts: Sequence[Mapping[str, str]]) -> list[tuple[str, Shown]]:
        shown = (text_in(text, self.entry.language, self.publication, self.t.language) for text in texts)
        return [(self.t(f"ledger.{word}"), text) for text in shown]

    def _bodies(self, word: str, bodies: Sequence[Mapping[str, Any]]) -> list[tuple[str, Shown]]:
        return [
            (
                self.t(f"ledger.{word}"),
                text_in(body["name"], self.entry.language, self.publication, self.t.language)
                if body["name"]
                else Shown(body["id"], self.t.language),
            )
            for body in bodies
        ]
