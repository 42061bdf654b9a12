"""A whole year of commands and typed books alone: three stages, 内示, 復活, NO, two editions, archive, and the next year.

Where a person types, LibreOffice types.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.decisions.books import (
    AMOUNT,
    LIST,
    RATIONALE,
    REASON,
    VERDICT,
    Place,
    cell_at,
    columns,
    load,
    rows,
)
from tests.decisions.command import yosan
from tests.decisions.outputs import in_csv, in_documents
from tests.forms.years import documents_of, form_text
from tests.forms.years import make_year as make_year_of
from tests.office.office import Office
from tests.usecases.year import EXAMPLE, faultless_documents

pytestmark = pytest.mark.slow

STAGES = """
[[stages]]
name = "財政課"
{first}
[[stages]]
name = "区長"
{second}notice = true
edition = "要求状況"

[[stages]]
name = "復活"
restoration = true
edition = "決定状況"
"""
ASKED = 383_511
CUT = {"0103-1": (28_000, "仕様を見直す。"), "0602-1": (4_000, "回数を見直す。")}
"""What the mayor cuts (千円), and why."""
BACK, GIVEN = 1_500, 1_000
"""What 税務課 asks for again of 0103-1, and what it gets."""


class Desk:
    """A person at a spreadsheet program."""

    def __init__(self, office: Office) -> None:
        """Sit down."""
        self.office = office

    def type(self, path: Path, entries: Mapping[tuple[str, str], int | str]) -> None:
        """Open a book, type by sheet and cell, and save it."""
        book = self.office.open(path)
        try:
            for (sheet, cell), value in entries.items():
                self.office.enter(book, sheet, [(cell, value)])
            self.office.save_as(book, path)
        finally:
            self.office.close(book)

    def decide(self, summary: Path, entries: Mapping[Place, int | str]) -> None:
        """Type into the cells of the open stage."""
        book = load(summary)
        cells = {place: cell_at(book, place) for place in entries}
        missing = [place for place, cell in cells.items() if cell is None]
        assert not missing, (missing, list(columns(book[LIST])))
        self.type(
            summary,
            {
                (cell.parent.title, cell.coordinate): entries[place]
                for place, cell in cells.items()
                if cell is not None
            },
        )


def ids_of(summary: Path) -> list[str]:
    """Return the requests of a summary in the order of the list."""
    return [request for _, request, _ in rows(load(summary)[LIST])]


def test_whole_year__of_a_ward_from_request_to_paper(office: Office, tmp_path: Path) -> None:
    desk = Desk(office)
    year, summary = _ward(tmp_path)
    _to_first_edition(year)
    # 財政課: all as asked, but two that are cut.
    ids = ids_of(summary)
    assert len(ids) == 9
    desk.decide(summary, {Place(i, VERDICT): "要求どおり" for i in ids if i not in CUT})
    said = yosan(year, "stage", "close", "財政課", ends=(1, 2))
    assert said.code == 2 or "未定" in said.text
    cuts = {Place(i, AMOUNT): amount for i, (amount, _) in CUT.items()}
    reasons = {Place(i, REASON): CUT[i][1] if i in CUT else "必要と認める。" for i in ids}
    desk.decide(summary, {**cuts, **reasons})
    yosan(year, "consolidate")
    yosan(year, "stage", "close", "財政課", ends=(0,))
    assert (tmp_path / "保存庫" / "R2" / "財政課" / "manifest.json").exists()
    # 区長: as the stage before, which departments are told.
    yosan(year, "consolidate")
    verdicts = {Place(i, VERDICT): "前の段階どおり" for i in ids}
    desk.decide(summary, {**verdicts, **{Place(i, REASON): "財政課のとおりとする。" for i in ids}})
    yosan(year, "stage", "close", "区長", ends=(0,))
    yosan(year, "notice")
    notices = {path.name[:4]: path for path in (year / "内示").glob("*.xlsx")}
    assert set(notices) == {one[:4] for one in ids}
    # 復活: one department asks again; its request stays as it was.
    _ask_again(desk, notices["0103"], year / "復活")
    said = yosan(year, "status")
    assert "税務課" in said.text
    yosan(year, "consolidate")
    assert asked_in(summary) == ASKED
    desk.decide(
        summary,
        {
            Place("0103-1", AMOUNT): CUT["0103-1"][0] + GIVEN,
            Place("0103-1", REASON): "一部を認める。",
            **{Place(i, RATIONALE): f"{i}を計上する。〔14〕" for i in ids},
        },
    )
    yosan(year, "consolidate")
    yosan(year, "stage", "close", "復活", ends=(0,))
    final = ASKED - (30_765 - 29_000) - (4_192 - 4_000)
    # The second edition: what is decided and why, all else word for word the first.
    yosan(year, "publish", "決定状況")
    one, two = editions(year)
    assert in_documents(one).keys() == in_documents(two).keys() == set(ids)
    assert all(found.total is None for found in in_documents(one).values())
    assert sum(found.total or 0 for found in in_documents(two).values()) == final
    # What is decided as it was asked for is so in every line, though two stages only followed the first.
    whole = [lines_of(one) for one in two if one["id"] not in CUT]
    assert [decided for _, decided in whole] == [asked for asked, _ in whole]
    assert [said_by_department(d) for d in one] == [said_by_department(d) for d in two]
    yosan(year, "export", "--public")
    public = in_csv(year / "集計" / "R2_公表_一覧.csv")
    assert sum(found.total or 0 for found in public.values()) == final
    yosan(year, "page", "--public")
    page = (year / "集計" / "R2_公表.html").read_text(encoding="utf-8")
    assert f"{final:,}" in page
    # The archive, and the next year.
    yosan(year, "archive", "add", "--stage", "決定")
    yosan(year, "archive", "verify")
    shown = yosan(year, "archive", "show", "R2", "--request", "56").text
    assert [word for word in ("30,765", "28,000", "29,000") if word not in shown] == []
    yosan(tmp_path, "init", "R3", "--year", "R3", "--from", "R2")
    kept = (tmp_path / "R3" / "保存" / "前年度.json").read_text(encoding="utf-8")
    assert "29000" in kept


def _ward(root: Path) -> tuple[Path, Path]:
    year = root / "R2"
    yosan(root, "init", "R2", "--year", "R2", "--form", "minato-r2", "--municipality", "港区")
    for name in ("yosan.toml", "組織.csv"):
        shutil.copyfile(EXAMPLE / name, year / name)
    with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
        settings.write(STAGES.format(first="", second=""))
    # NO are the program's to give.
    documents = [one | {"no": None} for one in faultless_documents()]
    text = json.dumps(documents, ensure_ascii=False)
    (year / "requests.json").write_text(text, encoding="utf-8")
    yosan(year, "generate", "--department", "税務課")
    yosan(year, "fill", "requests.json", "--output", "提出")
    return year, year / "集計" / "R2_集計.xlsx"


def _to_first_edition(year: Path) -> None:
    yosan(year, "validate")
    assert states_of_numbers(year) == {"仮"}
    yosan(year, "number")
    assert states_of_numbers(year) == {"確定"}
    yosan(year, "consolidate")
    yosan(year, "publish", "要求状況")


def states_of_numbers(year: Path) -> set[str]:
    """Return what the data say of NO."""
    yosan(year, "export")
    with (year / "集計" / "R2_一覧.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["NOの状態"] for row in csv.DictReader(file)}


def _ask_again(desk: Desk, notice: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    handed_in = folder / notice.name
    shutil.copyfile(notice, handed_in)
    book = load(handed_in)
    sheet = next(book[name] for name in book.sheetnames if "復活" in name)
    at = next(r for r in range(1, 15) if any(c.value == "復活要求額" for c in sheet[r]))
    names = {str(cell.value): cell.column for cell in sheet[at] if cell.value}
    row = next(
        r
        for r in range(at + 1, sheet.max_row + 1)
        if sheet.cell(r, names["要求書ID"]).value == "0103-1"
    )
    wanted: dict[str, int | str] = {
        next(name for name in names if "復活要求額" in name): BACK,
        next(name for name in names if "理由" in name): "契約の時期が変わったため。",
    }
    cells = {name: sheet.cell(row, names[name]).coordinate for name in wanted}
    desk.type(handed_in, {(sheet.title, cells[name]): value for name, value in wanted.items()})


def asked_in(summary: Path) -> int:
    """Return what all requests of a summary ask for."""
    sheet = load(summary, values=True)[LIST]
    column = columns(sheet)["要求額"]
    return sum(sheet.cell(row, column).value for row, _, _ in rows(sheet))


def editions(year: Path) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the requests of both publications."""
    found = []
    for name in ("1_要求状況", "2_決定状況"):
        data = json.loads((year / "公表" / name / "要求書.json").read_text(encoding="utf-8"))
        found.append(data["requests"] if isinstance(data, dict) else data)
    return found[0], found[1]


