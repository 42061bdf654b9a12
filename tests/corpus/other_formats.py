"""Books as .xls, .xlsb and .ods: errors, stale totals and dates in them, and what would be laid out without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from tests.corpus.book import AMOUNT, FIRST, SHEET, TOTAL, good, parts_of, sectioned
from tests.corpus.expect import Entry, Expectation, Refused, accepted, left_out
from tests.excel.reading import samples
from tests.excel.reading.binary import (
    DIVISION,
    NOT_AVAILABLE,
    REFERENCE,
    Put,
    as_xls,
    as_xlsb,
    compound_file,
)
from tests.excel.reading.edit import Editor
from tests.excel.reading.ods import as_ods, packed

_XLS, _XLSB, _ODS = Refused("YX003"), Refused("YX005"), Refused("YX006")
_VALUES = "YX047"
_SUM = samples.cell("/total/requested")
_TITLE = samples.cell("/title")
_UNREAD = left_out(TOTAL - FIRST, _VALUES, "YX124")

_ERRORS: Mapping[str, tuple[Put, Expectation]] = {
    "none": ({}, accepted(TOTAL, _VALUES)),
    "division": ({(SHEET, AMOUNT): DIVISION}, _UNREAD),
    "reference": ({(SHEET, AMOUNT): REFERENCE}, _UNREAD),
    "not-available": ({(SHEET, AMOUNT): NOT_AVAILABLE}, _UNREAD),
    "in-title": ({(SHEET, _TITLE): DIVISION}, accepted(TOTAL, _VALUES, "YX124")),
    "in-total": ({(SHEET, _SUM): REFERENCE}, accepted(TOTAL, _VALUES, "YX688")),
    "in-both": ({(SHEET, AMOUNT): DIVISION, (SHEET, _SUM): REFERENCE}, _UNREAD),
}


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for kind, write in {"xls": as_xls, "xlsb": as_xlsb}.items():
        for name, (put, expect) in _ERRORS.items():
            yield Entry(f"{kind}-{name}", partial(_with_errors, write, put), expect)
    for kind, make in {"xls": as_xls, "xlsb": as_xlsb, "ods": as_ods}.items():
        for name, (edit, expect) in _EDITED.items():
            yield Entry(f"{kind}-{name}", _edited(make, edit), expect)
    for name, word in {
        "division": "#DIV/0!",
        "reference": "#REF!",
        "not-available": "#N/A",
    }.items():
        error = _edited(as_ods, partial(Editor.put_text, sheet=SHEET, ref=AMOUNT, text=word))
        yield Entry(f"ods-{name}", error, _UNREAD)
    for name, content in _LAID_OUT.items():
        yield Entry(f"ods-{name}", partial(_ods, content), _ODS)
    for name, content in _FEW.items():
        other_sheet = [] if "empty" in name.split("-")[-1] else ["YX022"]
        expect = accepted(TOTAL, _VALUES, *other_sheet)
        yield Entry(f"ods-{name}", partial(_with_repeats, content), expect)
    yield from _cut()


def _with_errors(write: Callable[[Editor, Put], bytes], put: Put) -> bytes:
    return write(Editor(good()), put)


def _put_sum(amount: int) -> Callable[[Editor], object]:
    return lambda book: book.put_number(SHEET, _SUM, amount)


_EDITED: Mapping[str, tuple[Callable[[Editor], object], Expectation]] = {
    "total-stale": (_put_sum(1), accepted(TOTAL, _VALUES, "YX688")),
    "total-thousandfold": (_put_sum(TOTAL * 1000), accepted(TOTAL, _VALUES, "YX688")),
    "total-text": (lambda b: b.put_text(SHEET, _SUM, "三万"), accepted(TOTAL, _VALUES, "YX688")),
    "total-empty": (lambda b: b.put_text(SHEET, _SUM, ""), accepted(TOTAL, _VALUES, "YX688")),
    "line-changed": (
        lambda book: book.put_number(SHEET, AMOUNT, 5_000),
        accepted(TOTAL - FIRST + 5_000, _VALUES, "YX688"),
    ),
}


def _edited(
    write: Callable[[Editor], bytes], edit: Callable[[Editor], object]
) -> Callable[[], bytes]:
    def build() -> bytes:
        book = Editor(good())
        edit(book)
        return write(book)

    return build


_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text")
)


def _cell(text: str = "x", columns: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def _row(cells: str, rows: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


_GAP = '<table:table-cell table:number-columns-repeated="16383"/>'
_LAID_OUT: Mapping[str, str] = {
    "million": _row(_cell("x" * 20, 1_000), 1_000),
    "million-short": _row(_cell("x", 16_384), 62),
    "rows": _row(_cell(), 1_048_576),
    "rows-of-rows": _row(_cell("x", 100), 5) * 2_100,
    "long-text": _row(_cell("長" * 100_000, 100)),
    "long-text-rows": _row(_cell("長" * 10_000), 1_000),
    "blanks": _row(_cell('<text:s text:c="90000000"/>')),
    "far": _row("<table:table-cell/>", 1_048_575) + _row(_GAP + _cell()),
    "beyond-all": _row(_cell("x", 10**12), 10**12),
    "digits": _row(_cell().replace('"1"', f'"{"9" * 5_000}"')),
    "covered": _row(_cell("x", 1_000).replace("table-cell", "covered-table-cell"), 2_000),
    "numbers": _row(
        '<table:table-cell office:value-type="float" office:value="1"'
        ' table:number-columns-repeated="1024"/>',
        2_000,
    ),
}
_FEW: Mapping[str, str] = {
    "whole-sheet-empty": _row(_GAP, 1_048_576),
    "some-repeated": _row(_cell("x", 100), 100),
    "empty-between": _row(_cell()) + _row(_GAP, 5_000) + _row(_cell()),
}


def _ods(rows: str) -> bytes:
    table = f'<table:table table:name="s">{rows}</table:table>'
    return packed(
        f'<office:document-content {_NAMES} office:version="1.2"><office:body><office:spreadsheet>'
        f"{table}</office:spreadsheet></office:body></office:document-content>"
    )


def _with_repeats(rows: str) -> bytes:
    """Return `good` with one more sheet of these rows."""
    content = parts_of(as_ods(Editor(good())))["content.xml"].decode()
    table = f'<table:table table:name="別">{rows}</table:table></office:spreadsheet>'
    assert "</office:spreadsheet>" in content
    return packed(content.replace("</office:spreadsheet>", table))


def _begin(data: bytes, percent: int) -> bytes:
    return data[: len(data) * percent // 100]


def _cut() -> Iterator[Entry]:
    """Files that end too early, or whose tables lead in circles or far away."""
    whole = as_xls(Editor(good()))
    for share in (10, 50, 90):
        yield Entry(f"xls-cut-{share}", partial(_begin, whole, share), _XLS)
    far = b"\x03\x02\x0e\x00\xff\xff\xff\x00\x00\x00" + bytes(8)
    yield Entry("xls-far", lambda: compound_file(_far_xls(far)), _XLS)
    yield Entry("xls-ring", lambda: whole[:512] + b"\1\0\0\0" * 128 + whole[1024:], _XLS)
    binary = as_xlsb(Editor(sectioned()))
    yield Entry("xlsb-cut", lambda: binary[: len(binary) // 2], Refused("YX012"))


def _far_xls(cell: bytes) -> bytes:
    begin = b"\x09\x08\x10\x00\x00\x06\x05\x00\xbb\x0d\xcc\x07" + bytes(8)
    listed = b"\x85\x00\x0a\x00\x26\x00\x00\x00\x00\x00\x02\x00ab"
    first = b"\x03\x02\x0e\x00" + bytes(14)
    return (
        begin
        + listed
        + b"\x0a\0\0\0"
        + begin.replace(b"\6\5", b"\6\x10")
        + first
        + cell * 3
        + b"\x0a\0\0\0"
    )
