"""`yosan-xl explain`."""

from __future__ import annotations

import click

from yosan_xl.cli.errors import WRONG_USE
from yosan_xl.cli.output import say


@click.command(
    "explain",
    help="番号を省くと一覧を出します。",
    epilog="例: yosan-xl explain YX203",
)
@click.argument("code", metavar="[番号]", required=False)
def command(code: str | None) -> int:
    """Explain one code, or list them all."""
    from yosan_xl.report.rules_page import explain_text
    from yosan_xl.usecases.catalogue import codes_called

    found = codes_called(code)
    if not found:
        say(f"「{code}」という番号はありません。yosan-xl explain で一覧を見られます。", err=True)
        return WRONG_USE
    if code is None:
        for each in found:
            say(f"{each.code} {each.weight.value} {each.title}")
    else:
        for line in explain_text(found[0]).split("\n"):
            say(line)
    return 0
