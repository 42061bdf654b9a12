"""A SQLite database of plain tables, as bytes: integers, texts, no WAL, nothing that only one program understands."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

INTEGER, TEXT = "INTEGER", "TEXT"

Cell = str | int | None


class DatabaseColumn(NamedTuple):
    """A column: its name, INTEGER or TEXT, and what it means."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class DatabaseTable:
    """A table with its rows; `keys` are the columns that tell its rows apart."""

    name: str
    about: str
    columns: tuple[DatabaseColumn, ...]
    rows: Sequence[Sequence[Cell]]
    keys: tuple[str, ...] = ()


def database_bytes(tables: Sequence[DatabaseTable]) -> bytes:
    """Return a database with these tables, made anew."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for table in tables:
            connection.execute(_create(table))
            marks = ", ".join("?" for _ in table.columns)
            connection.executemany(f"INSERT INTO {_name(table.name)} VALUES ({marks})", table.rows)
        connection.commit()
        return connection.serialize()


def _create(table: DatabaseTable) -> str:
    columns = [f"{_name(one.name)} {one.kind}" for one in table.columns]
    keys = ", ".join(map(_name, table.keys))
    return f"CREATE TABLE {_name(table.name)} ({', '.join([*columns, *([f'PRIMARY KEY ({keys})'] if keys else [])])})"


def _name(word: str) -> str:
    return f'"{word.replace(chr(34), chr(34) * 2)}"'
