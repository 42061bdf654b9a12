"""`yosan-xl compare`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.years import FIGURE, FORMAT, OUTPUT, TABLE, by_option, compared, format_of
from yosan_xl.model.compared_by import By


@click.command(
    "compare",
    help="年度は、年度フォルダー、ブックのフォルダー、または read の JSON で指定します。"
    "事業は要求書IDと 対応表.csv で対にし、似ているだけの事業は「…のことですか」とおたずねします。",
    epilog="例: yosan-xl compare R2 R3　／　yosan-xl compare R2 R3 --by kan -o 比較.xlsx",
)
@click.argument("old", metavar="前の年度")
@click.argument("new", metavar="後の年度")
@by_option(By.REQUEST)
@FIGURE
@FORMAT
@OUTPUT
@TABLE
def command(
    old: str,
    new: str,
    by: str,
    figure: str,
    form: str | None,
    output: Path | None,
    table: Path | None,
) -> int:
    """Compare two years and give the result; findings go to stderr."""
    chosen = format_of(form, output)
    return compared((old, new), by, figure, chosen, output, table)
