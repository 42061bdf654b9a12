"""What somebody put on a sheet of a summary beside the entries: words are carried, what has no place is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import AnnotationKind, Sheet
from yosan_xl.excel.summary.entries import (
    HeadedSheet,
    ReadSheet,
    note_at,
)
from yosan_xl.excel.summary.fingerprints import (
    ChangedCell,
    coloured,
    differences,
    strange_texts,
)
from yosan_xl.excel.summary.opened import OpenedSummary
from yosan_xl.excel.summary.stamp import RECORD, MarkedSheet
from yosan_xl.form.area import a1
from yosan_xl.model.decision import OUTSIDE, Spot, Typed
from yosan_xl.model.finding import Place

_OVER = "集計ブックの表に書かれています"
_COPIED = "コピーされたシートに記入されています"
_UPON = {
    AnnotationKind.NOTE: "セルのコメントです",
    AnnotationKind.COMMENT: "セルのコメントです",
    AnnotationKind.TEXT: "図形の文字です",
}


class LostContent(NamedTuple):
    """Something on a sheet that the next summary has no place for: at which cell, where that is known, and what."""

    sheet: str
    cell: str | None
    what: str

    def __str__(self) -> str:
        """Return it as a sentence names it: `「会計・款別」P3 の塗りつぶし`."""
        return f"「{self.sheet}」{self.cell or ''} の{self.what}".replace("」 の", "」の")


class Beside:
    """Takes what somebody put on a sheet beside the entries: what has words is a note, the rest is lost."""

    def __init__(self, file: str, opened: OpenedSummary, headed: Mapping[str, HeadedSheet]) -> None:
        """Begin with nothing; `headed` has the sheets of requests by their names now."""
        self._file, self._opened, self._headed = file, opened, headed
        self.notes: list[Typed] = []
        self.lost: list[LostContent] = []

    def take(self) -> None:
        """Look at every sheet."""
        found = self._opened.found
        own = {name: written for written, name in found.names.items()}
        for name, written in own.items():
            self._take_contents(written, name)
            self._take_annotations(written, name)
        for name, written in found.copies.items():
            self._take_contents(written, name)
        self.lost += (
            LostContent(name, None, "表の外に書かれたもの") for name in self._opened.doubtful
        )

    def take_copy(self, copy: ReadSheet, original: ReadSheet) -> None:
        """Take what was typed into a copy alone."""
        known = {(one.spot, one.own) for one in original.cells}
        noted = {(one.spot, one.raw) for one in original.notes}
        for one in copy.cells:
            if one.is_changed and one.raw and (one.spot, one.own) not in known:
                spot = Spot(one.spot.request, OUTSIDE, one.spot.line)
                self.notes.append(Typed(spot, one.raw, one.raw, one.place, one.title, why=_COPIED))
        self.notes += (one for one in copy.notes if (one.spot, one.raw) not in noted)

    def _take_contents(self, written: str, name: str) -> None:
        sheet = self._opened.sheet(name)
        if sheet is None:
            return
        marked = self._opened.stamp.marked.get(written)
        found = differences(sheet, marked) if marked and marked.rows else []
        if found is None:
            self.lost.append(LostContent(name, None, "値（たくさんのセル）"))
        headed = self._headed.get(name)
        if headed and "typed" in headed.columns:
            found = list(_around_the_list(sheet, marked or MarkedSheet(), headed))
        elif marked and marked.texts:
            found = strange_texts(sheet, marked)
        for one in found or ():
            self._note(name, (one.row, one.column), one.text, _OVER)
        colours = coloured(sheet, self._opened.colours)
        if colours:
            many = f"（{len(colours)}か所）" if len(colours) > 1 else ""
            self.lost.append(LostContent(name, colours[0], f"塗りつぶし{many}"))

    def _take_annotations(self, written: str, name: str) -> None:
        marked = self._opened.stamp.marked.get(written)
        drawings = marked.drawings if marked else 0
        pictures = 0
        for one in self._opened.book.annotations.get(name, ()):
            # The words of a chart have no place of their own.
            is_own = drawings or not self._opened.is_known
            if one.kind in _UPON and one.text.strip() and (one.place or not is_own):
                self._note(name, one.place, one.text.strip(), _UPON[one.kind])
            elif one.kind is AnnotationKind.OBJECT:
                self.lost.append(LostContent(name, None, "埋め込まれたファイル"))
            pictures += one.kind is AnnotationKind.PICTURE
        if pictures > drawings and self._opened.is_known:
            self.lost.append(LostContent(name, None, f"図形か画像（{pictures - drawings}個）"))

    def _note(self, name: str, at: tuple[int, int] | None, text: str, why: str) -> None:
        headed = self._headed.get(name)
        if headed and at and _is_of_a_request(headed, at[0]):
            self.notes.append(note_at(headed=headed, row=at[0], column=at[1], text=text, why=why))
            return
        place = Place(self._file, name, a1(*at) if at else None)
        self.notes.append(Typed(Spot("", OUTSIDE), text, text, place, why=why))


_OF_A_ROW = {"id", "title", "why"}
"""The columns of 引き継げない記入 that say whose a row is that somebody added, and why."""


def _around_the_list(sheet: Sheet, marked: MarkedSheet, left: HeadedSheet) -> Iterator[ChangedCell]:
    """Yield what was written on 引き継げない記入 around what could not be carried, which is read row by row.

    A summary that does not tell what stood there was not looked at but beside the list.
    """
    keys = {column: key for key, column in left.columns.items()}
    for one in strange_texts(sheet, marked):
        key = keys.get(one.column) if one.row > left.heading else ""
        is_taken = bool(left.text(one.row, "typed")) and (
            key in ("typed", "id") or (key in _OF_A_ROW and not left.text(one.row, RECORD))
        )
        if key is None or (marked.texts and not is_taken):
            yield one


def _is_of_a_request(headed: HeadedSheet, row: int) -> bool:
    """Return whether a row says whose it is: on 引き継げない記入 those do in which something was typed."""
    return "typed" not in headed.columns or bool(headed.text(row, "typed"))
