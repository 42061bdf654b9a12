"""`yosan-xl doctor`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yosan_xl.cli.options import A_PATH, TEXT_OR_JSON
from yosan_xl.cli.output import emit, exit_for, say, tell

if TYPE_CHECKING:
    from yosan_xl.usecases.doctor import Checked


@click.command(
    "doctor",
    help="Python、フォント、PDF を作る LibreOffice、画面の文字コードと、フォルダーの置き場所、書きこみ、空き容量を調べ、"
    "足りないものが何に要るかを出します。なくてはならないものが足りないときは、終了コードが1です。",
    epilog="例: yosan-xl doctor　／　yosan-xl doctor R2",
)
@click.argument("folder", metavar="[フォルダー]", required=False, default=".", type=A_PATH)
@TEXT_OR_JSON
def command(folder: Path, form: str) -> int:
    """Print what there is, and what is lacking."""
    from yosan_xl.usecases.doctor import examine

    checked = examine(folder, sys.stdout.encoding)
    findings = tuple(finding for one in checked for finding in one.findings)
    if form == "json":
        emit(_as_json(checked))
    else:
        _tell(checked)
    return exit_for(findings)


def _tell(checked: tuple[Checked, ...]) -> None:
    from yosan_xl.model.table import Table, TableColumn
    from yosan_xl.report.findings import finding_line
    from yosan_xl.report.table import table_lines

    columns = (TableColumn("調べたもの"), TableColumn("結果"), TableColumn("内容"))
    rows = tuple((one.title, one.state, one.value) for one in checked)
    tell("\n".join(table_lines(Table("", columns, rows))))
    for one in checked:
        for finding in one.findings:
            say("")
            tell(finding_line(finding))


def _as_json(checked: tuple[Checked, ...]) -> str:
    from yosan_xl.report.findings import finding_value
    from yosan_xl.report.table import to_json

    return to_json(
        [
            {
                "key": one.key,
                "title": one.title,
                "value": one.value,
                "findings": [finding_value(finding) for finding in one.findings],
            }
            for one in checked
        ]
    )
