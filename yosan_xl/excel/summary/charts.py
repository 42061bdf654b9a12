"""グラフ: native charts of what the sheets of sums hold, all accounts first, then each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from yosan_xl.excel.styles import FONT
from yosan_xl.excel.summary.definition import ASKED_TOTAL, HEADING_ROW, RowRun
from yosan_xl.excel.summary.fields import (
    asked_sources,
)
from yosan_xl.excel.summary.page import NO_REQUESTS, SummaryPage
from yosan_xl.excel.summary.styles import CHART, CHART_COLOURS
from yosan_xl.model.axes import ASKED
from yosan_xl.model.text import by_word

_WIDTH, _COLUMNS = 400, 3  # pixels of a chart, and charts beside one another
_LEAST, _PER_BAR, _AROUND = 240, 24, 110  # pixels of its height
_CELL_WIDTH, _CELL_HEIGHT = 64, 20  # pixels
_PER_COLUMN = _WIDTH // _CELL_WIDTH + 1
_ASKED = (ASKED_TOTAL,)
_PAGE_HEIGHT = 860  # pixels of charts on an A4 page, when it is as wide as they are


@dataclass(frozen=True, slots=True)
class _Chart:
    """A bar chart: its title, where its names and figures are, and how many charts it is wide.

    The title is ours alone: XlsxWriter takes one with a `=` or `!` in it for a reference.
    """

    title: str
    page: SummaryPage
    names: str
    figures: tuple[str, ...]
    run: RowRun
    columns: int = 1
    number_format: str = CHART["num_format"]

    @property
    def height(self) -> int:
        """Return its height in pixels: a bar needs its room."""
        return max(_LEAST, _AROUND + _PER_BAR * (self.run.end - self.run.first))


def write_charts(page: SummaryPage, pages: Sequence[SummaryPage]) -> None:
    """Draw the charts; their figures are cells of the sheets of sums."""
    rows = list(_beside(_rows(page, {one.sheet.name: one for one in pages})))
    if not rows:
        page.say(HEADING_ROW, NO_REQUESTS)
    at, breaks, used = HEADING_ROW, [], 0
    # Said in the file: programs differ in how wide a column is that nobody set.
    page.target.set_column_pixels(0, _PER_COLUMN * _COLUMNS - 1, _CELL_WIDTH)
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
    page.finish_free(at, _PER_COLUMN * _COLUMNS - 1)
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


def _rows(
    page: SummaryPage, pages: Mapping[str, SummaryPage]
) -> Iterator[tuple[str, list[_Chart]]]:
    """Yield what the charts of a part of the year are called together, and these."""
    if not page.contents.rollup.rows:
        return
    definition = page.contents.definition
    whole = [*_by_bureau(pages), *_shares(pages, None)]
    if definition.axes.has("account"):
        yield definition.all_accounts, whole
        for at, (name,) in enumerate(
            group.key for group in page.contents.rollup.groups(["account"])
        ):
            beside = [*_by(pages, "kan", at), *_by(pages, "category", at), *_shares(pages, at)]
            if beside:
                yield name, beside
    else:
        yield definition.total, [*whole, *_by(pages, "kan", 0), *_by(pages, "category", 0)]


def _by_bureau(pages: Mapping[str, SummaryPage]) -> Iterator[_Chart]:
    """Yield the chart of the units, the accounts apart where there are some."""
    for page in _sums_by(pages, "bureau"):
        is_split = page.sheet.has("general_account")
        yield _Chart(
            title=_title(page),
            page=page,
            names="bureau",
            figures=("general_account", "other_accounts") if is_split else _ASKED,
            run=page.runs[0],
            columns=2,
        )


def _by(pages: Mapping[str, SummaryPage], key: str, at: int) -> Iterator[_Chart]:
    """Yield the chart of what is asked for by a key, in the run `at` of its sheet."""
    for page in _sums_by(pages, key):
        yield _Chart(title=_title(page), page=page, names=key, figures=_ASKED, run=page.runs[at])


def _sums_by(pages: Mapping[str, SummaryPage], key: str) -> list[SummaryPage]:
    """Return the sheet of sums whose last key this is."""
    grouped = (one for one in pages.values() if one.sheet.kind == "grouped")
    return [one for one in grouped if one.sheet.keys[-1].key == key]


def _title(page: SummaryPage) -> str:
    """`款別の要求額（千円）`."""
    axes, last = page.contents.definition.axes, page.sheet.keys[-1]
    return f"{by_word(last.label)}の{axes.stage(ASKED).label}（{axes.unit}）"


def _shares(pages: Mapping[str, SummaryPage], at: int | None) -> Iterator[_Chart]:
    """Yield the chart of the shares of the sources: of an account, or (None) of all."""
    for page in pages.values():
        if page.sheet.kind != "funding" or page.total is None:
            continue
        first = page.total - len(asked_sources(page.contents.definition.axes))
        run = RowRun("", first, page.total, page.total) if at is None else page.runs[at]
        yield _Chart(
            title="財源の構成比（％）",
            page=page,
            names="source",
            figures=("share",),
            run=run,
            number_format="0.0;△0.0;0.0",
        )


def _draw_row(page: SummaryPage, row: int, charts: Sequence[_Chart], height: int) -> None:
    column = 0
    for chart in charts:
        drawn = _draw(page, chart)
        width = _PER_COLUMN * _CELL_WIDTH * chart.columns - 16
        drawn.set_size({"width": width, "height": height})
        options = {"object_position": 2, "description": chart.title}
        page.target.insert_chart(row, column * _PER_COLUMN, drawn, options)
        column += chart.columns


def _draw(page: SummaryPage, chart: _Chart) -> Any:
    """Return the chart, not placed yet."""
    is_stacked = len(chart.figures) > 1
    drawn = page.add_chart({"type": "bar", **({"subtype": "stacked"} if is_stacked else {})})
    for figure, colour in zip(chart.figures, CHART_COLOURS, strict=False):
        drawn.add_series(_series(chart, figure, colour, is_stacked))
    font = {"name": FONT, "size": 9}
    drawn.set_title({"name": chart.title, "overlay": False, "name_font": {**CHART["title"]}})
    drawn.set_legend({"position": "bottom", "font": font} if is_stacked else {"none": True})
    drawn.set_y_axis({"reverse": True, "num_font": font, "label_position": "low"})
    lines = {"visible": is_stacked, "line": {"color": CHART["grid"], "width": 0.75}}
    drawn.set_x_axis(
        {
            "num_font": font,
            "num_format": chart.number_format,
            "major_gridlines": lines,
            "label_position": "high" if is_stacked else "none",
            "line": {"none": True},
            "major_tick_mark": "none",
        }
    )
    drawn.set_chartarea({"border": {"color": CHART["grid"]}})
    return drawn


def _series(chart: _Chart, figure: str, colour: str, is_stacked: bool) -> dict[str, Any]:
    sheet, run = chart.page.sheet, chart.run

    def cells(key: str) -> list[Any]:
        column = sheet.column(key)
        return [sheet.name, run.first, column, run.end - 1, column]

    labels = {"value": True, "num_format": chart.number_format, "font": {"name": FONT, "size": 9}}
    return {
        "name": [sheet.name, HEADING_ROW, sheet.column(figure)],
        "categories": cells(chart.names),
        "values": cells(figure),
        "fill": {"color": colour},
        "gap": 60 if run.end - run.first > 2 else 150,
        **({} if is_stacked else {"data_labels": labels}),
    }
