"""`yosan-xl diff`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import A_PATH, TEXT_OR_JSON
from yosan_xl.cli.output import emit, tell


@click.command(
    "diff",
    help="要求は要求書IDで対にします。",
    epilog="例: yosan-xl diff 0103_税務課.xlsx 0103_税務課(修正).xlsx",
)
@click.argument("old", metavar="前のブック", type=A_PATH)
@click.argument("new", metavar="後のブック", type=A_PATH)
@TEXT_OR_JSON
def command(old: Path, new: Path, form: str) -> int:
    """Print what differs in two books."""
    from yosan_xl.report.diff_text import diff_json, diff_text
    from yosan_xl.usecases.diff import diff

    found = diff(old, new)
    if form == "json":
        emit(diff_json(found))
    else:
        tell(diff_text(found))
    return 0
