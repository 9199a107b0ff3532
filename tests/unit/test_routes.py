"""Addresses: each page has one of its own, its twins differ in the language only, links work under any folder."""

from __future__ import annotations

import posixpath
from collections import Counter
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openplans.file_addresses import badge_path, calendar_path, csv_path, feed_path, json_path, schema_path
from openplans.publication import Publication
from openplans.routes import PageKind, Route, absolute, alternates, month_key, redirect_targets, relative, routes

WORDS = st.text(alphabet="abc-9", min_size=1, max_size=4)
PAGES = st.lists(WORDS, max_size=5).map(lambda words: "".join(word + "/" for word in words))
FILES = st.tuples(PAGES, WORDS).map(lambda pair: f"{pair[0]}{pair[1]}.svg")
ANCHORS = st.sampled_from(["", "#a", "#s-1"])


@given(PAGES | FILES, PAGES | FILES, ANCHORS)
def test_a_relative_link_leads_to_its_target_under_any_address(source: str, target: str, anchor: str) -> None:
    link = relative(source, target + anchor)
    for base in ("https://plans.example/", "https://plans.example/deep/er/"):
        assert urljoin(base + source, link) == base + target + anchor
    assert not link.startswith("/")


def test_a_link_to_the_page_itself_is_not_empty() -> None:
    assert relative("lt/demo/", "lt/demo/") == "./"
    assert relative("", "") == "./"
    assert relative("lt/demo/", "lt/demo/#a") == "./#a"


def test_no_two_pages_share_an_address(publication: Publication, small: Publication) -> None:
    for every in (publication, small):
        counts = Counter(route.path.casefold() for route in routes(every))
        assert [path for path, count in counts.items() if count > 1] == []


def test_a_page_has_a_twin_in_every_language(publication: Publication) -> None:
    known = {route.path for route in routes(publication)}
    for route in routes(publication):
        twins = alternates(route, publication)
        if route.kind is PageKind.CHOOSER:
            assert twins == ()
            continue
        assert [twin.language for twin in twins] == list(publication.languages)
        assert {twin.path for twin in twins} <= known
        assert {twin.path.partition("/")[2] for twin in twins} == {route.path.partition("/")[2]}
        assert route in twins


def test_every_kind_of_page_has_an_address(publication: Publication) -> None:
    assert {route.kind for route in routes(publication)} == set(PageKind)


def test_every_address_is_plain_and_ends_as_a_folder(publication: Publication) -> None:
    for route in routes(publication):
        assert route.path == "" or (route.path.endswith("/") and posixpath.normpath(route.path) == route.path[:-1])
        assert route.path.isascii() and not route.path.startswith("/")


def test_no_file_shares_an_address_with_a_page() -> None:
    pages = {PageKind.PLAN: ("demo", "p", ""), PageKind.ORGANIZATION: ("demo", "", "")}
    paths = {Route(kind, "lt", *parts).path for kind, parts in pages.items()}
    paths |= {badge_path("lt", "demo", "p", "s"), badge_path("lt", "demo", "p"), badge_path("lt", "demo")}
    paths |= {calendar_path("lt", "all"), feed_path("lt", "all", "xml"), csv_path("demo", "p")}
    paths |= {json_path(), json_path("demo", "p"), schema_path("plan")}
    assert len(paths) == 11


@pytest.mark.parametrize("base_url", ["https://plans.example", "https://plans.example/", "https://plans.example/sub/"])
def test_a_full_address_has_one_slash_between_site_and_page(small: Publication, base_url: str) -> None:
    known = Publication(small.dataset, small.today, base_url)
    assert absolute(known, "lt/demo/") == base_url.rstrip("/") + "/lt/demo/"
    assert absolute(small, "lt/demo/") is None


def test_a_month_has_four_digits_of_a_year_and_two_of_a_month() -> None:
    assert month_key(2026, 9) == "2026-09"


def test_an_old_address_leads_on_in_every_language(publication: Publication) -> None:
    old = dict(redirect_targets(publication))
    known = {route.path for route in routes(publication)}
    assert old and set(old.values()) <= known and not set(old) & known
    assert {path.partition("/")[0] for path in old} == set(publication.languages)
