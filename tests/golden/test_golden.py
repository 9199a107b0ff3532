"""What is published of the invented world, byte by byte: one page of each kind in each language, and files.

``pytest --update-golden`` writes the expected files anew; a person then reads what changed.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openplans.outputs import output_files
from openplans.publication import Publication
from openplans.render import Renderer
from openplans.routes import PageKind, Route, routes
from openplans.views import view_of

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
TEMPLATES = HERE.parents[1] / "overrides" / "plans"
SIZE_LIMIT = 1_500_000

#: The page of a kind that shows the most: organization, plan, item. Of other kinds it is the first page.
PAGES: dict[PageKind, tuple[str, str, str]] = {
    PageKind.ORGANIZATION: ("kalnu-klubs", "", ""),
    PageKind.COMMITTEE: ("zalias-namas", "", "training"),
    PageKind.PLAN: ("zalias-namas", "two-years-2026", ""),
    PageKind.COPY: ("zalias-namas", "two-years-2026", ""),
    PageKind.SECTION: ("zalias-namas", "two-years-2026", "trainings"),
    PageKind.ACTION: ("zalias-namas", "two-years-2026", "t-01-first-training"),
    PageKind.MONTH: ("", "", "2027-06"),
    PageKind.FACET: ("", "", "kind/training"),
    PageKind.EVENT: ("zalias-namas", "", "spring-training"),
    PageKind.OCCURRENCE: ("zalias-namas", "", "club-evenings/2027-06"),
    PageKind.POSTER: ("zalias-namas", "", "spring-training"),
    PageKind.EMBED: ("", "", "zalias-namas"),
    PageKind.REPORT: ("zalias-namas", "two-years-2026", "2027"),
    PageKind.COMMITTEE_REPORT: ("zalias-namas", "", "training"),
    PageKind.HANDOVER: ("zalias-namas", "", ""),
}
#: Calendars that show each kind of entry; all of them go through the tests of tests/events.
CALENDARS = ("all", "planned", "deadlines", "zalias-namas-trainings", "zalias-namas/spring-training")
#: Outputs compared as a whole; of badges only those of one organization, and no JSON Schemas, which the model gives.
FILES = ("feeds/", "next-change", "api/v1/index", "api/v1/events", "api/v1/kalnu", "api/v1/zalias", "data/", "assets/")
BADGES = "badges/zalias-namas"


def produced(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield the path below ``expected/`` and the bytes of everything that is compared."""
    renderer = Renderer(TEMPLATES)
    first = {route.kind: route for route in reversed(list(routes(publication)))}
    for kind in PageKind:
        chosen = Route(kind, "", *PAGES[kind]) if kind in PAGES else first[kind]
        for language in publication.languages:
            route = chosen.in_language(language)
            html = renderer.html(view_of(route, publication), publication)
            yield f"pages/{kind}.{language}.html", html.encode()
    for output in output_files(publication):
        is_redirect = output.path.endswith(".html")
        name = output.path.removesuffix(".ics").split("/", 2)[-1]
        is_calendar = output.path.endswith(".ics") and name in CALENDARS
        if output.path.startswith((*FILES, BADGES)) or is_redirect or is_calendar:
            yield f"files/{output.path}", output.content


def difference(path: str, expected: bytes | None, found: bytes | None) -> str:
    """Return what a person needs to see of one difference: its first lines, with what is invisible made visible."""
    if expected is None or found is None:
        return f"{path}: {'not expected' if expected is None else 'no longer made'}"
    old, new = (content.decode("utf-8", "backslashreplace").splitlines(keepends=True) for content in (expected, found))
    lines = difflib.unified_diff([repr(line) for line in old], [repr(line) for line in new], path, path, lineterm="")
    return "\n".join([line[:300] for line in lines][:20])


def test_everything_published_of_the_world_is_as_expected(
    publication: Publication, pytestconfig: pytest.Config
) -> None:
    found = dict(produced(publication))
    if pytestconfig.getoption("--update-golden"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path, content in found.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_bytes(content)
    expected = {p.relative_to(EXPECTED).as_posix(): p.read_bytes() for p in EXPECTED.rglob("*") if p.is_file()}
    wrong = [path for path in sorted({*found, *expected}) if found.get(path) != expected.get(path)]
    report = "\n".join(difference(path, expected.get(path), found.get(path)) for path in wrong[:10])
    assert not wrong, f"{len(wrong)} files differ (`pytest --update-golden` accepts them):\n{report}"


def test_the_expected_files_stay_small_enough_to_read() -> None:
    assert sum(path.stat().st_size for path in EXPECTED.rglob("*") if path.is_file()) < SIZE_LIMIT
