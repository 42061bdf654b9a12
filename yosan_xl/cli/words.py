"""click's complaints in Japanese."""

from __future__ import annotations

import click


def usage_sentence(error: click.ClickException) -> str:
    """Give one Japanese sentence for a wrong use of the command line."""
    help_hint = "yosan-xl --help で使い方を見られます。"
    context = getattr(error, "ctx", None)
    if context is not None and context.command_path != "yosan-xl":
        help_hint = f"{context.command_path} --help で使い方を見られます。"
    return f"{_complaint(error)}{help_hint}"


def _complaint(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"「{error.possibilities[0]}」のことでしょうか。" if error.possibilities else ""
        return f"「{error.option_name}」という指定はありません。{near}"
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)}を指定してください。"
    if isinstance(error, click.BadOptionUsage):
        return f"「{error.option_name}」の使い方がちがいます。"
    if isinstance(error, click.BadParameter):
        return f"{_name(error)}の値を読めません（{error.message}）。"
    if isinstance(error, click.UsageError) and "No such command" in error.message:
        return f"「{error.message.split(chr(39))[1]}」という命令はありません。"
    if isinstance(error, click.UsageError) and "unexpected extra argument" in error.message:
        return "余分な指定があります。"
    return "指定のしかたがちがいます。"


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return "指定"
    if isinstance(parameter, click.Option):
        return f"「{parameter.opts[-1]}」"
    return f"「{parameter.make_metavar(error.ctx) if error.ctx else parameter.name}」"
