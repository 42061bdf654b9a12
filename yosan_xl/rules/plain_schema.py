"""The yes of a flat JSON Schema in a hundredth of jsonschema's time; it explains every no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yosan_xl.rules.pointer import Schema

Check = Callable[[Any], bool]

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
    "object": (dict,),
    "array": (list,),
}
_LENGTHS = {"minLength", "maxLength"}
_KNOWN = {
    *("type", "enum", "minimum", "maximum", "minItems", "maxItems", *_LENGTHS),
    *("required", "properties", "additionalProperties", "items"),
    *("$schema", "$id", "$comment", "title", "description", "examples", "default"),
}


def plainly_valid(schema: Schema) -> Check:
    """Give a function that is true only for what `schema` allows; False may mean just "not sure".

    Where the schema has a keyword that this does not know, the function is never sure.
    """
    if not schema.keys() <= _KNOWN or "type" not in schema:
        return _unsure
    named = schema["type"]
    names = [named] if isinstance(named, str) else list(named)
    if not set(names) <= _TYPES.keys():
        return _unsure
    # By the very type: True is no integer, 3.0 neither, and other classes are not JSON.
    types = frozenset(each for name in names for each in _TYPES[name])
    checks = {str: _text(schema), int: _number(schema), dict: _object(schema), list: _rows(schema)}
    choices = schema.get("enum")
    allowed = None if choices is None else frozenset(c for c in choices if type(c) is str)
    none_allowed = choices is None or None in choices

    def check(value: Any) -> bool:
        kind = type(value)
        if kind not in types:
            return False
        if value is None:
            return none_allowed
        if allowed is not None and (kind is not str or value not in allowed):
            return False
        own = checks.get(kind)
        return own is None or own(value)

    return check


def _unsure(_: Any) -> bool:
    return False


def _text(schema: Schema) -> Check:
    least, most = schema.get("minLength", 0), schema.get("maxLength")

    def check(value: str) -> bool:
        # A text of blanks may be nothing: that is for `SchemaCheck` to say.
        return (not least or len(value.strip()) >= least) and (most is None or len(value) <= most)

    return check


def _number(schema: Schema) -> Check:
    least, most = schema.get("minimum"), schema.get("maximum")
    return lambda value: (least is None or value >= least) and (most is None or value <= most)


def _object(schema: Schema) -> Check:
    inner = {key: plainly_valid(own) for key, own in schema.get("properties", {}).items()}
    required = frozenset(schema.get("required", ()))
    is_closed = schema.get("additionalProperties") is False
    if not (is_closed or schema.get("additionalProperties", True) is True):
        return _unsure

    def check(value: dict[str, Any]) -> bool:
        if not required <= value.keys() or (is_closed and not value.keys() <= inner.keys()):
            return False
        return not any(key in inner and not inner[key](one) for key, one in value.items())

    return check


def _rows(schema: Schema) -> Check:
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    each = plainly_valid(schema["items"]) if "items" in schema else None

    def check(value: list[Any]) -> bool:
        if len(value) < least or (most is not None and len(value) > most):
            return False
        return each is None or all(map(each, value))

    return check
