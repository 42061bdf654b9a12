"""`yosan-xl form`: what a form holds, and whether its definition is right."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.errors import WRONG_USE
from yosan_xl.cli.options import TEXT_OR_JSON
from yosan_xl.cli.output import emit, exit_for, say, tell
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


@command.command(
    "check",
    short_help="様式の定義を確かめ、誤りを行の番号とともにすべて出します。",
    help="様式の定義（form.toml）を確かめ、誤りを行の番号とともにすべて出します。誤りがなければ、欄と明細の行の数、用紙を出します。"
    "様式の名前、ファイル、フォルダーのどれかを指定します。省くと、年度フォルダーの「様式」にあるもの"
    "（その外ではプログラムの様式のすべて）です。",
    epilog="例: yosan-xl form check 様式/sakura-1/form.toml　／　yosan-xl form check municipal-1",
)
@click.argument("wanted", metavar="[様式、ファイルかフォルダー]", required=False)
@TEXT_OR_JSON
def check(wanted: str | None, form: str) -> int:
    """Print the faults of definitions, or how large the forms are."""
    from yosan_xl.report.findings import finding_line, findings_json
    from yosan_xl.usecases import codes
    from yosan_xl.usecases.form_check import check_forms

    done = check_forms(wanted, Path.cwd())
    found = [finding for one in done for finding in one.findings]
    if form == "json":
        emit(findings_json(found, codes.CODES))
        return exit_for(found)
    for one in done:
        for finding in one.findings:
            tell(finding_line(finding))
        if one.size:
            size = one.size
            say(
                f"{one.file}: {size.title}（{size.form} 第{size.version}版）の様式に誤りはありません。"
                f"欄 {size.fields}、明細の行 {size.rows}、金額 {size.amounts}、用紙 {size.paper}。"
            )
    return exit_for(found)
