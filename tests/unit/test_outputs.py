"""Outputs made part by part are those of the whole site; no file belongs to two parts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openplans.load import load_dataset
from openplans.outputs import EVERYTHING_ELSE, makers, output_files
from openplans.publication import Publication

EVENTS = Path(__file__).parents[1] / "events" / "data"


@pytest.mark.parametrize(("is_of_events", "has_address"), [(True, True), (False, False)])
def test_the_parts_together_are_the_whole(is_of_events: bool, has_address: bool, publication: Publication) -> None:
    dataset = load_dataset(EVENTS).dataset if is_of_events else publication.dataset
    assert dataset is not None
    whole = replace(publication, dataset=dataset, base_url=publication.base_url if has_address else None)
    parts = [EVERYTHING_ELSE, *(organization.id for organization in dataset.organizations)]
    made = {part: [file for maker in makers(part) for file in maker(whole)] for part in parts}
    files = [file for found in made.values() for file in found]
    assert len({file.path for file in files}) == len(files)
    assert {file.path: file.content for file in files} == {file.path: file.content for file in output_files(whole)}
    for part, found in made.items():
        others = {other for other in parts if other not in (part, EVERYTHING_ELSE)}
        # Each has calendars of its own at least, and none of another.
        assert any(file.path.startswith(f"calendars/en/{part}") for file in found)
        assert not [file.path for file in found if part and others & {*file.path.split("/")}]
