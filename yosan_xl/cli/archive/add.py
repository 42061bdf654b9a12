"""`yosan-xl archive add`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import ARCHIVE, FAIL_ON, YEAR_FOLDER
from yosan_xl.cli.output import count_of, exit_for, progress, say, show


@click.command(
    "add",
    help="提出されたブック、様式、設定、組織、要求書のデータ、指摘、台帳、集計を、SHA-256 の記録とともに残します。",
    epilog="例: yosan-xl archive add R2　／　yosan-xl archive add R2 --stage 内示",
)
@YEAR_FOLDER
@click.option(
    "--stage",
    metavar="段階",
    default="要求",
    show_default=True,
    help="段階の名前（要求、内示、決定など）。一度保存した段階は変えられません。",
)
@ARCHIVE
@FAIL_ON
def command(folder: Path, stage: str, archive: Path | None, fail_on: str) -> int:
    """Put a year into the archive and say where."""
    from yosan_xl.usecases.archive.add import add
    from yosan_xl.usecases.archive.second import Second

    second = Second(progress=progress("openpyxl でも確認中"))
    done = add(folder, stage, archive, progress("保存中"), second=second)
    if done.findings:
        show(done.findings)
    if done.is_new:
        say(f"{done.name} を保存しました（ファイル {done.files}、要求 {done.requests} 件）。")
    else:
        say(f"{done.name} は、同じ内容ですでに保存してあります。")
    if done.books:
        say(f"openpyxl でも読み、ブック {done.books} 冊のうち {done.agreed} 冊の値が一致しました。")
    errors, warnings = (count_of(done.of_requests, weight) for weight in ("誤り", "注意"))
    if errors or warnings:
        say(
            f"保存した要求の指摘: 誤り {errors}、注意 {warnings}（yosan-xl validate で見られます）。"
        )
    say(f"保存庫: {done.root}")
    return exit_for((*done.findings, *done.of_requests), fail_on)
