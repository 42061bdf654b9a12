"""グラフ: native charts whose figures are cells of their own, which no sorting and no filter changes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from tests.excel.summary.samples import book_bytes, many, nine, opened, row
from yosan_xl.model.rollup import SummaryRow

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
AREA = re.compile(r"'?([^'!]+)'?!\$([A-Z]+)\$(\d+)(?::\$\2\$(\d+))?")


def charts(content: bytes) -> list[ET.Element]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        names.sort(key=lambda name: int("".join(filter(str.isdigit, name))))
        return [ET.fromstring(archive.read(name)) for name in names]


def title(chart: ET.Element) -> str:
    found = chart.find(f".//{C}title")
    assert found is not None
    return "".join(text.text or "" for text in found.iter(f"{A}t"))


def cached(reference: ET.Element) -> tuple[str, list[str]]:
    """Give what a reference of a chart names, and the values it has saved."""
    formula = reference.find(f"{C}f")
    assert formula is not None
    return formula.text or "", [value.text or "" for value in reference.iter(f"{C}v")]


def test_charts__by_bureau_and_of_each_account() -> None:
    of_account = ["款別の要求額（千円）", "要求区分別の要求額（千円）", "財源の構成比（％）"]
    found = [title(chart) for chart in charts(book_bytes(nine()))]
    assert found == ["部別の要求額（千円）", "財源の構成比（％）", *of_account * 2]
    sheet = opened(book_bytes(nine()))["グラフ"]
    headings = [cell.value for cell in sheet["A"] if cell.value]
    assert headings[2:] == ["全会計", "一般会計", "国民健康保険事業会計"]


@pytest.mark.parametrize("rows", [nine(), many(150)], ids=["9", "150"])
def test_charts__every_figure_is_a_cell_beside_the_charts(rows: Sequence[SummaryRow]) -> None:
    content = book_bytes(rows)
    book = opened(content)
    every = [ref for chart in charts(content) for ref in chart.iter() if ref.tag.endswith("Ref")]
    assert len(every) > 20
    for reference in every:
        formula, values = cached(reference)
        match = AREA.fullmatch(formula)
        assert match, formula
        sheet, column, first, last = match.groups()
        assert sheet == "グラフ"
        rows_of = range(int(first), int(last or first) + 1)
        cells = [book[sheet][f"{column}{at}"].value for at in rows_of]
        assert ["" if cell is None else str(cell) for cell in cells] == values


def test_charts__no_sum_of_an_account_stands_beside_its_parts() -> None:
    book = opened(book_bytes(nine()))
    for chart in charts(book_bytes(nine())):
        for area in chart.iter(f"{C}cat"):
            formula, values = cached(area[0])
            assert not {"小計", "計"} & set(values), formula
    assert "小計" in [cell.value for cell in book["会計・款別"]["B"]]


def test_charts__the_figures_of_every_kan_are_those_of_its_sheet() -> None:
    book = opened(book_bytes(many(150)))
    shown: dict[tuple[object, object], object] = {}
    heading = ""
    for line in book["グラフ"].iter_rows(min_row=5, values_only=True):
        account, name, figure = line[-5:-2]
        if account == "会計":
            heading = str(name)
        elif heading == "款" and name:
            shown[account, name] = figure
    lines = book["会計・款別"].iter_rows(min_row=5, values_only=True)
    sums = {(line[0], line[1]): line[3] for line in lines if line[1] not in (None, "小計")}
    assert len(sums) > 20
    assert shown == sums


def test_charts__a_long_name_is_cut_beside_its_bar_and_whole_in_its_cells() -> None:
    name = "国民健康保険事業費納付金等積立金"
    content = book_bytes([row(1, no=1, kan=name)])
    names = [
        value
        for chart in charts(content)
        for one in chart.iter(f"{C}cat")
        for value in cached(one[0])[1]
    ]
    assert "国民健康保険事業費…" in names
    assert name not in names
    assert name in [cell.value for line in opened(content)["グラフ"].iter_rows() for cell in line]


def test_charts__the_figure_of_a_bar_below_0_has_room_beside_the_names() -> None:
    less: dict[str, object] = {"total": {"requested": -60, "earmarked": None}}
    less["funding"] = {"general": {"name": None, "amount": -60}}
    rows = [row(1, no=1), row(2, no=2, kan="民生費", **less)]

    def least(rows: Sequence[SummaryRow]) -> list[float]:
        found = (chart.find(f".//{C}valAx/{C}scaling/{C}min") for chart in charts(book_bytes(rows)))
        return [float(one.attrib["val"]) for one in found if one is not None]

    assert min(least(rows)) <= -60 - 0.5 * 160
    assert least(rows[:1]) == []


def test_charts__none_is_higher_than_a_page() -> None:
    units = [{"code": f"9{at:03}", "bureau": f"部{at}", "section": "課"} for at in range(90)]
    content = book_bytes([row(at, no=at, department=unit) for at, unit in enumerate(units, 1)])
    with zipfile.ZipFile(BytesIO(content)) as archive:
        drawing = ET.fromstring(archive.read("xl/drawings/drawing1.xml"))
    rows = [int(one.text or 0) for one in drawing.iter(f"{D}row")]
    # A page of A4 at 75 % has room for 41 rows of 20 pixels.
    assert max(end - first for first, end in zip(rows[::2], rows[1::2], strict=True)) < 41


def test_charts__of_nothing_says_so() -> None:
    content = book_bytes(())
    assert charts(content) == []
    assert opened(content)["グラフ"]["A4"].value == "要求書はまだありません。"
