"""What is built, and how: folders, settings, and the address that the site will have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Where this program lies; a project may lie elsewhere.
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Project:
    """A data folder with everything beside it that a site is made of; whoever brings the layout fills it in."""

    #: The folder that relative paths of the settings start from.
    root: Path
    #: What people wrote in Markdown, and the site's assets.
    docs: Path
    settings: Mapping[str, Any]
    base_url: str | None
    #: Folders and files of program, configuration and layout, which every page depends on.
    sources: tuple[Path, ...]

    @classmethod
    def beside(cls, config_file: Path, docs: Path, settings: Mapping[str, Any], site_url: str | None) -> Project:
        """Return the project of a configuration, with everything beside it that its pages depend on."""
        root = config_file.parent
        sources = [config_file, root / "overrides", ROOT / "hooks"]
        if root != ROOT:
            sources.append(ROOT / "overrides")
        return cls(root, docs, settings, settings.get("base_url") or site_url, tuple(sources))

    @property
    def data(self) -> Path:
        """The folder with the plans."""
        return self.root / str(self.settings.get("data", "data"))

    @property
    def data_name(self) -> str:
        """What the data folder is called in messages."""
        return str(self.settings.get("data_name") or self.data.name)

    @property
    def cache(self) -> Path | None:
        """Where builds keep what later ones can use; None if they shall not."""
        return self.root / ".cache" if self.settings.get("cache", True) else None

    @property
    def report_language(self) -> str:
        """The language in which problems are told."""
        return report_language(self.settings)

    @property
    def has_search(self) -> bool:
        """Whether the site gets a search index."""
        return bool(self.settings.get("search", True))

    @property
    def only(self) -> tuple[str, ...]:
        """The organizations that a shard is made of; none: the whole site is made."""
        return tuple(dict.fromkeys(self.settings.get("only") or ()))

    @property
    def shards(self) -> tuple[Path, ...]:
        """Folders with parts of the site that were made elsewhere."""
        return tuple(Path(folder) for folder in self.settings.get("shards") or ())

    @property
    def has_shard_search(self) -> bool:
        """Whether a shard gets a search index of its own."""
        return self.has_search and bool(self.settings.get("shard_search"))

    @property
    def searches_by_shard(self) -> bool:
        """Whether the search page puts the shards' own indexes together."""
        return self.has_search and bool(self.settings.get("search_by_shard"))

    @property
    def has_history(self) -> bool:
        """Whether the site tells what was published before."""
        return bool(self.settings.get("history", True))

    @property
    def is_release(self) -> bool:
        """Whether what is built will be published for good."""
        return bool(self.settings.get("release"))


def report_language(settings: Mapping[str, Any]) -> str:
    """Return the language in which problems are told."""
    return str(settings.get("report_language", "en"))
