"""The guides of docs/ as a test reads them: what is typed, what is answered, what people do between, what is named."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).resolve().parent.parent / "docs"
FINANCE, DEPARTMENTS = DOCS / "財政課の手引き.md", DOCS / "記入の手引き.md"

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"^<!-- ((?:ends with|hands: ).+?) -->$", re.MULTILINE)
_ANY_COMMENT = re.compile(r"<!--.*?-->")
_CODE = re.compile(r"`([^`\n]+)`")
_QUOTED = re.compile(r"「([^「」]+)」")
_STEP = re.compile(f"{_FENCE.pattern}|{_COMMENT.pattern}|{_CODE.pattern}", re.MULTILINE | re.DOTALL)
_ENDS = "ends with "
_HANDS = "hands: "
PROGRAM = "yosan-xl"


class Typed(NamedTuple):
    """Commands that are typed, the exit code of the last one, and the line of the guide."""

    commands: tuple[str, ...]
    code: int
    line: int


class Answered(NamedTuple):
    """What the commands before it answered, as the guide shows it."""

    lines: tuple[str, ...]
    line: int


class Done(NamedTuple):
    """What people did, by its name in guide_hands."""

    name: str


Step = Typed | Answered | Done


def steps(text: str) -> Iterator[Step]:
    """Yield what is typed, answered and done, in order; a command within a sentence is typed as well."""
    code = 0
    for found in _STEP.finditer(text):
        kind, block, comment, span = found.groups()
        line = text.count("\n", 0, found.start()) + 1
        if comment and comment.startswith(_ENDS):
            code = int(comment.removeprefix(_ENDS))
            continue
        if kind == "bat":
            yield Typed(tuple(block.splitlines()), code, line)
        elif kind:
            yield Answered(tuple(block.splitlines()), line)
        elif comment:
            yield Done(comment.removeprefix(_HANDS))
        elif span.startswith(f"{PROGRAM} "):
            yield Typed((span,), 0, line)
        code = 0


def words_of(command: str) -> list[str]:
    """Return the words of a command as a console splits them."""
    return shlex.split(command.replace("\\", "/"))


def sentences(text: str) -> str:
    """Return a guide without its blocks, comments and the targets of links."""
    return re.sub(r"\]\([^)]*\)", "]", _ANY_COMMENT.sub("", _FENCE.sub("", text)))


def spans(text: str) -> list[str]:
    """Return what the sentences of a guide name as code."""
    return _CODE.findall(sentences(text))


def quoted(text: str) -> list[str]:
    """Return what the sentences of a guide quote in 「」."""
    return _QUOTED.findall(_CODE.sub("", sentences(text)))
