"""JSON for other programs: of any value, and of the rows of a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from yosan_xl.model.table import Table, Value
from yosan_xl.report.printable import is_invisible


def to_json(value: object) -> str:
    """Return JSON with Japanese as it is, two blanks of indent and a final newline.

    Unprintable characters are escaped, so that the same text is safe on a terminal and a lone
    surrogate (of a file name that is no UTF-8) does not stop the output.
    """
    return _safe(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def to_json_line(value: object) -> str:
    """Return JSON as one line (NDJSON), as safe as `to_json` returns it."""
    return _safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def row_json(table: Table, row: Sequence[Value]) -> dict[str, Any]:
    """Return a row as JSON: each value where its column's key (a JSON Pointer) says.

    `/from/amount` makes an object within the row, `/key/0` a list; a list ends with its last value.
    """
    made: dict[str, Any] = {}
    for column, value in zip(table.columns, row, strict=True):
        if column.key.startswith("/"):
            _put(made, column.key[1:].split("/"), column.missing if value is None else value)
    return {name: _listed(value) for name, value in made.items()}


def _put(made: dict[str, Any], path: Sequence[str], value: Value) -> None:
    first, *rest = path
    if rest:
        _put(made.setdefault(first, {}), rest, value)
    else:
        made[first] = value


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if all(name.isdigit() for name in value):
        return [each for each in value.values() if each is not None]
    return {name: _listed(each) for name, each in value.items()}


def _safe(text: str) -> str:
    return "".join(_escaped(char) if char != "\n" and is_invisible(char) else char for char in text)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1]  # ASCII: a pair of surrogates beyond U+FFFF