def lines_of(document: Mapping[str, Any]) -> tuple[list[object], list[object]]:
    """Return what the lines and 小計 of a document ask for, and what is decided of them."""
    rows = [*document["lines"], *document["subtotals"]]
    asked = [one for row in rows for one in (row["requested"], row["earmarked"])]
    return asked, [one for row in rows for one in (row["budgeted"], row["budgeted_earmarked"])]


def said_by_department(document: dict[str, object]) -> Mapping[str, object]:
    """Return what a department wrote in a document."""
    texts = {key: value for key, value in document.items() if isinstance(value, str | None)}
    return {key: value for key, value in texts.items() if key != "budget_rationale"}


def test_whole_year__of_a_prefecture_whose_page_shows_the_stages(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its paper is looked at in test_printed_book.py: here no PDF is made."""
    monkeypatch.setattr("yosan_xl.excel.pdf.find_office", lambda: None)
    desk = Desk(office)
    documents = documents_of("prefecture")
    for one in documents:
        for stage in ("notice", "adjustment", "assessment"):
            one["amounts"][stage] = dict.fromkeys(one["amounts"][stage])
    year = make_year_of(tmp_path / "R9", form_text("prefecture"), documents)
    with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
        settings.write(STAGES.format(first="", second='column = "内示"\n').replace("区長", "知事"))
    summary = year / "集計" / "R9_集計.xlsx"
    yosan(year, "generate")
    yosan(year, "fill", "requests.json", "--output", "提出")
    yosan(year, "consolidate")
    yosan(year, "number")
    yosan(year, "publish", "要求状況")
    for stage, verdict in (("財政課", "要求どおり"), ("知事", "前の段階どおり")):
        yosan(year, "consolidate")
        ids = ids_of(summary)
        verdicts = {Place(i, VERDICT): verdict for i in ids}
        desk.decide(summary, {**verdicts, **{Place(i, REASON): f"{stage}の理由。" for i in ids}})
        yosan(year, "stage", "close", stage, ends=(0,))
    yosan(year, "notice")
    yosan(year, "consolidate")
    rationales = {Place(i, "査定理由"): "計上する。" for i in ids_of(summary)}
    unchanged = {Place(i, REASON): "変更なし。" for i in ids_of(summary)}
    desk.decide(summary, {**rationales, **unchanged})
    yosan(year, "stage", "close", "復活", ends=(0,))
    yosan(year, "publish", "決定状況")
    yosan(year, "page")
    page = (year / "集計" / "R9_集計.html").read_text(encoding="utf-8")
    assert [word for word in ("財政課", "内示", "査定") if word not in page] == []
    asked = sum(one["amounts"]["asked"]["total"] for one in documents)
    assert page.count(f"{asked:,}") >= 3
    yosan(year, "archive", "add", "--stage", "決定")
    yosan(tmp_path, "init", "R10", "--year", "R10", "--from", "R9")
