"""`yosan-xl trend`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.years import FIGURE, FORMAT, OUTPUT, TABLE, by_option, format_of, trended
from yosan_xl.model.compared_by import By


@click.command(
    "trend",
    help="-o 推移.xlsx ではグラフも付きます。",
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
    return trended(sources, by, figure, chosen, output, table)
