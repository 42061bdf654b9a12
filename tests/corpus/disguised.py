"""A request that stands where nobody reads it, and sheets of a department's own that are none."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from tests.corpus.book import SECTIONED_TOTAL, SHEET, TOTAL, edited, good, sectioned
from tests.corpus.expect import Entry, accepted
from tests.excel.reading import attach
from tests.excel.reading.edit import Editor
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.form.area import a1

Spot = tuple[int, int]
Cells = Mapping[Spot, str]

_PANEL = 15  # the column of the checks panel: who copies a request leaves it out


@cache
def request() -> Cells:
    """Give what stands in the cells of another department's request, as values."""
    sheet = open_book(sectioned()).sheet(SHEET)
    assert sheet
    return {spot: cell.text for spot, cell in sheet.cells.items() if cell.text and spot[1] < _PANEL}


def _moved(rows: int, columns: int) -> Cells:
    return {(row + rows, column + columns): text for (row, column), text in request().items()}


def _half(seed: int) -> Cells:
    """Give the request with every second cell, whichever it is."""
    chance = random.Random(seed)
    return {spot: text for spot, text in request().items() if chance.random() < 0.5}


def _amounts_alone() -> Cells:
    """Give the half of the form on the right: the lines and their funding."""
    return {spot: text for spot, text in request().items() if spot[1] >= 4}


def _of_last_year() -> Cells:
    old = {
        "令和2年度": "令和元年度",
        "背景、区民ニーズ、現状課題等": "背景・課題",
        "10 要求内容": "9 要求内容",
    }

    def worded(text: str) -> str:
        for new, word in old.items():
            text = text.replace(new, word)
        return text

    return {spot: worded(text) for spot, text in request().items()}


def _numbered_otherwise() -> Cells:
    full = str.maketrans("0123456789", "０１２３４５６７８９")
    return {
        spot: f"（{t.translate(full)}）" if t[0].isdigit() else t for spot, t in request().items()
    }


_FIELDS = (
    "1 事業名",
    "3 事業説明文",
    "4 背景、区民ニーズ、現状課題等",
    "5 要求する事業内容",
    "12 スケジュール",
)

_REQUESTS: Mapping[str, Callable[[], Cells]] = {
    "as-it-is": request,
    "row-lower": partial(_moved, 1, 0),
    "column-d": partial(_moved, 0, 3),
    "far-off": partial(_moved, 200, 40),
    "transposed": lambda: {(column, row): text for (row, column), text in request().items()},
    "two": lambda: {**request(), **_moved(60, 0)},
    "half-1": partial(_half, 1),
    "half-2": partial(_half, 2),
    "half-3": partial(_half, 3),
    "last-year": _of_last_year,
    "left-half": lambda: {spot: text for spot, text in request().items() if spot[1] < 4},
    "right-half": _amounts_alone,
    "other-numbers": _numbered_otherwise,
    "in-one-cell": lambda: {(row, 0): f"{label}：内容" for row, label in enumerate(_FIELDS)},
    "short": lambda: {(0, 0): "事業名", (0, 1): "窓口", (1, 0): "要求区分", (2, 0): "会計", (3, 0): "要求額", (3, 1): "5000"},
}  # fmt: skip
_FIELDS = (
    "1 事業名",
    "3 事業説明文",
    "4 背景、区民ニーズ、現状課題等",
    "5 要求する事業内容",
    "12 スケジュール",
)

_OWN: Mapping[str, dict[Spot, str]] = {
    "estimate": {
        (0, 0): "積算", (1, 0): "事業名", (1, 1): "窓口改善", (2, 0): "所管課", (2, 1): "税務課", (4, 0): "内容", (4, 1): "単価",
        (4, 2): "数", (4, 3): "要求額", (4, 4): "うち特財", (5, 0): "端末", (5, 1): "100", (5, 2): "5", (5, 3): "500",
        (6, 0): "小計", (6, 3): "500", (7, 0): "合計", (7, 3): "500",
    },
    "unit-costs": {(0, 0): "品名", (0, 1): "単価", (0, 2): "要求額", (1, 0): "端末", (1, 1): "100", (1, 2): "500"},
    "list": {
        **{(0, n): one for n, one in enumerate(("NO", "所管課", "会計", "款", "事業名", "要求区分", "要求額", "一般財源"))},
        **{(1, n): one for n, one in enumerate(("57", "税務課", "一般会計", "総務費", "窓口", "新規事業", "500", "500"))},
    },
    "funding": {(n, 0): one for n, one in enumerate(("財源内訳", "国庫支出金", "都支出金", "その他特財", "一般財源", "合計"))},
    "schedule": {(0, 0): "12 スケジュール", (1, 0): "4月", (1, 1): "契約", (2, 0): "関連する法令・条例等"},
    "memo": {(0, 0): "事業名と要求額を4 背景、区民ニーズ、現状課題等に書くこと", (3, 3): "以上"},
    "texts": {(n, 0): f"事業説明文の下書き{n}" for n in range(40)},
}  # fmt: skip


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for name, cells in _REQUESTS.items():
        yield Entry(name, edited(partial(_add, cells=cells)), accepted(TOTAL, "YX694"))
    for state in ("hidden", "veryHidden"):
        build = edited(partial(_add, cells=request, state=state))
        yield Entry(f"sheet-{state}", build, accepted(TOTAL, "YX694"))
    for name, own in _OWN.items():
        build = edited(partial(_add, cells=own.copy))
        yield Entry(f"own-{name}", build, accepted(TOTAL, "YX022"))
    for name, base, total in (("flat", good, TOTAL), ("parts", sectioned, SECTIONED_TOTAL)):
        yield Entry(f"renamed-{name}", edited(_disguise, base), accepted(0, "YX694"))
        yield Entry(f"beside-{name}", edited(_write_beside, base), accepted(total, "YX092"))
        for where, (rows, columns) in {"below": (60, 0), "right": (0, 40)}.items():
            paste = partial(_paste, cells=partial(_moved, rows, columns))
            expect = accepted(total, "YX092", "YX694")
            yield Entry(f"{where}-{name}", edited(paste, base), expect)


def _add(book: Editor, cells: Callable[[], Cells], state: str = "visible") -> None:
    attach.add_sheet(book, "追加", {a1(*spot): text for spot, text in cells().items()}, state)


def _paste(book: Editor, cells: Callable[[], Cells]) -> None:
    for spot, text in cells().items():
        book.put_text(SHEET, a1(*spot), text)


def _disguise(book: Editor) -> None:
    """Rename a sheet that has lost its names and one label."""
    book.drop_names(SHEET)
    book.clear(SHEET, "A4")
    book.rename(SHEET, "税務課分")


def _write_beside(book: Editor) -> None:
    """Write words and numbers beside the form that are no request."""
    for row, text in enumerate(("事業名", "要求額", "備考", "5000", "スケジュール"), 50):
        book.put_text(SHEET, f"B{row}", text)
