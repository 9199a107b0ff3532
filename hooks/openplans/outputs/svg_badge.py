"""``badges/<org>/…<language>.svg`` and ``.json``: progress badges and the “next event” badge.

The SVG needs no script, font or other host, follows the reader's light or dark scheme, and says everything in words;
the JSON carries the same numbers in the form that badge services read. A badge without a recent report goes grey and
says since when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from ..date_words import when_in_words
from ..facts import point_text
from ..file_addresses import badge_path, next_event_badge_path
from ..messages import Messages
from ..model import Action, Organization
from ..palette import STATUS_COLOURS
from ..progress import STATUSES, Progress
from ..publication import Publication
from ..views.pieces import ProgressView
from ..views.progress_words import progress_view
from .base import OutputFile, json_bytes, organizations_in

HEIGHT = 20
#: Average width of a letter at 11 px in the fonts that the badge names; textLength makes it exact.
_LETTER = 6.4


def files(publication: Publication, part: str | None = None) -> Iterator[OutputFile]:
    """Yield badges with their data, of the whole site or of one part of it."""
    for organization in organizations_in(publication, part):
        everything = tuple(action for plan in organization.plans for action in plan.actions)
        yield from _badges(publication, everything, organization.id)
        yield from _next_event(publication, organization)
        for committee in organization.committees:
            own = publication.actions_of(organization, committee)
            if own:
                yield from _badges(publication, own, organization.id, committee=committee.id)
        for plan in organization.plans:
            yield from _badges(publication, plan.actions, organization.id, plan.id)
            for section in plan.sections:
                yield from _badges(publication, plan.actions_in(section), organization.id, plan.id, section.id)


def _badges(
    publication: Publication,
    actions: Sequence[Action],
    organization: str,
    plan: str = "",
    section: str = "",
    committee: str = "",
) -> Iterator[OutputFile]:
    progress = publication.sum_up(actions)
    for language in publication.languages:
        t = publication.messages(language)
        view = progress_view(progress, t)
        label, message = t("badge.label"), _message(progress, view, t)
        key = _leading(progress)
        data = {
            "schemaVersion": 1,
            "label": label,
            "message": message,
            "color": STATUS_COLOURS[key].light,
            "total": progress.total,
            "counts": {status: progress.counts[status] for status in STATUSES},
            "reported": progress.reported,
            "adopted": list(progress.adopted.percents) if progress.shows_percent else None,
            "current": list(progress.current.percents) if progress.shows_percent else None,
            "currentTotal": progress.current_total,
            "overdue": progress.overdue,
            "staleSince": point_text(progress.stale_since) if progress.stale_since else None,
            "asOf": publication.today.isoformat(),
            "sentence": view.sentence,
        }
        yield OutputFile(
            badge_path(language, organization, plan, section, committee, extension="json"), json_bytes(data)
        )
        yield OutputFile(
            badge_path(language, organization, plan, section, committee),
            badge_svg(label, message, view.sentence, key, language).encode(),
        )


def _leading(progress: Progress) -> str:
    """The status whose colour the badge has: green only when all is done, grey on old data or none."""
    if progress.total and progress.counts["done"] == progress.total:
        return "done"
    return "ongoing" if progress.reported and progress.stale_since is None else "unreported"


def _message(progress: Progress, view: ProgressView, t: Messages) -> str:
    if not progress.total:
        return t("badge.no_actions")
    if not progress.reported:
        return t("badge.not_reported")
    total = t.number(progress.total)
    if progress.shows_percent:
        message = t("badge.done", done=t.number(progress.counts["done"]), total=total)
    else:
        message = t("badge.reported", reported=t.number(progress.reported), total=total)
    if progress.stale_since is None:
        return message
    return t("badge.stale", message=message, year=progress.stale_since.year)


def _next_event(publication: Publication, organization: Organization) -> Iterator[OutputFile]:
    coming = next(
        (
            meeting
            for meeting in publication.meetings
            if meeting.organization.id == organization.id
            and meeting.is_dated
            and not meeting.is_over(publication.today)
            and meeting.status not in ("cancelled", "postponed")
        ),
        None,
    )
    for language in publication.languages:
        t = publication.messages(language)
        message, sentence = t("badge.no_next"), organization.name.shown(language).text
        if coming is not None and coming.when is not None:
            message = when_in_words(coming.when, organization, t)
            sentence = f"{coming.title.shown(language).text}. {sentence}"
        key = "unreported" if coming is None else "ongoing"
        svg = badge_svg(t("badge.next"), message, sentence, key, language)
        yield OutputFile(next_event_badge_path(language, organization.id), svg.encode())


def badge_svg(label: str, message: str, sentence: str, key: str, language: str) -> str:
    """Return a two-part badge of 20 px with a text alternative; ``key`` names the status that colours it."""
    colour = STATUS_COLOURS[key]
    text = f"{colour.shape} {message}"
    left = round(len(label) * _LETTER) + 14
    right = round(len(text) * _LETTER) + 14
    width = left + right
    name = f"{label}: {message}. {sentence}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}"'
        f' role="img" xml:lang="{language}" aria-label={quoteattr(name)}>'
        f"<title>{escape(name)}</title>"
        f"<style>.l{{fill:#3a3f47}}.r{{fill:{colour.light}}}text{{fill:#fff}}@media (prefers-color-scheme:dark)"
        f"{{.l{{fill:#e3e7eb}}.r{{fill:{colour.dark}}}text{{fill:#14181c}}}}</style>"
        f'<rect class="l" width="{width}" height="{HEIGHT}" rx="4"/>'
        f'<path class="r" d="M{left} 0h{right - 4}a4 4 0 0 1 4 4v{HEIGHT - 8}a4 4 0 0 1-4 4H{left}z"/>'
        f'<g font-family="Verdana,DejaVu Sans,Arial,sans-serif" font-size="11">'
        f'<text x="7" y="14" textLength="{left - 14}">{escape(label)}</text>'
        f'<text x="{left + 7}" y="14" textLength="{right - 14}">{escape(text)}</text></g></svg>\n'
    )
