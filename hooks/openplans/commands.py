"""The commands, each with its options; no rules stand here."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from . import __version__, reports
from .checks import check as check_rules
from .coverage import as_lines, coverage_of
from .diagnostic import Diagnostic, has_errors
from .exit_codes import CONTENT, FINE
from .load import load_dataset
from .messages import languages_with_messages
from .project import ROOT
from .schemas import SCHEMAS, schema_text
from .shards import balanced
from .validation import nearest

_LANGUAGES = click.Choice(languages_with_messages())


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="openplans")
def cli() -> None:
    """Publish plans: check the data, build the site, explain what is wrong."""


_data_option = click.option(
    "--data",
    "data",
    type=click.Path(path_type=Path),
    default=None,
    help="Data folder (data/ beside mkdocs.yml if left out).",
)
_lang_option = click.option("--lang", type=_LANGUAGES, default="en", help="Language of the messages.")


_build_options = (
    _data_option,
    click.option("--out", type=click.Path(path_type=Path), default=None, help="Where it goes (site/ if left out)."),
    click.option(
        "--today", default=None, metavar="DATE", help="Day of the build; else SOURCE_DATE_EPOCH or the clock."
    ),
    click.option("--base-url", default=None, metavar="URL", help="Address of the site, for feeds and badges."),
    click.option("--config", type=click.Path(path_type=Path), default=None, help="mkdocs.yml (if left out, our own)."),
    click.option("--no-search", is_flag=True, help="Leave out the search index; the list of all titles stands in."),
    click.option("--release", is_flag=True, help="Refuse to build while the history of the data is not here whole."),
    click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing for the next build."),
    click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        default=None,
        metavar="N",
        help="Processes to work with (two if left out).",
    ),
    _lang_option,
)


def _with_build_options(command: Callable[..., int]) -> Callable[..., int]:
    for option in reversed(_build_options):
        command = option(command)
    return command


@cli.command()
@_with_build_options
@click.option("--only", multiple=True, metavar="ORG", help="Make a shard: the parts of these organizations alone.")
@click.option("--search", is_flag=True, help="Give the shard a search index of its own, for merge --search-by-shard.")
def build(only: tuple[str, ...], search: bool, **options: Any) -> int:
    """Check the data, render into a staging folder, pass the gates, swap into place."""
    if search and (not only or options["no_search"]):
        raise click.UsageError("--search goes with --only, and not with --no-search")
    return _build(options, only=only, shard_search=search)


@cli.command()
@_with_build_options
@click.option("--search-by-shard", is_flag=True, help="Let the search page put the shards' own indexes together.")
@click.argument("shards", nargs=-1, metavar="[SHARD]…", type=click.Path(path_type=Path))
def merge(search_by_shard: bool, shards: tuple[Path, ...], **options: Any) -> int:
    """Build the site, with the parts that SHARDs hold taken from there."""
    if search_by_shard and (not shards or options["no_search"]):
        raise click.UsageError("--search-by-shard needs shards, and no --no-search")
    folders = tuple(str(shard.resolve()) for shard in shards)
    return _build(options, shards=folders, search_by_shard=search_by_shard)


def _build(options: Mapping[str, Any], **more: object) -> int:
    config_file = (options["config"] or ROOT / "mkdocs.yml").resolve()
    if not config_file.is_file():
        raise click.UsageError(f"there is no {config_file.name} here")
    base_url = options["base_url"]
    if base_url is not None and not base_url.startswith(("https://", "http://")):
        raise click.BadParameter("must begin with https:// or http://", param_hint="--base-url")
    # The door tells which folder it was opened in, and the command's words.
    asked: tuple[str, ...] = click.get_current_context().find_root().obj
    target = (options["out"] or Path(asked[0]) / "site").resolve()
    folder = options["data"] or config_file.parent / "data"
    settings: dict[str, Any] = {
        "data": str(folder.resolve()),
        "data_name": folder.name,
        "today": options["today"],
        "base_url": base_url,
        "report_language": options["lang"],
        "release": options["release"],
        "jobs": options["jobs"],
        **({"cache": False} if options["no_cache"] else {}),
        **({"search": False} if options["no_search"] else {}),
        **more,
        "asked": asked,
    }
    # MkDocs may be touched in one file only, which lies beside this package.
    sys.path.insert(0, str(ROOT / "hooks"))
    from publish import build_site  # noqa: PLC0415

    code: int = build_site(config_file, target, settings)
    return code


@cli.command()
@_data_option
@click.option("--count", type=click.IntRange(1), required=True, metavar="N", help="How many shards to make.")
@_lang_option
def shards(data: Path | None, count: int, lang: str) -> int:
    """Print as JSON which organizations each of N shards would hold, with nearly as many actions in each.

    There are fewer than N where there are fewer organizations.
    """
    loading = load_dataset(data or ROOT / "data")
    found = (*loading.diagnostics, *check_rules(loading))
    if loading.dataset is None or has_errors(found):
        click.echo(reports.as_text(found, lang), err=True)
        return CONTENT
    click.echo(json.dumps(balanced(loading.dataset, count)))
    return FINE


@cli.command()
@_data_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="Form of the report."
)
@_lang_option
@click.argument("paths", nargs=-1, metavar="[PATH]…")
def check(data: Path | None, form: str, lang: str, paths: tuple[str, ...]) -> int:
    """Report every problem of the data at once; with PATHs only those in these files or folders."""
    folder = data or ROOT / "data"
    loading = load_dataset(folder)
    found = [d for d in (*loading.diagnostics, *check_rules(loading)) if _is_asked_for(d, paths)]
    printers: dict[str, Callable[[list[Diagnostic], str], str]] = {
        "text": reports.as_text,
        "json": reports.as_json,
        "github": reports.as_github,
    }
    text = printers[form](found, lang)
    if text:
        click.echo(text)
    if form == "text":
        click.echo(reports.summary(found, lang), err=bool(found))
    return CONTENT if has_errors(found) else FINE


def _is_asked_for(diagnostic: Diagnostic, paths: tuple[str, ...]) -> bool:
    if not paths:
        return True
    place = diagnostic.place.path
    wanted = (path.rstrip("/").removeprefix("./") for path in paths)
    return any(place == path or place.startswith(path + "/") or place.endswith("/" + path) for path in wanted)


@cli.command()
@click.argument("code")
@_lang_option
def explain(code: str, lang: str) -> int:
    """Explain a diagnostic CODE with a wrong and a right example."""
    known = reports.explanations(lang)
    entry = known.get(code.upper())
    if entry is None:
        near = nearest(code.upper(), list(known))
        raise click.UsageError(f"there is no {code}" + (f"; did you mean {near}?" if near else ""))
    click.echo(reports.explained(entry, lang))
    return FINE


@cli.command()
@_data_option
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if the schemas differ from the model.")
def schema(data: Path | None, only_check: bool) -> int:
    """Write the JSON Schemas of the data files to DATA/.schemas/."""
    folder = (data or ROOT / "data") / ".schemas"
    changed = []
    for name in SCHEMAS:
        file = folder / f"{name}.schema.json"
        text = schema_text(name)
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            changed.append(file.name)
            if not only_check:
                folder.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
    if changed:
        click.echo(", ".join(changed))
    return CONTENT if only_check and changed else FINE


@cli.command()
@_data_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the counts.")
@click.option("--pin", is_flag=True, help="Write the counts to DATA/.coverage.json.")
@click.option("--check", "only_check", is_flag=True, help="Fail if the counts differ from DATA/.coverage.json.")
@_lang_option
def coverage(data: Path | None, form: str, pin: bool, only_check: bool, lang: str) -> int:
    """Count what the data holds per plan, to be compared with the documents by hand."""
    folder = data or ROOT / "data"
    loading = load_dataset(folder)
    found = (*loading.diagnostics, *check_rules(loading))
    if loading.dataset is None or has_errors(found):
        click.echo(reports.as_text(found, lang))
        return CONTENT
    counts = coverage_of(loading.dataset)
    text = json.dumps(counts, ensure_ascii=False, indent=1) + "\n"
    pinned = folder / ".coverage.json"
    if pin:
        pinned.write_text(text, encoding="utf-8")
    if only_check:
        return FINE if pinned.is_file() and pinned.read_text(encoding="utf-8") == text else CONTENT
    click.echo(text.rstrip() if form == "json" else as_lines(counts))
    return FINE
