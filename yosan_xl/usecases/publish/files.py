"""The files of an edition: the book in the order of NO and its PDF, tables, data, page, and what is in each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from yosan_xl.report.datapackage import PackageFacts, datapackage, file_resources
from yosan_xl.report.export_tables import export_tables
from yosan_xl.report.page import PageContents, page_html
from yosan_xl.report.table import csv_text, to_json
from yosan_xl.store.places import why_unsafe
from yosan_xl.store.publication import DATA_NAME, read_published
from yosan_xl.usecases.export import table_files
from yosan_xl.usecases.generate import first_choices
from yosan_xl.usecases.publish import codes
from yosan_xl.usecases.publish.edition import HELD_BACK
from yosan_xl.usecases.publish.frozen import (
    MANIFEST_NAME,
    Edition,
    changes_table,
    edition_json,
    read_manifest,
)
from yosan_xl.usecases.year import form_of

PACKAGE_NAME = "datapackage.json"

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
    files[PACKAGE_NAME] = to_json(_package(edition, tables, tuple(files))).encode()
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
    sheets = (
        printed_sheet(
            f"{word}{document['no']}",
            document,
            form,
            year=settings.year,
            first_choices=first,
            notes={pointer: HELD_BACK} if pointer and document["no"] in edition.undecided else {},
        )
        for document in documents
    )
    return [
        replace(sheet, note=_changed(edition, document["no"]))
        for sheet, document in zip(sheets, documents, strict=True)
    ]


def _changed(edition: Edition, no: int) -> str:
    """Return what the foot of a sheet says: its texts are those that were published, and the amount may be another."""
    said = "、".join(one.words for one in edition.changes if one.no == no)
    return f"要求状況を公表したあとに変わったこと: {said}" if said else ""


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


def missing_pdf(edition: Edition, folder: Path, print_pdf: PrintPdf | None) -> EditionFiles:
    """Return the PDF that an edition in `folder` lacks, and the lists with it, in the order in which they are to be written.

    The books are printed as they stand there. Nothing is to be written where it has one, where somebody put his own there, or
    where none can be made.
    """
    manifest = read_manifest(folder)
    known = {file["path"]: file for file in manifest["files"]}
    if any(name.endswith(".pdf") for name in known):
        return EditionFiles({}, ())
    names = sorted(name for name in known if name.endswith(".xlsx"))
    there = {name: read_published(folder, name) for name in names}
    books = {name.removesuffix(".xlsx"): data for name, data in there.items()}
    package = read_published(folder, PACKAGE_NAME)
    there[PACKAGE_NAME] = _with_pdf(package, [])
    if any(_listed(data)["sha256"] != known[name]["sha256"] for name, data in there.items()):
        return EditionFiles({}, (_no_pdf("公表したファイルが書きかえられています", books),))
    pdfs, findings = _pdfs(books, edition, print_pdf)
    files = {f"{stem}.pdf": data for stem, data in pdfs.items()}
    others = [name for name in files if (folder / name).exists()]
    if not files or any(read_published(folder, name) != files[name] for name in others):
        return EditionFiles({}, findings)
    files[PACKAGE_NAME] = _with_pdf(package, [*files])
    known |= {name: {"path": name, **_listed(data)} for name, data in files.items()}
    manifest["files"] = [known[name] for name in sorted(known)]
    # The manifest comes last: until it is there, another run begins anew.
    return EditionFiles({**files, MANIFEST_NAME: to_json(manifest).encode()}, findings)


def _with_pdf(data: bytes, names: Sequence[str]) -> bytes:
    """Return datapackage.json with these PDF behind the books, as it would be had they been there at first; nothing where it is none."""
    try:
        package = json.loads(data)
        tables = [one for one in package["resources"] if "profile" in one]
        others = [one for one in package["resources"] if "profile" not in one]
        files = [(one["path"], one["title"], one["format"]) for one in others]
    except (ValueError, LookupError, TypeError):
        return b""
    files = [one for one in files if not one[0].endswith(".pdf")]
    books = sum(form == "xlsx" for _, _, form in files)
    files[books:books] = [(name, _TITLES["pdf"], "pdf") for name in names]
    return to_json({**package, "resources": [*tables, *file_resources(files)]}).encode()


def _listed(data: bytes) -> dict[str, Any]:
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


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
        "files": [{"path": name, **_listed(data)} for name, data in sorted(files.items())],
    }


@dataclass(frozen=True, slots=True)
class OfficePdf:
    """Makes PDF by LibreOffice."""

    office: str

    def __call__(self, books: Mapping[str, bytes], moment: datetime) -> Mapping[str, bytes]:
        """Return the PDF of each book; raise NotPrinted."""
        from yosan_xl.excel.pdf import printed

        return printed(books, self.office, moment)
