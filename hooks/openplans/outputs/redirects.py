"""Old addresses from ``redirects.yml``: a small page at each, leading to where the content is now."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..publication import Publication
from ..routes import redirect_targets, relative
from ..security_policy import POLICY
from .base import OutputFile


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield a page for each old address in each language."""
    for old, new in redirect_targets(publication):
        language = old.split("/", 1)[0]
        target = escape(relative(old, new), quote=True)
        words = escape(publication.messages(language)("redirect.moved"))
        html = (
            f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY, quote=True)}"><title>{words}</title>'
            f'<meta http-equiv="refresh" content="0; url={target}"><meta name="robots" content="noindex">'
            f'</head><body><p><a href="{target}">{words}</a></p></body></html>\n'
        )
        yield OutputFile(old + "index.html", html.encode())
