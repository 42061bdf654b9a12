from __future__ import annotations

import pytest

from tests.excel.ooxml.normal import normal_book
from tests.excel.ooxml.parts import (
    MAIN,
    OFFICE,
    ONE_SHEET,
    PACKAGE,
    STRICT,
    STRICT_OFFICE,
    Parts,
    content_types,
    parts,
    read,
    refused,
    relationships,
    shared_strings,
    style_sheet,
    texts,
    workbook,
    worksheet,
    zipped,
)
from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import Name, name_area
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.form.area import Area

ROW = '<sheetData><row><c t="s"><v>0</v></c></row></sheetData>'


def test_open_book__strict() -> None:
    strict: Parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(
            {
                "rId1": ("officeDocument", "xl/workbook.xml"),
                "rId2": ("extendedProperties", "app.xml"),
            },
            STRICT_OFFICE,
        ),
        "app.xml": '<Properties xmlns="http://purl.oclc.org/ooxml/officeDocument/extendedProperties">'
        "<Application>Microsoft Excel</Application></Properties>",
        "xl/workbook.xml": workbook(ONE_SHEET, namespace=STRICT, office=STRICT_OFFICE),
        "xl/_rels/workbook.xml.rels": relationships(
            {"rId1": ("worksheet", "sheet.xml"), "rId2": ("sharedStrings", "strings.xml")},
            STRICT_OFFICE,
        ),
        "xl/strings.xml": shared_strings("<t>総務費</t>").replace(MAIN, STRICT),
        "xl/sheet.xml": worksheet(ROW, namespace=STRICT),
    }
    book = read(strict)
    assert texts(book.sheets[0]) == {(0, 0): "総務費"}
    assert book.application == "Microsoft Excel"


def test_open_book__targets_absolute_dotted_and_in_other_case() -> None:
    made = parts(ROW) | {
        "xl/_rels/workbook.xml.rels": relationships(
            {
                "rId1": ("worksheet", "/XL/Worksheets/Sheet1.XML"),
                "rId2": ("sharedStrings", "../xl/./shared%53trings.xml"),
            }
        )
    }
    assert texts(read(made).sheets[0]) == {(0, 0): "総務費"}


@pytest.mark.parametrize("target", ["../../../etc/passwd", "worksheets/none.xml", "", "..\\a.xml"])
def test_open_book__target_that_is_not_there(target: str) -> None:
    rels = relationships({"rId1": ("worksheet", target)})
    refused(parts(ROW) | {"xl/_rels/workbook.xml.rels": rels}, refusals.MALFORMED)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_open_book__part_missing(part: str) -> None:
    made = parts(ROW)
    del made[part]
    assert part in refused(made, refusals.MALFORMED)


def test_open_book__the_same_relationship_twice() -> None:
    rels = relationships({"rId1": ("worksheet", "worksheets/sheet1.xml")})
    twice = rels.replace("</Rel", rels.partition(">")[2].partition("</")[0] + "</Rel")
    refused(parts(ROW) | {"xl/_rels/workbook.xml.rels": twice}, refusals.MALFORMED)


@pytest.mark.parametrize(
    "sheets",
    [
        '<sheet name="a" r:id="rId1"/><sheet name="A" r:id="rId9"/>',
        '<sheet name="a" r:id="rId9"/>',
        '<sheet name="a"/>',
        '<sheet r:id="rId1"/>',
        '<sheet name="a" state="gone" r:id="rId1"/>',
        '<sheet name="a" r:id="rId1"/><sheet name="b" r:id="rId1"/>',
    ],
)
def test_open_book__list_of_sheets_that_cannot_be(sheets: str) -> None:
    refused(parts(ROW, book=workbook(f"<sheets>{sheets}</sheets>")), refusals.MALFORMED)


THREE = workbook(
    '<workbookPr date1904="true"/><sheets><sheet name="図" r:id="rId4"/>'
    '<sheet name="要求書_x005F_x0041_" state="hidden" r:id="rId1"/>'
    '<sheet name="表" state="veryHidden" r:id="rId5"/></sheets><definedNames>'
    '<definedName name="yx_a" localSheetId="1">要求書1!$A$1</definedName>'
    '<definedName name="yx_a" localSheetId="2" hidden="1">表!$A$1:$B$2</definedName>'
    '<definedName name="yx_a">#REF!</definedName></definedNames>'
)


