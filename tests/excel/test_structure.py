"""What a workbook is made of: shapes of cells and formulas, and of what is no book the code of its refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from yosan_xl.excel.ooxml.book import Cell, CellKind
from yosan_xl.excel.structure import book_structure, cell_shape, formula_shape, sheet_word, zipped

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("formula", "shape"),
    [
        ("SUM(K6:K13)", "SUM(K6:K13)"),
        ('IF($A$1="極秘",12345,yx_total)', "IF($A$1=［文字4字］,［数5字］,yx_total)"),
        ("'秘密のシート'!A1", "［名前8字］!A1"),
        ("秘密!A1*1.5", "［名前2字］!A1*［数3字］"),
        ("[1]課!B2", "［記号1字］［数1字］［記号1字］［名前1字］!B2"),
        ("ABC1234567890", "［名前13字］"),
        ("Secret+R1C1", "［名前6字］+［名前4字］"),
        ('{"a","b";1,2}', "{［文字3字］,［文字3字］;［数1字］,［数1字］}"),
        ('"a""極秘"', "［文字7字］"),
        ('"極秘', "［記号1字］［名前2字］"),
        ("IF(A1,TRUE,12%)", "IF(A1,TRUE,［数2字］%)"),
    ],
)
def test_formula_shape__keeps_functions_and_references_alone(formula: str, shape: str) -> None:
    assert formula_shape(formula) == shape


@pytest.mark.parametrize(
    ("cell", "shape"),
    [
        (Cell(CellKind.TEXT, "極秘", None, 0), "文字（2字）"),
        (Cell(CellKind.NUMBER, "98765", None, 0), "数（5字）"),
        (Cell(CellKind.NUMBER, "98765", "A1*98765", 0), "=A1*［数5字］ → 数（5字）"),
        (Cell(CellKind.ERROR, "#N/A", "A1", 0), "=A1 → error"),
        (Cell(CellKind.EMPTY, "", "A1", 0), "=A1 → 空"),
        (Cell(CellKind.EMPTY, "", None, 0), ""),
    ],
)
def test_cell_shape__says_kind_and_length(cell: Cell, shape: str) -> None:
    assert cell_shape(cell) == shape


def test_sheet_word__is_the_name_of_a_sheet_of_ours_alone() -> None:
    assert [sheet_word(name) for name in ("要求書12", "一覧", "_yosan")] == [
        "要求書12",
        "一覧",
        "_yosan",
    ]
    assert sheet_word("要求書1 (2)") == "ほかのシート（8字）"
    assert sheet_word("保護費", 3) == "ほかのシート3（3字）"


def test_structure__has_the_sheets_names_and_cells_of_a_book() -> None:
    path = next(iter(sorted((ROOT / "examples/R2/提出").glob("*.xlsx"))))
    found = book_structure(path.read_bytes())
    assert [one["名前"] for one in found["シート"]][:3] == ["はじめに", "一覧", "要求書1"]
    (title,) = (one for one in found["名前"] if one.startswith("要求書1: yx_title = 要求書1!"))
    own = found["シート"][2]
    assert own["保護"] is True
    assert own["セル"][title.rpartition("!")[2].partition(":")[0]].endswith("、入力できる")


def test_structure__of_what_is_no_book_is_the_code_of_its_refusal() -> None:
    assert book_structure("極秘".encode()) == {"読めない理由": "YX008"}
    assert book_structure(b"") == {"読めない理由": "YX001"}


def test_zipped__is_the_same_again() -> None:
    assert zipped({"内容.txt": "a\n", "b.json": "{}"}) == zipped(
        {"内容.txt": "a\n", "b.json": "{}"}
    )
