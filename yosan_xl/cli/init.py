"""`yosan-xl init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yosan_xl.cli.options import A_PATH, fiscal_year
from yosan_xl.cli.output import exit_for, say, show

if TYPE_CHECKING:
    from yosan_xl.model.fiscal_year import FiscalYear
    from yosan_xl.usecases.init import Carried


def _say_forms(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if not asked:
        return
    from yosan_xl.usecases.init import offered_forms

    for form in offered_forms(Path()):
        say(f"{form.id}　{form.title}")
        if form.about:
            say(f"    {form.about}")
    context.exit()


@click.command(
    "init",
    help="yosan.toml（設定）と 組織.csv（所管課の表）を直してから generate へ。",
    epilog="例: yosan-xl init R9 --year R9 --municipality 佐倉市 --prefecture 千葉県",
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
    help="様式の名前。省くと、--municipality があれば municipal-1、なければ minato-r2、--from では前の年度の様式です。",
)
@click.option(
    "--form-file",
    metavar="ファイル",
    type=A_PATH,
    help="自分で作った様式の定義（form.toml）。年度フォルダーの 様式 に写します。",
)
@click.option(
    "--forms",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_forms,
    help="使える様式を一覧にします。ほかの指定は要りません。",
)
@click.option("--municipality", metavar="名前", help="自治体の名前（佐倉市）。")
@click.option("--prefecture", metavar="名前", help="都道府県の名前（千葉県）。")
@click.option(
    "--from",
    "source",
    metavar="前の年度",
    help="引き継ぐ年度（年度フォルダー、保存庫:R1、集計ブック、ブックのフォルダー、read の JSON）。"
    "年度フォルダーと保存庫なら設定と 組織.csv と様式も引き継ぎます。",
)
def command(folder: Path, year: FiscalYear, source: str | None, **wishes: Any) -> int:
    """Make a year folder and say what comes next."""
    from yosan_xl.usecases.init import Wishes, init

    if wishes["form"] is not None and wishes["form_file"] is not None:
        raise click.BadParameter("--form と --form-file は、どちらか1つだけ書いてください")
    made = init(folder, year, Wishes(**wishes), source)
    say(f"{made.year.label}の年度フォルダーを作りました: {made.root}（所管課 {made.departments}）")
    if made.carried:
        _say_carried(made.carried)
    say(
        "yosan.toml と 組織.csv を直したら、フォルダーの中で yosan-xl generate を実行してください。"
    )
    return exit_for(made.carried.findings if made.carried else ())


def _say_carried(carried: Carried) -> None:
    from yosan_xl.model.comparison import Figure

    if carried.findings:
        show(carried.findings, err=True)
    basis = carried.basis
    decided, asked = (one.word(basis.axes) for one in (Figure.BUDGETED, Figure.REQUESTED))
    prior = f"前年度{decided}のあるもの {basis.budgeted} 件、{decided}がないので前年度{asked}のもの {basis.requested} 件"
    missing = f"、どちらもないもの {basis.missing} 件" if basis.missing else ""
    count = basis.budgeted + basis.requested + basis.missing
    say(
        f"{carried.year.label}の要求 {count} 件を引き継ぎました（{prior}{missing}）: {carried.file}"
    )
    if carried.settings:
        say(
            "設定と 組織.csv を引き継ぎました。提出期限は空にしたので、yosan.toml に書いてください。"
        )
    if carried.settings and carried.ceilings:
        say(
            f"シーリング {carried.ceilings} 件を引き継ぎました。percent は新しい前年度の額に対するものになります。"
            "limit（額）は前の年度のままなので、yosan.toml の [[ceilings]] を確かめてください。"
        )
    if carried.settings and carried.without:
        names = "、".join(carried.without)
        say(
            f"組織.csv の「要求」が「なし」のままの課があります。今年度はどうか確かめてください: {names}"
        )
    say("名前やコードの変わった所管課と事業は、対応表.csv に書いてください。")
