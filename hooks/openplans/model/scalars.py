"""The small typed values that data files are made of: ids, links, numbers, texts.

YAML gives text only (see :mod:`openplans.yaml_source`); every conversion to a type is here and strict, so
that ``no`` stays a word, ``010`` is refused as a number and nothing is guessed.

A failed conversion raises ``PydanticCustomError`` whose type is a diagnostic code and whose context holds
the message's values; the key ``at`` in the context names the child key at fault.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ..language import LocalizedText

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ID_LIMIT = 64
TEXT_LIMIT = 4000
_LINK_SCHEMES = ("https://", "mailto:", "tel:")


def kind_of(value: object) -> str:
    """Name a raw YAML value for a message: ``text``, ``list`` or ``mapping``."""
    if isinstance(value, dict):
        return "mapping"
    return "list" if isinstance(value, list) else "text"


def require_text(value: object) -> str:
    """Return ``value`` if it is non-empty text, stripped and NFC; else raise OP304 or OP306."""
    if not isinstance(value, str):
        raise PydanticCustomError("OP304", "expected text", {"expected": "text", "found": kind_of(value)})
    text = unicodedata.normalize("NFC", value).strip()
    if text in ("", "~"):
        raise PydanticCustomError("OP306", "is empty", {})
    if len(text) > TEXT_LIMIT:
        raise PydanticCustomError("OP307", "too long", {"length": str(len(text)), "limit": str(TEXT_LIMIT)})
    return text


def _matching(code: str, pattern: str, convert: Callable[[str], Any] = str) -> Callable[[object], Any]:
    """Make a validator that converts text matching ``pattern`` whole and raises ``code`` otherwise."""
    compiled = re.compile(pattern)

    def validate(value: object) -> Any:
        if isinstance(value, (Fraction, Decimal, bool, int)):
            return value
        text = require_text(value)
        if not compiled.fullmatch(text):
            raise PydanticCustomError(code, "wrong form", {"found": text[:60]})
        return convert(text)

    return validate


def _identifier(value: object) -> str:
    text = require_text(value)
    if not re.fullmatch(ID_PATTERN, text) or len(text) > ID_LIMIT:
        raise PydanticCustomError("OP310", "not an id", {"found": text[:60]})
    return text


def _link(value: object) -> str:
    text = require_text(value)
    if not text.startswith(_LINK_SCHEMES) or re.search(r"[\s<>\"'\\^`{|}]", text) or text in _LINK_SCHEMES:
        raise PydanticCustomError("OP311", "not a link", {"found": text[:60]})
    # Browsers show brackets as they are, but an address holds them only around the number of a host (RFC 3986).
    host, *rest = re.split(r"(?<=[^:/])(?=[/?#])", text, maxsplit=1)
    return host + "".join(rest).replace("[", "%5B").replace("]", "%5D")


_JSON_ID = {"type": "string", "pattern": f"^{ID_PATTERN}$", "maxLength": ID_LIMIT}

Identifier = Annotated[str, BeforeValidator(_identifier), WithJsonSchema(_JSON_ID)]
Link = Annotated[str, BeforeValidator(_link), WithJsonSchema({"type": "string", "pattern": "^(https://|mailto:|tel:)"})]
Mailbox = Annotated[
    str,
    BeforeValidator(_matching("OP312", r"[^@\s<>,;:\"']+@[^@\s<>,;:\"'.]+(?:\.[^@\s<>,;:\"'.]+)+")),
    WithJsonSchema({"type": "string", "format": "email"}),
]
#: Words such as `1.1` are a number to every other reader of YAML.
Words = Annotated[str, BeforeValidator(require_text), WithJsonSchema({"type": ["string", "number"], "minLength": 1})]
Count = Annotated[
    int,
    BeforeValidator(_matching("OP313", r"0|[1-9][0-9]{0,8}", int)),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 0}),
]
Flag = Annotated[
    bool,
    BeforeValidator(_matching("OP314", r"true|false", lambda text: text == "true")),
    WithJsonSchema({"type": "boolean"}),
]
Amount = Annotated[
    Decimal,
    BeforeValidator(_matching("OP315", r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,2})?", Decimal)),
    WithJsonSchema({"type": ["number", "string"], "minimum": 0}),
]
Quantity = Annotated[
    Fraction,
    BeforeValidator(_matching("OP316", r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6}|/[1-9][0-9]{0,5})?", Fraction)),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^-?\d+(\.\d+|/\d+)?$"}),
]
Currency = Annotated[
    str, BeforeValidator(_matching("OP317", r"[A-Z]{3}")), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})
]


class _TextSchema:
    """Pydantic's view of :class:`LocalizedText`: plain text, or a mapping from language to text."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            cls.validate, serialization=core_schema.plain_serializer_function_ser_schema(lambda t: dict(t.items()))
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        text = {"type": "string", "minLength": 1}
        return {
            "anyOf": [
                text,
                {
                    "type": "object",
                    "additionalProperties": text,
                    "minProperties": 1,
                    "propertyNames": {"pattern": "^[a-z]{2,3}$"},
                },
            ]
        }

    @staticmethod
    def validate(value: object, info: ValidationInfo) -> LocalizedText:
        if isinstance(value, LocalizedText):
            return value
        context = info.context or {}
        languages = tuple(context.get("languages", ()))
        source = context.get("source_language", languages[0] if languages else "en")
        if not isinstance(value, dict):
            if isinstance(value, list):
                raise PydanticCustomError("OP304", "expected text", {"expected": "text", "found": "list"})
            return LocalizedText({source: require_text(value)}, source)
        if not value:
            raise PydanticCustomError("OP306", "is empty", {})
        texts: dict[str, str] = {}
        for language, words in value.items():
            if languages and language not in languages:
                raise PydanticCustomError(
                    "OP308", "unknown language", {"found": language, "allowed": ", ".join(languages), "at": language}
                )
            try:
                texts[language] = require_text(words)
            except PydanticCustomError as error:
                raise PydanticCustomError(
                    error.type, error.message_template, {**(error.context or {}), "at": language}
                ) from None
        return LocalizedText(texts, source)


Text = Annotated[LocalizedText, _TextSchema]
