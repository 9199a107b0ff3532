"""What pages, feeds and open data say of a scripted history: told once, in three languages, at lasting addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openplans.adoption import adoption_of
from openplans.change_words import told
from openplans.changes import changes_of, told_together
from openplans.ledger import EMPTY, Entry, Key, Ledger
from openplans.load import load_dataset
from openplans.news import news_feeds
from openplans.outputs import json_data
from openplans.publication import Publication
from openplans.render import Renderer
from openplans.routes import PageKind, Route, alternates, routes
from openplans.views import view_of

from .scripted import ACTIONS, BENCHES, ORGANIZATION, PLAN, SITE, SONG, TREES, WORLD, Repository

LANGUAGES = ("lt", "lv", "en")
TEMPLATES = Path(__file__).resolve().parents[2] / "overrides" / "plans"
Publish = Callable[[], Publication]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with the world in it, committed on 1 January 2027."""
    made = Repository(tmp_path / "repository")
    made.commit("2027-01-01", WORLD)
    return made


@pytest.fixture
def publish(repository: Repository) -> Publish:
    """Return a function that reads the repository's folder and its history as a build on 1 May 2027 does."""

    def make() -> Publication:
        dataset = load_dataset(repository.data).dataset
        assert dataset is not None, load_dataset(repository.data).diagnostics
        return Publication(dataset, date(2027, 5, 1), "https://plans.example/", ledger=repository.ledger())

    return make


def html_of(publication: Publication, kind: PageKind, plan: str = "", item: str = "", language: str = "lt") -> str:
    """Return the fragment of a page of the made-up organization."""
    organization = "pievos" if kind not in (PageKind.HOME, PageKind.CHANGES) else ""
    route = Route(kind, language, organization, plan, item)
    return Renderer(TEMPLATES).html(view_of(route, publication), publication)


