"""templates/<id>/form.toml → the definition it says.

The vocabulary is closed: an unknown key, kind, relation or role is refused, so that looks, conditions
and expressions cannot creep in.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from yosan_xl.form.definition import (
    Block,
    By,
    CheckDefinition,
    Definition,
    DefinitionError,
    Field,
    GroupDefinition,
    Half,
    Kind,
    LineColumn,
    Lines,
    Panel,
    Placed,
    Relation,
    Role,
    RowDefinition,
)
from yosan_xl.resources import template_folder

E = TypeVar("E", bound=Enum)


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
    """Return the definition in the bytes of a file called `name`; raise DefinitionError, ValueError."""
    table = tomllib.loads(data.decode("utf-8").replace("\r\n", "\n"))
    try:
        return _definition(table, _fingerprint(table))
    except KeyError as missing:
        raise DefinitionError(f"{name}: {missing} is missing") from None


def _fingerprint(table: dict[str, Any]) -> str:
    """Give the SHA-256 of what a definition says; its comments and blanks may still be edited."""
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
        kind=_member(Kind, table["kind"], key),
        by=By.FORMULA if computed else _member(By, table["by"], key),
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


def _relation(key: str, table: dict[str, Any]) -> Relation:
    if table["relation"] not in ("sum", "difference", "bracket"):
        raise DefinitionError(f"{key}: relation {table['relation']}")
    return Relation(table["relation"], tuple(table["of"]))


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
        table["columns"],
        table.get("label"),
        table.get("field"),
        table.get("display"),
        table.get("down", 1),
        _member(Role, table["role"], "cells") if "role" in table else role,
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
