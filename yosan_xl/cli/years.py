"""What `compare` and `trend` share, of any years and of archived ones: options, and where results go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import click

from yosan_xl.cli.output import emit, exit_for, say, show, tell
from yosan_xl.model.compared_by import By, Figure

FORMATS = ("text", "xlsx", "csv", "json")
_FIGURES = {"either": Figure.EITHER, "requested": Figure.REQUESTED, "budgeted": Figure.BUDGETED}

_Command = TypeVar("_Command", bound=Callable[..., Any])

_BY = "行にするもの: kan は会計・款、department は所管課、category は要求区分、request は事業ごと。"

_FIGURE = click.option(
    "--figure",
    metavar="額",
    type=click.Choice([*_FIGURES]),
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
_OUTPUT = click.option(
    "-o",
    "--output",
    metavar="ファイル",
    type=click.Path(path_type=Path),
    help="書き出すファイル。省くと標準出力です（xlsx では省けません）。",
)
_TABLE = click.option(
    "--map",
    "table",
    metavar="対応表.csv",
    type=click.Path(path_type=Path),
    help="名前の変わった所管課と事業の表。省くと、後の年度フォルダーの 対応表.csv です。",
)


class Asked(TypedDict):
    """What the options of a comparison say."""

    by: str
    figure: str
    form: str | None
    output: Path | None
    table: Path | None


def comparison_options(default: By) -> Callable[[_Command], _Command]:
    """Give a command the options of a comparison, whose rows are `default` unless it is told otherwise."""
    every = (_by_option(default), _FIGURE, _FORMAT, _OUTPUT, _TABLE)

    def with_options(command: _Command) -> _Command:
        for option in reversed(every):
            command = option(command)
        return command

    return with_options


def _by_option(default: By) -> Callable[[_Command], _Command]:
    words = [by.value for by in By]
    return click.option(
        "--by",
        metavar="行",
        type=click.Choice(words),
        default=default.value,
        show_default=True,
        help=_BY,
    )


def figure_of(word: str) -> Figure:
    """Give the figure that a word of --figure means."""
    return _FIGURES[word]


def format_of(form: str | None, output: Path | None) -> str:
    """Give the format that was asked for; raise BadParameter for xlsx without a file."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    chosen = form or (suffix if suffix in FORMATS else "text")
    if chosen == "xlsx" and output is None:
        parameter = click.Option(["-o", "--output"])
        raise click.BadParameter("xlsx のときは -o でファイルを指定します", param=parameter)
    return chosen


def put(data: bytes, form: str, asked: Asked, sources: Sequence[str]) -> None:
    """Print the result, or write it into its file."""
    output = asked["output"]
    from yosan_xl.usecases.comparison_file import save

    if output is not None:
        save(output, data, sources, asked["table"])
        say(f"書き出しました: {output}", err=True)
    elif form == "text":
        tell(data.decode("utf-8").rstrip("\n"))
    else:
        emit(data.decode("utf-8"))


def compared(years: tuple[str, str], asked: Asked) -> int:
    """Compare two sources and give the result; findings go to stderr."""
    chosen = format_of(asked["form"], asked["output"])

    from yosan_xl.usecases.compare import compare
    from yosan_xl.usecases.comparison_file import comparison_as

    done = compare(*years, By(asked["by"]), figure_of(asked["figure"]), asked["table"])
    if done.findings:
        show(done.findings, err=True)
    put(comparison_as(chosen, done.comparison), chosen, asked, years)
    return exit_for(done.findings)


def trended(years: Sequence[str], asked: Asked) -> int:
    """Give sources side by side; findings go to stderr."""
    chosen = format_of(asked["form"], asked["output"])

    from yosan_xl.usecases.comparison_file import trend_as
    from yosan_xl.usecases.trend import trend

    done = trend(years, By(asked["by"]), figure_of(asked["figure"]), asked["table"])
    if done.findings:
        show(done.findings, err=True)
    put(trend_as(chosen, done.trend), chosen, asked, years)
    return exit_for(done.findings)
