"""Options and arguments that several commands share, and words of the field as arguments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from yosan_xl.model.text import as_argument

if TYPE_CHECKING:
    from yosan_xl.model.fiscal_year import FiscalYear
    from yosan_xl.usecases.submitted.read_files import ReadOptions

Command = TypeVar("Command", bound=Callable[..., Any])

A_PATH = click.Path(path_type=Path)

PATHS = click.argument("paths", metavar="[フォルダーやブック...]", nargs=-1, type=A_PATH)
"""What was handed in; without any, 提出 of the year folder."""

YEAR_FOLDER = click.argument(
    "folder", metavar="[フォルダー]", required=False, default=".", type=A_PATH
)

FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="終了コードを1にする指摘（warning は注意も、確認済みは除く）。",
)
"""Which findings make the exit code 1."""

FINDINGS = click.option(
    "--findings",
    "listed",
    is_flag=True,
    help="指摘を一覧で出します（省くと件数だけ）。",
)
"""Whether an output lists the findings of the books that it was made of."""

LAST_YEAR = click.option(
    "--last-year",
    metavar="前年度",
    help="前年度（年度フォルダー、保存庫:R1 など）。前年度の何％というシーリングの上限を、ここから出します。",
)
"""Where last year is, for ceilings that are a percentage of it."""

JOBS = click.option(
    "--jobs",
    metavar="数",
    type=click.IntRange(min=1),
    help="ブックを読むプロセスの数。省くと、ブックが多いときは CPU の数です。結果はどの数でも同じです。",
)
"""On how many processes the books are read."""

SCHEDULER = click.option(
    "--scheduler",
    metavar="アドレス",
    help="Dask のスケジューラー（10.0.0.5:8786 の形）。何台もの機械で読みます。",
)
"""Which cluster reads the books."""

EDITION = click.option(
    "--edition",
    type=click.Choice(["要求状況", "決定状況"]),
    help="公表した版のとおりに、公表用に作ります。省くと、いまの要求と査定です。",
)
"""Which frozen publication is shown; without it the year as it is."""

FORCE = click.option("--force", is_flag=True, help="内容のちがうブックがあっても上書きします。")
"""Whether books that say something else are replaced."""

ARCHIVE = click.option(
    "--archive",
    metavar="フォルダー",
    type=A_PATH,
    help="保存庫。省くと yosan.toml の archive（書かなければ年度フォルダーの隣の「保存庫」）です。",
)
STAGE = click.option(
    "--stage", metavar="段階", help="段階。省くと、その年度で最後に保存した段階です。"
)


def output_to(
    help: str, metavar: str = "ファイル", *, required: bool = False
) -> Callable[[Command], Command]:
    """Return `-o`: where the result goes, None where it is not given."""
    return click.option(
        *("-o", "--output"),
        metavar=metavar,
        type=A_PATH,
        required=required,
        help=help,
        callback=_a_folder if metavar == "フォルダー" else None,
    )


def _a_folder(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
    refuse_file_name(value, "書き出す")
    return value


def refuse_file_name(path: Path | None, what: str) -> None:
    """Raise BadParameter where what should be a folder is called like a file: R8.11.6 is not."""
    if path and path.suffix[1:].isalpha() and not path.is_dir():
        stem = as_argument(path.with_suffix("").as_posix())
        raise click.BadParameter(
            f"{what}フォルダーです。「-o {stem}」のように、「{path.suffix}」のない名前にしてください",
            param=click.Option(["-o", "--output"]),
        )


def in_format(*forms: str, help: str = "出力の形。") -> Callable[[Command], Command]:
    """Return `--format`, which a command knows as `form`; the first is taken where none is given."""
    return click.option(
        *("--format", "form"),
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help=help,
    )


TEXT_OR_JSON = in_format("text", "json")


def read_options(jobs: int | None, scheduler: str | None) -> ReadOptions:
    """Return how files are to be read."""
    from yosan_xl.usecases.submitted.read_files import ReadOptions

    return ReadOptions(jobs, scheduler=scheduler)


def fiscal_year(text: str) -> FiscalYear:
    """Understand R2, 令和2年度, 2020; raise BadParameter with a Japanese sentence."""
    from yosan_xl.model.fiscal_year import FiscalYear

    try:
        return FiscalYear.parse(text)
    except ValueError:
        raise click.BadParameter(
            f"「{text}」は年度ではありません。R2、令和2年度、2020 のように書きます"
        ) from None


def day(text: str) -> date:
    """Understand 2026-10-16, 2026/10/16, R8.10.16, 令和8年10月16日; raise BadParameter."""
    from yosan_xl.model.fiscal_year import read_day

    if found := read_day(text):
        return found
    raise click.BadParameter(
        f"「{text}」は日付として読めません。2019-10-04、R1.10.4、令和元年10月4日 のように書きます"
    )


COMPARISON_FORMATS = ("text", "xlsx", "csv", "json")
BY = ("kan", "kou", "moku", "bureau", "department", "category", "request")
FIGURES = ("either", "requested", "budgeted")

_BY = "行にするもの: kan は会計・款、kou は項まで、moku は目まで（ある様式だけ）、bureau は部、department は所管課、category は要求区分、request は事業ごと。"

_FIGURE = click.option(
    "--figure",
    metavar="額",
    type=click.Choice(FIGURES),
    default="either",
    show_default=True,
    help="使う額: requested は要求額、budgeted は予算額、either は予算額があれば予算額、なければ要求額。",
)
_COMPARISON_FORMAT = click.option(
    "--format",
    "form",
    metavar="形",
    type=click.Choice(COMPARISON_FORMATS),
    help="出力の形（text、xlsx、csv、json）。省くと -o の拡張子のとおり、-o もなければ text です。",
)
_COMPARISON_OUTPUT = output_to("書き出すファイル。省くと標準出力です（xlsx では省けません）。")
_TABLE = click.option(
    "--map",
    "table",
    metavar="対応表.csv",
    type=A_PATH,
    help="名前の変わった所管課と事業の表。省くと、後の年度フォルダーの 対応表.csv です。",
)


class Asked(TypedDict):
    """What the options of `compare` and `trend` say."""

    by: str
    figure: str
    form: str | None
    output: Path | None
    table: Path | None


def comparison_options(default: str) -> Callable[[Command], Command]:
    """Return what adds the options of `compare` and `trend` to a command; without --by its rows are `default`."""
    every = (_by_option(default), _FIGURE, _COMPARISON_FORMAT, _COMPARISON_OUTPUT, _TABLE)

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
    chosen = form or (suffix if suffix in COMPARISON_FORMATS else "text")
    if chosen == "xlsx" and output is None:
        parameter = click.Option(["-o", "--output"])
        raise click.BadParameter("xlsx のときは -o でファイルを指定します", param=parameter)
    return chosen
