"""Work that is done beside other work comes to its end, and what goes wrong in it is not lost."""

from __future__ import annotations

import threading

import pytest
from openplans.crew import Beside, shared_out


def test_every_part_is_done_while_other_work_goes_on() -> None:
    go_on = threading.Event()
    done: list[str] = []

    def work(part: str) -> None:
        assert go_on.wait(60)
        done.append(part)

    beside = Beside(work, ["lt", "lv", "en"])
    assert done == []
    # This process cannot be copied now; shared work is done all the same.
    assert dict(shared_out(len, ["a", "bb"], 2)) == {0: 1, 1: 2}
    go_on.set()
    beside.wait()
    assert sorted(done) == ["en", "lt", "lv"]


def test_what_goes_wrong_is_raised_after_all_the_rest_is_done() -> None:
    done: list[int] = []

    def work(part: int) -> None:
        if part == 2:
            raise ValueError(part)
        done.append(part)

    beside = Beside(work, [1, 2, 3])
    with pytest.raises(ValueError, match="2"):
        beside.wait()
    assert sorted(done) == [1, 3]
