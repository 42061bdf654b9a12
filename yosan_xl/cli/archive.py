"""`yosan-xl archive`: the verbs of the archive, in the order of the work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yosan_xl.cli.options import (
    ARCHIVE,
    FAIL_ON,
    STAGE,
    TEXT_OR_JSON,
    YEAR_FOLDER,
    fiscal_year,
    output_to,
)
from yosan_xl.cli.output import complain, count_of, emit, exit_for, progress, say, show, tell
from yosan_xl.cli.verbs import OPTIONS, VerbGroup

if TYPE_CHECKING:
    from yosan_xl.model.fiscal_year import FiscalYear
    from yosan_xl.usecases.archive.add import Added

VERBS = {
    "add": "年度フォルダーを保存庫に入れます。",
    "list": "保存庫にある年度と段階を、保存した順に出します。",
    "show": "保存した年度の要求の一覧か、1件の要求を出します。",
    "verify": "保存したファイルが、保存したときのままかを確かめます。",
    "restore": "保存した年度を、もう一度使える年度フォルダーとして取り出します。",
}


@click.group(
    "archive",
    cls=VerbGroup,
    options_metavar=OPTIONS,
    subcommand_metavar="命令 [引数]...",
    help="",
    epilog="例: yosan-xl archive add R2　／　yosan-xl archive verify --all",
)
def command() -> None:
    """Stand for the archive; its verbs do the work."""


def _verb(name: str, *, epilog: str, help: str = "") -> Callable[[Callable[..., Any]], Any]:
    does = VERBS[name]
    return command.command(name, short_help=does, help=does + help, epilog=epilog)


@_verb(
    "add",
    help="提出されたブック、様式、設定、組織、要求書のデータ、指摘、台帳、集計を、SHA-256 の記録とともに残します。",
    epilog="例: yosan-xl archive add R2　／　yosan-xl archive add R2 --stage 内示",
)
@YEAR_FOLDER
@click.option(
    "--stage",
    metavar="段階",
    help="段階の名前（要求、内示など）。省くと「要求」、査定の段階をすべて締めた年度では「決定」です。一度保存した段階は変えられません。",
)
@click.option(
    "--anyway",
    is_flag=True,
    help="誤りのある要求や、「決定」に決まっていない要求があっても保存します。",
)
@ARCHIVE
@FAIL_ON
def _add(folder: Path, stage: str | None, archive: Path | None, fail_on: str, anyway: bool) -> int:
    """Put a year into the archive and say where."""
    from yosan_xl.usecases.archive.add import HasErrors, add
    from yosan_xl.usecases.archive.record import SecondReadOptions

    second = SecondReadOptions(progress=progress("別の読み方でも確認中"))
    try:
        done = add(folder, stage, archive, progress("保存中"), second=second, anyway=anyway)
    except HasErrors as error:
        show(error.findings)
        return exit_for(error.findings)
    say_added(done)
    return exit_for((*done.findings, *done.of_requests), fail_on)


def say_added(done: Added) -> None:
    """Say what was put into the archive, and what is told of it."""
    if done.findings:
        show(done.findings)
    if done.is_new:
        say(f"{done.name} を保存しました（ファイル {done.files}、要求 {done.requests} 件）。")
    else:
        say(f"{done.name} は、同じ内容ですでに保存してあります。")
    if done.books:
        say(
            f"別の読み方でも確かめ、ブック {done.books} 冊のうち {done.agreed} 冊の値が一致しました。"
        )
    errors, warnings = (count_of(done.of_requests, weight) for weight in ("誤り", "注意"))
    if errors or warnings:
        say(
            f"保存した要求の指摘: 誤り {errors}、注意 {warnings}（yosan-xl validate で見られます）。"
        )
    say(f"保存庫: {done.root}")


@_verb(
    "list",
    epilog="例: yosan-xl archive list　／　yosan-xl archive list --archive 保存庫",
)
@ARCHIVE
@TEXT_OR_JSON
def _list(archive: Path | None, form: str) -> int:
    """Print a line for each stage."""
    from yosan_xl.report.archive_text import stages_json, stages_text
    from yosan_xl.usecases.archive.stages import find_archive, list_stages

    done = list_stages(find_archive(Path(), archive))
    complain(done.findings)
    if form == "json":
        emit(stages_json(done.stages))
    else:
        tell(stages_text(done.stages))
    return exit_for(done.findings)


@_verb(
    "show",
    help="1件の要求は、そのときの様式の言葉で出します。",
    epilog="例: yosan-xl archive show R2　／　yosan-xl archive show R2 --request 56",
)
@click.argument("year", metavar="年度", type=fiscal_year)
@click.option("--request", "no", metavar="NO", type=int, help="この NO の要求を出します。")
@STAGE
@ARCHIVE
@TEXT_OR_JSON
def _show(
    year: FiscalYear, no: int | None, stage: str | None, archive: Path | None, form: str
) -> None:
    """Print the requests of a year, or one of them."""
    from yosan_xl.report import archive_text
    from yosan_xl.usecases.archive.stages import find_archive, show_request, show_year

    root = find_archive(Path(), archive)
    if no is None:
        done = show_year(root, year, stage)
        as_json = archive_text.requests_json(done.stage, done.rows)
        text = archive_text.requests_text(done.stage, done.rows)
    else:
        page = show_request(root, year, no, stage)
        as_json = archive_text.requests_json(page.stage, [page.row])
        text = archive_text.request_text(page)
    if form == "json":
        emit(as_json)
    else:
        tell(text)


@_verb(
    "verify",
    help="年度を省くと、今いる年度フォルダーの年度"
    "（その外では全年度）です。年度のつながりは、いつも全部確かめます。",
    epilog="例: yosan-xl archive verify R2　／　yosan-xl archive verify --all",
)
@click.argument("years", metavar="[年度...]", nargs=-1, type=fiscal_year)
@click.option("--all", "every", is_flag=True, help="すべての年度を確かめます。")
@ARCHIVE
def _verify(years: tuple[FiscalYear, ...], every: bool, archive: Path | None) -> int:
    """Hash everything again and say what is not as it was."""
    from yosan_xl.usecases.archive.stages import find_archive, year_around
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


@_verb(
    "restore",
    help="保存庫は変わりません。",
    epilog="例: yosan-xl archive restore R2 --stage 要求 -o R2_確認用",
)
@click.argument("year", metavar="年度", type=fiscal_year)
@output_to("取り出し先。新しいフォルダーか、空のフォルダーです。", "フォルダー", required=True)
@STAGE
@ARCHIVE
def _restore(year: FiscalYear, output: Path, stage: str | None, archive: Path | None) -> None:
    """Make a year folder of an archived year and say where."""
    from yosan_xl.usecases.archive.stages import find_archive
    from yosan_xl.usecases.archive.verify import restore

    done = restore(find_archive(Path(), archive), year, output, stage)
    if done.findings:
        show(done.findings)
    say(f"{done.name} を取り出しました: {done.folder}（ファイル {done.files}）")
    if done.others and stage is None:
        say(
            f"いちばんあとに保存した段階です。ほかの段階（{'、'.join(done.others)}）は --stage で取り出せます。"
        )
