"""`yosan-xl generate`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import A_PATH, FORCE
from yosan_xl.cli.output import progress, say, show


@click.command(
    "generate",
    help="フォルダーを省くと今いる年度フォルダーです。",
    epilog="例: yosan-xl generate　／　yosan-xl generate R2 --department 税務課",
)
@click.argument("folder", metavar="[フォルダー]", required=False, type=A_PATH)
@click.option(
    "--department", metavar="所管課", help="この所管課だけ（コード、課、または「部 課」）。"
)
@FORCE
@click.option(
    "--from",
    "last_year",
    metavar="JSON",
    type=A_PATH,
    help="前年度の要求書の JSON。継続する事業の事業名と文章を、あらかじめ入れます。"
    "省くと、init --from が残した 保存/前年度.json です。",
)
def command(
    folder: Path | None, department: str | None, force: bool, last_year: Path | None
) -> None:
    """Write the blank books."""
    from yosan_xl.usecases.generate import generate

    made = generate(
        folder or Path(), department, last_year, force=force, progress=progress("ブックを作成中")
    )
    if made.findings:
        show(made.findings, err=True)
    if made.source:
        say(f"前年度の要求 {made.carried} 件の事業名と文章を入れました: {made.source}")
    say(f"{len(made.books)} 冊のブックを作りました: {made.folder}")
