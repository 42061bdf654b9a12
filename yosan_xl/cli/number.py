"""`yosan-xl number`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import YEAR_FOLDER
from yosan_xl.cli.output import close, exit_for, progress, say, show


@click.command(
    "number",
    help="付けるまでのNOは「仮」で、実行のたびに付け直します。あとから出た要求には、もう一度実行すると、続きのNOを付けます。"
    "取り下げられた要求のNOは欠番になり、ほかの要求には使いません。",
    epilog="例: yosan-xl number --dry-run　（見るだけ）　／　yosan-xl number",
)
@YEAR_FOLDER
@click.option("--dry-run", is_flag=True, help="付けるNOを出すだけで、台帳.json に書きません。")
def command(folder: Path, dry_run: bool) -> int:
    """Give NO for good and list them."""
    from yosan_xl.usecases.number import number

    done = number(folder, progress("ブックを確認中"), dry_run=dry_run)
    if done.findings:
        show(done.findings)
    listed = done.rows if done.is_first else done.new
    for row in listed:
        request = row.request
        late = "" if done.is_first else "（あとから）"
        say(
            f"NO {row.no}　{request.department}　{request.title or '（事業名なし）'}（{request.id}）{late}"
        )
    for one in done.vacant:
        say(f"NO {one.no}　欠番　{one.title}（{one.request}）")
    if done.warnings:
        say(
            f"課がわけを書いていない注意が {done.warnings} 件あります。公表の前に、yosan-xl validate で確かめてください。"
        )
    close(done.intake)
    say(_told(len(done.new), len(done.rows), len(done.vacant), dry_run=dry_run))
    return exit_for(done.findings)


def _told(new: int, every: int, vacant: int, *, dry_run: bool) -> str:
    """Return what was done, or with `dry_run` would be."""
    if not new:
        return f"新しくNOを付ける要求はありません（NOのある要求 {every} 件、欠番 {vacant} 件）。"
    done = "が付きます。まだ書いていません" if dry_run else "を付けました。もう変わりません"
    return f"要求 {new} 件にNO{done}（NOのある要求 {every} 件、欠番 {vacant} 件）。"
