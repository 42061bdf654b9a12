"""The command `yosan-xl`: finds the verb's file, loads that alone, and turns errors into exit codes.

Exit codes: 0 fine, 1 findings of weight 誤り, 2 wrong use or a path that cannot be read, 3 a fault
of our own (one sentence, and a log file with the traceback); 130 interrupted, 141 nobody reads.
"""

from __future__ import annotations

import atexit
import gc
import sys
from typing import NoReturn

import click

from yosan_xl import __version__
from yosan_xl.cli.errors import WRONG_USE, exit_code
from yosan_xl.cli.verbs import OPTIONS, Verbs

VERBS = (
    "init",
    "generate",
    "fill",
    "read",
    "validate",
    "status",
    "return",
    "consolidate",
    "page",
    "export",
    "diff",
    "compare",
    "trend",
    "archive",
    "schema",
    "explain",
)
"""One verb, one file of the same name in this folder."""


class YearVerbs(Verbs):
    """All verbs, in the order of the year's work."""

    package = "yosan_xl.cli"
    verbs = VERBS


HELP = {"help_option_names": ["-h", "--help"]}


@click.command(
    cls=YearVerbs,
    context_settings=HELP,
    options_metavar=OPTIONS,
    invoke_without_command=True,
    subcommand_metavar="命令 [引数]...",
    help="予算要求事業概要書のブックを配り、集め、確かめ、集計します。",
    epilog="例: yosan-xl init R2 --year R2 のあと、R2 の中で yosan-xl generate",
)
@click.version_option(__version__, prog_name="yosan-xl", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> int | None:
    """Stand for the program; the verbs do the work. Without a verb it shows the help."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        return WRONG_USE
    return None


def run(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    # Books are a million small values without cycles: looking for these every 700 costs a tenth.
    gc.set_threshold(100_000, 50, 50)
    # At its end Python looks through all of them again, twice, for what goes away anyhow.
    atexit.register(gc.freeze)
    sys.exit(exit_code(lambda: main.main(arguments, prog_name="yosan-xl", standalone_mode=False)))
