"""Made-up actions: each field as often as in the shipped plans, but for reports, which these plans have more of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import times
from .sentences import Dice, Scribe

_STATUSES = {
    "done": 36,
    "ongoing": 30,
    "partly_done": 10,
    "not_started": 8,
    "postponed": 8,
    "cancelled": 5,
    "merged": 3,
}
#: Share of actions with a report, by an organization's number modulo four; one of four has never reported.
_REPORTED = (0.8, 0.45, 0.7, 0.0)

Record = dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """What an action or an event can refer to."""

    scribe: Scribe
    source_language: str
    committees: tuple[str, ...]
    events: tuple[str, ...]
    organization: int


def action(setting: Setting, dice: Dice, plan: str, place: int, before: str | None) -> Record:
    """Return an action; ``before`` is the one before it in its section, for those that were merged into it."""
    scribe = setting.scribe
    record: Record = {"number": f"{place + 1}.", "title": scribe.text(dice, "title")}
    if dice.chance(0.2):
        record["summary"] = scribe.text(dice, "summary")
    if dice.chance(0.76):
        record["goal"] = f"goal-{dice.number(1, 3)}"
    if dice.chance(0.3):
        record["responsible"] = [dice.one_of(setting.committees)]
    if dice.chance(0.15):
        record["partners"] = [
            {"committee": dice.one_of(setting.committees)},
            {"name": scribe.text(dice, "name"), "role": dice.one_of(("partner", "funding", "implementing"))},
        ]
    if dice.chance(0.85):
        record["when"] = _when(setting, dice)
    if dice.chance(0.06):
        record["audience"] = scribe.text(dice, "unit")
    if dice.chance(0.25):
        record["results"] = [{"text": scribe.text(dice, "text")} for _ in range(dice.number(1, 3))]
    if dice.chance(0.06):
        record["parts"] = [{"text": scribe.text(dice, "title"), "done": dice.chance(0.5)} for _ in range(3)]
    if dice.chance(0.24):
        record["indicators"] = _indicators(scribe, dice, plan)
    if dice.chance(0.05):
        record["money"] = [_money(scribe, dice)]
    if dice.chance(_REPORTED[setting.organization % 4]):
        record["updates"] = _updates(setting, dice, before)
    if dice.chance(0.3):
        record["notes"] = [{"text": scribe.text(dice, "text")}]
    record["source"] = {"section": f"{place % 8 + 1}.", "row": place + 1}
    return record


def _when(setting: Setting, dice: Dice) -> Record | list[Record]:
    def one() -> Record:
        phrase = setting.scribe.text(dice, "unit")[setting.source_language]
        return {**times.when(dice, setting.events), "as_written": phrase}

    return [one(), one()] if dice.chance(0.02) else one()


def _indicators(scribe: Scribe, dice: Dice, plan: str) -> list[Record]:
    found = []
    for number in range(dice.number(1, 2)):
        planned = dice.number(1, 40)
        years = ("2026", "2027", "2028") if plan == "programme" and dice.chance(0.3) else (None,)
        periods: list[Record] = []
        for year in years:
            period: Record = {"period": year} if year else {}
            period["target"] = {"value": planned, "comparator": dice.one_of(("exactly", "at_least"))}
            if year != "2028" and dice.chance(0.5):
                period["actual"] = {"value": dice.number(0, planned * 2)}
            periods.append(period)
        found.append(
            {
                "id": f"indicator-{number + 1}",
                "name": scribe.text(dice, "name"),
                "unit": scribe.text(dice, "unit"),
                "measures_action": dice.chance(0.5),
                "periods": periods,
            }
        )
    return found


def _money(scribe: Scribe, dice: Dice) -> Record:
    parts = [dice.number(1, 90) * 50 for _ in range(2)]
    record: Record = {
        "amount": sum(parts),
        "currency": "EUR",
        "stage": dice.one_of(("planned", "approved", "spent")),
        "basis": dice.one_of(("exact", "exact", "estimate", "unclear")),
        "source": scribe.text(dice, "unit"),
    }
    if dice.chance(0.5):
        record["breakdown"] = [{"amount": part, "label": scribe.text(dice, "unit")} for part in parts]
    return record


def _updates(setting: Setting, dice: Dice, before: str | None) -> list[Record]:
    last = dice.weighted(_STATUSES)
    if last == "merged" and before is None:
        last = "done"
    statuses = ["ongoing", last] if last != "ongoing" and dice.chance(0.3) else [last]
    updates = []
    for order, status in enumerate(statuses):
        # The day of the build is 15 March 2027; nobody reports from the future, and a later report stands later.
        date = f"2027-0{dice.number(1, 2)}-{dice.number(1, 28):02d}" if order else times.day(dice, 2026, 2026)
        updates.append(_update(setting, dice, status, date, before))
    return updates


def _update(setting: Setting, dice: Dice, status: str, date: str, before: str | None) -> Record:
    scribe = setting.scribe
    update: Record = {"date": date, "status": status}
    if dice.chance(0.6):
        update["text"] = scribe.text(dice, "text")
    if status in ("postponed", "cancelled"):
        update["reason"] = scribe.text(dice, "text")
    if status == "postponed":
        update["new_date"] = dice.one_of(("none", "2027-10", "2028-Q1"))
    if status == "merged":
        update["merged_into"] = before
    if dice.chance(0.4):
        update["by"] = dice.one_of(setting.committees)
    if dice.chance(0.2):
        update["assurance"] = "documented"
        update["evidence"] = [{"title": scribe.text(dice, "name"), "url": f"https://reports.example/{date}"}]
    return update
