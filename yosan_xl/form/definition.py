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
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from yosan_xl.model.axes import TOTAL, Axes
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
    """Who fills a field; PRIOR is filled from last year when a book is handed out."""

    DEPARTMENT = "department"
    FINANCE = "finance"
    PRIOR = "prior"
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


class FieldRelation(NamedTuple):
    """How a computed field comes about: `sum`, `difference`, `change` or `bracket` of other fields.

    `of` are pointers; one with `/*/` stands for that column of a list in all its rows. A `difference` is
    empty while its first operand is, a `change` while all of them are.
    """

    kind: str
    of: tuple[str, ...]


class Field(NamedTuple):
    """One field: its JSON pointer (a bare word for a display or a column of a list), its label and its limits.

    `picture` is what a code looks like, 9 for a digit and A for a letter; `decimals` of a number; `under` the
    pointer of the field on whose choice its own choices depend.
    """

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
    meaning: str | None = None
    private: bool = False
    picture: str | None = None
    decimals: int = 0
    under: str | None = None

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
    """A field with its caption beside it (none where `caption` is empty): `rows` rows, or a `share` of the band's height."""

    field: str
    caption: str
    columns: str
    rows: int = 0
    share: int = 0


class ListPlace(NamedTuple):
    """A whole list, at the columns that it says itself."""

    key: str


class Stack(NamedTuple):
    """Things under one another."""

    items: tuple[RowDefinition | Block | ListPlace, ...]


class Band(NamedTuple):
    """Stacks side by side that share a height. Bands stand under one another."""

    stacks: tuple[Stack, ...]


class ListColumn(NamedTuple):
    """A column of a list, the span of columns it takes, and the stage and source that it adds up to."""

    columns: str
    field: Field
    stage: str | None = None
    source: str = TOTAL
    not_more: str | None = None


class GroupDefinition(NamedTuple):
    """A group of rows (a name of "" has no 小計); an `optional` one may go without its name."""

    name: str
    rows: int
    optional: bool = False
    hint: str = ""


class ListDefinition(NamedTuple):
    """A list of rows: its columns and groups, and where a document has its rows and 小計.

    `group` is the key of a row's group in the document; `group_columns` and `subtotal_columns` say where the name
    of a group and the word 小計 stand (both in one cell where the second is empty), `arrow_columns` where
    `arrow` stands in every row.
    """

    key: str
    pointer: str
    label: str
    columns: tuple[ListColumn, ...]
    groups: tuple[GroupDefinition, ...]
    subtotals: str | None = None
    number: int | None = None
    group: str = "group"
    subtotal: str = "小計"
    group_columns: str = ""
    subtotal_columns: str = ""
    arrow_columns: str = ""
    arrow: str = ""
    row_name: str = "yx_{key}{group}_{column}"
    subtotal_name: str = "yx_{key}_subtotal{group}_{column}"


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


class ToldRelation(NamedTuple):
    """A relation of cells that a form demands in its own words.

    `kind` is equals, not_more, sum or difference; `cell` and `of` are pointers, one with `/*/` stands for the sum of that column.
    """

    kind: str
    cell: str
    of: tuple[str, ...]
    weight: str
    say: str


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A whole form definition, and the SHA-256 of what it says. `order` are the pointers of a request document in order.

    It is the same value for both vocabularies: form/first_vocabulary.py and form/language.py make it.
    """

    id: str
    version: int
    title: str
    sheet: str
    sha256: str
    columns: Mapping[str, float]
    printed: tuple[str, str]
    fields: Mapping[str, Field]
    lists: tuple[ListDefinition, ...]
    checks: Panel
    bands: tuple[Band, ...]
    order: tuple[str, ...]
    axes: Axes
    object_labels: Mapping[str, str]
    object_notes: Mapping[str, str]
    vocabulary: int = 1
    paper: str = "A4横"
    about: str = ""
    choices: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    told: tuple[ToldRelation, ...] = ()

    def object_label(self, pointer: str) -> str:
        """Return what an object of several fields is called, `財源内訳` for `/funding`; the last step of the pointer where nothing is said."""
        return self.object_labels.get(pointer, pointer.rpartition("/")[2])


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
