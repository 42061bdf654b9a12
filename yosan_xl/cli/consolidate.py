"""`yosan-xl consolidate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yosan_xl.cli.options import FAIL_ON, JOBS, PATHS, SCHEDULER, output_to, read_options
from yosan_xl.cli.output import close, exit_for, progress, say, show, written

if TYPE_CHECKING:
    from yosan_xl.usecases.consolidate import Consolidated


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
    help="金額や財源に誤りのある要求も集計に入れます。",
)
@click.option(
    "--last-year",
    metavar="前年度",
    help="前年度（年度フォルダー、保存庫:R1、集計ブックなど）。前年度比較のシートが入ります。",
)
@click.option(
    "--with",
    "given",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="ブック",
    help="集計フォルダーの外の集計ブックの記入も入れます（何度でも）。",
)
@FAIL_ON
@JOBS
@SCHEDULER
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    include_errors: bool,
    last_year: str | None,
    given: tuple[Path, ...],
    fail_on: str,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Write the summary workbook and say what went into it."""
    from yosan_xl.model.money import with_unit
    from yosan_xl.report.stage_text import unreasoned_line
    from yosan_xl.usecases.consolidate import consolidate

    bar = progress("ブックを集計中")
    done = consolidate(
        paths,
        Path(),
        output,
        bar,
        include_errors=include_errors,
        last_year=last_year,
        given=given,
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
        say(f"財政課の記入 {done.carried} 件を入れました（{_typed(done)}）。")
    stage = done.standing and done.standing.open_stage
    if done.standing and stage and stage.unreasoned:
        say(unreasoned_line(stage.unreasoned, done.standing.reason))
    close(done.intake)
    say(f"集計ブック: {written(done.summary, done.written)}")
    return exit_for(done.findings, fail_on)


def _typed(done: Consolidated) -> str:
    """Return how many entries were typed since the last run."""
    return f"新しい {done.new}、変わった {done.changed}、消された {done.removed}"
