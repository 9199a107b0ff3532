"""The built pages of events: nothing is missing, nothing is invented, and machines read what people read."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from build.pages import read_html
from openplans.load import load_dataset
from openplans.messages import messages_for
from openplans.next_change import _state, next_change
from openplans.outputs.next_change_json import files as next_change_files
from openplans.publication import Publication
from openplans.render import Renderer
from openplans.routes import PageKind, Route
from openplans.views import view_of

from .built import Built, tree_of, with_class, words
from .conftest import EVENT_DAY, EVENT_URL, EVENT_WORLD
from .known import Known, bounds, known_meetings

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("lt", "lv", "en")
KNOWN = known_meetings(EVENT_WORLD)
BY_ADDRESS = {known.address: known for known in KNOWN}
SERIES = {(known.organization, known.event) for known in KNOWN if known.slot}
FACETS = sorted({facet for known in KNOWN for facet in known.facets})
WEEKDAYS = {
    "lt": "pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis sekmadienis",
    "lv": "pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena svētdiena",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
SCHEMA = "https://schema.org/"
EVENT_STATUS = {
    "scheduled": "EventScheduled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "cancelled": "EventCancelled",
    "moved_online": "EventMovedOnline",
}
#: What search engines require of an event in each status, beyond what they require of all.
REQUIRED = {"@context", "@type", "name", "startDate", "location", "organizer", "url"}
REQUIRED_OF = {"rescheduled": {"previousStartDate"}, "moved_online": {"eventAttendanceMode"}}

each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def built(event_site: Path) -> Built:
    """Return the site of the events' world."""
    return Built(event_site)


def coming() -> set[str]:
    """Return the addresses of what was not over on the day of the build."""
    return {known.address for known in KNOWN if not known.is_over(EVENT_DAY)}


def lists_of(built: Built, language: str) -> list[str]:
    """Return the pages that list events: the agenda, months, facets, years, series, and lists for other sites."""
    found = built.folder.glob(f"{language}/events/**/index.html")
    pages = [f"{path.parent.relative_to(built.folder).as_posix()}/" for path in sorted(found)]
    return pages + [f"{language}/{organization}/events/{event}/" for organization, event in sorted(SERIES)]


def embeds_of(built: Built, language: str) -> list[str]:
    """Return the lists for other sites."""
    found = sorted(built.folder.glob(f"{language}/embed/*/index.html"))
    return [f"{path.parent.relative_to(built.folder).as_posix()}/" for path in found]


# -- pages of events ------------------------------------------------------------------------------------------------


@each_language
def test_every_event_and_every_date_of_a_series_has_a_page_with_its_title(built: Built, language: str) -> None:
    wrong = []
    for known in KNOWN:
        heading = words(built.article(f"{language}/{known.address}").find(".//h1"))
        if " ".join(known.title(language).split()) not in heading:
            wrong.append((known.address, heading))
    assert wrong == []


@each_language
def test_there_are_no_other_pages_of_events(built: Built, language: str) -> None:
    found = {
        path.parent.relative_to(built.folder / language).as_posix() + "/"
        for path in built.folder.glob(f"{language}/*/events/**/index.html")
        if path.parent.name != "poster"
    }
    series = {f"{organization}/events/{event}/" for organization, event in SERIES}
    assert found == set(BY_ADDRESS) | series | {"sventes-ir-mokymai/events/harvest/"}


@each_language
def test_a_series_lists_all_its_dates_and_each_leads_back(built: Built, language: str) -> None:
    for organization, event in sorted(SERIES):
        address = f"{language}/{organization}/events/{event}/"
        own = [known for known in KNOWN if (known.organization, known.event) == (organization, event)]
        addresses = {known.address for known in own}
        assert {row.address for row in built.coming(address)} == addresses & coming(), event
        assert {row.address for row in built.past(address)} == addresses - coming(), event
        for known in own:
            page = f"{language}/{known.address}"
            targets = {built.target(page, link.get("href", "")) for link in built.article(page).iter("a")}
            assert f"{address}index.html" in targets, known.address


