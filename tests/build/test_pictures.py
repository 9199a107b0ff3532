"""The pictures that social networks show: named in every page's head by full address, or in none."""

from __future__ import annotations

import struct
from pathlib import Path

from .pages import HtmlPage, html_pages

BASE_URL = "https://plans.example/sub/"
ABOUT_PICTURES = {"og:image", "og:image:width", "og:image:height", "og:image:alt", "twitter:card"}


def said_in_head(page: HtmlPage) -> dict[str, str]:
    """Return what a page's head says to social networks."""
    said = {}
    for element in page.of("meta"):
        name = element.attributes.get("property") or element.attributes.get("name", "")
        if name.startswith(("og:", "twitter:")):
            assert name not in said, f"{name} is said twice"
            said[name] = element.attributes["content"]
    return said


def test_every_page_names_a_picture_that_is_there(pages: dict[str, HtmlPage], built_site: Path) -> None:
    shared = {path: said_in_head(page) for path, page in pages.items()}
    shared = {path: said for path, said in shared.items() if "og:title" in said}
    assert {"index.html", "lt/index.html", "lt/about/index.html"} <= set(shared)
    seen = set()
    for path, said in shared.items():
        assert set(said) >= ABOUT_PICTURES, path
        address = said["og:image"]
        assert address.startswith(f"{BASE_URL}pictures/"), path
        language = path.partition("/")[0]
        assert address.endswith(f".{language if language != 'index.html' else 'lt'}.png"), path
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
        assert said["twitter:card"] == "summary_large_image"
        assert len(said["og:image:alt"]) > 20
        seen.add(address.removeprefix(BASE_URL))
    assert seen == {file.relative_to(built_site).as_posix() for file in built_site.glob("pictures/**/*.png")}
    for name in seen:
        content = (built_site / name).read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", content[16:24]) == (1200, 630), name


def test_a_page_in_a_plan_names_the_plans_picture(pages: dict[str, HtmlPage]) -> None:
    plan = "zalias-namas/two-years-2026"
    inside = [path for path in pages if path.startswith(f"lv/{plan}/") and "/copy/" not in path]
    assert len(inside) > 3
    for path in inside:
        assert said_in_head(pages[path])["og:image"] == f"{BASE_URL}pictures/{plan}.lv.png", path
    assert said_in_head(pages["en/zalias-namas/index.html"])["og:image"] == f"{BASE_URL}pictures/site.en.png"


def test_none_is_named_while_the_site_does_not_know_its_address(small_site: Path) -> None:
    for path, page in html_pages(small_site).items():
        assert not ABOUT_PICTURES & set(said_in_head(page)), path
    assert (small_site / "pictures" / "kalnas" / "kopti.lt.png").is_file()
