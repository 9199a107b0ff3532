"""A page put together from a layout printed once is the page that the whole layout prints, whatever its title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openplans import splicing
from openplans.frame import Frame
from openplans.routes import DOCUMENTS, PageKind, routes
from openplans.splicing import Splicer
from openplans.views.pieces import NavigationEntry

from .pages import tree

HOSTILE = "&lt;/title&gt;&lt;script&gt; &amp;amp; \\1 \\g&lt;0&gt; {{ 7 }} QzTitle &quot;"


def built(project: Path, out: Path, **settings: Any) -> dict[str, bytes]:
    """Return the files of a site as the real build makes them."""
    from publish import build_site  # noqa: PLC0415

    common = {"today": "2027-05-01", "base_url": "https://plans.example/sub/", "search": False}
    assert build_site(project, out, {**common, **settings}) == 0
    return tree(out)


def test_spliced_and_whole_pages_are_the_same_in_one_process_and_in_three(project: Path, tmp_path: Path) -> None:
    spliced = built(project, tmp_path / "spliced", jobs=1)
    whole = built(project, tmp_path / "whole", splice=False, jobs=1)
    shared = built(project, tmp_path / "shared", jobs=3)
    assert set(spliced) == set(whole) == set(shared)
    assert [path for path in sorted(whole) if spliced[path] != whole[path]] == []
    assert [path for path in sorted(whole) if spliced[path] != shared[path]] == []


def frame(path: str = "lt/club/plan/a-1/", **changes: Any) -> Frame:
    """Return a frame of a page that has others beside it."""
    alternates = tuple((code, code, path.replace("lt/", f"{code}/", 1)) for code in ("lt", "lv"))
    navigation: tuple[NavigationEntry, ...] = ()
    first = Frame(path, "lt", HOSTILE, "About &amp; more", (("a", "A"), ("b", HOSTILE)), alternates, navigation, ())
    return replace(first, **changes)


def printed(frame: Frame, content: str) -> str:
    """Stand in for the layout."""
    links = "".join(f'<a href="../../{path}">{code}</a>' for code, _, path in frame.alternates)
    lines = "\n".join(f'<li class="x"><a href="#{anchor}">{title}</a></li>' for anchor, title in frame.contents)
    description = f'<meta content="{frame.description}">' if frame.description else ""
    return f"<title>{frame.title}</title>{description}{links}<ul>\n{lines}\n</ul><main>{content}</main>"


@pytest.mark.parametrize("contents", [(), (("a", "A"),), (("a", "A"), ("b", HOSTILE), ("c", "QzEntry"))])
@pytest.mark.parametrize("description", ["", "words"])
@pytest.mark.parametrize("path", ["", "lt/", "lt/events/", "lt/club/plan/", "lt/club/plan/lt/"])
def test_every_blank_is_filled(contents: tuple[tuple[str, str], ...], description: str, path: str) -> None:
    splicer = Splicer(printed, lambda: pytest.fail("the layout is as expected"))
    for title in (HOSTILE, "Other"):
        page = frame(path, title=title, contents=contents, description=description)
        assert splicer.page(page, f"<p>{HOSTILE}</p>") == printed(page, f"<p>{HOSTILE}</p>")


def test_pages_that_lie_together_share_one_printed_layout() -> None:
    seen: list[Frame] = []

    def layout(frame: Frame, content: str) -> str:
        seen.append(frame)
        return printed(frame, content)

    splicer = Splicer(layout, lambda: None)
    for name in ("a-1", "a-2", "a-3"):
        splicer.page(frame(f"lt/club/plan/{name}/"), name)
    assert len(seen) == 1


def test_pages_with_files_of_their_own_share_a_layout_too() -> None:
    seen: list[Frame] = []

    def layout(frame: Frame, content: str) -> str:
        seen.append(frame)
        links = "".join(f'<link href="../../../../{path}">' for _, path in frame.more if path)
        return printed(frame, content) + links

    splicer = Splicer(layout, lambda: pytest.fail("the layout is as expected"))
    for name in ("e-1", "e-2", "all"):
        more = (("calendar", f"calendars/lt/club/{name}.ics"), ("feed", f"feeds/lt/{name}.xml"), ("embed", ""))
        page = frame(f"lt/club/events/{name}/", more=more)
        assert splicer.page(page, name) == layout(page, name)
    # Each whole page was printed for the comparison.
    assert len(seen) == 1 + 3


def test_of_very_many_layouts_those_used_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def layout(frame: Frame, content: str) -> str:
        seen.append(frame.path)
        return printed(frame, content)

    monkeypatch.setattr(splicing, "_LAYOUTS", 2)
    splicer = Splicer(layout, lambda: None)
    for plan in ("p", "q", "p", "r", "p", "q"):
        page = frame(f"lt/club/{plan}/a-1/")
        assert splicer.page(page, plan) == printed(page, plan)
    assert [path.split("/")[2] for path in seen] == ["p", "q", "r", "q"]


CHANGED: dict[str, Callable[[Frame, str], str]] = {
    "the content twice": lambda f, c: printed(f, c) + c,
    "no content": lambda f, c: printed(f, ""),
    "no title": lambda f, c: printed(replace(f, title=""), c),
    "a title cut short": lambda f, c: printed(replace(f, title=f.title[:-2]), c),
    "a description in capitals": lambda f, c: printed(replace(f, description=f.description[:-1].upper()), c) + "Qz",
    "contents in another shape": lambda f, c: printed(f, c).replace("<li", "<p").replace("</li", "</p"),
    "contents in two places": lambda f, c: printed(f, c) + printed(f, ""),
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_layout_that_does_otherwise_is_printed_whole_and_told_of_once(change: str) -> None:
    warnings: list[None] = []
    splicer = Splicer(CHANGED[change], lambda: warnings.append(None))
    for name in ("a-1", "a-2"):
        page = frame(f"lt/club/plan/{name}/")
        assert splicer.page(page, name) == CHANGED[change](page, name)
    assert len(warnings) == 1


def test_all_kinds_of_pages_in_the_layout_are_compared(publication: Any) -> None:
    kinds = {route.kind for route in routes(publication) if route.kind not in DOCUMENTS}
    assert kinds == set(PageKind) - DOCUMENTS
