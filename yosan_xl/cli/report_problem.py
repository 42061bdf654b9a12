"""`yosan-xl report-problem`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import A_PATH, YEAR_FOLDER, output_to
from yosan_xl.cli.output import progress, say


@click.command(
    "report-problem",
    help="開発者に渡す zip を作ります。記入された文章、金額、自治体や課や人の名前、ファイルの名前は入れません"
    "（種類と長さだけにします）。何が入っているかは、中の 内容.txt に書きます。",
    epilog="例: yosan-xl report-problem　／　yosan-xl report-problem -o 報告.zip",
)
@YEAR_FOLDER
@output_to(
    "書き出す zip。省くと年度フォルダー（なければ今のフォルダー）の yosan-xl_報告.zip です。"
)
@click.option(
    "--book",
    "books",
    metavar="ブック",
    multiple=True,
    type=A_PATH,
    help="組み立てを入れるブック（いくつでも）。省くと、指摘のあるブックのはじめの20冊です。",
)
def command(folder: Path, output: Path | None, books: tuple[Path, ...]) -> int:
    """Write the report and say what is in it."""
    from yosan_xl.usecases.problem_report import report_problem

    done = report_problem(folder, output, books, progress("ブックを確認中"))
    say(f"報告: {done.file}")
    for name, what in done.parts.items():
        say(f"  {name}　{what}")
    say(
        "記入された文章、金額、自治体や課や人の名前、ファイルの名前は入っていません。送る前に、開いて確かめられます。"
    )
    for number, name in done.books.items():
        say(f"  {number}は {name} です（この対応は、報告に入っていません）。")
    return 0
