"""`yosan-xl init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yosan_xl.cli.options import A_PATH, fiscal_year
from yosan_xl.cli.output import exit_for, say, show

if TYPE_CHECKING:
    from yosan_xl.model.fiscal_year import FiscalYear
    from yosan_xl.usecases.init import Carried


@click.command(
    "init",
    help="yosan.toml（設定）と 組織.csv（所管課の表）を直してから generate へ。",
    epilog="例: yosan-xl init R2 --year R2　／　yosan-xl init R3 --year R3 --from R2",
)
@click.argument("folder", metavar="フォルダー", type=A_PATH)
@click.option(
    "--year",
    metavar="年度",
    required=True,
    type=fiscal_year,
    help="年度（R2、令和2年度、2020）。",
)
@click.option(
    "--form",
    metavar="様式",
    help="様式の名前。省くと minato-r2、--from では前の年度の様式です。",
)
@click.option(
    "--from",
    "source",
    metavar="前の年度",
    help="引き継ぐ年度（年度フォルダー、保存庫:R1、集計ブック、ブックのフォルダー、read の JSON）。"
    "年度フォルダーと保存庫なら設定と 組織.csv も引き継ぎます。",
)
def command(folder: Path, year: FiscalYear, form: str | None, source: str | None) -> int:
    """Make a year folder and say what comes next."""
    from yosan_xl.usecases.init import init

    made = init(folder, year, form, source)
    say(f"{made.year.label}の年度フォルダーを作りました: {made.root}（所管課 {made.departments}）")
    if made.carried:
        _say_carried(made.carried)
    say(
        "yosan.toml と 組織.csv を直したら、フォルダーの中で yosan-xl generate を実行してください。"
    )
    return exit_for(made.carried.findings if made.carried else ())


def _say_carried(carried: Carried) -> None:
    if carried.findings:
        show(carried.findings, err=True)
    basis = carried.basis
    prior = f"前年度予算額のあるもの {basis.budgeted} 件、予算額がないので前年度要求額のもの {basis.requested} 件"
    missing = f"、どちらもないもの {basis.missing} 件" if basis.missing else ""
    count = basis.budgeted + basis.requested + basis.missing
    say(
        f"{carried.year.label}の要求 {count} 件を引き継ぎました（{prior}{missing}）: {carried.file}"
    )
    if carried.settings:
        say(
            "設定と 組織.csv を引き継ぎました。提出期限は空にしたので、yosan.toml に書いてください。"
        )
    if carried.settings and carried.without:
        names = "、".join(carried.without)
        say(
            f"組織.csv の「要求」が「なし」のままの課があります。今年度はどうか確かめてください: {names}"
        )
    say("名前やコードの変わった所管課と事業は、対応表.csv に書いてください。")
