"""Gates that remember: of pages that have passed, only what leads to something new or gone is looked at again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TODAY
from openplans.gates import Inspection
from openplans.load import load_dataset
from openplans.publication import Publication
from openplans.release import Published

from .pages import tree

PAGE = "lt/kalnas/kopti/index.html"
ACTION = "lt/kalnas/kopti/pirmas/index.html"


@pytest.fixture
def publication(small_site: Path) -> Publication:
    """Return the publication of which the small site was made."""
    loading = load_dataset(small_site.parent / "data")
    assert loading.dataset is not None
    return Publication(loading.dataset, TODAY)


class Sites:
    """The site that has passed, and a new one that is the same but for what a test changes."""

    def __init__(self, before: Path, after: Path, publication: Publication) -> None:
        self.before, self.after, self._publication = before, after, publication

    def change(self, path: str, old: str, new: str, *, in_both: bool = False) -> None:
        for site in (self.before, self.after) if in_both else (self.after,):
            text = (site / path).read_text(encoding="utf-8")
            assert old in text, path
            (site / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    def faults(self, *, remembers: bool, jobs: int = 1) -> list[tuple[str, str]]:
        """Return code and place of everything found."""
        before, after = tree(self.before), tree(self.after)
        same = frozenset(path for path, content in after.items() if before.get(path) == content)
        inspection = Inspection(self.after, self._publication, Published(self.before, same) if remembers else None)
        looked = [page for share in inspection.shares for page in inspection.look(share)]
        self.looked_at = {page.path for page in looked}
        return [(found.code, found.place.path) for found in inspection.faults(looked, jobs)]


@pytest.fixture
def sites(small_site: Path, tmp_path: Path, publication: Publication) -> Sites:
    for name in ("before", "after"):
        shutil.copytree(small_site, tmp_path / name)
    return Sites(tmp_path / "before", tmp_path / "after", publication)


def test_what_has_not_changed_is_not_looked_at(sites: Sites) -> None:
    assert sites.faults(remembers=False) == []
    assert len(sites.looked_at) > 20
    assert sites.faults(remembers=True) == []
    assert sites.looked_at == set()
    sites.change(ACTION, "</h1>", "!</h1>")
    assert sites.faults(remembers=True) == []
    assert sites.looked_at == {ACTION}


def lead_nowhere(sites: Sites) -> None:
    """A changed page leads to no file."""
    sites.change(ACTION, "</h1>", '</h1><a href="../nowhere/">x</a>')


def lead_to_no_part(sites: Sites) -> None:
    """A changed page leads to a part that a page which stayed does not have."""
    sites.change(ACTION, "</h1>", '</h1><a href="../#nowhere">x</a>')


def lose_a_part(sites: Sites) -> None:
    """A changed page lacks a part to which a page leads that stayed."""
    sites.change(PAGE, "</h1>", '</h1><i id="new-part"></i>', in_both=True)
    sites.change(ACTION, "</h1>", '</h1><a href="../#new-part">x</a>', in_both=True)
    sites.change(PAGE, 'id="new-part"', 'id="other-part"')


def lose_a_file(sites: Sites) -> None:
    """A file is gone to which a page leads that stayed."""
    for site in (sites.before, sites.after):
        (site / "lt/list.csv").write_text("a\n", encoding="utf-8")
    sites.change(ACTION, "</h1>", '</h1><a href="../../../list.csv">x</a>', in_both=True)
    (sites.after / "lt/list.csv").unlink()


def ask_another_host(sites: Sites) -> None:
    """A changed page takes a picture from elsewhere."""
    sites.change(ACTION, "</h1>", '</h1><img src="https://elsewhere.example/x.png">')


def lose_a_page(sites: Sites) -> None:
    """A record has no page any more."""
    (sites.after / ACTION).unlink()


FAULTS = {
    lead_nowhere: ("OP901", ACTION),
    lead_to_no_part: ("OP905", ACTION),
    lose_a_part: ("OP905", ACTION),
    lose_a_file: ("OP901", ACTION),
    ask_another_host: ("OP906", ACTION),
    lose_a_page: ("OP903", ACTION),
}


@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.full), 2])
@pytest.mark.parametrize("spoil", FAULTS, ids=lambda spoil: str(spoil.__name__))
def test_memory_hides_no_fault(sites: Sites, spoil: Callable[[Sites], None], jobs: int) -> None:
    spoil(sites)
    found = sites.faults(remembers=True, jobs=jobs)
    assert FAULTS[spoil] in found
    assert found == sites.faults(remembers=False)
