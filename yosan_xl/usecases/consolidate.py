"""`consolidate`: all departments into one summary workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.summary import summary_bytes
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.money import ThousandYen, with_unit
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.rules.across import SAME_ID
from yosan_xl.store.ledger import read_ledger, write_ledger
from yosan_xl.store.write import write_bytes
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.accept import accept
from yosan_xl.usecases.check import check_across, check_request
from yosan_xl.usecases.gather import (
    Gathered,
    Progress,
    gather,
    no_books,
    refuse_absent,
    refuse_over_input,
)
from yosan_xl.usecases.numbering import number_requests
from yosan_xl.usecases.year import books_in, open_year, year_of

_AMOUNTS = ("/lines", "/subtotals", "/total", "/funding")
"""An error here keeps a request out of the totals."""


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The summary, and what went into it (千円); with no book at all an old one is left alone."""

    summary: Path
    written: bool
    files: int
    untouched: int
    counted: int
    requested: ThousandYen
    left_out: int
    findings: tuple[Finding, ...]


def consolidate(
    paths: Sequence[Path],
    here: Path,
    out: Path | None = None,
    progress: Progress = lambda files: files,
) -> Consolidated:
    """Read, check, sum and write; raise WrongInput.

    `paths` are year folders, or files and folders in one; none means the year folder `here`.
    """
    year, chosen = _year_and_books(paths, here)
    ledger = read_ledger(year.root)
    gathering = gather(chosen, year.settings.year, progress)
    refuse_over_input(out, gathering.books)
    numbering = number_requests(
        gathering.requests, ledger.numbers, year.roster, year.settings.first_no
    )
    findings = [*no_books(gathering, chosen), *gathering.findings, *numbering.findings]
    rows: list[SummaryRow] = []
    left_out = 0
    twice = check_across(gathering.requests)
    for item in gathering.requests:
        own = check_request(item, year)
        findings += own
        if _may_count(item, [*own, *twice]):
            rows.append(_row(numbering.put(item)))
        else:
            left_out += 1
            findings.append(_not_counted(item, twice))
    findings += twice
    summary = out or year.summary / f"{year.settings.year.short}_集計.xlsx"
    # A folder that is empty by mistake must not cost finance the summary it has.
    written = bool(gathering.books) or not summary.exists()
    if gathering.books:
        # Before the summary: a NO that is printed must be one that is remembered.
        write_ledger(
            year.root,
            accept(
                ledger, gathering.files, numbering.numbers, ledger.acknowledgements, year.roster
            ),
        )
    if written:
        write_bytes(summary, summary_bytes(rows, findings, year.settings, year.roster))
    return Consolidated(
        summary,
        written,
        len(gathering.books),
        gathering.untouched,
        len(rows),
        ThousandYen(sum(row.request.requested for row in rows)),
        left_out,
        tuple(findings),
    )


def _year_and_books(paths: Sequence[Path], here: Path) -> tuple[YearFolder, list[Path]]:
    refuse_absent(paths)
    year = year_of(paths) or open_year(here)
    return year, books_in(paths) or [year.submitted]


def _may_count(item: Gathered, findings: Sequence[Finding]) -> bool:
    """Tell whether no error touches this request's amounts or funding, and it is there once."""
    return not _is_again(item, findings) and not any(
        finding.is_error and _is_at(finding, item) and (finding.pointer or "").startswith(_AMOUNTS)
        for finding in findings
    )


def _is_again(item: Gathered, findings: Sequence[Finding]) -> bool:
    """Tell whether this request was handed in before, in another book."""
    return any(f.code == SAME_ID.code and _is_at(f, item) for f in findings)


def _is_at(finding: Finding, item: Gathered) -> bool:
    return (finding.place.file, finding.place.sheet) == (item.file, item.sheet)


def _not_counted(item: Gathered, twice: Sequence[Finding]) -> Finding:
    request = Request.from_document(item.document)
    amount = request.total.requested
    return codes.NOT_COUNTED.at(
        item.locate("/total/requested"),
        "/total/requested",
        id=request.id or item.sheet,
        title=request.title or "（事業名なし）",
        amount=f"（{with_unit(amount)}）" if amount is not None else "",
        reason="二度提出されているため" if _is_again(item, twice) else "金額か財源に誤りがあるため",
        remedy="どちらを使うか決め、もう一方を提出フォルダーから出してください。"
        if _is_again(item, twice)
        else "誤りを直すと集計に入ります。",
    )


def _row(item: Gathered) -> SummaryRow:
    return SummaryRow(Request.from_document(item.document), Place(item.file, item.sheet))
