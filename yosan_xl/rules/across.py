"""What can be wrong between requests: a number or an id given twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.names import canonical
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

SAME_TITLE = Code(
    "YX503",
    Weight.WARNING,
    title="同じ課に同じ事業名の要求が二つある",
    fact="事業名「{value}」は {other} でも使われています。",
    remedy="同じ要求を二度出していないか確かめ、別の事業であれば見分けのつく名にしてください。",
    why="シートを写して書き直すと、同じ要求が別のNOで二度集計されることがあります。"
    "空白や全角・半角のちがいは同じ名とみなします。ほかの課と同じ事業名は指摘しません。",
    wrong="税務課の要求書1と要求書3に「口座振替等納税奨励」",
    right="税務課の要求書1だけに「口座振替等納税奨励」",
)

CODES = (SAME_NO, SAME_ID, SAME_TITLE)


def check_all(items: Sequence[Item]) -> list[Finding]:
    """Give the findings between requests, at the later one and naming the place of the first.

    A request that is there twice has its NO twice as well: only its id is told then.
    """
    return [*_same_no(items), *_same_id(items), *_same_title(items)]


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


def _same_title(items: Sequence[Item]) -> Iterator[Finding]:
    """Compare within a department; the same id or NO is told by its own code."""
    first: dict[tuple[str, str], tuple[Request, Place]] = {}
    for request, locate in items:
        if not request.title or not request.title.strip():
            continue
        key = (request.department_code or request.department, canonical(request.title))
        known, place = first.setdefault(key, (request, locate("/title")))
        same = known is request or _shares(known.id, request.id) or _shares(known.no, request.no)
        if not same:
            facts = {"value": request.title, "other": place}
            yield SAME_TITLE.at(locate("/title"), "/title", **facts)


def _shares(one: object, other: object) -> bool:
    return one is not None and one == other
