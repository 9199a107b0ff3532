"""One edit: another title for the first action, wherever a generator keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from world import LANGUAGES, build


@dataclass
class Edit:
    """The file with the first action's title, the title as the workload has it, and the address of its page."""

    file: Path
    original: str
    address: str

    def apply(self) -> str:
        """Give the action a title that it never had, and return it."""
        text = self.file.read_text(encoding="utf-8")
        # Earlier edits put a number after the title.
        present = re.search(rf"{re.escape(self.original)}(?: (\d+))?", text)
        if present is None:
            raise ValueError(f"{self.file.name} has no title {self.original!r}")
        new = f"{self.original} {int(present[1] or 1000) + 1}"
        self.file.write_bytes(text.replace(present[0], new).encode("utf-8"))
        return new


def first_action(folder: Path, seed: int) -> Edit:
    """Find the first action of a workload that was written somewhere below a folder, in any form."""
    # A smaller world is the beginning of a larger one, so the smallest tells what the first action is called.
    organization = build(1, seed).organizations[0]
    plan = organization.plans[0]
    action = plan.actions[0]
    title = action.record["title"][LANGUAGES[0]]
    address = f"{LANGUAGES[0]}/{organization.id}/{plan.id}/{action.id}/"
    names = (f"data/organizations/*/plans/*/actions/*/{action.id}.yml", f"*/{address.rstrip('/')}.md", "*/*/pages.json")
    file = next(path for name in names for path in sorted(folder.glob(name)))
    return Edit(file, title, address)