@each_language
def test_a_past_event_says_what_came_of_it_or_that_this_is_not_published_yet(built: Built, language: str) -> None:
    t = messages_for(language)
    unknown = t("event.over_unknown")
    seen = Counter[str]()
    for known in KNOWN:
        article = built.article(f"{language}/{known.address}")
        banners = [words(element) for element in with_class(article, "op-banner")]
        result = known.own.get("result")
        has_heading = any(heading.get("id") == "result" for heading in article.iter("h2"))
        is_silent = known.is_over(EVENT_DAY) and result is None and not known.is_off
        assert (unknown in banners) == is_silent, known.address
        assert has_heading == (result is not None), known.address
        seen["silent" if is_silent else "told" if result else "other"] += 1
        if result is not None:
            said = words(article)
            assert t("event.not_held" if result.get("held") == "false" else "event.held") in said, known.address
            if "participants" in result:
                assert t("count.participants", int(result["participants"])) in said, known.address
            targets = {link.get("href") for link in article.iter("a")}
            assert {*result.get("materials", ()), *([result["recording"]] if "recording" in result else [])} <= targets
    assert seen["silent"] > 5 and seen["told"] > 5


def test_that_nothing_is_published_yet_is_said_in_words(built: Built) -> None:
    article = built.article("en/sventes-ir-mokymai/events/reading-days/")
    assert "Whether it took place has not been published." in words(article)
    article = built.article("en/sventes-ir-mokymai/events/harvest-festival/")
    assert "held · 340 participants" in words(article)
    assert "A cake of 40 kg was baked." in words(article)


# -- lists ----------------------------------------------------------------------------------------------------------


@each_language
def test_the_agenda_lists_all_that_is_not_over_once_and_in_order_by_month(built: Built, language: str) -> None:
    rows = built.coming(f"{language}/events/")
    assert Counter(row.address for row in rows) == Counter(coming())
    anchors = list(dict.fromkeys(row.anchor for row in rows))
    months = [anchor for anchor in anchors if re.fullmatch(r"m\d{4}-\d{2}", anchor)]
    assert months == sorted(months)
    assert anchors == [*months, "longer", "undated"]
    for row in rows:
        known = BY_ADDRESS[row.address]
        if known.on:
            assert row.anchor == f"m{known.first[:7]}", row.address
        elif not known.window and not isinstance((known.own.get("when") or {}).get("window"), list):
            assert row.anchor in ("longer", "undated"), row.address
    dated = [BY_ADDRESS[row.address].first for row in rows if BY_ADDRESS[row.address].on]
    assert dated == sorted(dated)
    assert f"{len(rows)} " in words(with_class(built.article(f"{language}/events/"), "op-lead")[0])


@each_language
def test_there_is_a_page_for_each_facet_that_an_event_has_and_for_no_other(built: Built, language: str) -> None:
    found = {
        (path.parts[-3], path.parts[-2])
        for path in built.folder.glob(f"{language}/events/*/*/index.html")
        if path.parts[-3] != "archive"
    }
    assert found == set(FACETS)
    links = built.article(f"{language}/events/").iter("a")
    offered = {(link.get("data-facet"), link.get("data-value")): link for link in links if link.get("data-facet")}
    assert set(offered) == set(FACETS)
    for (name, value), link in offered.items():
        target = built.target(f"{language}/events/", link.get("href", ""))
        assert target == f"{language}/events/{name}/{value}/index.html"


@pytest.mark.parametrize("facet", FACETS, ids="/".join)
def test_a_facet_lists_exactly_the_events_that_have_it(facet: tuple[str, str], built: Built) -> None:
    expected = {known.address for known in KNOWN if facet in known.facets}
    for language in LANGUAGES:
        address = f"{language}/events/{facet[0]}/{facet[1]}/"
        listed = Counter(row.address for row in built.coming(address))
        assert listed == Counter(expected & coming()), language
        assert Counter(row.address for row in built.past(address)) == Counter(expected - coming()), language
        here = [link for link in built.article(address).iter("a") if link.get("aria-current")]
        assert [(link.get("data-facet"), link.get("data-value")) for link in here] == [facet]


@each_language
def test_each_past_year_has_a_page_of_what_was_over_in_it(built: Built, language: str) -> None:
    years = {path.parent.name for path in built.folder.glob(f"{language}/events/archive/*/index.html")}
    assert years == {"2025", "2026"}
    agenda = f"{language}/events/"
    targets = {built.target(agenda, link.get("href", "")) for link in built.article(agenda).iter("a")}
    for year in years:
        expected = {k.address for k in KNOWN if k.is_over(EVENT_DAY) and str(k.last_day).startswith(year)}
        listed = Counter(row.address for row in built.rows(f"{language}/events/archive/{year}/"))
        assert listed == Counter(expected) and expected, year
        assert f"{language}/events/archive/{year}/index.html" in targets


