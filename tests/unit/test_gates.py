"""Each gate catches the fault that it is there for, in a site of a few pages without any layout."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openplans.gates import address_conflicts, inspect
from openplans.load import Dataset
from openplans.model import Redirects
from openplans.outputs import output_files
from openplans.publication import Publication
from openplans.routes import alternates, relative, routes

PAGE = "lt/demo/index.html"


@pytest.fixture(scope="module")
def files(small: Publication) -> dict[str, bytes]:
    """Return the files of a site without a fault: bare pages that link to their twins, and every other output."""
    made = {output.path: output.content for output in output_files(small)}
    for route in routes(small):
        twins = "".join(f'<a href="{relative(route.path, t.path)}#top">x</a>' for t in alternates(route, small))
        page = f'<!doctype html><html lang="{route.language}"><body id="top">{twins}</body></html>'
        made[f"{route.path}index.html"] = page.encode()
    return made


@pytest.fixture
def site(files: dict[str, bytes], tmp_path: Path) -> Path:
    """Return a fresh folder with these files."""
    for path, content in files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return tmp_path


def faults(site: Path, publication: Publication) -> set[str]:
    """Return what the gates find, as ``path CODE found``."""
    return {f"{d.place.path} {d.code} {d.values['found']}" for d in inspect(site, publication)}


def add(site: Path, html: str, path: str = PAGE) -> None:
    """Write something into a page's body."""
    page = site / path
    page.write_text(page.read_text().replace("</body>", f"{html}</body>"))


def test_a_whole_site_passes(site: Path, small: Publication) -> None:
    assert faults(site, small) == set()


def test_a_missing_page_is_missed_by_itself_and_by_its_twins(site: Path, small: Publication) -> None:
    (site / "en/demo/p/a/index.html").unlink()
    found = faults(site, small)
    assert "en/demo/p/a/index.html OP903 en/demo/p/a/" in found
    assert {f"{lang}/demo/p/a/index.html OP904 en/demo/p/a/" for lang in ("lt", "lv", "en")} <= found
    assert {f"{lang}/demo/p/a/index.html OP901 {'../' * 4}en/demo/p/a/#top" for lang in ("lt", "lv")} <= found


@pytest.mark.parametrize(("file", "record"), [("api/v1/demo/p.json", "a"), ("api/v1/events.json", "forum")])
def test_a_record_that_was_lost_on_the_way_is_missed(site: Path, small: Publication, file: str, record: str) -> None:
    (site / file).write_text(json.dumps({"kept": "nothing"}))
    assert faults(site, small) == {f"{file} OP903 {record}"}
    (site / file).unlink()
    assert f"{file} OP903 {record}" in faults(site, small)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="{}">x</a>',
        "<a href='{}'>x</a>",
        "<a href={}>x</a>",
        '<A\n  CLASS="b"\n  HREF="{}">x</A>',
        '<img alt="a > b" src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<link rel="alternate" hreflang="en" href="{}">',
        '<script src="{}"></script>',
        '<area href="{}">',
        '<video poster="{}"></video>',
    ],
)
@pytest.mark.parametrize("href", ["nowhere/", "../nowhere.svg", "/nowhere/", "p/nowhere/?a=b"])
def test_a_link_that_leads_nowhere_is_found(site: Path, small: Publication, html: str, href: str) -> None:
    add(site, html.format(href))
    assert faults(site, small) == {f"{PAGE} OP901 {href}"}


@pytest.mark.parametrize(
    "href",
    [
        "p/",
        "./p/",
        "p",
        "p/index.html",
        "./",
        "",
        "#top",
        "p/#top",
        "../../",
        "/lt/demo/",
        "/",
        "p/?a=b&amp;c=d#top",
        "../../badges/demo/p.lt.svg",
        "%70/",
        "https://elsewhere.example/",
        "mailto:board@demo.example",
        "tel:+370",
        "//elsewhere.example/",
    ],
)
def test_a_link_that_leads_somewhere_passes(site: Path, small: Publication, href: str) -> None:
    add(site, f'<a href="{href}">x</a>')
    assert faults(site, small) == set()


@pytest.mark.parametrize("href", ["#nowhere", "p/#nowhere", "/lt/demo/#nowhere"])
def test_a_link_to_an_anchor_that_is_not_there_is_found(site: Path, small: Publication, href: str) -> None:
    add(site, f'<a href="{href}">x</a>')
    assert faults(site, small) == {f"{PAGE} OP905 {href}"}


