"""The colours of statuses: one table for badges and the style sheet, each pair at least 4.5 : 1.

A status is never colour alone: its word stands beside it, and each has a shape of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class StatusColour:
    """Fill of bars and badges in both schemes, and the shape that marks the status."""

    light: str
    dark: str
    shape: str


STATUS_COLOURS: Mapping[str, StatusColour] = MappingProxyType(
    {
        "done": StatusColour("#1a6b3c", "#7fd6a0", "●"),
        "partly_done": StatusColour("#4d6b12", "#bcd676", "◐"),
        "ongoing": StatusColour("#1d5a9e", "#8fc1f5", "▶"),
        "not_started": StatusColour("#5b5470", "#b9b2d0", "○"),
        "postponed": StatusColour("#8a4b00", "#f0b36b", "»"),
        "cancelled": StatusColour("#8f2430", "#f59aa3", "✕"),
        "merged": StatusColour("#5a4a3a", "#d3bfa8", "→"),
        "unreported": StatusColour("#5c6670", "#aab4bd", "?"),
    }
)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours by WCAG 2.2."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)
