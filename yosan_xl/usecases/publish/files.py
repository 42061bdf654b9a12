"""The files of an edition: the book in the order of NO and its PDF, tables, data, page, and what is in each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from yosan_xl.form.printed import PrintedSheet, printed_sheet
from yosan_xl.model.axes import ASKED, DECIDED
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import save_time
from yosan_xl.model.request import Document
from yosan_xl.model.settings import DECISIONS
from yosan_xl.model.table import Table
from yosan_xl.report.datapackage import PackageFacts, datapackage
from yosan_xl.report.export_tables import export_tables
from yosan_xl.report.page import PageContents, page_html
from yosan_xl.report.table import csv_text, to_json
from yosan_xl.store.places import why_unsafe
from yosan_xl.usecases.export import table_files
from yosan_xl.usecases.generate import first_choices
from yosan_xl.usecases.publish import codes
from yosan_xl.usecases.publish.edition import HELD_BACK
from yosan_xl.usecases.publish.frozen import (
    DATA_NAME,
    MANIFEST_NAME,
    Edition,
    changes_table,
    edition_json,
)
from yosan_xl.usecases.year import form_of

MOST_IN_A_BOOK = 300
"""Sheets of one book; of more there is a book for each 部."""

_UTF8 = "utf-8-sig"
"""With a byte order mark: without it Excel takes the tables for another encoding."""

PrintPdf = Callable[[Mapping[str, bytes], datetime], Mapping[str, bytes]]
"""Makes the PDF of books by their name; raises NotPrinted."""


class EditionFiles(NamedTuple):
    """The files of an edition by name, and what there is to tell of them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def edition_files(edition: Edition, print_pdf: PrintPdf | None) -> EditionFiles:
    """Return every file of an edition; without `print_pdf` (no LibreOffice here) no PDF."""
    books = dict(_books(edition))
    pdfs, findings = _pdfs(books, edition, print_pdf)
    tables = _tables(edition)
    files = {
        **{f"{stem}.xlsx": data for stem, data in books.items()},
        **{f"{stem}.pdf": data for stem, data in pdfs.items()},
        **{name: csv_text(one.headings, one.rows).encode(_UTF8) for name, one in tables},
        DATA_NAME: edition_json(edition).encode(),
        f"{_stem(edition)}.html": _page(edition, tables).encode(),
    }
    files["datapackage.json"] = to_json(_package(edition, tables, tuple(files))).encode()
    files[MANIFEST_NAME] = to_json(_manifest(edition, files)).encode()
    return EditionFiles(files, findings)


def _stem(edition: Edition) -> str:
    return f"{edition.year.settings.year.short}_{edition.name}"


def title_of(edition: Edition) -> str:
    """Return `令和2年度 予算要求状況`, as the public knows it."""
    what = "予算案の決定状況" if edition.name == DECISIONS else "予算要求状況"
    return f"{edition.year.settings.year.label} {what}"


def _books(edition: Edition) -> Iterator[tuple[str, bytes]]:
    from yosan_xl.excel.printed_book import printed_book  # it takes long to import

    year, changes = edition.year.settings.year.western, changes_table(edition)
    table = changes if changes.rows else None
    for name, documents in _shares(edition):
        sheets = _sheets(edition, documents)
        title = f"{edition.year.settings.municipality} {title_of(edition)}"
        yield name, printed_book(title, sheets, year=year, table=table)


def _shares(edition: Edition) -> Iterator[tuple[str, Sequence[Document]]]:
    """Yield the name and documents of each book: one of all, or one for each 部 in the order of the roster."""
    documents = edition.documents
    if len(documents) <= MOST_IN_A_BOOK:
        yield _stem(edition), documents
        return
    roster = edition.year.roster
    ordered = sorted(documents, key=lambda one: roster.position(one["department"]["code"]))
    bureaus: dict[str, list[Document]] = {}
    for document in ordered:
        unit = document["department"]
        bureaus.setdefault(unit.get("bureau") or unit.get("section") or "", []).append(document)
    for at, (bureau, own) in enumerate(bureaus.items(), 1):
        in_order = sorted(own, key=lambda one: int(one["no"]))
        # A 部 may be called what no file can be called.
        yield f"{_stem(edition)}_{at:02}" + ("" if why_unsafe(bureau) else f"_{bureau}"), in_order


def _sheets(edition: Edition, documents: Sequence[Document]) -> list[PrintedSheet]:
    settings, form = edition.year.settings, form_of(edition.year)
    pointer, first = edition.axes.pointer(DECIDED), first_choices(settings)
    word = _sheet_word(edition.axes.word("no"))
    return [
        printed_sheet(
            f"{word}{document['no']}",
            document,
            form,
            year=settings.year,
            first_choices=first,
            notes={pointer: HELD_BACK} if pointer and document["no"] in edition.undecided else {},
        )
        for document in documents
    ]


