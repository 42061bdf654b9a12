"""Options that several commands share."""

from __future__ import annotations

import click

FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="終了コードを1にする指摘: error は誤り、warning は注意も。確認済みの注意は数えません。",
)
"""Which findings make the exit code 1."""
