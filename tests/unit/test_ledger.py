"""The ledger of a scripted history: exactly the lines that a reader would write, however the commits came about."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openplans.git_history import head_of, read_history
from openplans.history import ledger_of_folder
from openplans.ledger import Key

from .scripted import (
    ACTIONS,
    BENCHES,
    GIT,
    ORGANIZATION,
    PLAN,
    SONG,
    TREES,
    WORLD,
    ZONE,
    Repository,
    line_of,
    lines_of,
)

PLAN_KEY = Key("plan", "pievos", "metai")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with the world in it, committed on 1 January 2027."""
    made = Repository(tmp_path / "repository")
    made.commit("2027-01-01", WORLD)
    return made


def news_of(repository: Repository) -> list[str]:
    """Return the lines after the plan's first appearance."""
    lines = lines_of(repository.ledger())
    assert lines[0] == "2027-01-01 pievos/metai plan_published"
    return lines[1:]


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """Return a file with some of its text replaced; each piece must be there."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def updated(text: str, *updates: str) -> str:
    """Return an action's file with updates written below it."""
    return text + "updates:\n" + "".join(f"  - {{{update}}}\n" for update in updates)


#: One story: a day, what was done to which file, and the lines that it gives.
STORY: list[tuple[str, dict[str, str | None], list[str]]] = []


def tell(day: str, files: dict[str, str | None], *lines: str) -> None:
    """Add a step to the story."""
    STORY.append((f"2027-{day}", files, [f"2027-{day} {line}" for line in lines]))


MOVED = changed(TREES, ("2027-05-31", "2027-09-30"), ("iki gegužės", "iki rugsėjo"))
tell("01-05", {ACTIONS + "medziai.yml": MOVED}, "pievos/metai/medziai deadline_moved [by=2027-05-31] → [by=2027-09-30]")
tell("01-06", {ACTIONS + "suolai.yml": None, ACTIONS + "suoleliai.yml": BENCHES})
JULY = changed(BENCHES, ("2027-06", "2027-07"))
tell(
    "01-07",
    {ACTIONS + "suoleliai.yml": None, ACTIONS + "suolai.yml": JULY},
    "pievos/metai/suolai deadline_moved [window=[2027-06]] → [window=[2027-07]]",
)
JULY = (
    "# Suolai\nsource:\n  row: 2\n  section: Darbai\nwhen:\n  window:\n  - '2027-07'\n\n"
    "title: {lt: Pastatyti suolus.}\n"
)
tell("01-08", {ACTIONS + "suolai.yml": JULY})
SUNG = changed(SONG, ("title: Sukurti dainą", "title: {lt: Sukurti dainą, en: Write a song, lv: Sacerēt dziesmu}"))
tell("01-09", {ACTIONS + "daina.yml": SUNG}, "pievos/metai/daina translated – → [en, lv]")
LOWERED = changed(MOVED, ("value: 20", "value: 10"))
tell(
    "01-10",
    {ACTIONS + "medziai.yml": LOWERED},
    "pievos/metai/medziai#medziai target_changed.lowered value=20 comparator=at_least measure=number"
    " → value=10 comparator=at_least measure=number",
)
CHOIR = changed(LOWERED, ("[taryba]", "[choras]"))
tell(
    "01-11",
    {ACTIONS + "medziai.yml": CHOIR},
    "pievos/metai/medziai responsible_changed [id=taryba name=Taryba] → [id=choras name=Choras]",
)
CHEAP = changed(CHOIR, ("amount: 500", "amount: 300"))
tell(
    "01-12",
    {ACTIONS + "medziai.yml": CHEAP},
    "pievos/metai/medziai money_changed [amount=500 currency=EUR flow=cost stage=planned basis=exact]"
    " → [amount=300 currency=EUR flow=cost stage=planned basis=exact]",
)
REWORDED = changed(CHEAP, ("  - text: Pasodinti medžiai", "  - text: Pasodintas bent vienas medis"))
tell(
    "01-13",
    {ACTIONS + "medziai.yml": REWORDED},
    "pievos/metai/medziai reworded.results [Pasodinti medžiai] → [Pasodintas bent vienas medis]",
)
BEGUN = "date: 2027-01-14, status: ongoing, text: Nupirkti sodinukai"
tell(
    "01-14",
    {ACTIONS + "medziai.yml": updated(REWORDED, BEGUN)},
    "pievos/metai/medziai status_changed unreported → ongoing (Nupirkti sodinukai)",
)
LATER = "date: 2027-01-15, status: postponed, reason: Įšalas, new_date: 2027-10"
tell(
    "01-15",
    {ACTIONS + "medziai.yml": updated(REWORDED, BEGUN, LATER)},
    "pievos/metai/medziai postponed [by=2027-09-30] → [window=[2027-10]] (Įšalas)",
)
tell(
    "01-16",
    {ACTIONS + "suolai.yml": updated(JULY, "date: 2027-01-16, status: merged, merged_into: medziai")},
    "pievos/metai/suolai merged – → medziai",
)
tell(
    "01-17",
    {ACTIONS + "daina.yml": updated(SUNG, "date: 2027-01-17, status: cancelled, reason: Nėra kompozitoriaus")},
    "pievos/metai/daina cancelled unreported → – (Nėra kompozitoriaus)",
)
tell("01-18", {ACTIONS + "daina.yml": None}, "pievos/metai/daina action_removed")
tell("01-19", {ACTIONS + "stovykla.yml": "title: Surengti stovyklą\n"}, "pievos/metai/stovykla action_added")
EVENT = ORGANIZATION + "events/svente.yml"
tell(
    "01-20",
    {EVENT: "title: Šventė\nwhen: {on: 2027-06-12}\nstatus: rescheduled\nreason: Lietus\n"},
    "pievos/events/svente event_moved [on=2027-06-10] → [on=2027-06-12] (Lietus)",
)
tell("01-21", {ORGANIZATION + "events/zygis.yml": "title: Žygis\n"}, "pievos/events/zygis event_announced")
tell(
    "01-22",
    {EVENT: "title: Šventė\nwhen: {on: 2027-06-12}\nstatus: cancelled\nreason: Nėra salės\n"},
    "pievos/events/svente event_cancelled rescheduled → – (Nėra salės)",
)
tell("01-23", {ORGANIZATION + "events/zygis.yml": None}, "pievos/events/zygis event_removed")
tell(
    "01-24",
    {PLAN + "plan.yml": changed(WORLD[PLAN + "plan.yml"], ("period: 2027", "period: 2027/2028"))},
    "pievos/metai deadline_moved [window=[2027]] → [window=[2027/2028]]",
)


