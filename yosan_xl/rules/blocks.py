"""The texts that staff write in a request, each with its pointer and the form's name for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.model.request import Request

BLOCKS = {
    "title": "事業名",
    "description": "事業説明文",
    "background": "背景、区民ニーズ、現状課題等",
    "proposal": "要求する事業内容",
    "outcome": "事業実施で得られる成果",
    "trends": "国・都・特別区等の動向や取組状況",
    "plans": "基本計画・個別計画",
    "legal_basis": "関連する法令・条例等",
    "funding_effort": "実施に向けた財源確保",
    "schedule": "スケジュール",
    "future_cost": "事業実施に伴う将来コスト",
}
"""The blocks of staff by their key, as the form names them."""

BLOCK_POINTERS = tuple(f"/{key}" for key in BLOCKS)
TEXT_POINTERS = (*BLOCK_POINTERS, "/lines/*/label", "/funding/*/name")


class Text(NamedTuple):
    """A text of a request, where it stands and what the form calls that place."""

    pointer: str
    label: str
    text: str


def blocks(request: Request) -> Iterator[Text]:
    """Give 事業名 and the prose blocks that are written."""
    for key, label in BLOCKS.items():
        if key in request.texts:
            yield Text(f"/{key}", label, request.texts[key])


@lru_cache(maxsize=4)  # several rules ask, one after the other
def texts(request: Request) -> tuple[Text, ...]:
    """Give every text that staff write: the blocks, the line items and the names of 財源."""
    lines = (
        Text(f"/lines/{index}/label", f"要求内容の{index + 1}行目", line.label)
        for index, line in enumerate(request.lines)
        if line.label is not None
    )
    names = (
        Text(f"/funding/{source}/name", "財源内訳", row.name)
        for source, row in request.funding.items()
        if row.name is not None
    )
    return (*blocks(request), *lines, *names)
