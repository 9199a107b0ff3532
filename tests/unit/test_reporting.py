"""Reports of a period and hand-overs on a day: which action belongs where, how late it is, and the pages that say so.

The data is invented here, action by action, so that each rule stands beside the case that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from openplans.checks import check
from openplans.handover import DAYS_AHEAD, Handover, current_slot, handover_of
from openplans.load import load_dataset
from openplans.model import UNKNOWN_SPAN, Span
from openplans.publication import Publication
from openplans.render import Renderer
from openplans.reporting import (
    GROUPS,
    YEARS_LIMIT,
    Line,
    Report,
    calendar_year,
    report_of,
    report_years,
    subjects_of,
)
from openplans.routes import PageKind, Route, routes
from openplans.views import view_of

TODAY = date(2026, 11, 21)
TEMPLATES = Path(__file__).resolve().parents[2] / "overrides" / "plans"
LANGUAGES = ("lt", "lv", "en")
REPORT_KINDS = (PageKind.REPORT, PageKind.COMMITTEE_REPORT, PageKind.HANDOVER)

#: A plan for 2025–2026 whose organization publishes results.
LOUD: dict[str, dict[str, Any]] = {
    "due-on-last-day": {"when": {"by": "2025-12-31"}},
    "due-on-first-day": {"when": {"on": "2025-01-01"}},
    "due-day-after": {"when": {"by": "2026-01-01"}},
    "due-in-window": {"when": {"window": "2025-11/2026-02"}},
    "continuous": {"when": {"continuous": "throughout"}},
    "open-end": {"when": {"window": "2025-03/.."}},
    "open-end-later": {"when": {"window": "2026-03/.."}},
    "yearless": {"when": {"window": "--09"}},
    "undated": {},
    "on-last-day": {
        "when": {"by": "2025-06-30"},
        "updates": [{"date": "2025-07-09", "status": "done", "done_on": "2025-06-30"}],
    },
    "late": {
        "when": {"by": "2025-06-30"},
        "updates": [
            {
                "date": "2025-07-20",
                "status": "done",
                "done_on": "2025-07-12",
                "evidence": [{"url": "https://river.example/late"}],
            }
        ],
    },
    "done-early": {
        "when": {"by": "2026-03-31"},
        "updates": [{"date": "2026-01-10", "status": "done", "done_on": "2025-12-20"}],
    },
    "late-next-year": {
        "when": {"by": "2025-12-31"},
        "updates": [{"date": "2026-02-01", "status": "done", "done_on": "2026-01-02"}],
    },
    "reported-before-end": {"when": {"by": "2025-12-31"}, "updates": [{"date": "2025-10", "status": "done"}]},
    "reported-after-end": {"when": {"by": "2025-06-30"}, "updates": [{"date": "2025", "status": "done"}]},
    "corrected": {
        "when": {"by": "2025-06-30"},
        "updates": [
            {"date": "2025-07-20", "status": "done", "done_on": "2025-07-01"},
            {"date": "2025-08-01", "status": "done"},
        ],
    },
    "reopened": {
        "when": {"by": "2025-06-30"},
        "updates": [
            {"date": "2025-07-20", "status": "done", "done_on": "2025-07-01"},
            {"date": "2025-08-01", "status": "ongoing"},
            {"date": "2025-09-01", "status": "done"},
        ],
    },
    "part-late": {
        "when": {"by": "2025-06-30"},
        "updates": [{"date": "2025-07-20", "status": "partly_done", "done_on": "2025-07-02"}],
    },
    "overdue": {"when": {"by": "2026-11-20"}, "updates": [{"date": "2026-10-01", "status": "ongoing"}]},
    "due-today": {"when": {"by": "2026-11-21"}, "updates": [{"date": "2026-10-01", "status": "not_started"}]},
    "moved-to-next-year": {
        "when": {"by": "2025-05-31"},
        "updates": [
            {"date": "2025-05-01", "status": "postponed", "reason": "The hall is closed", "new_date": "2026-03"}
        ],
    },
    "moved-ahead": {
        "when": {"by": "2025-05-31"},
        "updates": [{"date": "2025-05-01", "status": "postponed", "reason": "Rain", "new_date": "2026-12"}],
    },
    "moved-nowhere": {
        "when": {"by": "2025-05-31"},
        "updates": [{"date": "2025-05-02", "status": "postponed", "reason": "No money", "new_date": "none"}],
    },
    "moved-then-done": {
        "when": {"by": "2025-05-31"},
        "updates": [
            {"date": "2025-05-02", "status": "postponed", "reason": "No boat", "new_date": "2025-08"},
            {"date": "2025-09-02", "status": "done", "done_on": "2025-08-29"},
        ],
    },
    "cancelled-early": {
        "when": {"by": "2026-09-30"},
        "updates": [{"date": "2025-04-01", "status": "cancelled", "reason": "Nobody wanted it"}],
    },
    "taken-over": {
        "when": {"by": "2025-05-31"},
        "updates": [{"date": "2025-04-01", "status": "merged", "merged_into": "late"}],
    },
    "lasting-and-done": {
        "when": {"continuous": "as_needed"},
        "updates": [{"date": "2025-09-01", "status": "done", "done_on": "2025-08-31"}],
    },
    "quarterly": {
        "when": {"quota": {"times": 2, "per": "quarter", "within": "2025-07/2026-12"}},
        "updates": [{"date": "2026-09-01", "status": "ongoing"}],
    },
    "monthly-letter": {
        "when": {"rule": {"every": "month", "day": 5, "within": "2025-11/2026-12"}},
    },
    "letter-given-up": {
        "when": {"rule": {"every": "month", "day": 5, "within": "2025-01/2026-12"}},
        "updates": [{"date": "2025-12-01", "status": "cancelled", "reason": "Nobody read it"}],
    },
    "in-ninety-days": {"when": {"by": (TODAY + timedelta(days=90)).isoformat()}},
    "in-ninety-one-days": {"when": {"by": (TODAY + timedelta(days=91)).isoformat()}},
}
#: A plan for 2020–2021 whose organization publishes nothing.
SILENT: dict[str, dict[str, Any]] = {
    "old-deadline": {"when": {"by": "2021-05-31"}},
    "old-rhythm": {"when": {"quota": {"times": 1, "per": "quarter"}}},
    "old-habit": {"when": {"continuous": "throughout"}},
    "old-done-late": {
        "when": {"by": "2021-05-31"},
        "updates": [{"date": "2021-12-01", "status": "done", "done_on": "2021-11-30"}],
    },
    "old-ongoing": {"when": {"by": "2021-05-31"}, "updates": [{"date": "2021-12-01", "status": "ongoing"}]},
}


def write(folder: Path, files: dict[str, Any]) -> Path:
    """Write YAML files below a folder and return it."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def site_files() -> dict[str, Any]:
    """Return a whole invented data folder: one organization, two committees, two plans."""
    own = "organizations/river-club"
    section = {"id": "work", "title": "Work", "committees": ["rowers"]}
    files: dict[str, Any] = {
        "site.yml": {
            "title": "River plans",
            "languages": list(LANGUAGES),
            "default_language": "en",
            "publisher": {"name": "River"},
            "licence": {"id": "CC0-1.0", "name": "CC0"},
            "time_zone": "Europe/Vilnius",
            "uid_domain": "river.example",
        },
        f"{own}/organization.yml": {"name": "River club", "source_language": "en"},
        f"{own}/committees/rowers.yml": {"name": "Rowers"},
        f"{own}/committees/idle.yml": {"name": "Idle hands"},
        f"{own}/plans/loud/plan.yml": {
            "title": "Loud plan",
            "period": "2025/2026",
            "reports_results": True,
            "sections": [section],
        },
        f"{own}/plans/silent/plan.yml": {
            "title": "Silent plan",
            "period": "2020/2021",
            "sections": [section, {"id": "rest", "title": "Rest"}],
        },
        f"{own}/plans/silent/actions/rest/nobodys.yml": {"title": "Nobody's task"},
    }
    for plan, actions in (("loud", LOUD), ("silent", SILENT)):
        for identifier, facts in actions.items():
            files[f"{own}/plans/{plan}/actions/work/{identifier}.yml"] = {"title": f"Do {identifier}", **facts}
    return files


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The invented data on :data:`TODAY`."""
    loading = load_dataset(write(tmp_path_factory.mktemp("river") / "data", site_files()))
    problems = [*loading.diagnostics, *check(loading)]
    assert loading.dataset is not None and not problems, [str(problem) for problem in problems]
    return Publication(loading.dataset, TODAY, "https://river.example/")


def subjects(publication: Publication, plan: str) -> Any:
    """Return the actions of one of the two plans as subjects."""
    organization = publication.dataset.organization("river-club")
    return subjects_of(publication, organization, next(p for p in organization.plans if p.id == plan).actions)


def report(publication: Publication, plan: str, period: Span) -> Report:
    """Return a report on one of the two plans."""
    return report_of(subjects(publication, plan), period, publication.today)


def groups_of(found: Report) -> dict[str, str]:
    """Return the group of each action that is in a report."""
    return {line.action.id: name for name, lines in found.groups.items() for line in lines}


@pytest.fixture(scope="module")
def lines(river: Publication) -> dict[str, Line]:
    """Every action of both plans as a line of a report on everything."""
    both = (*report(river, "loud", UNKNOWN_SPAN).lines, *report(river, "silent", UNKNOWN_SPAN).lines)
    return {line.action.id: line for line in both}


# -- which period an action belongs to ------------------------------------------------------------------------------


def test_an_action_due_on_the_last_day_of_a_period_is_due_in_it_and_one_due_a_day_later_is_not(
    river: Publication,
) -> None:
    found = groups_of(report(river, "loud", calendar_year(2025)))
    assert found["due-on-last-day"] == found["due-on-first-day"] == "due"
    assert "due-day-after" not in found
    assert groups_of(report(river, "loud", calendar_year(2026)))["due-day-after"] == "due"


def test_a_window_is_due_when_it_ends_not_when_it_begins(river: Publication) -> None:
    assert "due-in-window" not in groups_of(report(river, "loud", calendar_year(2025)))
    assert groups_of(report(river, "loud", calendar_year(2026)))["due-in-window"] == "due"


def test_what_has_no_end_is_listed_apart_from_its_first_day_on(river: Publication) -> None:
    first, second = (groups_of(report(river, "loud", calendar_year(year))) for year in (2025, 2026))
    for identifier in ("continuous", "open-end", "yearless", "undated"):
        assert first[identifier] == second[identifier] == "no_end"
    assert "open-end-later" not in first
    assert second["open-end-later"] == "no_end"


def test_what_has_no_end_leaves_the_reports_after_it_was_finished(river: Publication) -> None:
    assert groups_of(report(river, "loud", calendar_year(2025)))["lasting-and-done"] == "no_end"
    assert "lasting-and-done" not in groups_of(report(river, "loud", calendar_year(2026)))


def test_a_postponed_action_stays_due_where_it_was_promised_and_also_shows_where_it_moved(river: Publication) -> None:
    assert groups_of(report(river, "loud", calendar_year(2025)))["moved-to-next-year"] == "due"
    assert groups_of(report(river, "loud", calendar_year(2026)))["moved-to-next-year"] == "also"


def test_what_was_finished_or_given_up_in_another_period_than_it_was_due_shows_there_too(river: Publication) -> None:
    assert groups_of(report(river, "loud", calendar_year(2026)))["late-next-year"] == "also"
    first = groups_of(report(river, "loud", calendar_year(2025)))
    assert first["done-early"] == first["cancelled-early"] == "also"


def test_a_repeated_promise_recurs_in_each_period_with_one_of_its_times_and_is_due_in_its_last(
    river: Publication,
) -> None:
    first, second = (groups_of(report(river, "loud", calendar_year(year))) for year in (2025, 2026))
    assert (first["quarterly"], second["quarterly"]) == ("recurring", "due")
    assert (first["monthly-letter"], second["monthly-letter"]) == ("recurring", "due")
    assert "quarterly" not in groups_of(report(river, "loud", calendar_year(2024)))


def test_only_the_slots_and_dates_that_end_in_the_period_are_counted(river: Publication) -> None:
    found = {line.action.id: line for line in report(river, "loud", calendar_year(2025)).lines}
    tally = found["quarterly"].tally
    assert tally is not None and (tally.promised, tally.missed, tally.open) == (4, 4, 0)
    assert found["monthly-letter"].dates == 2
    assert found["due-on-last-day"].tally is None and found["due-on-last-day"].dates == 0


def test_the_times_promised_are_those_held_missed_unknown_and_open(lines: dict[str, Line]) -> None:
    for line in lines.values():
        if line.tally is not None:
            told = line.tally
            assert told.promised == told.held + told.missed + told.unknown + told.open
    assert lines["quarterly"].tally is not None and lines["quarterly"].tally.open == 2
    assert lines["old-rhythm"].tally is not None and lines["old-rhythm"].tally.unknown == 8


def test_a_repeated_promise_that_was_given_up_shows_where_it_was_given_up(river: Publication) -> None:
    first = groups_of(report(river, "loud", calendar_year(2025)))
    assert first["letter-given-up"] == "recurring"


@pytest.mark.parametrize(
    "period", [UNKNOWN_SPAN, *(calendar_year(year) for year in range(2019, 2028)), Span(date(2025, 6, 30), None)]
)
@pytest.mark.parametrize("plan", ["loud", "silent"])
def test_every_action_is_in_one_group_or_is_counted_as_elsewhere(river: Publication, plan: str, period: Span) -> None:
    everything = subjects(river, plan)
    found = report_of(everything, period, TODAY)
    listed = [line.action.id for line in found.lines]
    assert len(listed) == len(set(listed))
    assert len(listed) + found.elsewhere == len(everything)


def test_a_report_on_everything_leaves_nothing_out(river: Publication) -> None:
    found = report(river, "loud", UNKNOWN_SPAN)
    assert found.elsewhere == 0
    assert {line.action.id for line in found.lines} == set(LOUD)
    assert set(found.groups) == {"due", "no_end"}


def test_the_order_of_actions_changes_no_group(river: Publication) -> None:
    forwards = report_of(subjects(river, "loud"), calendar_year(2025), TODAY)
    backwards = report_of(subjects(river, "loud")[::-1], calendar_year(2025), TODAY)
    assert groups_of(forwards) == groups_of(backwards)


# -- late or in time ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("identifier", "days"),
    [
        ("on-last-day", 0),
        ("done-early", 0),
        ("late", 12),
        ("late-next-year", 2),
        ("corrected", 1),
        ("part-late", 2),
        ("moved-then-done", 90),
        ("reported-before-end", 0),
        ("reported-after-end", None),
        ("reopened", None),
        ("lasting-and-done", None),
        ("overdue", None),
        ("due-on-last-day", None),
    ],
)
def test_lateness_of_what_was_finished_is_counted_from_the_last_day_as_promised(
    lines: dict[str, Line], identifier: str, days: int | None
) -> None:
    assert lines[identifier].late_days == days


def test_the_day_of_completion_is_the_reported_one_until_a_report_says_otherwise(lines: dict[str, Line]) -> None:
    assert lines["corrected"].ended_on == date(2025, 7, 1)
    assert lines["reopened"].ended_on is None
    assert lines["reported-before-end"].ended_on is None


def test_an_action_is_overdue_from_the_day_after_its_last(lines: dict[str, Line]) -> None:
    assert lines["overdue"].overdue_days == 1
    assert lines["due-today"].overdue_days == 0


@pytest.mark.parametrize("identifier", ["continuous", "open-end", "yearless", "undated"])
def test_nothing_without_an_end_is_late(lines: dict[str, Line], identifier: str) -> None:
    assert (lines[identifier].late_days, lines[identifier].overdue_days) == (None, 0)
    assert lines[identifier].subject.schedule is None


@pytest.mark.parametrize("identifier", sorted(SILENT))
def test_nothing_in_a_plan_without_published_results_is_called_late(lines: dict[str, Line], identifier: str) -> None:
    line = lines[identifier]
    assert (line.late_days, line.overdue_days, line.subject.schedule) == (None, 0, None)
    assert line.status == ("unreported" if "updates" not in SILENT[identifier] else line.status)


def test_timeliness_counts_finished_actions_with_a_last_day_where_results_are_published(river: Publication) -> None:
    found = report(river, "loud", UNKNOWN_SPAN).timeliness
    assert (found.in_time, found.late, found.unknown) == (3, 5, 2)
    silent = report(river, "silent", UNKNOWN_SPAN).timeliness
    assert (silent.in_time, silent.late, silent.unknown) == (0, 0, 0)


# -- hand-over ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def passed_on(river: Publication) -> Handover:
    """The hand-over of both plans on :data:`TODAY`."""
    return handover_of((*subjects(river, "loud"), *subjects(river, "silent")), TODAY)


def ids(found: tuple[Line, ...]) -> set[str]:
    """Return the ids of lines."""
    return {line.action.id for line in found}


def test_what_is_done_cancelled_or_merged_is_not_handed_over(passed_on: Handover) -> None:
    statuses = {line.status for line in passed_on.unfinished}
    assert statuses == {"ongoing", "not_started", "postponed", "partly_done", "unreported"}
    settled = {"late", "cancelled-early", "taken-over", "lasting-and-done", "old-done-late"}
    assert not settled & ids(passed_on.unfinished)


def test_due_soon_means_from_the_day_itself_to_the_ninetieth_after_it(passed_on: Handover) -> None:
    assert ids(passed_on.due) == {"due-today", "in-ninety-days", "moved-ahead", "quarterly", "monthly-letter"}
    assert DAYS_AHEAD == 90


def test_postponed_without_a_date_is_what_has_none_not_what_has_a_past_one(passed_on: Handover) -> None:
    assert ids(passed_on.postponed_without_date) == {"moved-nowhere"}


def test_promises_go_on_until_they_or_their_plan_end(passed_on: Handover) -> None:
    assert ids(passed_on.recurring) == {"continuous", "quarterly", "monthly-letter"}


def test_a_hand_over_counts_only_the_slots_and_dates_still_to_come(passed_on: Handover) -> None:
    found = {line.action.id: line for line in passed_on.recurring}
    assert found["quarterly"].tally is not None and found["quarterly"].tally.promised == 2
    assert found["monthly-letter"].dates == 1
    slot = current_slot(found["quarterly"], TODAY)
    assert slot is not None and slot.slot.span == Span(date(2026, 10, 1), date(2026, 12, 31))
    assert current_slot(found["continuous"], TODAY) is None


def test_what_nobody_reported_on_is_told_apart(passed_on: Handover) -> None:
    assert {"old-deadline", "undated", "nobodys"} <= ids(passed_on.unreported)
    assert "overdue" not in ids(passed_on.unreported)


# -- years and reserved words ---------------------------------------------------------------------------------------


def test_years_with_a_report_are_those_of_the_plan_at_most_twelve() -> None:
    assert report_years(Span(date(2025, 9, 1), date(2027, 1, 31))) == (2025, 2026, 2027)
    assert report_years(Span(date(2025, 9, 1), None)) == ()
    assert report_years(Span(None, date(2025, 9, 1))) == ()
    assert report_years(Span(date(2000, 1, 1), date(2030, 1, 1))) == tuple(range(2000, 2000 + YEARS_LIMIT))


def report_addresses(publication: Publication, language: str = "en") -> set[str]:
    """Return the addresses of all reports in a language."""
    return {r.path for r in routes(publication) if r.kind in REPORT_KINDS and r.language == language}


def test_reports_stand_at_their_addresses(river: Publication) -> None:
    assert report_addresses(river) == {
        "en/river-club/loud/report/",
        "en/river-club/loud/report-2025/",
        "en/river-club/loud/report-2026/",
        "en/river-club/silent/report/",
        "en/river-club/silent/report-2020/",
        "en/river-club/silent/report-2021/",
        "en/river-club/committees/rowers/report/",
        "en/river-club/handover/",
    }


def test_without_actions_there_is_nothing_to_report_on(tmp_path: Path) -> None:
    files = {name: content for name, content in site_files().items() if "/actions/" not in name}
    loading = load_dataset(write(tmp_path / "data", files))
    assert loading.dataset is not None
    assert report_addresses(Publication(loading.dataset, TODAY)) == set()


@pytest.mark.parametrize("identifier", ["report", "report-2025", "report-on-river"])
def test_words_of_reports_cannot_name_a_section_or_an_action(tmp_path: Path, identifier: str) -> None:
    files = site_files()
    files[f"organizations/river-club/plans/loud/actions/work/{identifier}.yml"] = {"title": "An action"}
    files["organizations/river-club/plans/silent/plan.yml"]["sections"].append({"id": identifier, "title": "Section"})
    loading = load_dataset(write(tmp_path / "data", files))
    found = [(d.code, d.values["kind"]) for d in check(loading) if d.values.get("found") == identifier]
    assert sorted(found) == [("OP505", "action"), ("OP505", "section")]


def test_a_plan_cannot_be_called_handover(tmp_path: Path) -> None:
    files = site_files()
    files["organizations/river-club/plans/handover/plan.yml"] = {"title": "Plan", "period": "2025"}
    loading = load_dataset(write(tmp_path / "data", files))
    assert [(d.code, d.values["found"]) for d in check(loading)] == [("OP505", "handover")]


# -- pages ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def html(river: Publication) -> Callable[[Route], str]:
    """Return a function that renders the fragment of a page."""
    renderer = Renderer(TEMPLATES)
    return lambda route: renderer.html(view_of(route, river), river)


def report_routes(language: str) -> Iterator[Route]:
    """Yield one route of each kind of report, and a year's."""
    yield Route(PageKind.REPORT, language, "river-club", "loud")
    yield Route(PageKind.REPORT, language, "river-club", "loud", "2025")
    yield Route(PageKind.REPORT, language, "river-club", "silent")
    yield Route(PageKind.COMMITTEE_REPORT, language, "river-club", item="rowers")
    yield Route(PageKind.HANDOVER, language, "river-club")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_renders_in_every_language_with_all_words_filled_in(
    html: Callable[[Route], str], river: Publication, language: str
) -> None:
    for route in report_routes(language):
        page = html(route)
        assert not re.search(r"\{\w+\}", page), route
        assert 'id="top"' in page and page.count("<h1") == 1
        anchors = re.findall(r'id="([^"]+)"', page)
        assert len(anchors) == len(set(anchors)), route
        assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(anchors)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plans_report_links_each_action_once_and_says_its_status(
    html: Callable[[Route], str], river: Publication, language: str
) -> None:
    page = html(Route(PageKind.REPORT, language, "river-club", "loud"))
    links = re.findall(r'<th scope="row"><a href="\.\./([^"/]+)/"', page)
    assert sorted(links) == sorted(LOUD)
    t = river.messages(language)
    for identifier in LOUD:
        row = re.search(rf'<tr>(?:(?!</tr>).)*\.\./{identifier}/"(?:(?!</tr>).)*</tr>', page, re.S)
        line = next(s for s in subjects(river, "loud") if s.action.id == identifier)
        assert row is not None and f">{t('status.' + line.status)}</span>" in row[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_says_what_happened_in_words(html: Callable[[Route], str], river: Publication, language: str) -> None:
    t = river.messages(language)
    page = html(Route(PageKind.REPORT, language, "river-club", "loud"))
    for words in (
        f"{t('reporting.finished', day=t.day(date(2025, 7, 12)))}, {t('reporting.late', 12)}",
        f"{t('reporting.finished', day=t.day(date(2025, 6, 30)))}, {t('reporting.in_time')}",
        t("reporting.overdue", 1),
        t("reporting.day_not_stated"),
        t("update.no_new_date"),
        t("reporting.new_date_over"),
        t("reporting.postponed_before", period=t("date.month_of_year", year=2025, month=t.month_name(8))),
        "The hall is closed",
        "Nobody wanted it",
        f'{t("update.merged_into")} <a href="../late/">',
        'href="https://river.example/late"',
        t("reporting.timeliness", in_time=3, late=5, unknown=2),
    ):
        assert words in page, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_silent_plans_report_says_so_and_never_speaks_of_lateness(
    html: Callable[[Route], str], river: Publication, language: str
) -> None:
    t = river.messages(language)
    page = html(Route(PageKind.REPORT, language, "river-club", "silent"))
    assert t("reporting.silent") in page
    assert "op-status--overdue" not in page
    assert not any(t(key, n) in page for key in ("reporting.late", "reporting.overdue") for n in range(1, 3000))
    assert t("reporting.silent") not in html(Route(PageKind.REPORT, language, "river-club", "loud"))


def test_a_committees_report_names_the_plans_without_results(html: Callable[[Route], str], river: Publication) -> None:
    page = html(Route(PageKind.COMMITTEE_REPORT, "en", "river-club", item="rowers"))
    banner = re.search(r'<p class="op-banner">(.*?)</p>', page, re.S)
    assert banner is not None and "Silent plan" in banner[1] and "Loud plan" not in banner[1]


def test_the_counts_of_a_report_add_up(html: Callable[[Route], str], river: Publication) -> None:
    page = html(Route(PageKind.REPORT, "en", "river-club", "loud", "2025"))
    table = re.search(r'<table class="op-counts-table">.*?</table>', page, re.S)
    assert table is not None
    rows = [[int(n) for n in re.findall(r"<td>(\d+)</td>", row)] for row in table[0].split("<tr")[2:]]
    *statuses, total = rows
    found = report(river, "loud", calendar_year(2025))
    assert total == [*(len(getattr(found, name)) for name in GROUPS), len(found.lines)]
    assert [sum(column) for column in zip(*statuses, strict=True)] == total
    assert all(sum(row[:-1]) == row[-1] for row in rows)


def test_a_hand_over_groups_by_plan_and_by_those_who_answer(html: Callable[[Route], str]) -> None:
    page = html(Route(PageKind.HANDOVER, "en", "river-club"))
    loud, silent = (page.index(f'id="p-{plan}"') for plan in ("loud", "silent"))
    assert loud < page.index("Rowers", loud) < silent < page.index("Rowers", silent)
    assert "the document names nobody" in page[silent:]
    assert "ended on 31 December 2021" in page[silent:]
    assert 'href="#soon"' in page and 'href="#postponed"' in page and 'href="#recurring"' in page


def test_a_hand_over_without_anything_open_says_so(river: Publication, html: Callable[[Route], str]) -> None:
    organization = river.dataset.organization("river-club")
    plan = next(plan for plan in organization.plans if plan.id == "loud")
    done = tuple(action for action in plan.actions if action.id == "late")
    small = organization.model_copy(update={"plans": (plan.model_copy(update={"actions": done}),)})
    publication = replace(river, dataset=replace(river.dataset, organizations=(small,)))
    route = Route(PageKind.HANDOVER, "en", "river-club")
    assert "Nothing is open." in Renderer(TEMPLATES).html(view_of(route, publication), publication)
    assert "Nothing is open." not in html(route)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_plan_committee_and_organization_lead_to_their_reports(
    html: Callable[[Route], str], language: str
) -> None:
    plan = html(Route(PageKind.PLAN, language, "river-club", "loud"))
    assert all(f'href="{word}/"' in plan for word in ("report", "report-2025", "report-2026"))
    assert 'href="report/"' in html(Route(PageKind.COMMITTEE, language, "river-club", item="rowers"))
    assert 'href="report/"' not in html(Route(PageKind.COMMITTEE, language, "river-club", item="idle"))
    assert 'href="handover/"' in html(Route(PageKind.ORGANIZATION, language, "river-club"))


def test_reports_stay_small(html: Callable[[Route], str]) -> None:
    page = html(Route(PageKind.REPORT, "en", "river-club", "loud"))
    assert len(page.encode()) / len(LOUD) < 700
