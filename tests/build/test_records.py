"""Nothing is lost: what people wrote is on the pages and in the open data, and all of them count alike."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openplans.language import LocalizedText
from openplans.load import Dataset
from openplans.model import Facts

from .pages import HtmlPage, resolve

LANGUAGES = ("lt", "lv", "en")
PLANS = ("zalias-namas/two-years-2026", "zalias-namas/ideas-2023", "kalnu-klubs/strategy-2025")
STATUSES = ("done", "partly_done", "ongoing", "not_started", "postponed", "cancelled", "merged", "unreported")
ENGLISH = ("done", "partly done", "ongoing", "not started", "postponed", "cancelled", "merged", "not reported")


def texts_with_places(value: Any, place: str = "") -> Iterator[tuple[str, LocalizedText]]:
    """Yield every text inside a value with the kind of facts and the field that it stands in."""
    if isinstance(value, LocalizedText):
        yield place, value
    elif isinstance(value, Facts):
        for name in type(value).model_fields:
            yield from texts_with_places(getattr(value, name), f"{type(value).__name__}.{name}")
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from texts_with_places(item, place)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_with_places(item, place)


def without_markdown(text: str) -> str:
    """Return the words of a text, without the signs of the small Markdown and with single spaces."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^(?:- |\d+\. )", "", text, flags=re.MULTILINE)
    return re.sub(r"\s+", " ", re.sub(r"[*`]", "", text)).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_on_a_page(language: str, dataset: Dataset, pages: dict[str, HtmlPage]) -> None:
    said = "\n".join(page.text for path, page in pages.items() if path.startswith(f"{language}/"))
    said = re.sub(r"\s+", " ", said)
    records = (dataset.site, dataset.glossary, *dataset.organizations)
    lost = [
        (place, text.shown(language).text)
        for record in records
        for place, text in texts_with_places(record)
        if without_markdown(text.shown(language).text) not in said
    ]
    assert lost == []


@pytest.fixture(scope="module")
def plan_json(built_site: Path) -> dict[str, dict[str, Any]]:
    """Return the open data of each plan."""
    return {plan: json.loads((built_site / f"api/v1/{plan}.json").read_text(encoding="utf-8")) for plan in PLANS}


@pytest.fixture(scope="module")
def plan_rows(built_site: Path) -> dict[str, list[dict[str, str]]]:
    """Return the table of each plan, as a program reads it."""
    found = {}
    for plan in PLANS:
        text = (built_site / f"data/{plan}.csv").read_bytes().decode("utf-8-sig")
        found[plan] = list(csv.DictReader(io.StringIO(text, newline="")))
    return found


def test_every_action_is_in_its_plans_json_and_table_in_the_same_order(
    world: Path, plan_json: dict[str, dict[str, Any]], plan_rows: dict[str, list[dict[str, str]]]
) -> None:
    for plan in PLANS:
        organization, name = plan.split("/")
        folder = world / "organizations" / organization / "plans" / name / "actions"
        written = sorted(file.stem for file in folder.rglob("*.yml"))
        in_json = [action["id"] for action in plan_json[plan]["actions"]]
        assert sorted(in_json) == written
        assert [row["id"] for row in plan_rows[plan]] == in_json


def test_every_text_is_in_the_open_data(dataset: Dataset, built_site: Path) -> None:
    said: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, str):
            said.add(value)
        elif isinstance(value, dict):
            for item in value.values():
                collect(item)
        elif isinstance(value, list):
            for item in value:
                collect(item)

    for file in (built_site / "api/v1").rglob("*.json"):
        collect(json.loads(file.read_text(encoding="utf-8")))
    records = (dataset.site, dataset.glossary, *dataset.organizations)
    lost = [
        (place, words)
        for record in records
        for place, text in texts_with_places(record)
        for _, words in text.items()
        if words not in said
    ]
    assert lost == []


def written_meetings(dataset: Dataset) -> list[tuple[str, str, str]]:
    """Return organization, event and occurrence of every meeting that the world's files write or repeat."""
    repeated = {
        "first-mondays": ["2027-05", "2027-06", "2027-07", "2027-08"],
        "third-fridays": ["2027-05", "2027-06"],
        "fourth-fridays": ["2027-05", "2027-06"],
    }
    return [
        (organization.id, event.id, occurrence)
        for organization in dataset.organizations
        for event in organization.events
        for occurrence in [o.id for o in event.occurrences] or repeated.get(event.id, [""])
    ]