def test_a_scripted_history_gives_exactly_these_lines(repository: Repository) -> None:
    for day, files, _ in STORY:
        repository.commit(day, files)
    assert news_of(repository) == [line for _, _, lines in STORY for line in lines]


def test_a_squashed_history_gives_the_same_entries_with_the_same_ids(repository: Repository, tmp_path: Path) -> None:
    steps = [step for step in STORY if "suolai" not in str(step[1]) and "daina" not in str(step[1])]
    squashed = Repository(tmp_path / "squashed")
    squashed.commit("2027-01-01", WORLD)
    for day, files, _ in steps:
        repository.commit(day, files)
        squashed.write(files)
    squashed.commit("2027-03-01", {})
    one_by_one = {entry.id: line_of(entry)[11:] for entry in repository.ledger().entries}
    at_once = {entry.id: line_of(entry)[11:] for entry in squashed.ledger().entries}
    same = one_by_one.keys() & at_once.keys()
    assert {one_by_one[key] for key in same} == {at_once[key] for key in same}
    lines = {line for key, line in one_by_one.items() if key in same}
    assert {"pievos/metai/stovykla action_added", "pievos/metai plan_published"} <= lines
    assert any("target_changed.lowered" in line for line in lines)
    # What was made and undone in between, or happened in two steps, is not there or is one step.
    assert not any("zygis" in line for line in at_once.values())
    assert "pievos/metai/medziai postponed [by=2027-05-31] → [window=[2027-10]] (Įšalas)" in at_once.values()


def test_a_repository_at_another_place_gives_the_same_ledger(repository: Repository, tmp_path: Path) -> None:
    for day, files, _ in STORY:
        repository.commit(day, files)
    copy = Repository.__new__(Repository)
    copy.root, copy.data = tmp_path / "copy", tmp_path / "copy" / "data"
    repository.git("clone", "--quiet", str(repository.root), str(copy.root))
    assert copy.ledger() == repository.ledger()


def test_a_merged_branch_is_one_step_on_the_day_of_the_merge(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "work")
    repository.commit("2027-02-01", {ACTIONS + "medziai.yml": changed(TREES, ("2027-05-31", "2027-08-31"))})
    repository.commit("2027-02-02", {ACTIONS + "medziai.yml": MOVED})
    repository.git("checkout", "--quiet", "main")
    repository.commit("2027-02-03", {ACTIONS + "suolai.yml": changed(BENCHES, ("2027-06", "2027-07"))})
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "work", at="2027-02-04T12:00:00+00:00")
    assert news_of(repository) == [
        "2027-02-03 pievos/metai/suolai deadline_moved [window=[2027-06]] → [window=[2027-07]]",
        "2027-02-04 pievos/metai/medziai deadline_moved [by=2027-05-31] → [by=2027-09-30]",
    ]


