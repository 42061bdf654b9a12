"""Words of the field as arguments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from yosan_xl.model.fiscal_year import FiscalYear


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
