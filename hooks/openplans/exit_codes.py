"""How commands end: the exit codes of the contract."""

from __future__ import annotations

FINE, CONTENT, USAGE, ENVIRONMENT, GATE, BUG = 0, 1, 2, 3, 4, 70
