"""`yosan-xl return`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import A_PATH, FORCE
from yosan_xl.cli.output import exit_for, progress, say, show


@click.command(
    "return",
    help="記入を写した新しい様式のセルに、指摘をメモで付けます。所管課を省くと、指摘のあるすべての所管課です。",
    epilog="例: yosan-xl return　／　yosan-xl return 税務課 0206",
)
@click.argument("departments", metavar="[所管課...]", nargs=-1)
@click.option(
    "--folder",
    metavar="フォルダー",
    type=A_PATH,
    help="記入を写した新しい様式のセルに、指摘をメモで付けます。年度フォルダー。省くと今いる年度フォルダーです。",
)
@FORCE
def command(departments: tuple[str, ...], folder: Path | None, force: bool) -> int:
    """Write the books that go back to their departments, and say what went and what did not."""
    from yosan_xl.report.findings import counts
    from yosan_xl.usecases.return_books import return_books

    done = return_books(
        folder or Path(), departments, force=force, progress=progress("ブックを確認中")
    )
    left_behind = [finding for book in done.books for finding in book.left_behind]
    if left_behind or done.unreturned or done.findings:
        show([*left_behind, *done.unreturned, *done.findings])
    for book in done.books:
        say(f"{book.path.name}（{book.department.name}）: {counts(book.findings)}")
    for unit in done.without:
        say(f"{unit.code} {unit.name}に差し戻すブックはありません。")
    files = len({finding.place.file for finding in done.unreturned})
    kept = f"（差し戻すブックを作れないもの {files} 件は上のとおりです）" if files else ""
    say(f"{len(done.books)} 冊のブックを差し戻しました: {done.folder}{kept}")
    return exit_for(done.unreturned)
