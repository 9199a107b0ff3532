"""``next-change.json``: when a new build would next say something else, for the service that builds every day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from ..file_addresses import NEXT_CHANGE_JSON
from ..next_change import next_change
from ..publication import Publication
from .base import OutputFile, json_bytes


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield the one file; the moment is the midnight, in the site's zone, at which the day begins."""
    day = next_change(publication)
    zone = ZoneInfo(publication.dataset.site.time_zone)
    moment = datetime(day.year, day.month, day.day, tzinfo=zone) if day else None
    data = {"asOf": publication.today.isoformat(), "nextChange": moment.isoformat() if moment else None}
    yield OutputFile(NEXT_CHANGE_JSON, json_bytes(data))
