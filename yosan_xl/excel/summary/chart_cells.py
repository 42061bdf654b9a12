"""The cells that the charts of グラフ show, beside the charts: names, and formulas over 一覧.

They are the charts' own: a chart of the cells of a sheet of sums would show other rows once somebody sorts
that sheet, and none of those that a filter hides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from yosan_xl.excel.rows import Content, Formula
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
        page.put(HEADING_ROW, column, _TITLE, "plain", "subtitle")

    def of_groups(
        self, title: str, keys: Sequence[str], groups: Sequence[Group], *, is_split: bool = False
    ) -> Bars:
        """Write what the groups of these keys ask for; `is_split` that in 一般会計 and that in the others."""
        labels = self._page.contents.definition.labels
        figures = _SPLIT if is_split else (ASKED_TOTAL,)
        bars = self._head(title, labels[keys[-1]], [labels[key] for key in figures])
        if is_split:
            name = self._page.contents.rollup.settings.accounts[0].name
            self._page.put(bars.heading, bars.figures[0], name, "account_heading", "heading")
        cells = {key: self._here(at) for key, at in zip(keys[::-1], (1, 0), strict=False)}
        for group in groups:
            said = ["", *group.key][-_NAMES:]
            self._write(said, self._asked(bars, cells, group, is_split=is_split), "money")
        return self._end(bars)

    def of_sources(self, title: str, account: str, rows: Sequence[SummaryRow]) -> Bars:
        """Write the shares of the sources in what the requests of an account ask for, or (without one) all."""
        contents = self._page.contents
        definition, labels = contents.definition, contents.definition.labels
        bars = self._head(title, labels["source"], [labels["share"]])
        cells = {"account": self._here(0)} if account else {}
        for source in asked_sources(definition.axes):
            part = sum_where(definition, cells, amount_key(ASKED, source)).removeprefix("=")
            value = sum(row.request.amount(ASKED, source) or 0 for row in rows)
            said = [account, definition.axes.source_label(source)]
            self._write(said, [share(contents, rows, cells, part, value)], "share")
        return self._end(bars)

    def _asked(
        self, bars: Bars, cells: Mapping[str, str], group: Group, *, is_split: bool
    ) -> list[Formula]:
        definition, sums = self._page.contents.definition, group.sums
        whole = sum_where(definition, cells, ASKED_TOTAL)
        if not is_split:
            return [Formula(whole, sums.requested)]
        account = xl_rowcol_to_cell(bars.heading, bars.figures[0], row_abs=True, col_abs=True)
        own = sum_where(definition, {**cells, "account": account}, ASKED_TOTAL)
        rest = f"{whole}-{self._here(_NAMES)}"
        return [Formula(own, sums.general_account), Formula(rest, sums.other_accounts)]

    def _here(self, at: int) -> str:
        """Return the cell of the block's column `at` as formulas of the same row name it."""
        return f"${xl_col_to_name(self._column + at)}#"

    def _head(self, title: str, name: str, figures: Sequence[str]) -> Bars:
        """Write the title and the headings of a block."""
        page, account = self._page, self._page.contents.definition.labels.get("account")
        first = self._column + _NAMES
        page.put(self._row, self._column, title, "plain", "note")
        for at, label in enumerate((account, name, *figures), self._column):
            page.put(self._row + 1, at, label, "plain", "heading")
        bars = Bars(self._row + 1, 0, first - 1, tuple(range(first, first + len(figures))))
        self._row += 2
        return bars

    def _write(self, names: Sequence[Content], figures: Sequence[Formula], kind: str) -> None:
        for at, name in enumerate(names, self._column):
            self._page.put(self._row, at, name, "text", "row")
        for at, figure in enumerate(figures, self._column + _NAMES):
            self._page.put(self._row, at, figure, kind, "row")
        self._row += 1

    def _end(self, bars: Bars) -> Bars:
        own = bars._replace(end=self._row)
        self._row += 1
        return own