@each_language
def test_a_time_for_machines_is_what_was_written_and_a_window_has_no_day(built: Built, language: str) -> None:
    wrong = []
    for address in lists_of(built, language):
        for row in built.rows(address):
            if (row.machine_time or "") != BY_ADDRESS[row.address].machine_time:
                wrong.append((address, row.address, row.machine_time))
    for known in KNOWN:
        article = built.article(f"{language}/{known.address}")
        found = [time.get("datetime") for time in article.iter("time")]
        if found != ([known.machine_time] if known.machine_time else []):
            wrong.append((known.address, "", str(found)))
    assert wrong == []


@each_language
def test_every_event_in_a_list_has_the_classes_that_programs_read(built: Built, language: str) -> None:
    for address in (f"{language}/events/", f"{language}/events/2026-11/", f"{language}/embed/all/"):
        rows = built.rows(address) if "/embed/" not in address else built.rows(address, built.page(address))
        assert rows
        for row in rows:
            classes = Counter(name for part in row.element.iter() for name in part.get("class", "").split())
            assert (classes["p-name"], classes["u-url"]) == (1, 1), row.address
            assert classes["dt-start"] == bool(BY_ADDRESS[row.address].machine_time), row.address
    for known in KNOWN:
        [event] = with_class(built.article(f"{language}/{known.address}"), "h-event")
        assert len(with_class(event, "p-name")) == 1, known.address
        assert len(with_class(event, "dt-start")) == bool(known.machine_time), known.address
        starts = [element.get("datetime") for element in with_class(event, "dt-start")]
        assert starts == ([known.machine_time] if known.machine_time else []), known.address


# -- months ---------------------------------------------------------------------------------------------------------


def month_pages(built: Built, language: str) -> list[str]:
    """Return the names of the months that have a page."""
    return sorted(path.parent.name for path in built.folder.glob(f"{language}/events/????-??/index.html"))


@each_language
def test_a_month_is_a_table_of_seven_named_days_that_begins_on_monday(built: Built, language: str) -> None:
    months = month_pages(built, language)
    assert {"2025-11", "2026-08", "2026-11", "2028-02", "2029-02"} <= set(months)
    for month in months:
        article = built.article(f"{language}/events/{month}/")
        [table] = article.iter("table")
        first, last = bounds(month)
        assert words(table.find("caption")) == words(article.find(".//h1"))
        heads = [head for head in table.iter("th") if head.get("scope") == "col"]
        shown = [[part for part in head if part.get("aria-hidden") != "true"] for head in heads]
        assert [" ".join(map(words, parts)) for parts in shown] == WEEKDAYS[language].split()
        rows = list(table.find("tbody"))
        assert [len(list(row)) for row in rows] == [7] * len(rows)
        cells = [cell for row in rows for cell in row]
        numbers = {place: found[0] for place, cell in enumerate(cells) if (found := with_class(cell, "op-day"))}
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        assert list(numbers) == [first.weekday() + number for number in range(len(days))], month
        assert [words(cell).split()[0] for cell in numbers.values()] == [str(day.day) for day in days], month


@pytest.mark.parametrize(("month", "first_row", "rows"), [("2026-08", 2, 6), ("2026-11", 1, 6), ("2027-02", 7, 4)])
def test_a_month_has_as_many_weeks_as_it_touches(month: str, first_row: int, rows: int, built: Built) -> None:
    body = built.article(f"lt/events/{month}/").find(".//tbody")
    assert len(list(body)) == rows
    assert len(with_class(body[0], "op-day")) == first_row


@each_language
def test_each_day_of_a_month_lists_what_is_on_that_day(built: Built, language: str) -> None:
    on_day: dict[date, list[str]] = {}
    for known in KNOWN:
        for day in known.days:
            on_day.setdefault(day, []).append(known.address)
    seen = 0
    for month in month_pages(built, language):
        address = f"{language}/events/{month}/"
        article = built.article(address)
        listed: dict[str, list[str]] = {}
        for row in built.rows(address):
            listed.setdefault(row.anchor, []).append(row.address)
        headings = {heading.get("id") for heading in article.iter("h3")}
        links = {link.get("href"): link for link in with_class(article, "op-day") if link.tag == "a"}
        first, last = bounds(month)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            anchor, expected = f"d-{day}", sorted(on_day.get(day, []))
            assert sorted(listed.get(anchor, [])) == expected, anchor
            assert (f"#{anchor}" in links) == (anchor in headings) == bool(expected), anchor
            if expected:
                label = links[f"#{anchor}"].get("aria-label", "")
                assert messages_for(language).day(day, weekday=True) in label, anchor
                assert messages_for(language)("count.events", len(expected)) in label, anchor
            seen += len(expected)
    assert seen == sum(len(known.days) for known in KNOWN)


