"""JSON for other programs, safe on a terminal."""

from __future__ import annotations

import json

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


def _safe(text: str) -> str:
    return "".join(_escaped(char) if char != "\n" and is_invisible(char) else char for char in text)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1]  # ASCII: a pair of surrogates beyond U+FFFF
