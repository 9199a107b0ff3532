"""Templates that were compiled before: kept where Python keeps our own compiled modules, and by the same rules.

To compile them takes a second, which is much of a small build. What lies in that folder is run by Python anyway, so
that nobody is trusted more than before. A file that is damaged, or was made by other code or from another source, is
not used.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from contextlib import suppress
from functools import cache
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from .cache_file import write_whole


class TemplateCache(BytecodeCache):
    """Keeps the compiled templates of one environment, ``name``; its settings and filters are ``made_by`` this."""

    def __init__(self, name: str, made_by: str = "") -> None:
        self._name = name
        self._made_by = made_by

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the code of a template, if it is there and whole."""
        with suppress(OSError):
            head, _, body = self._file(bucket).read_bytes().partition(b"\n")
            if head == self._head(bucket, body):
                bucket.code = marshal.loads(body)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code of a template; where that cannot be done, it is only compiled again."""
        if sys.dont_write_bytecode or bucket.code is None:
            return
        body = marshal.dumps(bucket.code)
        write_whole(self._file(bucket), self._head(bucket, body) + b"\n" + body)

    def _file(self, bucket: Bucket) -> Path:
        return _folder() / f"{self._name}-{bucket.key}.jinja"

    def _head(self, bucket: Bucket, body: bytes) -> bytes:
        # Jinja works out at once what does not depend on a page, with our filters: their code is part of the outcome.
        words = (jinja2.__version__, MAGIC_NUMBER.hex(), _code(), self._made_by, bucket.checksum)
        return hashlib.sha256("\n".join(words).encode() + b"\n" + body).hexdigest().encode()


@cache
def _folder() -> Path:
    return Path(cache_from_source(__file__)).parent


@cache
def _code() -> str:
    """Return a digest of this package's code."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
