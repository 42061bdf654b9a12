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
from yosan_xl.cli.errors import exit_code
from yosan_xl.cli.streams import make_printable
from yosan_xl.cli.verbs import OPTIONS, Verbs

EVERYDAY = {
    "generate": "所管課ごとの記入前のブックを、配布フォルダーに作ります。",
    "status": "所管課ごとの提出状況と、ファイルがどの課のものかを出します。",
    "validate": "提出されたブックの誤りと注意を、セルまで示します。",
    "return": "指摘のあるブックを、差戻しフォルダーに新しく作ります。",
    "consolidate": "提出されたブックを、1冊の集計ブックにまとめます。",
}
YEARLY = {
    "init": "年度フォルダーを作ります（試すときは --example 港区）。",
    "number": "要求に NO を付けます（一度付けた NO は変わりません）。",
    "publish": "要求状況と決定状況を公表する版を、公表フォルダーに作ります。",
    "stage": "査定の段階を出し、締め、開き直します。",
    "notice": "締めた段階の額を、所管課ごとの内示のブックにします。",
    "page": "提出されたブックを、ブラウザーで読む1つのページにします。",
    "archive": "年度を保存庫に残し、あとから見て、確かめ、取り出します。",
    "compare": "2つの年度を比べ、増減と増減率、皆増・皆減・継続を出します。",
}
OTHERS = {
    "fill": "JSON をブックに書きます。",
    "read": "ブックを JSON にします。",
    "export": "集計のデータを出します。",
    "diff": "2冊のちがいを出します。",
    "trend": "年度の推移を出します。",
    "form": "様式を示し、確かめます。",
    "schema": "JSON の形を出します。",
    "explain": "指摘の番号を説明します。",
    "doctor": "この機械を調べます。",
    "report-problem": "不具合を知らせます。",
}
VERBS = {**EVERYDAY, **YEARLY, **OTHERS}
"""One verb, one file of the same name in this folder; what it does stands first in its help.

Each sentence fits one line of the list of all commands, those of `OTHERS` half a line (14 wide characters).
"""

_GROUPS = {"ふだんの命令": EVERYDAY, "年度のはじめと終わりの命令": YEARLY}
_OTHERS = "データや様式を扱う人の命令、困ったときの命令"


class YearVerbs(Verbs):
    """All verbs: the everyday ones, those of the year's beginning and end, those of data and forms."""

    package = "yosan_xl.cli"
    verbs = VERBS

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs before the few options."""
        self.format_commands(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(
            "「yosan-xl 命令 --help」で命令ごとの説明、--version で版の番号が出ます。"
        )

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs in three groups, the last two to a line."""
        from yosan_xl.cli.help_page import in_two_columns

        for heading, verbs in _GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl(list(verbs.items()))
        with formatter.section(_OTHERS):
            for line in in_two_columns(list(OTHERS.items()), formatter.width):
                formatter.write(line)


HELP = {"help_option_names": ["-h", "--help"]}


@click.command(
    cls=YearVerbs,
    context_settings=HELP,
    options_metavar=OPTIONS,
    invoke_without_command=True,
    subcommand_metavar="命令 [引数]...",
    help="",
    epilog="例: yosan-xl init 練習 --example 港区",
)
@click.version_option(__version__, prog_name="yosan-xl", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> int | None:
    """Stand for the program; the verbs do the work. Without a verb it shows where the year stands, or how to begin."""
    if context.invoked_subcommand is not None:
        return None
    from yosan_xl.cli.overview import show_overview

    return show_overview(EVERYDAY)


def _run_in_utf8() -> None:
    """Begin anew in UTF-8: with LC_ALL=C or a locale of old, Japanese names of files cannot be said."""
    os.environ["PYTHONUTF8"] = "1"  # the processes that read for us too
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def run(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    make_printable()
    # Windows names files in Unicode whatever its locale; and `execv` there returns to the shell at once.
    if sys.platform != "win32" and sys.getfilesystemencoding() != "utf-8":
        _run_in_utf8()
    # Books are a million small values without cycles: looking for these every 700 costs a tenth,
    # and most of a book is gone before a million are there.
    gc.set_threshold(1_000_000, 50, 50)
    # At its end Python looks through all of them again, twice, for what goes away anyhow.
    atexit.register(gc.freeze)
    sys.exit(exit_code(lambda: main.main(arguments, prog_name="yosan-xl", standalone_mode=False)))
