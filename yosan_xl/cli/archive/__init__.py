"""`yosan-xl archive`: its own verbs, one file each in this folder."""

from __future__ import annotations

import click

from yosan_xl.cli.verbs import OPTIONS, Verbs

VERBS = {
    "add": "年度フォルダーを保存庫に入れます。",
    "list": "保存庫にある年度と段階を、保存した順に出します。",
    "show": "保存した年度の要求の一覧か、1件の要求を出します。",
    "verify": "保存したファイルが、保存したときのままかを確かめます。",
    "restore": "保存した年度を、もう一度使える年度フォルダーとして取り出します。",
}


class ArchiveVerbs(Verbs):
    """The verbs of the archive, in the order of the work."""

    package = "yosan_xl.cli.archive"
    verbs = VERBS


@click.command(
    "archive",
    cls=ArchiveVerbs,
    options_metavar=OPTIONS,
    subcommand_metavar="命令 [引数]...",
    help="",
    epilog="例: yosan-xl archive add R2　／　yosan-xl archive verify --all",
)
def command() -> None:
    """Stand for the archive; its verbs do the work."""