def three_sheets() -> Parts:
    return parts(ROW, book=THREE) | {
        "xl/_rels/workbook.xml.rels": relationships(
            {
                "rId1": ("worksheet", "worksheets/sheet1.xml"),
                "rId2": ("sharedStrings", "sharedStrings.xml"),
                "rId4": ("chartsheet", "chartsheets/sheet1.xml"),
                "rId5": ("worksheet", "worksheets/sheet2.xml"),
                "rId6": ("externalLink", "externalLinks/externalLink1.xml"),
                "rId7": ("vbaProject", "vbaProject.bin"),
            }
        ),
        "xl/worksheets/sheet2.xml": worksheet(""),
    }


def test_open_book__chart_sheets_are_no_worksheets_and_names_know_their_sheet() -> None:
    book = read(three_sheets())
    assert [(sheet.name, sheet.state) for sheet in book.sheets] == [
        ("要求書_x0041_", "hidden"),
        ("表", "veryHidden"),
    ]
    assert tuple(book.names) == (
        Name("yx_a", 1, "要求書_x0041_", "要求書1!$A$1", False),
        Name("yx_a", 2, "表", "表!$A$1:$B$2", True),
        Name("yx_a", None, None, "#REF!", False),
    )
    assert book.date1904
    assert book.external_links
    assert book.macros
    assert book.formats == ()


def test_open_book__reads_only_the_sheets_asked_for() -> None:
    made = three_sheets() | {"xl/worksheets/sheet2.xml": "broken"}
    book = open_book(zipped(made), sheets=lambda name: name != "表")
    assert [sheet.name for sheet in book.sheets] == ["要求書_x0041_"]


@pytest.mark.parametrize(
    "names",
    [
        '<definedName name="yx_a">x</definedName><definedName name="YX_A">x</definedName>',
        '<definedName name="a" localSheetId="1">x</definedName>',
        '<definedName name="a" localSheetId="-1">x</definedName>',
    ],
)
def test_open_book__names_that_cannot_be(names: str) -> None:
    book = workbook(f"{ONE_SHEET}<definedNames>{names}</definedNames>")
    refused(parts(ROW, book=book), refusals.MALFORMED)


@pytest.mark.parametrize(
    "name",
    ["_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase", "_xlnm.PRINT_AREA", "範囲"],
)
@pytest.mark.parametrize("scope", ["", ' localSheetId="0"'])
def test_open_book__a_name_that_the_form_does_not_use_may_stand_twice(
    name: str, scope: str
) -> None:
    one = f'<definedName name="{name}"{scope}>要求書1!$A$1</definedName>'
    twice = f"<definedNames>{one}{one.lower().replace('definedname', 'definedName')}</definedNames>"
    twice = twice.replace("localsheetid", "localSheetId")
    assert tuple(read(parts(ROW, book=workbook(ONE_SHEET + twice))).names) == ()


@pytest.mark.parametrize(
    ("refers_to", "found"),
    [
        ("要求書1!$C$5:$C$9", ("要求書1", Area(4, 2, 8, 2))),
        ("'a b'!$A$1", ("a b", Area(0, 0, 0, 0))),
        ("'it''s (2)'!B2", ("it's (2)", Area(1, 1, 1, 1))),
        ("=Sheet1!$A$1", ("Sheet1", Area(0, 0, 0, 0))),
        ("#REF!", None),
        ("要求書1!#REF!", None),
        ("#REF!$A$1", None),
        ("[1]Sheet1!$A$1", None),
        ("'[1]Sheet 1'!$A$1", None),
        ("Sheet1!$A:$A", None),
        ("Sheet1!$A$1,Sheet1!$B$1", None),
        ("SUM(Sheet1!$A$1)", None),
        ("Sheet1:Sheet3!$A$1", None),
        ("$A$1", None),
        ("1", None),
        ("", None),
    ],
)
def test_name_area__one_plain_area_or_none(refers_to: str, found: tuple[str, Area] | None) -> None:
    assert name_area(Name("yx_a", None, None, refers_to, False)) == found


@pytest.mark.parametrize(
    ("content_type", "kind", "macros"),
    [
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xlsm", True),
        ("application/vnd.ms-excel.template.macroEnabled.main+xml", "xltm", True),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
            "xltx",
            False,
        ),
        ("application/xml", "xlsx", False),
    ],
)
def test_open_book__kinds(content_type: str, kind: str, macros: bool) -> None:
    book = read(parts(ROW) | {"[Content_Types].xml": content_types(content_type)})
    assert (book.kind, book.macros) == (kind, macros)


