"""A site is written part by part; what the pages of one organization share is not kept for the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from openplans.kept import Ready
from openplans.page_files import page_html, write_site
from openplans.publication import Publication
from openplans.render import Renderer
from openplans.routes import routes
from openplans.views import View


def plain(view: View, content: str) -> str:
    """Stand in for the layout."""
    return content


def test_only_one_organization_at_a_time_is_remembered(publication: Publication, tmp_path: Path) -> None:
    world, other = replace(publication), replace(publication)
    renderer = Renderer(ROOT / "overrides/plans")
    names = [organization.id for organization in world.dataset.organizations]
    made: Counter[str] = Counter()

    def words(of: str) -> str:
        made[of] += 1
        return f"words of {of}"

    for _ in range(2):
        for name in ("", *names):
            assert world.once(("words",), lambda name=name: words(name), name) == f"words of {name}"  # type: ignore[misc]
    assert made == Counter({"": 1, **dict.fromkeys(names, 1)})
    written = write_site(tmp_path, world, renderer, plain)
    for name in ("", *names):
        world.once(("words",), lambda name=name: words(name), name)  # type: ignore[misc]
    # What all pages share stays.
    assert made == Counter({"": 1, **dict.fromkeys(names, 2)})
    assert sum(map(len, written.files.values())) == sum(1 for path in tmp_path.rglob("*") if path.is_file())
    for route in routes(other)[::5]:
        expected = page_html(route, other, renderer, plain)
        assert (tmp_path / route.file).read_text(encoding="utf-8") == expected, route.path


@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.full), 2])
def test_what_the_search_finds_is_there_first(jobs: int, publication: Publication, tmp_path: Path) -> None:
    def found() -> set[Path]:
        return {path for path in tmp_path.rglob("*.html") if "data-pagefind-body" in path.read_text(encoding="utf-8")}

    seen: list[set[Path]] = []
    renderer = Renderer(ROOT / "overrides/plans")
    write_site(tmp_path, publication, renderer, plain, jobs=jobs, on_searched=lambda same: seen.append(found()))
    assert seen == [found()] and len(seen[0]) > 100


def test_of_a_site_that_is_as_it_was_it_is_told_too(publication: Publication, tmp_path: Path) -> None:
    renderer = Renderer(ROOT / "overrides/plans")
    written = write_site(tmp_path / "old", publication, renderer, plain)
    ready = {part: Ready(tmp_path / "old", files, is_published=True) for part, files in written.files.items()}
    seen: list[frozenset[str]] = []
    write_site(tmp_path / "new", publication, renderer, plain, ready=ready, on_searched=seen.append)
    assert seen == [frozenset(path for files in written.files.values() for path in files)]
