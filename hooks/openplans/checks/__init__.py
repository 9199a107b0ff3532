"""Rules across entities: what one file alone cannot know.

Each rule is a small function from a :class:`~.base.Check` to diagnostics; together they yield every problem of a
folder at once. A record that could not be read is known by its file, so that nothing which refers to it is blamed.
"""

from __future__ import annotations

from ..diagnostic import Diagnostic, in_order
from ..load import Loading
from .base import Check
from .plans import check_organizations
from .texts import check_privacy, check_texts
from .website import check_site

RULES = (check_site, check_organizations, check_texts, check_privacy)


def check(loading: Loading) -> tuple[Diagnostic, ...]:
    """Return every broken rule of a loaded folder, in order of file and line."""
    if loading.dataset is None:
        return ()
    checker = Check(loading, loading.dataset)
    return in_order(diagnostic for rule in RULES for diagnostic in rule(checker))


__all__ = ["RULES", "check"]
