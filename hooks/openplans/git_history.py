"""The history of a data folder as git holds it: what each commit made of its files, read in one pass.

One ``git log`` names all changes and one ``git cat-file --batch`` gives all contents, however many commits there are.
Merges count as one step of the branch that was published (first parent). Nothing is asked of the network, nothing is
run that the repository's own configuration names, and no configuration changes what is read.

The reason why there is no history is a key, told in words by the pages:

=============  =====================================================================
no_git         there is no git program
no_repository  the folder is in no repository
untracked      no commit holds a file of the folder
shallow        the repository is a copy without its older commits or contents
unreadable     git refuses or fails
=============  =====================================================================
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from .yaml_source import SIZE_LIMIT, read_yaml

#: With these there is a history that cannot be read whole; a release would lose what was published before.
INCOMPLETE = frozenset({"shallow", "unreadable"})
_LATEST = 4_102_444_800  # the year 2100; clocks of committers say anything
_ENVIRONMENT = {
    "LC_ALL": "C",
    "TZ": "UTC",
    "HOME": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
#: The repository's own configuration still counts; these settings of it could change what is printed or run programs.
#: A folder of another owner may be read, as containers of build services have it: nothing of it is ever run.
_SETTINGS = {
    "safe.directory": "*",
    "core.fsmonitor": "false",
    "core.quotePath": "false",
    "log.showSignature": "false",
    "log.showRoot": "true",
    "log.follow": "false",
    "log.diffMerges": "first-parent",
    "diff.orderFile": os.devnull,
    "diff.renames": "true",
    "diff.relative": "false",
    "i18n.logOutputEncoding": "UTF-8",
}
_LOG = (
    "--reverse",
    "--first-parent",
    "-m",
    "--raw",
    "-r",
    "-z",
    "-M50%",
    "-l2000",
    "--no-abbrev",
    "--relative",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-notes",
    "--format=format:%x02%H %ct",
)


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a commit made of one YAML file; ``data`` is None where it was deleted or cannot be read."""

    path: str
    data: Mapping[str, Any] | None = None
    is_deleted: bool = False
    #: Where the file came from, if git takes it for a moved one.
    old_path: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """One step of the published branch, at a time that never runs backwards."""

    id: str
    moment: datetime
    changes: tuple[FileChange, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The commits that touch a folder, oldest first; without any, ``reason`` says why."""

    commits: tuple[Commit, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest commit that touches a folder, and where in its repository the folder lies."""

    commit: str = ""
    prefix: str = ""
    reason: str = ""


def head_of(folder: Path, git: str | None) -> Head:
    """Return up to which commit the history of ``folder`` goes; ``git`` is the path of the program, if there is one."""
    if git is None:
        return Head(reason="no_git")
    try:
        asked = _run(git, folder, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
        answers = asked.stdout.decode("utf-8", "replace").splitlines()
        if asked.returncode:
            outside = b"not a git repository" in asked.stderr
            # It answers the first question and then finds no HEAD: a repository without a commit.
            empty = answers[:1] in (["true"], ["false"])
            return Head(reason="no_repository" if outside else "untracked" if empty else "unreadable")
        is_shallow, prefix, tip = answers
        if is_shallow != "false":
            return Head(reason="shallow" if is_shallow == "true" else "unreadable")
        newest = _run(git, folder, "log", "-1", "--first-parent", "-m", "--format=%H", tip, "--", ".")
    except (OSError, ValueError):
        return Head(reason="unreadable")
    if newest.returncode:
        return Head(reason="unreadable")
    commit = newest.stdout.decode("ascii", "replace").strip()
    return Head(commit, prefix) if commit else Head(reason="untracked")


def read_history(folder: Path, git: str, head: Head) -> History:
    """Return every commit up to ``head`` that touches ``folder``, with the parsed text of each changed YAML file."""
    if head.reason:
        return History(reason=head.reason)
    try:
        log = _run(git, folder, "log", *_LOG, head.commit, "--", ".")
        if log.returncode:
            # A copy made without the contents of older files says that it would have to fetch them.
            return History(reason="shallow" if b"promisor" in log.stderr else "unreadable")
        steps = list(_steps(log.stdout))
        contents = _contents(git, folder, {blob for _, _, lines in steps for blob, *_ in lines if blob})
    except (OSError, ValueError):
        return History(reason="unreadable")
    if contents is None:
        return History(reason="shallow")
    commits, latest = [], 0
    for commit, seconds, lines in steps:
        latest = max(latest, min(seconds, _LATEST))
        changes = tuple(
            FileChange(path, contents[blob] if blob else None, not blob, old_path) for blob, path, old_path in lines
        )
        commits.append(Commit(commit, datetime.fromtimestamp(latest, UTC), changes))
    return History(tuple(commits))


def _command(git: str, folder: Path, arguments: Iterable[str]) -> list[str]:
    settings = (word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}"))
    return [git, "-C", str(folder), "--no-pager", "--literal-pathspecs", *settings, *arguments]


def _run(git: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = _command(git, folder, arguments)
    return subprocess.run(command, env=_ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def _steps(output: bytes) -> Iterator[tuple[str, int, list[tuple[str, str, str]]]]:
    """Yield commit, committer time and ``(blob, path, old path)`` lines; the blob is empty where a file is gone."""
    words = iter(output.split(b"\0"))
    commit, seconds, lines = "", 0, list[tuple[str, str, str]]()
    for word in words:
        entry = word
        if word.startswith(b"\x02"):
            if commit:
                yield commit, seconds, lines
            header, _, entry = word[1:].partition(b"\n")
            name, _, clock = header.decode("ascii").partition(" ")
            commit, seconds, lines = name, int(clock), []
        if entry.startswith(b":"):
            lines.extend(_line(entry.decode("ascii"), words))
    if commit:
        yield commit, seconds, lines


def _line(entry: str, words: Iterator[bytes]) -> Iterator[tuple[str, str, str]]:
    _, mode, _, blob, status = entry.split(" ")
    path = next(words).decode("utf-8", "surrogateescape")
    old_path = ""
    if status[0] in "RC":
        old_path, path = path, next(words).decode("utf-8", "surrogateescape")
    is_file = mode in ("100644", "100755") and status[0] != "D"
    if old_path.endswith(".yml") and status[0] == "R":
        yield "", old_path, ""
    if path.endswith(".yml"):
        yield (blob, path, old_path) if is_file else ("", path, "")


def _contents(git: str, folder: Path, blobs: set[str]) -> dict[str, Mapping[str, Any] | None] | None:
    """Return the parsed text of each blob, None for an unreadable one; None at all if a blob is not here."""
    found: dict[str, Mapping[str, Any] | None] = {}
    if not blobs:
        return found
    with tempfile.TemporaryFile() as wanted:
        wanted.write("".join(blob + "\n" for blob in sorted(blobs)).encode())
        wanted.seek(0)
        command = _command(git, folder, ("cat-file", "--batch"))
        with subprocess.Popen(
            command, env=_ENVIRONMENT, stdin=wanted, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None
            for header in process.stdout:
                name, kind, *size = header.decode("ascii").split()
                if kind != "blob":
                    process.kill()
                    return None
                found[name] = _parsed(process.stdout, int(size[0]))
    if process.returncode or found.keys() != blobs:
        raise ValueError("git cat-file stopped early")
    return found


def _parsed(stream: IO[bytes], size: int) -> Mapping[str, Any] | None:
    if size > SIZE_LIMIT:
        rest = size + 1
        while rest > 0 and (piece := stream.read(min(rest, SIZE_LIMIT))):
            rest -= len(piece)
        return None
    document = read_yaml(stream.read(size), "")
    stream.read(1)
    return None if document.diagnostics else document.data
