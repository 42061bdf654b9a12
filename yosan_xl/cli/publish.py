"""`yosan-xl publish`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import FAIL_ON, FINDINGS, YEAR_FOLDER
from yosan_xl.cli.output import close, exit_for, progress, say, show_own
from yosan_xl.model.settings import DECISIONS, REQUESTS

_ONLY_NOW = (
    "課がわけを書いていない注意が {count} 件あります（上のとおり）。まちがいがあれば、外に出す前に直し、"
    "公表フォルダーの「{folder}」を別の場所へ移してから、もう一度公表してください。"
)


@click.command(
    "publish",
    help="版の中身は、印刷の形だけのブックと PDF、CSV、JSON、ページです。フォルダーを省くと、今いる年度フォルダーです。",
    epilog=f"例: yosan-xl publish {REQUESTS}　／　yosan-xl publish {DECISIONS}",
)
@click.argument(
    "edition", metavar=f"{REQUESTS}|{DECISIONS}", type=click.Choice([REQUESTS, DECISIONS])
)
@YEAR_FOLDER
@click.option(
    "--add",
    is_flag=True,
    help="公表したあとに出た要求（「追加」）と、未定だったものの決定を加えた版を、並べて作ります。ほかは公表したままです。",
)
@click.option(
    "--anyway",
    is_flag=True,
    help=f"決まっていない要求や、締めていない段階の額を「未定」として{DECISIONS}を公表します。",
)
@FINDINGS
@FAIL_ON
def command(edition: str, folder: Path, add: bool, anyway: bool, listed: bool, fail_on: str) -> int:
    """Publish and say what stands where."""
    from yosan_xl.usecases.publish.run import publish

    done = publish(folder, edition, progress("ブックを読み取り中"), add=add, anyway=anyway)
    warned = done.warned if done.is_new else ()
    show_own(done.findings, (*done.own, *warned), listed=listed)
    if done.folder is None:
        say(f"要求 {done.counted} 件なので、公表していません。")
    elif done.is_new:
        say(f"「{edition}」として、{done.amounts}を公表フォルダーに置きました。")
        if warned and done.folder:
            say(_ONLY_NOW.format(count=len(warned), folder=done.folder.name))
    elif done.files:
        pdf = "、".join(name for name in done.files if name.endswith(".pdf"))
        say(f"「{edition}」は、公表したものと同じです。なかった PDF を加えました: {pdf}")
    else:
        say(f"「{edition}」は、公表したものと同じです。何も変えていません。")
    for change in done.changes:
        said = " → ".join(filter(None, (change.before, change.after)))
        number = f"{done.number_word} {change.no}"
        say(f"{change.kind}: {number}「{change.title}」 {change.field} {said}")
    if done.undecided:
        say(f"未定: {done.undecided} 件")
    close(done.intake)
    if done.folder is not None:
        say(f"公表: {done.folder}")
        if edition == DECISIONS and not done.undecided:
            say("年度を残すときは、「yosan-xl archive add」で保存庫に入れます。")
    return exit_for(done.findings, fail_on)
