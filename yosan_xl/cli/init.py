"""`yosan-xl init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yosan_xl.cli.output import say
from yosan_xl.cli.types import fiscal_year

if TYPE_CHECKING:
    from yosan_xl.model.fiscal_year import FiscalYear


@click.command(
    "init",
    help="年度フォルダーを作ります。yosan.toml（設定）と 組織.csv（所管課の表）を直してから generate へ。",
    epilog="例: yosan-xl init R2 --year R2",
)
@click.argument("folder", metavar="フォルダー", type=click.Path(path_type=Path))
@click.option(
    "--year",
    metavar="年度",
    required=True,
    type=fiscal_year,
    help="年度（R2、令和2年度、2020）。",
)
@click.option("--form", metavar="様式", default="minato-r2", show_default=True, help="様式の名前。")
def command(folder: Path, year: FiscalYear, form: str) -> None:
    """Make a year folder and say what comes next."""
    from yosan_xl.usecases.init import init

    made = init(folder, year, form)
    say(f"{made.year.label}の年度フォルダーを作りました: {made.root}（所管課 {made.departments}）")
    say(
        "yosan.toml と 組織.csv を直したら、フォルダーの中で yosan-xl generate を実行してください。"
    )
