"""The small printable pieces that pages are made of: frozen, and free of any rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..language import Shown
from ..markdown_field import NONE, Abbreviations
from ..routes import Route


@dataclass(frozen=True, slots=True)
class Link:
    """A title that leads somewhere; ``detail`` is said beside it."""

    title: Shown
    href: str
    detail: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class StatusView:
    """A status as text, with the key that chooses shape and colour."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class WhenView:
    """A time in words of the page's language, and the document's own phrase."""

    words: str
    as_written: Shown | None
    note: Shown | None
    is_inherited: bool = False


@dataclass(frozen=True, slots=True)
class BarPart:
    """One stretch of a stacked bar, in thousandths of its width."""

    key: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Counts first, then a share with its denominator, or the reason why there is none."""

    total: int
    sentence: str
    counts: tuple[tuple[StatusView, int], ...]
    bar: tuple[BarPart, ...]
    share: str
    share_note: str
    overdue: str
    stale: str = ""
    computed: str = ""
    badge: str = ""
    badge_data: str = ""
    badge_text: str = ""
    badge_snippet: str = ""


@dataclass(frozen=True, slots=True)
class PictureView:
    """The picture that social networks show beside a link to a page, and all that it says."""

    path: str
    site: str
    day: str
    title: str
    sentence: str
    #: What stands over the title and under it, and beside the sentence.
    above: str = ""
    below: str = ""
    note: str = ""
    bar: tuple[BarPart, ...] = ()

    @property
    def alternative(self) -> str:
        """What the picture says, for who does not see it."""
        parts = (self.above, self.title, self.below, self.sentence, self.note, self.day)
        return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One line of the short navigation, with what is below it while the reader is there."""

    link: Link
    below: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchFacts:
    """By what a page is found besides its words, and what a result says of it; keys, which the search puts in words."""

    kind: str
    organization: str = ""
    #: As ``organization/committee``.
    committees: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    #: In words, ready to print.
    organization_name: str = ""
    when: str = ""

    @property
    def filters(self) -> str:
        """The keys in the order of the search form: kind|organization|committees|statuses|years."""
        years = " ".join(map(str, self.years))
        return "|".join((self.kind, self.organization, " ".join(self.committees), " ".join(self.statuses), years))

    @property
    def metas(self) -> str:
        """Which attributes hold the words, in the search program's notation."""
        pairs = (("of", self.organization_name), ("when", self.when))
        return ",".join(f"{name}[data-{name}]" for name, words in pairs if words)


@dataclass(frozen=True, slots=True)
class CiteView:
    """How to hand a page on: its permanent address (empty while the site has none), and how to cite it.

    ``has_code`` tells that the address is shown as a code for phones too.
    """

    address: str
    #: The line in pieces, because names may be in another language than the rest.
    words: tuple[Shown, ...]
    has_code: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of a page: what its head, breadcrumb and language switch need."""

    route: Route
    title: str
    heading: Shown
    description: str
    crumbs: tuple[Link, ...] = ()
    #: The page in every language and the short navigation; their links are from the site's root, as layouts want them.
    languages: tuple[Link, ...] = ()
    navigation: tuple[NavigationEntry, ...] = ()
    contents: tuple[tuple[str, str], ...] = ()
    calendar: str = ""
    #: Name of the news feed about what the page is about.
    feed: str = "all"
    edit_url: str = ""
    report_url: str = ""
    cite: CiteView | None = None
    translation_note: str = ""
    data_day: str = ""
    abbreviations: Abbreviations = NONE
    #: Where the oEmbed description of the page's list is.
    embed: str = ""
    #: The page, and the way to it, in the words of schema.org.
    structured_data: tuple[Mapping[str, Any], ...] = ()
    #: What the page's script needs; None for pages without one.
    script_words: Mapping[str, Any] | None = None
    #: Whether its tables can be put in another order.
    has_tables: bool = False
    #: None for pages that are not searched: lists of what has pages of its own.
    search: SearchFacts | None = None
    picture: PictureView | None = None

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts that the page loads; all of it can be read without."""
        wanted = (("assets/events.js", self.script_words is not None), ("assets/tables.js", self.has_tables))
        return tuple(path for path, is_wanted in wanted if is_wanted)


@dataclass(frozen=True, slots=True)
class View:
    """A page and the parts that its template prints."""

    page: Page
    parts: Mapping[str, Any] = field(default_factory=dict)
    #: The template, where it is not that of the page's kind.
    template: str = ""
