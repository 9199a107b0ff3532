"""``badges/<org>/…<language>.svg`` and ``.json``: progress badges of organizations, plans and sections.

The SVG needs no script, font or other host; the JSON carries the same numbers in the form that badge services read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from ..model import Action
from ..palette import STATUS_COLOURS
from ..progress import STATUSES, Progress
from ..publication import Publication, actions_in
from ..routes import PageKind, Route, badge_path
from ..views.pieces import ProgressView
from ..views.scope import Scope, progress_view
from .base import OutputFile, json_bytes

HEIGHT = 20
_LABEL_INK, _LABEL_FILL = "#ffffff", "#3a3f47"
#: Average width of a letter at 11 px in the fonts that the badge names; textLength makes it exact.
_LETTER = 6.4


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield badges with their data."""
    for organization in publication.dataset.organizations:
        everything = tuple(action for plan in organization.plans for action in plan.actions)
        yield from _badges(publication, everything, organization.id)
        for plan in organization.plans:
            yield from _badges(publication, plan.actions, organization.id, plan.id)
            for section in plan.sections:
                yield from _badges(publication, actions_in(plan, section), organization.id, plan.id, section.id)


def _badges(
    publication: Publication, actions: Sequence[Action], organization: str, plan: str = "", section: str = ""
) -> Iterator[OutputFile]:
    progress = publication.sum_up(actions)
    for language in publication.languages:
        scope = Scope(publication, Route(PageKind.HOME, language))
        view = progress_view(progress, scope)
        label, message = scope.t("badge.label"), _message(progress, view, scope)
        colour = STATUS_COLOURS[_leading(progress)].light
        data = {
            "schemaVersion": 1,
            "label": label,
            "message": message,
            "color": colour,
            "total": progress.total,
            "counts": {key: progress.counts[key] for key in STATUSES},
            "reported": progress.reported,
            "adopted": list(progress.adopted.percents) if progress.shows_percent else None,
            "current": list(progress.current.percents) if progress.shows_percent else None,
            "currentTotal": progress.current_total,
            "overdue": progress.overdue,
            "asOf": publication.today.isoformat(),
            "sentence": view.sentence,
        }
        where = (language, organization, plan, section)
        yield OutputFile(badge_path(*where, "json"), json_bytes(data))
        yield OutputFile(badge_path(*where), badge_svg(label, message, view.sentence, colour, language).encode())


def _leading(progress: Progress) -> str:
    """The status that gives the badge its colour: green only when all is done."""
    if progress.total and progress.counts["done"] == progress.total:
        return "done"
    return "ongoing" if progress.reported else "unreported"


def _message(progress: Progress, view: ProgressView, scope: Scope) -> str:
    t = scope.t
    if not progress.total:
        return t("badge.no_actions")
    if not progress.reported:
        return t("badge.not_reported")
    if not progress.shows_percent:
        return t("badge.reported", reported=t.number(progress.reported), total=t.number(progress.total))
    return t("badge.done", done=t.number(progress.counts["done"]), total=t.number(progress.total))


def badge_svg(label: str, message: str, sentence: str, colour: str, language: str) -> str:
    """Return a two-part badge of 20 px with a text alternative."""
    left = round(len(label) * _LETTER) + 14
    right = round(len(message) * _LETTER) + 14
    width = left + right
    name = f"{label}: {message}. {sentence}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}"'
        f' role="img" xml:lang="{language}" aria-label={quoteattr(name)}>'
        f"<title>{escape(name)}</title>"
        f'<rect width="{width}" height="{HEIGHT}" rx="4" fill="{_LABEL_FILL}"/>'
        f'<path d="M{left} 0h{right - 4}a4 4 0 0 1 4 4v{HEIGHT - 8}a4 4 0 0 1-4 4H{left}z" fill="{colour}"/>'
        f'<g fill="{_LABEL_INK}" font-family="Verdana,DejaVu Sans,Arial,sans-serif" font-size="11">'
        f'<text x="7" y="14" textLength="{left - 14}">{escape(label)}</text>'
        f'<text x="{left + 7}" y="14" textLength="{right - 14}">{escape(message)}</text></g></svg>\n'
    )
