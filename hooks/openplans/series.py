"""Series: the occurrences that an event's rule gives, with what its author wrote about single ones."""

from __future__ import annotations

from .dates import TimeFrame, days_of_rule
from .model import Event, Occurrence, When


def occurrences_of(event: Event, frame: TimeFrame) -> tuple[Occurrence, ...]:
    """Return every occurrence of an event in order of its rule, then those written beside it; none if it has no series.

    What is written under the id of one of the rule's occurrences (a move, a cancellation, a title, a result) takes the
    place of the rule's own; its id, and with it its address and its UID, stays.
    """
    rule = event.when.rule if event.when else None
    if rule is None:
        return event.occurrences
    written = {occurrence.id: occurrence for occurrence in event.occurrences}
    found = []
    for day in days_of_rule(rule, frame):
        own = written.pop(day.key, Occurrence(id=day.key))
        when = own.when or When(on=day.exact(rule.at))
        found.append(own.model_copy(update={"when": when}))
    return (*found, *written.values())
