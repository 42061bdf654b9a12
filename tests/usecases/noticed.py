"""A year whose first stage is closed and whose 内示 are out, for tests to work in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.excel.reading.edit import Editor
from tests.lazy_book import lazy_book
from tests.usecases.year import make_year
from yosan_xl.model.decision import Spot, Value
from yosan_xl.model.history import EntryRecord, Origin
from yosan_xl.model.request import VERDICT
from yosan_xl.usecases.counted import count
from yosan_xl.usecases.decisions.entries import keep_entries
from yosan_xl.usecases.year import form_of

STAGES = """
[[stages]]
name = "財政課"
notice = true

[[stages]]
name = "復活"
restoration = true

[[stages]]
name = "区長"
"""
BOOK = "0103_税務課.xlsx"
TOTAL, NATIONAL, REASON = "復活要求額", "国庫支出金", "復活要求の理由"
HEADING = 5


def year_of(
    folder: Path, stages: str = STAGES, documents: list[dict[str, Any]] | None = None
) -> Path:
    """Give a year folder whose requests lie in 提出 as JSON."""
    year = make_year(folder, documents)
    if documents is None:
        documents = json.loads((year / "requests.json").read_text(encoding="utf-8"))
    text = json.dumps([{**row, "no": None} for row in documents], ensure_ascii=False)
    (year / "提出" / "requests.json").write_text(text, encoding="utf-8")
    settings = year / "yosan.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + stages, encoding="utf-8")
    return year


def decide(year: Path, amounts: Mapping[str, int | str], **reasons: str) -> None:
    """Let amounts or 査定区分 (by request) and reasons (by `n0103_2`) have been typed at the stage that is open."""
    counted = count((), year)
    assert counted.decided.open_stage is not None
    stage, history = counted.decided.open_stage.name, counted.decided.history
    typed: dict[Spot, Value] = {
        Spot(one, VERDICT if isinstance(own, str) else "decided/total"): own
        for one, own in amounts.items()
    }
    typed |= {Spot(one[1:].replace("_", "-"), "reason"): text for one, text in reasons.items()}
    for spot, value in typed.items():
        basis = counted.decided.bases[spot.request]
        bases = history.bases if basis in history.bases else (*history.bases, basis)
        origin = Origin("集計.xlsx", "", 0)
        on = counted.decided.stage_bases.get(spot.request)
        at = bases.index(basis)
        record = EntryRecord(stage, spot, value, origin, basis=at, stage_basis=on)
        records = (*history.records, record)
        history = replace(history, records=records, bases=bases)
    taken = replace(counted.taken, history=history)
    keep_entries(counted.year, taken, form_of(counted.year))


def close_stage(year: Path, name: str) -> None:
    """Close a stage, whatever is open in it."""
    counted = count((), year)
    taken = replace(counted.taken, history=counted.decided.closing(name))
    keep_entries(counted.year, taken, form_of(counted.year))


def cell_of(sheet: Any, request: str, heading: str) -> Any:
    """Give a cell of 復活要求 by its request and heading."""
    columns = {str(cell.value): cell.column for cell in sheet[HEADING] if cell.value}
    rows = {sheet.cell(row, 1).value: row for row in range(HEADING + 1, sheet.max_row + 1)}
    return sheet.cell(rows[request], columns[heading])


def hand_in(
    year: Path, typed: Mapping[tuple[str, str], object], name: str = BOOK, source: str = BOOK
) -> Path:
    """Type into 復活要求 of a copy of a 内示 book, as a department does, and put it into 復活."""
    data = (year / "内示" / source).read_bytes()
    sheet, editor = lazy_book(data)["復活要求"], Editor(data)
    for (request, heading), value in typed.items():
        editor.put(sheet.title, cell_of(sheet, request, heading).coordinate, value)
    target = year / "復活" / name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(editor.data())
    return target
