"""What patterns read is what expat reads; what they cannot read whole is left to expat."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.excel.ooxml.parts import (
    MAIN,
    ONE_SHEET,
    PACKAGE,
    parts,
    read,
    refused,
    relationships,
    workbook,
    worksheet,
)
from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import Name, Sheet
from yosan_xl.excel.ooxml.plain_rows import take_apart
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.ooxml.xml_parts import cut
from yosan_xl.form.area import Area

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PLAIN = (
    '<row r="1" spans="1:3" ht="18" customHeight="1"><c r="A1" s="1"/><c r="B1" s="2" t="s"><v>0</v></c>'
    '<c r="C1"><f>A1*2</f><v>-5.5</v></c></row>\n<row r="3" hidden="1" s="2" customFormat="1">'
    '<c r="B3" t="str"><f aca="false">"a"&amp;B1</f><v>a&lt;款</v></c><c r="C3" t="e"><v>#REF!</v></c>'
    '<c r="D3" t="b"><v>1</v></c><c r="E3" t="inlineStr"><is><t xml:space="preserve"> 款 </t></is></c>'
    '<c r="F3" t="inlineStr"><is><t> 款_x005F_x0041_ </t></is></c><c r="G3" s="1" t="str"><f>""</f><v></v></c>'
    '<c r="H3"><f t="shared" ref="H3:H4" si="0">A3+1</f><v>1</v></c></row><row r="2"/>'
    '<row r="4"><c r="H4"><f t="shared" si="0"/><v>2</v></c><c r="I4"><v/></c><c r="J4" t="n"><v>1E3</v></c></row>'
)


def sheet_of(body: str, *, plain: bool) -> Sheet:
    """Read a sheet by patterns, or with a declaration that only expat takes."""
    text = worksheet(f"<sheetData>{body}</sheetData>")
    data = ((DECLARATION if plain else "") + text).encode()
    assert (cut(data, "sheetData", b"") is not None) is plain
    return read(parts(data)).sheets[0]


def test_plain__gives_what_expat_gives() -> None:
    assert take_apart(PLAIN) is not None
    by_patterns, by_expat = sheet_of(PLAIN, plain=True), sheet_of(PLAIN, plain=False)
    assert by_patterns.cells == by_expat.cells
    assert by_patterns.hidden_rows == by_expat.hidden_rows == {2}
    assert by_patterns.row_styles == by_expat.row_styles == {2: 2}
    assert [by_patterns.cell(0, 0), by_patterns.cell(9, 0)] == [
        by_expat.cell(0, 0),
        by_expat.cell(9, 0),
    ]
    assert by_patterns.cell(0, 0).style == 1
    assert by_patterns.text(2, 5) == "款_x0041_"


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        "<row><c><v>1</v></c></row>",
        '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1<!-- --></v></c></row>',
        '<row r="1"><c r="A1" t="str"><v><![CDATA[a]]></v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&#x3042;</v></c></row>',
        '<row r="1"><c r="A1" cm="1"><v>1</v></c></row>',
        f'<row r="1"><c r="A1" xmlns="{MAIN}"><v>1</v></c></row>',
        '<row r="1"><c r="A1"/></row></sheetData><sheetData>',
        '<row r="1"><c r="A1"/>',
        '<row r="1"><c r="A1"/></row>&amp;',
        '<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>',
        '<row r="01"><c r="A01"/></row>',
        '<!-- --><row r="1"/>',
    ],
)
def test_plain__what_is_written_otherwise_is_left_to_expat(body: str) -> None:
    assert take_apart(body) is None


@pytest.mark.parametrize(
    "part",
    [
        "<worksheet><sheetData>x</sheetData></worksheet>",
        f"{DECLARATION}<worksheet><!-- <sheetData> --><sheetData>x</sheetData></worksheet>",
        f"{DECLARATION}<worksheet><?x <sheetData> ?><sheetData>x</sheetData></worksheet>",
        f"{DECLARATION}<!DOCTYPE x><worksheet><sheetData>x</sheetData></worksheet>",
        f"{DECLARATION}<worksheet><sheetData/></worksheet>",
        f"{DECLARATION}<worksheet><sheetData a='b'>x</sheetData></worksheet>",
        DECLARATION.replace("UTF-8", "Shift_JIS")
        + "<worksheet><sheetData>x</sheetData></worksheet>",
    ],
)
def test_cut__not_where_the_element_may_be_another(part: str) -> None:
    assert cut(part.encode(), "sheetData", b"") is None


def test_cut__not_bytes_that_are_no_utf8() -> None:
    part = DECLARATION.encode() + b"<worksheet><sheetData>\xff</sheetData></worksheet>"
    assert cut(part, "sheetData", b"") is None


def test_plain__rows_that_stand_in_another_element_are_no_cells() -> None:
    inner = f"<extLst><sheetData>{PLAIN}</sheetData></extLst>"
    data = (DECLARATION + worksheet(inner)).encode()
    assert read(parts(data)).sheets[0].cells == {}


def test_plain__rows_of_another_element_beside_empty_rows_are_no_cells() -> None:
    inner = f"<extLst><sheetData>{PLAIN}</sheetData></extLst><sheetData/>"
    data = (DECLARATION + worksheet(inner)).encode()
    assert read(parts(data)).sheets[0].cells == {}


def test_plain__two_cells_with_one_address_are_told() -> None:
    for cells in (
        '<c r="A1"/><c r="A1"/>',
        '<c r="A1"/><c r="A1"><v>1</v></c>',
        '<c r="A1"><v>1</v></c><c r="A1"><v>1</v></c>',
        '<c r="A1"/></row><row r="1"><c r="A1"/>',
    ):
        body = f'<row r="1">{cells}</row>'
        data = (DECLARATION + worksheet(f"<sheetData>{body}</sheetData>")).encode()
        assert "同じ番地" in refused(parts(data), refusals.MALFORMED)


@pytest.mark.parametrize("value", ["", "9", "-1", "1_0", "01", " 0 ", "٠"])
def test_plain__a_string_is_known_by_its_number_alone(value: str) -> None:
    body = f'<row r="1"><c r="A1" t="s"><v>{value}</v></c></row>'
    assert take_apart(body) is not None
    outcomes = []
    for plain in (True, False):
        try:
            outcomes.append(sheet_of(body, plain=plain).text(0, 0))
        except Refused as refusal:
            outcomes.append(refusal.code.code)
    assert outcomes[0] == outcomes[1]


def test_plain__a_row_met_again_holds_its_own_values() -> None:
    row = '<row r="1"><c r="A1" t="str"><f>B1&amp;"x"</f><v>{}</v></c><c r="B1"><v>{}</v></c></row>'
    for one, two in (("ax", "1"), ("&lt;b&gt;", "2"), ("", "-3.5E2")):
        sheet = sheet_of(row.format(one, two), plain=True)
        other = sheet_of(row.format(one, two), plain=False)
        assert sheet.cells == other.cells
        assert sheet.cell(0, 0).formula == 'B1&"x"'


_TAGS = ["<", ">", "/>", "<c", "</c>", "<v>", "</v>", "<f>", "</f>", "<row", "</row>"]
_ATTRIBUTES = [' r="A1"', ' r="B1"', ' r="1"', ' s="1"', ' t="s"', ' t="str"', '"']
_WHOLE = ['<c r="A1" s="1"/>', '<c r="B1"><v>1</v></c>', '<row r="1">', "<is><t>", "</t></is>"]
_CHARS = ["0", "12", "款", "&amp;", "&", " ", "\n"]
_PIECES = st.sampled_from([*_TAGS, *_ATTRIBUTES, *_WHOLE, *_CHARS])


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_plain__whatever_patterns_take_expat_reads_alike(body: str) -> None:
    if take_apart(body) and body.strip():
        try:
            expected = sheet_of(body, plain=False)
        except Exception as refusal:
            with pytest.raises(type(refusal)):
                sheet_of(body, plain=True)
        else:
            found = sheet_of(body, plain=True)
            assert found.cells == expected.cells
            places = [(0, column) for column in range(3)]
            assert [found.cell(*p) for p in places] == [expected.cell(*p) for p in places]


STRINGS = (
    f'<sst xmlns="{MAIN}" count="4" uniqueCount="4"><si><t>款</t></si>'
    '<si><t>東京都</t><rPh sb="0" eb="3"><t>とうきょうと</t></rPh><phoneticPr fontId="1"/></si>'
    '<si><t xml:space="preserve"> a&amp;_x000D_\r\nb </t></si><si><t> c </t></si>{}</sst>'
)


@pytest.mark.parametrize("declaration", [DECLARATION, ""])
@pytest.mark.parametrize("last", ["", "<si><r><t>走</t></r><r><t>る</t></r></si>"])
def test_read_shared_strings__plain_or_not(declaration: str, last: str) -> None:
    cells = "".join(f'<c r="{column}1" t="s"><v>{n}</v></c>' for n, column in enumerate("ABCD"))
    inner = f'<sheetData><row r="1">{cells}</row></sheetData>'
    made = parts(inner, strings=declaration + STRINGS.format(last))
    texts = [cell.text for cell in read(made).sheets[0].cells.values()]
    assert texts == ["款", "東京都", " a&\nb ", "c"]


@pytest.mark.parametrize("declaration", [DECLARATION, ""])
def test_read_workbook__names_plain_or_not(declaration: str) -> None:
    names = (
        '<definedNames><definedName name="yx_a" localSheetId="0">要求書1!$A$1</definedName>'
        '<definedName name="yx_b" hidden="1">\'a &amp; b\'!$B$2</definedName></definedNames>'
    )
    book = read(parts(book=declaration + workbook(ONE_SHEET + names))).names.every
    assert book == (
        Name("yx_a", 0, "要求書1", "要求書1!$A$1", hidden=False),
        Name("yx_b", None, None, "'a & b'!$B$2", hidden=True),
    )


@pytest.mark.parametrize("declaration", [DECLARATION, ""])
def test_read_workbook__a_name_given_twice_is_told(declaration: str) -> None:
    one = '<definedName name="yx_a" localSheetId="0">要求書1!$A$1</definedName>'
    made = parts(book=declaration + workbook(f"{ONE_SHEET}<definedNames>{one * 2}</definedNames>"))
    assert "「yx_a」が2つ" in refused(made, refusals.MALFORMED)


_CORE_HEAD = (
    f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="{}" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
_DCTERMS = "http://purl.org/dc/terms/"
_SAVED = '<dcterms:modified xsi:type="dcterms:W3CDTF">2019-10-04T08:00:00Z</dcterms:modified>'


@pytest.mark.parametrize(
    ("dcterms", "inner", "expected"),
    [
        (
            _DCTERMS,
            f"<dc:title>要求&amp;書</dc:title><dc:creator/>{_SAVED}",
            "2019-10-04T08:00:00Z",
        ),
        (_DCTERMS, "<dcterms:modified/>", None),
        (_DCTERMS, "<dcterms:modified> a&lt;b </dcterms:modified>", "a<b"),
        (_DCTERMS, "<dc:title>要求書</dc:title>", None),
        (_DCTERMS, f"<cp:x><cp:y/></cp:x>{_SAVED}", "2019-10-04T08:00:00Z"),
        (_DCTERMS, f"<cp:x>{_SAVED}</cp:x>", None),
        ("urn:other", _SAVED, None),
        (_DCTERMS, f"<foo:x/>{_SAVED}", refusals.MALFORMED.code),
        (_DCTERMS, "<dcterms:modified>1</dcterms:created>", refusals.MALFORMED.code),
    ],
)
def test_read_modified__plain_or_not(dcterms: str, inner: str, expected: str | None) -> None:
    rels = relationships({"rId1": ("officeDocument", "xl/workbook.xml")}).replace(
        "</Rel",
        f'<Relationship Id="c" Type="{PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Rel',
    )
    core = f"{_CORE_HEAD.format(dcterms)}{inner}</cp:coreProperties>"
    for declaration in (DECLARATION, ""):
        made = parts() | {"_rels/.rels": rels, "docProps/core.xml": declaration + core}
        try:
            found = read(made).modified
        except Refused as refusal:
            found = refusal.code.code
        assert found == expected


_REVISION = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
_UID = ' xr:uid="{0000ABCD-0001-0000-0200-000000000000}"'
_MERGED = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'


@pytest.mark.parametrize(
    ("views", "is_refused"),
    [
        ("", False),
        ("<sheetViews><sheetView/></sheetViews>", False),
        (
            '<sheetViews><sheetView zoomScale="85"><pane ySplit="3"/><selection activeCell="B4"/>'
            "</sheetView></sheetViews>",
            False,
        ),
        ("<sheetViews><sheetView><selection></sheetView></sheetViews>", True),
        ("<sheetViews><sheetView></sheetViews>", True),
        ("<sheetViews><sheetView>&x;</sheetView></sheetViews>", True),
    ],
)
def test_read_worksheet__what_excel_marks_a_book_with_is_passed_over(
    views: str, is_refused: bool
) -> None:
    inner = f"{views}<sheetData>{PLAIN}</sheetData>{_MERGED}"
    for uid in ("", _UID):
        sheet = worksheet(inner).replace(
            "<worksheet ", f'<worksheet xmlns:xr="{_REVISION}"{uid} ', 1
        )
        made = parts((DECLARATION + sheet).encode())
        if is_refused:
            refused(made, refusals.MALFORMED)
        else:
            found = read(made).sheets[0]
            assert found.merges == (Area(0, 0, 0, 1),)
            assert found.cells == sheet_of(PLAIN, plain=False).cells
