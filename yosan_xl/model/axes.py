"""What a form's amounts and fields mean, whatever it calls them: the axes and meanings of minato-r2.

Money is one grid, stages × sources (千円). The form minato-r2 says neither; this says them for it, so
that who asks a Request names a stage, a source or a meaning and no key of a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

TOTAL, SPECIFIC, GENERAL = "total", "specific", "general"
"""合計, 特定財源 as the lines have them (うち特財), 一般財源; the other sources are a form's own."""

SPECIFIC_SOURCES = ("national", "metropolitan", "other")
"""特定財源: 国庫支出金, 都支出金, その他特財."""

SOURCES = (*SPECIFIC_SOURCES, GENERAL)
"""財源 in the order of the form: 国庫支出金, 都支出金, その他特財, 一般財源."""


class BudgetStage(NamedTuple):
    """A stage of the budget, and the keys that its amounts have in a document.

    `total` and `specific` stand in every line, 小計 and 合計, `source` in every row of 財源内訳.
    """

    name: str
    total: str
    specific: str
    source: str

    def pointer(self, source: str) -> str:
        """Return where the amount of a whole request stands, `/funding/national/amount`."""
        if source in (TOTAL, SPECIFIC):
            return f"/total/{self.total if source == TOTAL else self.specific}"
        return f"/funding/{source}/{self.source}"


ASKED = BudgetStage("asked", "requested", "earmarked", "amount")  # 要求
DECIDED = BudgetStage("decided", "budgeted", "budgeted_earmarked", "budgeted")  # 予算
STAGES = (ASKED, DECIDED)

MEANINGS: Mapping[str, str] = {
    "id": "id",
    "unit_code": "department_code",
    "unit_upper": "bureau",
    "unit": "section",
    "account": "account",
    "level1": "kan",
    "title": "title",
    "kind": "category",
    "rationale": "budget_rationale",
    "funding_effort": "funding_effort",
    "future_cost": "future_cost",
}
"""The fields that mean something to the program, by what they mean: a field of Request or a text's key."""