@pytest.mark.parametrize(
    ("event", "parts"),
    [
        ("leaders-school", {"2026-11-20": "day 1 of 3", "2026-11-21": "day 2 of 3", "2026-11-22": "day 3 of 3"}),
        ("amber-camp", {"2026-12-31": "day 4 of 7", "2027-01-01": "day 5 of 7", "2027-01-03": "day 7 of 7"}),
        ("night-shift", {"2026-11-06": "day 1 of 2", "2026-11-07": "day 2 of 2"}),
        ("until-midnight", {"2026-12-04": "", "2026-12-05": None}),
        ("whole-day-by-clock", {"2026-11-30": "", "2026-12-01": None}),
    ],
)
def test_an_event_of_several_days_says_which_day_it_is(event: str, parts: dict[str, str | None], built: Built) -> None:
    for day, part in parts.items():
        address = f"en/events/{day[:7]}/"
        own = [row for row in built.rows(address) if row.anchor == f"d-{day}" and f"/{event}/" in row.address]
        assert len(own) == (part is not None), day
        for row in own:
            assert (f"({part})" in row.text) if part else ("day 1 of" not in row.text), row.text


def lane_of(built: Built, month: str, language: str = "en") -> dict[str, str]:
    """Return what stands above a month's table, by event, with its words; it must stand above."""
    article = built.article(f"{language}/events/{month}/")
    lanes = with_class(article, "op-lane")
    order = [element for element in article.iter() if element in lanes or element.tag == "table"]
    assert [element.tag for element in order] == ["section"] * len(lanes) + ["table"]
    rows = [row for lane in lanes for row in built.rows(f"{language}/events/{month}/", lane)]
    return {BY_ADDRESS[row.address].event: row.text for row in rows}


def test_a_window_stands_above_each_of_its_months_and_says_which_it_is(built: Built) -> None:
    first, second = lane_of(built, "2027-03"), lane_of(built, "2027-04")
    assert "(month 1 of 2)" in first["postponed-concert"]
    assert "(month 2 of 2)" in second["postponed-concert"]
    november, february = lane_of(built, "2026-11"), lane_of(built, "2027-02")
    assert set(november) == {"member-survey", "window-two"}
    assert "window-two" in february
    # Two windows of a month each are not one of two months.
    assert "of 2)" not in november["window-two"] + february["window-two"] + november["member-survey"]
    assert set(lane_of(built, "2026-12")) == {"window-days"}


def test_a_window_of_more_than_two_months_stands_above_no_month(built: Built) -> None:
    above = {event for month in month_pages(built, "en") for event in lane_of(built, month)}
    # What one organization calls spring has two months, what the other calls winter has three.
    assert above >= {"postponed-concert", "window-two", "spring-camp", "club-evenings", "sand-training"}
    assert above.isdisjoint({"window-quarter", "window-season", "window-year", "spring-fair"})
    assert {known.event for known in KNOWN if known.on and not known.slot}.isdisjoint(above)


# -- posters and lists for other sites ------------------------------------------------------------------------------


def test_posters_are_made_for_a_sheet_of_a4(built: Built) -> None:
    assert re.search(r"@page\s*\{[^}]*size:\s*A4", built.text("assets/poster.css"))


@each_language
def test_an_event_with_a_date_has_a_poster_and_no_other(built: Built, language: str) -> None:
    found = {path.parent.relative_to(built.folder).as_posix() for path in built.folder.glob(f"{language}/**/poster/*")}
    assert found == {f"{language}/{known.address}poster" for known in KNOWN if known.on}


@each_language
def test_a_poster_is_a_whole_document_of_words_without_scripts(built: Built, language: str) -> None:
    t = messages_for(language)
    for known in (known for known in KNOWN if known.on):
        address = f"{language}/{known.address}poster/"
        page = built.page(address)
        assert page.find("html").get("lang") == language
        assert [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "robots"] == ["noindex"]
        styles = [link.get("href", "") for link in page.iter("link") if link.get("rel") == "stylesheet"]
        assert [built.target(address, style) for style in styles] == ["assets/poster.css"], address
        assert list(page.iter("script")) == [] and list(page.iter("iframe")) == [], address
        said = words(page.find(".//main"))
        assert " ".join(known.title(language).split()) in said, address
        assert t.day(date.fromisoformat(known.first[:10]), weekday=True) in said, address
        assert known.first[11:] in said, address
        assert f"events.example/lt-site/{language}/{known.address}".rstrip("/") in said, address
        if known.status != "scheduled":
            assert t(f"event.status.{known.status}") in said, address
        [back] = [built.target(address, link.get("href", "")) for link in with_class(page, "back")[0].iter("a")]
        assert back == f"{language}/{known.address}index.html"


