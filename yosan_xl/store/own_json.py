"""JSON files of our own, read strictly: as their schema in schemas/ says, or not at all."""

from __future__ import annotations

import json
from typing import Any

from yosan_xl.rules.entry import bundled_check


class Malformed(ValueError):
    """A file of ours that is not as we write it; the text says why, in Japanese."""


def parse_json(data: bytes, schema: str) -> dict[str, Any]:
    """Return the object in the bytes of a JSON file that the schema of this name allows; raise Malformed."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Malformed("UTF-8 の JSON ではありません") from error
    faults = bundled_check(schema).faults(value)
    if any(fault.pointer == "/format" for _, fault in faults):
        raise Malformed("この版のプログラムが書いたものではありません")
    for code, fault in faults:
        raise Malformed(code.fact.format_map(fault.facts).removesuffix("。"))
    assert isinstance(value, dict)
    return value
