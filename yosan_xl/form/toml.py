"""TOML of people (yosan.toml, form.toml), read within bounds: no small file may stop a year."""

from __future__ import annotations

import tomllib
from typing import Any

_MOST_BYTES = 128 * 1024
"""Seven times the longest form.toml of ours."""

_MOST_DOTS = 100
"""Dots of a line: tomllib takes the square of a key's steps, and a key ends with its line.

What we read has three. At both bounds reading takes half a second, with 50,000 dots it never ends.
"""


class BeyondBounds(ValueError):
    """TOML that is not read for its size; the text says what is too much, in Japanese."""


def parse_toml(text: str) -> dict[str, Any]:
    """Return the table of a TOML text; raise BeyondBounds, ValueError, RecursionError."""
    if len(text.encode("utf-8")) > _MOST_BYTES:
        raise BeyondBounds(f"{_MOST_BYTES // 1024}KB をこえています")
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS and not line.lstrip().startswith("#"):
            raise BeyondBounds(f"{number}行目に「.」が {_MOST_DOTS}個より多くあります")
    return tomllib.loads(text)
