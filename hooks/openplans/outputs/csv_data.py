"""``data/<org>/<plan>.csv``: a plan's actions as a table, one row each (RFC 4180, UTF-8).

Text that a spreadsheet would run as a formula is defused with a leading apostrophe (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ..dates import timing_of
from ..facts import number_text
from ..model import Organization, Plan
from ..publication import Publication
from ..routes import csv_path
from .base import OutputFile

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield one table per plan."""
    for organization in publication.dataset.organizations:
        for plan in organization.plans:
            yield OutputFile(csv_path(organization.id, plan.id), _table(publication, organization, plan))


def _table(publication: Publication, organization: Organization, plan: Plan) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    languages = publication.languages
    writer.writerow(
        [
            "organization",
            "plan",
            "section",
            "id",
            "number",
            *(f"title_{language}" for language in languages),
            "goal",
            "responsible",
            "when_as_written",
            "earliest",
            "latest",
            "status",
            "schedule",
            "completion_low",
            "completion_high",
            "completion_rule",
            "delivered_low",
            "delivered_high",
            "results",
            "parts",
            "money",
            "currency",
            "money_per",
            "money_basis",
            "updates",
        ]
    )
    frame = publication.frame(organization, plan)
    for action in plan.actions:
        item = publication.progress_of(action)
        timing = timing_of(action.all_whens, frame)
        committees = publication.responsible(organization, plan, action)
        writer.writerow(
            [
                organization.id,
                plan.id,
                action.section,
                action.id,
                defused(action.number or ""),
                *(defused(dict(action.title.items()).get(language, "")) for language in languages),
                action.goal or "",
                ";".join(c.id for c in committees),
                defused("; ".join(w.as_written for w in action.when if w.as_written)),
                timing.earliest or "",
                timing.latest or "",
                item.status,
                item.schedule or "",
                number_text(item.completion.low),
                number_text(item.completion.high),
                item.rule,
                number_text(item.delivered.low),
                number_text(item.delivered.high),
                len(action.results),
                len(action.parts),
                ";".join(str(line.amount) if line.amount is not None else "" for line in action.money),
                ";".join(line.currency for line in action.money),
                ";".join(line.per or "" for line in action.money),
                ";".join(line.basis for line in action.money),
                len(action.updates),
            ]
        )
    return stream.getvalue().encode()


def defused(text: str) -> str:
    """Return text that a spreadsheet shows and does not run."""
    return "'" + text if text.lstrip(" ").startswith(_FORMULA) else text
