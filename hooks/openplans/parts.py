"""The parts of a site: each organization, named by its id, with its pages and files; and everything else."""

from __future__ import annotations

#: The part that is about no organization: pages about all, and every other file.
EVERYTHING_ELSE = ""
