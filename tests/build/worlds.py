"""Made-up worlds of any size. ``python -m build.worlds FOLDER 5000``, run in ``tests/``, writes one for measuring."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

PER_PLAN, PER_SECTION = 100, 25
_STATUSES = ("ongoing", "done", "partly_done", "not_started", "cancelled")


def write_big_world(folder: Path, actions: int, languages: Sequence[str] = ("lt", "lv", "en")) -> Path:
    """Write a world of one organization with that many actions, 100 in a plan, and an event for every tenth."""

    def text(words: str, indent: int) -> str:
        return "".join(f"\n{' ' * indent}{language}: {words} ({language})" for language in languages)

    def write(path: str, content: str) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")

    write(
        "site.yml",
        f"title: Big\nlanguages: [{', '.join(languages)}]\ndefault_language: {languages[-1]}\n"
        "publisher: {name: Big}\nlicence: {id: CC0-1.0, name: CC0}\ntime_zone: Europe/Riga\nuid_domain: big.example\n",
    )
    write("organizations/big/organization.yml", f"name: Big\nsource_language: {languages[-1]}\n")
    for number in range(10):
        write(f"organizations/big/committees/c-{number}.yml", f"name:{text(f'Committee {number}', 2)}\n")
    for plan in range((actions + PER_PLAN - 1) // PER_PLAN):
        base = f"organizations/big/plans/p-{plan}"
        sections = "".join(
            f"  - id: s-{section}\n    title:{text(f'Section {section} of plan {plan}', 6)}\n"
            f"    committees: [c-{section}]\n"
            for section in range(PER_PLAN // PER_SECTION)
        )
        write(
            f"{base}/plan.yml",
            f"title:{text(f'Plan {plan}', 2)}\nperiod: 2026/2028\nreports_results: true\nsections:\n{sections}",
        )
        for number in range(plan * PER_PLAN, min((plan + 1) * PER_PLAN, actions)):
            status = _STATUSES[number % len(_STATUSES)]
            update = f"updates:\n  - date: 2027-0{number % 4 + 1}-1{number % 10}\n    status: {status}\n"
            if status == "cancelled":
                update += f"    reason:{text('Not needed', 6)}\n"
            write(
                f"{base}/actions/s-{number % PER_PLAN // PER_SECTION}/a-{number:05d}.yml",
                f"title:{text(f'Action {number} with a title of usual length', 2)}\n"
                f"when:\n  window: 2027-{number % 12 + 1:02d}\n"
                f"results:\n  - text:{text('Something good comes of it', 6)}\n"
                f"{update if number % 3 else ''}source:\n  row: {number + 1}\n",
            )
    for number in range(0, actions, 10):
        write(
            f"organizations/big/events/e-{number:05d}.yml",
            f"title:{text(f'Event {number}', 2)}\nkind: training\n"
            f"when:\n  on: 2027-{number // 10 % 12 + 1:02d}-{number % 28 + 1:02d}T18:00\n"
            f"actions: [p-{number // PER_PLAN}/a-{number:05d}]\n",
        )
    return folder


if __name__ == "__main__":
    write_big_world(Path(sys.argv[1]), int(sys.argv[2]))
