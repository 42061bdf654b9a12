"""Rows of a CSV that people keep, as Excel or an editor saved it."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yosan_xl.model.finding import Code, Finding, Place

_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a zip (.xlsx, .ods) and a compound file (.xls) begin."""

_PARTED = {"，": "全角の「，」", ";": "「;」", "；": "全角の「；」", "\t": "タブ", ",": "「,」"}
"""What people part the cells by, and how it is called."""


class BadCsv(Exception):
    """A file that is no table: a Japanese `problem` (no full stop) and the `remedy`."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep both sentences."""
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class CsvFaults:
    """What is wrong with a table called `file`: as a whole, and row by row."""

    file: str
    table_code: Code
    row_code: Code
    findings: list[Finding] = field(default_factory=list)

    def table(self, problem: str, remedy: str) -> None:
        """Add a fault of the table."""
        self.findings.append(self.table_code.at(Place(self.file), problem=problem, remedy=remedy))

    def row(self, row: int, problem: str, remedy: str) -> None:
        """Add a fault of a row."""
        finding = self.row_code.at(Place(self.file), row=row, problem=problem, remedy=remedy)
        self.findings.append(finding)


@dataclass(frozen=True, slots=True, eq=False)
class CsvRow:
    """A line of the table; `number` is the row as Excel counts, 1-based."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """Return the cell in a column (0-based), empty where there is none."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


def csv_rows(data: bytes) -> list[CsvRow]:
    """Return the rows that say something, without those that begin with #; raise BadCsv.

    UTF-8, CP932 or UTF-16, with commas or tabs.
    """
    if data.startswith(_BOOKS):
        remedy = "Excel で開き、名前を付けて保存で「CSV UTF-8（コンマ区切り）」を選んで保存してください。"
        raise BadCsv("Excel のブックの名前を .csv に変えたもので、CSV ではありません", remedy)
    text = _decode(data)
    first = next((line for line in text.splitlines() if _says_something(line)), "")
    delimiter = "\t" if "\t" in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(_filled_rows(reader))
    except csv.Error:
        problem = f'{reader.line_num}行目までに、閉じていない「"」があります'
        raise BadCsv(problem, '「"」を消すか、2つで囲んでください。') from None
    _refuse_other_parting(rows, delimiter)
    return rows


def _refuse_other_parting(rows: list[CsvRow], delimiter: str) -> None:
    """Raise BadCsv for a row of too few cells one of which has another separator in it."""
    for row in rows:
        short = "".join(row.cells) if len(row.cells) < max(2, len(rows[0].cells)) else ""
        found = next((name for mark, name in _PARTED.items() if mark in short), None)
        if found:
            wanted = "タブ" if delimiter == "\t" else "半角の「,」"
            problem = f"{row.number}行目の区切りが{found}です。区切りは{wanted}です"
            raise BadCsv(problem, f"{found}を{wanted}に置きかえて、保存し直してください。")


def rows_of(data: bytes, faults: CsvFaults) -> list[CsvRow]:
    """Return the rows of a table; none, and a fault, where the bytes are no table."""
    try:
        return csv_rows(data)
    except BadCsv as error:
        faults.table(error.problem, error.remedy)
        return []


def columns_of(
    header: CsvRow, faults: CsvFaults, required: Sequence[str], optional: Sequence[str], remedy: str
) -> Mapping[str, int] | None:
    """Return where each known column stands, None where one is missing or stands twice.

    Width and blanks of a heading do not count. `remedy` is what to do where one is missing.
    """
    names = ["".join(unicodedata.normalize("NFKC", cell).split()) for cell in header.cells]
    missing = [name for name in required if name not in names]
    twice = [name for name in (*required, *optional) if names.count(name) > 1]
    if missing:
        faults.table(f"見出し{quoted(missing)}がありません", remedy)
    if twice:
        faults.table(f"見出し{quoted(twice)}が 2つ以上あります", "1つを残して消してください。")
    if missing or twice:
        return None
    return {name: names.index(name) for name in (*required, *optional) if name in names}


def check_width(row: CsvRow, header: CsvRow, faults: CsvFaults) -> None:
    """Report a row with something in more columns than there are headings."""
    if any(row.cells[len(header.cells) :]):
        remedy = '余分な「,」を消すか、「,」のある名前を「"」で囲んでください。'
        faults.row(row.number, "見出しより列が多くあります", remedy)


def quoted(names: Iterable[str]) -> str:
    """Return names as a sentence has them, each in 「」."""
    return "".join(f"「{name}」" for name in names)


def _decode(data: bytes) -> str:
    # Excel saves CP932 as "CSV" and UTF-16 as "Unicode テキスト".
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    remedy = "メモ帳なら「UTF-8」、Excel なら「CSV UTF-8」で保存し直してください。"
    raise BadCsv("文字コードがわかりません", remedy)


def _says_something(line: str) -> bool:
    return bool(line.strip(", \t\u3000")) and not line.lstrip("\"' ").startswith("#")


def _filled_rows(reader: Iterator[list[str]]) -> Iterator[CsvRow]:
    for number, cells in enumerate(reader, start=1):
        trimmed = tuple(cell.strip() for cell in cells)
        if any(trimmed) and not trimmed[0].startswith("#"):
            yield CsvRow(number, trimmed)