def test_days_never_run_backwards_when_clocks_do(repository: Repository) -> None:
    repository.commit("2027-03-10", {ACTIONS + "medziai.yml": MOVED})
    repository.commit("2021-01-01", {ACTIONS + "medziai.yml": TREES})
    repository.commit("2027-03-12", {ACTIONS + "medziai.yml": MOVED})
    assert [entry.day for entry in repository.ledger().entries[1:]] == [
        date(2027, 3, 10),
        date(2027, 3, 10),
        date(2027, 3, 12),
    ]


def test_a_change_that_is_made_again_has_an_id_of_its_own(repository: Repository) -> None:
    for day, text in (("03-10", MOVED), ("03-11", TREES), ("03-12", MOVED)):
        repository.commit(f"2027-{day}", {ACTIONS + "medziai.yml": text})
    ids = [entry.id for entry in repository.ledger().entries]
    assert len(set(ids)) == 4
    assert ids[3] == ids[1] + "-2"


def test_the_day_is_that_of_the_sites_zone(repository: Repository) -> None:
    repository.commit("2027-07-01T21:30:00+00:00", {ACTIONS + "medziai.yml": MOVED})
    assert repository.ledger("Europe/Vilnius").entries[-1].day == date(2027, 7, 2)
    assert repository.ledger("America/New_York").entries[-1].day == date(2027, 7, 1)


# -- what is no change -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2027-Q2", "2027-04/2027-06"),
        ("[2027-06]", "2027-06"),
        ('"2027-06"', "2027-06-01/2027-06-30"),
    ],
)
def test_the_same_days_in_other_words_are_no_change(before: str, after: str, repository: Repository) -> None:
    repository.commit("2027-01-02", {ACTIONS + "x.yml": f"title: X\nwhen: {{window: {before}}}\n"})
    repository.commit("2027-01-03", {ACTIONS + "x.yml": f"title: X\nwhen: {{window: {after}, as_written: birželį}}\n"})
    assert news_of(repository) == ["2027-01-02 pievos/metai/x action_added"]


def test_a_default_written_out_and_a_body_named_that_answers_anyway_are_no_change(repository: Repository) -> None:
    text = changed(BENCHES, ("title:", "responsible: [taryba]\ninherited: []\nupdates: []\ntitle:"))
    repository.commit("2027-01-03", {ACTIONS + "suolai.yml": text})
    assert news_of(repository) == []


def test_files_that_are_no_records_are_no_change(repository: Repository) -> None:
    repository.commit(
        "2027-01-03",
        {
            "README.md": "Apie",
            "glossary.yml": "terms: {}\n",
            "organizations/Ne ID/organization.yml": "name: X\n",
            ORGANIZATION + "committees/nauja.yml": "name: Nauja\n",
        },
    )
    (repository.root / "code.py").write_text("print()\n", encoding="utf-8")
    repository.commit("2027-01-04", {})
    assert news_of(repository) == []


def test_what_is_not_committed_is_not_in_the_ledger(repository: Repository) -> None:
    repository.write({ACTIONS + "medziai.yml": MOVED, ACTIONS + "daina.yml": None})
    repository.git("add", "--all")
    assert news_of(repository) == []
    assert repository.ledger().removed == ()


@pytest.mark.parametrize("broken", ["title: [\n", "title: X\ntitle: Y\n", "no_such_key: 1\n", "\0", "title: {lt: ~}\n"])
def test_a_version_that_cannot_be_read_is_passed_over(broken: str, repository: Repository) -> None:
    repository.commit("2027-01-03", {ACTIONS + "medziai.yml": broken, ACTIONS + "nauja.yml": broken})
    assert news_of(repository) == []
    repository.commit("2027-01-04", {ACTIONS + "medziai.yml": MOVED, ACTIONS + "nauja.yml": "title: Nauja\n"})
    assert news_of(repository) == [
        "2027-01-04 pievos/metai/medziai deadline_moved [by=2027-05-31] → [by=2027-09-30]",
        "2027-01-04 pievos/metai/nauja action_added",
    ]


