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

EXAMPLES = ("港区", "municipal")
_OPTIONS = {
    "year": "--year",
    "form": "--form",
    "form_file": "--form-file",
    "municipality": "--municipality",
    "prefecture": "--prefecture",
    "source": "--from",
}


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
    help="設定（yosan.toml）と所管課の表（組織.csv）を直してから generate へ進みます。",
    epilog="例: yosan-xl init R9 --year R9 --municipality 佐倉市 --prefecture 千葉県",
)
@click.argument("folder", metavar="フォルダー", type=A_PATH)
@click.option(
    "--year",
    metavar="年度",
    type=fiscal_year,
    help="年度（R2、令和2年度、2020）。--example のほかでは[必須]",
)
@click.option(
    "--example",
    type=click.Choice(EXAMPLES),
    help="試すための、記入ずみの年度を作ります。ほかの指定は要りません。",
)
@click.option(
    "--form",
    metavar="様式",
    help="様式の名前。省くと、--municipality があれば municipal-1、なければ minato-r2 です。",
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
    help="引き継ぐ年度（年度フォルダー、保存庫:R1、集計ブックなど）。設定と 組織.csv と様式も引き継ぎます。",
)
@click.pass_context
def command(context: click.Context, /, folder: Path, example: str | None, **wishes: Any) -> int:
    """Make a year folder and say what comes next."""
    if example is not None:
        if given := [_OPTIONS[key] for key, value in wishes.items() if value is not None]:
            words = "、".join(given)
            raise click.BadParameter(f"--example のときは {words} を書きません", context)
        return _and_double_click(folder, _example(folder, example))
    if wishes["year"] is None:
        raise click.MissingParameter(ctx=context, param=click.Option(["--year"]))
    if wishes["form"] is not None and wishes["form_file"] is not None:
        raise click.BadParameter("--form と --form-file は、どちらか1つだけ書いてください")
    return _and_double_click(folder, _fresh(folder, **wishes))


def _and_double_click(folder: Path, code: int) -> int:
    """On Windows put a file there to double-click, and say so; return the exit code."""
    from yosan_xl.usecases.double_click import put_double_click

    if made := put_double_click(folder):
        say(
            f"コマンドを打たずに集計するときは、「{made.name}」をダブルクリックしてください: {made}"
        )
    return code


def _fresh(folder: Path, year: FiscalYear, source: str | None, **wishes: Any) -> int:
    from yosan_xl.usecases.init import Wishes, init

    made = init(folder, year, Wishes(**wishes), source)
    settings = made.settings
    say(
        f"{settings.municipality}の{settings.year.label}の年度フォルダーを作りました: {made.root}"
        f"（様式 {settings.form}、所管課 {made.departments}）"
    )
    if made.carried:
        _say_carried(made.carried)
    say(f"次は、{'、'.join(made.tables)} を直し、フォルダーの中に移って、ブックを作ります:")
    _say_commands(folder, "yosan-xl generate")
    return exit_for(made.carried.findings if made.carried else ())


def _example(folder: Path, name: str) -> int:
    from yosan_xl.usecases.example import make_example

    made = make_example(folder, name)
    settings = made.year.settings
    say(
        f"{settings.municipality}の{settings.year.label}を試す年度フォルダーを作りました: {folder}"
        f"（提出されたブック {made.books} 冊、要求 {made.requests} 件）"
    )
    say(
        f"{made.missing.name}のブックはまだ届いていません。{made.faulty.name}のブックには誤りが1つあります。"
    )
    say("次は、フォルダーの中に移って、順に試してください:")
    _say_commands(folder, *_TRIED)
    say(
        f"査定まで続けるときは、{made.missing.section}のブックを「yosan-xl generate --department {made.missing.code}」で"
        "配布フォルダーに作り、記入して提出フォルダーに入れます（組織.csv の「要求」を「なし」にしても進めます）。"
        "誤りは差戻しフォルダーのブックで直し、提出フォルダーに入れます。"
    )
    return 0


_TRIED = (
    "yosan-xl              （いまの状態と、次にすること）",
    "yosan-xl status       （だれが出し、だれが出していないか）",
    "yosan-xl validate     （どのブックの、どのセルが誤りか）",
    "yosan-xl return       （誤りを示した差戻しのブック）",
    "yosan-xl consolidate  （1冊の集計ブック）",
)


def _say_commands(folder: Path, *commands: str) -> None:
    from yosan_xl.model.text import as_argument

    for one in (f"cd {as_argument(str(folder))}", *commands):
        say(f"    {one}")


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
