"""Sentences of findings as they stand in a department's own book."""

from __future__ import annotations

_TO_DEPARTMENT = (
    ("し直してもらうか、", "し直すか、"),
    ("し直してもらうと", "し直すと"),
    ("てもらってください", "てください"),
    ("でもらってください", "でください"),
    ("所管課に確かめてください", "財政課と確かめてください"),
    ("所管課に確かめ、", "財政課と確かめ、"),
)
"""What finance is asked to have done, the department is asked to do."""

_LONGEST = 600
"""Characters of a sentence in a note or on the list."""


def for_department(text: str) -> str:
    """Give a sentence that speaks to finance as one that speaks to the department."""
    for finance, department in _TO_DEPARTMENT:
        text = text.replace(finance, department)
    return text


def shortened(text: str) -> str:
    """Give a sentence that a note can hold, whatever a cell had in it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…（以下略）"