def test_an_anchor_may_be_written_in_any_letters(site: Path, small: Publication) -> None:
    add(site, '<h2 id="šaltinis">x</h2><a href="#%C5%A1altinis">x</a><a href="#šaltinis">x</a>')
    assert faults(site, small) == set()


FOREIGN = [
    "https://elsewhere.example/x.png",
    "http://elsewhere.example/x.png",
    "//elsewhere.example/x.png",
    "https://plans.example.elsewhere.example/x.png",
]


@pytest.mark.parametrize("href", FOREIGN)
@pytest.mark.parametrize(
    "html",
    [
        '<img src="{}">',
        "<IMG SRC={}>",
        '<script async src="{}"></script>',
        '<iframe src="{}"></iframe>',
        '<link rel="stylesheet" href="{}">',
        '<link rel="preconnect" href="{}">',
        '<object data="{}"></object>',
        '<source srcset="{} 2x">',
    ],
)
def test_a_request_to_another_host_is_found(site: Path, small: Publication, html: str, href: str) -> None:
    add(site, html.format(href))
    known = replace(small, base_url="https://plans.example")
    for publication in (small, known):
        assert any(f.startswith(f"{PAGE} OP906 {href}") for f in faults(site, publication))


def test_a_request_to_the_site_itself_passes(site: Path, small: Publication) -> None:
    add(site, '<img src="https://plans.example/sub/x.png">')
    assert faults(site, replace(small, base_url="https://plans.example/sub/")) == set()
    assert faults(site, replace(small, base_url="https://plans.example/other/")) != set()


def test_links_from_the_root_know_where_the_site_lies(site: Path, small: Publication) -> None:
    (site / "404.html").write_text('<html lang="lt"><a href="/sub/lt/demo/">x</a><a href="/sub/nowhere/">x</a></html>')
    known = replace(small, base_url="https://plans.example/sub/")
    assert faults(site, known) == {"404.html OP901 /sub/nowhere/"}


@pytest.mark.parametrize(("lang", "found"), [('lang="en"', "en"), ("", "–"), ('lang="lt-x"', "lt-x")])
def test_a_page_in_the_wrong_language_is_found(site: Path, small: Publication, lang: str, found: str) -> None:
    page = site / PAGE
    page.write_text(page.read_text().replace('lang="lt"', lang))
    assert faults(site, small) == {f"{PAGE} OP907 {found}"}


@pytest.fixture
def changed(minimal: Dataset, small: Publication) -> Callable[..., Publication]:
    """Return ``changed(plan=…, redirects=…)``: the small publication with facts that no check has seen."""

    def make(plan: dict[str, object] | None = None, redirects: dict[str, str] | None = None) -> Publication:
        organization = minimal.organizations[0]
        plans = tuple(item.model_copy(update=plan or {}) for item in organization.plans)
        dataset = replace(
            minimal,
            organizations=(organization.model_copy(update={"plans": plans}),),
            redirects=Redirects(redirects=redirects or {}),
        )
        return replace(small, dataset=dataset)

    return make


def test_two_pages_with_one_address_are_found_before_anything_is_rendered(
    changed: Callable[..., Publication], minimal: Dataset
) -> None:
    plan = minimal.organizations[0].plans[0]
    twice = changed(plan={"actions": (plan.actions[0].model_copy(update={"id": plan.sections[0].id}),)})
    found = address_conflicts(twice)
    assert {(d.code, d.place.path) for d in found} == {("OP902", f"{lang}/demo/p/s/") for lang in ("lt", "lv", "en")}
    assert address_conflicts(changed()) == ()


def test_a_redirect_from_an_address_that_is_in_use_is_found(changed: Callable[..., Publication]) -> None:
    assert address_conflicts(changed(redirects={"demo/old": "demo/p"})) == ()
    found = address_conflicts(changed(redirects={"demo/p": "demo"}))
    assert {(d.code, d.values["found"]) for d in found} == {("OP902", f"{lang}/demo/p/") for lang in ("lt", "lv", "en")}


def test_a_page_that_a_person_wrote_cannot_take_the_address_of_another(small: Publication) -> None:
    assert address_conflicts(replace(small, hand_written={"lt": [("apie", "Apie")]})) == ()
    found = address_conflicts(replace(small, hand_written={"lt": [("method", "Apie")], "en": [("demo", "Demo")]}))
    assert [(d.code, d.place.path, d.values["first"]) for d in found] == [
        ("OP902", "docs/en/demo.md", "organization"),
        ("OP902", "docs/lt/method.md", "method"),
    ]
