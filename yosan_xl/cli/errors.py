"""Errors as sentences and exit codes: never a bare traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from yosan_xl.cli.words import usage_sentence

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
        return _wrong_input(error) or _own_fault()
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


def _own_fault() -> int:
    """Keep the traceback in a file and say where (called while the exception is handled)."""
    import traceback

    from yosan_xl.usecases.own_fault import keep_traceback

    place = keep_traceback(traceback.format_exc())
    click.echo(
        f"プログラムの不具合で止まりました。お手数ですが {place} を開発者に送ってください。"
        "もとのファイルは変わっていません。",
        err=True,
    )
    return OWN_FAULT
