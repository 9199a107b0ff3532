"""How the search index is made: in an order of ours, language by language, by a program that may fail."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from conftest import IS_FULL
from openplans import pagefind_service
from openplans.pagefind_service import NoIndex, write_index
from openplans.release import Published
from openplans.search_index import SearchIndex, pages_of, searched, write_whole

from .conftest import Run
from .pages import tree

LANGUAGES = ("lt", "lv", "en")


@pytest.fixture
def site(built_site: Path, tmp_path: Path) -> Path:
    """Return a site with the pages of the invented world, and no index."""
    shutil.copytree(built_site, tmp_path / "site", ignore=shutil.ignore_patterns("pagefind", "calendars", "badges"))
    return tmp_path / "site"


def indexed(site: Path, folder: Path, pages: Iterable[str], published: Path | None = None) -> set[str]:
    """Write an index of pages, and return the languages whose index is as it was published."""
    before, after = tree(published) if published is not None else {}, tree(site)
    same = frozenset(path for path, content in after.items() if before.get(path) == content)
    known = Published(published, same) if published is not None else None
    index = SearchIndex(site, folder, pages, LANGUAGES, known)
    for language in index.pages:
        index.write_part(language)
    index.put_together()
    kept = [path for path in folder.glob("fragment/*") if path.stat().st_nlink > 1]
    return {path.name.partition("_")[0] for path in kept}


def test_the_order_in_which_files_lie_on_the_disk_does_not_matter(site: Path, built_site: Path, tmp_path: Path) -> None:
    pages = sorted(pages_of(site))
    for number, order in enumerate((pages[::-1], pages[7:] + pages[:7]) if IS_FULL else (pages[::-1],)):
        indexed(site, tmp_path / str(number), order)
        assert tree(tmp_path / str(number)) == tree(built_site / "pagefind")


@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.full), 2])
def test_several_processes_make_the_same_index(site: Path, built_site: Path, jobs: int) -> None:
    write_whole(site, site / "pagefind", LANGUAGES, jobs)
    assert tree(site / "pagefind") == tree(built_site / "pagefind")


@pytest.mark.full
def test_one_process_makes_the_site_that_two_make_with_the_index_beside(
    openplans: Run, project: Path, built_site: Path, tmp_path: Path
) -> None:
    place = ("--config", project, "--data", project.parent / "data", "--out", tmp_path / "alone")
    done = openplans(
        "build", *place, "--today", "2027-05-01", "--base-url", "https://plans.example/sub/", "--jobs", "1"
    )
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "alone") == tree(built_site)


def test_what_is_cut_off_a_page_says_nothing_to_the_index(site: Path, tmp_path: Path) -> None:
    texts = {path: (site / path).read_text(encoding="utf-8") for path in sorted(pages_of(site))}
    whole = {path: text for path, text in texts.items() if searched(text) and path.startswith("lt/")}
    assert len(whole) > 20
    write_index(tmp_path / "whole", whole.items())
    write_index(tmp_path / "cut", ((path, searched(text)) for path, text in whole.items()))
    assert tree(tmp_path / "whole") == tree(tmp_path / "cut")
    assert sum(len(searched(text)) for text in whole.values()) < 0.8 * sum(map(len, whole.values()))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<html lang=lt><body>x</body></html>", ""),
        (
            '<!doctype html>\n<html class=a lang="lt"><head></head><body><nav>n</nav><main><article>'
            "<div data-pagefind-body data-x=1><h1>A</h1></div></article><p>after</p></main></body></html>",
            '<html lang="lt"><body><div data-pagefind-body data-x=1><h1>A</h1></div></body></html>',
        ),
        # Not as our pages are: nothing is cut off.
        (
            "<html lang='lt'><p data-pagefind-body>A</p></article>",
            "<html lang='lt'><p data-pagefind-body>A</p></article>",
        ),
        ('<html lang="lt"><p data-pagefind-body>A</p>', '<html lang="lt"><p data-pagefind-body>A</p>'),
    ],
)
def test_of_a_page_that_is_not_as_ours_nothing_is_cut_off(html: str, expected: str) -> None:
    assert searched(html) == expected


@pytest.fixture
def little(built_site: Path, tmp_path: Path) -> Path:
    """Return a site of two pages in each language, and no index."""
    for language in LANGUAGES:
        for name in ("about", "glossary"):
            shutil.copytree(built_site / language / name, tmp_path / "little" / language / name)
    return tmp_path / "little"


@pytest.fixture
def published(little: Path, tmp_path: Path) -> Path:
    """Return the little site as it was published, with an index."""
    shutil.copytree(little, tmp_path / "published")
    indexed(little, tmp_path / "published" / "pagefind", pages_of(little))
    return tmp_path / "published"


def say_more(page: Path) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace("</h1>", "</h1><p>Pavisam jauns</p>", 1), encoding="utf-8")


def say_more_around(page: Path) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace("<head>", "<head><meta name=x>", 1), encoding="utf-8")


def move(page: Path) -> None:
    page.parent.rename(page.parent.with_name("moved"))


def add(page: Path) -> None:
    shutil.copytree(page.parent, page.parent.with_name("another"))


def add_what_is_not_searched(page: Path) -> None:
    page.with_name("plain.html").write_text("<html lang=lv><body>a</body></html>", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        (say_more, {"lt", "en"}),
        (say_more_around, {"lt", "lv", "en"}),
        (move, {"lt", "en"}),
        (add, {"lt", "en"}),
        (Path.unlink, {"lt", "en"}),
        (add_what_is_not_searched, {"lt", "lv", "en"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_language_in_which_nothing_searched_has_changed_keeps_its_index(
    little: Path, published: Path, tmp_path: Path, change: Callable[[Path], None], kept: set[str]
) -> None:
    change(little / "lv" / "about" / "index.html")
    assert indexed(little, tmp_path / "after", pages_of(little), published) == kept
    indexed(little, tmp_path / "fresh", pages_of(little))
    assert tree(tmp_path / "after") == tree(tmp_path / "fresh")


def test_of_a_site_without_an_index_nothing_is_kept(little: Path, published: Path, tmp_path: Path) -> None:
    shutil.rmtree(published / "pagefind")
    assert indexed(little, tmp_path / "after", pages_of(little), published) == set()


def test_a_language_without_a_page_has_no_index_and_a_site_without_any_is_told(little: Path, tmp_path: Path) -> None:
    lithuanian = [path for path in pages_of(little) if path.startswith("lt/")]
    indexed(little, tmp_path / "one", lithuanian)
    entry = json.loads((tmp_path / "one" / "pagefind-entry.json").read_text())
    assert list(entry["languages"]) == ["lt"]
    with pytest.raises(NoIndex, match="no page holds anything"):
        indexed(little, tmp_path / "none", ["404.html"])


def program(folder: Path, code: str) -> str:
    """Write a program of some lines of Python; the first line of a file cannot name what has a space in its path."""
    (folder / "code.py").write_text(code, encoding="utf-8")
    file = folder / "program"
    file.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(folder / 'code.py'))}\n")
    file.chmod(0o755)
    return str(file)


def answer(**payload: object) -> str:
    return b64encode(json.dumps({"message_id": 1, "payload": payload}).encode()).decode() + ","


#: What a program does in the place of Pagefind, and what is said of it.
SERVICES = {
    "it ends at once": ("", "stopped before it was done"),
    "it says why": ("print('out of luck', file=sys.stderr); sys.exit(1)", "out of luck"),
    "it reads nothing and ends": ("sys.stdin.close()", "stopped before it was done"),
    "it tells of an error": (
        f"print({answer(type='Error', message='no such thing')!r}, end='', flush=True); sys.stdin.read()",
        "no such thing",
    ),
    "it answers nonsense": ("print('%%%,', end='', flush=True); sys.stdin.read()", "a form that is not known"),
    "it answers a list": ("print('W10=,', end='', flush=True); sys.stdin.read()", "a form that is not known"),
    "it makes no file": (
        f"print({answer(type='GetFiles', files=[])!r}, end='', flush=True); sys.stdin.read()",
        "made no index",
    ),
    "it makes a file elsewhere": (
        f"print({answer(type='GetFiles', files=[{'path': '../x', 'content': ''}])!r}, end='', flush=True)",
        "a form that is not known",
    ),
}


@pytest.mark.parametrize("case", SERVICES)
def test_a_program_that_fails_is_told(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, words = SERVICES[case]
    monkeypatch.setattr(pagefind_service, "_program", lambda: program(tmp_path, f"import sys\n{code}\n"))
    pages = (("lt/a/index.html", "<html lang=lt><body>a</body></html>" * 2000) for _ in range(50))
    with pytest.raises(NoIndex, match=words):
        write_index(tmp_path / "index", pages)


def test_a_program_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind_service, "_program", lambda: program(tmp_path, "import time\ntime.sleep(1000)\n"))
    monkeypatch.setattr(pagefind_service, "_SECONDS", 0.5)
    with pytest.raises(NoIndex, match="stopped before it was done"):
        write_index(tmp_path / "index", [("lt/a/index.html", "<html lang=lt>" + "a" * 1_000_000)])


def test_nothing_of_the_caller_s_surroundings_changes_the_index(
    site: Path, built_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "en")
    (site / "pagefind.yml").write_text("exclude_selectors: [h1]\n", encoding="utf-8")
    monkeypatch.chdir(site)
    indexed(site, tmp_path / "index", pages_of(site))
    assert tree(tmp_path / "index") == tree(built_site / "pagefind")
