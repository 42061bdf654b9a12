"""Options that the verbs of the archive share."""

from __future__ import annotations

from pathlib import Path

import click

ARCHIVE = click.option(
    "--archive",
    metavar="フォルダー",
    type=click.Path(path_type=Path),
    help="保存庫。省くと yosan.toml の archive（書かなければ年度フォルダーの隣の「保存庫」）です。",
)
STAGE = click.option(
    "--stage", metavar="段階", help="段階。省くと、その年度で最後に保存した段階です。"
)
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="出力の形。",
)
