"""`yosan-xl schema`."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.output import emit


@click.command(
    "schema",
    help="request は、年度フォルダーの中ではその年度の様式のものです。",
    epilog="例: yosan-xl schema > request.schema.json",
)
@click.argument(
    "name",
    metavar="[request|read-result|findings]",
    default="request",
    type=click.Choice(["request", "read-result", "findings"]),
)
@click.option("--form", metavar="様式", help="様式の名前。省くと、年度の様式か minato-r2 です。")
def command(name: str, form: str | None) -> None:
    """Print a JSON Schema."""
    from yosan_xl.resources import schema_file

    if name == "request":
        from yosan_xl.usecases.catalogue import request_schema_text

        emit(request_schema_text(Path.cwd(), form))
        return
    emit(schema_file(name).read_text(encoding="utf-8"))
