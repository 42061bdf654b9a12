"""`yosan-xl notice`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import A_PATH, FORCE
from yosan_xl.cli.output import close, exit_for, progress, say, show


@click.command(
    "notice",
    help="所管課を省くと、要求のあるすべての所管課です。所管課が「復活要求」のシートに入力したブックは、復活フォルダーに入れると consolidate が読みます。",
    epilog="例: yosan-xl notice　／　yosan-xl notice 税務課 0206",
)
@click.argument("departments", metavar="[所管課...]", nargs=-1)
@click.option(
    "--folder",
    metavar="フォルダー",
    type=A_PATH,
    help="年度フォルダー。省くと今いる年度フォルダーです。",
)
@click.option(
    "--anyway", is_flag=True, help="決まっていない要求があっても作ります（「未定」と書きます）。"
)
@FORCE
def command(departments: tuple[str, ...], folder: Path | None, anyway: bool, force: bool) -> int:
    """Write the 内示 books and say which there are."""
    from yosan_xl.usecases.notice import notice

    done = notice(
        folder or Path(),
        departments,
        progress("ブックを確認中"),
        anyway=anyway,
        force=force,
    )
    show(done.findings)
    for path, unit in done.books.items():
        kept = "" if path in done.new else "（前と同じです）"
        say(f"{path.name}（{unit.name}）{kept}")
    for unit in done.without:
        say(f"{unit.code} {unit.name}には、集計に入る要求がありません。")
    close(done.intake)
    still = f"（未定 {done.open} 件）" if done.open else ""
    say(f"「{done.stage}」の内示 {len(done.books)} 冊{still}: {done.folder}")
    return exit_for(done.findings)
