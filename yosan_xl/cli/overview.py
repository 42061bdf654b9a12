"""`yosan-xl` alone: in a year folder where the year stands, elsewhere how to begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from yosan_xl.cli.options import read_options
from yosan_xl.cli.output import progress, tell

_BEGIN = (
    ("試すための、記入ずみの年度を作る", "yosan-xl init 練習 --example 港区"),
    ("新しい年度を作る", "yosan-xl init R9 --year R9 --municipality 佐倉市 --prefecture 千葉県"),
    ("すべての命令を見る", "yosan-xl --help"),
)
_NAMED = 5


def show_overview(everyday: Mapping[str, str]) -> int:
    """Print where the year around us stands; outside of any the everyday commands and how to begin."""
    from yosan_xl.usecases.here import is_in_year

    if is_in_year(Path()):
        _show_year()
    else:
        _say_beginning(everyday)
    return 0


def _show_year() -> None:
    from yosan_xl.report.overview_text import overview_text
    from yosan_xl.usecases.overview import overview

    bar = progress("ブックを確認中")
    found = overview(Path(), date.today(), bar, read_options(None, None))
    whose = f"{found.municipality} " if found.municipality else ""
    heading = f"{whose}{found.year}　{found.root}"
    tell(overview_text(heading, found.intake, found.standing, found.published, found.steps))


def _say_beginning(everyday: Mapping[str, str]) -> None:
    from yosan_xl.cli.help_page import Formatter
    from yosan_xl.usecases.here import years_in

    page = Formatter(max_width=80)
    with page.section("ふだんの命令（年度フォルダーの中で使います）"):
        page.write_dl(list(everyday.items()))
    with page.section("はじめかた"):
        for what, command in (*_years(years_in(Path())), *_BEGIN):
            page.write(f"  {what}:\n    {command}\n")
    tell(page.getvalue().strip("\n"))


def _years(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield how to go into the year folders that lie here."""
    from yosan_xl.model.text import as_argument

    for name in names[:_NAMED]:
        yield f"年度フォルダー {name} に移る", f"cd {as_argument(name)}"
