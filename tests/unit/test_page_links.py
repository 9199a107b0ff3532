"""Where links lead: the quick way for plain ones and the general way come to the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openplans.page_links import aim_of, aim_of_any

_WORDS = st.text(st.sampled_from("abž.-_~%2?&:@!"), min_size=1, max_size=4)
_FOLDERS = st.lists(st.text(st.sampled_from("ab-9"), min_size=1, max_size=3), max_size=4).map("/".join)


@st.composite
def _links(draw: st.DrawFn) -> str:
    up = "../" * draw(st.integers(0, 4))
    down = "/".join(draw(st.lists(_WORDS, max_size=3))) + draw(st.sampled_from(["", "/", "//"]))
    return (
        draw(st.sampled_from(["", "/", "./", "//"])) * draw(st.booleans())
        + up
        + down
        + draw(st.sampled_from(["", "#", "#top", "#a%20b", "?q", "#?/"]))
    )


@given(_links(), _FOLDERS)
def test_both_ways_lead_to_the_same_place(href: str, folder: str) -> None:
    assert aim_of(href, folder, "/sub/") == aim_of_any(href, folder, "/sub/")


@pytest.mark.parametrize(
    ("href", "aim"),
    [
        ("../b/", ("lt/b/index.html", "", True)),
        ("../../", ("index.html", "", True)),
        ("../", ("lt/index.html", "", True)),
        ("../../../a/", ("../a/index.html", "", True)),
        ("b/c.ics", ("lt/a/b/c.ics", "", False)),
        ("#top", ("", "top", False)),
        ("../b/#p-1", ("lt/b/index.html", "p-1", True)),
        ("../b%20c/", ("lt/b c/index.html", "", True)),
        ("/sub/x.css", ("x.css", "", False)),
        ("https://plans.example/", None),
        ("mailto:a@plans.example", None),
    ],
)
def test_links_are_read_as_browsers_do(href: str, aim: tuple[str, str, bool] | None) -> None:
    assert aim_of(href, "lt/a", "/sub/") == aim
