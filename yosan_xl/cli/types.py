"""Words of the field as arguments."""

from __future__ import annotations

from typing import Any

import click

from yosan_xl.model.fiscal_year import FiscalYear


class FiscalYearType(click.ParamType[FiscalYear]):
    """A fiscal year: R2, 令和2年度, 2020."""

    name = "年度"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> FiscalYear:
        """Understand a fiscal year, or fail with a Japanese sentence."""
        try:
            return FiscalYear.parse(str(value))
        except ValueError:
            self.fail(
                f"「{value}」は年度ではありません。R2、令和2年度、2020 のように書きます", param, ctx
            )


FISCAL_YEAR = FiscalYearType()
