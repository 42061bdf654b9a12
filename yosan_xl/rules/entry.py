"""A document against the JSON Schema: each keyword gives a code and a Japanese sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from yosan_xl.model.finding import Code, Fault
from yosan_xl.rules.keywords import TELL, Facts, Wrong
from yosan_xl.rules.plain_schema import plainly_valid
from yosan_xl.rules.pointer import Schema, Step, order, to_path, to_pointer, words


class UnmappedKeyword(Exception):
    """The schema uses a keyword that no code tells of: a mistake of ours, never of the user."""


class Entry:
    """A JSON Schema, compiled once, that tells its faults in Japanese."""

    def __init__(self, schema: Schema) -> None:
        """Compile `schema`; raise UnmappedKeyword where a keyword has no code."""
        unmapped = set(_keywords(schema)) - set(TELL) - {"properties", "items"} - _WORDS
        if unmapped:
            raise UnmappedKeyword(", ".join(sorted(unmapped)))
        self._schema = schema
        self._is_plainly_valid = plainly_valid(schema)

    @cached_property
    def _validator(self) -> Any:
        # jsonschema takes long to import, and is asked only for what is wrong with a document.
        from jsonschema import Draft202012Validator
        from jsonschema.validators import extend

        # JSON Schema takes 3.0 for an integer; money never comes near a float here.
        checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
        validator = extend(  # type: ignore[no-untyped-call]
            Draft202012Validator, {"minLength": _min_length}, type_checker=checker
        )
        return validator(self._schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    def faults(self, document: object) -> list[tuple[Code, Fault]]:
        """Give at most one fault for each pointer, in the schema's order of fields."""
        if self._is_plainly_valid(document):
            return []
        first: dict[tuple[Step, ...], tuple[Code, Facts]] = {}
        for error in self._validator.iter_errors(document):
            where = tuple(error.absolute_path)
            wrong = Wrong(where, error.instance, error.validator_value, error.schema)
            for path, code, facts in TELL[error.validator](wrong):
                known = first.get(path)
                if known is None or code.code < known[0].code:
                    first[path] = (code, facts)
        return [
            (code, Fault(to_pointer(path), {"label": words(path, self._schema), **facts}))
            for path, (code, facts) in sorted(
                first.items(), key=lambda item: order(item[0], self._schema)
            )
        ]

    def label(self, pointer: str) -> str:
        """Give the form's words for what a pointer stands for: `「要求内容」の3行目の「要求額」`."""
        return words(to_path(pointer), self._schema)


_WORDS = {"$schema", "$id", "$comment", "title", "description", "examples", "default"}
"""Keywords that say something and check nothing."""


def _keywords(schema: Schema) -> Iterator[str]:
    """Give every key of a schema and of the schemas of its properties and items."""
    yield from schema
    inner = [*schema.get("properties", {}).values(), schema.get("items")]
    for each in inner:
        if isinstance(each, dict):
            yield from _keywords(each)


def _min_length(_: object, limit: int, value: object, schema: Schema) -> Iterator[Any]:
    """Take blanks for nothing where a text is required, as the reader of a book does."""
    from jsonschema import ValidationError

    if isinstance(value, str):
        may_be_null = "null" in schema.get("type", ())
        if len(value if may_be_null else value.strip()) < limit:
            yield ValidationError("")


def _is_integer(_: object, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
