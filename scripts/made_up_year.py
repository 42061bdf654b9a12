"""令和3年度, made up (架空) from the nine requests of 令和2年度: raised, cut, dropped, new, renamed.

It shows comparison and carry-over; nothing in it is a figure of the municipality.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yosan_xl.model.request import Document

_AMOUNTS = ("requested", "earmarked", "budgeted", "budgeted_earmarked")
WESTERN = 2021
NOTE = "【架空の例】令和3年度の額と内容は、年度の比較を見せるために作ったものです。"
RENAMED = ("0602,企画経営部,区長室", "0606,企画経営部,区政広報室")
"""The unit in 組織.csv before and after; its code changes too."""

SUCCESSION = (
    "\ufeff種類,前,後,年度,備考\r\n"
    "所管課,0602,0606,R3,区長室を区政広報室とした（架空）\r\n"
    "事業,0601-2,0601-1,R3,港区政策創造研究所の運営（架空）\r\n"
)
SETTINGS_NOTE = "# この年度は架空の例です。額も内容も、年度の比較を見せるために作りました。\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of 10 要求内容 (千円)."""

    label: str
    requested: int
    earmarked: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A request of the made-up year: what it was (id of 令和2年度, of which its words are), and what it is now."""

    like: str
    id: str
    lines: Sequence[Line]
    title: str = ""
    department: tuple[str, str, str] | None = None
    kan: str = ""
    category: str = ""
    national: int | None = None
    metropolitan: int | None = None


_UP, _USUAL = "レベルアップ分", "経常経費分"

PROJECTS = (
    Project(  # cut
        "0101-1",
        "0101-1",
        (
            Line("システム改修経費", 8_800, part=_UP),
            Line("区民保養施設借上関連経費（通年・夏季・冬季）", 58_646, part=_USUAL),
            Line("受付業務関連経費", 41_500, part=_USUAL),
        ),
    ),
    Project(  # cut: no initial costs any more
        "0103-2",
        "0103-2",
        (
            Line("・サービス利用料 (@456,450円×12月×1.1)", 6_026),
            Line("・納税・口座振替奨励事務(経常経費)", 577),
        ),
    ),
    Project(  # another title, the same id
        "0103-3",
        "0103-3",
        (
            Line("・税金納・滞納整理システムの改修経費", 1_650),
            Line("・利用料金（月額242,000円×12ヶ月×1.1）", 3_195),
        ),
        title="滞納整理のための預貯金照会サービスの運用",
    ),
    Project(  # new
        "0103-1",
        "0103-4",
        (Line("・周知用リーフレットの作成", 1_210),),
        title="電子申告の利用の促進",
    ),
    Project(  # raised, with more 都支出金
        "0206-1",
        "0206-1",
        (
            Line("・SMSによる納付勧奨及び預貯金照会サービス経費", 3_300, 3_300, _UP),
            Line("・区外転出者訪問調査経費", 1_320, 1_320, _UP),
            Line("・徴収事務に要する経費", 90_140, 8_880, _USUAL),
        ),
        metropolitan=13_500,
    ),
    Project(  # as last year
        "0205-1", "0205-1", (Line("・健康管理支援事業運営", 6_259, 5_868),), national=5_868
    ),
    Project(  # raised, and its sheet is another: the map says so
        "0601-2",
        "0601-1",
        (
            Line("・行政情報分析基盤システムの運用経費", 13_200, part=_UP),
            Line("・政策創造研究所運営経費 (調査研究、研修実施費用等)", 14_500, part=_USUAL),
        ),
        title="政策の調査研究と人材の育成",
    ),
    Project(  # the renamed unit
        "0602-1",
        "0606-1",
        (
            Line("・区長記者発表の動画撮影及び編集経費（年6回分）", 2_077, part=_UP),
            Line("・報道機関情報提供、実務研修に係る経費等", 1_423, part=_USUAL),
        ),
        department=("0606", "企画経営部", "区政広報室"),
    ),
    Project(  # new, in a 款 that had no request
        "0601-1",
        "0501-1",
        (Line("・啓発用品の作成", 880), Line("・講習会の講師謝礼", 240)),
        title="食品ロスを減らすための啓発",
        department=("0501", "環境リサイクル支援部", "環境課"),
        kan="環境清掃費",
        category="臨時事業",
    ),
)

_BLANK = (
    "trends",
    "plans",
    "legal_basis",
    "funding_effort",
    "schedule",
    "future_cost",
    "budget_rationale",
)
_KEPT = ("description", "background", "outcome")


def made_up(documents: Sequence[Document]) -> list[Document]:
    """Give the requests of 令和3年度 from those of 令和2年度."""
    before = {document["id"]: document for document in documents}
    first = min(document["no"] for document in documents)
    return [
        _document(project, before[project.like], no) for no, project in enumerate(PROJECTS, first)
    ]


def _document(project: Project, like: Document, no: int) -> Document:
    made = copy.deepcopy(like)
    continued = project.title == "" or project.like != "0103-1"
    made |= {"id": project.id, "fiscal_year": WESTERN, "no": no}
    made |= dict.fromkeys(_BLANK)
    made["title"] = project.title or like["title"]
    made["kan"] = project.kan or like["kan"]
    made["category"] = project.category or like["category"]
    made["proposal"] = NOTE
    if project.department:
        made["department"] = dict(
            zip(("code", "bureau", "section"), project.department, strict=True)
        )
    if not continued or project.kan:
        made |= {"description": f"{made['title']}を行います。", "background": NOTE, "outcome": NOTE}
    made["lines"] = [_line(line) for line in project.lines]
    made["subtotals"] = list(_subtotals(made["lines"]))
    made["total"] = _sum(made["lines"])
    made["funding"] = _funding(project, made)
    return made


def _line(line: Line) -> Document:
    amounts = {**dict.fromkeys(_AMOUNTS), "requested": line.requested, "earmarked": line.earmarked}
    return {"label": line.label, **amounts, "part": line.part}


def _subtotals(lines: Sequence[Document]) -> Iterator[Document]:
    for part in dict.fromkeys(line["part"] for line in lines if line["part"]):
        yield {"part": part, **_sum([line for line in lines if line["part"] == part])}


def _sum(lines: Sequence[Document]) -> Document:
    given = {key: [line[key] for line in lines if line[key] is not None] for key in _AMOUNTS}
    return {key: sum(values) if values else None for key, values in given.items()}


def _funding(project: Project, made: Document) -> Document:
    earmarked = {"national": project.national, "metropolitan": project.metropolitan}
    general = made["total"]["requested"] - sum(amount or 0 for amount in earmarked.values())
    amounts = {**earmarked, "other": None, "general": general}
    rows = made["funding"].items()
    return {
        source: {**row, "name": row["name"] if amounts[source] else None, "amount": amounts[source]}
        for source, row in rows
    }
