"""`yosan-xl trend`."""

from __future__ import annotations

from typing import Unpack

import click

from yosan_xl.cli.years import Asked, comparison_options, trended
from yosan_xl.model.compared_by import By


@click.command(
    "trend",
    help="-o 推移.xlsx ではグラフも付きます。",
    epilog="例: yosan-xl trend R1 R2 R3 --by department -o 推移.xlsx",
)
@click.argument("sources", metavar="年度...", nargs=-1, required=True)
@comparison_options(By.KAN)
def command(
    sources: tuple[str, ...],
    **asked: Unpack[Asked],
) -> int:
    """Give the years side by side; findings go to stderr."""
    return trended(sources, asked)
