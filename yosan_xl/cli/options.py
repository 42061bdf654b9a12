"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from yosan_xl.usecases.read_files import ReadOptions

FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="終了コードを1にする指摘: error は誤り、warning は注意も。確認済みの注意は数えません。",
)
"""Which findings make the exit code 1."""

FINDINGS = click.option(
    "--findings",
    "listed",
    is_flag=True,
    help="指摘を一覧で出します。省くと件数だけです（一覧は validate でも出せます）。",
)
"""Whether an output lists the findings of the books that it was made of."""

JOBS = click.option(
    "--jobs",
    metavar="数",
    type=click.IntRange(min=1),
    help="ブックを読むプロセスの数。省くと、ブックが多いときは CPU の数です。結果はどの数でも同じです。",
)
"""On how many processes the books are read."""


SCHEDULER = click.option(
    "--scheduler",
    metavar="アドレス",
    help="Dask のスケジューラー（10.0.0.5:8786 の形）。何台もの機械で読みます。",
)
"""Which cluster reads the books."""


def read_options(jobs: int | None, scheduler: str | None) -> ReadOptions:
    """Return how files are to be read."""
    from yosan_xl.usecases.read_files import ReadOptions

    return ReadOptions(jobs, scheduler=scheduler)
