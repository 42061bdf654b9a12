"""`yosan-xl archive compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from yosan_xl.cli.options import ARCHIVE
from yosan_xl.cli.years import Asked, compared, comparison_options
from yosan_xl.model.compared_by import By


@click.command(
    "compare",
    help="年度のあとに「/内示」のように段階を書けます。省くと、その年度で最後に保存した段階です。",
    epilog="例: yosan-xl archive compare R3/要求 R3/内示",
)
@click.argument("old", metavar="前の年度")
@click.argument("new", metavar="後の年度")
@comparison_options(By.REQUEST)
@ARCHIVE
def command(
    old: str,
    new: str,
    archive: Path | None,
    **asked: Unpack[Asked],
) -> int:
    """Compare two archived years; findings go to stderr."""
    from yosan_xl.usecases.archive.place import find_archive
    from yosan_xl.usecases.archive.sources import sources

    before, after = sources(find_archive(Path(), archive), (old, new))
    return compared((before, after), asked)
