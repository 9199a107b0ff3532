"""What every entity shares: frozen, no unknown keys, its own id and file known from the path."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from .scalars import Count, Identifier, Text, Words

TranslationState = Literal["machine", "checked"]
_T = TypeVar("_T")
_SKIPPED: Any = SkipJsonSchema()  # type: ignore[type-arg]
#: Marks a field that the file's place gives; it is in no JSON Schema and may not be written in the file.
FromPath = Annotated[_T, _SKIPPED]


class Facts(BaseModel):
    """A piece of authored facts: immutable, and refusing any key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Record(Facts):
    """Facts that live in a file of their own; ``id`` and ``path`` come from the file's place, never from inside it."""

    id: FromPath[str] = ""
    path: FromPath[str] = ""
    translations: dict[str, TranslationState] = Field(
        default={},
        description="How each translated language came about: machine, or checked by a person. "
        "Inherited by what is inside.",
    )


@cache
def fields_from_path(kind: type[Record]) -> frozenset[str]:
    """Return the names of the fields that a file's place gives."""
    fields = kind.model_fields.items()
    return frozenset(name for name, field in fields if any(isinstance(m, type(_SKIPPED)) for m in field.metadata))


class SourceReference(Facts):
    """Where a statement stands in a source document."""

    document: Annotated[
        Identifier | None, Field(description="Id of the document in the plan's `sources`; the first one if left out.")
    ] = None
    section: Words | None = Field(default=None, description="The heading as printed.")
    row: Count | None = Field(
        default=None,
        description="Number of the row or step under that heading, counted from 1; it also fixes the order of actions.",
    )
    page: Count | None = Field(default=None, description="Page as numbered in the document.")


class Note(Facts):
    """A public remark on the document: a slip, a gap, a reading that had to be chosen."""

    text: Text
    source: SourceReference | None = None
