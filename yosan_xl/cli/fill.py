"""`yosan-xl fill`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import A_PATH, FORCE, output_to
from yosan_xl.cli.output import exit_for, say, show


@click.command(
    "fill",
    help="JSON は年度フォルダーの中に置きます。",
    epilog="例: yosan-xl fill R2/requests.json -o R2/提出",
)
@click.argument("documents", metavar="JSON", type=A_PATH)
@output_to("ブックを書き出すフォルダー。", "フォルダー", required=True)
@click.option(
    "--only-finance",
    is_flag=True,
    help="所管課が入力しない欄（NO、年度、所管課、財政課の文と額、前年度の額）だけを書き込みます。",
)
@FORCE
def command(documents: Path, output: Path, only_finance: bool, force: bool) -> int:
    """Write documents into books; findings of the documents go to stderr."""
    from yosan_xl.usecases.fill import fill

    done = fill(documents, output, only_finance=only_finance, force=force)
    if done.findings:
        show(done.findings, err=True)
    say(f"要求 {done.requests} 件を {len(done.books)} 冊のブックに書きました: {output}")
    return exit_for(done.findings)
