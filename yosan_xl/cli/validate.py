"""`yosan-xl validate`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.output import emit, exit_for, progress, say, show
from yosan_xl.report.json_report import findings_json


@click.command(
    "validate",
    help="提出されたブックや要求書の JSON を確かめます。省くと、今いる年度フォルダーの提出フォルダーです。",
    epilog="例: yosan-xl validate　／　yosan-xl validate 提出 --format json",
)
@click.argument(
    "paths", metavar="[ブックやフォルダー...]", nargs=-1, type=click.Path(path_type=Path)
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="指摘の形。",
)
def command(paths: tuple[Path, ...], form: str) -> int:
    """Print the findings of what was handed in."""
    from yosan_xl.usecases.catalogue import all_codes
    from yosan_xl.usecases.validate import validate

    done = validate(paths, Path(), progress("ブックを確認中"))
    if form == "json":
        emit(findings_json(done.findings, all_codes()))
    else:
        show(done.findings)
        say(
            f"ファイル {done.files}、要求 {done.requests} 件、記入のないシート {done.untouched} 枚を確かめました。"
        )
    return exit_for(done.findings)
