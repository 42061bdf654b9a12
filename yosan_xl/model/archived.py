"""What is told of an archive: its stages, and the requests of one."""

from __future__ import annotations

from dataclasses import dataclass

from yosan_xl.model.money import ThousandYen
from yosan_xl.model.request import Request


@dataclass(frozen=True, slots=True)
class StageSummary:
    """A stage in a line; `requested` (千円) is what counts, `left_out` how many do not."""

    name: str
    year: str
    stage: str
    sequence: int
    municipality: str
    form: str
    program: str
    books: int
    files: int
    requests: int
    requested: ThousandYen
    left_out: int


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in the archive, where it stood, and why it is not in the totals (None: it is)."""

    request: Request
    file: str
    sheet: str | None
    left_out: str | None


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request with the words of its own form beside each value."""

    stage: StageSummary
    row: RequestRow
    values: tuple[tuple[str, str], ...]
