"""A cell of finance's → an amount or a text; what is neither is kept as it stands, and told."""

from __future__ import annotations

from dataclasses import dataclass

from yosan_xl.excel.ooxml.book import Book, Cell, CellKind
from yosan_xl.excel.reading.entries import ERROR_WORDS, raw_text
from yosan_xl.excel.rows import MOST_CHARACTERS
from yosan_xl.excel.summary.definition import Field
from yosan_xl.model.decision import Value
from yosan_xl.model.money import LIMIT, parse_amount, with_commas


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell means; `problem` says why it means nothing, `repaired` that text became a number."""

    value: Value
    problem: str | None = None
    repaired: bool = False


def understood(cell: Cell, field: Field, book: Book) -> Entry:
    """Understand a cell as the kind of its column."""
    if cell.kind is CellKind.EMPTY:
        return Entry(None, "計算されていない数式です" if cell.formula is not None else None)
    if cell.kind is CellKind.ERROR:
        return Entry(None, "エラー値です")
    if field.kind != "money":
        return text_of(raw_text(cell))
    if cell.kind is CellKind.BOOLEAN or book.is_date(cell):
        return Entry(None, "日付などで、金額ではありません")
    return _number(cell) if cell.kind is CellKind.NUMBER else amount_of(cell.text)


def text_of(text: str) -> Entry:
    """Understand a text; one that Excel cannot hold (LibreOffice can) is none."""
    if len(text) > MOST_CHARACTERS:
        return Entry(None, f"長すぎます（{with_commas(MOST_CHARACTERS)}字まで）")
    return Entry(text or None)


def amount_of(text: str) -> Entry:
    """Understand a text as an amount (千円); words for 「no figure」 are no amount."""
    if not text.strip():
        return Entry(None)
    if text.strip() in ERROR_WORDS:
        return Entry(None, "エラー値です")
    try:
        amount = parse_amount(text)
    except ValueError:
        amount = None
    if amount is None:
        return Entry(None, "金額（千円の整数）ではありません")
    return Entry(amount, repaired=True)


def _number(cell: Cell) -> Entry:
    number = cell.number()
    if number is None or number != number.to_integral_value():
        return Entry(None, "千円未満の端数があります")
    if abs(number) > LIMIT:
        return Entry(None, "金額が大きすぎます")
    return Entry(int(number))