def test_every_meeting_is_in_the_open_data_once(dataset: Dataset, built_site: Path) -> None:
    written = [(of, f"{event}.{date}" if date else event) for of, event, date in written_meetings(dataset)]
    found = json.loads((built_site / "api/v1/events.json").read_text(encoding="utf-8"))["events"]
    assert sorted((event["organization"], event["id"]) for event in found) == sorted(written)


def test_every_meeting_is_in_the_agenda_or_the_archive_of_each_language(
    dataset: Dataset, pages: dict[str, HtmlPage]
) -> None:
    for language in LANGUAGES:
        listed = {
            target[0]
            for path in pages
            if path == f"{language}/events/index.html" or path.startswith(f"{language}/events/archive/")
            for href in pages[path].links
            if (target := resolve("https://plans.example/sub/", path, href))
        }
        for of, event, date in written_meetings(dataset):
            assert f"{language}/{of}/events/{event}/{date + '/' if date else ''}index.html" in listed


def test_the_table_gives_text_back_and_runs_no_formula(plan_rows: dict[str, list[dict[str, str]]]) -> None:
    rows = {row["id"]: row for row in plan_rows["zalias-namas/two-years-2026"]}
    assert rows["o-01-monthly-letter"]["number"] == "'=1+1"
    assert rows["o-01-monthly-letter"]["title_lt"] == "'=1+1 laiškas per mėnesį"
    assert rows["o-01-monthly-letter"]["when_as_written"] == "'-kas mėnesį 5 d."
    assert rows["r-04-until-survey"]["number"] == "'+4"
    assert rows["r-04-until-survey"]["title_lv"] == "'@visi: gaidīt aptauju"
    assert rows["o-06-city-fair"]["title_en"] == "Take part in the city fair (\"& < > ')"
    hut = next(row for row in plan_rows["kalnu-klubs/strategy-2025"] if row["id"] == "k-03-hut")
    assert (hut["title_lt"], hut["title_lv"]) == ("", "Uzbūvēt namiņu \"Pie Ērgļa\" & 'Pūces'")
    cells = [cell for table in plan_rows.values() for row in table for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))] == []


def counts_of(rows: list[dict[str, str]]) -> dict[str, int]:
    """Count the statuses of a table's rows."""
    counts = Counter(row["status"] for row in rows)
    return {status: counts[status] for status in STATUSES}


def mean_of(rows: list[dict[str, str]], column: str) -> Fraction | None:
    """Return the mean of a column of shares."""
    return sum((Fraction(row[column]) for row in rows), Fraction(0)) / len(rows) if rows else None


def check_against_rows(derived: dict[str, Any], rows: list[dict[str, str]]) -> None:
    """Compute a roll-up anew from a table, by the published rules, and compare."""
    assert derived["counts"] == counts_of(rows)
    assert derived["total"] == len(rows)
    assert derived["reported"] == sum(row["status"] != "unreported" for row in rows)
    assert derived["overdue"] == sum(row["schedule"] == "overdue" for row in rows)
    adopted = [row for row in rows if row["status"] != "merged"]
    current = [row for row in adopted if row["status"] != "cancelled"]
    assert derived["current"]["total"] == len(current)
    if rows:
        assert Fraction(derived["coverage"]) == Fraction(derived["reported"], len(rows))
        assert derived["showsPercent"] == (Fraction(derived["coverage"]) * 100 >= derived["coverageThresholdPercent"])
        for end in ("low", "high"):
            assert Fraction(derived["adopted"][end]) == mean_of(adopted, f"delivered_{end}")
            assert Fraction(derived["current"][end]) == mean_of(current, f"completion_{end}")


@pytest.mark.parametrize("plan", PLANS)
def test_numbers_in_json_can_be_recomputed_from_the_table(
    plan: str, plan_json: dict[str, dict[str, Any]], plan_rows: dict[str, list[dict[str, str]]]
) -> None:
    derived = plan_json[plan]["derived"]
    check_against_rows(derived, plan_rows[plan])
    for section, part in derived["sections"].items():
        check_against_rows(part, [row for row in plan_rows[plan] if row["section"] == section])


def test_numbers_of_organizations_can_be_recomputed_from_their_tables(
    built_site: Path, plan_rows: dict[str, list[dict[str, str]]]
) -> None:
    index = json.loads((built_site / "api/v1/index.json").read_text(encoding="utf-8"))
    for organization in index["organizations"]:
        rows = [row for plan in PLANS if plan.startswith(organization["id"] + "/") for row in plan_rows[plan]]
        check_against_rows(organization["derived"], rows)


