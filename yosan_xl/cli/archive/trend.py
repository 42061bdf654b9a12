"""`yosan-xl archive trend`."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from yosan_xl.cli.options import ARCHIVE
from yosan_xl.cli.years import Asked, comparison_options, trended
from yosan_xl.model.compared_by import By


@click.command(
    "trend",
    help="年度を省くと、保存庫のすべての年度です。-o 推移.xlsx ではグラフも付きます。",
    epilog="例: yosan-xl archive trend　／　yosan-xl archive trend -o 推移.xlsx",
)
@click.argument("years", metavar="[年度...]", nargs=-1)
@comparison_options(By.KAN)
@ARCHIVE
def command(
    years: tuple[str, ...],
    archive: Path | None,
    **asked: Unpack[Asked],
) -> int:
    """Give the archived years side by side; findings go to stderr."""
    from yosan_xl.usecases.archive.place import find_archive
    from yosan_xl.usecases.archive.sources import sources

    every = sources(find_archive(Path(), archive), years)
    return trended(every, asked)