@each_language
def test_a_list_for_other_sites_is_a_document_without_scripts_whose_links_leave_the_frame(
    built: Built, language: str
) -> None:
    addresses = embeds_of(built, language)
    assert len(addresses) > 20
    for address in addresses:
        page = built.page(address)
        assert [base.get("target") for base in page.iter("base")] == ["_top"], address
        assert [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "robots"] == ["noindex"]
        assert list(page.iter("script")) == [], address
        assert page.find("html").get("lang") == language
        rows = built.rows(address, page)
        assert len(rows) <= 10
        assert {row.address for row in rows} <= coming(), address
        for link in page.iter("a"):
            assert built.target(address, link.get("href", "")) is not None, (address, link.get("href"))


def test_the_list_for_other_sites_shows_the_next_events_first(built: Built) -> None:
    dated = sorted((known.first, known.address) for known in KNOWN if known.on and known.address in coming())
    rows = built.rows("lt/embed/all/", built.page("lt/embed/all/"))
    assert [BY_ADDRESS[row.address].first for row in rows] == [first for first, _ in dated[:10]]
    rows = built.rows("lt/embed/trainings/", built.page("lt/embed/trainings/"))
    own = [(first, address) for first, address in dated if ("kind", "training") in BY_ADDRESS[address].facets]
    assert [row.address for row in rows] == [address for _, address in own[:10]]


@each_language
def test_a_list_for_other_sites_tells_machines_no_time_that_nobody_stated(built: Built, language: str) -> None:
    wrong = []
    for address in embeds_of(built, language):
        for row in built.rows(address, built.page(address)):
            expected = BY_ADDRESS[row.address].machine_time
            if row.machine_time != (expected or None):
                wrong.append((address, row.address, row.machine_time))
    assert wrong == []


@pytest.mark.parametrize("address", ["lt/embed/all/", "lv/sventes-ir-mokymai/events/first-aid/poster/"])
def test_a_document_outside_the_layout_names_its_icon_so_that_no_browser_looks_for_one(
    address: str, built: Built
) -> None:
    icons = [link.get("href", "") for link in built.page(address).iter("link") if link.get("rel") == "icon"]
    assert [built.target(address, icon) for icon in icons] == ["assets/mark.svg"]


@each_language
def test_a_list_for_other_sites_is_described_as_oembed_wants_it(built: Built, language: str) -> None:
    for address in embeds_of(built, language):
        data = json.loads(built.text(f"{address}oembed.json"))
        assert (data["version"], data["type"]) == ("1.0", "rich"), address
        assert isinstance(data["width"], int) and isinstance(data["height"], int)
        assert data["provider_url"] == f"{EVENT_URL}{language}/"
        [frame] = read_html(data["html"]).of("iframe")
        assert frame.attributes["src"] == EVENT_URL + address
        assert (frame.attributes["width"], frame.attributes["height"]) == (str(data["width"]), str(data["height"]))
        assert frame.attributes["title"] == data["title"] == words(built.page(address).find(".//h1"))


def test_the_pages_that_can_be_shown_elsewhere_name_their_descriptions(built: Built) -> None:
    for address in ("lt/events/", "lv/events/kind/training/", "en/events/region/coast/", "lt/dzintara-dienas/"):
        links = [link for link in built.page(address).iter("link") if link.get("type") == "application/json+oembed"]
        targets = [built.target(address, link.get("href", "")) for link in links]
        assert len(targets) == 1 and targets[0] is not None, address


# -- feeds and where they are offered ---------------------------------------------------------------------------------


def entries_in(built: Built, path: str) -> int:
    """Count the entries of a calendar file."""
    return built.text(path).split("\n").count("BEGIN:VEVENT")


def calendar_file(built: Built, address: str) -> str:
    """Return the calendar file of the site that an address leads to, by any scheme."""
    parts, base = urlsplit(address), urlsplit(EVENT_URL)
    assert (parts.scheme in ("https", "webcal"), parts.netloc) == (True, base.netloc), address
    path = parts.path.removeprefix(base.path)
    assert path.endswith(".ics") and built.has(path), address
    return path


