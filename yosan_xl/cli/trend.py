"""`yosan-xl trend`."""

from __future__ import annotations

from typing import Unpack

import click

from yosan_xl.cli.options import Asked, comparison_options, format_of
from yosan_xl.cli.output import exit_for, put, show


@click.command(
    "trend",
    help="年度の指定は compare と同じです。保存庫そのものを指定すると、その中のすべての年度です。"
    "-o 推移.xlsx ではグラフも付きます。",
    epilog="例: yosan-xl trend R1 R2 R3 -o 推移.xlsx　／　yosan-xl trend 保存庫",
)
@click.argument("sources", metavar="年度...", nargs=-1, required=True)
@comparison_options("kan")
def command(sources: tuple[str, ...], **asked: Unpack[Asked]) -> int:
    """Print or write the years side by side; findings go to stderr."""
    chosen = format_of(asked["form"], asked["output"])

    from yosan_xl.model.comparison import By, Figure
    from yosan_xl.usecases.compare import trend, trend_as

    figure = Figure[asked["figure"].upper()]
    done = trend(sources, By(asked["by"]), figure, asked["table"])
    if done.findings:
        show(done.findings, err=True)
    put(trend_as(chosen, done.trend), chosen, asked, sources)
    return exit_for(done.findings)
