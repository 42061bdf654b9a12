"""`yosan-xl validate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yosan_xl.cli.options import (
    A_PATH,
    FAIL_ON,
    JOBS,
    LAST_YEAR,
    SCHEDULER,
    in_format,
    output_to,
    read_options,
)
from yosan_xl.cli.output import close, emit, exit_for, progress, say, show, show_path

if TYPE_CHECKING:
    from yosan_xl.usecases.validate import Validated


@click.command(
    "validate",
    help="要求書の JSON も確かめます。省くと、今いる年度フォルダーの提出フォルダーです。",
    epilog="例: yosan-xl validate　／　yosan-xl validate 提出 --format xlsx -o 指摘.xlsx",
)
@click.argument("paths", metavar="[ブックやフォルダー...]", nargs=-1, type=A_PATH)
@in_format("text", "json", "xlsx", help="指摘の形。xlsx には -o が要ります。")
@output_to("書き出すファイル。省くと標準出力です。")
@LAST_YEAR
@FAIL_ON
@JOBS
@SCHEDULER
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    last_year: str | None,
    fail_on: str,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Print or write the findings of what was handed in."""
    from yosan_xl.usecases.validate import validate

    if form == "xlsx" and output is None:
        raise click.MissingParameter(ctx=context, param=click.Option(["-o", "--output"]))
    done = validate(
        paths,
        Path(),
        progress("ブックを確認中"),
        options=read_options(jobs, scheduler),
        last_year=last_year,
    )
    if output is None and form == "text":
        show(done.findings, departments=done.departments)
    else:
        _put_out(form, done, output)
    if output is not None or form == "text":
        say(
            f"ファイル {done.files}、要求 {done.requests} 件、記入のないシート {done.untouched} 枚を確かめました。"
        )
        close(done.intake)
    return exit_for(done.findings, fail_on)


def _put_out(form: str, done: Validated, output: Path | None) -> None:
    from yosan_xl.usecases.validate import findings_text_as, save_findings

    if output is None:
        emit(findings_text_as(form, done))
    else:
        save_findings(form, done, output)
        show_path(output)
        say(f"検証結果: {output}")
