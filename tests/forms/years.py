"""Small made-up years (架空) of forms in the second vocabulary, for tests that go through every command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document
from yosan_xl.usecases.init import Wishes, init

ROOT = Path(__file__).resolve().parents[2]
CITY = ROOT / "examples" / "架空市" / "R9"
UNITS = {
    "0101": ("総務部", "財政課"),
    "0102": ("総務部", "税務課"),
    "0201": ("福祉部", "福祉政策課"),
}
GENERAL = ("一般会計", "総務費", "総務管理費", "一般管理費")
WELFARE = ("一般会計", "民生費", "社会福祉費", "社会福祉総務費")


def form_text(form: str) -> str:
    """Return the definition of a form of tests/forms or templates/."""
    own = ROOT / "tests" / "forms" / f"{form}.toml"
    path = own if own.is_file() else ROOT / "templates" / form / "form.toml"
    return path.read_text(encoding="utf-8")


def documents_of(form: str) -> list[Document]:
    """Return the requests of a form's made-up year."""
    if form == "municipal-1":
        documents: list[Document] = json.loads((CITY / "requests.json").read_text("utf-8"))
        return documents
    return {"prefecture": _prefecture, "small_town": _small_town}[form]()


def make_year(folder: Path, text: str, documents: list[Document]) -> Path:
    """Return a new year folder of a form, by the text of its definition, with these requests in requests.json."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    file = folder.parent / f"{folder.name}.toml"
    file.write_text(text, encoding="utf-8")
    wishes = Wishes(form_file=file, municipality="架空市", prefecture="架空県")
    init(folder, FiscalYear(2027), wishes)
    shutil.copyfile(CITY / "科目.csv", folder / "科目.csv")
    units = {d["department"]["code"]: d["department"] for d in documents}
    rows = [f"{code},{own['bureau']},{own['section']},,,\r\n" for code, own in units.items()]
    roster = "\ufeffコード,部,課,会計,要求,備考\r\n" + "".join(rows)
    (folder / "組織.csv").write_bytes(roster.encode())
    data = json.dumps(documents, ensure_ascii=False, indent=1)
    (folder / "requests.json").write_text(data, encoding="utf-8")
    return folder


def _envelope(form: str, request_id: str) -> Document:
    code = request_id.partition("-")[0]
    bureau, section = UNITS[code]
    department = {"code": code, "bureau": bureau, "section": section}
    return {
        **{"form": form, "id": request_id, "fiscal_year": 2027, "no": None},
        "department": department,
    }


STAGES = ("initial", "asked", "notice", "adjustment", "assessment")
SPECIFIC = ("treasury", "bond", "others")
Line = tuple[str, str, str | None, int]
"""A line: group, what it is for, formula, amount (千円)."""


def _prefecture() -> list[Document]:
    return [
        _sheet(
            "0101-1",
            *(GENERAL, "財務会計システムの更新", "財政課"),
            lines=[
                ("報償費", "選定委員会の謝礼", "@15,000円×4人×2回", 120),
                ("旅費", "先進県の調査", None, 180),
                ("需用費", "手引の印刷", "@550円×600部", 330),
                ("委託料", "再構築の委託", None, 184_000),
            ],
            funding={"asked": (0, 120_000, 5_000), "notice": (0, 110_000, 5_000)},
            others={
                "initial": 20_000,
                "notice": 170_000,
                "adjustment": None,
                "assessment": 175_000,
            },
            revenue=[
                ("県債", "行政改革推進債", None, 120_000),
                ("その他", "基金繰入金", None, 5_000),
            ],
        ),
        _sheet(
            "0102-1",
            *(GENERAL, "県税の電子納付の拡大", "税務課"),
            lines=[
                ("需用費", "周知用の印刷物", "@66円×50,000部", 3_300),
                ("委託料", "システムの改修", None, 26_400),
                ("委託料", "運用", "@550,000円×12月", 6_600),
            ],
            funding={"asked": (0, 0, 1_200), "assessment": (0, 0, 1_000)},
            others={"initial": 30_100, "notice": 33_000, "adjustment": 3_300, "assessment": 35_000},
            revenue=[("その他", "納付手数料", "@12円×100,000件", 1_200)],
        ),
        _sheet(
            "0201-1",
            *(WELFARE, "地域福祉の推進", "福祉政策課"),
            lines=[
                ("報償費", "研修の講師", "@30,000円×5回", 150),
                ("旅費", "研修の旅費", None, 90),
                ("委託料", "相談員の配置", "@4,950千円×8か所", 39_600),
            ],
            funding={"asked": (19_920, 0, 0)},
            others={"initial": 38_000},
            revenue=[("国庫", "地域福祉推進費補助金", "39,840×1/2", 19_920)],
        ),
        _sheet(
            "0201-2",
            *(WELFARE, "福祉施設の整備（財源の振替）", "福祉政策課"),
            lines=[("委託料", "財源の振替", None, 0)],
            funding={"asked": (60_000, 0, 0)},
            others={},
            revenue=[("国庫", "施設整備費補助金の追加", None, 60_000)],
        ),
    ]


def _sheet(
    request_id: str,
    path: tuple[str, ...],
    title: str,
    counting: str,
    *,
    lines: list[Line],
    funding: Mapping[str, tuple[int, ...]],
    others: Mapping[str, int | None],
    revenue: list[tuple[str, str, str | None, int]],
) -> Document:
    totals = {**dict.fromkeys(STAGES), **others, "asked": sum(amount for *_, amount in lines)}
    number = int(request_id.replace("-", ""))
    codes = [f"{number:08d}-{at:08d}" for at in range(1, len(lines) + 1)]
    rows: list[Document] = [
        {
            **{"group": group, "code": code, "item": item, "formula": formula},
            **{"amount": amount, "verdict": None},
        }
        for code, (group, item, formula, amount) in zip(codes, lines, strict=True)
    ]
    return {
        **_envelope("prefecture", request_id),
        **dict(zip(("account", "kan", "kou", "moku"), path, strict=True)),
        **{"code": f"{number:08d}-00000000", "title": title, "counting": counting},
        **{"outline": f"{title}に取り組みます。", "ruling": None},
        "amounts": {key: _amounts(totals[key], funding.get(key), SPECIFIC) for key in STAGES},
        "lists": {"lines": rows, "revenue": [_revenue(*one) for one in revenue]},
        "subtotals": {"lines": list(_subtotals(rows))},
    }


def _amounts(total: int | None, funding: Iterable[int] | None, keys: Iterable[str]) -> Document:
    """Return a stage's amounts: what is 0 is not given."""
    given = [amount or None for amount in funding or [0 for _ in keys]]
    rest = None if total is None else total - sum(amount or 0 for amount in given)
    return {"total": total, **dict(zip(keys, given, strict=True)), "general": rest}


def _revenue(source: str, item: str, formula: str | None, amount: int) -> Document:
    return {"source": source, "item": item, "formula": formula, "amount": amount}


def _subtotals(rows: list[dict[str, Any]]) -> Iterable[Document]:
    for group in dict.fromkeys(row["group"] for row in rows):
        yield {"group": group, "amount": sum(r["amount"] for r in rows if r["group"] == group)}


def _small_town() -> list[Document]:
    return [
        _town("0101-1", "庁舎の屋根の修繕", 4_620_000, 2_000_000),
        _town("0101-2", "防災無線の点検", 385_000, 0, "年2回"),
        _town("0201-1", "敬老会の開催", 640_000, 150_000, "9月"),
    ]


def _town(request_id: str, title: str, total: int, grant: int, note: str | None = None) -> Document:
    return {
        **_envelope("small_town", request_id),
        **{"kan": "民生費" if request_id.startswith("02") else "総務費", "title": title},
        **{"note": note},
        "amounts": {
            "request": _amounts(total, [grant], ["grant"]),
            "decision": _amounts(None, None, ["grant"]),
        },
    }
