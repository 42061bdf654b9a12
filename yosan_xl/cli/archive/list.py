"""`yosan-xl archive list`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import ARCHIVE, TEXT_OR_JSON
from yosan_xl.cli.output import complain, emit, exit_for, tell


@click.command(
    "list",
    help="",
    epilog="例: yosan-xl archive list　／　yosan-xl archive list --archive 保存庫",
)
@ARCHIVE
@TEXT_OR_JSON
def command(archive: Path | None, form: str) -> int:
    """Print a line for each stage."""
    from yosan_xl.report.archive_text import stages_json, stages_text
    from yosan_xl.usecases.archive.place import find_archive
    from yosan_xl.usecases.archive.show import list_stages

    done = list_stages(find_archive(Path(), archive))
    complain(done.findings)
    if form == "json":
        emit(stages_json(done.stages))
    else:
        tell(stages_text(done.stages))
    return exit_for(done.findings)
