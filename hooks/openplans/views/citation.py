"""How a page is handed on: its permanent address, a line to cite it by, and the way to it for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any
from urllib.parse import urljoin

from ..language import Shown
from ..ledger import Key
from ..routes import PageKind, absolute
from .pieces import CiteView, Link
from .scope import Scope

#: A character that no checked text holds.
_MARK = "\x00"
#: Pages that people put on paper and screens; elsewhere a code would cost more than the page's own text.
_WITH_CODE = frozenset({PageKind.ORGANIZATION, PageKind.COMMITTEE, PageKind.PLAN})


def citation(heading: Shown, scope: Scope) -> CiteView:
    """Return how the page of a record is handed on and cited: who promised it, in which plan and which state of it."""
    t, route = scope.t, scope.route
    # Names may be in another language than the sentence, so each keeps a place in it, marked by a sign of no text.
    names = [scope.show(scope.organization.name), heading]
    place = ""
    if route.plan:
        if route.kind is not PageKind.PLAN:
            names.append(scope.show(scope.plan.title))
            place = t("cite.in_plan", plan=_MARK)
        version = _version(scope)
        place += f" ({version})" if version else ""
    address = absolute(scope.publication, route.path) or ""
    words = t(
        "cite.words",
        organization=_MARK,
        title=_MARK,
        place=place,
        site=scope.show(scope.site.title).text,
        day=t.day(scope.publication.today),
        address=f" {address}" if address else "",
    )
    pieces: list[Shown] = []
    for between, name in zip_longest(words.split(_MARK), names):
        pieces.append(Shown(between or "", scope.language))
        pieces += [name] if name is not None else []
    return CiteView(address, tuple(pieces), bool(address) and route.kind in _WITH_CODE)


def _version(scope: Scope) -> str:
    """Return which state of its plan a page shows: by its last change, else since when it is known unchanged."""
    owner = Key("plan", scope.route.organization, scope.route.plan)
    entries = scope.publication.entries_of(owner)
    if entries:
        return scope.t("cite.changed", day=scope.t.day(entries[0].day))
    since = scope.publication.ledger.known_since.get(owner)
    return scope.t("cite.unchanged", day=scope.t.day(since)) if since is not None else ""


def way_to(crumbs: Sequence[Link], heading: Shown, scope: Scope) -> tuple[Mapping[str, Any], ...]:
    """Return the way to a page as a BreadcrumbList; nothing while the site does not know its own address."""
    here = absolute(scope.publication, scope.route.path)
    if here is None or not crumbs:
        return ()
    steps = [(link.title.text, urljoin(here, link.href)) for link in crumbs]
    way = {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate((*steps, (heading.text, here)), 1)
        ],
    }
    return (way,)