def test_an_action_that_could_not_be_read_when_its_plan_appeared_is_not_added_later(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repository")
    made.commit("2027-01-01", {**WORLD, ACTIONS + "daina.yml": "old_key: 1\n"})
    made.commit("2027-04-01", {ACTIONS + "daina.yml": SONG})
    assert news_of(made) == []


# -- first appearances -----------------------------------------------------------------------------------------------


def test_a_plan_put_up_in_several_commits_of_a_day_appears_once(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repository")
    for number, (path, text) in enumerate(WORLD.items()):
        made.commit(f"2027-01-01T10:{number:02}:00+00:00", {path: text})
    assert news_of(made) == []
    assert made.ledger().known_since == {PLAN_KEY: date(2027, 1, 1)}
    made.commit("2027-01-02", {ACTIONS + "nauja.yml": "title: Nauja\n"})
    assert news_of(made) == ["2027-01-02 pievos/metai/nauja action_added"]


def test_what_comes_on_the_first_day_after_a_change_is_added(repository: Repository) -> None:
    repository.commit("2027-01-01T13:00:00+00:00", {ACTIONS + "medziai.yml": MOVED})
    repository.commit("2027-01-01T14:00:00+00:00", {ACTIONS + "nauja.yml": "title: Nauja\n"})
    assert [line.split()[2] for line in news_of(repository)] == ["deadline_moved", "action_added"]


def test_a_plan_without_actions_is_still_appearing(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repository")
    made.commit("2027-01-01", {path: text for path, text in WORLD.items() if "/actions/" not in path})
    made.commit("2027-01-05", {path: text for path, text in WORLD.items() if "/actions/" in path})
    assert news_of(made) == []
    assert made.ledger().known_since == {PLAN_KEY: date(2027, 1, 5)}


def test_a_plan_that_is_taken_away_is_one_line(repository: Repository) -> None:
    actions = {ACTIONS + name: None for name in ("medziai.yml", "suolai.yml", "daina.yml")}
    repository.commit("2027-02-01", {PLAN + "plan.yml": None, **actions})
    assert news_of(repository) == ["2027-02-01 pievos/metai plan_removed"]
    assert {"/".join(item.record.place) for item in repository.ledger().removed} == {
        "pievos/metai",
        "pievos/metai/darbai",
        "pievos/metai/medziai",
        "pievos/metai/suolai",
        "pievos/metai/daina",
    }


# -- who is who ------------------------------------------------------------------------------------------------------


def test_entries_follow_a_record_to_its_new_address(repository: Repository) -> None:
    repository.commit("2027-01-05", {ACTIONS + "medziai.yml": MOVED})
    repository.commit("2027-01-06", {ACTIONS + "medziai.yml": None, ACTIONS + "azuolai.yml": MOVED})
    ledger = repository.ledger()
    assert [entry.record for entry in ledger.entries[1:]] == [Key("action", "pievos", "metai", "azuolai")]
    (left,) = ledger.removed
    assert (left.record.item, left.moved_to) == ("medziai", Key("action", "pievos", "metai", "azuolai"))


def test_another_section_is_no_change_and_leaves_no_address(repository: Repository) -> None:
    repository.commit("2027-01-05", {ACTIONS + "suolai.yml": None, PLAN + "actions/kita/suolai.yml": BENCHES})
    assert news_of(repository) == []
    assert repository.ledger().removed == ()


def test_a_plan_at_another_address_takes_its_actions_along(repository: Repository) -> None:
    repository.commit("2027-01-05", {ACTIONS + "medziai.yml": MOVED})
    (repository.data / PLAN).rename(repository.data / ORGANIZATION / "plans" / "planas")
    repository.commit("2027-01-06", {})
    ledger = repository.ledger()
    assert len(ledger.entries) == 2
    assert {entry.owner for entry in ledger.entries} == {Key("plan", "pievos", "planas")}
    assert {"/".join(i.record.place): "/".join(i.moved_to.place) for i in ledger.removed if i.moved_to} == {
        "pievos/metai": "pievos/planas",
        "pievos/metai/darbai": "pievos/planas/darbai",
        "pievos/metai/medziai": "pievos/planas/medziai",
        "pievos/metai/suolai": "pievos/planas/suolai",
        "pievos/metai/daina": "pievos/planas/daina",
    }
    assert len(ledger.removed) == 5


def test_an_organization_at_another_address_takes_everything_along(repository: Repository) -> None:
    (repository.data / ORGANIZATION).rename(repository.data / "organizations" / "laukai")
    repository.commit("2027-01-06", {})
    ledger = repository.ledger()
    assert [entry.owner for entry in ledger.entries] == [Key("plan", "laukai", "metai")]
    assert all(item.moved_to and item.moved_to.organization == "laukai" for item in ledger.removed)
    assert len(ledger.removed) == 9


def test_a_dropped_action_does_not_hide_behind_a_new_one_in_a_file_like_it(repository: Repository) -> None:
    other = changed(BENCHES, ("Pastatyti suolus", "Nugriauti tvorą"), ("row: 2", "row: 9"))
    repository.commit("2027-01-06", {ACTIONS + "suolai.yml": None, ACTIONS + "tvora.yml": other})
    assert news_of(repository) == [
        "2027-01-06 pievos/metai/suolai action_removed",
        "2027-01-06 pievos/metai/tvora action_added",
    ]


def test_next_years_plan_does_not_pass_for_this_years(repository: Repository) -> None:
    text = changed(WORLD[PLAN + "plan.yml"], ("period: 2027", "period: 2028"))
    actions = {ACTIONS + name: None for name in ("medziai.yml", "suolai.yml", "daina.yml")}
    repository.commit("2027-12-01", {PLAN + "plan.yml": None, **actions, ORGANIZATION + "plans/kiti/plan.yml": text})
    assert news_of(repository) == ["2027-12-01 pievos/metai plan_removed", "2027-12-01 pievos/kiti plan_published"]


def test_a_record_that_comes_back_is_the_one_that_went(repository: Repository) -> None:
    repository.commit("2027-01-06", {ACTIONS + "daina.yml": None})
    assert len(repository.ledger().removed) == 1
    repository.commit("2027-01-08", {ACTIONS + "daina.yml": SONG})
    assert [line[11:] for line in news_of(repository)] == [
        "pievos/metai/daina action_removed",
        "pievos/metai/daina action_added",
    ]
    assert repository.ledger().removed == ()


# -- kinds that the story does not have ------------------------------------------------------------------------------


def second_version(repository: Repository, path: str, before: str, after: str) -> list[str]:
    """Return the lines that a file's second version gives."""
    repository.commit("2027-02-01", {path: before})
    known = len(repository.ledger().entries)
    repository.commit("2027-02-02", {path: after})
    return [line_of(entry)[11:] for entry in repository.ledger().entries[known:]]


QUOTA = "title: X\nwhen: {{quota: {{times: {0}, per: {1}}}}}\n"
TARGET = "title: X\nindicators: [{{id: i, name: I, periods: [{{target: {{{0}}}}}]}}]\n"
UPDATE = "title: X\nwhen: {{by: {1}}}\nupdates: [{{date: 2027-02-01, status: {0}}}]\n"


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            QUOTA.format(2, "month"),
            QUOTA.format(1, "month"),
            ["#quota target_changed.lowered times=2 per=month at_least=False → times=1 per=month at_least=False"],
        ),
        (
            QUOTA.format(1, "month"),
            QUOTA.format(1, "year"),
            ["#quota target_changed.changed times=1 per=month at_least=False → times=1 per=year at_least=False"],
        ),
        (
            TARGET.format("value: 5"),
            TARGET.format("value: 7.5"),
            ["#i target_changed.raised value=5 EXACTLY → value=7.5 EXACTLY"],
        ),
        (
            TARGET.format("value: 5, upper: 9"),
            TARGET.format("value: 5, upper: 8"),
            ["#i target_changed.lowered value=5 upper=9 EXACTLY → value=5 upper=8 EXACTLY"],
        ),
        (
            TARGET.format("value: 5"),
            TARGET.format("value: 5, comparator: about"),
            ["#i target_changed.changed value=5 EXACTLY → value=5 comparator=about measure=number"],
        ),
        (
            TARGET.format("value: 5"),
            "title: X\n",
            [
                "#i target_changed.dropped value=5 EXACTLY → –",
                " reworded.indicators [I] → []",
            ],
        ),
        (
            UPDATE.format("done", "2027-03-01"),
            "title: X\nwhen: {by: 2027-03-01}\n",
            [" status_changed done → unreported"],
        ),
        ("title: X\nwhen: {by: 2027-03-01}\n", "title: X\n", [" deadline_moved [by=2027-03-01] → []"]),
        (
            "title: X\nwhen: {window: --09}\n",
            "title: X\nwhen: {window: --10}\n",
            [" deadline_moved [window=[--09]] → [window=[--10]]"],
        ),
        (
            "title: X\nparts: [{text: A, when: {on: 2027-03-01}}]\n",
            "title: X\nparts: [{text: A, when: {on: 2027-03-02}}]\n",
            [" deadline_moved [on=2027-03-01] → [on=2027-03-02]"],
        ),
        (
            "title: X\nresults: [{text: A}, {text: B}]\n",
            "title: X\nresults: [{text: B}]\n",
            [" reworded.results [A] → []"],
        ),
        ("title: X\nresults: [{text: A}, {text: B}]\n", "title: X\nresults: [{text: B}, {text: A}]\n", []),
        ("title: {lt: X, en: X}\n", "title: {lt: Y, en: Z}\n", [" reworded.title [X] → [Y]"]),
    ],
)
def test_what_changes_of_an_action_is_told_by_its_kind(
    before: str, after: str, lines: list[str], repository: Repository
) -> None:
    found = second_version(repository, ACTIONS + "x.yml", before, after)
    assert found == [f"pievos/metai/x{line}".replace("EXACTLY", "comparator=exactly measure=number") for line in lines]


