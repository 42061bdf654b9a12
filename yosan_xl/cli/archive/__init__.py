"""`yosan-xl archive`: its own verbs, one file each in this folder."""

from __future__ import annotations

import click

from yosan_xl.cli.verbs import OPTIONS, Verbs

VERBS = ("add", "list", "show", "verify", "restore", "reindex", "compare", "trend")


class ArchiveVerbs(Verbs):
    """The verbs of the archive, in the order of the work."""

    package = "yosan_xl.cli.archive"
    verbs = VERBS


@click.command(
    "archive",
    cls=ArchiveVerbs,
    options_metavar=OPTIONS,
    subcommand_metavar="命令 [引数]...",
    help="年度フォルダーを保存庫に残し、あとから見て、確かめ、取り出します。",
    epilog="例: yosan-xl archive add R2　／　yosan-xl archive verify --all",
)
def command() -> None:
    """Stand for the archive; its verbs do the work."""
