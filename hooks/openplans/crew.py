"""Work shared out among processes, or done beside other work, with the same outcome as in one."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")
#: New objects between two looks at the young ones, and how many such looks between those at the older ones.
_SELDOM = (50_000, 20, 20)
#: What the processes of the crew do; they are copies of this one and find it here.
_work: list[Callable[[Any], Any]] = []


def look_seldom() -> None:
    """Let Python look seldom for what can be thrown away: nearly all that is read lasts."""
    gc.set_threshold(*_SELDOM)


def spare_what_lasts() -> None:
    """Keep Python from ever looking at what a build has read: nothing of it is thrown away before the end.

    Processes that share it would each copy what was looked at.
    """
    gc.freeze()


def processes(asked: int | None) -> int:
    """Return how many processes to work with: as many as asked for, else two where there are two processors."""
    return max(1, asked) if asked else min(2, os.cpu_count() or 1)


def shared_out(work: Callable[[_T], _R], parts: Sequence[_T], count: int) -> Iterator[tuple[int, _R]]:
    """Yield the place of each part and what ``work`` made of it, in the order in which they are ready.

    More than one process are used only where a copy of this one is safe: on Linux, and while it has a single thread.
    """
    if count < 2 or len(parts) < 2 or not _can_copy():
        for place, part in enumerate(parts):
            yield place, work(part)
        return
    # Most commands work alone, and should not wait for what they do not need.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415

    _work.append(work)
    try:
        with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("fork")) as pool:
            places = {pool.submit(_do, part): place for place, part in enumerate(parts)}
            for done in as_completed(places):
                yield places[done], done.result()
    finally:
        _work.pop()


class Beside:
    """Work that is done beside other work, a thread for each part: for what mostly waits for other programs.

    While it goes on, this process cannot be copied safely: others that shall share work must be there already.
    """

    def __init__(self, work: Callable[[_T], object], parts: Iterable[_T]) -> None:
        self._errors: list[Exception] = []
        self._threads = [threading.Thread(target=self._do, args=(work, part), daemon=True) for part in parts]
        for thread in self._threads:
            thread.start()

    def _do(self, work: Callable[[_T], object], part: _T) -> None:
        try:
            work(part)
        except Exception as error:
            self._errors.append(error)

    def wait(self) -> None:
        """Wait for the end of it; raise what went wrong first."""
        for thread in self._threads:
            thread.join()
        if self._errors:
            raise self._errors[0]


def _can_copy() -> bool:
    return sys.platform.startswith("linux") and threading.active_count() == 1


def _do(part: Any) -> Any:
    return _work[-1](part)
