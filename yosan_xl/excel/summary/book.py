"""The whole summary workbook, as the bytes of its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from yosan_xl.excel.checked import workbook
from yosan_xl.excel.summary.decisions import write_decisions, write_leftovers
from yosan_xl.excel.summary.definition import load_definition
from yosan_xl.excel.summary.findings import write_findings
from yosan_xl.excel.summary.funding import write_funding
from yosan_xl.excel.summary.grouped import write_grouped
from yosan_xl.excel.summary.intake import write_intake
from yosan_xl.excel.summary.listing import define_ranges, write_listing
from yosan_xl.excel.summary.marks import write_marks
from yosan_xl.excel.summary.page import Contents, Page
from yosan_xl.excel.summary.status import write_status
from yosan_xl.excel.summary.styles import BODY, Formats
from yosan_xl.model.decision import Desk, base_of_rows
from yosan_xl.model.department import Roster
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.settings import Settings

_WRITERS: Mapping[str, Callable[[Page], None]] = {
    "intake": write_intake,
    "grouped": write_grouped,
    "funding": write_funding,
    "list": write_listing,
    "decisions": write_decisions,
    "leftovers": write_leftovers,
    "status": write_status,
    "findings": write_findings,
}


def summary_bytes(
    rows: Sequence[SummaryRow],
    findings: Sequence[Finding],
    settings: Settings,
    roster: Roster,
    intake: Intake | None = None,
    desk: Desk | None = None,
) -> bytes:
    """Give the summary workbook (xlsx); the same input gives the same bytes.

    Raises WriteFailed when XlsxWriter refuses or drops anything, such as a text that is too long.
    """
    rollup = Rollup.of(rows, settings, roster)
    own = desk or Desk(base=base_of_rows(rows))
    contents = Contents(load_definition(), rollup, tuple(findings), intake or Intake(), own)
    out = BytesIO()
    with workbook(
        out,
        title=contents.heading,
        author=settings.municipality,
        year=settings.year.western,
        default_font=BODY,
    ) as book:
        formats = Formats(book)
        for sheet in contents.definition.sheets:
            _WRITERS[sheet.kind](Page(book, formats, contents, sheet))
        write_marks(book, contents)
        define_ranges(book, contents.definition, contents.rollup)
    return out.getvalue()
