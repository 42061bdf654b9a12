"""`yosan-xl compare`."""

from __future__ import annotations

from typing import Unpack

import click

from yosan_xl.cli.options import Asked, comparison_options, format_of
from yosan_xl.cli.output import exit_for, put, show


@click.command(
    "compare",
    help="年度は、年度フォルダー、保存庫の年度（保存庫:R2、段階は 保存庫:R2/内示）、集計ブック、ブックのフォルダー、"
    "または read の JSON で指定します。"
    "事業は要求書IDと 対応表.csv で対にし、似ているだけの事業は「…のことですか」とおたずねします。",
    epilog="例: yosan-xl compare R2 R3　／　yosan-xl compare 保存庫:R2 R3 -o 比較.xlsx",
)
@click.argument("old", metavar="前の年度")
@click.argument("new", metavar="後の年度")
@comparison_options("request")
def command(old: str, new: str, **asked: Unpack[Asked]) -> int:
    """Compare two years and print or write the result; findings go to stderr."""
    chosen = format_of(asked["form"], asked["output"])

    from yosan_xl.model.comparison import By, Figure
    from yosan_xl.usecases.compare import compare, comparison_as

    figure = Figure[asked["figure"].upper()]
    done = compare(old=old, new=new, by=By(asked["by"]), figure=figure, table=asked["table"])
    if done.findings:
        show(done.findings, err=True)
    put(comparison_as(chosen, done.comparison), chosen, asked, (old, new))
    return exit_for(done.findings)
