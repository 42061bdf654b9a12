"""`yosan-xl read`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import A_PATH, JOBS, SCHEDULER, output_to, read_options
from yosan_xl.cli.output import emit, exit_for, progress, say, show


@click.command(
    "read",
    help="指摘は標準エラーに出します。",
    epilog="例: yosan-xl read 提出/0103_税務課.xlsx -o 税務課.json",
)
@click.argument("books", metavar="ブック...", nargs=-1, required=True, type=A_PATH)
@output_to("書き出すファイル。省くと標準出力です。")
@JOBS
@SCHEDULER
def command(
    books: tuple[Path, ...],
    output: Path | None,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Read books and give their documents."""
    from yosan_xl.report.table import to_json
    from yosan_xl.usecases.submitted.read import read, save

    done = read(books, progress("ブックを読み取り中"), options=read_options(jobs, scheduler))
    if done.findings:
        show(done.findings, err=True)
    if output is None:
        emit(to_json(done.result))
    else:
        save(output, to_json(done.result), done.books)
        say(f"要求 {len(done.result['requests'])} 件を読みました: {output}", err=True)
    return exit_for(done.findings)
