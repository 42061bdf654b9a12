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
    "省くと、init --from か --prior が残した 前年度.json です。",
)
@click.option(
    "--prior",
    metavar="前年度",
    help="前年度の額を入れるもと（事業の一覧の CSV か Excel、年度フォルダー、保存庫:R8、集計ブック）。"
    "前年度.json に残り、次からは省けます。",
)
def command(
    folder: Path | None,
    department: str | None,
    force: bool,
    last_year: Path | None,
    prior: str | None,
) -> None:
    """Write the blank books."""
    from yosan_xl.usecases.generate import generate

    made = generate(
        folder or Path(),
        department,
        last_year,
        prior=prior,
        force=force,
        progress=progress("ブックを作成中"),
    )
    if made.findings:
        show(made.findings, err=True)
    if made.source:
        amounts = "" if made.amounts is None else f"、うち {made.amounts} 件に前年度の額"
        say(f"前年度の要求 {made.carried} 件の事業名と文章を入れました{amounts}: {made.source}")
    kept = len(made.books) - made.written
    if not made.written:
        say(f"{kept} 冊のブックは前に作ったものと同じで、何も変えていません: {made.folder}")
        return
    if made.remade:
        say(
            f"前に作った、記入のないブック {made.remade} 冊を、いまの設定で作り直しました。もう配ったものがあれば、配り直してください。"
        )
    others = f"（ほかの {kept} 冊は前に作ったものと同じです）" if kept else ""
    say(f"{made.written} 冊のブックを作りました{others}: {made.folder}")
