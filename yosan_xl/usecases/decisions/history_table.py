"""査定履歴.csv: every record of 査定.json as a row, for whoever looks at it in Excel; it is made from 査定.json, never read."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping

from yosan_xl.form.definition import Definition
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.history import DecisionHistory, EntryRecord
from yosan_xl.model.settings import Settings
from yosan_xl.report.table import csv_text
from yosan_xl.store.faults import PathError
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import (
    ANYTHING,
    Output,
    WriteFailed,
    refuse_over,
    write_bytes,
    write_new_bytes,
)
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.decisions import codes
from yosan_xl.usecases.decisions.entry_words import entry_label

_TABLE = Output(place=FilePlace.DECISION_TABLE)

_HEADINGS = (
    *("番号", "段階", "NO", "要求書ID", "事業名", "明細の行", "明細", "欄", "前", "後"),
    *(
        "引き継げないわけ",
        "消した記入の番号",
        "ブック",
        "シート",
        "セル",
        "保存した人",
        "保存した日時",
    ),
)


def write_history_table(
    year: YearFolder,
    history: DecisionHistory,
    form: Definition,
    numbers: Mapping[str, int | None],
) -> tuple[Finding, ...]:
    """Write it with the NO of requests; that it cannot be (open in Excel) is told, and that the one there had more."""
    rows = list(_table_rows(history, form, year.settings, numbers))
    path = FilePlace.DECISION_TABLE.below(year.root)
    if not rows and not path.exists():
        return ()
    data = csv_text(_HEADINGS, rows).encode("utf-8-sig")
    try:
        before = snapshot(path).data if path.exists() else None
        told = _kept_aside(year, before, len(rows)) if before else ()
        if before != data:
            write_bytes(path, data, _TABLE)
    except (WriteFailed, PathError) as error:
        return (codes.TABLE_NOT_WRITTEN.at(Place(path.name), why=error.findings[0].fact),)
    return told


def _kept_aside(year: YearFolder, data: bytes, rows: int) -> tuple[Finding, ...]:
    """Keep a 査定履歴.csv that has more than there is now: 査定.json was lost, or is an older one."""
    text = io.StringIO(data.decode("utf-8-sig", "replace"), newline="")
    there = sum(1 for _ in csv.reader(text)) - 1
    if there <= rows:
        return ()
    name = f"査定履歴_{hashlib.sha256(data).hexdigest()[:8]}.csv"
    kept = year.at(FilePlace.SUMMARY_COPY, name=name)
    if not kept.exists():
        refuse_over(kept, ANYTHING)
        write_new_bytes(kept, data)
    return (
        codes.HISTORY_LOST.at(
            Place(FilePlace.DECISIONS.file_name),
            there=there,
            now=rows,
            kept=f"{kept.parent.name}/{kept.name}",
        ),
    )


def _table_rows(
    history: DecisionHistory,
    form: Definition,
    settings: Settings,
    numbers: Mapping[str, int | None],
) -> Iterator[tuple[str | int | None, ...]]:
    for number, one in enumerate(history.records, 1):
        basis = history.bases[one.basis] if one.basis is not None else None
        line, origin = one.spot.line, one.origin
        yield (
            number,
            one.stage,
            numbers.get(_request_now(history, one)),
            one.spot.request,
            basis.title if basis else "",
            line.position if line else None,
            line.label if line else None,
            entry_label(form, one.spot, settings, one.stage),
            one.before,
            one.raw if one.value is None else one.value,
            one.why,
            None if one.dismisses is None else one.dismisses + 1,
            *(origin.book, origin.sheet, origin.cell, origin.saved_by, origin.saved_at),
        )


def _request_now(history: DecisionHistory, record: EntryRecord) -> str:
    """Return the id of the request that the project of an entry was seen on last."""
    if record.basis is None:
        return record.spot.request
    return history.bases[history.latest(record.basis)].request
