"""What of the theme's files a site needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_MAP_ADDRESS = re.compile(rb"(?:(?:\A|\n)//# sourceMappingURL=\S+|\n?/\*# sourceMappingURL=[^*]+\*/)\s*\Z")


def is_unused(path: str) -> bool:
    """Tell whether a file of the theme is of no use: scripts, its icon, maps of its files, its map of the site."""
    return (
        path == "sitemap.xml"
        or path.startswith(("assets/javascripts/", "assets/images/favicon."))
        or path.endswith(".map")
    )


def without_map(content: bytes) -> bytes:
    """Return a script or style sheet of the theme without the address of its map, which is not published."""
    return _MAP_ADDRESS.sub(b"", content)


def stylesheet(theme: Iterable[str]) -> str:
    """Return the address of the theme's style sheet, whose name tells its version; ``theme`` are its folders."""
    found = (file for folder in theme for file in Path(folder, "assets/stylesheets").glob("main.*.min.css"))
    return next((f"assets/stylesheets/{file.name}" for file in found), "")
