from __future__ import annotations

from decimal import Decimal

import pytest

from tests.excel.ooxml.parts import parts, read, refused, rows, style_sheet, texts
from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import Cell, CellKind
from yosan_xl.form.area import Area


def one(cell: str) -> Cell:
    return rows(f'<row r="1">{cell}</row>').cell(0, 0)


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        ("<c><v>1234</v></c>", Cell(CellKind.NUMBER, "1234", None, 0)),
        ('<c t="n"><v> -1.50E+3 </v></c>', Cell(CellKind.NUMBER, "-1.50E+3", None, 0)),
        ('<c t="s"><v>0</v></c>', Cell(CellKind.TEXT, "総務費", None, 0)),
        ('<c t="str"><f>A2&amp;"x"</f><v>x</v></c>', Cell(CellKind.TEXT, "x", 'A2&"x"', 0)),
        ('<c t="str"><v></v></c>', Cell(CellKind.TEXT, "", None, 0)),
        ('<c t="inlineStr"><is><t>民生費</t></is></c>', Cell(CellKind.TEXT, "民生費", None, 0)),
        ('<c t="inlineStr"><v>1</v><is><t>款</t></is></c>', Cell(CellKind.TEXT, "款", None, 0)),
        ('<c t="s"><v></v></c>', Cell(CellKind.EMPTY, "", None, 0)),
        ('<c t="b"><v/></c>', Cell(CellKind.EMPTY, "", None, 0)),
        ('<c t="inlineStr"><v>民生費</v></c>', Cell(CellKind.TEXT, "民生費", None, 0)),
        ('<c t="b"><v>1</v></c>', Cell(CellKind.BOOLEAN, "TRUE", None, 0)),
        ('<c t="b"><v>false</v></c>', Cell(CellKind.BOOLEAN, "FALSE", None, 0)),
        ('<c t="e"><v>#REF!</v></c>', Cell(CellKind.ERROR, "#REF!", None, 0)),
        ('<c t="d"><v>2019-10-01</v></c>', Cell(CellKind.TEXT, "2019-10-01", None, 0)),
        ('<c s="3"/>', Cell(CellKind.EMPTY, "", None, 3)),
        ("<c><f>SUM(B1:C1)</f></c>", Cell(CellKind.EMPTY, "", "SUM(B1:C1)", 0)),
        ("<c><v/></c>", Cell(CellKind.EMPTY, "", None, 0)),
        ('<c t="s"/>', Cell(CellKind.EMPTY, "", None, 0)),
        (
            '<c><f t="array" ref="A1:A3">B1:B3*2</f><v>2</v></c>',
            Cell(CellKind.NUMBER, "2", "B1:B3*2", 0),
        ),
        ('<c><f t="dataTable" ref="A1"/><v>2</v></c>', Cell(CellKind.NUMBER, "2", "", 0)),
        (
            "<c><v>5</v><extLst><ext><v>6</v></ext></extLst></c>",
            Cell(CellKind.NUMBER, "5", None, 0),
        ),
    ],
)
def test_read_worksheet__kinds(xml: str, cell: Cell) -> None:
    assert one(xml) == cell


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("110.00000000000001", 110),
        ("4016.9999999999995", 4017),
        ("-110.00000000000001", -110),
        ("0.30000000000000004", Decimal("0.3")),
        ("1.0000000000001", Decimal("1.0000000000001")),
        ("1E2", 100),
        ("1E+15", 10**15),
        ("999999999999999", 999_999_999_999_999),
        ("9007199254740993", 9_007_199_254_740_990),
        ("1e309", 10**309),
        ("-0", 0),
    ],
)
def test_read_worksheet__a_number_has_the_15_figures_that_excel_shows(
    numeral: str, number: int | Decimal
) -> None:
    cell = one(f"<c><v>{numeral}</v></c>")
    assert cell.text == numeral
    assert cell.number() == number
    assert one("<c><v>0.1</v></c>").number() == Decimal("0.1")
    assert one('<c t="str"><v>1</v></c>').number() is None


@pytest.mark.parametrize(
    "xml",
    [
        "<c><v>1</v><v>2</v></c>",
        "<c><f>A1</f><f>B1</f><v>2</v></c>",
        '<c t="inlineStr"><v>1</v><v>1</v><is><t>2</t></is></c>',
        '<c t="inlineStr"><is><t>1</t></is><is><t>2</t></is></c>',
        '<c t="s"><v>1</v></c>',
        '<c t="s"><v>-1</v></c>',
        '<c t="s"><v>x</v></c>',
        '<c t="b"><v>2</v></c>',
        '<c t="x"><v>2</v></c>',
        "<c><v>abc</v></c>",
        "<c><v>NaN</v></c>",
        "<c><v>1_000</v></c>",
        "<c><v>１２</v></c>",
        "<c><v>1E9999</v></c>",
        f"<c><v>{'9' * 401}</v></c>",
        '<c s="-1"/>',
        '<c s="x"/>',
        '<c s="99999999999"/>',
        '<c r="A2"/>',
        '<c r="XFE1"/>',
        '<c r="1"/>',
        '<c r=""/>',
        '<c r="A1"/><c r="A1"/>',
        '<c r="B1"/><c r="A1"/><c/>',
        '<c r="XFD1"/><c/>',
    ],
)
def test_read_worksheet__cells_that_could_mean_two_things(xml: str) -> None:
    made = parts(f'<sheetData><row r="1">{xml}</row></sheetData>')
    assert "xl/worksheets/sheet1.xml" in refused(made, refusals.MALFORMED)


