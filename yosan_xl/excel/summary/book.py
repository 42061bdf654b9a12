"""The whole summary workbook, as the bytes of its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from yosan_xl.excel.checked import workbook
from yosan_xl.excel.rows import Books
from yosan_xl.excel.styles import DEFAULT_FONT
from yosan_xl.excel.summary.assessment import write_course, write_progress
from yosan_xl.excel.summary.ceilings import write_ceilings
from yosan_xl.excel.summary.charts import write_charts
from yosan_xl.excel.summary.comparison import write_comparison, write_last_list
from yosan_xl.excel.summary.definition import SummaryContents
from yosan_xl.excel.summary.draft import write_draft
from yosan_xl.excel.summary.funding import write_funding
from yosan_xl.excel.summary.intake import write_intake
from yosan_xl.excel.summary.listing import (
    write_decisions,
    write_detail,
    write_listing,
    write_uncarried,
)
from yosan_xl.excel.summary.marks import write_marks
from yosan_xl.excel.summary.page import SummaryPage
from yosan_xl.excel.summary.stages import StagePlan
from yosan_xl.excel.summary.stamp import StampedHistory
from yosan_xl.excel.summary.styles import Formats
from yosan_xl.excel.summary.submissions import write_findings, write_status
from yosan_xl.excel.summary.sums import write_contracts, write_grouped
from yosan_xl.excel.summary.template import summary_definition
from yosan_xl.form.definition import Definition
from yosan_xl.form.load import load_definition
from yosan_xl.model.ceiling import CeilingStanding
from yosan_xl.model.decision import FinanceEntries, base_of_rows
from yosan_xl.model.department import Roster
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.settings import Settings
from yosan_xl.model.two_years import AgainstLastYear

_WRITERS: Mapping[str, Callable[[SummaryPage], None]] = {
    "grouped": write_grouped,
    "funding": write_funding,
    "draft": write_draft,
    "ceilings": write_ceilings,
    "contracts": write_contracts,
    "list": write_listing,
    "detail": write_detail,
    "comparison": write_comparison,
    "last_list": write_last_list,
    "decisions": write_decisions,
    "progress": write_progress,
    "course": write_course,
    "uncarried": write_uncarried,
    "status": write_status,
    "findings": write_findings,
}
_OVERVIEWS: Mapping[str, Callable[[SummaryPage, Sequence[SummaryPage]], None]] = {
    "intake": write_intake,
    "charts": write_charts,
}
"""What shows the other sheets, and is written when they are."""


def summary_bytes(
    rows: Sequence[SummaryRow],
    findings: Sequence[Finding],
    settings: Settings,
    roster: Roster,
    intake: Intake | None = None,
    last_year: AgainstLastYear | None = None,
    paths: Mapping[str, str] | None = None,
    entries: FinanceEntries | None = None,
    form: Definition | None = None,
    history: StampedHistory | None = None,
    closed: Sequence[str] = (),
    ceilings: Sequence[CeilingStanding] = (),
) -> bytes:
    """Return the summary workbook (xlsx); the same input gives the same bytes.

    `last_year` has last year's requests, in files of other names than this year's, brought together
    with `rows` in the order of the list; without it the sheets that compare are left out. `paths` says where the books are, by name, from the folder of
    the summary, with `/` between folders; what is not in it is not linked to.
    `form` is the year's form, where it does not come with the program; `history` is what the next run is to know of
    the decisions that were taken so far. `closed` are the names of the stages of the assessment that are closed.
    `ceilings` are シーリング as they stand by `rows`.

    Raises NotWritable when XlsxWriter refuses or drops anything, such as a text that is too long.
    """
    form = form or load_definition(settings.form)
    rollup = Rollup.of(rows, settings, roster, form.axes)
    contents = SummaryContents(
        definition=summary_definition(form, StagePlan.of(settings, form.axes, closed)),
        rollup=rollup,
        findings=tuple(findings),
        intake=intake or Intake(),
        entries=entries or FinanceEntries(base=base_of_rows(rows)),
        books=Books(paths or {}),
        last_year=last_year,
        history=history or StampedHistory(),
        ceilings=tuple(ceilings),
    )
    out = BytesIO()
    with workbook(
        out,
        title=contents.heading,
        author=settings.municipality,
        year=settings.year.western,
        default_font=DEFAULT_FONT,
    ) as book:
        formats = Formats(book)
        pages = [SummaryPage(book, formats, contents, sheet) for sheet in contents.sheets]
        for page in pages:
            if page.sheet.kind in _WRITERS:
                _WRITERS[page.sheet.kind](page)
        for page in pages:
            if page.sheet.kind in _OVERVIEWS:
                _OVERVIEWS[page.sheet.kind](page, pages)
        write_marks(book, contents, pages)
    return out.getvalue()
