"""`yosan-xl schema`."""

from __future__ import annotations

import click

from yosan_xl.cli.output import emit


@click.command(
    "schema",
    help="要求書の JSON Schema（request）か、read の結果の JSON Schema（read-result）を出します。",
    epilog="例: yosan-xl schema > request.schema.json",
)
@click.argument(
    "name",
    metavar="[request|read-result]",
    default="request",
    type=click.Choice(["request", "read-result"]),
)
def command(name: str) -> None:
    """Print a JSON Schema."""
    from yosan_xl.usecases.schema import schema

    emit(schema(name))
