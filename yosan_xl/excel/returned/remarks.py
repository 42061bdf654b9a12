"""Findings of a book that came back, at the cells of the clean form, in words for its department."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yosan_xl.excel.reading import codes
from yosan_xl.excel.returned.carry import CarriedBook, CarriedSheet
from yosan_xl.model.finding import Finding, FindingGroup, Weight
from yosan_xl.model.text import shortened, shown_text

_TO_DEPARTMENT = (
    ("直してもらう", "直す"),
    ("してもらう", "する"),
    ("書いてもらえば", "書けば"),
    ("てもらいます", "てください"),
    ("てもらい、", "て、"),
    ("てもらってください", "てください"),
    ("でもらってください", "でください"),
    ("所管課に確かめてください", "財政課と確かめてください"),
    ("所管課に確かめ、直す", "直す"),
    ("所管課に確かめ、", "確かめ、"),
)
"""What finance is asked to have done, the department is asked to do."""

_LONGEST = 600
"""Characters of a sentence in a note or on the list."""


def for_department(found: Finding | FindingGroup) -> str:
    """Return what a department is to do: as the code says it, else what finance is told as a sentence that speaks to it."""
    text = found.to_department or found.remedy
    for finance, department in _TO_DEPARTMENT:
        text = text.replace(finance, department)
    return text


RESTORED: Mapping[str, str] = {
    codes.CHANGED_LABEL.code: "元の文字に戻しました。",
    codes.MOVED.code: "元の行と列に戻しました。明細の途中に挿入した行は、明細として写しました。",
    codes.SPLIT.code: "つないだ文を1つのセルに写しました。書いたとおりか確かめてください。",
    codes.IN_FIELD.code: "写していません。欄の文に書き加えてください。",
    codes.STRAY_AMOUNT.code: "写していません。要求する額なら明細の行に、財源なら財源の欄に入力してください。",
    codes.UNPROTECTED.code: "保護を付け直しました。",
    codes.FORMULA_GONE.code: "式に戻しました。",
    codes.FORMULA_OVERWRITTEN.code: "式に戻しました。計算した額が正しくないときは、明細を直してください。",
    codes.FORMULA_CHANGED.code: "式を元に戻しました。計の額を確かめてください。",
    codes.STALE.code: "計算し直しました。計の額を確かめてください。",
    codes.OTHER_RESULT.code: "計算し直しました。計の額を確かめてください。",
    codes.NEVER_CALCULATED.code: "計算し直しました。計の額を確かめてください。",
    codes.FINANCE_CHANGED.code: "配布したときの内容に戻しました。",
    codes.LOST_PLACE.code: "欄を元に戻しました。失われた内容を書き直してください。",
    codes.VALUES_ONLY.code: "このブックは .xlsx 形式です。このブックに記入して提出してください。",
    codes.NAMES_LOST.code: "元の様式に戻しました。それぞれの欄の内容を確かめてください。",
    codes.WITH_MACROS.code: "マクロは写していません。",
    codes.COPIED_SHEET.code: "1件の要求であれば、どちらかのシートの記入を消してください。",
    codes.SAME_COPY.code: "複製したシートは写していません。",
}
"""What the clean form has mended already, and what there is left to do."""

_ORDER = tuple(Weight)


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding for the department: the sheet and cell of the clean form, where they are known.

    `there` is its cell in the book that was handed in, where that is another one.
    """

    finding: Finding
    sheet: str | None
    cell: str | None
    there: str
    fact: str
    remedy: str

    @property
    def is_open(self) -> bool:
        """Return whether it asks for something: an error, or a warning without a reason."""
        return asks(self.finding)


def asks(finding: Finding) -> bool:
    """Return whether a finding sends a book back: 誤り, or a 注意 that nobody gave a reason for.

    What was written for finance to know is no fault of the book.
    """
    if finding.code in codes.FOR_FINANCE:
        return False
    return finding.is_error or (finding.weight is Weight.WARNING and finding.reason is None)


def remarks(findings: Iterable[Finding], carried: CarriedBook) -> tuple[Remark, ...]:
    """Return findings as remarks: by sheet, those that ask for something first, the heavy before."""
    names = [sheet.name for sheet in carried.sheets]

    def order(remark: Remark) -> tuple[int, bool, int]:
        place, weight = order_of(remark.sheet, remark.finding, names)
        return place, not remark.is_open, weight

    return tuple(sorted((_remark(finding, carried) for finding in findings), key=order))


def order_of(sheet: str | None, finding: Finding, sheets: Sequence[str]) -> tuple[int, int]:
    """Return where a finding stands among those of a book: by sheet, the heavy ones first."""
    place = sheets.index(sheet) if sheet in sheets else -1
    return place, _ORDER.index(finding.weight)


def notes_of(found: Sequence[Remark], sheet: str) -> dict[str, str]:
    """Return the note of every faulty cell of a sheet, by cell."""
    notes: dict[str, str] = {}
    for remark in found:
        if remark.sheet == sheet and remark.cell and remark.is_open:
            head = f"{remark.finding.code} {remark.finding.weight.value}"
            # On one line: a reader can tell what staff wrote below it.
            text = f"{head}\n{remark.fact}\n→ {' '.join(remark.remedy.splitlines())}"
            notes[remark.cell] = f"{notes[remark.cell]}\n\n{text}" if remark.cell in notes else text
    return notes


def _remark(finding: Finding, carried: CarriedBook) -> Remark:
    sheet = carried.sheet(finding.place.sheet)
    cell = _cell(finding, sheet, carried) if sheet else None
    there = _there(finding, sheet, cell)
    remedy = RESTORED.get(finding.code) or for_department(finding)
    if finding.reason:
        remedy = f"理由が書かれています（{finding.reason}）。"
    fact, remedy = (
        shortened(shown_text(text), _LONGEST, "…（以下略）") for text in (finding.fact, remedy)
    )
    return Remark(
        finding=finding,
        sheet=sheet.name if sheet else None,
        cell=cell,
        there=there,
        fact=fact,
        remedy=remedy,
    )


def _cell(finding: Finding, sheet: CarriedSheet, carried: CarriedBook) -> str | None:
    """Return the cell in the clean form: of the cell there, or of the field where that is gone."""
    own = sheet.spots.get(finding.place.cell or "")
    if own:
        return own
    pointer = "/".join(
        "*" if part.isdecimal() else part for part in (finding.pointer or "").split("/")
    )
    slots = (slot for slot in carried.plan.slots if pointer and slot.pointer == pointer)
    found = next(slots, None)
    return found.area.first if found else None


def _there(finding: Finding, sheet: CarriedSheet | None, cell: str | None) -> str:
    place = finding.place
    if sheet is None:
        return " ".join(filter(None, (place.sheet, place.cell)))
    if place.sheet == sheet.name and place.cell in (cell, None):
        return ""
    return place.cell or "" if place.sheet == sheet.name else f"{place.sheet} {place.cell or ''}"
