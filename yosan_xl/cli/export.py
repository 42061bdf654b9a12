"""`yosan-xl export`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from yosan_xl.cli.options import (
    EDITION,
    FAIL_ON,
    FINDINGS,
    PATHS,
    in_format,
    output_to,
    refuse_file_name,
)
from yosan_xl.cli.output import close, emit, exit_for, progress, say, show_own
from yosan_xl.model.money import with_unit
from yosan_xl.report.printable import CP932, UTF8


@click.command(
    "export",
    help="省くと、今いる年度フォルダーの提出フォルダーです。",
    epilog="例: yosan-xl export　／　yosan-xl export --format json -o 要求.json",
)
@PATHS
@in_format(
    "csv",
    "json",
    "ndjson",
    "sqlite",
    help="データの形。sqlite は年度や保存庫の段階をまとめたデータベースです。",
)
@output_to(
    "書き出すフォルダー（省くと集計）かファイル。",
    "場所",
)
@click.option(
    "--encoding",
    type=click.Choice([UTF8, CP932]),
    default=UTF8,
    show_default=True,
    help="csv の文字コード。cp932 にない文字は〓にして知らせます。",
)
@click.option(
    "--public",
    is_flag=True,
    help="公表しない内容（備考、ファイル名など）を入れません。",
)
@click.option("--include-errors", is_flag=True, help="金額や財源に誤りのある要求も入れます。")
@EDITION
@click.option(
    "--name",
    metavar="名前",
    help="yosan.toml の [[exports]] に書いた CSV です。",
)
@FINDINGS
@FAIL_ON
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    encoding: str,
    public: bool,
    include_errors: bool,
    edition: str | None,
    name: str | None,
    listed: bool,
    fail_on: str,
) -> int:
    """Write the data and say what is in them."""
    from yosan_xl.usecases.export import ExportOptions, export

    if form != "csv" and encoding == CP932:
        raise click.BadParameter("--encoding cp932 は --format csv のときだけ使えます", context)
    if form == "csv":
        refuse_file_name(output, "csv では、いくつものファイルを書き出す")
    if form == "sqlite":
        sources = [path.as_posix() for path in paths]
        return _database(context, sources, output, fail_on, public=public)
    wanted = ExportOptions(form, encoding, public, include_errors, edition, name)
    done = export(
        paths=paths, here=Path(), wanted=wanted, out=output, progress=progress("ブックを読み取り中")
    )
    show_own(done.findings, done.own, listed=listed, err=True)
    if done.text is not None:
        emit(done.text)
    amount = with_unit(done.requested, done.intake.unit)
    how_far = f"（{done.how_far}）" if done.how_far else ""
    say(f"要求 {done.counted} 件、{amount}{how_far}を書き出しました。", err=True)
    close(done.intake, err=True)
    for file in done.files:
        say(f"データ: {file}", err=True)
    return exit_for(done.findings, fail_on)


def _database(
    context: click.Context,
    sources: Sequence[str],
    output: Path | None,
    fail_on: str,
    *,
    public: bool,
) -> int:
    """Write the database of years and stages and say what is in it."""
    from yosan_xl.usecases.database import write_database

    if output is None:
        raise click.BadParameter("--format sqlite では -o でファイルを指定します", context)
    done = write_database(sources, output, public=public)
    show_own(done.findings, done.own, listed=False, err=True)
    say(f"年度と段階 {done.years}、要求 {done.requests} 件をデータベースにしました。", err=True)
    say(f"データベース: {done.file}", err=True)
    return exit_for(done.findings, fail_on)