def _sheet_word(word: str) -> str:
    """Return the form's word for NO as far as the name of a sheet takes it."""
    kept = "".join(char for char in word if char not in "[]:*?/\\'")[:15].strip()
    return f"{kept} " if kept else ""


def _pdfs(
    books: Mapping[str, bytes], edition: Edition, print_pdf: PrintPdf | None
) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    from yosan_xl.excel.pdf import NotPrinted

    if print_pdf is None:
        return {}, (_no_pdf("LibreOffice が見つかりません", books),)
    moment = save_time(edition.as_of) or datetime(
        edition.year.settings.year.western, 4, 1, tzinfo=UTC
    )
    try:
        return print_pdf(books, moment), ()
    except NotPrinted as error:
        return {}, (_no_pdf(str(error), books),)


def without_pdf(folder: Path) -> tuple[Finding, ...]:
    """Return how an edition that stands in `folder` gets a PDF, where it has none: nothing is added to it."""
    if any(folder.glob("*.pdf")):
        return ()
    books = sorted(path.stem for path in folder.glob("*.xlsx"))
    return (_no_pdf("公表したフォルダーには、あとから加えません", books),)


def _no_pdf(reason: str, books: Iterable[str]) -> Finding:
    names = "、".join(f"{name}.xlsx" for name in books)
    return codes.NO_PDF.at(Place(names), reason=reason, book=names)


def _tables(edition: Edition) -> list[tuple[str, Table]]:
    """Return the tables of an edition by the names of their files: 一覧, those of the lists, and 変更一覧 where there are changes."""
    axes = edition.axes
    tables = export_tables(edition.rows, axes, public=True)
    usual = table_files(edition.year, axes, public=True)
    named = [
        (path.name.replace("公表", edition.name, 1), table)
        for table, (_, path) in zip(tables, usual, strict=True)
    ]
    changes = changes_table(edition)
    return [*named, *([(f"{_stem(edition)}_{changes.name}.csv", changes)] if changes.rows else [])]


def _page(edition: Edition, tables: Sequence[tuple[str, Table]]) -> str:
    return page_html(
        PageContents(
            rollup=edition.rollup,
            intake=edition.intake,
            public=True,
            edition=edition.heading,
            saved=edition.as_of,
            links=tuple((table.name, name) for name, table in tables),
        )
    )


_TITLES = {
    "xlsx": "要求書（印刷用のブック）",
    "pdf": "要求書（PDF）",
    "json": "要求書のデータ",
    "html": "ブラウザーで読むページ",
}


def _package(
    edition: Edition, tables: Sequence[tuple[str, Table]], names: Sequence[str]
) -> dict[str, Any]:
    settings, others = edition.year.settings, {name for name, _ in tables}
    forms = ((name, name.rpartition(".")[2]) for name in names if name not in others)
    facts = PackageFacts(
        name=f"yosan-{settings.year.western}-{'approved' if edition.name == DECISIONS else 'proposed'}",
        title=title_of(edition),
        municipality=settings.municipality,
        year=settings.year.western,
        edition=edition.name,
        as_of=edition.as_of,
        licence=settings.licence,
        about={one.label: one.about for one in form_of(edition.year).fields.values() if one.about},
        files=[(name, _TITLES[form], form) for name, form in forms],
    )
    return datapackage(facts, tables, edition.axes)


def _manifest(edition: Edition, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what the edition is: its date, counts and sums, and every file with its SHA-256."""
    rollup, settings = edition.rollup, edition.year.settings
    sums = rollup.sums(rollup.rows)
    decided = {
        "decided": sums.given.get(DECIDED, 0),
        "undecided": len(edition.undecided),
        "decided_amount": sums.amount(DECIDED) if sums.given.get(DECIDED) else None,
    }
    return {
        "edition": edition.name,
        "municipality": settings.municipality,
        "fiscal_year": settings.year.western,
        "as_of": edition.as_of,
        "unit": edition.axes.unit,
        "requests": sums.count,
        "requested_amount": sums.amount(ASKED),
        **(decided if edition.name == DECISIONS else {}),
        "changes": len(edition.changes),
        "files": [
            {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    }


@dataclass(frozen=True, slots=True)
class OfficePdf:
    """Makes PDF by LibreOffice."""

    office: str

    def __call__(self, books: Mapping[str, bytes], moment: datetime) -> Mapping[str, bytes]:
        """Return the PDF of each book; raise NotPrinted."""
        from yosan_xl.excel.pdf import printed

        return printed(books, self.office, moment)
