"""索引.sqlite: all years in tables, made from the archive's files and never the only copy of anything.

It is built in memory and written as one closed file: no WAL, no journal, no live database on a
share. docs/archive.md describes the tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

VERSION = 1
"""Stands in `PRAGMA user_version`; an index of another version is made anew."""

Rows = Mapping[str, Sequence[tuple[str | int | None, ...]]]
"""The rows of each table, in the order of its columns."""

TABLES = {
    "stages": """
        stage_id INTEGER PRIMARY KEY,  -- the order of adding
        fiscal_year INTEGER NOT NULL,  -- 西暦
        year TEXT NOT NULL,            -- R2
        stage TEXT NOT NULL,           -- 要求
        municipality TEXT NOT NULL,
        form TEXT NOT NULL,
        form_version INTEGER NOT NULL,
        program TEXT NOT NULL,
        folder TEXT NOT NULL,          -- below the archive
        manifest_sha256 TEXT NOT NULL,
        UNIQUE (fiscal_year, stage)
    """,
    "departments": """
        stage_id INTEGER NOT NULL REFERENCES stages,
        position INTEGER NOT NULL,     -- the order of 組織.csv, from 1
        code TEXT NOT NULL,
        bureau TEXT NOT NULL,
        section TEXT NOT NULL,
        PRIMARY KEY (stage_id, position)
    """,
    "requests": """
        request_key INTEGER PRIMARY KEY,
        stage_id INTEGER NOT NULL REFERENCES stages,
        id TEXT,
        no INTEGER,
        department_code TEXT,
        bureau TEXT,
        section TEXT,
        account TEXT,
        kan TEXT,
        title TEXT,
        category TEXT,
        requested INTEGER,             -- 千円, as all amounts
        earmarked INTEGER,
        budgeted INTEGER,
        budgeted_earmarked INTEGER,
        left_out TEXT,                 -- why it is not in the totals, NULL where it is
        file TEXT NOT NULL,
        sheet TEXT
    """,
    "lines": """
        request_key INTEGER NOT NULL REFERENCES requests,
        position INTEGER NOT NULL,     -- from 1
        part TEXT,
        label TEXT,
        requested INTEGER,
        earmarked INTEGER,
        budgeted INTEGER,
        budgeted_earmarked INTEGER,
        PRIMARY KEY (request_key, position)
    """,
    "funding": """
        request_key INTEGER NOT NULL REFERENCES requests,
        source TEXT NOT NULL,          -- national, metropolitan, bonds, other, general
        name TEXT,
        amount INTEGER,
        budgeted INTEGER,
        PRIMARY KEY (request_key, source)
    """,
    "texts": """
        request_key INTEGER NOT NULL REFERENCES requests,
        field TEXT NOT NULL,           -- description, background, ...
        text TEXT NOT NULL,
        PRIMARY KEY (request_key, field)
    """,
}

VIEWS = {
    "要求一覧": """
        SELECT s.year AS 年度, s.stage AS 段階, r.no AS NO,
               trim(coalesce(r.bureau, '') || ' ' || coalesce(r.section, '')) AS 所管課,
               r.account AS 会計, r.kan AS 款, r.title AS 事業名, r.category AS 要求区分,
               r.requested AS 要求額_千円, r.earmarked AS うち特財_千円, r.budgeted AS 予算額_千円,
               r.left_out AS 未算入の理由
        FROM requests AS r JOIN stages AS s USING (stage_id)
        ORDER BY s.fiscal_year, s.stage_id, r.request_key
    """,
}


def index_bytes(rows: Rows) -> bytes:
    """Give the database as the bytes of a file; the same rows give the same bytes."""
    with connection(":memory:") as db:
        db.execute(f"PRAGMA user_version = {VERSION}")
        for name, columns in TABLES.items():
            db.execute(f"CREATE TABLE {name} ({columns})")
        for name, query in VIEWS.items():
            db.execute(f"CREATE VIEW {name} AS {query}")
        for name, values in rows.items():
            if values:
                places = ", ".join("?" * len(values[0]))
                db.executemany(f"INSERT INTO {name} VALUES ({places})", values)
        db.commit()
        return db.serialize()


def indexed(path: Path) -> list[tuple[str, str]] | None:
    """Give folder and manifest (SHA-256) of every stage an index knows, in the order of adding.

    None where there is no index, or one that this program did not make.
    """
    if not path.is_file():
        return None
    try:
        # immutable: nothing is written beside a file on a share, not even a lock.
        with connection(_read_only(path.absolute().as_posix())) as db:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            query = "SELECT folder, manifest_sha256 FROM stages ORDER BY stage_id"
            found = [(str(folder), str(sha256)) for folder, sha256 in db.execute(query)]
    except sqlite3.Error:
        return None
    return found if version == VERSION else None


def _read_only(path: str) -> str:
    """Give the URI of a database; SQLite has a share as `file:////server/share`."""
    return (
        f"file://{'' if path.startswith('/') else '/'}{quote(path, safe='/:')}?mode=ro&immutable=1"
    )


@contextmanager
def connection(database: str) -> Iterator[sqlite3.Connection]:
    """Open a database, commit what was done, and close it, whatever happens."""
    db = sqlite3.connect(database, uri=database.startswith("file:"))
    try:
        with db:
            yield db
    finally:
        db.close()
