"""`schema`: the JSON Schemas that come with the program."""

from __future__ import annotations

from yosan_xl.resources import schema_file

NAMES = ("request", "read-result", "findings")
"""What can be asked for."""


def schema(name: str) -> str:
    """Give a JSON Schema as text."""
    return schema_file(name).read_text(encoding="utf-8")
