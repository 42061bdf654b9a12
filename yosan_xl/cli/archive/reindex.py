"""`yosan-xl archive reindex`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.archive.options import ARCHIVE
from yosan_xl.cli.output import say


@click.command(
    "reindex",
    help="索引がなくなっても、何も失われません。",
    epilog="例: yosan-xl archive reindex　／　yosan-xl archive reindex --archive 保存庫",
)
@ARCHIVE
def command(archive: Path | None) -> None:
    """Write the index anew and say where it is."""
    from yosan_xl.usecases.archive.place import find_archive
    from yosan_xl.usecases.archive.reindex import reindex

    say(f"索引を作り直しました: {reindex(find_archive(Path(), archive))}")
