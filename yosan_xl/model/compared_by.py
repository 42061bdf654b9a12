"""By what years are compared: which amount stands for a request, and what the rows are.

The command line names both, so that this loads nothing else.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yosan_xl.model.money import ThousandYen
    from yosan_xl.model.request import Request


class Figure(Enum):
    """Which amount stands for a request: 予算額 where it is given, or one of the two alone."""

    EITHER = "予算額（なければ要求額）"
    REQUESTED = "要求額"
    BUDGETED = "予算額"

    def is_budgeted(self, request: Request) -> bool:
        """Tell whether 予算額 is what is taken of this request."""
        given = request.total.budgeted is not None
        return self is Figure.BUDGETED or (self is Figure.EITHER and given)

    def of(self, request: Request) -> ThousandYen | None:
        """Give the amount (千円), None where it is not given."""
        total = request.total
        return total.budgeted if self.is_budgeted(request) else total.requested


class By(Enum):
    """What the rows of a comparison are."""

    KAN = "kan"
    DEPARTMENT = "department"
    CATEGORY = "category"
    REQUEST = "request"

    @property
    def label(self) -> str:
        """`款別`, `事業別`."""
        return {
            By.KAN: "款別",
            By.DEPARTMENT: "所管課別",
            By.CATEGORY: "要求区分別",
            By.REQUEST: "事業別",
        }[self]

    @property
    def headings(self) -> tuple[str, ...]:
        """Give the form's words for the parts of a row's key."""
        return {
            By.KAN: ("会計", "款"),
            By.DEPARTMENT: ("コード", "所管課"),
            By.CATEGORY: ("要求区分",),
            By.REQUEST: ("要求書ID", "所管課", "事業名"),
        }[self]
