"""News feeds: well-formed, complete in what readers of feeds need, with ids that are unique and last."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openplans.load import Dataset, load_dataset
from openplans.outputs import atom, json_feed
from openplans.publication import Publication

LANGUAGES = ("lt", "lv", "en")
NAMES = ("all", "zalias-namas", "kalnu-klubs")
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TAG = re.compile(r"tag:plans\.example,\d{4}(-\d{2}-\d{2})?:\S+")


@pytest.fixture(scope="module")
def atoms(publication: Publication) -> dict[str, ElementTree.Element]:
    """Return every Atom feed of the world, parsed."""
    return {file.path: ElementTree.fromstring(file.content) for file in atom.files(publication)}


@pytest.fixture(scope="module")
def json_feeds(publication: Publication) -> dict[str, dict[str, Any]]:
    """Return every JSON Feed of the world, parsed."""
    return {file.path: json.loads(file.content) for file in json_feed.files(publication)}


def text_of(element: ElementTree.Element, name: str) -> str:
    """Return the text of the only child of a name."""
    found = element.findall(ATOM + name)
    assert len(found) == 1, name
    return found[0].text or ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_an_atom_feed_has_all_that_the_standard_asks_for(
    name: str, language: str, atoms: dict[str, ElementTree.Element]
) -> None:
    path = f"feeds/{language}/{name}.xml"
    feed = atoms[path]
    assert feed.tag == ATOM + "feed"
    assert feed.get(XML_LANG) == language
    entries = feed.findall(ATOM + "entry")
    assert len(entries) >= 1
    ids = [text_of(feed, "id"), *(text_of(entry, "id") for entry in entries)]
    assert len(set(ids)) == len(ids)
    assert [uri for uri in ids if not TAG.fullmatch(uri)] == []
    for element in (feed, *entries):
        assert text_of(element, "title").strip()
        assert datetime.fromisoformat(text_of(element, "updated")).tzinfo is not None
    assert text_of(feed, "updated") == max(text_of(entry, "updated") for entry in entries)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    relations = {link.get("rel"): link.get("href") for link in feed.findall(ATOM + "link")}
    assert relations["self"] == f"https://plans.example/sub/{path}"
    assert relations["alternate"] == f"https://plans.example/sub/{language}/changes/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_json_feed_says_the_same_as_the_atom_feed(
    name: str, language: str, atoms: dict[str, ElementTree.Element], json_feeds: dict[str, dict[str, Any]]
) -> None:
    feed, entries = (
        json_feeds[f"feeds/{language}/{name}.json"],
        atoms[f"feeds/{language}/{name}.xml"].iter(ATOM + "entry"),
    )
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {"title", "home_page_url", "feed_url", "language", "items"} <= set(feed)
    assert feed["language"] == language
    assert feed["feed_url"] == f"https://plans.example/sub/feeds/{language}/{name}.json"
    for item in feed["items"]:
        assert {"id", "url", "title", "content_text", "date_published"} <= set(item)
    assert [(i["id"], i["title"], i["content_text"], i["date_published"], i["url"]) for i in feed["items"]] == [
        (
            text_of(entry, "id"),
            text_of(entry, "title"),
            text_of(entry, "content"),
            text_of(entry, "updated"),
            entry.find(ATOM + "link").get("href"),  # type: ignore[union-attr]
        )
        for entry in entries
    ]


def test_entries_have_the_same_ids_in_every_language(atoms: dict[str, ElementTree.Element]) -> None:
    for name in NAMES:
        ids = [
            [text_of(entry, "id") for entry in atoms[f"feeds/{language}/{name}.xml"].iter(ATOM + "entry")]
            for language in LANGUAGES
        ]
        assert ids[0] == ids[1] == ids[2]


def test_entries_stand_with_the_newest_first(atoms: dict[str, ElementTree.Element]) -> None:
    for feed in atoms.values():
        days = [text_of(entry, "updated") for entry in feed.iter(ATOM + "entry")]
        assert days == sorted(days, reverse=True)


def test_every_report_and_approval_of_the_world_is_an_entry(
    dataset: Dataset, atoms: dict[str, ElementTree.Element]
) -> None:
    for organization in dataset.organizations:
        reports = sum(len(action.updates) for plan in organization.plans for action in plan.actions)
        approvals = sum(approval.date is not None for plan in organization.plans for approval in plan.approvals)
        entries = atoms[f"feeds/lt/{organization.id}.xml"].findall(ATOM + "entry")
        assert len(entries) == reports + approvals


def test_two_equal_reports_are_two_entries_with_ids_of_their_own(world: Path, tmp_path: Path) -> None:
    data = shutil.copytree(world, tmp_path / "data")
    plan = data / "organizations/zalias-namas/plans/two-years-2026"
    report = "  - date: 2027-04-25\n    status: ongoing\n"
    approval = "  - kind: repealed\n    body: Forumas\n    date: 2027-04-02\n"
    for file, words, before in (
        (plan / "actions/trainings/t-05-answer.yml", report, "source:\n"),
        (plan / "plan.yml", approval * 2, "sources:\n"),
    ):
        text = file.read_text(encoding="utf-8")
        assert text.count(f"\n{before}") == 1
        file.write_text(text.replace(f"\n{before}", f"\n{words}{before}"), encoding="utf-8")
    loading = load_dataset(data)
    assert loading.dataset is not None and not loading.diagnostics
    for feed in atom.files(Publication(loading.dataset, date(2027, 5, 1))):
        ids = [text_of(entry, "id") for entry in ElementTree.fromstring(feed.content).iter(ATOM + "entry")]
        assert len(set(ids)) == len(ids), feed.path


def test_a_feed_without_a_known_address_has_no_made_up_links(dataset: Dataset, publication: Publication) -> None:
    nowhere = Publication(dataset, publication.today, None)
    for file in (*atom.files(nowhere), *json_feed.files(nowhere)):
        assert b"href=" not in file.content
        assert b'url"' not in file.content


def test_links_of_entries_lead_to_pages(json_feeds: dict[str, dict[str, Any]], built_site: Any) -> None:
    own = "https://plans.example/sub/"
    links = {item["url"] for feed in json_feeds.values() for item in feed["items"]}
    assert len(links) > 30
    for href in links:
        assert href.startswith(own)
        assert (built_site / href.removeprefix(own).partition("#")[0] / "index.html").is_file(), href
