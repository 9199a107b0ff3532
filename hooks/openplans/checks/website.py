"""Rules of `site.yml`, `glossary.yml` and `redirects.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostic import Diagnostic
from ..messages import languages_with_messages
from ..validation import nearest
from .base import Check
from .times import check_zone


def check_site(checker: Check) -> Iterator[Diagnostic]:
    site = checker.dataset.site
    languages = site.languages
    if site.default_language not in languages:
        yield checker.problem(
            "OP501",
            site,
            ("default_language",),
            kind="language",
            found=site.default_language,
            allowed=", ".join(languages),
            suggestion=nearest(site.default_language, languages),
        )
    known = languages_with_messages()
    for index, language in enumerate(languages):
        if language not in known:
            yield checker.problem("OP308", site, ("languages", index), found=language, allowed=", ".join(known))
    yield from check_zone(checker, site, site.time_zone)
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", site.uid_domain):
        yield checker.problem("OP318", site, ("uid_domain",), found=site.uid_domain)
    for key, word in (("edit_url", "path"), ("report_url", "page")):
        pattern = getattr(site, key)
        if pattern is not None and (f"{{{word}}}" not in pattern or not pattern.startswith("https://")):
            yield checker.problem("OP319", site, (key,), found=pattern, key=key, word=word)
    glossary = checker.dataset.glossary
    organizations = checker.ids_in("organizations/")
    for identifier, term in glossary.terms.items():
        if (term.expansion is None) != term.undefined:
            yield checker.problem("OP606", glossary, ("terms", identifier), found=term.term)
        for index, organization in enumerate(term.organizations):
            where = ("terms", identifier, "organizations", index)
            yield from checker.reference(glossary, where, "organization", organization, organizations)
    redirects = checker.dataset.redirects
    for old, new in redirects.redirects.items():
        for address in (old, new):
            if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", address):
                yield checker.problem("OP505", redirects, ("redirects", old), found=address, kind="redirect")
        if new in redirects.redirects or old == new:
            yield checker.problem("OP502", redirects, ("redirects", old), found=f"{old} → {new}")