def test_a_deadline_moved_with_a_report_has_the_reports_reason(repository: Repository) -> None:
    before = "title: X\nwhen: {by: 2027-03-01}\n"
    after = "title: X\nwhen: {by: 2027-04-01}\nupdates: [{date: 2027-02-02, status: ongoing, reason: Liga}]\n"
    assert second_version(repository, ACTIONS + "x.yml", before, after) == [
        "pievos/metai/x status_changed unreported → ongoing (Liga)",
        "pievos/metai/x deadline_moved [by=2027-03-01] → [by=2027-04-01]",
    ]


def test_a_postponement_and_the_deadline_written_anew_for_it_are_told_once(repository: Repository) -> None:
    before = "title: X\nwhen: {window: 2027-03}\n"
    after = (
        "title: X\nwhen: {window: 2027-05}\n"
        "updates: [{date: 2027-02-02, status: postponed, reason: Liga, new_date: 2027-05}]\n"
    )
    assert second_version(repository, ACTIONS + "x.yml", before, after) == [
        "pievos/metai/x postponed [window=[2027-03]] → [window=[2027-05]] (Liga)"
    ]


def test_a_deadline_that_hangs_on_an_event_moves_with_the_event(repository: Repository) -> None:
    repository.commit("2027-02-01", {ACTIONS + "x.yml": "title: X\nwhen: {relative: {to: svente, relation: before}}\n"})
    repository.commit("2027-02-02", {EVENT: "title: Šventė\nwhen: {on: 2027-06-20}\n"})
    assert news_of(repository)[1:] == [
        "2027-02-02 pievos/events/svente event_moved [on=2027-06-10] → [on=2027-06-20]",
        "2027-02-02 pievos/metai/x#svente deadline_moved.by_event [window=[../2027-06-10]] → [window=[../2027-06-20]]",
    ]


