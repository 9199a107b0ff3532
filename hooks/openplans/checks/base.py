"""What every rule looks at: the dataset beside its documents, and the places that diagnostics point to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..diagnostic import Diagnostic, Place, Severity
from ..load import Dataset, Loading
from ..model import Organization, Record
from ..validation import nearest


@dataclass(slots=True)
class Check:
    """The dataset beside its documents: what rules look at, and the places that they point to."""

    loading: Loading
    dataset: Dataset
    #: By organization, and by folder.
    _ids: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    _by_organization: dict[str, list[str]] | None = None

    def problem(
        self,
        code: str,
        record: Record,
        where: Sequence[str | int],
        *,
        suggestion: str | None = None,
        severity: Severity = Severity.ERROR,
        on_key: bool = False,
        **values: str,
    ) -> Diagnostic:
        """Make a diagnostic at a key or value of the record's file."""
        document = self.loading.documents.get(record.path)
        if document is None:
            place = Place(record.path or "site.yml")
        else:
            place = document.key_place(where) if on_key else document.value_place(where)
        return Diagnostic(code, place, values, suggestion, severity)

    def ids_in(self, base: str) -> set[str]:
        """Return the ids that files in a folder give, whether or not they could be read."""
        if base == "organizations/":
            return set(self._paths)
        organization = base.split("/", 2)[1]
        if organization not in self._ids:
            ids = self._ids.setdefault(organization, {})
            for path in self._paths.get(organization, ()):
                steps = path.split("/")[1:]
                for depth in range(2, len(steps)):
                    folder = "".join(step + "/" for step in steps[:depth])
                    ids.setdefault(folder, set()).add(steps[depth].removesuffix(".yml"))
        return self._ids[organization].get(base, set())

    def paths_of(self, organization: Organization) -> Sequence[str]:
        """Return the files of an organization."""
        return self._paths.get(organization.id, ())

    @property
    def _paths(self) -> dict[str, list[str]]:
        if self._by_organization is None:
            self._by_organization = {}
            for path in self.loading.documents:
                _, kind, *below = path.split("/", 3)
                if kind == "organizations" and len(below) == 2:
                    self._by_organization.setdefault(below[0], []).append(path)
        return self._by_organization

    def reference(
        self, record: Record, where: Sequence[str | int], kind: str, identifier: str, known: set[str]
    ) -> Iterator[Diagnostic]:
        """Yield OP501 if ``identifier`` names nothing of its kind."""
        if identifier not in known:
            allowed = sorted(known)
            yield self.problem(
                "OP501",
                record,
                where,
                kind=kind,
                found=identifier,
                allowed=", ".join(allowed[:12]) or "–",
                suggestion=nearest(identifier, allowed),
            )


def committee_ids(checker: Check, organization: Organization) -> set[str]:
    return checker.ids_in(f"organizations/{organization.id}/committees/")


def action_ids(checker: Check, plan: str) -> set[str]:
    sections = checker.ids_in(f"{plan}actions/")
    return {action for section in sections for action in checker.ids_in(f"{plan}actions/{section}/")}


def check_unique(
    checker: Check, record: Record, where: Sequence[str | int], ids: Sequence[str]
) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for index, identifier in enumerate(ids):
        if identifier in first:
            place = checker.problem("OP503", record, (*where, first[identifier], "id")).place
            yield checker.problem("OP503", record, (*where, index, "id"), found=identifier, first=str(place))
        first.setdefault(identifier, index)
