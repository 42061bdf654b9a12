"""`yosan-xl archive show`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import ARCHIVE, STAGE, TEXT_OR_JSON, fiscal_year
from yosan_xl.cli.output import emit, tell
from yosan_xl.model.fiscal_year import FiscalYear


@click.command(
    "show",
    help="1件の要求は、そのときの様式の言葉で出します。",
    epilog="例: yosan-xl archive show R2　／　yosan-xl archive show R2 --request 56",
)
@click.argument("year", metavar="年度", type=fiscal_year)
@click.option("--request", "no", metavar="NO", type=int, help="この NO の要求を出します。")
@STAGE
@ARCHIVE
@TEXT_OR_JSON
def command(
    year: FiscalYear, no: int | None, stage: str | None, archive: Path | None, form: str
) -> None:
    """Print the requests of a year, or one of them."""
    from yosan_xl.report import archive_text
    from yosan_xl.usecases.archive.place import find_archive
    from yosan_xl.usecases.archive.show import show_request, show_year

    root = find_archive(Path(), archive)
    if no is None:
        done = show_year(root, year, stage)
        as_json = archive_text.requests_json(done.stage, done.documents)
        text = archive_text.requests_text(done.stage, done.rows)
    else:
        page = show_request(root, year, no, stage)
        as_json = archive_text.requests_json(page.stage, [page.document])
        text = archive_text.request_text(page)
    if form == "json":
        emit(as_json)
    else:
        tell(text)
