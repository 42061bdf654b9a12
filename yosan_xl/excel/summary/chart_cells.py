"""The cells that the charts of グラフ show, beside the charts: names, and formulas over 一覧.

They are the charts' own: a chart of the cells of a sheet of sums would show other rows once somebody sorts
that sheet, and none of those that a filter hides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name, xl_range_abs, xl_rowcol_to_cell

from yosan_xl.excel.rows import Formula
from yosan_xl.excel.summary.definition import ASKED_TOTAL, HEADING_ROW
from yosan_xl.excel.summary.fields import amount_key, asked_sources
from yosan_xl.excel.summary.formulas import sum_where
from yosan_xl.excel.summary.funding import share
from yosan_xl.excel.summary.page import SummaryPage
from yosan_xl.model.axes import ASKED
from yosan_xl.model.rollup import Group, SummaryRow

_TITLE = "グラフの数値（「一覧」から数式で計算しています）"
_NAMES, _FIGURES = 2, 2
"""Columns of names (the account, and what a bar is of), and of figures."""

_NAME_WIDTH, _FIGURE_WIDTH = 24, 14
_LABEL = "棒の名称"
_LONGEST_LABEL = 10
"""Characters that a chart has room for beside its bars."""

_SPLIT = ("general_account", "other_accounts")


class Bars(NamedTuple):
    """Where the cells of a chart are (0-based): `heading` stands above its bars, `end` is past them."""

    heading: int
    end: int
    names: int
    figures: tuple[int, ...]


class ChartCells:
    """Writes the cells of the charts one below another, from a column on to the right."""

    def __init__(self, page: SummaryPage, column: int) -> None:
        """Begin below what stands above the charts."""
        self._page, self._column, self._row = page, column, HEADING_ROW + 1
        figures = column + _NAMES
        page.target.set_column(column, figures - 1, _NAME_WIDTH)
        page.target.set_column(figures, figures + _FIGURES - 1, _FIGURE_WIDTH)
        self._labels = figures + _FIGURES
        page.target.set_column(self._labels, self._labels, _NAME_WIDTH)
        page.put(HEADING_ROW, column, _TITLE, "plain", "subtitle")

    def of_groups(
        self, title: str, keys: Sequence[str], groups: Sequence[Group], *, is_split: bool = False
    ) -> Bars:
        """Write what the groups of these keys ask for; `is_split` that in 一般会計 and that in the others."""
        bars = self._head(title, keys[-1], _SPLIT if is_split else (ASKED_TOTAL,))
        if is_split:
            name = self._page.contents.rollup.settings.accounts[0].name
            self._page.put(bars.heading, bars.figures[0], name, "account_heading", "heading")
        cells = {key: self._here(at) for key, at in zip(keys[::-1], (1, 0), strict=False)}
        for group in groups:
            figures = self._asked(bars, cells, group, is_split=is_split)
            self._write(["", *group.key][-_NAMES:], figures)
        return self._end(bars, bars.figures)

    def of_sources(self, title: str, account: str, rows: Sequence[SummaryRow]) -> Bars:
        """Write the sources of what the requests of an account ask for, or (without one) all, and their shares."""
        definition = self._page.contents.definition
        bars = self._head(title, "source", ("amount", "share"))
        sources = asked_sources(definition.axes)
        parts = [sum(row.request.amount(ASKED, one) or 0 for row in rows) for one in sources]
        at = bars.figures[0]
        whole = f"SUM({xl_range_abs(self._row, at, self._row + len(sources) - 1, at)})"
        cells = {"account": self._here(0)} if account else {}
        for source, part in zip(sources, parts, strict=True):
            amount = Formula(sum_where(definition, cells, amount_key(ASKED, source)), part)
            names = [account, definition.axes.source_label(source)]
            of_whole = share(self._here(_NAMES), whole, part, sum(parts))
            self._write(names, [("sum", amount), ("share", of_whole)])
        return self._end(bars, bars.figures[1:])

    def _asked(
        self, bars: Bars, cells: Mapping[str, str], group: Group, *, is_split: bool
    ) -> list[tuple[str, Formula]]:
        """Return what a group asks for, with the looks of its cells."""
        definition, sums = self._page.contents.definition, group.sums
        whole = sum_where(definition, cells, ASKED_TOTAL)
        if not is_split:
            return [("sum", Formula(whole, sums.requested))]
        account = xl_rowcol_to_cell(bars.heading, bars.figures[0], row_abs=True, col_abs=True)
        own = sum_where(definition, {**cells, "account": account}, ASKED_TOTAL)
        rest = Formula(f"{whole}-{self._here(_NAMES)}", sums.other_accounts)
        return [("sum", Formula(own, sums.general_account)), ("sum", rest)]

    def _here(self, at: int) -> str:
        """Return the cell of the block's column `at` as formulas of the same row name it."""
        return f"${xl_col_to_name(self._column + at)}#"

    def _head(self, title: str, key: str, figures: Sequence[str]) -> Bars:
        """Write the title and the headings of a block."""
        page, labels = self._page, self._page.contents.definition.labels
        page.put(self._row, self._column, title, "plain", "note")
        for at, one in enumerate(("account", key, *figures), self._column):
            page.put(self._row + 1, at, labels.get(one), "plain", "heading")
        page.put(self._row + 1, self._labels, _LABEL, "plain", "heading")
        first = self._column + _NAMES
        self._row += 2
        return Bars(self._row - 1, 0, self._labels, tuple(range(first, first + len(figures))))

    def _write(self, names: Sequence[str], figures: Sequence[tuple[str, Formula]]) -> None:
        for at, name in enumerate(names, self._column):
            self._page.put(self._row, at, name, "text", "row")
        for at, (kind, figure) in enumerate(figures, self._column + _NAMES):
            self._page.put(self._row, at, figure, kind, "row")
        self._page.put(self._row, self._labels, short_label(names[-1]), "text", "row")
        self._row += 1

    def _end(self, bars: Bars, figures: tuple[int, ...]) -> Bars:
        """Return where the bars are that were written, of which the chart shows these columns."""
        self._row += 1
        return bars._replace(end=self._row - 1, figures=figures)


def short_label(name: str) -> str:
    """Return a name as it stands beside a bar: cut where it would run into it."""
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"
