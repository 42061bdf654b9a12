"""グラフ: native charts of what the sheets of sums hold, all accounts first, then each by itself; their cells are in chart_cells.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, NamedTuple

from yosan_xl.excel.rows import Formula
from yosan_xl.excel.styles import FIGURE_FONT, FONT
from yosan_xl.excel.summary.chart_cells import Bars, ChartCells
from yosan_xl.excel.summary.definition import HEADING_ROW, SheetDefinition
from yosan_xl.excel.summary.fields import (
    asked_sources,
)
from yosan_xl.excel.summary.page import NO_REQUESTS, SummaryPage
from yosan_xl.excel.summary.styles import CHART, CHART_COLOURS
from yosan_xl.model.axes import ASKED
from yosan_xl.model.rollup import Group, SummaryRow
from yosan_xl.model.text import by_word

_WIDTH, _COLUMNS = 400, 3  # pixels of a chart, and charts beside one another
_LEAST, _PER_BAR, _AROUND = 220, 18, 110  # pixels of its height
_CELL_WIDTH, _CELL_HEIGHT = 64, 20  # pixels
_PER_COLUMN = _WIDTH // _CELL_WIDTH + 1
_ACROSS = _PER_COLUMN * _COLUMNS  # columns of the sheet that the charts stand on
_SHARES = "財源の構成比（％）"
_FONT = {"name": FONT, "size": 10}
_FIGURES = {"name": FIGURE_FONT, "size": 10}
"""Of the figures beside bars: LibreOffice divides a wide one."""

_PLOT, _WIDE_PLOT = (0.37, 0.42), (0.19, 0.73)
"""Where the bars begin in a chart of one column and in a wider one, and how long they are: names stand left of them, figures right."""

_FIGURE_SHARE = 1.1
"""Of the length of the bars, what a figure left of them takes: of millions, half of the chart."""

_ABOVE, _BELOW, _SCALE = 42, 16, 72
"""Pixels above the bars, and below them without and with a scale."""

_PERCENT = 75
_PAGE_HEIGHT, _HIGHEST = 820, 760
"""Pixels of charts on an A4 page at that percent, as wide as they are, and of one that stands on it below its heading."""


@dataclass(frozen=True, slots=True)
class _Chart:
    """A bar chart: its title, where its cells are, and how many charts it is wide.

    The title is ours alone: XlsxWriter takes one with a `=` or `!` in it for a reference.
    """

    title: str
    bars: Bars
    columns: int = 1
    number_format: str = CHART["num_format"]

    @property
    def height(self) -> int:
        """Return its height in pixels: a bar needs its room, and no chart is cut at the end of a page."""
        return min(_HIGHEST, max(_LEAST, _AROUND + _PER_BAR * self.count))

    @property
    def count(self) -> int:
        """Return how many bars it has."""
        return self.bars.end - self.bars.heading - 1


class _Grouped(NamedTuple):
    """A sheet of sums and its groups, of all accounts."""

    sheet: SheetDefinition
    groups: Sequence[Group]


def write_charts(page: SummaryPage, pages: Sequence[SummaryPage]) -> None:
    """Draw the charts of what the sheets of sums hold."""
    rows = list(_beside(_rows(page, pages)))
    if not rows:
        page.say(HEADING_ROW, NO_REQUESTS)
    at, breaks, used = HEADING_ROW, [], 0
    # Said in the file: programs differ in how wide a column is that nobody set.
    page.target.set_column_pixels(0, _ACROSS - 1, _CELL_WIDTH)
    for heading, charts in rows:
        height = max(chart.height for chart in charts)
        lines = ceil(height / _CELL_HEIGHT) + 2
        if used and used + lines * _CELL_HEIGHT > _PAGE_HEIGHT:
            breaks.append(at)
            used = 0
        if heading:
            page.subtitle(at, heading)
        _draw_row(page, at + 1, charts, height)
        at, used = at + lines, used + lines * _CELL_HEIGHT
    page.finish_free(at, _ACROSS - 1, _PERCENT)
    page.target.set_h_pagebreaks(breaks)


def _beside(
    rows: Iterable[tuple[str, Sequence[_Chart]]],
) -> Iterator[tuple[str, list[_Chart]]]:
    """Yield rows of charts that a page is wide enough for; the heading stands above the first."""
    for heading, charts in rows:
        above, row = heading, list[_Chart]()
        for chart in charts:
            if sum(one.columns for one in (*row, chart)) > _COLUMNS:
                yield above, row
                above, row = "", []
            row.append(chart)
        yield above, row


def _rows(page: SummaryPage, pages: Sequence[SummaryPage]) -> Iterator[tuple[str, list[_Chart]]]:
    """Yield what the charts of a part of the year are called together, and these."""
    rollup, definition = page.contents.rollup, page.contents.definition
    if not rollup.rows:
        return
    cells = ChartCells(page, _ACROSS + 1)
    sums = [one.sheet for one in pages if one.sheet.kind == "grouped"]
    bureaus = [_of_bureaus(cells, page, one) for one in _by(sums, "bureau")]
    by = [
        _Grouped(one, rollup.groups([field.key for field in one.keys]))
        for one in (*_by(sums, "kan"), *_by(sums, "category"))
    ]
    whole = [*bureaus, *_shares(cells, page, "", rollup.rows)]
    if not definition.axes.has("account"):
        yield definition.total, [*whole, *_of_keys(cells, page, by, "")]
        return
    yield definition.all_accounts, whole
    for group in rollup.groups(["account"]):
        name = group.key[0]
        beside = [*_of_keys(cells, page, by, name), *_shares(cells, page, name, group.rows)]
        if beside:
            yield name, beside


def _by(sheets: Iterable[SheetDefinition], key: str) -> Iterator[SheetDefinition]:
    """Yield the sheet of sums whose last key this is."""
    yield from (one for one in sheets if one.keys[-1].key == key)


def _of_bureaus(cells: ChartCells, page: SummaryPage, sheet: SheetDefinition) -> _Chart:
    """Return the chart of the units, the accounts apart where there are some."""
    title, groups = _title(page, sheet), page.contents.rollup.groups(["bureau"])
    is_split = sheet.has("general_account")
    return _Chart(title, cells.of_groups(title, ["bureau"], groups, is_split=is_split), columns=2)


def _of_keys(
    cells: ChartCells, page: SummaryPage, by: Sequence[_Grouped], account: str
) -> Iterator[_Chart]:
    """Yield the charts of what is asked for by 款 and by 要求区分 in an account, or (without one) in all."""
    for sheet, groups in by:
        keys, title = [one.key for one in sheet.keys], _title(page, sheet)
        own = [one for one in groups if not account or one.key[0] == account]
        yield _Chart(title, cells.of_groups(title, keys, own))


def _title(page: SummaryPage, sheet: SheetDefinition) -> str:
    """`款別の要求額（千円）`."""
    axes, last = page.contents.definition.axes, sheet.keys[-1]
    return f"{by_word(last.label)}の{axes.stage(ASKED).label}（{axes.unit}）"


def _shares(
    cells: ChartCells, page: SummaryPage, account: str, rows: Sequence[SummaryRow]
) -> Iterator[_Chart]:
    """Yield the chart of the shares of the sources, where the form has some: of an account, or (without one) of all."""
    if asked_sources(page.contents.definition.axes):
        bars = cells.of_sources(_SHARES, account, rows)
        yield _Chart(_SHARES, bars, number_format="0.0;△0.0;0.0")


def _draw_row(page: SummaryPage, row: int, charts: Sequence[_Chart], height: int) -> None:
    column = 0
    for chart in charts:
        drawn = _draw(page, chart, height)
        width = _PER_COLUMN * _CELL_WIDTH * chart.columns - 16
        drawn.set_size({"width": width, "height": height})
        options = {"object_position": 2, "description": chart.title}
        page.target.insert_chart(row, column * _PER_COLUMN, drawn, options)
        column += chart.columns


def _layout(height: int, *, is_stacked: bool) -> dict[str, float]:
    """Return where the bars are, as parts of a chart of this height (pixels)."""
    x, width = _WIDE_PLOT if is_stacked else _PLOT
    below = _SCALE if is_stacked else _BELOW
    return {
        **{"x": x, "width": width},
        **{"y": _ABOVE / height, "height": (height - _ABOVE - below) / height},
    }


def _draw(page: SummaryPage, chart: _Chart, height: int) -> Any:
    """Return the chart of a height (pixels), not placed yet."""
    is_stacked = len(chart.bars.figures) > 1
    drawn = page.add_chart({"type": "bar", **({"subtype": "stacked"} if is_stacked else {})})
    for figure, colour in zip(chart.bars.figures, CHART_COLOURS, strict=False):
        drawn.add_series(_series(page.sheet.name, chart, figure, colour))
    drawn.set_title({"name": chart.title, "overlay": False, "name_font": {**CHART["title"]}})
    drawn.set_legend({"position": "bottom", "font": _FONT} if is_stacked else {"none": True})
    drawn.set_y_axis({"reverse": True, "num_font": _FONT, "label_position": "low"})
    lines = {"visible": is_stacked, "line": {"color": CHART["grid"], "width": 0.75}}
    drawn.set_x_axis(
        {
            "num_font": _FIGURES,
            "num_format": chart.number_format,
            "major_gridlines": lines,
            "label_position": "high" if is_stacked else "none",
            "line": {"none": True},
            "major_tick_mark": "none",
            **({} if is_stacked else _scale(page, chart.bars)),
        }
    )
    drawn.set_plotarea({"layout": _layout(height, is_stacked=chart.columns > 1)})
    drawn.set_chartarea({"border": {"color": CHART["grid"]}})
    return drawn


def _scale(page: SummaryPage, bars: Bars) -> dict[str, float]:
    """Return where the scale begins and ends where a bar goes below 0: its figure stands between it and the names."""
    cells = [
        page.target.cells.content(row, figure)
        for row in range(bars.heading + 1, bars.end)
        for figure in bars.figures
    ]
    values = [one.value for one in cells if isinstance(one, Formula)]
    figures = [0, *(one for one in values if isinstance(one, int | float))]
    least, most = min(figures), max(figures)
    return {"min": least - _FIGURE_SHARE * (most - least), "max": most} if least < 0 else {}


def _series(sheet: str, chart: _Chart, figure: int, colour: str) -> dict[str, Any]:
    bars = chart.bars

    def cells(column: int) -> list[Any]:
        return [sheet, bars.heading + 1, column, bars.end - 1, column]

    labels = {"value": True, "num_format": chart.number_format, "font": _FIGURES}
    return {
        "name": [sheet, bars.heading, figure],
        "categories": cells(bars.names),
        "values": cells(figure),
        "fill": {"color": colour},
        "gap": 60 if chart.count > 2 else 150,
        **({} if len(bars.figures) > 1 else {"data_labels": labels}),
    }
