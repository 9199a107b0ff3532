"""What the search needs before there is an index: facts to filter by, and the list of all titles over its pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from openplans import routes as routes_module
from openplans.language import initial
from openplans.model import Span
from openplans.publication import Publication
from openplans.routes import PageKind, Route, index_pages, index_route, routes
from openplans.theme_files import is_unused, without_map
from openplans.views import alphabet, search_facts, view_of
from openplans.views.pieces import SearchFacts


def test_facts_are_written_in_the_order_of_the_form() -> None:
    facts = SearchFacts("action", "club", ("club/board", "club/team"), ("done", "overdue"), (2026, 2027), "Club", "May")
    assert facts.filters == "action|club|club/board club/team|done overdue|2026 2027"
    assert facts.metas == "of[data-of],when[data-when]"
    assert (SearchFacts("term").filters, SearchFacts("term").metas) == ("term||||", "")


PLAN = Span(date(2026, 9, 1), date(2028, 6, 30))


@pytest.mark.parametrize(
    ("spans", "years"),
    [
        ([], (2026, 2027, 2028)),
        ([Span(date(2027, 1, 5), date(2027, 1, 5))], (2027,)),
        ([Span(None, date(2027, 5, 1))], (2027,)),
        ([Span(date(2027, 5, 1), None)], (2027, 2028)),
        ([Span(None, None)], (2026, 2027, 2028)),
        ([Span(date(2030, 1, 1), None)], (2030,)),
        ([Span(date(2025, 1, 1), date(2025, 2, 1)), Span(date(2027, 1, 1), date(2027, 2, 1))], (2025, 2027)),
        ([Span(date(2000, 1, 1), date(2100, 1, 1))], tuple(range(2000, 2012))),
    ],
)
def test_years_are_those_that_the_time_touches_else_the_plan_s(spans: list[Span], years: tuple[int, ...]) -> None:
    assert search_facts._years(spans, PLAN) == years


@pytest.mark.parametrize(
    ("text", "language", "letter"),
    [
        ("Ąžuolas", "lt", "A"),
        ("Šuo", "lt", "Š"),
        ("yla", "lt", "I"),
        ("Ābols", "lv", "A"),
        ("Ģimene", "lv", "Ģ"),
        ("Šiauliai", "en", "Š"),
        ("2027 metai", "lt", ""),
        ("", "en", ""),
    ],
)
def test_a_text_is_listed_under_the_letter_of_its_alphabet(text: str, language: str, letter: str) -> None:
    assert initial(text, language) == letter


def test_all_titles_are_listed_once_however_many_pages_they_take(
    publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (routes_module, alphabet):
        monkeypatch.setattr(module, "INDEX_LIMIT", 7)
    # With another limit it is another site.
    publication = replace(publication)
    count = index_pages(publication)
    assert count > 5
    for language in publication.languages:
        pages = [route for route in routes(publication) if route.kind is PageKind.INDEX and route.language == language]
        assert pages == [index_route(number, language) for number in range(count)]
        views = [view_of(page, publication) for page in pages]
        listed = [[entry for group in view.parts["groups"] for entry in group.entries] for view in views]
        assert all(len(entries) <= 7 for entries in listed)
        addresses = [
            (entry.words, entry.link.title.text, entry.link.href.rsplit("../", 1)[-1])
            for entries in listed
            for entry in entries
        ]
        assert len(addresses) == len(publication.records) + len(publication.dataset.glossary.terms)
        assert max(Counter(addresses).values()) == 1
        assert len({view.page.title for view in views}) == count
        # Each letter's link leads to where its first title is.
        first: dict[str, str] = {}
        for page, view in zip(pages, views, strict=True):
            for group in view.parts["groups"]:
                first.setdefault(group.letter, page.path + "#" + group.anchor)
        letters = {link.title.text: link.href for link in views[0].parts["letters"]}
        assert set(letters) == set(first)
        for letter, target in first.items():
            here = Route(PageKind.INDEX, language).path
            assert letters[letter].removeprefix("./") == target.removeprefix(here)


def test_a_small_site_has_one_page_of_titles(small: Publication) -> None:
    assert index_pages(small) == 1
    assert [route.path for route in routes(small) if route.kind is PageKind.INDEX and route.language == "lt"] == [
        "lt/index/"
    ]


def test_what_nobody_uses_of_the_theme_is_told_from_what_is_used() -> None:
    assert is_unused("assets/javascripts/lunr/min/lunr.ru.min.js")
    assert is_unused("assets/javascripts/workers/search.0a.min.js")
    assert is_unused("assets/stylesheets/main.0a.min.css.map")
    assert is_unused("assets/javascripts/bundle.0a.min.js")
    assert not is_unused("assets/stylesheets/main.0a.min.css")
    assert not is_unused("assets/search.js")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a();\n//# sourceMappingURL=a.js.map\n", b"a();"),
        (b"a{}\n/*# sourceMappingURL=a.css.map */", b"a{}"),
        (b'a("//# sourceMappingURL=x");\n', b'a("//# sourceMappingURL=x");\n'),
        (b"", b""),
    ],
)
def test_the_address_of_a_map_is_cut_off(content: bytes, expected: bytes) -> None:
    assert without_map(content) == expected
