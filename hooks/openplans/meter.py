"""How far a long build is."""

from __future__ import annotations

import sys
from time import monotonic

from .messages import Messages


class Meter:
    """Tells on a long build how far it is: in place on a terminal, line by line elsewhere."""

    #: Seconds before anything is said, and between two lines.
    _PATIENCE, _PAUSE = 3.0, 10.0

    def __init__(self, t: Messages, *, tells: bool) -> None:
        self._t = t
        self._next = monotonic() + self._PATIENCE
        self._is_terminal = sys.stderr.isatty()
        # Elsewhere only who waits for a machine far away wants to know; everybody else reads the last line.
        self._is_on = self._is_terminal or tells

    def __call__(self, done: int, total: int) -> None:
        """Tell that ``done`` shares of ``total`` are done."""
        now = monotonic()
        if not self._is_on or now < self._next:
            return
        words = self._t("report.progress", share=self._t.percent(100 * done // max(total, 1)))
        if self._is_terminal:
            print(f"\r{words}", end="\n" if done == total else "", file=sys.stderr, flush=True)
            self._next = now + 0.2 if total - done > 1 else now
        else:
            print(words, file=sys.stderr, flush=True)
            self._next = now + self._PAUSE
