"""Read 対応表.csv: which units and projects of last year are which of this year's."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession, SuccessionKind, SuccessionRow
from yosan_xl.model.text import canonical
from yosan_xl.store.csv_rows import CsvFaults, CsvRow, check_width, columns_of, rows_of
from yosan_xl.store.faults import StoreError, shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import snapshot

SUCCESSION_NAME = FilePlace.SUCCESSION.file_name
REQUIRED = ("種類", "前", "後")
OPTIONAL = ("年度", "備考")

_LIMIT_BYTES = 5 * 1024 * 1024
_HEADING = "1行目(説明の # の行を除く)を「種類,前,後,年度,備考」としてください。"

TABLE = Code(
    "YX670",
    weight=Weight.ERROR,
    title="対応表の形",
    fact="対応表を読めません: {problem}。",
    remedy="{remedy}",
    why="1行目に 種類,前,後 の見出しがある CSV(UTF-8 または Shift_JIS)を読みます。年度と備考の列は、なくてもかまいません。",
    wrong="区分,旧,新",
    right="種類,前,後",
)
ROW = Code(
    "YX671",
    weight=Weight.ERROR,
    title="対応表の行",
    fact="{row}行目: {problem}。",
    remedy="{remedy}",
    why="対応表は、名前の変わった所管課や事業を、前の年度と同じものとして比べるための表です。"
    "あいまいな行があると、増減がまちがって出ます。",
    wrong="所管課,区長室, （後が空）",
    right="所管課,区長室,区政広報室",
)
CODES = (TABLE, ROW)


class SuccessionError(StoreError):
    """A 対応表.csv that cannot be used (YX670, YX671): every fault of the file."""


def read_succession(path: Path) -> Succession:
    """Read a 対応表.csv; raise SuccessionError with all that is wrong, or Unreadable."""
    return parse_succession(snapshot(path, _LIMIT_BYTES).data, shown(path.name))


def parse_succession(data: bytes, file: str = SUCCESSION_NAME) -> Succession:
    """Return the rows in the bytes of a table called `file`; raise SuccessionError."""
    report = CsvFaults(file, TABLE, ROW)
    rows = rows_of(data, report)
    if not rows and not report.findings:
        report.table("何も書かれていません", _HEADING)
    links = _links(rows, report)
    _check_pairs(links, report)
    if report.findings:
        raise SuccessionError(*report.findings)
    return Succession(tuple(links), file)


def _links(rows: list[CsvRow], report: CsvFaults) -> list[SuccessionRow]:
    columns = (
        columns_of(
            header=rows[0], faults=report, required=REQUIRED, optional=OPTIONAL, remedy=_HEADING
        )
        if rows
        else None
    )
    if columns is None:
        return []
    made = [_link(row, columns, rows[0], report) for row in rows[1:]]
    return [link for link in made if link is not None]


def _link(
    row: CsvRow, columns: Mapping[str, int], header: CsvRow, report: CsvFaults
) -> SuccessionRow | None:
    def cell(name: str) -> str:
        return unicodedata.normalize("NFC", row.cell(columns.get(name)))

    before = len(report.findings)
    check_width(row, header, report)
    kind, year = _kind(row.number, cell("種類"), report), _year(row.number, cell("年度"), report)
    _check_names(row=row.number, kind=kind, old=cell("前"), new=cell("後"), report=report)
    if kind is None or len(report.findings) > before:
        return None
    return SuccessionRow(row=row.number, kind=kind, old=cell("前"), new=cell("後"), year=year)


def _kind(row: int, written: str, report: CsvFaults) -> SuccessionKind | None:
    found = next((kind for kind in SuccessionKind if kind.value == canonical(written)), None)
    if found is None:
        problem = f"種類「{written}」は「所管課」「事業」「移動」のどれでもありません"
        remedy = "「所管課」か「事業」（前の年度との対応）、または「移動」（年度の中で移った要求）と書いてください。"
        report.row(row, problem, remedy)
    return found


def _year(row: int, written: str, report: CsvFaults) -> FiscalYear | None:
    if not written:
        return None
    try:
        return FiscalYear.parse(written)
    except ValueError:
        remedy = "変わったあとの年度を「R3」「令和3年度」のように書くか、空にしてください。"
        report.row(row, f"年度「{written}」を年度として読めません", remedy)
        return None


def _check_names(
    row: int, kind: SuccessionKind | None, old: str, new: str, report: CsvFaults
) -> None:
    if not old:
        report.row(row, "「前」が空です", "前の年度のコードか名前を書くか、行を消してください。")
    elif not new and kind is SuccessionKind.MOVED:
        remedy = "移ったあとの要求書IDを書くか、行を消してください。"
        report.row(row, f"「{old}」の「後」が空です", remedy)
    elif not new and kind is SuccessionKind.DEPARTMENT:
        remedy = (
            "後の年度のコードか名前を書いてください。なくなっただけの所管課は、行が要りません。"
        )
        report.row(row, f"「{old}」の「後」が空です", remedy)


def _check_pairs(links: list[SuccessionRow], report: CsvFaults) -> None:
    """Report what stands twice, and one that becomes several: an amount cannot be divided."""
    first: dict[tuple[SuccessionKind, str, FiscalYear | None], SuccessionRow] = {}
    for link in links:
        known = first.setdefault((link.kind, canonical(link.old), link.year), link)
        if known is link:
            continue
        if canonical(known.new) == canonical(link.new):
            problem = f"{known.row}行目と同じ対応です"
            report.row(link.row, problem, "どちらかの行を消してください。")
        else:
            problem = f"「{link.old}」の「後」が、{known.row}行目では「{known.new}」です"
            report.row(link.row, problem, SPLIT[link.kind])


SPLIT: Mapping[SuccessionKind, str] = {
    SuccessionKind.DEPARTMENT: "1つの所管課は1つにだけ対応させます。分かれたときは、額の大きいほうを残し、"
    "ほかへ移った事業は「事業」の行で書いてください。",
    SuccessionKind.PROJECT: "1つの事業は1つにだけ対応させます。分かれたときは、中心となる事業だけを残してください。",
    SuccessionKind.MOVED: "1つの要求は1つにだけ移せます。分かれたときは、記入を引き継ぐほうだけを残してください。",
}
"""What to do where one unit or project would become several."""
