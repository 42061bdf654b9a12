"""`yosan-xl compare`."""

from __future__ import annotations

from typing import Unpack

import click

from yosan_xl.cli.years import Asked, compared, comparison_options
from yosan_xl.model.compared_by import By


@click.command(
    "compare",
    help="年度は、年度フォルダー、ブックのフォルダー、または read の JSON で指定します。"
    "事業は要求書IDと 対応表.csv で対にし、似ているだけの事業は「…のことですか」とおたずねします。",
    epilog="例: yosan-xl compare R2 R3　／　yosan-xl compare R2 R3 --by kan -o 比較.xlsx",
)
@click.argument("old", metavar="前の年度")
@click.argument("new", metavar="後の年度")
@comparison_options(By.REQUEST)
def command(
    old: str,
    new: str,
    **asked: Unpack[Asked],
) -> int:
    """Compare two years and give the result; findings go to stderr."""
    return compared((old, new), asked)
