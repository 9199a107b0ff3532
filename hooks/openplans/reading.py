"""From a data folder to a publication; what cannot be published is told, and ends in :class:`Stopped`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime

from . import gates, reports, shards
from .build_day import WrongDay, build_day
from .checks import check
from .data_folder import Listing
from .diagnostic import Diagnostic, has_errors
from .exit_codes import CONTENT, ENVIRONMENT, USAGE
from .git_history import INCOMPLETE
from .hand_written import hand_written
from .history import ledger_of_folder
from .ledger import EMPTY, Ledger
from .load import load_dataset
from .look import read_look
from .messages import messages_for
from .model import Site
from .parsed import parsed_in
from .project import Project
from .publication import Publication


class Stopped(Exception):
    """The build stops for a reason that was already told; ``contract_code`` is the exit code of the contract."""

    def __init__(self, message: str, contract_code: int, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.contract_code = contract_code
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a build takes from outside its folders: the clock, ``SOURCE_DATE_EPOCH``, git; ``tells`` in CI."""

    now: datetime
    epoch: str | None = None
    git: str | None = None
    tells: bool = False


def read_publication(project: Project, around: Surroundings, listing: Listing | None = None) -> Publication:
    """Read and check the data folder of a project; raise Stopped if it cannot be published.

    ``listing`` tells what is in the folder, where somebody has looked already.
    """
    language = project.report_language
    parsed = parsed_in(project.cache / "documents.json") if project.cache is not None else None
    loading = load_dataset(project.data, project.data_name, parsed, listing)
    diagnostics = (*loading.diagnostics, *check(loading))
    if has_errors(diagnostics) or loading.dataset is None:
        raise refused(diagnostics, language, CONTENT)
    site = loading.dataset.site
    known = [organization.id for organization in loading.dataset.organizations]
    if unknown := [name for name in project.only if name not in known]:
        raise Stopped(f"there is no organization {', '.join(unknown)}; there are: {', '.join(known)}", USAGE)
    try:
        today = build_day(project.settings.get("today"), around.epoch, around.now, site.time_zone)
    except WrongDay as wrong:
        raise Stopped(f"not a day: {wrong} (write YYYY-MM-DD)", USAGE) from None
    publication = Publication(
        loading.dataset,
        today,
        project.base_url,
        hand_written(project.docs, site.languages),
        _ledger(project, site, around.git),
        read_look(project.docs / "assets"),
        _indexes(project),
    )
    conflicts = (*gates.address_conflicts(publication), *gates.changed_identities(publication))
    if conflicts:
        raise refused(conflicts, language, CONTENT)
    return publication


def _ledger(project: Project, site: Site, git: str | None) -> Ledger:
    """Read what was published before; a release is not made while a part of that is missing."""
    if not project.has_history:
        return EMPTY
    file = project.cache / "ledger.json" if project.cache is not None else None
    ledger = ledger_of_folder(project.data, git, site.time_zone, site.languages, file)
    if project.is_release and ledger.reason in INCOMPLETE:
        t = messages_for(project.report_language)
        raise Stopped(t("ledger.refused", reason=ledger.reason), ENVIRONMENT)
    return ledger


def _indexes(project: Project) -> tuple[str, ...]:
    """Return what the search indexes of the shards are called, if the search page shall put them together."""
    if not project.searches_by_shard:
        return ()
    try:
        return shards.index_names(project.shards)
    except shards.Unusable as unusable:
        raise told_of(unusable, project) from None


def told_of(unusable: shards.Unusable, project: Project) -> Stopped:
    """Return the error that ends a build which was given such a shard."""
    words = f"{unusable}. {messages_for(project.report_language)('report.not_published')}"
    return Stopped(words, ENVIRONMENT if unusable.is_damaged else USAGE)


def refused(diagnostics: tuple[Diagnostic, ...], language: str, code: int) -> Stopped:
    """Tell every problem, and return the error that ends the build."""
    print(reports.as_text(diagnostics, language), file=sys.stderr)
    words = f"{reports.summary(diagnostics, language)}. {messages_for(language)('report.not_published')}"
    return Stopped(words, code, diagnostics)
