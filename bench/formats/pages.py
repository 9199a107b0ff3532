"""A world as plain pages for other generators: the texts of our pages at the same addresses, ready to be printed.

A page is made of blocks; what a block looks like is for the generator to say, from Markdown or from data:

=========  =====================================================
heading    words
text       words
items      a list of links or words: ``{"text": …, "href": …}``
facts      pairs of a label and such a list
table      rows of cells, the first row is the head
=========  =====================================================
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from world import LANGUAGES, Organization, World
from world.organizations import Action, Plan

from .labels import LABELS

Block = dict[str, Any]
Item = dict[str, str]
Record = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One page: its address (``lt/org-001/programme/``), and whether others lie below it."""

    address: str
    kind: str
    language: str
    title: str
    description: str
    blocks: tuple[Block, ...]
    organization: str = ""
    has_below: bool = False


def pages(world: World) -> Iterator[Page]:
    """Yield all pages, language by language."""
    for language in LANGUAGES:
        writer = _Writer(language)
        yield writer.home(world)
        for organization in world.organizations:
            yield from writer.organization(organization)


class _Writer:
    """Writes the pages of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.labels = LABELS[language]

    def home(self, world: World) -> Page:
        here = f"{self.language}/"
        items = [self._link(here, f"{here}{each.id}/", each.record["name"]) for each in world.organizations]
        blocks = [{"heading": self.labels["organizations"]}, {"items": items}] if items else []
        return self._page(here, "home", world.site["title"], world.site["description"], blocks, has_below=True)

    def organization(self, organization: Organization) -> Iterator[Page]:
        base = f"{self.language}/{organization.id}/"
        record = organization.record
        committees = {name: (f"{base}committees/{name}/", each) for name, each in organization.committees.items()}
        events = [(f"{base}events/{name}/", each) for name, each in organization.events.items()]
        blocks = [
            {"text": record["description"][self.language]},
            *self._list("plans", [self._link(base, f"{base}{p.id}/", p.record["title"]) for p in organization.plans]),
            *self._list("committees", [self._link(base, to, each["name"]) for to, each in committees.values()]),
            *self._list("events", [self._link(base, to, each["title"]) for to, each in events]),
        ]
        of = organization.id
        yield self._page(base, "organization", record["name"], record["description"], blocks, of, has_below=True)
        for name, (address, each) in committees.items():
            answers_for = [
                self._action_link(address, f"{base}{plan.id}/", action)
                for plan in organization.plans
                for action in plan.actions
                if name in self._responsible(plan, action)
            ]
            blocks = [{"text": each["description"][self.language]}, *self._list("actions", answers_for)]
            yield self._page(address, "committee", each["name"], each["description"], blocks, of)
        for address, each in events:
            yield self._page(address, "event", each["title"], each["summary"], self._event(each, address, base), of)
        for plan in organization.plans:
            yield from self._plan(plan, base, of, committees)

    def _plan(self, plan: Plan, base: str, of: str, committees: dict[str, tuple[str, Record]]) -> Iterator[Page]:
        here, record = f"{base}{plan.id}/", plan.record
        sections = {section["id"]: section for section in record["sections"]}
        context = [f"{self._say(each['title'])}. {self._say(each['text'])}" for each in record["context"]]
        blocks = [
            {"text": self._say(record["summary"])},
            {"facts": [[self.labels["when"], [{"text": record["period"]}]]]},
            *self._list("sections", [self._link(here, f"{here}{name}/", s["title"]) for name, s in sections.items()]),
            {"heading": self.labels["vision"]},
            {"text": self._say(record["vision"])},
            {"heading": self.labels["mission"]},
            {"text": self._say(record["mission"])},
            *self._list("priorities", [{"text": self._say(each)} for each in record["priorities"]]),
            *self._list("context", [{"text": each} for each in context]),
        ]
        yield self._page(here, "plan", record["title"], record["summary"], blocks, of, has_below=True)
        for name, section in sections.items():
            address = f"{here}{name}/"
            listed = [self._action_link(address, here, action) for action in plan.actions if action.section == name]
            goals = [{"text": self._say(goal["title"])} for goal in section["goals"]]
            blocks = [
                {"text": self._say(section["summary"])},
                *self._list("goal", goals),
                *self._list("actions", listed),
            ]
            yield self._page(address, "section", section["title"], section["summary"], blocks, of)
        for action in plan.actions:
            address = f"{here}{action.id}/"
            blocks = self._action(plan, sections[action.section], action, here, committees)
            about = action.record.get("summary", action.record["title"])
            yield self._page(address, "action", action.record["title"], about, blocks, of)

    def _action(
        self, plan: Plan, section: Record, action: Action, plan_address: str, committees: dict[str, tuple[str, Record]]
    ) -> list[Block]:
        record, here = action.record, f"{plan_address}{action.id}/"

        def committee(name: str) -> Item:
            address, found = committees[name]
            return self._link(here, address, found["name"])

        goals = {goal["id"]: goal for goal in section["goals"]}
        partners = [
            committee(partner["committee"]) if "committee" in partner else {"text": self._say(partner["name"])}
            for partner in record.get("partners", ())
        ]
        facts = [
            [self.labels["when"], [{"text": self._time(record["when"])}] if "when" in record else []],
            [self.labels["responsible"], [committee(name) for name in self._responsible(plan, action)]],
            [self.labels["partners"], partners],
            [self.labels["audience"], [{"text": self._say(record["audience"])}] if "audience" in record else []],
            [self.labels["goal"], [{"text": self._say(goals[record["goal"]]["title"])}] if "goal" in record else []],
            [self.labels["section"], [self._link(here, f"{plan_address}{section['id']}/", section["title"])]],
            [self.labels["plan"], [self._link(here, plan_address, plan.record["title"])]],
        ]
        money = [
            {"text": f"{row['amount']} {row['currency']}, {self._say(row['source'])}"}
            for row in record.get("money", ())
        ]
        source = f"{self.labels['source']}: {record['source']['section']} {record['source']['row']}"
        return [
            {"text": self.labels[self._status(action)]},
            *([{"text": self._say(record["summary"])}] if "summary" in record else []),
            {"facts": [fact for fact in facts if fact[1]]},
            *self._list("parts", [{"text": self._say(part["text"])} for part in record.get("parts", ())]),
            *self._list("results", [{"text": self._say(result["text"])} for result in record.get("results", ())]),
            *self._indicators(record.get("indicators", ())),
            *self._list("money", money),
            *self._list("updates", [{"text": self._update(update)} for update in record.get("updates", ())]),
            *self._list("notes", [{"text": self._say(note["text"])} for note in record.get("notes", ())]),
            {"text": source},
        ]

    def _event(self, record: Record, here: str, base: str) -> list[Block]:
        plan, _, action = record["actions"][0].partition("/")
        facts = [
            [self.labels["when"], [{"text": self._time(record["when"])}] if "when" in record else []],
            [self.labels["place"], [{"text": self._say(record["place"]["name"])}] if "place" in record else []],
            [self.labels["audience"], [{"text": self._say(record["audience"])}]],
            [self.labels["plan"], [self._link(here, f"{base}{plan}/{action}/", None)]],
        ]
        return [
            {"text": self.labels[record.get("status", "scheduled")]},
            {"text": self._say(record["summary"])},
            {"facts": [fact for fact in facts if fact[1]]},
        ]

    def _indicators(self, indicators: Any) -> Iterator[Block]:
        rows = [
            [
                self._say(each["name"]),
                self._say(each["unit"]),
                str(period["target"]["value"]),
                str(period["actual"]["value"]) if "actual" in period else "–",
            ]
            for each in indicators
            for period in each["periods"]
        ]
        if rows:
            yield {"heading": self.labels["indicators"]}
            yield {"table": [[self.labels[name] for name in ("indicators", "unit", "target", "actual")], *rows]}

    def _update(self, update: Record) -> str:
        parts = [f"{update['date']}: {self.labels[update['status']]}"]
        parts += [self._say(update[key]) for key in ("text", "reason") if key in update]
        return ". ".join(part.rstrip(".") for part in parts) + "."

    def _time(self, when: Any) -> str:
        """Return a time in the document's words and as it is written: other generators know no dates of ours."""
        written = when if isinstance(when, list) else [when]
        texts = []
        for each in written:
            shape, value = next(iter(each.items())) if each else ("", "")
            if isinstance(value, dict):
                value = ", ".join(str(part) for part in value.values())
            elif isinstance(value, list):
                value = ", ".join(value)
            texts.append(f"{value} ({each['as_written']})" if "as_written" in each else f"{value or shape}")
        return "; ".join(texts)

    def _responsible(self, plan: Plan, action: Action) -> list[str]:
        named: list[str] = action.record.get("responsible") or next(
            section["committees"] for section in plan.record["sections"] if section["id"] == action.section
        )
        return named

    def _status(self, action: Action) -> str:
        updates = action.record.get("updates")
        return str(updates[-1]["status"]) if updates else "unreported"

    def _action_link(self, here: str, plan_address: str, action: Action) -> Item:
        link = self._link(here, f"{plan_address}{action.id}/", action.record["title"])
        return {**link, "after": self.labels[self._status(action)]}

    def _list(self, label: str, items: list[Item]) -> list[Block]:
        return [{"heading": self.labels[label]}, {"items": items}] if items else []

    def _link(self, here: str, target: str, text: dict[str, str] | None) -> Item:
        words = text[self.language] if text else target.rstrip("/").rpartition("/")[2]
        return {"text": words, "href": posixpath.relpath(target, here) + "/"}

    def _say(self, text: dict[str, str]) -> str:
        return text[self.language]

    def _page(
        self,
        address: str,
        kind: str,
        title: dict[str, str],
        about: dict[str, str],
        blocks: list[Block],
        organization: str = "",
        has_below: bool = False,
    ) -> Page:
        description = self._say(about)[:200]
        return Page(address, kind, self.language, self._say(title), description, tuple(blocks), organization, has_below)
