"""What a meeting is called."""

from __future__ import annotations

from .calendars import Meeting
from .language import Shown
from .messages import Messages


def shown_title(meeting: Meeting, t: Messages) -> Shown:
    """Return a meeting's title; an occurrence without one of its own is told apart by its id."""
    title = meeting.title.shown(t.language)
    occurrence = meeting.occurrence
    if occurrence is None or occurrence.title is not None or meeting.exact is not None:
        return title
    words = t("event.occurrence", title=title.text, occurrence=occurrence.id)
    return Shown(words, title.language, title.is_fallback)


def meeting_title(meeting: Meeting, t: Messages) -> str:
    """Return the words of :func:`shown_title`."""
    return shown_title(meeting, t).text
