"""Steps into a request document: as a JSON pointer, as words, and in the schema's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Step = str | int
Schema = dict[str, Any]


def to_pointer(path: Iterable[Step]) -> str:
    """Return the JSON pointer (RFC 6901) of a path; the whole document is the empty string."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def to_path(pointer: str) -> tuple[Step, ...]:
    """Return the path of a JSON pointer; steps of digits are rows."""
    steps = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    return tuple(int(step) if step.isascii() and step.isdecimal() else step for step in steps)


def fields(schema: Schema, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the pointer and the words of every field of a schema; `*` stands for any row."""
    for key, inner in schema.get("properties", {}).items():
        if "items" in inner:
            yield from fields(inner["items"], f"{above}/{key}/*")
        elif "properties" in inner:
            yield from fields(inner, f"{above}/{key}")
        else:
            yield f"{above}/{key}", inner.get("title", key)


def words(path: Sequence[Step], schema: Schema) -> str:
    """Return `「要求内容」の3行目の「要求額」`, from the schema's titles; a key without one as it is.

    The title of a field says enough by itself, so only rows are told on the way to it.
    """
    rows, name = "", f"「{schema.get('title', '要求書')}」"
    for step in path:
        schema = _inside(schema, step)
        if isinstance(step, int):
            rows, name = f"{rows}{name}の{step + 1}行目の", ""
        else:
            name = f"「{schema.get('title', step)}」"
    return f"{rows}{name}".removesuffix("の")


def order(path: Sequence[Step], schema: Schema) -> list[int]:
    """Return the place of a path in the schema, to sort by; unknown keys come last."""
    places = []
    for step in path:
        keys = list(schema.get("properties", {}))
        places.append(step if isinstance(step, int) else _index(keys, step))
        schema = _inside(schema, step)
    return places


def _inside(schema: Schema, step: Step) -> Schema:
    inner = schema.get("items") if isinstance(step, int) else schema.get("properties", {}).get(step)
    return inner if isinstance(inner, dict) else {}


def _index(keys: list[str], key: str) -> int:
    return keys.index(key) if key in keys else len(keys)
