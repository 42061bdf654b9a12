"""`yosan-xl archive restore`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import ARCHIVE, STAGE, fiscal_year, output_to
from yosan_xl.cli.output import say
from yosan_xl.model.fiscal_year import FiscalYear


@click.command(
    "restore",
    help="保存庫は変わりません。",
    epilog="例: yosan-xl archive restore R2 -o R2_確認用",
)
@click.argument("year", metavar="年度", type=fiscal_year)
@output_to("取り出し先。新しいフォルダーか、空のフォルダーです。", "フォルダー", required=True)
@STAGE
@ARCHIVE
def command(year: FiscalYear, output: Path, stage: str | None, archive: Path | None) -> None:
    """Make a year folder of an archived year and say where."""
    from yosan_xl.usecases.archive.place import find_archive
    from yosan_xl.usecases.archive.restore import restore

    done = restore(find_archive(Path(), archive), year, output, stage)
    say(f"{done.name} を取り出しました: {done.folder}（ファイル {done.files}）")
