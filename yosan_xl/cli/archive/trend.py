"""`yosan-xl archive trend`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.archive.options import ARCHIVE
from yosan_xl.cli.years import FIGURE, FORMAT, OUTPUT, TABLE, by_option, format_of, trended
from yosan_xl.model.compared_by import By


@click.command(
    "trend",
    help="年度を省くと、保存庫のすべての年度です。-o 推移.xlsx ではグラフも付きます。",
    epilog="例: yosan-xl archive trend　／　yosan-xl archive trend -o 推移.xlsx",
)
@click.argument("years", metavar="[年度...]", nargs=-1)
@by_option(By.KAN)
@FIGURE
@FORMAT
@OUTPUT
@TABLE
@ARCHIVE
def command(
    years: tuple[str, ...],
    by: str,
    figure: str,
    form: str | None,
    output: Path | None,
    table: Path | None,
    archive: Path | None,
) -> int:
    """Give the archived years side by side; findings go to stderr."""
    chosen = format_of(form, output)

    from yosan_xl.usecases.archive.place import find_archive
    from yosan_xl.usecases.archive.sources import sources

    every = sources(find_archive(Path(), archive), years)
    return trended(every, by, figure, chosen, output, table)
