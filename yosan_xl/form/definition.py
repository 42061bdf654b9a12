"""A form definition as values (what stands where), and templates/<id>/form.toml read into them.

The vocabulary is closed: an unknown key, kind, relation or role is refused, so that looks, conditions
and expressions cannot creep in.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from yosan_xl.resources import template_folder

USUAL_FORM = "minato-r2"
"""The form of a document or a book that does not say which it is."""


class DefinitionError(ValueError):
    """A form definition that says something outside the vocabulary; the text says what and where."""


class FieldKind(Enum):
    """What a field holds."""

    TEXT = "text"
    PROSE = "prose"
    CHOICE = "choice"
    MONEY = "money"
    NUMBER = "number"
    YEAR = "year"


class FilledBy(Enum):
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


class FieldRelation(NamedTuple):
    """How a computed field comes about: `sum`, `difference` or `bracket` of other fields."""

    kind: str
    of: tuple[str, ...]


class Field(NamedTuple):
    """One field: its JSON pointer (or a bare word for a display), its label and its limits."""

    key: str
    label: str
    kind: FieldKind
    by: FilledBy
    number: int | None = None
    choices: str | None = None
    max_length: int | None = None
    required: bool = False
    carried: bool = False
    hint: str = ""
    about: str = ""
    relation: FieldRelation | None = None
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
        """Return the pointers of a request document in order: fields, `/lines`, `/subtotals`."""
        pointers = [key for key in self.fields if key.startswith("/")]
        at = next(i for i, pointer in enumerate(pointers) if pointer.startswith("/total/"))
        return (*pointers[:at], "/lines", "/subtotals", *pointers[at:])

    def object_label(self, pointer: str) -> str:
        """Return what an object of several fields is called, `財源内訳` for `/funding`.

        It is the first label in the row where the first of its fields stands, but for that of the object
        around it; the last step of the pointer where there is none.
        """
        around = pointer.rpartition("/")[0]
        taken = self.object_label(around) if around else None
        for row in (*self.head, *self.left.rows, *self.right.rows):
            if any((cell.field or "").startswith(f"{pointer}/") for cell in row.cells):
                labels = (cell.label for cell in row.cells if cell.label not in (None, taken))
                return next(filter(None, labels), pointer.rpartition("/")[2])
        return pointer.rpartition("/")[2]


E = TypeVar("E", bound=Enum)


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


def load_definition(form_id: str) -> Definition:
    """Load the definition `form_id` that comes with the program; raise KeyError if there is none."""
    path = template_folder(form_id) / "form.toml"
    if not path.is_file():
        raise KeyError(form_id)
    return read_definition(path)


def read_definition(path: Path) -> Definition:
    """Read a definition file; raise DefinitionError where it leaves the vocabulary."""
    return parse_definition(path.read_bytes(), path.name)


def parse_definition(data: bytes, name: str) -> Definition:
    """Return the definition in the bytes of a file called `name`; raise DefinitionError."""
    try:
        table = parse_toml(data.decode("utf-8").replace("\r\n", "\n"))
        return _definition(table, _fingerprint(table))
    except DefinitionError:
        raise
    except KeyError as missing:
        raise DefinitionError(f"{name}: {missing} is missing") from None
    except RecursionError:
        raise DefinitionError(f"{name}: nested too deeply") from None
    except (ValueError, TypeError, AttributeError, StopIteration) as error:
        raise DefinitionError(f"{name}: {error}") from error


def _fingerprint(table: dict[str, Any]) -> str:
    """Return the SHA-256 of what a definition says; its comments and blanks may still be edited."""
    said = json.dumps(table, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _definition(table: dict[str, Any], sha256: str) -> Definition:
    _known(
        table,
        "id version title sheet columns print fields lines checks head left right",
        "form.toml",
    )
    return Definition(
        id=table["id"],
        version=table["version"],
        title=table["title"],
        sheet=table["sheet"],
        sha256=sha256,
        columns=table["columns"],
        printed=(table["print"]["first"], table["print"]["last"]),
        fields={key: _field(key, row) for key, row in table["fields"].items()},
        lines=_lines(table["lines"]),
        checks=_panel(table["checks"]),
        head=tuple(_row(row) for row in table["head"]),
        left=_half(table["left"]),
        right=_half(table["right"]),
    )


def _field(key: str, table: dict[str, Any]) -> Field:
    _known(
        table,
        "number label kind list by max required carried hint about relation of columns printed",
        key,
    )
    computed = "relation" in table
    if computed == ("by" in table):
        raise DefinitionError(f"{key}: either by or relation")
    return Field(
        key=key,
        label=table["label"],
        kind=_member(FieldKind, table["kind"], key),
        by=FilledBy.FORMULA if computed else _member(FilledBy, table["by"], key),
        number=table.get("number"),
        choices=table.get("list"),
        max_length=table.get("max"),
        required=table.get("required", False),
        carried=table.get("carried", False),
        hint=table.get("hint", ""),
        about=table.get("about", ""),
        relation=_relation(key, table) if computed else None,
        heading=table.get("printed"),
    )


def _relation(key: str, table: dict[str, Any]) -> FieldRelation:
    if table["relation"] not in ("sum", "difference", "bracket"):
        raise DefinitionError(f"{key}: relation {table['relation']}")
    return FieldRelation(table["relation"], tuple(table["of"]))


def _lines(table: dict[str, Any]) -> Lines:
    _known(table, "number label subtotal arrow columns groups", "lines")
    return Lines(
        number=table["number"],
        label=table["label"],
        subtotal=table["subtotal"],
        arrow=table["arrow"],
        columns=tuple(
            LineColumn(row["columns"], _field(key, row)) for key, row in table["columns"].items()
        ),
        groups=tuple(_group(row) for row in table["groups"]),
    )


def _group(table: dict[str, Any]) -> GroupDefinition:
    _known(table, "part rows optional hint", "lines.groups")
    return GroupDefinition(
        table["part"], table["rows"], table.get("optional", False), table.get("hint", "")
    )


def _panel(table: dict[str, Any]) -> Panel:
    _known(table, "columns heading counters items", "checks")
    for item in table["items"]:
        _known(item, "kind label weight advice", "checks.items")
    return Panel(
        tuple(table["columns"]),
        tuple(table["heading"]),
        table["counters"],
        tuple(CheckDefinition(**item) for item in table["items"]),
    )


def _row(table: dict[str, Any]) -> RowDefinition:
    _known(table, "cells role printed", "row")
    role = _member(Role, table.get("role", "label"), "row")
    return RowDefinition(
        tuple(_placed(cell, role) for cell in table["cells"]), role, table.get("printed", True)
    )


def _placed(table: dict[str, Any], role: Role) -> Placed:
    _known(table, "columns label field display down role", "cells")
    return Placed(
        columns=table["columns"],
        label=table.get("label"),
        field=table.get("field"),
        display=table.get("display"),
        down=table.get("down", 1),
        role=_member(Role, table["role"], "cells") if "role" in table else role,
    )


def _half(table: dict[str, Any]) -> Half:
    _known(table, "caption columns blocks rows", "left, right")
    blocks = tuple(Block(row["field"], row.get("share") or row["rows"]) for row in table["blocks"])
    rows = tuple(_row(row) for row in table.get("rows", ()))
    return Half(table["caption"], table["columns"], blocks, rows)


def _known(table: Iterable[str], allowed: str, where: str) -> None:
    unknown = set(table) - set(allowed.split())
    if unknown:
        raise DefinitionError(f"{where}: unknown {', '.join(sorted(unknown))}")


def _member(enum: type[E], value: str, where: str) -> E:
    try:
        return enum(value)
    except ValueError:
        raise DefinitionError(f"{where}: {value} is not a {enum.__name__}") from None
