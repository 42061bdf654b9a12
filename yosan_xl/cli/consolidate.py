"""`yosan-xl consolidate`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import FAIL_ON
from yosan_xl.cli.output import exit_for, progress, say, show
from yosan_xl.model.money import with_unit


@click.command(
    "consolidate",
    help="提出されたブックを1冊の集計ブックにまとめます。省くと、今いる年度フォルダーの提出フォルダーです。",
    epilog="例: yosan-xl consolidate　／　yosan-xl consolidate R2 -o 集計.xlsx",
)
@click.argument(
    "paths", metavar="[フォルダーやブック...]", nargs=-1, type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--output",
    metavar="ファイル",
    type=click.Path(path_type=Path),
    help="集計ブック。省くと集計フォルダーの R2_集計.xlsx のような名前です。",
)
@FAIL_ON
def command(paths: tuple[Path, ...], output: Path | None, fail_on: str) -> int:
    """Write the summary workbook and say what went into it."""
    from yosan_xl.usecases.consolidate import consolidate

    done = consolidate(paths, Path(), output, progress("ブックを集計中"))
    show(done.findings)
    left_out = f"、集計に入れていない要求 {done.left_out} 件" if done.left_out else ""
    say(
        f"ファイル {done.files}、要求 {done.counted} 件、{with_unit(done.requested)}を集計しました"
        f"（記入のないシート {done.untouched} 枚{left_out}）。"
    )
    kept = "" if done.written else "（読むブックがないため、前のままです）"
    say(f"集計ブック: {done.summary}{kept}")
    return exit_for(done.findings, fail_on)
