"""要求内容: a line item says what its amount is for."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.rules.context import Context
from yosan_xl.rules.figures import shown
from yosan_xl.rules.registry import rule


@rule(
    Code(
        "YX213",
        Weight.WARNING,
        title="要求額だけで内容のない行がある",
        fact="{row}行目に「要求額」 {amount} がありますが、「内容」がありません{more}。",
        remedy="「内容」に何の経費かを書いてください。",
        why="内容のない額は、査定でも公表でも何の経費か分かりません(様式の項目10「要求内容」)。"
        "額の決まらない内容(未定)はあるので、内容だけの行は指摘しません。",
        wrong="内容 (空)、要求額 4,017千円",
        right="内容 サービス利用料、要求額 4,017千円",
    ),
    reads=("/lines/*/label", "/lines/*/requested"),
)
def labelled(request: Request, _: Context) -> Iterator[Fault]:
    """Every amount stands beside its 内容; one finding for all rows of a request."""
    rows = [
        index
        for index, line in enumerate(request.lines)
        if line.amounts.requested is not None and not (line.label or "").strip()
    ]
    if rows:
        first = rows[0]
        more = f"(ほかに {len(rows) - 1}行)" if len(rows) > 1 else ""
        amount = shown(request.lines[first].amounts.requested)
        yield Fault(f"/lines/{first}/label", {"row": first + 1, "amount": amount, "more": more})
