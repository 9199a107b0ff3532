"""No two pages of a language are called the same, even where records are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from openplans.load import load_dataset
from openplans.publication import Publication
from openplans.routes import DOCUMENTS, routes
from openplans.views import view_of

PLAN = "organizations/demo/plans/p/"


def test_pages_of_records_with_one_title_have_two(folder: Callable[..., Path]) -> None:
    files = {
        f"{PLAN}plan.yml": "title: P\nperiod: 2026\nsections:\n  - id: s\n    title: S\n  - id: t\n    title: T\n",
        **{f"{PLAN}actions/{name}.yml": "title: The same\n" for name in ("s/a", "t/b")},
    }
    dataset = load_dataset(folder(files)).dataset
    assert dataset is not None
    publication = Publication(dataset, date(2027, 5, 1))
    titles = Counter(
        (route.language, view_of(route, publication).page.title)
        for route in routes(publication)
        if route.kind not in DOCUMENTS
    )
    assert {title for language, title in titles if title.startswith("The same")} == {
        "The same – S – P",
        "The same – T – P",
    }
    assert [title for title, count in titles.items() if count > 1] == []
