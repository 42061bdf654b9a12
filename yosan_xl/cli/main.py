"""The command `yosan-xl`: finds the verb's file, loads that alone, and turns errors into exit codes.

Exit codes: 0 fine, 1 findings of weight 誤り, 2 wrong use or a path that cannot be read, 3 a fault
of our own (one sentence, and a log file with the traceback); 130 interrupted, 141 nobody reads.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import NoReturn

import click

from yosan_xl import __version__
from yosan_xl.cli.errors import WRONG_USE, exit_code
from yosan_xl.cli.verbs import OPTIONS, Verbs

VERBS = {
    "init": "年度フォルダーを作ります。",
    "generate": "所管課ごとに、記入前のブックを配布フォルダーに作ります。",
    "fill": "要求書の JSON を、所管課ごとのブックに書き込みます。",
    "read": "ブックを読み、要求書の JSON にします（形は schema read-result）。",
    "validate": "提出されたブックや要求書の JSON を確かめます。",
    "status": "所管課ごとの提出状況（未提出、提出、要修正、要求なし、対象外）と、どの課のものでもないファイルを出します。",
    "return": "指摘のあるブックを、記入を写した新しい様式にして差戻しフォルダーに作ります。",
    "consolidate": "提出されたブックを1冊の集計ブックにまとめます。",
    "number": "公表の前に、要求へNOを組織の順に付けます（一度付けたNOは変わりません）。",
    "notice": "締めた段階の額を、所管課ごとの内示のブック（内示書、要求書、復活要求）にします。",
    "stage": "査定の段階を出し、締め、開き直します。",
    "page": "提出されたブックを、ブラウザーで読む1つのHTMLのページにします。",
    "export": "集計に入る要求と明細を、ほかのソフトで使うデータにします。",
    "publish": "要求状況と決定状況を、あとから変わらない版として公表フォルダーに作ります。",
    "diff": "2冊のブック（または要求書の JSON）のちがいを、欄とセル、前と後、額の差で出します。",
    "compare": "2つの年度を比べ、増減と増減率、皆増・皆減・継続を出します。",
    "trend": "いくつもの年度を古い順にならべ、額の推移を出します。",
    "archive": "年度フォルダーを保存庫に残し、あとから見て、確かめ、取り出します。",
    "form": "様式の欄のセル、名前、入力する人、読む規則を出し、様式の定義を確かめます。",
    "schema": "要求書（request）、read の結果（read-result）、validate の結果（findings）の JSON Schema を出します。",
    "explain": "指摘の番号の意味、わけ、直し方の例を説明します。",
}
"""One verb, one file of the same name in this folder; what it does stands first in its help."""


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


def _run_in_utf8() -> None:
    """Begin anew in UTF-8: with LC_ALL=C or a locale of old, Japanese names of files cannot be said."""
    os.environ["PYTHONUTF8"] = "1"  # the processes that read for us too
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _open_closed_streams() -> None:
    """Send what is printed nowhere where the caller closed stdout or stderr (`>&-`)."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def run(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    _open_closed_streams()
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        _run_in_utf8()
    # Books are a million small values without cycles: looking for these every 700 costs a tenth.
    gc.set_threshold(100_000, 50, 50)
    # At its end Python looks through all of them again, twice, for what goes away anyhow.
    atexit.register(gc.freeze)
    sys.exit(exit_code(lambda: main.main(arguments, prog_name="yosan-xl", standalone_mode=False)))