def numbers_in(sentence: str) -> list[int]:
    """Return the whole numbers of a sentence."""
    return [int(number) for number in re.findall(r"\d+", sentence)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan", PLANS)
def test_counts_on_pages_and_badges_are_those_of_the_table(
    plan: str, language: str, pages: dict[str, HtmlPage], plan_rows: dict[str, list[dict[str, str]]], built_site: Path
) -> None:
    counts = counts_of(plan_rows[plan])
    total = sum(counts.values())
    shown = [counts[status] for status in STATUSES if counts[status]]
    expected = [total] if counts["unreported"] == total else [*shown, total]
    sentence = pages[f"{language}/{plan}/index.html"].with_class("op-progress__words")[0]
    assert numbers_in(sentence) == expected
    if language == "en" and counts["unreported"] < total:
        words = [f"{counts[status]} {word}" for status, word in zip(STATUSES, ENGLISH, strict=True) if counts[status]]
        assert sentence == f"{' · '.join(words)}, of {total}."
    badge = json.loads((built_site / f"badges/{plan}.{language}.json").read_text(encoding="utf-8"))
    assert (badge["counts"], badge["total"], badge["sentence"]) == (counts, total, sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_on_pages_of_sections_are_those_of_the_table(
    language: str, pages: dict[str, HtmlPage], plan_rows: dict[str, list[dict[str, str]]]
) -> None:
    plan = "zalias-namas/two-years-2026"
    for section in ("trainings", "outreach", "rhythm"):
        counts = counts_of([row for row in plan_rows[plan] if row["section"] == section])
        total = sum(counts.values())
        shown = [counts[status] for status in STATUSES if counts[status]]
        sentence = pages[f"{language}/{plan}/{section}/index.html"].with_class("op-progress__words")[0]
        assert numbers_in(sentence) == ([total] if counts["unreported"] == total else [*shown, total])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_percentage_on_a_page_is_the_tables_share_rounded_down(
    language: str, pages: dict[str, HtmlPage], plan_rows: dict[str, list[dict[str, str]]]
) -> None:
    plan = "zalias-namas/two-years-2026"
    adopted = [row for row in plan_rows[plan] if row["status"] != "merged"]
    low, high = (int((mean_of(adopted, f"delivered_{end}") or 0) * 100) for end in ("low", "high"))
    share = pages[f"{language}/{plan}/index.html"].with_class("op-progress__share")[0]
    assert numbers_in(share) == [low, high, len(adopted)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_few_reports_give_no_percentage_anywhere(
    language: str, pages: dict[str, HtmlPage], plan_json: dict[str, dict[str, Any]], built_site: Path
) -> None:
    for plan in PLANS:
        derived = plan_json[plan]["derived"]
        parts = [derived, *derived["sections"].values()]
        shares = pages[f"{language}/{plan}/index.html"].with_class("op-progress__share")
        assert len(shares) == sum(part["showsPercent"] for part in parts)
        badge = json.loads((built_site / f"badges/{plan}.{language}.json").read_text(encoding="utf-8"))
        for end in ("adopted", "current"):
            assert (badge[end] is not None) is derived["showsPercent"]
    assert not plan_json["kalnu-klubs/strategy-2025"]["derived"]["showsPercent"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_without_reports_is_never_called_late(language: str, pages: dict[str, HtmlPage]) -> None:
    for path in ("zalias-namas/ideas-2023", "zalias-namas/ideas-2023/i-01-garden"):
        page = pages[f"{language}/{path}/index.html"]
        assert not [e for e in page.elements if "op-status--overdue" in e.attributes.get("class", "")]
        assert page.with_class("op-overdue") == []


def test_bars_are_full_and_in_step_with_the_counts(pages: dict[str, HtmlPage]) -> None:
    for path, page in pages.items():
        parts = [
            (int(e.attributes["x"]), int(e.attributes["width"]))
            for e in page.of("rect")
            if e.attributes.get("class", "").startswith("op-fill--") and e.attributes["height"] == "12"
        ]
        for index, (start, width) in enumerate(parts):
            end = start + width
            following = parts[index + 1][0] if index + 1 < len(parts) else 0
            assert width > 0 and following in (0, end), path
            assert following or end == 1000, path
