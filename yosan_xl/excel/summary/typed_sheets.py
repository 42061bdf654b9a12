"""The sheets of a summary that finance types into, wherever they are now: renamed, copied, deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yosan_xl.excel.ooxml.book import Sheet
from yosan_xl.excel.summary import codes
from yosan_xl.excel.summary.definition import SheetDefinition, SummaryDefinition
from yosan_xl.excel.summary.entries import (
    HeadedSheet,
)
from yosan_xl.excel.summary.opened import OpenedSummary
from yosan_xl.excel.summary.stamp import (
    NotASummary,
    SummaryStamp,
    WrittenColumn,
    quoted,
)
from yosan_xl.model.finding import Finding, Place


def typed_sheets(definition: SummaryDefinition) -> Iterator[SheetDefinition]:
    """Yield the sheets that may hold something of finance."""
    yield from (one for one in definition.sheets if one.entries or one.kind == "uncarried")


class TypedSheets:
    """The sheets that finance types into and 引き継げない記入, wherever they are now; raises NotASummary where one is needed and gone."""

    def __init__(
        self, file: str, opened: OpenedSummary, definitions: Sequence[SummaryDefinition]
    ) -> None:
        """Find them, and their copies."""
        self._file, self._opened = file, opened
        self._is_sure = bool(opened.stamp.columns)
        self.entries: list[tuple[str, HeadedSheet]] = []
        self.uncarried: HeadedSheet | None = None
        self.copies: list[tuple[str, HeadedSheet]] = []
        self._gone: list[str] = []
        own = dict.fromkeys(
            (one.kind, one.name) for each in definitions for one in typed_sheets(each)
        )
        for kind, name in own:
            writings = written_columns(opened.stamp, kind, name, definitions)
            if writings:
                self._take(kind, name, writings)
        if self._gone and not (self.entries and opened.is_known):
            raise NotASummary(f"シート{quoted(self._gone)}がありません")

    @property
    def names_now(self) -> set[str]:
        """Return the names that the sheets have now."""
        return {one.sheet.name for one in self.every}

    @property
    def every(self) -> list[HeadedSheet]:
        """Return those that are there, without copies."""
        left = [self.uncarried] if self.uncarried else []
        return [*(one for _, one in self.entries), *left]

    def _take(self, kind: str, name: str, writings: Sequence[tuple[WrittenColumn, ...]]) -> None:
        sheet = self._opened.sheet_of(name)
        if kind == "uncarried":
            self.uncarried = self._headed(sheet, name, writings) if sheet else None
            return
        if sheet:
            self.entries.append((name, self._headed(sheet, name, writings)))
        for copy in self._opened.copies_of(name):
            headed = self._fitting(copy, name, writings)
            if headed and sheet:
                self.copies.append((name, headed))
            elif headed and not any(written == name for written, _ in self.entries):
                self.entries.append(
                    (name, headed)
                )  # without its hidden name it is known by its headings
        if not any(written == name for written, _ in self.entries):
            self._gone.append(name)

    def _headed(
        self, sheet: Sheet, name: str, writings: Sequence[tuple[WrittenColumn, ...]]
    ) -> HeadedSheet:
        return HeadedSheet.of(sheet, name, self._file, writings, is_sure=self._is_sure)

    def _fitting(
        self, sheet: Sheet, name: str, writings: Sequence[tuple[WrittenColumn, ...]]
    ) -> HeadedSheet | None:
        """Return a sheet that may be a copy, where most of its headings are those that were written."""
        try:
            headed = self._headed(sheet, name, writings)
        except NotASummary:
            return None
        return headed if 2 * headed.unchanged > len(headed.written) else None

    def findings(self) -> Iterator[Finding]:
        """Yield what there is to tell of where the sheets are."""
        found = self._opened.found
        now = {one.name: one.sheet.name for one in self.every}
        for written, name in {**found.renamed, **now}.items():
            if written.casefold() != name.casefold():
                yield codes.RENAMED.at(Place(self._file, name), written=written, name=name)
        copies = {one.sheet.name: written for written, one in self.copies}
        for name, written in {**found.copies, **copies}.items():
            if name not in now.values():
                yield codes.COPIED.at(Place(self._file, name), written=written, name=name)
        for name in self._gone:
            yield codes.GONE_SHEET.at(Place(self._file), written=name)


def written_columns(
    stamp: SummaryStamp, kind: str, name: str, definitions: Sequence[SummaryDefinition]
) -> list[tuple[WrittenColumn, ...]]:
    """Return what columns a sheet may have been written with: as the stamp says, else in the words of a form.

    There are none of a sheet that nobody types into.
    """
    if stamp.columns:
        columns = stamp.columns.get(name, ())
        is_typed = kind == "uncarried" or any(one.is_entry for one in columns)
        return [columns] if columns and is_typed else []
    return [_as_before(columns_of(own)) for one in definitions for own in one.every_of(kind)]


def _as_before(columns: tuple[WrittenColumn, ...]) -> tuple[WrittenColumn, ...]:
    """Return columns as they stood while stamps named none: 事業名 behind the unit."""
    keys = [one.key for one in columns]
    behind = max((keys.index(one) for one in ("section", "department") if one in keys), default=0)
    at = keys.index("title") if "title" in keys else behind
    if at >= behind:
        return columns
    return (*columns[:at], *columns[at + 1 : behind + 1], columns[at], *columns[behind + 1 :])


def columns_of(sheet: SheetDefinition) -> tuple[WrittenColumn, ...]:
    """Return the columns that a sheet is written with."""
    entries = sheet.entries
    return tuple(WrittenColumn(one.key, one.label, one.key in entries) for one in sheet.fields)
