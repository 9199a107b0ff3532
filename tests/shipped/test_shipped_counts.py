"""The one test that looks at `data/`: its counts are those that were compared with the documents by hand.

The counts travel with the data in `data/.coverage.json`, written by `openplans coverage --pin`. Whoever replaces the
data replaces or removes that file too; without it there is nothing to hold the data to.
"""

from __future__ import annotations

import json
from pathlib import Path

from openplans.coverage import coverage_of
from openplans.load import load_dataset

_DATA = Path(__file__).resolve().parents[2] / "data"


def test_the_data_holds_what_was_counted_in_the_documents() -> None:
    pinned = _DATA / ".coverage.json"
    dataset = load_dataset(_DATA).dataset
    expected = json.loads(pinned.read_text(encoding="utf-8")) if pinned.is_file() else None
    assert expected is None or (dataset is not None and coverage_of(dataset) == expected)
