"""What a site is made of is known by its files: by their content, or quicker by their state, never by luck."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openplans.inputs import Inputs, Sources, settings_digest
from openplans.kept import Kept, stamp_of
from openplans.preview import Preview
from openplans.project import Project
from openplans.standing import facts_of, remember, sources_of, still_stands

LATER = datetime(2100, 1, 1, tzinfo=UTC)
ACTION = "data/organizations/club/plans/p/actions/s/a.yml"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project whose folders hold little, one of them by way of a link."""
    for path in (ACTION, "data/site.yml", "docs/about.md", "elsewhere/logo.svg", "mkdocs.yml"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{path}\n")
    (tmp_path / "docs/assets").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "docs/lost").symlink_to(tmp_path / "nowhere")
    return Project(tmp_path, tmp_path / "docs", {"history": False}, None, (tmp_path / "mkdocs.yml",))


def same_size(path: str) -> Callable[[Path], None]:
    """Return a change of a file that leaves its size and its time as they were."""

    def change(folder: Path) -> None:
        file = folder / path
        before = file.stat()
        file.write_text(file.read_text().swapcase())
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def replaced(folder: Path) -> None:
    new = folder / "docs/.new"
    new.write_text("DOCS/ABOUT.MD\n")
    state = (folder / "docs/about.md").stat()
    os.utime(new, ns=(state.st_atime_ns, state.st_mtime_ns))
    new.rename(folder / "docs/about.md")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a record": same_size(ACTION),
    "the configuration": same_size("mkdocs.yml"),
    "what a link leads to": same_size("elsewhere/logo.svg"),
    "another file in its place": replaced,
    "a new file": lambda folder: (folder / "data/organizations/club/plans/p/actions/s/b.yml").write_text("b"),
    "a renamed file": lambda folder: (folder / ACTION).rename((folder / ACTION).with_name("b.yml")),
    "a removed file": lambda folder: (folder / ACTION).unlink(),
    "a found one": lambda folder: (folder / "nowhere").write_text("x"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen_both_ways(change: str, project: Project) -> None:
    sources = sources_of(project)
    stamp, inputs = sources.stamp(LATER), sources.inputs("")
    assert (sources.stamp(LATER), sources.inputs("")) == (stamp, inputs)
    CHANGES[change](project.root)
    assert sources.stamp(LATER) != stamp
    assert sources.inputs("") != inputs


def test_a_copy_has_the_same_content_in_another_state(project: Project, tmp_path: Path) -> None:
    there = tmp_path.parent / f"{tmp_path.name} copy"
    shutil.copytree(tmp_path, there, symlinks=True)
    (there / "docs/.DS_Store").write_text("hidden files are nobody's work")
    here, copy = sources_of(project), Sources(there / "data", (there / "mkdocs.yml", there / "docs"))
    assert here.inputs("") == copy.inputs("")
    assert here.stamp(LATER) != copy.stamp(LATER)


def test_of_files_written_just_now_no_state_is_believed(project: Project) -> None:
    assert sources_of(project).stamp(datetime.now(UTC)) == ""


def test_what_is_no_file_is_not_waited_for(project: Project) -> None:
    sources = sources_of(project)
    before = sources.inputs("")
    (project.data / "loop.yml").symlink_to("loop.yml")
    (project.data / "everything").symlink_to("/")
    (project.docs / "loop").symlink_to("loop")
    os.mkfifo(project.data / "pipe.yml")
    assert sources.inputs("") != before
    assert sources.stamp(LATER) == sources.stamp(LATER)


def test_the_preview_follows_no_link_out_of_the_data(
    project: Project, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link to the root of the disk would keep the editor waiting before it could be refused."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (project.data / "everything").symlink_to(elsewhere)
    (project.docs / "more").symlink_to(tmp_path_factory.mktemp("documents"))
    seen, scan = [], os.scandir

    def scanned(folder: str) -> object:
        seen.append(os.path.realpath(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", scanned)
    Preview().begin(project)
    assert os.path.realpath(project.data) in seen and os.path.realpath(project.docs / "more") in seen
    assert os.path.realpath(elsewhere) not in seen


def test_only_an_organizations_own_files_are_its_own(project: Project) -> None:
    inputs = sources_of(project).inputs("")
    assert set(inputs.organizations) == {"club"}
    (project.data / "organizations/club/organization.yml").write_text("name: Club\n")
    after = sources_of(project).inputs("")
    assert after.organizations == inputs.organizations and after.files != inputs.files


def test_what_nobody_has_touched_is_not_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    out, cache, day = project.root / "site", project.root / ".cache", "2027-05-01"
    out.mkdir()
    cache.mkdir()
    settings = settings_digest(project.settings, facts_of(day, None))
    noted = Kept(out, replace(sources_of(project).inputs("None"), settings=settings), "UTC", stamp=stamp_of(out))
    asked = ("here", "build")
    now = datetime(2027, 5, 1, 9, tzinfo=UTC)
    remember(cache, asked, project, noted, sources_of(project).stamp(LATER), day, "as it was")
    with monkeypatch.context() as patch:
        patch.setattr(Sources, "inputs", lambda *_: pytest.fail("no file needs to be read"))
        assert still_stands(cache, asked, LATER, str(int(now.timestamp())), None) == "as it was"
    # A state that may mislead is not asked; the content then says the same.
    remember(cache, asked, project, noted, "", day, "as it was")
    assert still_stands(cache, asked, LATER, str(int(now.timestamp())), None) == "as it was"
    (project.root / ACTION).write_text("new")
    assert still_stands(cache, asked, LATER, str(int(now.timestamp())), None) == ""


def test_a_site_has_the_same_stamp_whoever_looks(project: Project) -> None:
    """A site of very many files is looked at by two processes."""
    site = project.root
    stamps = {(stamp_of(site), stamp_of(site, 1_000_000))}
    for path in (ACTION, "mkdocs.yml", "site/new.html", "new.html"):
        (site / path).parent.mkdir(exist_ok=True)
        with (site / path).open("a") as file:
            file.write("more")
        stamps.add((stamp_of(site), stamp_of(site, 1_000_000)))
    assert len(stamps) == 5 and all(one == two for one, two in stamps)
    assert stamp_of(site / "no such folder") == stamp_of(site / "nowhere")


def test_inputs_are_the_same_only_if_all_of_them_are() -> None:
    inputs = Inputs("files", {"a": "1"}, "head", "settings")
    assert inputs.is_same(Inputs("files", {"a": "1"}, "head", "settings", told={"a": "known later"}))
    for field, value in (
        ("files", ""),
        ("organizations", {"a": "2"}),
        ("head", ""),
        ("settings", ""),
        ("indexes", "x"),
    ):
        assert not inputs.is_same(replace(inputs, **{field: value})), field  # type: ignore[arg-type]
