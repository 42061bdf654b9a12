"""What can be wrong between requests: a number or an id given twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.request import Request

Item = tuple[Request, Callable[[str], Place]]
"""A request and where its pointers are."""

SAME_NO = Code(
    "YX501",
    Weight.ERROR,
    title="NOが重なっている",
    fact="NO {value} は {other} でも使われています。",
    remedy="どちらかのNOを直してください。",
    why="NOは公表する一覧の番号で、一年度に一度だけ使います。",
    wrong="NO 57 の要求書が2つ",
    right="NO 57 と NO 58",
)

SAME_ID = Code(
    "YX502",
    Weight.ERROR,
    title="同じ要求が二つある",
    fact="要求 {value} は {other} にもあります。",
    remedy="新しいほうを残し、もう一方を「提出」のフォルダーから出してください。",
    why="直した要求書を別の名で出し直すと、同じ要求が二度集計されます。",
    wrong="0301_税務課.xlsx と 0301_税務課(修正).xlsx に要求 0301-1",
    right="0301_税務課(修正).xlsx だけに要求 0301-1",
)

CODES = (SAME_NO, SAME_ID)


def check_all(items: Sequence[Item]) -> list[Finding]:
    """Give the findings between requests, at the later one and naming the place of the first.

    A request that is there twice has its NO twice as well: only its id is told then.
    """
    return [*_same_no(items), *_same_id(items)]


def _same_id(items: Sequence[Item]) -> Iterator[Finding]:
    first: dict[str, Place] = {}
    for request, locate in items:
        if request.id is None:
            continue
        if request.id in first:
            facts = {"label": "要求書ID", "value": request.id, "other": first[request.id]}
            yield SAME_ID.at(locate("/id"), "/id", **facts)
        else:
            first[request.id] = locate("/id")


def _same_no(items: Sequence[Item]) -> Iterator[Finding]:
    first: dict[int, Place] = {}
    seen: set[str] = set()
    for request, locate in items:
        if request.no is None or request.id in seen:
            continue
        if request.id is not None:
            seen.add(request.id)
        if request.no in first:
            facts = {"label": "NO", "value": request.no, "other": first[request.no]}
            yield SAME_NO.at(locate("/no"), "/no", **facts)
        else:
            first[request.no] = locate("/no")
