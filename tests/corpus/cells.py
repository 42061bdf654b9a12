"""Cells that cannot be, or that hide something: references, values, styles, formulas, merges, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tests.corpus.book import (
    AMOUNT,
    FIRST,
    FORM,
    STRINGS,
    STYLES,
    THREE_TOTAL,
    TOTAL,
    WORKBOOK,
    Parts,
    changed,
    three,
    with_cell,
    with_part,
    with_text,
)
from tests.corpus.expect import Entry, Expectation, Refused, accepted, left_out
from tests.excel.ooxml.parts import MAIN, relationships

_MALFORMED, _TOO_LARGE = Refused("YX014"), Refused("YX017")
_FINE = accepted(TOTAL)
_BESIDE = accepted(TOTAL, "YX092")
_NOTED = accepted(TOTAL, "YX093")
_UNSEEN = accepted(TOTAL, "YX054")
_EMPTIED = accepted(TOTAL - FIRST, "YX044", "YX214")
_CELL = f'<c r="{AMOUNT}" s="{{s}}"'
_ALTERNATIVE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x14">{}</mc:Choice></mc:AlternateContent>'
)

_AMOUNT_CELLS: Mapping[str, tuple[str, Expectation]] = {
    "two-values": (f"{_CELL}><v>{FIRST}</v><v>9</v></c>", _MALFORMED),
    "two-formulas": (f"{_CELL}><f>1</f><f>2</f><v>{FIRST}</v></c>", _MALFORMED),
    "value-and-inline": (f'{_CELL} t="inlineStr"><v>1</v><is><t>{FIRST}</t></is></c>', left_out(TOTAL, "YX120")),
    "two-inlines": (f'{_CELL} t="inlineStr"><is><t>1</t></is><is><t>2</t></is></c>', _MALFORMED),
    "two-values-and-inline": (f'{_CELL} t="inlineStr"><v>1</v><v>1</v><is><t>2</t></is></c>', _MALFORMED),
    "kind-boolean-none": (f'{_CELL} t="b"><v></v></c>', _EMPTIED),
    "value-within-value": (f"{_CELL}><v>4<v>9</v></v></c>", _MALFORMED),
    "element-within-value": (f"{_CELL}><v>4<b/>001</v></c>", _MALFORMED),
    "comment-within-value": (f"{_CELL}><v>40<!-- 9 -->01</v></c>", _FINE),
    "cdata-value": (f"{_CELL}><v><![CDATA[{FIRST}]]></v></c>", _FINE),
    "reference-value": (f"{_CELL}><v>400&#49;</v></c>", _FINE),
    "blanks-around": (f"{_CELL}><v>\n {FIRST} </v></c>", _FINE),
    "kind-n": (f'{_CELL} t="n"><v>{FIRST}</v></c>', _FINE),
    "kind-unknown": (f'{_CELL} t="q"><v>{FIRST}</v></c>', _MALFORMED),
    "kind-empty": (f'{_CELL} t=""><v>{FIRST}</v></c>', _MALFORMED),
    "kind-boolean-2": (f'{_CELL} t="b"><v>2</v></c>', _MALFORMED),
    "kind-date": (f'{_CELL} t="d"><v>2020-04-01</v></c>', left_out(TOTAL - FIRST, "YX121")),
    "kind-str": (f'{_CELL} t="str"><v>{FIRST}</v></c>', left_out(TOTAL, "YX120")),
    "kind-inline": (f'{_CELL} t="inlineStr"><is><t>{FIRST}</t></is></c>', left_out(TOTAL, "YX120")),
    "kind-inline-furigana": (
        f'{_CELL} t="inlineStr"><is><t>{FIRST}</t><rPh sb="0" eb="1"><t>9</t></rPh></is></c>',
        left_out(TOTAL, "YX120"),
    ),
    "inline-number": (f'{_CELL} t="n"><is><t>{FIRST}</t></is></c>', _MALFORMED),
    "inline-no-kind": (f"{_CELL}><is><t>{FIRST}</t></is></c>", _MALFORMED),
    "cell-in-cell": (f'{_CELL}><c r="J6"><v>1</v></c></c>', _MALFORMED),
    "alternative": (_ALTERNATIVE.format(f"{_CELL}><v>{FIRST}</v></c>"), _MALFORMED),
    "alternative-value": (f"{_CELL}>{_ALTERNATIVE.format(f'<v>{FIRST}</v>')}</c>", _MALFORMED),
    "inline-not-said": (f"{_CELL}><v>{FIRST}</v><is><t>9</t></is></c>", _FINE),
    "no-reference": (f'<c s="{{s}}"><v>{FIRST}</v></c>', _FINE),
    "lower-case": (f'<c r="{AMOUNT.lower()}" s="{{s}}"><v>{FIRST}</v></c>', _FINE),
    "dollars": (f'<c r="$I$6" s="{{s}}"><v>{FIRST}</v></c>', _FINE),
    "extension": (f"{_CELL}><v>{FIRST}</v><extLst><ext><v>9</v></ext></extLst></c>", _FINE),
    "other-namespace": (f'{_CELL}><v>{FIRST}</v><v xmlns="urn:x">9</v></c>', _MALFORMED),
    "style-gone": (f'<c r="{AMOUNT}" s="9999"><v>{FIRST}</v></c>', _FINE),
    "style-negative": (f'<c r="{AMOUNT}" s="-1"><v>{FIRST}</v></c>', _MALFORMED),
    "style-word": (f'<c r="{AMOUNT}" s="x"><v>{FIRST}</v></c>', _MALFORMED),
    "style-huge": (f'<c r="{AMOUNT}" s="99999999999"><v>{FIRST}</v></c>', _MALFORMED),
    "shared-string": (f'{_CELL} t="s"><v>999999</v></c>', _MALFORMED),
    "shared-string-negative": (f'{_CELL} t="s"><v>-1</v></c>', _MALFORMED),
    "shared-string-word": (f'{_CELL} t="s"><v>x</v></c>', _MALFORMED),
    "shared-string-wide": (f'{_CELL} t="s"><v>１</v></c>', _MALFORMED),
    "shared-string-none": (f'{_CELL} t="s"><v/></c>', _EMPTIED),
    "array-formula": (f'{_CELL}><f t="array" ref="{AMOUNT}">4001*1</f><v>{FIRST}</v></c>', _FINE),
    "data-table": (f'{_CELL}><f t="dataTable" ref="{AMOUNT}" r1="A1"/><v>{FIRST}</v></c>', _FINE),
    "shared-alone": (f'{_CELL}><f t="shared" si="7"/><v>{FIRST}</v></c>', _MALFORMED),
    "shared-master": (f'{_CELL}><f t="shared" ref="I6" si="7">4001</f><v>{FIRST}</v></c>', _FINE),
    "formula-long": (f'{_CELL}><f>{"1+" * 60_000}1</f><v>{FIRST}</v></c>', _FINE),
    "formula-too-long": (f'{_CELL}><f>{"1+" * 70_000}1</f><v>{FIRST}</v></c>', _TOO_LARGE),
    "formula-deep": (f'{_CELL}><f>{"(" * 9_000}1{")" * 9_000}</f><v>{FIRST}</v></c>', _FINE),
    "formula-dde": (f"{_CELL}><f>cmd|' /C calc'!A0</f><v>{FIRST}</v></c>", _FINE),
    "formula-web": (f'{_CELL}><f>WEBSERVICE("http://example.invalid/")</f><v>{FIRST}</v></c>', _FINE),
    "formula-without-result": (f"{_CELL}><f>積算!F3</f></c>", left_out(TOTAL - FIRST, "YX127")),
    "text-long": (f'{_CELL} t="inlineStr"><is><t>{"9" * 131_068}</t></is></c>', left_out(TOTAL - FIRST, "YX121")),
    "text-too-long": (f'{_CELL} t="inlineStr"><is><t>{"9" * 131_069}</t></is></c>', _TOO_LARGE),
}  # fmt: skip
_NUMERALS = ["abc", "NaN", "INF", "-INF", "1_000", "１２", "٣٤", "1E9999", "9" * 401, "0x10", "1,234", "1 2", "--1", "1e", ".", "TRUE"]  # fmt: skip
_PLACES = ["XFE1", "A1048577", "A0", "1", "A", "", "A-1", "R1C1", "A1:B2", "Sheet1!A1", "ZZZ9999999", "あ1", "A١", "I7"]  # fmt: skip
_ROWS = ["0", "1048577", "-1", "x", "", "1.5", "１", "99999999999"]


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for name, (xml, expect) in _AMOUNT_CELLS.items():
        yield Entry(name, with_cell(xml), expect)
    for number, numeral in enumerate(_NUMERALS):
        yield Entry(f"numeral-{number:02}", with_cell(f"{_CELL}><v>{numeral}</v></c>"), _MALFORMED)
    for number, place in enumerate(_PLACES):
        cell = f'<c r="{place}" s="{{s}}"><v>{FIRST}</v></c>'
        yield Entry(f"place-{number:02}", with_cell(cell), _MALFORMED)
    for number, row in enumerate(_ROWS):
        build = with_text(FORM, "</sheetData>", f'<row r="{row}"/></sheetData>')
        yield Entry(f"row-{number}", build, _MALFORMED)
    yield Entry("twice", _again(f'<row r="6"><c r="{AMOUNT}"><v>9</v></c></row>'), _MALFORMED)
    yield Entry(
        "second-sheet-data",
        _after(f'<sheetData><row r="6"><c r="{AMOUNT}"><v>9</v></c></row></sheetData>'),
        _MALFORMED,
    )
    lost = ("YX037", "YX041", "YX051", "YX101")
    gone = left_out(0, "YX046", *lost)
    yield Entry("rows-none", changed(lambda whole: _cut(whole, "<sheetData>", "")), gone)
    yield Entry("rows-gone", changed(_cut), gone)
    of_three = accepted(THREE_TOTAL - TOTAL, "YX046", "YX065", *lost)
    yield Entry("rows-gone-of-three", changed(_cut, three), of_three)
    below = left_out(0, *lost)
    yield Entry("rows-below-gone", changed(lambda whole: _cut(whole, '<row r="4"')), below)
    yield from _last_cells()
    yield from _counts()
    yield from _merges_and_notes()
    yield from _names()
    yield from _strings_and_styles()


def _cut(whole: Parts, start: str = "<row ", end: str = "</sheetData>") -> Mapping[str, str]:
    """Give a sheet without what stands between: its rows, or all that holds them."""
    form = whole[FORM].decode()
    rest = form[form.index("</sheetData>") :]
    return {FORM: form[: form.index(start)] + (rest if end else rest.removeprefix("</sheetData>"))}


def _again(rows: str) -> Callable[[], bytes]:
    return with_text(FORM, "</sheetData>", f"{rows}</sheetData>")


def _after(xml: str) -> Callable[[], bytes]:
    return with_text(FORM, "</sheetData>", f"</sheetData>{xml}")


def _last_cells() -> Iterator[Entry]:
    for place, row in (("XFD1048576", 1_048_576), ("A1048576", 1_048_576), ("XFD200", 200)):
        build = _again(f'<row r="{row}"><c r="{place}"><v>7</v></c></row>')
        yield Entry(f"stray-{place}", build, _BESIDE)
    yield Entry("stray-XFE", _again('<row r="200"><c r="XFE200"><v>7</v></c></row>'), _MALFORMED)
    yield Entry(
        "stray-text", _again('<row r="60"><c r="I60" t="str"><v>メモ</v></c></row>'), _BESIDE
    )


def _filled(cell: str, rows: int) -> Callable[[], bytes]:
    """Give the way to a book with so many whole rows of this cell below the form."""
    return _again("".join(f'<row r="{n}">{cell * 16_384}</row>' for n in range(100, 100 + rows)))


def _counts() -> Iterator[Entry]:
    """Too much of something, and just below too much."""
    row = '<row r="99" hidden="1"/>'
    yield Entry("rows-hidden", _again(row * 50_000), _FINE)
    yield Entry("rows-over", _again(row * 1_048_600), _TOO_LARGE, heavy=True)
    yield Entry("cells-over", _filled("<c/>", 62), _TOO_LARGE, heavy=True)
    yield Entry("rows-most", _again(row * 1_048_000), _FINE, heavy=True)
    yield Entry("cells-many", _filled("<c><v>1</v></c>", 15), _BESIDE, heavy=True)
    yield Entry("cells-many-over", _filled("<c><v>1</v></c>", 44), _TOO_LARGE, heavy=True)
    yield Entry("cells-blank", _filled("<c/>", 15), _FINE, heavy=True)
    text = '<c t="str"><v>メモ</v></c>'
    yield Entry("cells-of-text", _filled(text, 15), _BESIDE, heavy=True)
    own = '<row r="{0}"><c r="A{0}" t="n"><f t="shared" si="{0}" ref="A{0}">B{0}+C{0}</f><v>1</v></c></row>'
    rows = "".join(own.format(number) for number in range(100, 130_000))
    yield Entry("formulas-shared-alone", _again(rows), _BESIDE, heavy=True)
    long = '<row r="99"><c><f t="shared" ref="A99:XFD99" si="9">{}</f></c>{}</row>'
    spread = long.format("+".join(["B1"] * 2_000), '<c><f t="shared" si="9"/></c>' * 300)
    yield Entry("formulas-spread", _again(spread), _BESIDE, heavy=True)
    for name, cell in {
        "formulas": "<c><f>A1</f><v>1</v></c>",
        "inline": '<c t="inlineStr"><is><t>x</t></is></c>',
        "values": "<c><v>1</v></c>",
    }.items():
        yield Entry(f"tags-of-{name}", _filled(cell, 62), _TOO_LARGE, heavy=True)
    yield Entry("tags-of-nothing", _after("<x/>" * 3_000_000), _TOO_LARGE, heavy=True)
    texts = "<si><t>x</t></si>" * 1_000_000
    yield Entry(
        "tags-of-strings", with_text(STRINGS, "</sst>", f"{texts}</sst>"), _TOO_LARGE, heavy=True
    )
    merge = '<mergeCell ref="U1:V1"/>'
    yield Entry(
        "merges-over",
        with_text(FORM, "</mergeCells>", f"{merge * 20_000}</mergeCells>"),
        _TOO_LARGE,
    )
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n + 50}" r:id="rId1"/>' for n in range(500))
    yield Entry("sheets-over", with_text(WORKBOOK, "</sheets>", f"{sheets}</sheets>"), _TOO_LARGE)
    names = "".join(f'<definedName name="n{n}">1</definedName>' for n in range(200_001))
    yield Entry(
        "names-over", with_text(WORKBOOK, "</definedNames>", f"{names}</definedNames>"), _TOO_LARGE
    )
    lost = '<definedName name="n{}" localSheetId="{}" hidden="1">#REF!</definedName>'
    many = "".join(lost.format(n, n % 5) for n in range(100_000))
    own = '<definedName name="yx_n{0}" localSheetId="2">要求書1!$A${0}</definedName>'
    most = "".join(own.format(n) for n in range(1, 119_000))
    yield Entry(
        "names-most",
        with_text(WORKBOOK, "</definedNames>", f"{most}</definedNames>"),
        _FINE,
        heavy=True,
    )
    yield Entry(
        "names-many", with_text(WORKBOOK, "</definedNames>", f"{many}</definedNames>"), _FINE
    )
    yield Entry(
        "formats-over", with_text(STYLES, "</cellXfs>", f"{'<xf/>' * 65_536}</cellXfs>"), _TOO_LARGE
    )
    strings = "<si/>" * 100_000
    yield Entry("strings-many", with_text(STRINGS, "</sst>", f"{strings}</sst>"), _FINE)
    formulas = f'<row r="99"><c><f t="shared" ref="A99:XFD99" si="9">LEN("{"x" * 9_000}")</f></c>'
    shared = '<c><f t="shared" si="9"/></c>' * 8_000
    yield Entry("formulas-over", _again(f"{formulas}{shared}</row>"), _TOO_LARGE)


def _merges_and_notes() -> Iterator[Entry]:
    def merged(ref: str) -> Callable[[], bytes]:
        return with_text(FORM, "</mergeCells>", f'<mergeCell ref="{ref}"/></mergeCells>')

    for number, ref in enumerate(("A1:B", "", "XFD1:XFE2", "A0:B2", "A1:B2:C3", "x")):
        yield Entry(f"merge-{number}", merged(ref), _MALFORMED)
    # An amount under a merged area shows nothing on paper, but the sheet's own SUM counts it.
    yield Entry("merge-over-amounts", merged("I6:I8"), _UNSEEN)
    yield Entry("merge-everything", merged("A1:XFD1048576"), _UNSEEN)
    yield Entry("note", changed(lambda w: _noted(w, "確認済")), _NOTED)
    yield Entry("note-long", changed(lambda w: _noted(w, "長" * 131_000)), _NOTED)
    yield Entry("note-too-long", changed(lambda w: _noted(w, "長" * 131_069)), _TOO_LARGE)
    yield Entry("notes-over", changed(lambda w: _noted(w, *["x"] * 20_001)), _TOO_LARGE)
    yield Entry("note-nowhere", changed(lambda w: _noted(w, "x", ref="A0")), _MALFORMED)


def _noted(_: Parts, *notes: str, ref: str = "I6") -> Mapping[str, str]:
    items = "".join(f'<comment ref="{ref}"><text><t>{note}</t></text></comment>' for note in notes)
    return {
        "xl/worksheets/_rels/sheet3.xml.rels": relationships({"a": ("comments", "/xl/c.xml")}),
        "xl/c.xml": f'<comments xmlns="{MAIN}"><commentList>{items}</commentList></comments>',
    }


def _names() -> Iterator[Entry]:
    def named(text: str, attributes: str = 'name="odd"') -> Callable[[], bytes]:
        name = f"<definedName {attributes}>{text}</definedName>"
        return with_text(WORKBOOK, "</definedNames>", f"{name}</definedNames>")

    for number, text in enumerate(
        ["#REF!", "要求書1!$A$0", "要求書1!$XFE$1", "[1]他!$A$1", "'開いた!$A$1", "", "OFFSET(A1,1,1)", "9" * 9_000, "要求書1!A1,要求書1!B1", "&lt;x&gt;"]
    ):  # fmt: skip
        yield Entry(f"name-{number}", named(text), _FINE)
    yield Entry("name-too-long", named("9" * 131_069), _TOO_LARGE)
    yield Entry("name-twice", named("1", 'name="yx_title" localSheetId="2"'), _MALFORMED)
    yield Entry("name-twice-case", named("1", 'name="YX_Title" localSheetId="2"'), _MALFORMED)
    yield Entry("name-of-no-sheet", named("1", 'name="odd" localSheetId="99"'), _MALFORMED)
    yield Entry("name-of-other-sheet", named("1", 'name="yx_title" localSheetId="0"'), _FINE)
    yield Entry("name-of-book", named("要求書1!$I$7", 'name="yx_total_requested"'), _FINE)


def _strings_and_styles() -> Iterator[Entry]:
    yield Entry("strings-none", with_part(STRINGS, f'<sst xmlns="{MAIN}"/>'), _MALFORMED)
    yield Entry("strings-within", with_text(STRINGS, "<si><t>", "<si><t><t>x</t>"), _MALFORMED)
    yield Entry("strings-count", with_text(STRINGS, 'count="', 'count="99999999'), _FINE)
    yield Entry("styles-none", with_part(STYLES, f'<styleSheet xmlns="{MAIN}"/>'), _FINE)
    for number, cols in enumerate(
        ['<col min="3" max="2"/>', '<col min="0" max="2"/>', '<col min="1" max="16385"/>', "<col/>", '<col min="x" max="2"/>']
    ):  # fmt: skip
        yield Entry(f"columns-{number}", with_text(FORM, "</cols>", f"{cols}</cols>"), _MALFORMED)
    narrow = '<col min="100" max="16384" hidden="1"/>'
    yield Entry("columns-hidden", with_text(FORM, "</cols>", f"{narrow}</cols>"), _FINE)
