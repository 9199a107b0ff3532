"""``data/<org>/<plan>.csv`` and, below it, ``indicators.csv`` and ``money.csv``: a plan as tables (RFC 4180, UTF-8).

Text that a spreadsheet would run as a formula is defused with a leading apostrophe (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from ..dates import timing_of
from ..facts import number_text, plain
from ..file_addresses import csv_path
from ..funds import lines_of
from ..model import Indicator, Organization, Plan
from ..progress import newest_update
from ..publication import Publication
from .base import OutputFile, organizations_in

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def files(publication: Publication, part: str | None = None) -> Iterator[OutputFile]:
    """Yield three tables per plan, of all or of one part of the site: its actions, their indicators, and money."""
    for organization in organizations_in(publication, part):
        for plan in organization.plans:
            yield OutputFile(csv_path(organization.id, plan.id), _table(publication, organization, plan))
            yield OutputFile(csv_path(organization.id, plan.id, "indicators"), _indicators(plan))
            yield OutputFile(csv_path(organization.id, plan.id, "money"), _money(publication, organization, plan))


def _written(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()


def _number(value: Fraction | None) -> str:
    return number_text(value) if value is not None else ""


def _indicators(plan: Plan) -> bytes:
    rows: list[Sequence[object]] = []
    holders: list[tuple[str, str, str, tuple[Indicator, ...]]] = []
    for section in plan.sections:
        holders.append((section.id, "", "", section.indicators))
        holders += [(section.id, goal.id, "", goal.indicators) for goal in section.goals]
    holders += [(action.section, action.goal or "", action.id, action.indicators) for action in plan.actions]
    for section_id, goal, action, indicators in holders:
        for indicator in indicators:
            baseline = _number(indicator.baseline.value) if indicator.baseline else ""
            for period in indicator.periods:
                target, actual = period.target, period.actual
                rows.append(
                    (
                        section_id,
                        goal,
                        action,
                        indicator.id,
                        indicator.measure,
                        indicator.result_type,
                        indicator.direction,
                        "true" if indicator.measures_action else "false",
                        period.period.text if period.period else "",
                        baseline,
                        target.comparator if target else "",
                        _number(target.value) if target else "",
                        _number(target.upper) if target else "",
                        (target.per or "") if target else "",
                        _number(actual.value) if actual else "",
                        (actual.verdict or "") if actual else "",
                    )
                )
    header = (
        "section goal action indicator measure result_type direction measures_action period baseline comparator target"
        " target_upper target_per actual verdict"
    )
    return _written(header.split(), rows)


def _money(publication: Publication, organization: Organization, plan: Plan) -> bytes:
    frame = publication.frame(organization, plan)
    rows: list[Sequence[object]] = []
    for section, action, money in [("", "", plan.money), *((a.section, a.id, a.money) for a in plan.actions)]:
        for line in lines_of(money, frame.names, frame.plan):
            rows.append(
                (
                    section,
                    action,
                    line.money.flow,
                    line.money.stage,
                    line.amount,
                    line.money.currency,
                    line.money.per or "",
                    line.money.basis,
                    line.span.earliest or "",
                    line.span.latest or "",
                    line.years if line.years is not None else "",
                    defused(line.money.as_written or ""),
                )
            )
    header = "section action flow stage amount currency per basis earliest latest years as_written"
    return _written(header.split(), rows)


def _table(publication: Publication, organization: Organization, plan: Plan) -> bytes:
    languages = publication.languages
    header = [
        *("organization", "plan", "section", "id", "number"),
        *(f"title_{language}" for language in languages),
        *("goal", "responsible", "when_as_written", "earliest", "latest", "status", "schedule"),
        *("completion_low", "completion_high", "completion_rule", "delivered_low", "delivered_high"),
        *("newest_report", "done_on", "new_date", "updates", "results", "parts", "slots_promised", "slots_held"),
    ]
    frame = publication.frame(organization, plan)
    rows: list[Sequence[object]] = []
    for action in plan.actions:
        item = publication.progress_of(action)
        timing = timing_of(action.all_whens, frame)
        slots = publication.slots_of(plan, action)
        update = newest_update(action)
        rows.append(
            [
                organization.id,
                plan.id,
                action.section,
                action.id,
                defused(action.number or ""),
                *(defused(dict(action.title.items()).get(language, "")) for language in languages),
                action.goal or "",
                ";".join(c.id for c in publication.responsible(organization, plan, action)),
                defused("; ".join(w.as_written for w in action.all_whens if w.as_written)),
                timing.earliest or "",
                timing.latest or "",
                item.status,
                item.schedule or "",
                *(number_text(share) for share in (item.completion.low, item.completion.high)),
                item.rule,
                *(number_text(share) for share in (item.delivered.low, item.delivered.high)),
                update.date.text if update else "",
                (update.done_on or "") if update else "",
                plain(update.new_date) if update and update.new_date else "",
                len(action.updates),
                len(action.results),
                len(action.parts),
                sum(filled.slot.times for filled in slots),
                sum(filled.counted for filled in slots),
            ]
        )
    return _written(header, rows)


def defused(text: str) -> str:
    """Return text that a spreadsheet shows and does not run."""
    return "'" + text if text.lstrip(" ").startswith(_FORMULA) else text