@pytest.mark.parametrize("number", ["0", "1048577", "x", "-1", ""])
def test_read_worksheet__row_number_off_the_sheet(number: str) -> None:
    refused(parts(f'<sheetData><row r="{number}"/></sheetData>'), refusals.MALFORMED)


def test_read_worksheet__rows_and_cells_in_any_order() -> None:
    sheet = rows(
        '<row r="12"><c r="C12"><v>4</v></c><c r="A12"><v>3</v></c></row>'
        '<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>'
        '<row r="112"><c r="A112"><v>5</v></c></row><row r="12"><c r="D12"><v>6</v></c></row>'
    )
    assert texts(sheet) == {
        (11, 2): "4", (11, 0): "3", (0, 1): "2", (0, 0): "1", (111, 0): "5", (11, 3): "6"
    }  # fmt: skip


def test_read_worksheet__positions_left_out_are_counted() -> None:
    sheet = rows(
        '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row>'
        '<row><c><v>4</v></c></row><row r="9"/><row><c><v>5</v></c></row>'
    )
    assert texts(sheet) == {(0, 0): "1", (0, 3): "2", (0, 4): "3", (1, 0): "4", (9, 0): "5"}


def test_read_worksheet__a_stray_value_in_the_last_cell() -> None:
    sheet = rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert sheet.cell(1_048_575, 16_383).text == "1"


def test_read_worksheet__dimension_is_not_believed() -> None:
    inner = '<dimension ref="A1:XFD1048576"/><sheetData><row><c><v>1</v></c></row></sheetData>'
    assert len(read(parts(inner)).sheets[0].cells) == 1


def test_read_worksheet__shared_formula_written_out() -> None:
    sheet = rows(
        '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">SUM($A1:B1)*A$1</f><v>1</v></c></row>'
        '<row r="2"><c r="C2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="C3"><f t="shared" si="0"></f></c></row>'
    )
    assert [sheet.cell(row, 2).formula for row in range(3)] == [
        "SUM($A1:B1)*A$1", "SUM($A2:B2)*A$1", "SUM($A3:B3)*A$1"
    ]  # fmt: skip
    assert sheet.cell(1, 2).text == "2"


def test_read_worksheet__shared_formula_before_its_first_cell() -> None:
    sheet = rows(
        '<row r="3"><c r="C3"><f t="shared" si="7"/><v>2</v></c></row>'
        '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="7">A1</f></c></row>'
    )
    assert sheet.cell(2, 2) == Cell(CellKind.NUMBER, "2", "A3", 0)


def test_read_worksheet__shared_formula_group_used_again() -> None:
    sheet = rows(
        '<row r="1"><c><f t="shared" ref="A1:A2" si="0">B1</f></c></row>'
        '<row r="2"><c><f t="shared" si="0"/></c></row>'
        '<row r="3"><c><f t="shared" ref="A3:A4" si="0">C9</f></c></row>'
        '<row r="4"><c><f t="shared" si="0"/></c></row>'
    )
    assert [cell.formula for cell in sheet.cells.values()] == ["B1", "B2", "C9", "C10"]


def test_read_worksheet__shared_formula_without_a_first_cell() -> None:
    inner = '<sheetData><row><c><f t="shared" si="0"/></c></row></sheetData>'
    refused(parts(inner), refusals.MALFORMED)


def test_read_worksheet__merges_protection_and_hiding() -> None:
    sheet = read(
        parts(
            '<sheetProtection sheet="1" objects="1"/><cols><col min="2" max="3" hidden="1"/></cols>'
            '<sheetData><row r="5" hidden="1"/></sheetData>'
            '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="$D$4:C3"/></mergeCells>'
        )
    ).sheets[0]
    assert sheet.protected
    assert sheet.merges == (Area(0, 0, 1, 1), Area(2, 2, 3, 3))
    assert sheet.hidden_rows == {4}
    assert sheet.hidden_cols == {1, 2}
    assert not rows("").protected
    assert not read(parts('<sheetProtection sheet="0"/>')).sheets[0].protected


@pytest.mark.parametrize(
    "inner",
    [
        '<mergeCells><mergeCell ref="A1:B"/></mergeCells>',
        "<mergeCells><mergeCell/></mergeCells>",
        '<cols><col min="3" max="2"/></cols>',
        '<cols><col min="0" max="2"/></cols>',
        '<cols><col min="1" max="16385"/></cols>',
    ],
)
def test_read_worksheet__layout_that_cannot_be(inner: str) -> None:
    refused(parts(inner), refusals.MALFORMED)


def test_sheet__locked_by_cell_then_row_then_column() -> None:
    styles = style_sheet("<xf/>" + '<xf><protection locked="0"/></xf>' * 2)
    sheet = read(
        parts(
            '<cols><col min="2" max="2" style="1"/></cols><sheetData>'
            '<row r="1"><c r="A1" s="1"/><c r="B1"/></row>'
            '<row r="2" s="2" customFormat="1"/><row r="3" s="2"/>'
            '<row r="4" s="0" customFormat="1"/></sheetData>',
            styles=styles,
        )
    ).sheets[0]
    locked = [[sheet.locked(row, col) for col in (0, 1)] for row in range(5)]
    assert locked == [[False, True], [False, False], [True, False], [True, True], [True, False]]
    assert sheet.cell(1, 0) == Cell(CellKind.EMPTY, "", None, 2)


def test_sheet__a_style_that_is_not_there_is_locked() -> None:
    assert rows('<row><c s="40"/></row>').locked(0, 0)
