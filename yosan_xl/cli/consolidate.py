"""`yosan-xl consolidate`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import FAIL_ON, JOBS, PATHS, SCHEDULER, output_to, read_options
from yosan_xl.cli.output import close, exit_for, progress, say, show, written


@click.command(
    "consolidate",
    help="省くと、今いる年度フォルダーの提出フォルダーです。",
    epilog="例: yosan-xl consolidate　／　yosan-xl consolidate R2 -o 集計.xlsx",
)
@PATHS
@output_to("集計ブック。省くと集計フォルダーの R2_集計.xlsx のような名前です。")
@click.option(
    "--include-errors",
    is_flag=True,
    help="金額や財源に誤りのある要求も集計に入れます。入れたことは集計ブックにも書きます。",
)
@click.option(
    "--last-year",
    metavar="前年度",
    help="前年度（年度フォルダー、保存庫:R1、集計ブック、ブックのフォルダー、read の JSON）。前年度比較のシートが入ります。",
)
@FAIL_ON
@JOBS
@SCHEDULER
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    include_errors: bool,
    last_year: str | None,
    fail_on: str,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Write the summary workbook and say what went into it."""
    from yosan_xl.model.money import with_unit
    from yosan_xl.usecases.consolidate import consolidate

    bar = progress("ブックを集計中")
    done = consolidate(
        paths,
        Path(),
        output,
        bar,
        include_errors=include_errors,
        last_year=last_year,
        options=read_options(jobs, scheduler),
    )
    show(done.findings)
    if done.written:
        say(
            f"ファイル {done.files}、要求 {done.counted} 件、{with_unit(done.requested, done.intake.unit)}を集計しました"
            f"（記入のないシート {done.intake.untouched} 枚）。"
        )
    else:
        say(f"ファイル {done.files}、要求 {done.counted} 件なので、集計していません。")
    if done.carried and done.written:
        say(f"前の集計ブックから、財政課の記入 {done.carried} 件を引き継ぎました。")
    close(done.intake)
    say(f"集計ブック: {written(done.summary, done.written)}")
    return exit_for(done.findings, fail_on)
