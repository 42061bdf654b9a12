"""The published sheets as request documents, where a machine has them: their text is not ours."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document
from yosan_xl.resources import template_folder

SEED_VARIABLE = "YOSAN_SEED"

PROSE = {
    "description": "事業説明文",
    "background": "背景、区民ニーズ、現状課題等",
    "proposal": "要求する事業内容",
    "outcome": "事業実施で得られる成果",
    "trends": "国・都・特別区等の動向や取組状況",
    "funding_effort": "実施に向けた財源確保",
    "schedule": "スケジュール",
    "future_cost": "事業実施に伴う将来コスト",
}
"""The blocks that staff write as sentences, by their heading on paper."""

_SOURCES = {
    "national": "国庫支出金",
    "metropolitan": "都支出金",
    "other": "その他特財",
    "general": "一般財源",
}
_NO_CONTRACT = {"term_start": None, "term_end": None, "limit": None}


def seed_documents() -> list[Document] | None:
    """Give the documents of the file that YOSAN_SEED names; None where it is not set."""
    path = os.environ.get(SEED_VARIABLE)
    if not path:
        return None
    seed = json.loads(Path(path).read_text(encoding="utf-8"))
    return documents_from_seed(seed, department_codes())


def department_codes() -> dict[tuple[str, str], str]:
    """Give the code of each (部, 課) of Minato's roster."""
    path = template_folder("minato-r2") / "組織.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {(row["部"], row["課"]): row["コード"] for row in csv.DictReader(file)}


def documents_from_seed(
    seed: list[dict[str, Any]], roster: Mapping[tuple[str, str], str]
) -> list[Document]:
    """Give the request documents of sheets written under the paper's headings, in NO order."""
    documents: list[Document] = []
    count: dict[str, int] = {}
    for sheet in sorted(seed, key=lambda sheet: int(sheet["NO"])):
        code = roster[sheet["部"], sheet["課"]]
        count[code] = count.get(code, 0) + 1
        documents.append(_document(sheet, code, count[code]))
    return documents


def _document(sheet: dict[str, Any], code: str, number: int) -> Document:
    return {
        "id": f"{code}-{number}",
        "fiscal_year": FiscalYear.parse(sheet["年度"]).western,
        "no": sheet["NO"],
        "department": {"code": code, "bureau": sheet["部"], "section": sheet["課"]},
        "account": sheet["会計"],
        "kan": sheet["款"],
        "title": sheet["事業名"],
        "category": sheet["要求区分"],
        **{key: sheet[PROSE[key]] or None for key in list(PROSE)[:5]},
        "plans": sheet["基本計画・個別計画"] or None,
        "legal_basis": sheet["関連する法令・条例等"] or None,
        "lines": [_line(item, group) for group in sheet["要求内容"] for item in group["items"]],
        "subtotals": [_subtotal(group) for group in sheet["要求内容"] if group["区分"]],
        "total": _amounts(sheet["合計"], sheet["うち特財合計"]),
        "funding": {key: _source(*sheet["財源内訳"][name]) for key, name in _SOURCES.items()},
        "contract_authorization": dict(_NO_CONTRACT),
        **{key: sheet[PROSE[key]] or None for key in list(PROSE)[5:]},
        "budget_rationale": sheet["編成の考え方"] or None,
    }


def _line(item: dict[str, Any], group: dict[str, Any]) -> Document:
    amounts = _amounts(item["要求額"], item["うち特財"])
    return {"label": item["内容"], **amounts, "part": group["区分"] or None}


def _subtotal(group: dict[str, Any]) -> Document:
    return {"part": group["区分"], **_amounts(group["小計"], group["特財小計"])}


def _amounts(requested: int, earmarked: int) -> Document:
    # The transcript has 0 where the paper's cell is blank.
    return {
        "requested": requested,
        "earmarked": earmarked or None,
        "budgeted": None,
        "budgeted_earmarked": None,
    }


def _source(name: str | None, amount: int) -> Document:
    return {"name": name, "amount": amount or None, "budgeted": None}
