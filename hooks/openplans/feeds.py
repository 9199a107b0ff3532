"""Which calendar feeds exist, what each is called, and which meetings are in it."""

from __future__ import annotations

from dataclasses import dataclass

from .calendars import Meeting
from .messages import Messages
from .model import Organization
from .publication import Publication


@dataclass(frozen=True, slots=True)
class Feed:
    """One calendar: everything dated, one organization's, or the planned windows."""

    name: str
    meetings: tuple[Meeting, ...]
    organization: Organization | None = None
    is_planned: bool = False

    def title(self, language: str, t: Messages) -> str:
        """Return the calendar's name."""
        if self.organization is not None:
            return self.organization.name.shown(language).text
        return t("feed.planned.title" if self.is_planned else "feed.all.title")

    def description(self, language: str, t: Messages) -> str:
        """Return in one sentence what is in it."""
        if self.organization is not None:
            return t("feed.organization.text", name=self.organization.name.shown(language).text)
        return t("feed.planned.text" if self.is_planned else "feed.all.text")


def feeds_of(publication: Publication) -> tuple[Feed, ...]:
    """Return the feeds of the site; exact dates only, but for ``planned``, which holds narrow windows."""
    exact = tuple(meeting for meeting in publication.meetings if meeting.exact is not None)
    planned = tuple(
        meeting
        for meeting in publication.meetings
        if meeting.short_windows and meeting.status not in ("cancelled", "postponed")
    )
    own = (
        Feed(organization.id, tuple(m for m in exact if m.organization.id == organization.id), organization)
        for organization in publication.dataset.organizations
    )
    return (Feed("all", exact), Feed("planned", planned, is_planned=True), *own)