@each_language
def test_each_feed_on_offer_has_as_many_entries_as_the_page_says(built: Built, language: str) -> None:
    t = messages_for(language)
    sections = with_class(built.article(f"{language}/subscribe/"), "op-feed")
    assert len(sections) > 40
    for section in sections:
        name = section.find("h3").get("id")
        count = entries_in(built, f"calendars/{language}/{name}.ics")
        said = words(section.find("p").find("span"))
        assert said.startswith(t("count.entries", count) + " "), (name, said)
    assert {"all", "planned", "deadlines", "trainings", "archive-2026"} <= {s.find("h3").get("id") for s in sections}


@each_language
def test_every_way_to_subscribe_leads_to_the_same_calendar(built: Built, language: str) -> None:
    address = f"{language}/subscribe/"
    for section in with_class(built.article(address), "op-feed"):
        name = section.find("h3").get("id")
        expected = f"calendars/{language}/{name}.ics"
        links = [link.get("href", "") for link in section.iter("a")]
        [google] = [link for link in links if urlsplit(link).netloc == "calendar.google.com"]
        outlook = [link for link in links if urlsplit(link).netloc in ("outlook.live.com", "outlook.office.com")]
        [apple] = [link for link in links if link.startswith("webcal:")]
        download = [target for link in links if (target := built.target(address, link)) and target.endswith(".ics")]
        field = next(section.iter("input")).get("value", "")
        given = [apple, field, *parse_qs(urlsplit(google).query)["cid"]]
        given += [url for link in outlook for url in parse_qs(urlsplit(link).query)["url"]]
        assert len(outlook) == 2 and len(given) == 5
        assert {calendar_file(built, one) for one in given} == {expected} == set(download), name
        assert apple.startswith("webcal://") and field.startswith("https://")
        titles = {title for link in outlook for title in parse_qs(urlsplit(link).query)["name"]}
        assert titles == {words(section.find("h3"))}, name
        [picture] = [image.get("src", "") for image in section.iter("img")]
        assert built.target(address, picture) == f"calendars/{language}/{name}.svg"


@each_language
def test_the_list_for_feed_readers_names_all_feeds_of_its_language(built: Built, language: str) -> None:
    outlines = list(ElementTree.fromstring(built.text(f"feeds/{language}/feeds.opml")).iter("outline"))
    calendars = [outline.get("url") for outline in outlines if outline.get("type") == "link"]
    news = [outline.get("xmlUrl") for outline in outlines if outline.get("type") == "rss"]
    for listed, folder, ending in ((calendars, "calendars", "ics"), (news, "feeds", "xml")):
        files = built.folder.glob(f"{folder}/{language}/**/*.{ending}")
        there = {EVENT_URL + path.relative_to(built.folder).as_posix() for path in files}
        assert Counter(listed) == Counter(there) and there
    assert all(outline.get("text") for outline in outlines)


def test_the_list_for_programs_names_all_feeds(built: Built) -> None:
    data = json.loads(built.text("api/v1/feeds.json"))
    files = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*") if path.is_file()}
    calendars = [path for item in data["calendars"] for path in item["ics"].values()]
    assert Counter(calendars) == Counter(path for path in files if path.endswith(".ics"))
    news = [item[form] for item in data["news"] for form in ("atom", "json")]
    assert Counter(news) == Counter(
        path for path in files if path.startswith("feeds/") and path.endswith((".xml", ".json"))
    )
    for item in data["calendars"]:
        assert {entries_in(built, path) for path in item["ics"].values()} == {item["entries"]}, item["name"]
        assert {f"{path}index.html" for path in item["page"].values()} <= files, item["name"]
    assert data["asOf"] == EVENT_DAY.isoformat()


@each_language
def test_there_is_a_news_feed_of_events(built: Built, language: str) -> None:
    namespace = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(built.text(f"feeds/{language}/events.xml"))
    assert feed.tag == f"{namespace}feed"
    assert [link.get("href") for link in feed.iter(f"{namespace}link") if link.get("rel") == "self"] == [
        f"{EVENT_URL}feeds/{language}/events.xml"
    ]
    data = json.loads(built.text(f"feeds/{language}/events.json"))
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["title"] == feed.findtext(f"{namespace}title")
    assert messages_for(language)("nav.agenda") in data["title"]


# -- what search engines read ---------------------------------------------------------------------------------------


