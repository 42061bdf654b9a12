"""A table as TOML text, a key a line; the standard library reads TOML only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def to_toml(table: Mapping[str, Any]) -> str:
    """Return a table as TOML: tables of tables as headers, all below inline."""
    plain = [
        f"{_key(key)} = {inline(value)}" for key, value in table.items() if not _is_headed(value)
    ]
    headed = [
        line for key, value in table.items() if _is_headed(value) for line in _headed(key, value)
    ]
    return "\n".join([*plain, *headed, ""])


def inline(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(inline, value)) + "]"
    return str(value)


def _is_headed(value: Any) -> bool:
    rows = value if isinstance(value, list) else [value]
    return bool(rows) and all(isinstance(row, Mapping) for row in rows)


def _headed(key: str, value: Any) -> list[str]:
    header = f"[[{_key(key)}]]" if isinstance(value, list) else f"[{_key(key)}]"
    rows = value if isinstance(value, list) else [value]
    return [
        line
        for row in rows
        for line in ("", header, *(f"{_key(name)} = {inline(one)}" for name, one in row.items()))
    ]


def _key(key: str) -> str:
    return (
        key if key.replace("_", "a").replace("-", "a").isalnum() and key.isascii() else inline(key)
    )
