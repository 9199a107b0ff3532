"""The navigation stays short, however many organizations a site has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from cases.folders import MINIMAL
from openplans.load import load_dataset
from openplans.publication import Publication
from openplans.routes import PageKind, Route
from openplans.views import view_around, view_of
from openplans.views.pieces import NavigationEntry


def publication_of(count: int) -> Publication:
    """Return a publication of so many organizations that say the same of themselves."""
    dataset = load_dataset(MINIMAL).dataset
    assert dataset is not None
    one = dataset.organizations[0]
    many = tuple(one.model_copy(update={"id": f"o-{number:02d}", "plans": (), "events": ()}) for number in range(count))
    return Publication(replace(dataset, organizations=many), date(2027, 5, 1))


def organizations_in(navigation: tuple[NavigationEntry, ...]) -> list[str]:
    """Return the addresses of organizations, and of what is listed below them."""
    entries = [entry for entry in navigation if entry.link.href.startswith("en/o-")]
    return [link.href for entry in entries for link in (entry.link, *entry.below)]


@pytest.mark.parametrize("count", [1, 12])
def test_a_few_organizations_stand_on_every_page(count: int) -> None:
    everywhere = [f"en/o-{number:02d}/" for number in range(count)]
    publication = publication_of(count)
    assert organizations_in(view_around("en", publication).page.navigation) == everywhere
    page = view_of(Route(PageKind.ORGANIZATION, "en", "o-00"), publication).page
    assert organizations_in(page.navigation) == ["en/o-00/", *everywhere]


def test_of_many_organizations_only_the_page_s_own_is_named() -> None:
    publication = publication_of(13)
    assert organizations_in(view_around("en", publication).page.navigation) == []
    page = view_of(Route(PageKind.ORGANIZATION, "en", "o-07"), publication).page
    assert organizations_in(page.navigation) == ["en/o-07/", "en/o-07/"]