SERIES = "title: Vakarai\noccurrences:\n"


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            "{id: a, when: {on: 2027-03-01}}",
            "{id: a, when: {on: 2027-03-02}}",
            "#a event_moved [on=2027-03-01] → [on=2027-03-02]",
        ),
        (
            "{id: a, when: {on: 2027-03-01}}",
            "{id: a, when: {on: 2027-03-01}, status: cancelled, reason: Liga}",
            "#a event_cancelled scheduled → – (Liga)",
        ),
        ("{id: a}", "{id: a, status: postponed, reason: Liga}", "#a postponed [] → [] (Liga)"),
        ("{id: a}", "{id: a}\n  - {id: b, when: {on: 2027-04-01}}", "#b event_announced – → [on=2027-04-01]"),
        ("{id: a}\n  - {id: b}", "{id: a}", "#b event_removed"),
        ("{id: a, status: cancelled}", "{id: a}", "#a status_changed cancelled → scheduled"),
    ],
)
def test_what_changes_of_a_date_in_a_series_is_told_of_that_date(
    before: str, after: str, line: str, repository: Repository
) -> None:
    texts = [f"{SERIES}  - {occurrences}\n" for occurrences in (before, after)]
    assert second_version(repository, ORGANIZATION + "events/vakarai.yml", *texts) == [f"pievos/events/vakarai{line}"]


def test_a_sections_committees_are_told_once_and_not_per_action(repository: Repository) -> None:
    text = changed(WORLD[PLAN + "plan.yml"], ("committees: [taryba]", "committees: [choras]"))
    repository.commit("2027-02-02", {PLAN + "plan.yml": text})
    assert news_of(repository) == [
        "2027-02-02 pievos/metai#darbai responsible_changed [id=taryba name=Taryba] → [id=choras name=Choras]"
    ]


# -- git -------------------------------------------------------------------------------------------------------------


