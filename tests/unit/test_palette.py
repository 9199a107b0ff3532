"""Statuses can be told apart and read in both schemes, in colour and without."""

from __future__ import annotations

import pytest
from openplans.palette import STATUS_COLOURS, contrast
from openplans.progress import STATUSES

WHITE, SLATE = "#ffffff", "#1e2129"


def test_contrast_is_computed_as_in_wcag() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast(WHITE, "#000000") == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", WHITE) < 4.5


def test_every_status_has_a_colour_and_a_shape_of_its_own() -> None:
    assert set(STATUS_COLOURS) == set(STATUSES)
    for values in zip(*((c.light, c.dark, c.shape) for c in STATUS_COLOURS.values()), strict=True):
        assert len(set(values)) == len(STATUSES)


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_can_be_read_in_both_schemes(status: str) -> None:
    colour = STATUS_COLOURS[status]
    assert contrast(colour.light, WHITE) >= 4.5
    assert contrast(colour.dark, SLATE) >= 4.5
