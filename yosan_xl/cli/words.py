"""click's complaints about wrong use, in Japanese."""

from __future__ import annotations

import click


def usage_sentence(error: click.ClickException) -> str:
    """Give one Japanese sentence for a wrong use of the command line."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "yosan-xl"
    return f"{_complaint(error)}{command} --help で使い方を見られます。"


def _complaint(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"「{error.possibilities[0]}」のことでしょうか。" if error.possibilities else ""
        return f"「{error.option_name}」という指定はありません。{near}"
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)}を書いてください。"
    if isinstance(error, click.BadOptionUsage):
        takes_none = "not take a value" in error.message
        return f"「{error.option_name}」{'に値は要りません' if takes_none else 'には値を1つ書いてください'}。"
    if isinstance(error, click.BadParameter):
        return f"{_name(error)}の値が正しくありません{_detail(error)}。"
    if isinstance(error, click.UsageError) and "No such command" in error.message:
        return f"「{_quoted(error.message)}」という命令はありません。"
    if isinstance(error, click.UsageError) and "unexpected extra argument" in error.message:
        return "余分な指定があります。"
    return "指定のしかたがちがいます。"


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if isinstance(parameter, click.Option):
        return f"「{parameter.opts[-1]}」"
    return f"「{parameter.metavar or parameter.name}」" if parameter else "指定"


def _detail(error: click.BadParameter) -> str:
    """Say what would be right: our own types say it in Japanese, a choice by its words."""
    parameter = error.param
    if parameter is not None and isinstance(parameter.type, click.Choice):
        return f"（{'、'.join(map(str, parameter.type.choices))} のどれか）"
    return f"（{error.message}）" if not error.message.isascii() else ""


def _quoted(message: str) -> str:
    parts = message.split("'")
    return parts[1] if len(parts) > 2 else message
