"""What each keyword of the JSON Schema finds: the code and the figures of its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from yosan_xl.model.finding import Code
from yosan_xl.model.money import LIMIT, with_unit
from yosan_xl.rules import entry_codes as codes
from yosan_xl.rules.pointer import Schema, Step

Facts = dict[str, object]
Found = tuple[tuple[Step, ...], Code, Facts]

_NAMES = {
    "integer": "整数",
    "string": "文字",
    "array": "行の並び",
    "object": "項目の組",
    "number": "数",
    "boolean": "真偽",
}
_SHOWN = 20  # characters of a wrong value that are repeated in a message


@dataclass(frozen=True, slots=True, eq=False)
class Wrong:
    """A value at `path` that breaks one keyword of `schema`, whose own value is `limit`."""

    path: tuple[Step, ...]
    value: Any
    limit: Any
    schema: Schema


def _required(wrong: Wrong) -> Iterator[Found]:
    # The library names the missing key in its English sentence only.
    for key in wrong.limit:
        if key not in wrong.value:
            yield (*wrong.path, key), codes.MISSING, {}


def _unknown(wrong: Wrong) -> Iterator[Found]:
    for key in wrong.value:
        if key not in wrong.schema.get("properties", {}):
            yield (*wrong.path, key), codes.UNKNOWN, {}


def _type(wrong: Wrong) -> Iterator[Found]:
    wanted = wrong.limit
    types = [wanted] if isinstance(wanted, str) else list(wanted)
    named = "か".join(_NAMES[each] for each in types if each != "null")
    facts: Facts = {"value": _shown(wrong.value), "wanted": named}
    yield _value_or_missing(wrong, codes.TYPE, facts, may_be_blank="null" in types)


def _choice(wrong: Wrong) -> Iterator[Found]:
    choices = "".join(f"「{each}」" for each in wrong.limit if each is not None)
    offered = [str(each) for each in wrong.limit if each is not None]
    facts: Facts = {"value": _shown(wrong.value), "choices": choices, "raw_expected": offered}
    yield _value_or_missing(wrong, codes.CHOICE, facts)


def _range(wrong: Wrong) -> Iterator[Found]:
    low, high = wrong.schema.get("minimum"), wrong.schema.get("maximum")
    show: Callable[[int], str] = with_unit if LIMIT in (high, -(low or 0)) else str
    facts: Facts = {
        "value": _short(show(wrong.value)),
        "low": "" if low is None else show(low),
        "high": "" if high is None else show(high),
    }
    yield wrong.path, codes.RANGE, facts


def _length(wrong: Wrong) -> Iterator[Found]:
    length, limit = len(wrong.value), wrong.limit
    yield wrong.path, codes.LENGTH, {"length": length, "limit": limit, "over": length - limit}


def _rows(wrong: Wrong) -> Iterator[Found]:
    yield (
        wrong.path,
        codes.ROWS,
        {"rows": len(wrong.value), "limit": wrong.limit},
    )


def _too_few(wrong: Wrong) -> Iterator[Found]:
    yield wrong.path, codes.MISSING, {}


def _pattern(wrong: Wrong) -> Iterator[Found]:
    examples = wrong.schema.get("examples", ())
    hint = f"「{examples[0]}」のように" if examples else ""
    yield _value_or_missing(wrong, codes.PATTERN, {"value": _shown(wrong.value), "hint": hint})


def _value_or_missing(
    wrong: Wrong, code: Code, facts: Facts, *, may_be_blank: bool = False
) -> Found:
    """Give the fault of a wrong value, or that of a missing one for null and blanks."""
    value = wrong.value
    blank = isinstance(value, str) and not value.strip() and not may_be_blank
    if value is None or blank:
        return wrong.path, codes.MISSING, {}
    return wrong.path, code, facts


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _NAMES["object"]
    if isinstance(value, list):
        return _NAMES["array"]
    return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


TELL: dict[str, Callable[[Wrong], Iterator[Found]]] = {
    "required": _required,
    "type": _type,
    "enum": _choice,
    "minimum": _range,
    "maximum": _range,
    "maxLength": _length,
    "minLength": _pattern,
    "additionalProperties": _unknown,
    "maxItems": _rows,
    "minItems": _too_few,
    "pattern": _pattern,
    "format": _pattern,
}
"""The keywords that a schema may use, and what tells of each."""