def test_without_git_the_ledger_is_empty_and_says_so(repository: Repository, tmp_path: Path) -> None:
    assert ledger_of_folder(repository.data, None, ZONE).reason == "no_git"
    assert ledger_of_folder(repository.data, str(tmp_path / "missing"), ZONE).reason == "unreadable"


def test_without_a_repository_or_a_commit_the_ledger_is_empty_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    assert ledger_of_folder(tmp_path / "plain", GIT, ZONE).reason == "no_repository"
    new = Repository(tmp_path / "new")
    assert ledger_of_folder(new.data, GIT, ZONE).reason == "untracked"
    new.write(WORLD)
    (new.root / "other.txt").write_text("x", encoding="utf-8")
    new.git("add", "other.txt")
    new.git("commit", "--quiet", "--message", "Something else")
    assert ledger_of_folder(new.data, GIT, ZONE).reason == "untracked"


def test_a_shallow_clone_has_no_ledger_rather_than_half_of_one(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2027-01-05", {ACTIONS + "medziai.yml": MOVED})
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", str(tmp_path / "shallow"))
    ledger = ledger_of_folder(tmp_path / "shallow" / "data", GIT, ZONE)
    assert (ledger.reason, ledger.entries) == ("shallow", ())


def test_a_clone_without_old_contents_has_no_ledger_and_fetches_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2027-01-05", {ACTIONS + "medziai.yml": MOVED})
    repository.git("config", "uploadpack.allowFilter", "true")
    source = f"file://{repository.root}"
    repository.git("clone", "--quiet", "--filter=blob:none", "--no-checkout", source, str(tmp_path / "partial"))
    (tmp_path / "partial" / "data").mkdir()
    assert ledger_of_folder(tmp_path / "partial" / "data", GIT, ZONE).reason in ("shallow", "unreadable")


def test_a_data_folder_may_be_the_whole_repository(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repository")
    made.data = made.root
    made.commit("2027-01-01", WORLD)
    assert lines_of(made.ledger()) == ["2027-01-01 pievos/metai plan_published"]


SETTINGS = {
    "log.showRoot": "false",
    "log.showSignature": "true",
    "log.follow": "true",
    "log.date": "relative",
    "log.decorate": "full",
    "log.diffMerges": "off",
    "diff.renames": "false",
    "diff.noprefix": "true",
    "diff.external": "/bin/false",
    "diff.relative": "false",
    "core.quotePath": "true",
    "core.pager": "/bin/false",
    "core.fsmonitor": "/bin/false",
    "color.ui": "always",
    "format.pretty": "oneline",
    "i18n.logOutputEncoding": "utf-16",
}


def test_no_setting_of_git_changes_the_ledger(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, files, _ in STORY:
        repository.commit(day, files)
    plain = repository.ledger()
    for name, value in SETTINGS.items():
        repository.git("config", name, value)
    (repository.root / ".gitattributes").write_text("*.yml diff=own -text\n", encoding="utf-8")
    repository.git("config", "diff.own.textconv", "/bin/false")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_TRACE", "LC_ALL", "HOME"):
        monkeypatch.setenv(name, "/nowhere")
    assert repository.ledger() == plain
    assert len(plain.entries) == 1 + sum(len(lines) for _, _, lines in STORY)


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what git was asked for, command by command, from now on."""
    asked: list[str] = []
    original = subprocess.Popen.__init__

    def noted(self: Any, arguments: Any, *rest: Any, **options: Any) -> None:
        asked.append(next(word for word in arguments if word in ("rev-parse", "log", "cat-file")))
        original(self, arguments, *rest, **options)

    monkeypatch.setattr(subprocess.Popen, "__init__", noted)
    return asked


def many_commits(repository: Repository, count: int) -> None:
    """Commit many times with one process: each commit moves one deadline by a month."""
    lines = []
    for number in range(count):
        text = f"title: X\nwhen: {{window: {2030 + number // 12}-{number % 12 + 1:02}}}\n".encode()
        lines.append(
            f"commit refs/heads/main\ncommitter A <a@x.example> {1798900000 + number * 60} +0000\ndata 0\n".encode()
        )
        lines.append(b"from refs/heads/main^0\n" if number == 0 else b"")
        lines.append(f"M 644 inline data/{ACTIONS}x.yml\ndata {len(text)}\n".encode() + text + b"\n")
    command = [GIT, "-C", str(repository.root), "fast-import", "--quiet"]
    subprocess.run(command, input=b"".join(lines), check=True, env={"PATH": os.defpath}, capture_output=True)


def test_hundreds_of_commits_are_one_pass(
    repository: Repository, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_commits(repository, 300)
    asked: list[str] = request.getfixturevalue("processes")
    ledger = ledger_of_folder(repository.data, GIT, ZONE)
    assert len(ledger.entries) == 1 + 1 + 299
    assert asked == ["rev-parse", "log", "log", "cat-file"]


# -- the file that keeps it ------------------------------------------------------------------------------------------


@pytest.fixture
def kept(repository: Repository, tmp_path: Path) -> Callable[[], Any]:
    """Return a function that asks for the ledger as a build does, with a file to keep it in."""
    repository.commit("2027-01-05", {ACTIONS + "medziai.yml": MOVED, ACTIONS + "daina.yml": None})
    return lambda: ledger_of_folder(repository.data, GIT, ZONE, cache=tmp_path / "cache" / "ledger.json")


def test_a_second_build_does_not_walk_again(
    kept: Callable[[], Any], request: pytest.FixtureRequest, repository: Repository
) -> None:
    first = kept()
    asked: list[str] = request.getfixturevalue("processes")
    assert kept() == first == repository.ledger()
    assert asked[:2] == ["rev-parse", "log"]
    assert asked.count("cat-file") == 1  # that of repository.ledger(), which keeps nothing
    assert first.removed and first.known_since


def test_a_new_commit_or_another_zone_is_walked(
    kept: Callable[[], Any], repository: Repository, tmp_path: Path
) -> None:
    first = kept()
    file = tmp_path / "cache" / "ledger.json"
    assert ledger_of_folder(repository.data, GIT, "America/New_York", cache=file) == repository.ledger(
        "America/New_York"
    )
    repository.commit("2027-01-06", {ACTIONS + "medziai.yml": TREES})
    assert len(kept().entries) == len(first.entries) + 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: "{",
        lambda text: "[]",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("2027-09-30", "2027-09-29"),
        lambda text: text.replace("Open-Plans-ledger-3", "Something-else"),
        lambda text: "[" * 100_000,
    ],
)
def test_a_damaged_or_foreign_file_is_not_believed(
    damage: Callable[[str], str], kept: Callable[[], Any], repository: Repository, tmp_path: Path
) -> None:
    first = kept()
    file = tmp_path / "cache" / "ledger.json"
    text = file.read_text(encoding="utf-8")
    assert damage(text) != text
    file.write_text(damage(text), encoding="utf-8")
    assert kept() == first
    assert file.read_text(encoding="utf-8") == text
    assert [path.name for path in file.parent.iterdir()] == ["ledger.json"]


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ledger = ledger_of_folder(repository.data, GIT, ZONE, cache=tmp_path / "file" / "ledger.json")
    assert ledger == repository.ledger()


def test_a_history_gives_the_parsed_text_of_each_version(repository: Repository) -> None:
    repository.commit("2027-01-05", {ACTIONS + "daina.yml": None, "LICENSE": "x"})
    first, second = read_history(repository.data, GIT, head_of(repository.data, GIT)).commits
    assert {change.path for change in first.changes} == set(WORLD)
    assert all(change.data for change in first.changes)
    assert [(change.path, change.data, change.is_deleted) for change in second.changes] == [
        (ACTIONS + "daina.yml", None, True)
    ]


def test_what_one_commit_did_is_told_in_the_same_order_by_every_process(repository: Repository, tmp_path: Path) -> None:
    hanging = "title: {}\nwhen: {{relative: {{to: svente, relation: before}}}}\n"
    repository.commit("2027-01-05", {f"{ACTIONS}{name}.yml": hanging.format(name) for name in "fbdace"})
    repository.commit("2027-01-06", {ORGANIZATION + "events/svente.yml": "title: Šventė\nwhen: {on: 2027-07-10}\n"})
    command = (
        "import sys; from pathlib import Path; from openplans.history import ledger_of_folder;"
        "ledger_of_folder(Path(sys.argv[1]), sys.argv[2], 'Europe/Vilnius', cache=Path(sys.argv[3]))"
    )
    hooks = Path(__file__).resolve().parents[2] / "hooks"
    found = set()
    for seed in "123":
        file = tmp_path / seed / "ledger.json"
        arguments = [sys.executable, "-c", command, str(repository.data), GIT, str(file)]
        subprocess.run(arguments, env={"PYTHONPATH": str(hooks), "PYTHONHASHSEED": seed}, check=True)
        found.add(file.read_bytes())
    assert len(found) == 1
    assert b"by_event" in found.pop()
