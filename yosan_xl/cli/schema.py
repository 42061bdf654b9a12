"""`yosan-xl schema`."""

from __future__ import annotations

import click

from yosan_xl.cli.output import emit


@click.command(
    "schema",
    help="",
    epilog="例: yosan-xl schema > request.schema.json",
)
@click.argument(
    "name",
    metavar="[request|read-result|findings]",
    default="request",
    type=click.Choice(["request", "read-result", "findings"]),
)
def command(name: str) -> None:
    """Print a JSON Schema."""
    from yosan_xl.resources import schema_file

    emit(schema_file(name).read_text(encoding="utf-8"))
