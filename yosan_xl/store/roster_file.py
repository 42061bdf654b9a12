"""Read 組織.csv, the units that hand in requests, as Excel or an editor saved it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.department import Department, Expected, Roster
from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.store.csv_rows import CsvFaults, CsvRow, check_width, columns_of, quoted, rows_of
from yosan_xl.store.faults import StoreError, shown
from yosan_xl.store.places import FilePlace, why_unsafe
from yosan_xl.store.snapshot import snapshot

ROSTER_TABLE = Code(
    "YX084",
    weight=Weight.ERROR,
    title="組織の表の形",
    fact="組織の表を読めません: {problem}。",
    remedy="{remedy}",
    why="1行目に コード,部,課 の見出しがある CSV(UTF-8 または Shift_JIS)を読みます。",
    wrong="番号,部,課",
    right="コード,部,課",
)
ROSTER_ROW = Code(
    "YX085",
    weight=Weight.ERROR,
    title="組織の表の行",
    fact="{row}行目: {problem}。",
    remedy="{remedy}",
    why="コードは配布するファイルの名前と突き合わせに使うため、空や重なりがあると配れません。",
    wrong="0301 が 2行にある",
    right="0301 は 1行だけ",
)
LOST_ZEROS = Code(
    "YX086",
    weight=Weight.ERROR,
    title="コードのけた数",
    fact="コード「{short}」({row}行目){others}は、「{long}」({width}けた)とけた数がちがいます。",
    remedy="Excel で保存すると先頭の 0 が消えます。「{mended}」のように {width}けたにそろえてください"
    "(Excel では列の表示形式を文字列にします)。",
    why="先頭の 0 が消えたコードは、前に配ったブックの課と結びつきません。",
    wrong="0801 が 801 になっている",
    right="0801",
)
ZEROS_GONE = Code(
    "YX604",
    weight=Weight.ERROR,
    title="コードの先頭の0が消えた",
    fact="コード「{short}」は、「{known}」（{where}）の先頭の 0 が消えたものです{others}。",
    remedy="「{known}」に戻してください（Excel では列の表示形式を文字列にします）。コードを本当に変えたときは、前のコードの"
    "ブックを「配布」と「提出」のフォルダーから出してから、もう一度実行してください。",
    why="Excel で 組織.csv を保存すると、コードの先頭の 0 が消えます。そのままでは、同じ課のブックをもう一組作り、"
    "提出されたブックはどの課のものでもなくなります。",
    wrong="0103 で配布したあと、組織.csv のコードが 103 になった。",
    right="0103 のまま",
)
SHORT_CODES = Code(
    "YX621",
    weight=Weight.WARNING,
    title="コードの先頭の0が消えたかもしれない",
    fact="コードがどれも {width}けたです（「{short}」など {count}件）。",
    remedy="Excel で保存すると先頭の 0 が消えます。もとが「0{short}」のようなコードなら、配る前に 組織.csv を直し"
    "（Excel では列の表示形式を文字列にします）、もう一度 yosan-xl generate を実行してください。もともと {width}けたなら、このままでかまいません。",
    why="部と課を2けたずつで表すコードは4けたや6けたです。先頭の 0 が消えたまま配ると、ブックの名前も、提出されたブックのコードもちがうものになります。",
    wrong="0101 から 0302 までのコードが、101 から 302 になっている。",
    right="0101",
)

CODES = (
    ROSTER_TABLE,
    ROSTER_ROW,
    LOST_ZEROS,
    ZEROS_GONE,
    SHORT_CODES,
)

ROSTER_NAME = FilePlace.ROSTER.file_name
REQUIRED = ("コード", "部", "課")
OPTIONAL = ("会計", "要求", "備考")
_MAIL = "メール"
ADDRESS = (_MAIL, "メールアドレス", "アドレス", "address")
"""What the column of the addresses may be called; it may be left out."""

_LIMIT_BYTES = 5 * 1024 * 1024
_LONGEST_CODE = 20
# 部 and 課 together are part of a file name of at most 255 bytes.
_LONGEST_NAME = 30
_HEADING = "1行目(説明の # の行を除く)を「コード,部,課」としてください。"
_FIX_ROW = "その行を直してください。"
_FIX_ADDRESS = (
    "zeimu@city.example.lg.jp のように半角で書き、いくつもあるときは「;」で区切ってください。"
)
_LONGEST_ADDRESS = 254
_LOCAL, _LABEL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]", r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
# RFC 5322 without quotes and comments. No mailer may take one for an option.
_ADDRESS = re.compile(rf"(?!-){_LOCAL}{{1,64}}@{_LABEL}(?:\.{_LABEL})+", re.ASCII)


class RosterError(StoreError):
    """A roster that cannot be used (YX084-YX086): every fault of the file."""


@dataclass(frozen=True, slots=True, eq=False)
class _Unit:
    row: int
    department: Department


def read_roster(path: Path, accounts: Collection[str] = ()) -> Roster:
    """Read 組織.csv; raise RosterError with all that is wrong, or Unreadable.

    `accounts` are the 会計 a unit may name; none given, none is checked.
    """
    return parse_roster(snapshot(path, _LIMIT_BYTES).data, shown(path.name), accounts)


def parse_roster(data: bytes, file: str, accounts: Collection[str] = ()) -> Roster:
    """Return the roster in the bytes of a table called `file`; raise RosterError."""
    report = CsvFaults(file, ROSTER_TABLE, ROSTER_ROW)
    units = _units(rows_of(data, report), report)
    _check_accounts(units, accounts, report)
    if not units and not report.findings:
        report.table("課が 1つもありません", "見出しの下に、1行に 1つの課を書いてください。")
    if report.findings:
        raise RosterError(*report.findings)
    return Roster(tuple(unit.department for unit in units))


def refuse_lost_zeros(roster: Roster, known: Mapping[str, str]) -> None:
    """Raise RosterError where a code is one that was used before without its leading zeros.

    `known` has where (a file) each code stands that books were handed out or handed in with.
    """
    lost = [
        (unit.code, code)
        for code in known
        if code.isdecimal() and code.startswith("0") and roster.by_code(code) is None
        if (unit := roster.by_code(code.lstrip("0")))
    ]
    if lost:
        short, code = lost[0]
        others = f"。ほかに {len(lost) - 1} 件あります" if len(lost) > 1 else ""
        place = Place(ROSTER_NAME)
        raise RosterError(
            ZEROS_GONE.at(place, short=short, known=code, where=known[code], others=others)
        )


def short_codes(roster: Roster) -> Iterator[Finding]:
    """Yield what is told of codes that all have an odd number of figures and none a leading zero, as after Excel."""
    codes = [unit.code for unit in roster]
    widths = {len(code) if code.isdecimal() and code[0] != "0" else 0 for code in codes}
    if len(widths) == 1 and (width := min(widths)) % 2:
        place = Place(ROSTER_NAME)
        yield SHORT_CODES.at(place, width=width, short=codes[0], count=len(codes))


def _units(rows: list[CsvRow], report: CsvFaults) -> list[_Unit]:
    if not rows:
        return []
    columns = columns_of(
        header=rows[0], faults=report, required=REQUIRED, optional=OPTIONAL, remedy=_HEADING
    )
    spelt = columns_of(
        header=rows[0], faults=report, required=(), optional=ADDRESS, remedy=_HEADING
    )
    if columns is None or spelt is None:
        return []
    if len(spelt) > 1:
        report.table(
            f"メールの列が{quoted(spelt)}と 2つ以上あります", "1つを残して消してください。"
        )
    if spelt:
        columns = {**columns, _MAIL: min(spelt.values())}
    units = [_unit(row, columns, rows[0], report) for row in rows[1:]]
    _check_twice(units, report)
    _check_widths(units, report)
    return units


def _unit(row: CsvRow, columns: Mapping[str, int], header: CsvRow, report: CsvFaults) -> _Unit:
    cells = {name: row.cell(place) for name, place in columns.items()}
    declared = unicodedata.normalize("NFKC", cells.get("要求", ""))
    known = [word.value for word in Expected]
    if declared not in known:
        problem = f"要求「{declared}」は{quoted(known[1:])}のどちらでもありません"
        report.row(row.number, problem, "要求がある課は空にしてください。")
        declared = ""
    unit = Department(
        code=unicodedata.normalize("NFKC", cells["コード"]),
        bureau=unicodedata.normalize("NFC", cells["部"]),
        section=unicodedata.normalize("NFC", cells["課"]),
        account=unicodedata.normalize("NFC", cells.get("会計", "")) or None,
        expected=Expected(declared),
        addresses=_addresses(row.number, cells.get(_MAIL, ""), report),
    )
    check_width(row, header, report)
    _check_code(row.number, unit.code, report)
    _check_names(row.number, unit, report)
    return _Unit(row.number, unit)


def _addresses(row: int, cell: str, report: CsvFaults) -> tuple[str, ...]:
    """Return the addresses in a cell, each once; what is none is reported, and goes into no mail."""
    found = dict.fromkeys(filter(None, re.split(r"[;,、\s]+", unicodedata.normalize("NFKC", cell))))
    wrong = next((one for one in found if not _is_address(one)), None)
    if wrong is None:
        return tuple(found)
    report.row(row, f"メール「{shown(wrong)}」はメールアドレスではありません", _FIX_ADDRESS)
    return ()


def _is_address(text: str) -> bool:
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def _check_code(row: int, code: str, report: CsvFaults) -> None:
    if not code:
        report.row(row, "コードが空です", "コードを書くか、行を消してください。")
    elif len(code.split()) > 1:
        report.row(row, f"コード「{code}」の中に空白があります", "空白を消してください。")
    elif problem := why_unsafe(code, _LONGEST_CODE):
        report.row(row, f"コード「{code}」{problem}", "数字や英字のコードにしてください。")


def _check_names(row: int, unit: Department, report: CsvFaults) -> None:
    if not unit.name:
        report.row(row, "部と課がどちらも空です", "部か課の名前を書いてください。")
    for column, name in (("部", unit.bureau), ("課", unit.section)):
        if name and (problem := why_unsafe(name, _LONGEST_NAME)):
            report.row(row, f"{column}「{name}」{problem}", _FIX_ROW)


def _check_twice(units: list[_Unit], report: CsvFaults) -> None:
    # Codes that differ only in case would name the same file on Windows.
    codes: dict[str, int] = {}
    names: dict[str, int] = {}
    for unit in units:
        code, name = unit.department.code, unit.department.name
        if code and codes.setdefault(code.casefold(), unit.row) != unit.row:
            first = codes[code.casefold()]
            report.row(
                unit.row,
                f"コード「{code}」は {first}行目と同じです",
                "コードを改めるか、行を消してください。",
            )
        elif name and names.setdefault(name, unit.row) != unit.row:
            report.row(
                unit.row, f"「{name}」は {names[name]}行目と同じです", "どちらかを消してください。"
            )


def _check_widths(units: list[_Unit], report: CsvFaults) -> None:
    """Report codes that Excel seems to have robbed of their leading zeros: one finding for all."""
    numeric = [unit for unit in units if unit.department.code.isdigit()]
    if not numeric:
        return
    long = max((unit.department.code for unit in numeric), key=len)
    short = [
        unit
        for unit in numeric
        if len(unit.department.code) < len(long) and not unit.department.code.startswith("0")
    ]
    if not short:
        return
    first = short[0]
    finding = LOST_ZEROS.at(
        Place(report.file),
        short=first.department.code,
        row=first.row,
        others=f"など {len(short)}件" if len(short) > 1 else "",
        long=long,
        width=len(long),
        mended=first.department.code.zfill(len(long)),
    )
    report.findings.append(finding)


def _check_accounts(units: list[_Unit], accounts: Collection[str], report: CsvFaults) -> None:
    for unit in units:
        account = unit.department.account
        if accounts and account and account not in accounts:
            problem = f"会計「{account}」は、この年度の会計ではありません"
            report.row(
                unit.row, problem, f"{'・'.join(accounts)} のどれかにするか、空にしてください。"
            )
