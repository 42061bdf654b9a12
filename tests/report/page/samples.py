"""Pages to test: of the nine, of made requests, of hostile texts; and a page taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from tests.excel.summary.samples import SETTINGS, nine, roster, row
from yosan_xl.form.load import load_definition
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.settings import Settings
from yosan_xl.report.page import PageContents, page_html

FORM = load_definition("minato-r2")
_EMPTY = {"meta", "input", "br", "rect"}


class Parts(HTMLParser):
    """A page taken apart: its elements in order, its texts, and its tables by caption."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.scripts: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self._open: list[str] = []
        self._rows: list[list[str]] = []
        self._caption = ""
        self.feed(text)
        self.close()
        assert self._open == []

    @property
    def names(self) -> list[str]:
        """The names of all elements, in order."""
        return [name for name, _ in self.elements]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), attrs
        self.elements.append((tag, dict(attrs)))
        if tag == "table":
            self._rows = []
        if tag == "tr":
            self._rows.append([])
        if tag in ("td", "th"):
            self._rows[-1].append("")
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "rect"
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag == "table":
            self.tables[self._caption] = self._rows
        if tag == "caption":
            self._caption = self.texts[-2] if self._small else self.texts[-1]

    def handle_data(self, data: str) -> None:
        (self.scripts if self._open[-1:] == ["script"] else self.texts).append(data)
        self._small = self._open[-1:] == ["small"]
        if {"td", "th"} & set(self._open):
            self._rows[-1][-1] += data


def contents(
    rows: Sequence[SummaryRow] | None = None,
    *,
    intake: Intake | None = None,
    findings: Sequence[Finding] = (),
    public: bool = False,
    settings: Settings = SETTINGS,
) -> PageContents:
    """Give what stands on a page; without rows of the nine."""
    rollup = Rollup.of(nine() if rows is None else rows, settings, roster(), FORM.axes)
    return PageContents(rollup, intake or Intake(), tuple(findings), public)


def page(some: PageContents) -> Parts:
    """Make a page and take it apart."""
    return Parts(page_html(some))


def budgeted_row(sheet: int, asked: int, budgeted: int | None) -> SummaryRow:
    """Give a request whose 予算額 is `budgeted`."""
    return row(
        sheet,
        total={"requested": asked, "budgeted": budgeted},
        lines=[{"label": "委託料", "requested": asked, "budgeted": budgeted}],
        funding={"general": {"name": None, "amount": asked, "budgeted": budgeted}},
    )
