"""click's own words in Japanese: headings of the help, and complaints about wrong use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

_HEADINGS = {"Options": "指定", "Commands": "命令", "Arguments": "引数"}
_WORDS = {
    "Show this message and exit.": "この説明を表示します。",
    "Show the version and exit.": "版の番号を表示します。",
    "[required]": "[必須]",
    "[default: ": "[省略時: ",
    "; required]": "; 必須]",
}


class Formatter(click.HelpFormatter):
    """Writes a help page with Japanese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called."""
        super().write_usage(prog, args, prefix or "使い方: ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a section under its Japanese heading."""
        with super().section(_HEADINGS.get(name, name)):
            yield

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write a list of options or commands, click's own words in Japanese."""
        super().write_dl([(term, _japanese(text)) for term, text in rows], col_max, col_spacing)


class Context(click.Context):
    """Every help page of ours is written by `Formatter`."""

    formatter_class = Formatter


def _japanese(text: str) -> str:
    for english, japanese in _WORDS.items():
        text = text.replace(english, japanese)
    return text


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
        return f"「{error.option_name}」には値を1つ書いてください。"
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
