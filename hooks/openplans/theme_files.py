"""What of the theme's files a site needs."""

from __future__ import annotations

import re

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