def test_open_book__unneeded_parts_are_not_unpacked() -> None:
    made = parts(ROW) | {"xl/theme/theme1.xml": "<broken", "xl/media/image1.png": bytes(300_000)}
    data = zipped(made)
    at = data.index(b"xl/media/image1.png") + len("xl/media/image1.png")
    assert texts(open_book(data[:at] + b"\xff" * 9 + data[at + 9 :]).sheets[0]) == {
        (0, 0): "総務費"
    }


def test_open_book__comments() -> None:
    made = parts(ROW) | {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(
            {"rId1": ("comments", "../comments1.xml")}
        ),
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>財政課</author></authors>'
        '<commentList><comment ref="B3"><text><r><t>確認</t></r><r><t>済み</t></r></text></comment>'
        "</commentList></comments>",
    }
    assert read(made).sheets[0].comments == {(2, 1): "確認済み"}


@pytest.mark.parametrize("reference", ["", "B", "XFE1", "A1:B2"])
def test_open_book__comment_at_no_cell(reference: str) -> None:
    notes = relationships({"rId1": ("comments", "../comments1.xml")})
    made = parts(ROW) | {
        "xl/worksheets/_rels/sheet1.xml.rels": notes,
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList><comment ref="{reference}">'
        "<text><t>x</t></text></comment></commentList></comments>",
    }
    assert "コメント" in refused(made, refusals.MALFORMED)


def test_open_book__a_target_outside_the_book_is_never_followed() -> None:
    outside = f'<Relationship Id="x" Type="{OFFICE}/comments" Target="http://example.jp/" TargetMode="External"/>'
    rels = relationships({}).replace("</Rel", f"{outside}</Rel")
    made = parts(ROW) | {"xl/worksheets/_rels/sheet1.xml.rels": rels}
    assert read(made).sheets[0].comments == {}
    main = relationships({"rId1": ("worksheet", "http://example.jp/sheet.xml")})
    external = main.replace("/></Rel", ' TargetMode="External"/></Rel')
    refused(made | {"xl/_rels/workbook.xml.rels": external}, refusals.MALFORMED)


def test_book__a_number_in_a_date_format_is_a_date() -> None:
    cells = '<c s="1"><v>43709</v></c><c><v>43709</v></c><c s="1" t="str"><v>a</v></c>'
    styles = style_sheet('<xf numFmtId="0"/><xf numFmtId="14"/>')
    book = read(parts(f"<sheetData><row>{cells}</row></sheetData>", styles=styles))
    assert [book.is_date(cell) for cell in book.sheets[0].cells.values()] == [True, False, False]
    assert not book.date1904


def test_open_book__save_time_as_it_stands() -> None:
    rels = relationships({"rId1": ("officeDocument", "xl/workbook.xml")}).replace(
        "</Rel",
        f'<Relationship Id="c" Type="{PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Rel',
    )
    core = (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dcterms:modified>2019-10-04T08:00:00Z</dcterms:modified></cp:coreProperties>"
    )
    book = read(parts(ROW) | {"_rels/.rels": rels, "docProps/core.xml": core})
    assert book.modified == "2019-10-04T08:00:00Z"
    assert read(parts(ROW)).modified is None


def test_open_book__what_xlsxwriter_wrote() -> None:
    book = open_book(normal_book())
    first = book.sheets[0]
    assert first.cell(1, 0).text == " 前後に空白 \n改行_x000D_"
    assert first.cell(4, 0).text == "太字と細字"
    assert first.cell(2, 3).formula == "B2:B3*2"
    assert first.comments == {(4, 0): "注記"}
    assert first.protected
    assert book.sheets[1].state == "hidden"
    assert [name_area(name) for name in book.names] == [
        ("要求書 (2)", Area(1, 1, 2, 1)),
        ("要求書1", Area(1, 1, 2, 1)),
    ]
    assert book.application == "Microsoft Excel"
    assert book.sheet("要求書1") is first
    assert book.sheet("なし") is None


def test_open_book__office_namespace_is_not_guessed() -> None:
    book = workbook(ONE_SHEET).replace(OFFICE, "urn:x")
    refused(parts(ROW, book=book), refusals.MALFORMED)
