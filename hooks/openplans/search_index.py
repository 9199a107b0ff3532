"""The search index: Pagefind reads the finished pages and writes ``pagefind/``, a part for each language.

Templates mark what is searched: ``data-pagefind-body`` on a page, with what it can be filtered by. What on such a page
only repeats other pages, or says the same on all of them, is left out here, so that the pages stay light.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "pagefind"
_LEFT_OUT = (
    *(".op-facts:not(.op-terms) dt", '[data-of] h2:not([id^="g-"])', "caption", "thead", "summary"),
    *(
        ".op-fallback",
        ".op-hidden",
        ".op-progress",
        ".op-share:not([data-pagefind-ignore])",
        ".op-slots",
        ".op-status",
        ".op-take",
    ),
    *(".op-when", ".op-written", "small.op-detail", ".op-lead .op-detail", ".op-detail a", "dd.op-meeting__when"),
    *(".op-actions", ".op-changes", ".op-list", ".op-meetings", ".op-money", ".op-sections", ".op-source"),
)
#: What our script does not use: interfaces of Pagefind's own, and a worker for what is quick enough without.
_NOT_USED = ("pagefind-*.css", "pagefind-*ui.js", "pagefind-highlight.js", "pagefind-worker.js")
#: In words times places; the first search reads one or two of these pieces, so they are small.
_PIECE = "3000"
_SECONDS = 3600
_SIGNATURE = b"pagefind_dcd"
#: Kinds of CBOR items.
_NUMBER, _TEXT, _ARRAY = 0, 3, 4


class NoIndex(Exception):
    """The index could not be made; the text says why."""


@contextmanager
def being_written(site: Path, folder: Path | None = None) -> Iterator[None]:
    """Write the index of the pages in ``site`` while something else is done; the same pages give the same bytes.

    It is there when the block ends, in ``folder`` or else where searches begin; NoIndex says why it cannot be made.
    """
    folder = folder or site / FOLDER
    command = [_program(), "--site", ".", "--output-path", str(folder.resolve()), "--silent"]
    command += ["--exclude-selectors", ", ".join(_LEFT_OUT)]
    # Neither the caller's environment nor a file of settings beside the site changes what is made.
    surroundings = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": _PIECE}
    try:
        running = subprocess.Popen(
            command, cwd=site, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as error:
        raise NoIndex(f"Pagefind cannot run: {error}") from None
    try:
        yield
        said, _ = running.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise NoIndex(f"Pagefind cannot run: {error}") from None
    finally:
        if running.poll() is None:
            running.kill()
            running.communicate()
    if running.returncode or not (folder / "pagefind-entry.json").is_file():
        raise NoIndex(f"Pagefind failed: {said.decode('utf-8', 'replace').strip() or running.returncode}")
    for pattern in _NOT_USED:
        for file in folder.glob(pattern):
            file.unlink()
    _put_in_order(folder)


def write_index(site: Path) -> None:
    """Write the index of the pages in ``site``."""
    with being_written(site):
        pass


def _program() -> str:
    """Return where Pagefind is: a Python package brings it."""
    try:
        return str(importlib.import_module("pagefind_bin").get_executable())
    except (ImportError, FileNotFoundError):
        words = "Pagefind, which makes the search index, is not installed"
        raise NoIndex(f"{words} (pip install 'pagefind[bin]'; --no-search builds without it)") from None


# -- the same bytes for the same pages ------------------------------------------------------------------------------


def _put_in_order(folder: Path) -> None:
    """Sort what Pagefind writes in any order: the languages, and the values that pages are filtered by.

    Files are named after their content, and each names the next: entry → ``pf_meta`` of a language → ``pf_filter``.
    """
    entry = folder / "pagefind-entry.json"
    content = json.loads(entry.read_text(encoding="utf-8"))
    for code, language in content["languages"].items():
        meta = folder / f"pagefind.{language['hash']}.pf_meta"
        plain = gzip.decompress(meta.read_bytes())
        for file in sorted((folder / "filter").glob(f"{code}_*.pf_filter")):
            plain = plain.replace(file.stem.encode(), _sorted_filter(file).encode())
        language["hash"] = _named_after(plain, language["hash"])
        meta.unlink()
        (folder / f"pagefind.{language['hash']}.pf_meta").write_bytes(gzip.compress(plain, mtime=0))
    entry.write_text(json.dumps(content, sort_keys=True, separators=(",", ":")), encoding="utf-8")


def _sorted_filter(file: Path) -> str:
    """Write a filter again with its values sorted, under a new name; return the name."""
    plain = gzip.decompress(file.read_bytes())
    file.unlink()
    # An array of the filter's name and of its values; each is an array of its words and its pages.
    name = _item(plain, len(_SIGNATURE))[2]
    count, position = _item(plain, _end(plain, name))[1:]
    head, values = plain[:position], []
    for _ in range(count):
        end = _end(plain, position)
        values.append(plain[position:end])
        position = end
    plain = head + b"".join(sorted(values)) + plain[position:]
    new = _named_after(plain, file.stem)
    file.with_name(f"{new}.pf_filter").write_bytes(gzip.compress(plain, mtime=0))
    return new


def _named_after(content: bytes, old: str) -> str:
    """Return a name of the same form for new content: ``lt_0123abc``."""
    language, _, digest = old.partition("_")
    return f"{language}_{hashlib.sha256(content).hexdigest()[: len(digest)]}"


def _item(data: bytes, position: int) -> tuple[int, int, int]:
    """Return kind, number and end of the head of a CBOR item (RFC 8949)."""
    kind, number = data[position] >> 5, data[position] & 31
    position += 1
    if number >= 24:
        size = 1 << (number - 24)
        number = int.from_bytes(data[position : position + size], "big")
        position += size
    if kind not in (_NUMBER, _TEXT, _ARRAY) or position > len(data):
        raise NoIndex("Pagefind writes filters in a form that is not known here")
    return kind, number, position


def _end(data: bytes, position: int) -> int:
    """Return where a CBOR item ends."""
    kind, number, position = _item(data, position)
    if kind == _TEXT:
        return position + number
    for _ in range(number if kind == _ARRAY else 0):
        position = _end(data, position)
    return position
