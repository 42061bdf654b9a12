"""`yosan-xl trend`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.output import exit_for, show
from yosan_xl.cli.years import FIGURE, FORMAT, OUTPUT, TABLE, by_option, figure_of, format_of, put
from yosan_xl.model.comparison import By


@click.command(
    "trend",
    help="いくつもの年度を古い順にならべ、額の推移を出します。-o 推移.xlsx ではグラフも付きます。",
    epilog="例: yosan-xl trend R1 R2 R3 --by department -o 推移.xlsx",
)
@click.argument("sources", metavar="年度...", nargs=-1, required=True)
@by_option(By.KAN)
@FIGURE
@FORMAT
@OUTPUT
@TABLE
def command(
    sources: tuple[str, ...],
    by: str,
    figure: str,
    form: str | None,
    output: Path | None,
    table: Path | None,
) -> int:
    """Give the years side by side; findings go to stderr."""
    chosen = format_of(form, output)

    from yosan_xl.usecases.comparison_file import trend_as
    from yosan_xl.usecases.trend import trend

    done = trend(sources, By(by), figure_of(figure), table)
    if done.findings:
        show(done.findings, err=True)
    put(trend_as(chosen, done.trend), chosen, output, sources)
    return exit_for(done.findings)
