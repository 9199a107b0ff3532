"""From a view to an HTML fragment, through our own Jinja environment: everything escaped, nothing undefined."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup

from .markdown_field import Abbreviations, block_html, inline_html
from .messages import Messages
from .publication import Publication
from .qr_code import qr_svg
from .security_policy import POLICY, hash_source
from .template_cache import TemplateCache
from .views import View


class Renderer:
    """Prints views with the templates of one folder; the same view always gives the same HTML."""

    def __init__(self, folder: Path, policy: str = POLICY) -> None:
        self._policy = policy
        self._environment = _environment(folder)
        self._pieces: dict[str, TemplateModule] = {}

    def html(self, view: View, publication: Publication) -> str:
        """Return the fragment of a page, which stands between the site's header and footer, or a whole document."""
        route = view.page.route
        template = self._environment.get_template(f"{view.template or route.kind}.html")
        parts: dict[str, Any] = dict(view.parts)
        t = publication.messages(route.language)
        return template.render(page=view.page, t=t, m=self._pieces_in(t), policy=self._policy, **parts)

    def _pieces_in(self, t: Messages) -> TemplateModule:
        """Return the small pieces that all templates print with, in one language; they are the same on every page."""
        if t.language not in self._pieces:
            self._pieces[t.language] = self._environment.get_template("_macros.html").make_module({"t": t})
        return self._pieces[t.language]


@cache
def _environment(folder: Path) -> Environment:
    """Return the environment for a folder's templates; a preview renders again and again, and compiles them once."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=TemplateCache("plans"),
    )
    environment.filters["abbreviate"] = _abbreviate
    environment.filters["markdown"] = block_html
    environment.filters["json"] = _json
    environment.filters["qr"] = _qr
    environment.filters["hash_source"] = hash_source
    return environment


def _json(value: Any) -> Markup:
    """Return data for a script element: no character in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _qr(address: str, title: str) -> Markup:
    return Markup(qr_svg(address, title))


def _abbreviate(text: str, abbreviations: Abbreviations) -> Markup:
    return inline_html(text, abbreviations)