def text_of(html: str) -> str:
    """Return the words of a fragment."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def sentences(publication: Publication, language: str = "en") -> list[str]:
    """Return everything that changed as its subject, its sentence and what is quoted beside it."""
    t = publication.messages(language)
    found = []
    for change in told_together(changes_of(publication)):
        words = told(change, publication, t)
        found.append(f"{change.subject.shown(language).text}: {words.sentence} {words.text}".strip())
    return found


CANCELLED = SONG + "updates: [{date: 2027-02-03, status: cancelled, reason: Nėra kompozitoriaus}]\n"


# -- told once -------------------------------------------------------------------------------------------------------


def test_a_report_and_the_change_of_status_that_it_makes_are_told_once(
    repository: Repository, publish: Publish
) -> None:
    repository.commit("2027-02-05", {ACTIONS + "daina.yml": CANCELLED})
    publication = publish()
    lines = [line for line in sentences(publication) if line.startswith("Sukurti dainą")]
    assert lines == ["Sukurti dainą: Action cancelled Reason: Nėra kompozitoriaus"]
    page = html_of(publication, PageKind.CHANGES)
    assert page.count("Nėra kompozitoriaus") == 1


def test_a_report_has_the_same_id_in_feeds_with_a_history_and_without(repository: Repository, publish: Publish) -> None:
    repository.commit("2027-02-05", {ACTIONS + "daina.yml": CANCELLED})
    publication = publish()
    ids = [
        {item.uri for feed in news_feeds(p, "lt") for item in feed.items}
        for p in (publication, replace(publication, ledger=EMPTY))
    ]
    assert "tag:pievos.example,2000:pievos/metai/daina/0" in ids[0] & ids[1]
    assert ids[1] < ids[0]


def test_reports_that_were_there_from_the_start_stay_told(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repository")
    made.commit("2027-02-05", {**WORLD, ACTIONS + "daina.yml": CANCELLED})
    dataset = load_dataset(made.data).dataset
    assert dataset is not None
    publication = Publication(dataset, date(2027, 5, 1), ledger=made.ledger())
    assert sentences(publication) == [
        "Metų planas: Plan published here",
        "Sukurti dainą: Reported: cancelled Nėra kompozitoriaus",
        "Metų planas: Adopted, No. – Susirinkimas",
    ]


def test_a_report_taken_back_and_made_again_is_one_item_of_the_feed(repository: Repository, publish: Publish) -> None:
    for day, text in (("05", CANCELLED), ("06", SONG), ("07", CANCELLED)):
        repository.commit(f"2027-02-{day}", {ACTIONS + "daina.yml": text})
    for feed in news_feeds(publish(), "en"):
        ids = [item.uri for item in feed.items]
        assert len(set(ids)) == len(ids)


def test_many_changes_of_one_kind_on_a_day_are_told_together(repository: Repository, publish: Publish) -> None:
    names = [f"{number:02}" for number in range(5)]
    repository.commit("2027-03-01", {f"{ACTIONS}a-{name}.yml": f"title: Darbas {name}\n" for name in names})
    repository.commit("2027-03-02", {f"{ACTIONS}a-{name}.yml": f"title: Veikla {name}\n" for name in names[:3]})
    publication = publish()
    lines = sentences(publication)
    assert lines.count("Metų planas: 5 actions added") == 1
    assert sum("Text changed: title" in line for line in lines) == 3
    page = text_of(html_of(publication, PageKind.CHANGES))
    assert "Pridėti 5 veiksmai" in page
    assert all(f"Darbas {name}" in page for name in names[3:])
    feeds = {feed.name: feed for feed in news_feeds(publication, "en")}
    assert [item.title for item in feeds["pievos/metai"].items][3] == "Metų planas – 5 actions added"


# -- in words --------------------------------------------------------------------------------------------------------


def entry(kind: str, before: Any = None, after: Any = None, **more: Any) -> Entry:
    """Return an entry about the action of trees, or about what ``more`` says."""
    record = more.pop("record", Key("action", "pievos", "metai", "medziai"))
    owner = Key("organization", "pievos") if record.kind == "event" else Key("plan", "pievos", "metai")
    return Entry("0" * 16, date(2027, 2, 1), record, owner, {"lt": "X"}, "lt", kind, before, after, **more)


EVENT = Key("event", "pievos", item="svente")
BY, WINDOW = [{"by": "2027-05-31"}], [{"window": ["2027-06"]}]
FIVE, SEVEN = ({"value": value, "comparator": "at_least", "measure": "number"} for value in ("5", "7"))
LINES = [[{"amount": amount, "currency": "EUR", "stage": "planned", "basis": "exact"}] for amount in ("500", "300")]
CASES: list[tuple[Entry, str]] = [
    (entry("plan_published", record=Key("plan", "pievos", "metai")), "Plan published here"),
    (entry("deadline_moved", BY, WINDOW), "Deadline moved: was by 31 May 2027, now June 2027"),
    (entry("deadline_moved", [], WINDOW), "Deadline set: June 2027"),
    (entry("deadline_moved", BY, []), "Deadline dropped, was by 31 May 2027"),
    (
        entry("deadline_moved", BY, WINDOW, detail="by_event", part="svente", name={"lt": "Šventė"}),
        "Deadline moved: was by 31 May 2027, now June 2027 Follows the date of: Šventė",
    ),
    (
        entry("postponed", BY, WINDOW, reason={"lt": "Liga"}),
        "Postponed: was by 31 May 2027, new date June 2027 Reason: Liga",
    ),
    (entry("postponed", BY, []), "Postponed without a new date, was by 31 May 2027"),
    (entry("postponed", [], []), "Postponed without a new date"),
    (entry("status_changed", "ongoing", "done"), "Status: done (was: ongoing)"),
    (entry("status_changed", "cancelled", "scheduled", record=EVENT), "Status: as planned (was: cancelled)"),
    (entry("cancelled", "ongoing"), "Action cancelled"),
    (entry("merged", None, "suolai"), "Action merged into another"),
    (
        entry("target_changed", SEVEN, FIVE, detail="lowered", part="i", name={"lt": "Medžiai"}),
        "Target lowered: was at least 7, now at least 5 Indicator: Medžiai",
    ),
    (
        entry("target_changed", None, FIVE, detail="set", part="i", name={"en": "Trees", "lt": "Medžiai"}),
        "Target set: at least 5 Indicator: Trees",
    ),
    (
        entry(
            "target_changed",
            {**FIVE, "upper": "9", "per": "year", "period": "2027", "measure": "percent"},
            None,
            detail="dropped",
            part="i",
        ),
        "Target dropped, was at least 5%–9% a year, 2027",
    ),
    (
        entry(
            "target_changed",
            {"text": {"lt": "Gerai"}, "comparator": "exactly", "measure": "qualitative"},
            FIVE,
            detail="changed",
        ),
        "Target changed: was Gerai, now at least 5",
    ),
    (
        entry(
            "target_changed",
            {"times": 2, "per": "month", "at_least": True},
            {"times": 1, "per": "month", "at_least": False},
            detail="lowered",
            part="quota",
        ),
        "Target lowered: was at least 2 times a month, now 1 time a month",
    ),
    (entry("money_changed", *LINES), "Money changed: was €500, planned, now €300, planned"),
    (
        entry(
            "money_changed",
            [],
            [{**LINES[0][0], "per": "year", "basis": "estimate", "period": "2027", "breakdown": ["200", "300"]}],
        ),
        "Money added: €500 a year (€200 + €300), planned, estimate, 2027",
    ),
    (entry("money_changed", [], []), "Money changed"),
    (
        entry(
            "responsible_changed",
            [{"id": "a", "name": {"lt": "Taryba", "en": "Council"}}],
            [{"id": "b", "name": None}],
            part="darbai",
            name={"lt": "Darbai"},
        ),
        "Responsible bodies changed Section: Darbai Was: Council Now: b",
    ),
    (
        entry("reworded", [{"lt": "Senas"}], [{"lt": "Naujas", "en": "New"}], detail="results"),
        "Text changed: expected results Was: Senas Now: New",
    ),
    (entry("translated", None, ["en", "lv"]), "Translation updated: English and Latvian"),
    (
        entry("event_moved", WINDOW, [{"on": "2027-06-10T18:00"}], record=EVENT, part="a"),
        "Date moved: was June 2027, now 10 June 2027, Thursday, 18:00 Date of the series: a",
    ),
    (entry("event_announced", record=EVENT), "Event announced"),
    (
        entry("event_announced", None, [{"on": "2027-06-10"}], record=EVENT, part="a"),
        "New date announced: 10 June 2027, Thursday Date of the series: a",
    ),
    (
        entry("event_announced", None, [], record=EVENT, part="a"),
        "New date announced, day not yet set Date of the series: a",
    ),
    (entry("event_removed", record=EVENT, part="a"), "Date removed from the series Date of the series: a"),
    (entry("event_cancelled", "scheduled", record=EVENT, reason={"lt": "Liga"}), "Event cancelled Reason: Liga"),
]


@pytest.mark.parametrize(("item", "english"), CASES, ids=[english for _, english in CASES])
def test_each_kind_of_entry_is_a_sentence_in_every_language(item: Entry, english: str, publish: Publish) -> None:
    publication = replace(publish(), ledger=Ledger((item,)))
    (change,) = (change for change in changes_of(publication) if change.entry is not None)
    said = {}
    for language in LANGUAGES:
        words = told(change, publication, publication.messages(language))
        said[language] = f"{words.sentence} {words.text}".strip()
        assert "{" not in said[language]
        assert "}" not in said[language]
    assert said["en"] == english
    assert len(set(said.values())) == len(LANGUAGES)


def test_texts_of_the_past_carry_the_language_that_they_are_in(repository: Repository, publish: Publish) -> None:
    repository.commit("2027-02-01", {ACTIONS + "suolai.yml": BENCHES.replace("Pastatyti", "Nudažyti")})
    page = html_of(publish(), PageKind.ACTION, "metai", "suolai", "en")
    assert 'Was: <span lang="lt">Pastatyti suolus</span>' in page
    assert 'Now: <span lang="lt">Nudažyti suolus</span>' in page


def test_a_language_that_the_site_has_no_more_is_no_stumbling_block(repository: Repository, publish: Publish) -> None:
    two = {
        path: text.replace("lt: ", "lv: ").replace("source_language: lt", "source_language: lv")
        for path, text in WORLD.items()
    }
    repository.commit(
        "2027-02-01",
        {
            **two,
            ACTIONS + "daina.yml": None,
            "site.yml": SITE.replace("[lt, lv, en]", "[lv, en]").replace("language: lt", "language: lv"),
        },
    )
    publication = publish()
    assert publication.languages == ("lv", "en")
    for kind, item in ((PageKind.CHANGES, ""), (PageKind.ACTION, "daina"), (PageKind.ACTION, "medziai")):
        assert "<h1" in html_of(publication, kind, "metai" if item else "", item, "en")


# -- why nothing is known --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["off", "no_git", "no_repository", "untracked", "shallow", "unreadable"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_ledger_says_why(reason: str, language: str, publish: Publish) -> None:
    publication = replace(publish(), ledger=Ledger(reason=reason))
    said = text_of(html_of(publication, PageKind.CHANGES, language=language))
    assert publication.messages(language)(f"ledger.empty.{reason}") in said
    assert publication.messages(language)(f"ledger.empty.{reason}") not in text_of(html_of(publish(), PageKind.CHANGES))
    plan = text_of(html_of(publication, PageKind.PLAN, "metai", language=language))
    assert publication.messages(language)("ledger.adoption.unknown") in plan


# -- addresses that stay ---------------------------------------------------------------------------------------------


def test_a_removed_action_keeps_its_address_in_every_language(repository: Repository, publish: Publish) -> None:
    repository.commit("2027-02-01", {ACTIONS + "daina.yml": None})
    publication = publish()
    gone = Route(PageKind.ACTION, "lt", "pievos", "metai", "daina")
    assert {gone.in_language(language) for language in LANGUAGES} <= set(routes(publication))
    assert set(alternates(gone, publication)) == {gone.in_language(language) for language in LANGUAGES}
    for language in LANGUAGES:
        view = view_of(gone.in_language(language), publication)
        assert [link.href for link in view.page.languages] == [f"{code}/pievos/metai/daina/" for code in LANGUAGES]
        page = html_of(publication, PageKind.ACTION, "metai", "daina", language)
        t = publication.messages(language)
        assert t("ledger.gone.action", day=t.day(date(2027, 2, 1))) in page
        assert "Sukurti dainą" in page
        assert 'href="../"' in page
    plan = html_of(publication, PageKind.PLAN, "metai")
    assert '<a href="daina/">Sukurti dainą</a> <span class="op-detail">2027 m. vasario 1 d.</span>' in plan


def test_a_removed_event_plan_section_and_committee_keep_their_addresses(
    repository: Repository, publish: Publish
) -> None:
    other = "organizations/pievos/plans/kitas/"
    repository.commit("2027-02-01", {other + "plan.yml": "title: Kitas\nperiod: 2028\nsections: [{id: a, title: A}]\n"})
    plan = WORLD[PLAN + "plan.yml"] + "  - {id: laikina, title: Laikina}\n"
    repository.commit("2027-02-02", {PLAN + "plan.yml": plan, ORGANIZATION + "committees/senas.yml": "name: Senas\n"})
    repository.commit(
        "2027-02-03",
        {
            other + "plan.yml": None,
            PLAN + "plan.yml": WORLD[PLAN + "plan.yml"],
            ORGANIZATION + "events/svente.yml": None,
            ORGANIZATION + "committees/senas.yml": None,
        },
    )
    publication = publish()
    paths = {route.path for route in routes(publication)}
    for place in ("events/svente", "kitas", "kitas/a", "metai/laikina", "committees/senas"):
        assert f"lv/pievos/{place}/" in paths
    assert len(publication.removed) == 5
    for key in publication.removed:
        route = Route(PageKind(key.kind), "en", key.organization, key.plan, key.item)
        assert "3 February 2027" in Renderer(TEMPLATES).html(view_of(route, publication), publication)


def test_a_redirect_takes_the_place_of_a_removed_record(repository: Repository, publish: Publish) -> None:
    repository.commit("2027-02-01", {ACTIONS + "daina.yml": None})
    repository.commit("2027-02-02", {"redirects.yml": "redirects:\n  pievos/metai/daina: pievos/metai/suolai\n"})
    publication = publish()
    assert publication.removed == {}
    assert "lt/pievos/metai/daina/" not in {route.path for route in routes(publication)}
    assert "Sukurti dainą" in html_of(publication, PageKind.PLAN, "metai")


def test_what_is_there_now_comes_before_what_was_there(repository: Repository, publish: Publish) -> None:
    repository.commit("2027-02-01", {ACTIONS + "daina.yml": None})
    repository.commit("2027-02-02", {PLAN + "plan.yml": WORLD[PLAN + "plan.yml"] + "  - {id: daina, title: Daina}\n"})
    found = [route.kind for route in routes(publish()) if route.path == "lt/pievos/metai/daina/"]
    assert found == [PageKind.SECTION]


def test_a_renamed_record_leads_on_from_its_old_address(repository: Repository, publish: Publish) -> None:
    repository.commit("2027-02-01", {ACTIONS + "daina.yml": None, ACTIONS + "giesme.yml": SONG})
    page = html_of(publish(), PageKind.ACTION, "metai", "daina")
    assert '<a href="../giesme/">Sukurti dainą</a>' in page
    assert "Pašalinta" not in text_of(html_of(publish(), PageKind.PLAN, "metai"))


def test_what_belonged_to_an_organization_that_is_gone_is_not_shown(repository: Repository, publish: Publish) -> None:
    new = {path.replace("pievos", "laukai"): text.replace("Pievos", "Laukai") for path, text in WORLD.items()}
    old: Mapping[str, None] = {path: None for path in WORLD if path.startswith("organizations/")}
    repository.commit("2027-02-01", {ACTIONS + "daina.yml": None})
    kept = {path: text for path, text in new.items() if "plans" not in path}
    kept[ORGANIZATION.replace("pievos", "laukai") + "events/svente.yml"] = "title: Kita šventė\n"
    kept = {path: text.replace("Taryba", "Grupė").replace("Choras", "Būrys") for path, text in kept.items()}
    gone = {path: None for path in old if path != ACTIONS + "daina.yml"}
    repository.commit("2027-02-02", {**gone, **kept})
    publication = publish()
    assert (publication.entries, publication.removed) == ((), {})
    assert len(publication.ledger.entries) > 1


def test_a_link_to_what_is_gone_only_in_the_working_folder_leads_to_its_plan(
    repository: Repository, publish: Publish
) -> None:
    repository.commit("2027-02-01", {ACTIONS + "daina.yml": CANCELLED})
    repository.write({ACTIONS + "daina.yml": None})
    page = html_of(publish(), PageKind.CHANGES)
    assert '<a href="../pievos/metai/">Sukurti dainą</a>' in page
    assert "metai/daina/" not in page


# -- as adopted, as today --------------------------------------------------------------------------------------------


def test_additions_and_removals_are_counted_from_adoption_and_first_appearance(
    repository: Repository, publish: Publish
) -> None:
    late = WORLD[PLAN + "plan.yml"].replace("date: 2026-12-20", "date: 2027-02-10")
    repository.commit("2027-02-01", {PLAN + "plan.yml": late, ACTIONS + "anksti.yml": "title: Anksti\n"})
    repository.commit(
        "2027-03-01", {ACTIONS + "velai.yml": "title: Vėlai\n", ACTIONS + "trumpai.yml": "title: Trumpai\n"}
    )
    repository.commit("2027-03-02", {ACTIONS + "daina.yml": None, ACTIONS + "trumpai.yml": None})
    publication = publish()
    found = adoption_of(publication, publication.dataset.organizations[0].plans[0])
    assert found.known_since == date(2027, 1, 1)
    assert found.added == {"velai": date(2027, 3, 1)}
    assert [item.record.item for item in found.removed] == ["daina", "trumpai"]
    assert (found.adopted_count, found.today_count) == (4, 4)
    for kind, plan, item in (
        (PageKind.SECTION, "metai", "darbai"),
        (PageKind.COMMITTEE, "", "taryba"),
        (PageKind.ACTION, "metai", "velai"),
    ):
        page = text_of(html_of(publication, kind, plan, item))
        assert page.count("pridėta vėliau (2027 m. kovo 1 d.)") == 1
    page = text_of(html_of(publication, PageKind.PLAN, "metai"))
    assert "Patvirtinta: 2027 m. vasario 10 d. Patvirtinant: 4 veiksmai. Šiandien: 4 veiksmai." in page


def test_a_plan_without_changes_says_so(publish: Publish) -> None:
    page = text_of(html_of(publish(), PageKind.PLAN, "metai", language="en"))
    assert "As adopted: 3 actions. Today: 3 actions. No action has been added or removed." in page
    assert "Changes are known from 1 January 2027" in page


# -- where it is told ------------------------------------------------------------------------------------------------


@pytest.fixture
def story(repository: Repository, publish: Publish) -> Publication:
    """Return a publication with a moved deadline, a moved event and a removed action in its history."""
    repository.commit("2027-02-01", {ACTIONS + "medziai.yml": TREES.replace("2027-05-31", "2027-09-30")})
    repository.commit("2027-02-02", {ORGANIZATION + "events/svente.yml": "title: Šventė\nwhen: {on: 2027-06-12}\n"})
    repository.commit("2027-02-03", {ACTIONS + "daina.yml": None})
    return publish()


def test_each_page_tells_what_concerns_it(story: Publication) -> None:
    deadline, event, gone = "Deadline moved", "Date moved", "Action removed"
    told_on = {
        (PageKind.CHANGES, "", ""): {deadline, event, gone},
        (PageKind.HOME, "", ""): {deadline, event, gone},
        (PageKind.ORGANIZATION, "", ""): {deadline, event, gone},
        (PageKind.PLAN, "metai", ""): {deadline, gone},
        (PageKind.ACTION, "metai", "medziai"): {deadline},
        (PageKind.ACTION, "metai", "daina"): {gone},
        (PageKind.ACTION, "metai", "suolai"): set(),
        (PageKind.EVENT, "", "svente"): {event},
    }
    for (kind, plan, item), expected in told_on.items():
        page = html_of(story, kind, plan, item, "en")
        assert {words for words in (deadline, event, gone) if words in page} == expected, (kind, item)


def test_a_plans_page_shows_the_newest_ten(repository: Repository, publish: Publish) -> None:
    for day in range(1, 13):
        repository.commit(
            f"2027-02-{day:02}", {ACTIONS + "suolai.yml": BENCHES.replace("2027-06", f"2027-06-{day:02}")}
        )
    page = html_of(publish(), PageKind.PLAN, "metai", language="en")
    block = page[page.index('id="changes"') :]
    assert block.count("Deadline moved") == 10
    assert "12 February 2027" in block
    assert 'href="../../changes/"' in block


def test_there_are_feeds_of_the_site_its_events_each_organization_and_each_plan(story: Publication) -> None:
    feeds = {feed.name: [item.title for item in feed.items] for feed in news_feeds(story, "en")}
    deadline = "Plant trees – Deadline moved: was by 31 May 2027, now by 30 September 2027"
    gone, published = "Sukurti dainą – Action removed", "Metų planas – Plan published here"
    event = "Šventė – Date moved: was 10 June 2027, Thursday, now 12 June 2027, Saturday"
    adopted = "Metų planas – Adopted, No. –"
    assert feeds == {
        "events": [event],
        "all": [gone, event, deadline, published, adopted],
        "pievos": [gone, event, deadline, published, adopted],
        "pievos/metai": [gone, deadline, published, adopted],
    }
    assert {view_of(r, story).page.feed for r in routes(story) if r.kind is PageKind.PLAN} == {"pievos/metai"}
    assert {view_of(r, story).page.feed for r in routes(story) if r.kind is PageKind.HOME} == {"all"}


def test_open_data_hold_what_is_gone_and_what_changed(story: Publication) -> None:
    files = {file.path: json.loads(file.content) for file in json_data.files(story)}
    plan = files["api/v1/pievos/metai.json"]
    assert plan["removed"] == [
        {
            "id": "daina",
            "title": {"lt": "Sukurti dainą"},
            "number": None,
            "removedOn": "2027-02-03",
            "page": {language: f"{language}/pievos/metai/daina/" for language in LANGUAGES},
        }
    ]
    assert plan["derived"]["adoption"] == {
        "adoptedOn": "2026-12-20",
        "knownSince": "2027-01-01",
        "unknownBecause": None,
        "adoptedCount": 3,
        "todayCount": 2,
        "addedLater": {},
    }
    assert [(change["day"], change["kind"], change["record"]["id"]) for change in plan["changes"]] == [
        ("2027-02-03", "action_removed", "daina"),
        ("2027-02-01", "deadline_moved", "medziai"),
        ("2027-01-01", "plan_published", "metai"),
    ]
    assert plan["changes"][1]["before"] == [{"by": "2027-05-31"}]
    assert files["api/v1/events.json"]["removed"] == []


def test_open_data_list_removed_events(repository: Repository, publish: Publish) -> None:
    repository.commit("2027-02-01", {ORGANIZATION + "events/svente.yml": None})
    files = {file.path: json.loads(file.content) for file in json_data.files(publish())}
    (event,) = files["api/v1/events.json"]["removed"]
    assert (event["organization"], event["id"], event["page"]["lv"]) == ("pievos", "svente", "lv/pievos/events/svente/")
