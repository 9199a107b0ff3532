"""A meeting keeps its identity in calendars through everything that happens to its file, and every program that was
here before is told what changed: in a real repository, commit by commit, down to a real calendar program's store.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openplans import gates
from openplans.checks import check
from openplans.exit_codes import CONTENT
from openplans.history import ledger_of_folder
from openplans.load import load_dataset
from openplans.project import Project
from openplans.publication import Publication
from openplans.reading import Stopped, Surroundings, read_publication
from unit.scripted import GIT, ORGANIZATION, SITE, ZONE, Repository

from .linter import complaints, events_of
from .published import calendars
from .versions import (
    ADDRESS,
    CHANGES,
    CHOIR,
    COMPLETE,
    DOMAIN,
    EVENTS,
    HIKE,
    LANGUAGES,
    OURS,
    PEOPLE,
    REVISION,
    START,
    TRAINING,
    Change,
    Copy,
    Version,
    changed,
    feeds_of_version,
    keys_of,
    merge_by_revision,
    merge_if_modified,
    play,
    published,
    stale_copies,
    wrong_revisions,
)

LATER = date(2027, 3, 1)


def sequences(feed: bytes) -> dict[str, int]:
    """Return the SEQUENCE of each entry that has one."""
    return {key: int(event["SEQUENCE"]) for key, event in keys_of(feed).items() if "SEQUENCE" in event}


def short_history(folder: Path, *commits: Mapping[str, str | None]) -> list[dict[str, dict[str, str]]]:
    """Return, after each of some commits on following days, the Lithuanian entries of the calendar of everything."""
    repository, found = Repository(folder), []
    for number, files in enumerate(commits):
        day = date(2027, 2, 1) + timedelta(days=number)
        repository.commit(day.isoformat(), {**START, **files} if number == 0 else files)
        content = feeds_of_version(published(repository, day))["lt"]
        assert complaints(content) == []
        found.append(keys_of(content))
    return found


# -- the script ------------------------------------------------------------------------------------------------


def test_no_version_has_a_wrong_byte(event_versions: tuple[Version, ...]) -> None:
    wrong = {
        (version.change.words, language): found
        for version in event_versions
        for language, content in version.feeds.items()
        if (found := complaints(content))
    }
    assert wrong == {}


@pytest.fixture(scope="module")
def wrong(event_versions: tuple[Version, ...]) -> list[str]:
    """Return where calendars tell another history than the script."""
    return wrong_revisions(event_versions)


@pytest.mark.parametrize("words", [change.words for change in CHANGES])
def test_calendars_tell_exactly_what_changed_and_when(words: str, wrong: list[str]) -> None:
    assert [found for found in wrong if found.startswith(f"{words}: ")] == []


def test_sequences_never_go_back(event_versions: tuple[Version, ...]) -> None:
    for language in LANGUAGES:
        seen: dict[str, int] = {}
        for version in event_versions:
            found = sequences(version.feeds[language])
            assert all(found[key] >= seen.get(key, 0) for key in found), version.change.words
            seen |= found


def test_nothing_changes_between_two_builds_of_one_commit(event_versions: tuple[Version, ...]) -> None:
    for version in event_versions[:3]:
        next_day = replace(version.publication, today=version.publication.today + timedelta(days=1))
        assert feeds_of_version(next_day) == version.feeds


@pytest.mark.parametrize("merge", [merge_if_modified, merge_by_revision])
def test_a_copy_kept_from_the_start_is_as_good_as_a_fresh_one(
    merge: Callable[[Copy, bytes], Copy], event_versions: tuple[Version, ...]
) -> None:
    assert stale_copies(event_versions, merge) == []


def test_the_status_of_each_meeting_is_told_in_the_end(event_versions: tuple[Version, ...]) -> None:
    entries = keys_of(event_versions[COMPLETE].feeds["en"])
    off = {key for key, event in entries.items() if event["STATUS"] == "CANCELLED"}
    assert off == {"zygis", "iskyla", "choras.2027-w24", "choras.2027-w25"}
    assert {event["TRANSP"] for key, event in entries.items() if key in off} == {"TRANSPARENT"}
    assert entries["iskyla"]["SUMMARY"] == ";LANGUAGE=en:CANCELLED: Picnic"
    assert entries["iskyla"]["DTSTART"] == ";VALUE=DATE:20270626"
    assert entries["mokymai"]["SUMMARY"] == ";LANGUAGE=en:NEW DATE: Training"


# -- a real program --------------------------------------------------------------------------------------------


class Khal:
    """A store of the calendar program khal in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "store").mkdir(parents=True)
        self.config = folder / "config"
        self.config.write_text(
            f"[calendars]\n[[feed]]\npath = {folder / 'store'}\ntype = calendar\n"
            "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%dT%H:%M\nlongdatetimeformat = %Y-%m-%dT%H:%M\n"
            "local_timezone = Europe/Vilnius\ndefault_timezone = Europe/Vilnius\nfirstweekday = 0\n"
            f"[default]\ndefault_calendar = feed\n[sqlite]\npath = {folder / 'khal.db'}\n",
            encoding="utf-8",
        )

    def run(self, *arguments: str) -> str:
        """Run a command of khal on the store."""
        program = Path(sys.executable).with_name("khal")
        assert program.is_file(), "khal is needed beside Python: it is among the packages for tests"
        surroundings = {
            **os.environ,
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
        }
        done = subprocess.run(
            [program, "-c", self.config, *arguments], env=surroundings, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def take(self, versions: Sequence[Version]) -> None:
        """Import versions one after the other."""
        files = []
        for version in versions:
            files.append(self.folder / f"{len(files):02d}-{version.publication.today}.ics")
            files[-1].write_bytes(version.feeds["lt"])
        self.run("import", "--batch", "-a", "feed", *map(str, files))

    def listing(self) -> list[str]:
        """Return what khal lists of two months, a line an event and day."""
        form = "{uid}|{start}|{end}|{title}|{location}|{description-separator}{description}|{url}|{status}"
        lines = self.run("list", "--day-format", "", "--format", form, "2027-05-20", "60d")
        return [line for line in lines.splitlines() if line]

    def entries(self) -> list[str]:
        """Return the first line of each event in the list, without the rest of its description."""
        return [line for line in self.listing() if "@pievos.example|" in line]


def test_khal_shows_after_all_versions_what_it_shows_after_the_last_alone(
    event_versions: tuple[Version, ...], tmp_path: Path
) -> None:
    kept, complete, last = (Khal(tmp_path / name) for name in ("kept", "complete", "last"))
    kept.take(event_versions[: COMPLETE + 1])
    complete.take(event_versions[COMPLETE : COMPLETE + 1])
    listed = kept.listing()
    assert listed == complete.listing()
    uids = [line.partition("|")[0] for line in listed if "@pievos.example|" in line]
    assert set(uids) == set(events_of(event_versions[COMPLETE].feeds["lt"]))
    # One line for each, and one more for the second day of one event.
    assert len(uids) == len(set(uids)) + 1
    # Khal deletes nothing by itself. What is here no more a month later is struck out in it since then.
    kept.take(event_versions[COMPLETE + 1 :])
    last.take(event_versions[COMPLETE + 1 :])
    shown, fresh = kept.entries(), last.entries()
    left_over = [line for line in shown if line not in fresh]
    assert [line for line in shown if line in fresh] == fresh
    assert {line.partition("|")[0] for line in left_over} == {
        f"{OURS}{key}{DOMAIN}" for key in ("choras.2027-w25", "iskyla")
    }
    assert all("|ATŠAUKTA: " in line for line in left_over)


# -- files and ids ---------------------------------------------------------------------------------------------


def test_a_renamed_file_is_refused_until_it_tells_its_former_id(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-02-01", START)
    repository.commit("2027-02-02", {EVENTS + "zygis.yml": None, EVENTS + "ejimas.yml": HIKE})
    problems = gates.changed_identities(published(repository, LATER))
    assert [(problem.code, problem.values["found"]) for problem in problems] == [("OP612", "zygis")]
    assert problems[0].place.path.endswith("pievos/events/ejimas.yml")


def test_a_build_with_a_changed_identity_stops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-02-01", START)
    settings, now = {"data": "data", "today": LATER.isoformat()}, datetime(2027, 3, 1, tzinfo=UTC)
    project = Project(repository.root, repository.root / "docs", settings, ADDRESS, ())

    def build() -> Publication:
        return read_publication(project, Surroundings(now, git=GIT))

    assert build().today == LATER
    repository.commit("2027-02-02", {EVENTS + "zygis.yml": None, EVENTS + "ejimas.yml": HIKE})
    with pytest.raises(Stopped) as stopped:
        build()
    assert stopped.value.contract_code == CONTENT
    assert "OP612" in capsys.readouterr().err
    repository.commit("2027-02-03", {EVENTS + "ejimas.yml": HIKE + "former_id: zygis\n"})
    assert build().meetings


def test_a_renamed_series_is_refused_until_it_tells_its_former_id(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-02-01", START)
    repository.commit("2027-02-02", {EVENTS + "choras.yml": None, EVENTS + "dainos.yml": CHOIR})
    assert [problem.code for problem in gates.changed_identities(published(repository, LATER))] == ["OP612"]
    repository.write({EVENTS + "dainos.yml": CHOIR + "former_id: choras\n"})
    loading = load_dataset(repository.data)
    assert [problem.code for problem in check(loading) if problem.code == "OP611"] == []
    assert gates.changed_identities(published(repository, LATER)) == ()


def test_an_event_whose_renamed_file_tells_its_former_id_is_the_same(tmp_path: Path) -> None:
    before, after = short_history(
        tmp_path / "repository",
        {},
        {EVENTS + "zygis.yml": None, EVENTS + "ejimas.yml": HIKE + "former_id: zygis\n"},
    )
    assert set(after) == set(before)
    assert after["zygis"]["SEQUENCE"] == before["zygis"]["SEQUENCE"]
    assert after["zygis"]["CREATED"] == before["zygis"]["CREATED"]
    assert after["zygis"]["STATUS"] == "CONFIRMED"


def test_an_event_at_another_address_is_modified_because_its_link_is(tmp_path: Path) -> None:
    before, after = short_history(
        tmp_path / "repository",
        {},
        {EVENTS + "zygis.yml": None, EVENTS + "ejimas.yml": HIKE + "former_id: zygis\n"},
    )
    assert after["zygis"]["URL"].endswith("/ejimas/") and before["zygis"]["URL"].endswith("/zygis/")
    assert after["zygis"]["LAST-MODIFIED"] > before["zygis"]["LAST-MODIFIED"]


def test_an_identity_that_was_refused_was_never_published(tmp_path: Path) -> None:
    # Renamed in one commit, which the build refused; told so in the next.
    *_, after = short_history(
        tmp_path / "repository",
        {},
        {EVENTS + "zygis.yml": None, EVENTS + "ejimas.yml": HIKE},
        {EVENTS + "ejimas.yml": HIKE + "former_id: zygis\n"},
    )
    assert "ejimas" not in after
    assert after["zygis"]["STATUS"] == "CONFIRMED"


def test_an_organization_at_another_address_can_be_published(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-02-01", START)
    moved = {path: text for path, text in START.items() if path.startswith(ORGANIZATION)}
    elsewhere = {path.replace("/pievos/", "/lankos/"): text for path, text in moved.items()}
    repository.commit("2027-02-02", {**dict.fromkeys(moved), **elsewhere})
    assert gates.changed_identities(published(repository, LATER)) == ()


# -- what is gone ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_there"), [(0, True), (30, True), (31, False), (400, False)])
def test_a_deleted_event_is_told_as_cancelled_for_thirty_days(days: int, is_there: bool, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-02-01", START)
    repository.commit("2027-02-10", {EVENTS + "mokymai.yml": None})
    names = ("all", "pievos", "trainings", "pievos-trainings", "other-events", "online", "planned", "deadlines")
    publication = published(repository, date(2027, 2, 10) + timedelta(days=days))
    found = calendars(publication, names, languages=("en",))
    assert {path: wrong for path, content in found.items() if (wrong := complaints(content))} == {}
    told = {path: event for path, content in found.items() if (event := keys_of(content).get("mokymai"))}
    # No other event is a training; a feed of trainings without any is a feed of nothing that exists.
    assert set(told) == ({"en/all", "en/pievos"} if is_there else set())
    for event in told.values():
        assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
        assert event["SUMMARY"] == ";LANGUAGE=en:CANCELLED: Training"
        assert event["DTSTART"] == ";TZID=Europe/Vilnius:20270610T180000"
        assert event["LAST-MODIFIED"] == "20270210T120000Z"
        assert not {"LOCATION", "URL", "ORGANIZER"} & set(event)


def test_a_deleted_event_is_told_in_the_feeds_of_its_kind(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-02-01", START)
    repository.commit("2027-02-10", {EVENTS + "zygis.yml": None})
    found = calendars(published(repository, date(2027, 2, 10)), languages=("lt",))
    told = {path for path, content in found.items() if keys_of(content).get("zygis")}
    assert told == {"lt/all", "lt/pievos", "lt/other-events", "lt/pievos-other-events"}


def test_an_event_that_comes_back_is_newer_than_its_cancellation(tmp_path: Path) -> None:
    announced, deleted, back = short_history(
        tmp_path / "repository", {}, {EVENTS + "zygis.yml": None}, {EVENTS + "zygis.yml": HIKE}
    )
    assert [entries["zygis"]["STATUS"] for entries in (announced, deleted, back)] == [
        "CONFIRMED",
        "CANCELLED",
        "CONFIRMED",
    ]
    order = [(int(e["zygis"]["SEQUENCE"]), e["zygis"]["LAST-MODIFIED"]) for e in (announced, deleted, back)]
    assert order == sorted(set(order))


def test_an_event_that_loses_its_date_and_then_is_called_postponed_is_told_once(tmp_path: Path) -> None:
    window = "title: Žygis\nkind: other\nwhen: {window: 2027-09}\n"
    announced, undated, postponed = short_history(
        tmp_path / "repository",
        {},
        {EVENTS + "zygis.yml": window},
        {EVENTS + "zygis.yml": window + "status: postponed\nreason: Audra.\nprevious: [2027-06-12]\n"},
    )
    assert [entries["zygis"]["STATUS"] for entries in (announced, undated, postponed)] == [
        *("CONFIRMED", "CANCELLED", "CANCELLED")
    ]
    assert postponed["zygis"]["SUMMARY"].endswith(":NUKELTA: Žygis")
    assert int(postponed["zygis"]["SEQUENCE"]) > int(undated["zygis"]["SEQUENCE"])


def test_a_deleted_event_that_is_back_before_any_commit_is_told_once(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-02-01", START)
    repository.commit("2027-02-02", {EVENTS + "zygis.yml": None})
    repository.write({EVENTS + "zygis.yml": HIKE})
    content = feeds_of_version(published(repository, date(2027, 2, 3)))["lt"]
    assert complaints(content) == []
    assert keys_of(content)["zygis"]["STATUS"] == "CONFIRMED"


# -- other ways to the same content ----------------------------------------------------------------------------


def final_files(changes: Iterable[Change] = CHANGES) -> dict[str, str | None]:
    """Return the files that some changes leave."""
    files: dict[str, str | None] = {}
    for change in changes:
        files |= change.files
    return {path: text for path, text in files.items() if text is not None}


def test_squashed_commits_take_no_sequence_back(event_versions: tuple[Version, ...], tmp_path: Path) -> None:
    before = sequences(event_versions[-1].feeds["lt"])
    # The whole history in one commit, and five changes of one event in one, when the last of them was made.
    whole = Change("squash", "2027-03-20T12:00", final_files())
    some = replace(CHANGES[7], files=final_files(CHANGES[1:8]))
    (squashed,), partly = play(tmp_path / "whole", [whole]), play(tmp_path / "some", [CHANGES[0], some, *CHANGES[8:]])
    for versions in ([squashed], partly):
        after = sequences(versions[-1].feeds["lt"])
        assert after.keys() == before.keys()
        assert all(after[key] >= before[key] for key in before)
    assert sequences(partly[-1].feeds["lt"])["mokymai"] == before["mokymai"]


def test_rebased_commits_take_no_sequence_back(event_versions: tuple[Version, ...], tmp_path: Path) -> None:
    before = sequences(event_versions[COMPLETE].feeds["lt"])
    # The first five stay; all others are made again, within a minute of a later day.
    rebased = [replace(change, at=f"2027-02-16T09:{n // 4:02d}", told="") for n, change in enumerate(CHANGES[5:-1])]
    after = sequences(play(tmp_path / "repository", [*CHANGES[:5], *rebased])[-1].feeds["lt"])
    assert after.keys() == before.keys()
    assert all(after[key] >= before[key] for key in before)


def test_a_second_change_within_the_same_moment_is_newer_than_the_first(tmp_path: Path) -> None:
    # So it is after a rebase, and when the clock of a committer is ahead of the next one's.
    repository, found = Repository(tmp_path / "repository"), []
    repository.commit("2027-02-01", START)
    for number, day in enumerate(("05", "05", "04")):
        repository.commit(f"2027-02-{day}", {EVENTS + "zygis.yml": changed(HIKE, ("06-12", f"06-{13 + number}"))})
        event = keys_of(feeds_of_version(published(repository, LATER))["lt"])["zygis"]
        found.append((int(event["SEQUENCE"]), event["LAST-MODIFIED"]))
    assert [sequence for sequence, _ in found] == sorted({sequence for sequence, _ in found})
    assert [modified for _, modified in found] == sorted({modified for _, modified in found})


# -- what no commit holds --------------------------------------------------------------------------------------


def test_what_is_not_committed_has_no_revision_and_is_stamped_with_the_day(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit("2027-02-01", START)
    committed = feeds_of_version(published(repository, LATER))
    repository.write(
        {
            EVENTS + "mokymai.yml": changed(TRAINING, ("T18:00/", "T17:00/")),
            EVENTS + "nauja.yml": "title: Nauja\nwhen: {on: 2027-06-20}\n",
            EVENTS + "zygis.yml": changed(HIKE, ("title: Žygis", "title: {lt: Žygis, lv: Pārgājiens}")),
        }
    )
    draft = feeds_of_version(published(repository, LATER))
    for language in LANGUAGES:
        assert complaints(draft[language]) == []
        before, after = keys_of(committed[language]), keys_of(draft[language])
        assert after.keys() - before.keys() == {"nauja"}
        new = {"mokymai", "nauja"} | ({"zygis"} if language == "lv" else set())
        for key in new:
            assert not set(REVISION) & set(after[key])
            assert after[key]["DTSTAMP"] == "20270301T000000Z"
        assert {key: after[key] for key in before if key not in new} == {
            key: before[key] for key in before if key not in new
        }


def test_without_any_history_entries_have_no_revision(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.write(START)
    dataset = load_dataset(repository.data).dataset
    assert dataset is not None
    feed = feeds_of_version(Publication(dataset, LATER, None))["lt"]
    assert complaints(feed, has_address=False) == []
    assert not [event for event in events_of(feed).values() if set(REVISION) & set(event)]


# -- what belongs to a change ----------------------------------------------------------------------------------


def test_a_translated_place_is_the_same_place(tmp_path: Path) -> None:
    place = ("place: {name: Salė, address: Šilo g. 1}", "place: {name: {lt: Salė, lv: Zāle}, address: Šilo g. 1}")
    before, after = short_history(tmp_path / "repository", {}, {EVENTS + "mokymai.yml": changed(TRAINING, place)})
    assert after["mokymai"] == before["mokymai"]


def test_a_window_whose_season_is_defined_anew_is_modified_as_well_as_settled(tmp_path: Path) -> None:
    repository, found = Repository(tmp_path / "repository"), []
    festival = "title: Šventė\nwhen: {window: 2027-summer}\n"
    for day, months in (("2027-02-01", "06/07"), ("2027-02-02", "07/08")):
        people = PEOPLE + f"seasons: {{summer: {months}}}\n"
        repository.commit(day, {**START, EVENTS + "svente.yml": festival, ORGANIZATION + "organization.yml": people})
        found.append(keys_of(feeds_of_version(published(repository, LATER), "planned")["lt"])["svente"])
    assert [event["DTSTART"] for event in found] == [";VALUE=DATE:20270601", ";VALUE=DATE:20270701"]
    assert int(found[1]["SEQUENCE"]) > int(found[0]["SEQUENCE"])
    assert found[1]["LAST-MODIFIED"] > found[0]["LAST-MODIFIED"]


def test_times_in_another_zone_are_other_times(tmp_path: Path) -> None:
    before, after = short_history(
        tmp_path / "repository", {}, {"site.yml": changed(SITE, ("Europe/Vilnius", "Europe/Warsaw"))}
    )
    assert after["mokymai"]["DTSTART"] == ";TZID=Europe/Warsaw:20270610T180000"
    assert int(after["mokymai"]["SEQUENCE"]) > int(before["mokymai"]["SEQUENCE"])
    assert after["mokymai"]["LAST-MODIFIED"] > before["mokymai"]["LAST-MODIFIED"]


def test_the_one_deadline_of_a_series_outlives_its_first_evening(tmp_path: Path) -> None:
    repository, found = Repository(tmp_path / "repository"), []
    choir = CHOIR + "registration: {url: https://forms.example/2, closes: 2027-05-20}\n"
    for day, more in (
        ("2027-02-01", ""),
        ("2027-02-02", "occurrences:\n  - {id: 2027-w22, status: cancelled, reason: Liga.}\n"),
    ):
        repository.commit(day, {**START, EVENTS + "choras.yml": choir + more})
        entries = keys_of(feeds_of_version(published(repository, LATER), "deadlines")["lt"])
        found.append({key for key in entries if key.startswith("choras")})
    assert len(found[0]) == 1
    assert found[0] == found[1]


def test_a_date_takes_the_place_of_its_window(tmp_path: Path) -> None:
    repository, found = Repository(tmp_path / "repository"), []
    for day, when in (("2027-02-01", "window: 2027-09"), ("2027-02-02", "on: 2027-09-11")):
        repository.commit(day, {**START, EVENTS + "svente.yml": f"title: Šventė\nwhen: {{{when}}}\n"})
        publication = published(repository, LATER)
        found.append([keys_of(feeds_of_version(publication, name)["lt"]).get("svente") for name in ("planned", "all")])
    (window, nothing), (no_window, dated) = found
    assert nothing is None and no_window is None
    assert window and dated
    assert (window["STATUS"], dated["STATUS"]) == ("TENTATIVE", "CONFIRMED")
    assert int(dated["SEQUENCE"]) > int(window["SEQUENCE"])


# -- what is kept between builds -------------------------------------------------------------------------------


def test_a_kept_history_says_what_git_says(tmp_path: Path) -> None:
    repository, cache = Repository(tmp_path / "repository"), tmp_path / "cache" / "ledger.json"
    for number, change in enumerate(CHANGES):
        repository.commit(f"{change.at}:00+00:00", change.files)
        if number % 5:
            continue
        read = ledger_of_folder(repository.data, GIT, ZONE, LANGUAGES)
        written = ledger_of_folder(repository.data, GIT, ZONE, LANGUAGES, cache)
        # Without git's history, there is nothing but the file to know it from.
        kept = ledger_of_folder(repository.data, GIT, ZONE, LANGUAGES, cache)
        assert cache.is_file()
        assert read.revisions == written.revisions == kept.revisions and read.revisions
        assert read.gone == written.gone == kept.gone
        assert read == written == kept
    assert all(revision.created.tzinfo == UTC for revision in kept.revisions.values())
    minutes = (datetime(2027, 2, 11, 12, tzinfo=UTC) - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds() / 60
    assert minutes in kept.revisions["pievos.zygis"].sequence.values()
