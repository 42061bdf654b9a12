"""Errors as sentences and exit codes: never a bare traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from yosan_xl.cli.words import usage_sentence

FINE, FINDINGS, WRONG_USE, OWN_FAULT = 0, 1, 2, 3


def exit_code(action: Callable[[], Any]) -> int:
    """Run `action` and give the exit code; every error becomes a sentence on stderr."""
    try:
        result = action()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("中断しました。", err=True)
        return 130
    except click.ClickException as error:
        click.echo(usage_sentence(error), err=True)
        return WRONG_USE
    except BrokenPipeError:
        sys.stderr.close()
        return FINE
    except Exception as error:
        return _wrong_input(error) or _own_fault()
    return result if isinstance(result, int) else FINE


def _wrong_input(error: Exception) -> int | None:
    from yosan_xl.usecases.errors import WrongInput

    if not isinstance(error, WrongInput):
        return None
    from yosan_xl.cli.output import complain

    complain(error.findings)
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
