"""The map of a site names every page once, in as many files as the protocol wants."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest
from cases.folders import MINIMAL
from openplans.load import load_dataset
from openplans.outputs import sitemap
from openplans.publication import Publication

ROOT = "https://plans.example/sub/"
IN = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def files_of_the_smallest_world() -> dict[str, bytes]:
    """Return the map and what belongs to it, by path."""
    dataset = load_dataset(MINIMAL).dataset
    assert dataset is not None
    return {file.path: file.content for file in sitemap.files(Publication(dataset, date(2027, 5, 1), ROOT))}


def locations(content: bytes, tag: str) -> list[str]:
    """Return the addresses that a map or an index names."""
    return [str(found.text) for found in ElementTree.fromstring(content).iterfind(f"{IN}{tag}/{IN}loc")]


def test_a_short_map_is_one_file() -> None:
    files = files_of_the_smallest_world()
    assert set(files) == {"sitemap.xml", "robots.txt"}
    found = locations(files["sitemap.xml"], "url")
    assert len(found) == len(set(found)) > 20 and all(address.startswith(ROOT) for address in found)


def test_a_long_map_is_in_pieces_that_an_index_names(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = locations(files_of_the_smallest_world()["sitemap.xml"], "url")
    monkeypatch.setattr(sitemap, "LIMIT", 10)
    pieces = files_of_the_smallest_world()
    named = locations(pieces["sitemap.xml"], "sitemap")
    assert [address.removeprefix(ROOT) for address in named] == sorted(
        set(pieces) - {"sitemap.xml", "robots.txt"}, key=lambda name: int(name[8:-4])
    )
    each = [locations(pieces[address.removeprefix(ROOT)], "url") for address in named]
    assert [address for piece in each for address in piece] == whole
    assert {len(piece) for piece in each[:-1]} == {10} and 0 < len(each[-1]) <= 10
    assert f"Sitemap: {ROOT}sitemap.xml" in pieces["robots.txt"].decode()
