"""The site as a whole: languages, publisher, thresholds, glossary, redirects."""

from __future__ import annotations

from pydantic import Field

from .base import Facts, Record
from .scalars import Count, Flag, Identifier, Link, Mailbox, Text, Words


class Publisher(Facts):
    """Who answers for the site."""

    name: Text
    url: Link | None = None
    email: Mailbox | None = None


class Licence(Facts):
    """Under which terms the data may be used."""

    id: Words = Field(description="SPDX id, for example `CC-BY-4.0`.")
    name: Text
    url: Link | None = None


class Thresholds(Facts):
    """The numbers behind computed judgments; printed on the method page."""

    coverage_percent: Count = Field(
        default=60, description="Below this share of reported actions no percentage is shown."
    )
    due_soon_days: Count = Field(
        default=30, description="An action is due soon when its latest day is at most this far away."
    )
    stale_days: Count = Field(default=180, description="An ongoing action is stale when its newest report is older.")


class Site(Record):
    """`site.yml`: one per data folder."""

    title: Text
    description: Text | None = None
    languages: tuple[Words, ...] = Field(min_length=1, description="Codes, in the order of the language switch.")
    default_language: Words
    publisher: Publisher
    licence: Licence
    time_zone: Words = Field(description="IANA name, for example `Europe/Vilnius`.")
    uid_domain: Words = Field(description="Domain inside calendar UIDs; never change it once published.")
    edit_url: Words | None = Field(
        default=None, description="Address of the editor for a data file, with `{path}` where the file's path goes."
    )
    report_url: Words | None = Field(
        default=None,
        description="Address of a form for reporting a mistake, with `{page}` where the page's address goes.",
    )
    regions: dict[Identifier, Text] = Field(default={}, description="Parts of the country that events are sorted by.")
    audiences: dict[Identifier, Text] = Field(default={}, description="Groups of people that events are sorted by.")
    thresholds: Thresholds = Thresholds()


class Term(Facts):
    """An abbreviation or word that readers may not know."""

    term: Words = Field(description="As it stands in the texts.")
    expansion: Text | None = Field(default=None, description="Left out with `undefined: true`.")
    undefined: Flag = Field(default=False, description="The document uses it and never says what it means.")
    description: Text | None = None
    organizations: tuple[Identifier, ...] = Field(default=(), description="Where it is used; everywhere if left out.")


class Glossary(Record):
    """`glossary.yml`: terms by id."""

    terms: dict[Identifier, Term] = Field(default={})


class Redirects(Record):
    """`redirects.yml`: addresses that moved, without language prefix."""

    redirects: dict[str, Words] = Field(default={}, description="Old address: new address.")