def structured(built: Built, address: str) -> Any:
    """Return what a page tells search engines; None if nothing."""
    scripts = [e for e in built.article(address).iter("script") if e.get("type") == "application/ld+json"]
    # The way to the page is told of all pages.
    found = [e for e in scripts if json.loads(e.text or "")["@type"] != "BreadcrumbList"]
    assert len(found) <= 1, address
    return json.loads("".join(found[0].itertext())) if found else None


def online_address(known: Known) -> str:
    """Return where it can be joined from home: its broadcast, else where one signs up."""
    if ("mode", "online") not in known.facets:
        return ""
    return str(known.facts.get("broadcast") or (known.stated("registration") or {}).get("url", ""))


def has_place(known: Known) -> bool:
    """Tell whether it happens at a stated place that one can go to."""
    place = known.stated("place") or {}
    return known.status != "moved_online" and known.stated("mode") != "online" and bool({*place} & {"name", "address"})


@each_language
def test_search_engines_are_told_of_an_event_once_its_date_and_its_place_are_stated(
    built: Built, language: str
) -> None:
    told = {known.address for known in KNOWN if structured(built, f"{language}/{known.address}") is not None}
    assert told == {known.address for known in KNOWN if known.on and (has_place(known) or online_address(known))}
    assert {BY_ADDRESS[address].status for address in told} == set(EVENT_STATUS)


@each_language
def test_search_engines_are_told_what_they_require_in_each_status(built: Built, language: str) -> None:
    statuses = set()
    for known in KNOWN:
        data = structured(built, f"{language}/{known.address}")
        if data is None:
            continue
        statuses.add(known.status)
        assert set(data) >= REQUIRED | {"eventStatus"} | REQUIRED_OF.get(known.status, set()), known.address
        assert data["eventStatus"] == SCHEMA + EVENT_STATUS[known.status]
        assert data["@type"] == ("EducationEvent" if known.facts["kind"] in ("training", "seminar") else "Event")
        assert known.title(language) == data["name"]
        assert data["url"] == f"{EVENT_URL}{language}/{known.address}"
        kinds = {place["@type"] for place in data["location"]}
        wanted = {"Place"} if has_place(known) else set()
        wanted |= {"VirtualLocation"} if online_address(known) else set()
        assert kinds == wanted, known.address
        urls = [place["url"] for place in data["location"] if place["@type"] == "VirtualLocation"]
        assert urls == ([online_address(known)] if online_address(known) else [])
        if known.status == "moved_online":
            assert data["eventAttendanceMode"] == SCHEMA + "OnlineEventAttendanceMode"
        if known.status == "rescheduled":
            previous = [known.with_offset(written.partition("/")[0]) for written in known.own["previous"]]
            assert data["previousStartDate"] == previous
        else:
            assert "previousStartDate" not in data
        free = {"true": True, "false": False, None: None}[known.facts.get("is_free")]
        assert data.get("isAccessibleForFree") is free
    assert statuses == set(EVENT_STATUS)


def test_search_engines_are_told_times_with_the_offset_of_their_own_day(built: Built) -> None:
    offsets = set()
    for known in KNOWN:
        data = structured(built, f"lt/{known.address}")
        if data is None:
            continue
        assert data["startDate"] == known.with_offset(known.first), known.address
        has_end = "/" in known.on or len(known.on) == 10
        assert data.get("endDate") == (known.with_offset(known.last) if has_end else None), known.address
        offsets.add(data["startDate"][16:])
    # Both sides of the night on which the clock changes, and whole days without an offset.
    assert offsets == {"+03:00", "+02:00", ""}
    choir = "en/sventes-ir-mokymai/events/choir/"
    assert structured(built, f"{choir}2026-w42/")["startDate"] == "2026-10-13T18:00+03:00"
    assert structured(built, f"{choir}2026-w45/")["startDate"] == "2026-11-03T18:00+02:00"


def test_search_engines_are_told_the_last_of_whole_days_as_a_day_and_inclusively(built: Built) -> None:
    data = structured(built, "en/sventes-ir-mokymai/events/leaders-school/")
    assert (data["startDate"], data["endDate"]) == ("2026-11-20", "2026-11-22")


