"""`yosan-xl page`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import EDITION, FAIL_ON, FINDINGS, PATHS, output_to
from yosan_xl.cli.output import close, exit_for, progress, say, show_own, written
from yosan_xl.model.money import with_unit


@click.command(
    "page",
    help="省くと、今いる年度フォルダーの提出フォルダーです。",
    epilog="例: yosan-xl page　／　yosan-xl page --public -o 公表.html",
)
@PATHS
@output_to("ページ。省くと集計フォルダーの R2_集計.html（--public では R2_公表.html）です。")
@click.option(
    "--public",
    is_flag=True,
    help="公表しない内容（指摘、提出状況、連絡先、締めていない段階の決定など）を載せません。",
)
@click.option(
    "--include-errors",
    is_flag=True,
    help="金額や財源に誤りのある要求も合計に入れます。",
)
@click.option(
    "--last-year",
    metavar="前年度",
    help="前年度（年度フォルダー、保存庫:R1、集計ブックなど）。額と増減が入ります。",
)
@EDITION
@FINDINGS
@FAIL_ON
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    public: bool,
    include_errors: bool,
    last_year: str | None,
    edition: str | None,
    listed: bool,
    fail_on: str,
) -> int:
    """Write the page and say what stands on it."""
    from yosan_xl.usecases.page import page

    bar = progress("ブックを読み取り中")
    done = page(
        paths,
        Path(),
        output,
        bar,
        public=public,
        include_errors=include_errors,
        last_year=last_year,
        edition=edition,
    )
    show_own(done.findings, done.own, listed=listed)
    if done.written:
        say(
            f"要求 {done.counted} 件、{with_unit(done.requested, done.intake.unit)}をページにしました。"
        )
    else:
        say(f"要求 {done.counted} 件なので、ページにしていません。")
    close(done.intake)
    say(f"ページ: {written(done.page, done.written)}")
    return exit_for(done.findings, fail_on)
