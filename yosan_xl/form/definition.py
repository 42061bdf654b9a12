"""A form definition as values: what stands where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

USUAL_FORM = "minato-r2"
"""The form of a document or a book that does not say which it is."""


class DefinitionError(ValueError):
    """A form definition that says something outside the vocabulary; the text says what and where."""


class Kind(Enum):
    """What a field holds."""

    TEXT = "text"
    PROSE = "prose"
    CHOICE = "choice"
    MONEY = "money"
    NUMBER = "number"
    YEAR = "year"


class By(Enum):
    """Who fills a field."""

    DEPARTMENT = "department"
    FINANCE = "finance"
    FORMULA = "formula"


class Role(Enum):
    """What a cell is on the page; excel/styles.py gives each its look."""

    LABEL = "label"
    TITLE = "title"
    NOTE = "note"
    TOTAL = "total"
    HEADING = "heading"
    PANEL = "panel"
    PANEL_HEADING = "panel_heading"


LINES = "lines"
"""Stands for the line items of every group, as an operand of a relation."""


class Relation(NamedTuple):
    """How a computed field comes about: `sum`, `difference` or `bracket` of other fields."""

    kind: str
    of: tuple[str, ...]


class Field(NamedTuple):
    """One field: its JSON pointer (or a bare word for a display), its label and its limits."""

    key: str
    label: str
    kind: Kind
    by: By
    number: int | None = None
    choices: str | None = None
    max_length: int | None = None
    required: bool = False
    carried: bool = False
    hint: str = ""
    about: str = ""
    relation: Relation | None = None
    heading: str | None = None

    @property
    def caption(self) -> str:
        """The words on the form, `5 要求する事業内容`."""
        return self.heading or (f"{self.number} {self.label}" if self.number else self.label)


class Placed(NamedTuple):
    """A label, a field or a display over a span of columns (`first:last` by name) in a row."""

    columns: str
    label: str | None = None
    field: str | None = None
    display: str | None = None
    down: int = 1
    role: Role = Role.LABEL


class RowDefinition(NamedTuple):
    """A row of placed labels and fields."""

    cells: tuple[Placed, ...]
    role: Role = Role.LABEL
    printed: bool = True


class Block(NamedTuple):
    """A numbered block with its caption: `rows` rows, or `share` of the body."""

    field: str
    rows: int


class Half(NamedTuple):
    """The left or the right half of the body: its blocks under one another."""

    caption: str
    columns: str
    blocks: tuple[Block, ...]
    rows: tuple[RowDefinition, ...] = ()


class LineColumn(NamedTuple):
    """A column of 10 要求内容 and the span of columns it takes."""

    columns: str
    field: Field


class GroupDefinition(NamedTuple):
    """A group of line items (レベルアップ分, 経常経費分); `optional` may go without its part."""

    part: str
    rows: int
    optional: bool = False
    hint: str = ""


class Lines(NamedTuple):
    """10 要求内容: its columns and groups."""

    number: int
    label: str
    subtotal: str
    arrow: str
    columns: tuple[LineColumn, ...]
    groups: tuple[GroupDefinition, ...]


class CheckDefinition(NamedTuple):
    """A line of the checks panel: what is looked at, how it weighs, and what to do."""

    kind: str
    label: str
    weight: str
    advice: str


class Panel(NamedTuple):
    """The checks panel: its four columns, their headings, its items, and the counters below."""

    columns: tuple[str, ...]
    heading: tuple[str, ...]
    counters: str
    items: tuple[CheckDefinition, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A whole form definition, and the SHA-256 of what it says."""

    id: str
    version: int
    title: str
    sheet: str
    sha256: str
    columns: Mapping[str, float]
    printed: tuple[str, str]
    fields: Mapping[str, Field]
    lines: Lines
    checks: Panel
    head: tuple[RowDefinition, ...]
    left: Half
    right: Half

    @property
    def order(self) -> tuple[str, ...]:
        """Give the pointers of a request document in order: fields, `/lines`, `/subtotals`."""
        pointers = [key for key in self.fields if key.startswith("/")]
        at = next(i for i, pointer in enumerate(pointers) if pointer.startswith("/total/"))
        return (*pointers[:at], "/lines", "/subtotals", *pointers[at:])
