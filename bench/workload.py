"""Write a made-up workload of any size: ``python bench/workload.py --actions 300 --out FOLDER``.

Without ``--format`` the folder becomes a data folder for `openplans`. The other forms hold the same content for other
generators: a page for each action, section, plan, committee, event, organization and home, in three languages.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from formats import json_file, markdown_files, plan_files
from formats.pages import pages
from world import World, build


def contents(world: World, form: str) -> Iterable[tuple[str, str]]:
    """Return path and content of every file of a world in one of the forms."""
    if form == "json":
        return [("pages.json", json_file.text(pages(world)))]
    if form == "hugo":
        return markdown_files.files(pages(world), index="_index")
    if form == "markdown":
        return markdown_files.files(pages(world))
    return plan_files.files(world)


def write(files: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write files into a folder and return how many; the same everywhere, line ends too."""
    count = 0
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode("utf-8"))
        count += 1
    return count


def main() -> int:
    """Write a workload into an empty folder."""
    parser = argparse.ArgumentParser(description="Write a made-up workload; the same options give the same bytes.")
    parser.add_argument("--actions", type=int, required=True, metavar="N", help="how many actions, 100 an organization")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write, empty or missing")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other words (1)")
    parser.add_argument("--format", choices=["plans", "markdown", "hugo", "json"], default="plans", dest="form")
    options = parser.parse_args()
    if options.actions < 0:
        parser.error("--actions cannot be less than 0")
    if options.out.exists() and any(options.out.iterdir()):
        parser.error(f"{options.out} is not empty")
    count = write(contents(build(options.actions, options.seed), options.form), options.out)
    print(f"Wrote {count} files for {options.actions} actions.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
