"""The documents keep up with the code: every key, value, command and option is described, and every example works."""

from __future__ import annotations

import importlib
import inspect
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from openplans import model
from openplans.checks import check
from openplans.commands import cli
from openplans.load import load_dataset
from openplans.model import Facts, Record, fields_from_path
from openplans.model.periods import parse_period
from openplans.schemas import SCHEMAS

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = ROOT / "docs" / "handbook"
DOCUMENTS = sorted(
    [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + list((ROOT / "docs").rglob("*.md"))
)
#: Where the handbook describes each part of the model: the file, and the heading over its table.
DESCRIBED = {
    model.Site: ("authors", "The site: `site.yml`"),
    model.Publisher: ("authors", "Publisher"),
    model.Licence: ("authors", "Licence"),
    model.Thresholds: ("authors", "Thresholds"),
    model.Glossary: ("authors", "Abbreviations: `glossary.yml`"),
    model.GlossaryTerm: ("authors", "A term of the glossary"),
    model.Redirects: ("authors", "Moved addresses: `redirects.yml`"),
    model.Organization: ("authors", "An organization: `organization.yml`"),
    model.Seasons: ("authors", "Seasons"),
    model.NamedTerm: ("authors", "A named period"),
    model.Committee: ("authors", "A committee: `committees/<committee>.yml`"),
    model.Plan: ("authors", "A plan: `plan.yml`"),
    model.Approval: ("authors", "An approval"),
    model.SourceDocument: ("authors", "A source document"),
    model.Section: ("authors", "A section"),
    model.Direction: ("authors", "A direction"),
    model.Goal: ("authors", "A goal"),
    model.Objective: ("authors", "An objective"),
    model.ContextFact: ("authors", "A paragraph of context"),
    model.Swot: ("authors", "Strengths, weaknesses, opportunities, threats"),
    model.Action: ("authors", "An action: `actions/<section>/<action>.yml`"),
    model.Partner: ("authors", "A partner"),
    model.Part: ("authors", "A part"),
    model.Result: ("authors", "An expected result"),
    model.Update: ("authors", "An update: how progress is reported"),
    model.Evidence: ("authors", "Evidence"),
    model.Indicator: ("authors", "An indicator"),
    model.Baseline: ("authors", "A baseline"),
    model.IndicatorPeriod: ("authors", "A period of an indicator"),
    model.Target: ("authors", "A target"),
    model.Actual: ("authors", "An actual value"),
    model.Money: ("authors", "Money"),
    model.MoneyLine: ("authors", "A line of a breakdown"),
    model.Note: ("authors", "A note"),
    model.SourceReference: ("authors", "A place in a document"),
    model.Event: ("authors", "An event: `events/<event>.yml`"),
    model.Place: ("authors", "A place"),
    model.Registration: ("authors", "Registration"),
    model.Occurrence: ("authors", "An occurrence"),
    model.EventResult: ("authors", "The result of an event"),
    model.When: ("time", "Time: say what the document says, no more"),
    model.Relative: ("time", "Relative: before, during or after an event"),
    model.Rule: ("time", "Rule: dates that repeat"),
    model.Quota: ("time", "Quota: so many times"),
}
#: Keys of every file, described once.
EVERYWHERE = frozenset(Record.model_fields) - fields_from_path(Record)


def parts_of_the_model() -> list[type[Facts]]:
    """Return every class that a data file can hold, in the order in which they are met."""
    met: list[type[Facts]] = []

    def walk(annotation: object) -> None:
        if inspect.isclass(annotation) and issubclass(annotation, Facts) and annotation not in met:
            met.append(annotation)
            for name, field in annotation.model_fields.items():
                if name not in keys_from_path(annotation):
                    walk(field.annotation)
        for inner in typing.get_args(annotation):
            walk(inner)

    for kind in SCHEMAS.values():
        walk(kind)
    return met


def keys_from_path(part: type[Facts]) -> frozenset[str]:
    """Return the fields that no file may hold."""
    return fields_from_path(part) if issubclass(part, Record) else frozenset()


def allowed_words(annotation: object) -> Iterator[str]:
    """Yield the words of the literals in a type; those of nested parts are their own."""
    if typing.get_origin(annotation) is typing.Literal:
        yield from typing.get_args(annotation)
    for inner in typing.get_args(annotation):
        yield from allowed_words(inner)


def text_under(name: str, heading: str) -> str:
    """Return what a chapter of the handbook says under a heading, up to the next one."""
    text = (HANDBOOK / f"{name}.md").read_text(encoding="utf-8")
    found = re.findall(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(found) == 1, f"{name}.md has {len(found)} headings “{heading}”"
    return str(found[0])


def rows_under(name: str, heading: str) -> dict[str, str]:
    """Return the rows of the tables under a heading by their key."""
    rows = re.findall(r"^\| `(\w+)` \| (.*)$", text_under(name, heading), re.MULTILINE)
    assert len(rows) == len(dict(rows)), f"{name}.md, “{heading}”: a key is described twice"
    return dict(rows)


def test_the_handbook_has_a_place_for_every_part_of_the_model() -> None:
    assert set(DESCRIBED) == set(parts_of_the_model())


@pytest.mark.parametrize("part", list(DESCRIBED), ids=lambda part: part.__name__)
def test_the_handbook_names_exactly_the_keys_that_there_are(part: type[Facts]) -> None:
    keys = set(part.model_fields) - keys_from_path(part)
    if issubclass(part, Record):
        keys -= EVERYWHERE
    assert set(rows_under(*DESCRIBED[part])) == keys


def test_the_handbook_names_the_keys_of_every_file() -> None:
    rows = rows_under("authors", "Keys of every file")
    assert set(rows) == EVERYWHERE
    for name in EVERYWHERE:
        assert set(allowed_words(Record.model_fields[name].annotation)) <= set(re.findall(r"`(\w+)`", rows[name]))


@pytest.mark.parametrize("part", list(DESCRIBED), ids=lambda part: part.__name__)
def test_the_handbook_says_which_keys_are_required_and_which_words_are_allowed(part: type[Facts]) -> None:
    rows = rows_under(*DESCRIBED[part])
    for name, row in rows.items():
        field = part.model_fields[name]
        assert ("**required**" in row) == field.is_required(), name
        missing = set(allowed_words(field.annotation)) - set(re.findall(r"`([\w-]+)`", row))
        assert not missing, f"{name}: {missing}"


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_handbook_and_the_readme_name_every_command_with_its_options(name: str) -> None:
    command = cli.commands[name]
    handbook = text_under("adopters", "Commands")
    row = re.search(rf"^\| `openplans {name}\b.*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert row is not None, f"the README does not name openplans {name}"
    assert f"`openplans {name}" in handbook
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            option = parameter.opts[-1]
            assert option in row[0], f"README: openplans {name} {option}"
            described = re.findall(rf"^\| `{option}\b[^|]*\| ([^|]+) \|", handbook, re.MULTILINE)
            assert any(f"`{name}`" in whom or re.match(r"all\b", whom) for whom in described), f"{name} {option}"
    assert command.get_short_help_str()


def test_the_documents_name_no_command_that_does_not_exist() -> None:
    for document in DOCUMENTS:
        named = set(re.findall(r"openplans ([a-z][a-z-]*)(?:`| \[| CODE)", document.read_text(encoding="utf-8")))
        assert named <= set(cli.commands), document


def test_the_documents_name_only_targets_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for document in DOCUMENTS:
        named = set(re.findall(r"`make ([a-z-]+)", document.read_text(encoding="utf-8")))
        assert named <= targets, document


def test_every_link_between_documents_leads_somewhere() -> None:
    for document in DOCUMENTS:
        if document.parent.parent == ROOT / "docs" and document.parent not in (HANDBOOK, ROOT / "docs" / "decisions"):
            continue  # pages of the site link to other pages of it; the gate looks at them
        text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            if link.startswith(("https://", "mailto:")):
                continue
            path, _, anchor = link.partition("#")
            target = (document.parent / path).resolve() if path else document
            assert target.exists(), f"{document.name}: {link}"
            if anchor:
                headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
                assert anchor in anchors, f"{document.name}: {link}"


def examples_with_paths(document: Path) -> dict[str, str]:
    """Return the YAML files that a document spells out, by the path above each of them."""
    text = document.read_text(encoding="utf-8")
    return dict(re.findall(r"^`(data/[^`]+)`\n\n```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL))


def test_the_data_folder_of_the_readme_has_no_problem(tmp_path: Path) -> None:
    files = examples_with_paths(ROOT / "README.md")
    assert len(files) == 5
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        depth = path.count("/") - 1
        kind = re.match(r"# yaml-language-server: \$schema=((?:\.\./)*)\.schemas/(\w+)\.schema\.json\n", text)
        assert kind is not None and kind[2] in SCHEMAS and kind[1] == "../" * depth, path
    loading = load_dataset(tmp_path / "data")
    assert [*loading.diagnostics, *check(loading)] == []
    assert loading.dataset is not None
    (organization,) = loading.dataset.organizations
    assert [len(organization.plans), len(organization.plans[0].actions), len(organization.events)] == [1, 1, 1]


def yaml_examples(name: str) -> list[str]:
    """Return the pieces of YAML in a chapter of the handbook."""
    return re.findall(r"^```yaml\n(.*?)^```", (HANDBOOK / f"{name}.md").read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("name", ["authors", "time"])
def test_every_piece_of_yaml_in_the_handbook_fits_an_action_or_a_series(name: str) -> None:
    examples = yaml_examples(name)
    assert examples
    for text in examples:
        read = yaml.load(text, Loader=yaml.BaseLoader)
        read.setdefault("title", "An action")
        context = {"languages": ("lt", "en"), "source_language": "lt"}
        kind = model.Event if "occurrences" in read else model.Action
        kind.model_validate({**read, "id": "x", "path": "x"}, context=context)


def test_the_chapter_on_time_shows_every_shape() -> None:
    shown = {key for text in yaml_examples("time") for key in yaml.load(text, Loader=yaml.BaseLoader)["when"]}
    assert set(model.When.model_fields) - {"note"} == shown


def test_every_period_in_the_chapter_on_time_can_be_read() -> None:
    written = re.findall(r"^\| `([^`]+)` \|", text_under("time", "Periods"), re.MULTILINE)
    assert len(written) > 10
    for period in written:
        assert parse_period(period).text == period


def test_the_developers_chapter_names_only_what_exists() -> None:
    text = (HANDBOOK / "developers.md").read_text(encoding="utf-8")
    dotted = set(re.findall(r"`((?:[a-z_]+\.)+[A-Za-z_]+)`", text)) - {"language.in_language"}
    names = {name for name in dotted if not name.endswith((".yml", ".md", ".py"))}
    assert len(names) > 15
    for name in sorted(names):
        module, attribute = "openplans", name
        while "." in attribute and importlib.util.find_spec(f"{module}.{attribute.split('.', 1)[0]}"):
            step, _, attribute = attribute.partition(".")
            module = f"{module}.{step}"
        found: object = importlib.import_module(module)
        if importlib.util.find_spec(f"{module}.{attribute}") if hasattr(found, "__path__") else None:
            continue
        for step in attribute.split("."):
            assert hasattr(found, step), name
            found = getattr(found, step)


def test_the_developers_chapter_puts_rooms_on_the_floors_where_they_are() -> None:
    house = (ROOT / "hooks" / "openplans" / "__init__.py").read_text(encoding="utf-8")
    floors = {number: set(re.findall(r"\w+", row)) for number, row in re.findall(r"^(\d+) +(.*)$", house, re.MULTILINE)}
    rows = re.findall(r"^\| (\d+) \| ([^|]*) \|", text_under("developers", "The house"), re.MULTILINE)
    assert [number for number, _ in rows] == list(floors)
    for number, rooms in rows:
        assert set(re.findall(r"`([a-z_]+)`", rooms)) <= floors[number], number
