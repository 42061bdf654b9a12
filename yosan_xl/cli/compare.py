"""`yosan-xl compare`, and what `trend` shares with it: the options, and where results go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click

from yosan_xl.cli.options import A_PATH, Command, output_to
from yosan_xl.cli.output import emit, exit_for, say, show, tell

FORMATS = ("text", "xlsx", "csv", "json")
BY = ("kan", "bureau", "department", "category", "request")
FIGURES = ("either", "requested", "budgeted")

_BY = "行にするもの: kan は会計・款、bureau は部、department は所管課、category は要求区分、request は事業ごと。"

_FIGURE = click.option(
    "--figure",
    metavar="額",
    type=click.Choice(FIGURES),
    default="either",
    show_default=True,
    help="使う額: requested は要求額、budgeted は予算額、either は予算額があれば予算額、なければ要求額。",
)
_FORMAT = click.option(
    "--format",
    "form",
    metavar="形",
    type=click.Choice(FORMATS),
    help="出力の形（text、xlsx、csv、json）。省くと -o の拡張子のとおり、-o もなければ text です。",
)
_OUTPUT = output_to("書き出すファイル。省くと標準出力です（xlsx では省けません）。")
_TABLE = click.option(
    "--map",
    "table",
    metavar="対応表.csv",
    type=A_PATH,
    help="名前の変わった所管課と事業の表。省くと、後の年度フォルダーの 対応表.csv です。",
)


class Asked(TypedDict):
    """What the options of a comparison say."""

    by: str
    figure: str
    form: str | None
    output: Path | None
    table: Path | None


def comparison_options(default: str) -> Callable[[Command], Command]:
    """Return what adds the options of a comparison to a command; without --by its rows are `default`."""
    every = (_by_option(default), _FIGURE, _FORMAT, _OUTPUT, _TABLE)

    def with_options(command: Command) -> Command:
        for option in reversed(every):
            command = option(command)
        return command

    return with_options


def _by_option(default: str) -> Callable[[Command], Command]:
    return click.option(
        "--by",
        metavar="行",
        type=click.Choice(BY),
        default=default,
        show_default=True,
        help=_BY,
    )


def format_of(form: str | None, output: Path | None) -> str:
    """Return the format that was asked for; raise BadParameter for xlsx without a file."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    chosen = form or (suffix if suffix in FORMATS else "text")
    if chosen == "xlsx" and output is None:
        parameter = click.Option(["-o", "--output"])
        raise click.BadParameter("xlsx のときは -o でファイルを指定します", param=parameter)
    return chosen


def put(data: bytes, form: str, asked: Asked, sources: Sequence[str]) -> None:
    """Print the result, or write it into its file."""
    output = asked["output"]
    from yosan_xl.usecases.compare import save

    if output is not None:
        save(output, data, sources, asked["table"])
        say(f"書き出しました: {output}", err=True)
    elif form == "text":
        tell(data.decode("utf-8").rstrip("\n"))
    else:
        emit(data.decode("utf-8"))


@click.command(
    "compare",
    help="年度は、年度フォルダー、保存庫の年度（保存庫:R2、段階は 保存庫:R2/内示）、集計ブック、ブックのフォルダー、"
    "または read の JSON で指定します。"
    "事業は要求書IDと 対応表.csv で対にし、似ているだけの事業は「…のことですか」とおたずねします。",
    epilog="例: yosan-xl compare R2 R3　／　yosan-xl compare 保存庫:R2 R3 -o 比較.xlsx",
)
@click.argument("old", metavar="前の年度")
@click.argument("new", metavar="後の年度")
@comparison_options("request")
def command(old: str, new: str, **asked: Unpack[Asked]) -> int:
    """Compare two years and print or write the result; findings go to stderr."""
    chosen = format_of(asked["form"], asked["output"])

    from yosan_xl.model.comparison import By, Figure
    from yosan_xl.usecases.compare import compare, comparison_as

    figure = Figure[asked["figure"].upper()]
    done = compare(old=old, new=new, by=By(asked["by"]), figure=figure, table=asked["table"])
    if done.findings:
        show(done.findings, err=True)
    put(comparison_as(chosen, done.comparison), chosen, asked, (old, new))
    return exit_for(done.findings)
