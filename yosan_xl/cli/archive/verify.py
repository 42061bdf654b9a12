"""`yosan-xl archive verify`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import ARCHIVE, fiscal_year
from yosan_xl.cli.output import exit_for, progress, say, show
from yosan_xl.model.fiscal_year import FiscalYear


@click.command(
    "verify",
    help="年度を省くと、今いる年度フォルダーの年度"
    "（その外では全年度）です。年度のつながりは、いつも全部確かめます。",
    epilog="例: yosan-xl archive verify R2　／　yosan-xl archive verify --all",
)
@click.argument("years", metavar="[年度...]", nargs=-1, type=fiscal_year)
@click.option("--all", "every", is_flag=True, help="すべての年度を確かめます。")
@ARCHIVE
def command(years: tuple[FiscalYear, ...], every: bool, archive: Path | None) -> int:
    """Hash everything again and say what is not as it was."""
    from yosan_xl.usecases.archive.place import find_archive, year_around
    from yosan_xl.usecases.archive.verify import verify

    wanted = () if every else years or year_around(Path())
    done = verify(find_archive(Path(), archive), wanted, progress("確認中"))
    if done.findings:
        show(done.findings)
    if not done.findings:
        say(
            f"{len(done.stages)}段階、ファイル {done.files} を確かめました。保存したときのままです。"
        )
    return exit_for(done.findings)
