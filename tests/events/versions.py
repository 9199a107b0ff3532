"""A scripted history of a few events, the calendars published after each step of it, and what programs make of them.

Every step says what it changes in calendars; :func:`wrong_revisions` tells where the calendars say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from openplans.history import ledger_of_folder
from openplans.load import load_dataset
from openplans.publication import Publication
from unit.scripted import GIT, ORGANIZATION, SITE, ZONE, Repository

from .linter import events_of
from .published import calendars

LANGUAGES = ("lt", "lv", "en")
ADDRESS = "https://pievos.example/planai/"
EVENTS = ORGANIZATION + "events/"
#: What begins the UIDs of the organization's events, and what ends them.
OURS, DOMAIN = "pievos.", "@pievos.example"
REVISION = ("LAST-MODIFIED", "SEQUENCE", "CREATED")

PEOPLE = "name: Pievos\nsource_language: lt\nemail: labas@pievos.example\n"
TRAINING = """\
title: {lt: Mokymai, en: Training}
kind: training
summary:
  lt: Kaip rašyti planą, kurio laikomasi.
  en: How to write a plan that is kept.
when: {on: 2027-06-10T18:00/2027-06-10T20:00}
mode: in_person
place: {name: Salė, address: Šilo g. 1}
registration: {url: https://forms.example/1, closes: 2027-06-01}
languages: [lt]
"""
TRAINING_LAID_OUT_ANEW = """\
# Mokymai
languages:
  - lt
registration:
  closes: 2027-06-01
  url: 'https://forms.example/1'
place:
  address: "Šilo g. 1"
  name: Salė
mode: in_person
when:
  on: 2027-06-10T18:00/2027-06-10T20:00
kind: training
title:
  en: Training
  lt: "Mokymai"
summary:
  en: >-
    How to write a plan
    that is kept.
  lt: Kaip rašyti planą, kurio laikomasi.
"""
HIKE = "title: Žygis\nkind: other\nwhen: {on: 2027-06-12}\n"
PICNIC = "title: {lt: Iškyla, lv: Izbraukums, en: Picnic}\nkind: other\nwhen: {on: 2027-06-19/2027-06-20}\n"
CHOIR = "title: {lt: Choras, lv: Koris, en: Choir}\nkind: meeting\nwhen:\n  rule:\n    every: week\n    day: 2\n"
CHOIR += "    at: 18:00/19:30\n    within: 2027-06\n"
WEEKS = tuple(f"choras.2027-w{number}" for number in range(22, 27))
START = {
    "site.yml": SITE,
    ORGANIZATION + "organization.yml": PEOPLE,
    EVENTS + "mokymai.yml": TRAINING,
    EVENTS + "zygis.yml": HIKE,
    EVENTS + "iskyla.yml": PICNIC,
    EVENTS + "choras.yml": CHOIR,
}


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """Return a file with some of its text replaced; each piece must be there."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


@dataclass(frozen=True)
class Change:
    """A commit, and what it changes in the calendar of everything; meetings are named as in UIDs."""

    words: str
    #: When the committer's clock says that it was made, and when calendars are told that it was.
    at: str
    files: Mapping[str, str | None]
    #: Whose time, place or status it changes.
    settled: frozenset[str] = frozenset()
    #: What else of whom it changes, in these languages.
    shown: frozenset[str] = frozenset()
    languages: tuple[str, ...] = LANGUAGES
    come: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    told: str = ""

    @property
    def moment(self) -> datetime:
        """When calendars are told that it was."""
        return datetime.fromisoformat(f"{self.told or self.at}:00+00:00")


MOVED = changed(TRAINING_LAID_OUT_ANEW, ("2027-06-10T18:00/2027-06-10T20:00", "2027-06-10T17:00/2027-06-10T19:00"))
RETITLED = ('lt: "Mokymai"', "lt: Planavimo mokymai")
TRANSLATED = ("  en: Training\n", "  en: Training\n  lv: Apmācības\n")
ELSEWHERE = ("name: Salė", "name: Biblioteka")
RESCHEDULED = changed(
    MOVED,
    RETITLED,
    TRANSLATED,
    ELSEWHERE,
    ("2027-06-10T17:00/2027-06-10T19:00", "2027-06-17T17:00/2027-06-17T19:00"),
)
RESCHEDULED += "status: rescheduled\nreason: Remontas.\nprevious: [2027-06-10T17:00/2027-06-10T19:00]\n"
ONE_OFF = CHOIR + "occurrences:\n  - {id: 2027-w24, status: cancelled, reason: Vadovė serga.}\n"
ONE_MOVED = ONE_OFF + "  - {id: 2027-w26, when: {on: 2027-06-30T18:00/2027-06-30T19:30}}\n"
EVERYTHING = frozenset({"mokymai", "zygis", "iskyla", *WEEKS})

CHANGES = (
    Change("announce three events and a series", "2027-02-01T12:00", START, come=EVERYTHING),
    Change(
        "lay a file out anew and reorder its keys", "2027-02-02T12:00", {EVENTS + "mokymai.yml": TRAINING_LAID_OUT_ANEW}
    ),
    Change(
        "describe another event",
        "2027-02-03T12:00",
        {EVENTS + "iskyla.yml": PICNIC + "summary: {lt: Prie upės., lv: Pie upes., en: By the river.}\n"},
        shown=frozenset({"iskyla"}),
    ),
    Change(
        "retitle the original, which is shown where a translation lacks",
        "2027-02-04T12:00",
        {EVENTS + "mokymai.yml": changed(TRAINING_LAID_OUT_ANEW, RETITLED)},
        shown=frozenset({"mokymai"}),
        languages=("lt", "lv"),
    ),
    Change(
        "translate into one language",
        "2027-02-05T12:00",
        {EVENTS + "mokymai.yml": changed(TRAINING_LAID_OUT_ANEW, RETITLED, TRANSLATED)},
        shown=frozenset({"mokymai"}),
        languages=("lv",),
    ),
    Change(
        "move the time of day",
        "2027-02-06T12:00",
        {EVENTS + "mokymai.yml": changed(MOVED, RETITLED, TRANSLATED)},
        settled=frozenset({"mokymai"}),
    ),
    Change(
        "change the place",
        "2027-02-07T12:00",
        {EVENTS + "mokymai.yml": changed(MOVED, RETITLED, TRANSLATED, ELSEWHERE)},
        settled=frozenset({"mokymai"}),
    ),
    Change("reschedule", "2027-02-08T12:00", {EVENTS + "mokymai.yml": RESCHEDULED}, settled=frozenset({"mokymai"})),
    Change(
        "cancel one evening of the series",
        "2027-02-09T12:00",
        {EVENTS + "choras.yml": ONE_OFF},
        settled=frozenset({"choras.2027-w24"}),
    ),
    Change(
        "move one evening of the series",
        "2027-02-10T12:00",
        {EVENTS + "choras.yml": ONE_MOVED},
        settled=frozenset({"choras.2027-w26"}),
    ),
    Change(
        "cancel an event",
        "2027-02-11T12:00",
        {EVENTS + "zygis.yml": HIKE + "status: cancelled\nreason: Audra.\n"},
        settled=frozenset({"zygis"}),
    ),
    Change(
        "move an event by a clock that is days behind",
        "2027-02-05T12:00",
        {EVENTS + "iskyla.yml": changed(PICNIC, ("06-19/2027-06-20", "06-26/2027-06-27"))},
        settled=frozenset({"iskyla"}),
        told="2027-02-11T12:00",
    ),
    Change(
        "rename the organization",
        "2027-02-13T12:00",
        {ORGANIZATION + "organization.yml": changed(PEOPLE, ("name: Pievos", "name: Pievos ir miškai"))},
        shown=EVERYTHING,
    ),
    Change(
        "drop one evening of the series",
        "2027-02-14T12:00",
        {EVENTS + "choras.yml": changed(ONE_MOVED, ("    within:", "    skip: [2027-06-22]\n    within:"))},
        settled=frozenset({"choras.2027-w25"}),
    ),
    Change("delete an event", "2027-02-15T12:00", {EVENTS + "iskyla.yml": None}, settled=frozenset({"iskyla"})),
    Change(
        "do something else a month later",
        "2027-03-20T12:00",
        {ORGANIZATION + "committees/taryba.yml": "name: Taryba\n"},
        left=frozenset({"choras.2027-w25", "iskyla"}),
    ),
)
#: The last version in which everything is still told that was ever announced.
COMPLETE = len(CHANGES) - 2


@dataclass(frozen=True)
class Version:
    """The data after a change, on the day of it."""

    change: Change
    publication: Publication
    #: The calendar of everything, by language.
    feeds: Mapping[str, bytes] = field(repr=False)


def published(repository: Repository, today: date) -> Publication:
    """Return what a repository's files and commits publish on a day."""
    loading = load_dataset(repository.data)
    assert loading.dataset is not None and not loading.diagnostics, loading.diagnostics
    ledger = ledger_of_folder(repository.data, GIT, ZONE, loading.dataset.site.languages)
    assert not ledger.reason, ledger.reason
    return Publication(loading.dataset, today, ADDRESS, {}, ledger)


def play(folder: Path, changes: Iterable[Change] = CHANGES) -> tuple[Version, ...]:
    """Make a repository of changes in an empty folder and return its versions."""
    repository, found = Repository(folder), []
    for change in changes:
        repository.commit(f"{change.at}:00+00:00", change.files)
        publication = published(repository, change.moment.date())
        found.append(Version(change, publication, feeds_of_version(publication)))
    return tuple(found)


def feeds_of_version(
    publication: Publication, name: str = "all", languages: tuple[str, ...] = LANGUAGES
) -> dict[str, bytes]:
    """Return a calendar by language."""
    return {path.partition("/")[0]: content for path, content in calendars(publication, (name,), languages).items()}


def again(versions: Sequence[Version]) -> tuple[Version, ...]:
    """Return versions with their Lithuanian calendar made anew, by code that a test may have changed meanwhile."""
    # A publication keeps what was derived once, so each is made anew.
    return tuple(replace(v, feeds=feeds_of_version(replace(v.publication), languages=("lt",))) for v in versions)


def keys_of(content: bytes) -> dict[str, dict[str, str]]:
    """Return the entries of a calendar by what is theirs of the UID: ``choras.2027-w24``."""
    return {uid.removeprefix(OURS).removesuffix(DOMAIN): event for uid, event in events_of(content).items()}


# -- what every step must say ----------------------------------------------------------------------------------


def wrong_revisions(versions: Sequence[Version]) -> list[str]:
    """Return where calendars tell another history than the script."""
    return [f"{after.change.words}: {found}" for before, after in pairs(versions) for found in _wrong(before, after)]


def pairs(versions: Sequence[Version]) -> Iterator[tuple[Version | None, Version]]:
    """Yield each version with the one before it."""
    yield from zip((None, *versions[:-1]), versions, strict=True)


def _wrong(before: Version | None, after: Version) -> Iterator[str]:
    change = after.change
    for language in after.feeds:
        old = keys_of(before.feeds[language]) if before else {}
        new = keys_of(after.feeds[language])
        if new.keys() - old.keys() != change.come or old.keys() - new.keys() != change.left:
            yield f"{language}: came {new.keys() - old.keys()}, left {old.keys() - new.keys()}"
        for key in new:
            known, event = old.get(key), new[key]
            is_settled = key in change.settled | change.come
            is_shown = is_settled or (key in change.shown and language in change.languages)
            where = f"{language}: {key}"
            if not is_shown:
                if event != known:
                    yield f"{where} is told otherwise for no reason"
                continue
            if event == known:
                yield f"{where} is told as before"
            yield from (f"{where}: {found}" for found in _wrong_stamps(event, known, change, is_settled=is_settled))


def _wrong_stamps(
    event: Mapping[str, str], known: Mapping[str, str] | None, change: Change, *, is_settled: bool
) -> Iterator[str]:
    """Check the revision of an entry that changed."""
    stamp = f"{change.moment:%Y%m%dT%H%M%SZ}"
    if (event["DTSTAMP"], event.get("LAST-MODIFIED")) != (stamp, stamp):
        yield f"stamped {event['DTSTAMP']}, modified {event.get('LAST-MODIFIED')}, not {stamp}"
    minutes = int((change.moment - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds()) // 60
    expected = str(minutes) if is_settled or known is None else known.get("SEQUENCE")
    if event.get("SEQUENCE") != expected:
        yield f"SEQUENCE {event.get('SEQUENCE')}, not {expected}"
    if known is not None and int(event.get("SEQUENCE", -1)) < int(known.get("SEQUENCE", -1)):
        yield "SEQUENCE went back"
    created = known.get("CREATED") if known else stamp
    # Of what is gone, it is not told any more when it was announced.
    if event.get("CREATED", created) != created:
        yield f"CREATED {event.get('CREATED')}, not {created}"


# -- what programs make of it ----------------------------------------------------------------------------------

Copy = dict[str, dict[str, str]]


def merge_if_modified(copy: Copy, feed: bytes) -> Copy:
    """Bring a copy up to date as ICSx5 does: a known entry is read again only if it was modified since, and what the
    feed has no longer is deleted.
    """
    new = events_of(feed)
    return {uid: event if _is_newer(event, copy.get(uid)) else copy[uid] for uid, event in new.items()}


def _is_newer(event: Mapping[str, str], known: Mapping[str, str] | None) -> bool:
    if known is None or "LAST-MODIFIED" not in event or "LAST-MODIFIED" not in known:
        return True
    return event["LAST-MODIFIED"] > known["LAST-MODIFIED"]


def merge_by_revision(copy: Copy, feed: bytes) -> Copy:
    """Bring a copy up to date by RFC 5546: the higher SEQUENCE counts, then the later DTSTAMP; nothing is deleted."""

    def revision(event: Mapping[str, str]) -> tuple[int, str]:
        return int(event.get("SEQUENCE", 0)), event["DTSTAMP"]

    merged = dict(copy)
    for uid, event in events_of(feed).items():
        if uid not in merged or revision(event) > revision(merged[uid]):
            merged[uid] = event
    return merged


def stale_copies(versions: Sequence[Version], merge: Callable[[Copy, bytes], Copy]) -> list[str]:
    """Return where a copy that was there from the start differs from one that is read fresh.

    What a program does not delete by itself must have been told as cancelled before.
    """
    wrong = []
    for language in versions[0].feeds:
        copy: Copy = {}
        for version in versions:
            copy = merge(copy, version.feeds[language])
            fresh = events_of(version.feeds[language])
            for uid in copy.keys() | fresh.keys():
                is_left_over = uid not in fresh and copy[uid]["STATUS"] == "CANCELLED"
                if copy.get(uid) != fresh.get(uid) and not is_left_over:
                    wrong.append(f"{version.change.words}: {language}: {uid}")
    return wrong
