"""`yosan-xl form`: what a form holds."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.errors import WRONG_USE
from yosan_xl.cli.options import TEXT_OR_JSON
from yosan_xl.cli.output import emit, say, tell
from yosan_xl.cli.verbs import OPTIONS, VerbGroup


@click.group(
    "form",
    cls=VerbGroup,
    options_metavar=OPTIONS,
    subcommand_metavar="命令 [引数]...",
    help="",
    epilog="例: yosan-xl form show 一般財源",
)
def command() -> None:
    """Stand for the form; its verbs do the work."""


@command.command(
    "show",
    short_help="欄ごとに、セル、名前、入力する人、読む規則を出します。",
    help="様式の欄ごとに、セル、名前、要求書のデータの場所、入力する人、読む規則を出します。"
    "年度フォルダーの中ではその年度の様式です。言葉（項目、セル、名前、規則の番号）でしぼれます。",
    epilog="例: yosan-xl form show 一般財源　／　yosan-xl form show I25",
)
@click.argument("word", metavar="[言葉]", default="")
@TEXT_OR_JSON
def show(word: str, form: str) -> int:
    """Print the fields of the form."""
    from yosan_xl.report.table import row_json, table_lines, to_json
    from yosan_xl.usecases.catalogue import form_fields

    table = form_fields(Path.cwd(), word)
    if not table.rows:
        say(
            f"「{word}」のある欄はありません。yosan-xl form show ですべての欄を見られます。",
            err=True,
        )
        return WRONG_USE
    if form == "json":
        emit(to_json([row_json(table, row) for row in table.rows]))
    else:
        tell("\n".join([table.name, *table_lines(table)]))
    return 0