@each_language
def test_search_engines_are_told_of_a_series_with_all_its_dates(built: Built, language: str) -> None:
    for organization, event in sorted(SERIES):
        data = structured(built, f"{language}/{organization}/events/{event}/")
        own = [k for k in KNOWN if (k.organization, k.event) == (organization, event) and k.on]
        if not own:
            assert data is None, event
            continue
        assert data["@type"] == "EventSeries"
        assert Counter(part["@id"] for part in data["subEvent"]) == Counter(
            f"{EVENT_URL}{language}/{known.address}" for known in own
        )
        assert data["startDate"] == min(known.first[:10] for known in own), event
        assert data["endDate"] == max(known.last[:10] for known in own), event


HOSTILE = "</script><script>alert(1)</script><!-- <script> ]]> & \"quoted\" 'single' \\u003c"


@pytest.mark.parametrize("kind", [PageKind.EVENT, PageKind.POSTER, PageKind.EMBED])
def test_no_title_and_no_place_can_end_the_element_that_it_is_told_in(kind: PageKind, tmp_path: Path) -> None:
    world = tmp_path / "data"
    shutil.copytree(EVENT_WORLD, world)
    said = json.dumps(HOSTILE)
    lines = [f"title: {said}", "kind: conference", "when:", "  on: 2026-10-13T10:00", "mode: in_person"]
    lines += ["place:", f"  name: {said}", f"audience: {said}", ""]
    file = world / "organizations/sventes-ir-mokymai/events/hostile-title.yml"
    file.write_text("\n".join(lines), encoding="utf-8")
    dataset = load_dataset(world).dataset
    assert dataset is not None
    publication = Publication(dataset, EVENT_DAY, EVENT_URL)
    route = Route(kind, "lt", "sventes-ir-mokymai", item="hostile-title")
    if kind is PageKind.EMBED:
        route = Route(kind, "lt", item="conferences")
    page = tree_of(Renderer(ROOT / "overrides" / "plans").html(view_of(route, publication), publication))
    # The event comes first, then the way to its page.
    scripts = {script.get("type"): "".join(script.itertext()) for script in reversed(list(page.iter("script")))}
    assert set(scripts) == ({"application/ld+json", "application/json"} if kind is PageKind.EVENT else set())
    assert " ".join(HOSTILE.split()) in words(page)
    assert [script for script in scripts.values() if "<" in script] == []
    if kind is PageKind.EVENT:
        data = json.loads(scripts["application/ld+json"])
        assert data["name"] == data["location"][0]["name"] == data["audience"]["audienceType"] == HOSTILE


# -- the day of the next build --------------------------------------------------------------------------------------


def states_from(publication: Publication, first: date, days: int) -> dict[date, object]:
    """Return what the site says on each of some days in a row."""
    every = [first + timedelta(days=number) for number in range(days)]
    return {day: _state(replace(publication, today=day)) for day in every}


@pytest.mark.parametrize(
    ("first", "starts"),
    [(EVENT_DAY, (0, 1, 13, 30, 50)), (date(2027, 8, 20), (0, 12, 17, 20, 33, 45)), (date(2028, 2, 20), (0, 9, 30))],
    ids=str,
)
def test_the_next_change_is_the_first_day_on_which_the_site_says_something_else(
    first: date, starts: tuple[int, ...], event_publication: Publication
) -> None:
    states = states_from(event_publication, first, 60)
    days = list(states)
    turns = [day for before, day in pairwise(days) if states[before] != states[day]]
    assert turns
    for start in starts:
        found = next_change(replace(event_publication, today=days[start]))
        ahead = [day for day in turns if day > days[start]]
        if ahead:
            assert found == ahead[0], days[start]
        else:
            assert found is None or found > days[-1], days[start]


def test_nothing_changes_any_more_once_everything_is_long_over(event_publication: Publication) -> None:
    assert next_change(replace(event_publication, today=date(2035, 1, 1))) is None


@pytest.mark.parametrize(
    ("today", "moment"),
    [
        ("2026-10-12", "2026-10-13T00:00:00+03:00"),
        ("2026-10-24", "2026-10-25T00:00:00+03:00"),
        ("2026-10-25", "2026-10-26T00:00:00+02:00"),
        ("2035-01-01", None),
    ],
)
def test_the_next_change_is_told_as_the_midnight_of_the_sites_own_zone(
    today: str, moment: str | None, event_publication: Publication
) -> None:
    publication = replace(event_publication, today=date.fromisoformat(today))
    [file] = next_change_files(publication)
    assert json.loads(file.content) == {"asOf": today, "nextChange": moment}


def test_the_next_change_is_published(built: Built, event_publication: Publication) -> None:
    [file] = next_change_files(event_publication)
    assert (built.folder / file.path).read_bytes() == file.content
