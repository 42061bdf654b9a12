"""Bytes -> Book: sniff, check the package, read the parts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from itertools import chain, count

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.annotations import header, read_annotations, read_comments, read_links
from yosan_xl.excel.ooxml.book import Annotation, AnnotationKind, Book, Extent, RowTexts, Sheet
from yosan_xl.excel.ooxml.limits import LIMITS, Limits, PartSource, Tally
from yosan_xl.excel.ooxml.package import Package, Relation
from yosan_xl.excel.ooxml.refusals import Refused, malformed
from yosan_xl.excel.ooxml.rich_text import read_shared_strings
from yosan_xl.excel.ooxml.row_texts import TextOf, row_texts
from yosan_xl.excel.ooxml.styles import Styles, read_styles
from yosan_xl.excel.ooxml.workbook import Listed, Saved, read_application, read_saved, read_workbook
from yosan_xl.excel.ooxml.worksheet import Frame, extent_of, read_worksheet
from yosan_xl.excel.ooxml.zip_entries import refuse_other_format
from yosan_xl.form.area import Area

_KINDS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "xltx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "xlsm",
    "application/vnd.ms-excel.template.macroenabled.main+xml": "xltm",
    "application/vnd.ms-excel.addin.macroenabled.main+xml": "xlam",
}
_MACRO_KINDS = {"xlsm", "xltm", "xlam"}
_MACRO_RELATIONS = {"vbaProject", "xlMacrosheet", "xlIntlMacrosheet"}
_SHEET_KINDS = {"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"}
_FEW = 1_024
_OTHER_OFFICE = {"wordprocessingml": "Word", "presentationml": "PowerPoint", "visio": "Visio"}


def open_book(
    data: bytes,
    limits: Limits = LIMITS,
    sheets: Callable[[str], bool] | None = None,
    tolerated: Collection[str] = (),
    *,
    measured: bool = False,
    annotated: bool = False,
    linked: bool = True,
    text_of: TextOf | None = None,
) -> Book:
    """Read a workbook; `sheets` chooses by name which worksheets are read (without it, all).

    Those called as in `tolerated` are left out where they cannot be read, unless a name is scoped to
    them. Of those that are not read, `measured` gives how far they go, and `text_of` their texts. With `annotated` it is
    read what stands upon the sheets, their links only where it is `linked`.

    Raises Refused, and nothing else, for any bytes that are no workbook or no safe one.
    """
    limits.check("file_bytes", len(data))
    refuse_other_format(data)
    package = Package(data, limits)
    top = package.relations("")
    main = _only(top, "officeDocument")
    if main is None:
        raise Refused(refusals.OTHER_ZIP)
    kind = _kind(package.content_type(main))
    workbook = read_workbook(package, main)
    optional = set(tolerated) - workbook.names.sheets
    relations = package.relations(main)
    styles = _styles(package, relations)
    # Nobody misses what a relationship promises of them: Excel opens the book.
    core, app = (
        part if (part := _only(top, *kinds)) and part in package else None
        for kinds in (("core-properties",), ("extended-properties", "extendedProperties"))
    )
    kinds = {relation.kind for relation in relations}

    def chosen(name: str) -> bool:
        return sheets is None or sheets(name)

    worksheets = _Sheets(package, main, relations, styles, linked=linked)
    read = worksheets.read(workbook.listed, chosen, optional)
    saved = read_saved(package, core) if core else Saved()
    return Book(
        sheets=read,
        annotations=worksheets.annotations(workbook.listed, read, optional) if annotated else {},
        extents=worksheets.extents(workbook.listed, chosen) if measured else {},
        texts=worksheets.texts(workbook.listed, chosen, text_of) if text_of else {},
        names=workbook.names,
        formats=styles.formats,
        date1904=workbook.date1904,
        created=saved.created,
        modified=saved.modified,
        # A library that makes a book names its maker so: nobody saved it.
        saved_by="" if saved.by == saved.maker else saved.by or "",
        application=read_application(package, app) if app else None,
        macros=kind in _MACRO_KINDS or bool(kinds & _MACRO_RELATIONS),
        external_links="externalLink" in kinds,
        kind=kind,
    )


def first_sheet(data: bytes) -> str:
    """Return the name of a workbook's first sheet, reading no other part than the list of them.

    Raises Refused.
    """
    LIMITS.check("file_bytes", len(data))
    package = Package(data, LIMITS)
    main = _only(package.relations(""), "officeDocument")
    listed = read_workbook(package, main).listed if main else ()
    return listed[0].name if listed else ""


def _kind(content_type: str) -> str:
    """Return the kind of book; a type never heard of is left to the root element to judge."""
    lowered = content_type.lower()
    if "sheet.binary" in lowered:
        raise Refused(refusals.BINARY_BOOK)
    for word, what in _OTHER_OFFICE.items():
        if word in lowered:
            raise Refused(refusals.OTHER_OFFICE, what=what)
    return _KINDS.get(lowered, "xlsx")


def _only(relations: Sequence[Relation], *kinds: str) -> str | None:
    """Return the one part of these kinds, None where there is none. Raises Refused for two."""
    targets = {r.target.lower(): r.target for r in relations if r.kind in kinds}
    if len(targets) > 1:
        raise malformed(min(targets), f"{kinds[0]} が2つあります")
    return next(iter(targets.values()), None)


def _styles(package: Package, relations: Sequence[Relation]) -> Styles:
    part = _only(relations, "styles")
    return read_styles(package.small(part), part, package.limits) if part else Styles()


class _Sheets:
    """The worksheets of one book, with what they share."""

    def __init__(
        self,
        package: Package,
        main: str,
        relations: Sequence[Relation],
        styles: Styles,
        *,
        linked: bool,
    ) -> None:
        self._package, self._main, self._styles = package, main, styles
        self._linked = linked
        self._relations = {relation.id: relation for relation in relations}
        self._tally = Tally(package.limits)
        self._headers: dict[str, tuple[str, ...]] = {}
        part = _only(relations, "sharedStrings")
        self._strings = (
            read_shared_strings(package.whole(part), part, package.limits, self._tally)
            if part
            else []
        )
        numerals = chain(_numerals(), map(str, count(_FEW)))
        self._numbered = dict(zip(numerals, self._strings, strict=False))

    def read(
        self, listed: Sequence[Listed], chosen: Callable[[str], bool], optional: Collection[str]
    ) -> tuple[Sheet, ...]:
        found = [(sheet, self._relation(sheet)) for sheet in listed if sheet.relation]
        # A sheet of a kind that nobody knows would drop out of the book without a word.
        for sheet, relation in found:
            if relation.kind not in _SHEET_KINDS:
                raise malformed(self._main, f"シート「{sheet.name[:40]}」の種類")
        targets = [relation.target.lower() for _, relation in found]
        if len(set(targets)) < len(targets):
            raise malformed(self._main, "2つのシートが同じ部品を指しています")
        wanted = [(s, r.target) for s, r in found if r.kind == "worksheet" and chosen(s.name)]
        read = tuple(
            self._tolerated(s, t) if s.name in optional else self._sheet(s, t, self._tally)
            for s, t in wanted
        )
        sheets = tuple(filter(None, read))
        self._check_use([sheet for sheet in sheets if sheet.name not in optional])
        return sheets

    def _check_use(self, sheets: Sequence[Sheet]) -> None:
        """Count shared strings as often as they are used, where they could be too many. Raises Refused."""
        limits, longest = self._package.limits, max(map(len, self._strings), default=0)
        if longest * sum(len(sheet.cells) for sheet in sheets) > limits.used_chars:
            used = sum(len(cell.text) for sheet in sheets for cell in sheet.cells.values())
            limits.check("used_chars", used)

    def _tolerated(self, listed: Listed, part: str) -> Sheet | None:
        """Return a sheet, or nothing; what it holds takes nothing from the limits of the others."""
        try:
            sheet = self._sheet(listed, part, Tally(self._package.limits))
            self._check_use([sheet])
        except Refused:
            return None
        return sheet

    def annotations(
        self, listed: Sequence[Listed], read: Sequence[Sheet], optional: Collection[str]
    ) -> dict[str, tuple[Annotation, ...]]:
        """Return what stands upon each sheet; a chart that is a sheet by itself is a picture."""
        known = {sheet.name: sheet for sheet in read}
        found: dict[str, tuple[Annotation, ...]] = {}
        for one in listed:
            if not one.relation:
                found[one.name] = (Annotation(AnnotationKind.OBJECT, None),)
                continue
            relation, sheet = self._relation(one), known.get(one.name)
            own = self._annotations(relation.target, sheet, strict=one.name not in optional)
            if relation.kind != "worksheet":
                own.append(Annotation(AnnotationKind.PICTURE, None))
            if sheet:
                own += (
                    words for text in self._headers.get(sheet.name, ()) for words in header(text)
                )
            if own:
                found[one.name] = tuple(own)
        return found

    def _annotations(self, part: str, sheet: Sheet | None, *, strict: bool) -> list[Annotation]:
        package, tally = self._package, self._tally
        try:
            relations = package.relations(part)
            links = list(read_links(package, part, tally)) if self._linked else []
            if not relations and not links:
                return []
            notes = None if sheet else _only(relations, "comments")
            unread = read_comments(package, notes, tally) if notes else {}
            found = read_annotations(package, part, sheet.comments if sheet else unread, tally)
            return [*found, *(one for one in links if not (sheet and _is_said(one, sheet)))]
        except Refused as refused:
            if strict and (sheet or refused.code is not refusals.MALFORMED):
                raise
            return []  # no part of a sheet that must be read

    def extents(
        self, listed: Sequence[Listed], chosen: Callable[[str], bool]
    ) -> dict[str, Extent | None]:
        """Return how far each worksheet goes that is not chosen."""
        return {name: self._extent(part) for name, part in self._unread(listed, chosen)}

    def texts(
        self, listed: Sequence[Listed], chosen: Callable[[str], bool], text_of: TextOf
    ) -> dict[str, RowTexts | None]:
        """Return the texts of each worksheet that is not chosen."""
        chunks = self._package.chunks
        return {
            name: row_texts(b"".join(chunks(part)), self._numbered, text_of)
            for name, part in self._unread(listed, chosen)
        }

    def _unread(
        self, listed: Sequence[Listed], chosen: Callable[[str], bool]
    ) -> Iterator[tuple[str, str]]:
        found = [(sheet.name, self._relation(sheet)) for sheet in listed if sheet.relation]
        for name, relation in found:
            if relation.kind == "worksheet" and not chosen(name):
                yield name, relation.target

    def _extent(self, part: str) -> Extent | None:
        if _only(self._package.relations(part), "comments"):
            return None
        return extent_of(b"".join(self._package.chunks(part)))

    def _relation(self, sheet: Listed) -> Relation:
        relation = self._relations.get(sheet.relation)
        if relation is None:
            raise malformed(self._main, f"シート「{sheet.name[:40]}」の部品がありません")
        return relation

    def _sheet(self, listed: Listed, part: str, tally: Tally) -> Sheet:
        package = self._package
        source = PartSource(
            part=part,
            strings=self._strings,
            numbered_strings=self._numbered,
            limits=package.limits,
            tally=tally,
        )
        frame, rows = read_worksheet(package.whole(part), source)
        notes = _only(package.relations(part), "comments")
        self._headers[listed.name] = frame.headers
        return Sheet(
            name=listed.name,
            state=listed.state,
            cells=rows.cells,
            blanks=rows.blanks,
            merges=frame.merges,
            protected=frame.protected,
            comments=read_comments(package, notes, tally) if notes else {},
            columns=frame.columns,
            row_styles=rows.row_styles,
            hidden_rows=frozenset(rows.hidden_rows),
            low_rows=rows.low_rows,
            formats=self._styles.formats,
            altered=_altered(frame, self._styles),
        )


def _is_said(one: Annotation, sheet: Sheet) -> bool:
    """Return whether a link leads where a cell says in words: a program made it of them."""
    target = one.text.removeprefix("mailto:").rstrip("/")
    return any(target in cell.text for cell in sheet.cells.values())


def _altered(frame: Frame, styles: Styles) -> tuple[Area, ...]:
    return tuple(
        area for area, number in frame.conditional if number is None or number in styles.altering
    )


@cache
def _numerals() -> tuple[str, ...]:
    """Return the numerals of as many strings as most books have."""
    return tuple(map(str, range(_FEW)))
