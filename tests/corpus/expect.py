"""What must happen to a file, and the entry that joins it to the way the file is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """Read: `total` (千円) is in the totals, and these are all the kinds of finding, no more.

    `read` is what the requests say together, counted or not, where that is not `total`.
    """

    total: int
    codes: frozenset[str] = frozenset()
    read: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Not read: one finding, an error of this code that names the file, and nothing counted."""

    code: str


Expectation = Accepted | Refused


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the corpus: its name without folder and ending, how it is made, what must happen.

    A `heavy` one takes seconds: the exam reads it, the tests read smaller ones of its kind.
    """

    name: str
    build: Callable[[], bytes]
    expect: Expectation
    heavy: bool = False


def accepted(total: int, *codes: str, read: int | None = None) -> Accepted:
    """Give the expectation that a book is read, with findings of these kinds."""
    return Accepted(total, frozenset(codes), read)


def left_out(read: int, *codes: str) -> Accepted:
    """Give the expectation that a request is read as `read` (千円), and told and not counted."""
    return Accepted(0, frozenset({*codes, "YX065"}), read)
