"""Pagefind as a service: pages go in one after another, in an order of ours, and an index of them comes out.

As a command it takes pages in the order in which the file system happens to list them, and numbers them so. Requests
and answers are JSON in Base64 with commas between them, as in Pagefind's own packages for Python and Node.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import json
import subprocess
import tempfile
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from fnmatch import fnmatch
from io import BufferedReader
from pathlib import Path, PurePosixPath

#: What tells which languages a folder holds an index of.
ENTRY = "pagefind-entry.json"
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


def write_index(folder: Path, pages: Iterable[tuple[str, str]], left_out: Sequence[str] = ()) -> None:
    """Write an index into ``folder``: of each page its path in the site and its HTML, without what selectors leave out.

    The same pages in the same order give the same bytes. Raise NoIndex if it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in _files(folder, _requests(pages, left_out)):
        if not any(fnmatch(path, pattern) for pattern in _NOT_USED):
            file = folder / path
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
    if not (folder / ENTRY).is_file():
        raise NoIndex("Pagefind made no index")
    _put_in_order(folder)


def _requests(pages: Iterable[tuple[str, str]], left_out: Sequence[str]) -> Iterator[Mapping[str, object]]:
    yield {"type": "NewIndex", "config": {"exclude_selectors": list(left_out)}}
    for path, html in pages:
        yield {"type": "AddFile", "index_id": 0, "file_path": path, "file_contents": html, "url": None}
    # Asked to write them itself, it says so before all of them are on the disk.
    yield {"type": "GetFiles", "index_id": 0}


def _files(folder: Path, requests: Iterable[Mapping[str, object]]) -> Iterator[tuple[str, bytes]]:
    """Send all requests, and yield path and content of each file in the answer to the last one."""
    with tempfile.TemporaryFile() as said:
        try:
            running = subprocess.Popen(
                [_program(), "--service"],
                # Neither the caller's environment nor a file of settings beside the site changes what is made.
                cwd=folder,
                env={"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": _PIECE},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
            )
        except OSError as error:
            raise NoIndex(f"Pagefind cannot run: {error}") from None
        assert running.stdin is not None and isinstance(running.stdout, BufferedReader)
        answers = _Answers(running.stdout)
        too_long = threading.Timer(_SECONDS, running.kill)
        answers.start()
        too_long.start()
        try:
            # If it is there no more, the end of its answers tells so.
            with suppress(BrokenPipeError):
                for number, request in enumerate(requests, 1):
                    words = json.dumps({"message_id": number, "payload": request}).encode()
                    running.stdin.write(b64encode(words) + b",")
                running.stdin.flush()
            answers.join()
        finally:
            too_long.cancel()
            running.kill()
            running.wait()
            answers.join()
            with suppress(BrokenPipeError):
                running.stdin.close()
            running.stdout.close()
        if answers.files is None:
            said.seek(0)
            its_words = said.read().decode("utf-8", "replace").strip()
            raise NoIndex(f"Pagefind failed: {answers.error or its_words or 'it stopped before it was done'}")
    yield from answers.files


class _Answers(threading.Thread):
    """Reads answers while requests are sent, until there are files, there is an error, or nothing more comes."""

    def __init__(self, stream: BufferedReader) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self._rest = bytearray()
        self.files: list[tuple[str, bytes]] | None = None
        self.error = ""

    def run(self) -> None:
        """Read all answers; a service that answers in other words than it used to has failed."""
        try:
            while self.files is None and not self.error:
                self._hear(self._next())
        except (EOFError, OSError):
            return
        except (ValueError, KeyError, TypeError) as strange:
            self.error = f"it answers in a form that is not known here ({strange})"

    def _next(self) -> bytes:
        begin = 0
        while (end := self._rest.find(b",", begin)) < 0:
            begin = len(self._rest)
            piece = self._stream.read1(1 << 16)
            if not piece:
                raise EOFError
            self._rest += piece
        answer = bytes(self._rest[:end])
        del self._rest[: end + 1]
        return answer

    def _hear(self, answer: bytes) -> None:
        payload = json.loads(b64decode(answer))["payload"]
        if payload["type"] == "Error":
            self.error = str(payload["message"])
        elif payload["type"] == "GetFiles":
            self.files = [(_below(file["path"]), b64decode(file["content"])) for file in payload["files"]]


def _below(path: str) -> str:
    """Return a path that leads to no other folder; raise ValueError for another."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] == "/" or ".." in parts:
        raise ValueError(path)
    return path


def _program() -> str:
    """Return where Pagefind is: a Python package brings it."""
    try:
        return str(importlib.import_module("pagefind_bin").get_executable())
    except (ImportError, FileNotFoundError):
        words = "Pagefind, which makes the search index, is not installed"
        raise NoIndex(f"{words} (pip install 'pagefind[bin]'; --no-search builds without it)") from None


# -- the same bytes for the same pages ------------------------------------------------------------------------------


def _put_in_order(folder: Path) -> None:
    """Sort what Pagefind writes in any order: the values that pages are filtered by.

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
