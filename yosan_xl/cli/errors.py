"""Errors as sentences and exit codes, click's complaints in Japanese: never a bare traceback."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from yosan_xl.cli.verbs import NoSuchVerb, plain_word

FINE, FINDINGS, WRONG_USE, OWN_FAULT = 0, 1, 2, 3
INTERRUPTED, READER_GONE = 130, 141
"""As a shell has it for SIGINT and SIGPIPE: neither fine nor findings, for nobody read them."""


def exit_code(action: Callable[[], Any]) -> int:
    """Run `action` and give the exit code; every error becomes a sentence on stderr."""
    stdout = sys.stdout
    try:
        return _outcome(action)
    except SystemExit:
        # click ends so, with a stream of its own, where the reader of a pipe has gone.
        if sys.stdout is stdout:
            raise
    except BrokenPipeError:
        pass
    _silence()
    return READER_GONE


def usage_sentence(error: click.ClickException) -> str:
    """Return one Japanese sentence for a wrong use of the command line."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "yosan-xl"
    return f"{_complaint(error)}{command} --help で使い方を見られます。"


def _outcome(action: Callable[[], Any]) -> int:
    try:
        result = action()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("中断しました。", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        from yosan_xl.report.printable import printable

        click.echo(printable(usage_sentence(error)), err=True)
        return WRONG_USE
    except Exception as error:
        return _wrong_input(error) or _of_no_file(error) or _own_fault()
    return result if isinstance(result, int) else FINE


def _silence() -> None:
    """Send what is still to be flushed nowhere: the interpreter would complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _wrong_input(error: Exception) -> int | None:
    from yosan_xl.usecases.errors import WrongInput, of_the_disk

    wrong = of_the_disk(error) if isinstance(error, OSError) and error.filename else error
    if not isinstance(wrong, WrongInput):
        return None
    from yosan_xl.cli.output import complain

    complain(wrong.findings)
    return WRONG_USE


def _of_no_file(error: Exception) -> int | None:
    """Say what is wrong where the system names no file: the folder we are in, or a disk that is full."""
    if not isinstance(error, OSError) or error.filename is not None:
        return None
    if sys.platform == "win32" and error.errno == errno.EINVAL:
        _silence()  # so Windows has it where the reader of a pipe has gone
        return READER_GONE
    try:
        os.getcwd()  # noqa: PTH109 - pathlib takes longer to import than most commands need
    except OSError:
        sentence = "いまいるフォルダーがなくなっています。ほかのフォルダーに移ってから、もう一度実行してください。"
    else:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            return None
        sentence = (
            "書き出しの途中で止まりました。一時フォルダー（Windows では %TEMP%）と、"
            "「>」を使ったときはその先の空き容量を確かめてください。"
        )
    with contextlib.suppress(OSError):
        click.echo(sentence, err=True)
    _silence()
    return WRONG_USE


def _own_fault() -> int:
    """Keep the traceback in a file and say where (called while the exception is handled)."""
    import traceback

    from yosan_xl.usecases.errors import keep_traceback

    place = keep_traceback(traceback.format_exc())
    click.echo(
        f"プログラムの不具合で止まりました（記録: {place}）。お手数ですが、yosan-xl report-problem で作る zip"
        "（記入された文章や金額は入りません）を開発者に送ってください。もとのファイルは変わっていません。",
        err=True,
    )
    return OWN_FAULT


def _complaint(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        name, known = error.option_name, error.possibilities or ()
        return f"「{name}」という指定はありません。{_meant(name, known)}"
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)}を書いてください。"
    if isinstance(error, click.BadOptionUsage):
        takes_none = "not take a value" in error.message
        return f"「{error.option_name}」{'に値は要りません' if takes_none else 'には値を1つ書いてください'}。"
    if isinstance(error, click.BadParameter):
        return f"{_name(error)}の値が正しくありません{_detail(error)}。"
    if isinstance(error, NoSuchVerb):
        return f"「{error.word}」という命令はありません。{_meant(error.word, error.known)}"
    if isinstance(error, click.UsageError) and "unexpected extra argument" in error.message:
        return '余分な指定があります。空白のある名前は「"」で囲んでください。'
    if verbs := _verbs_below(error):
        return f"{'、'.join(verbs)} のどれかを続けて書いてください。"
    return "指定のしかたがちがいます。"


def _verbs_below(error: click.ClickException) -> list[str]:
    """Return the verbs of a group that was called without one."""
    context: click.Context | None = getattr(error, "ctx", None)
    if context is None or not isinstance(context.command, click.Group):
        return []
    return context.command.list_commands(context)


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


_MEANT = {"help": "--help", "version": "--version", "-v": "--version", "-V": "--version"}


def _meant(word: str, known: Sequence[str]) -> str:
    """Say what was meant by a word that is not known: in half-width letters, or the nearest that is."""
    from difflib import get_close_matches

    plain = plain_word(word)
    if re.search("[ァ-ヶ]-", plain):  # its ー is no dash
        return "命令は、日本語入力を切り、「yosan-xl status」のように半角の英字で打ってください。"
    if plain != word:
        what = "空白" if "\u3000" in word else "文字"
        return f"全角の{what}が入っています。日本語入力を切り、「{plain}」のように半角で打ってください。"
    near = [_MEANT[word]] if word in _MEANT else get_close_matches(word.lower(), known)
    return f"「{near[0]}」のことでしょうか。" if near else ""
