"""YX120-YX139: every kind of finding of an entry cell, with a cell that has it and one without."""

from __future__ import annotations

import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import (
    FLAT,
    SHEET,
    assert_one,
    cell,
    codes_of,
    documents,
    editor,
    line,
    read,
    recalculate,
)
from yosan_xl.excel.reading import codes
from yosan_xl.form.mapping import get
from yosan_xl.model.finding import Code
from yosan_xl.model.request import Document

AMOUNT = line("requested")


def document_of(book: Editor) -> Document:
    return read(book).requests[0].document


def amount_of(book: Editor) -> object:
    return document_of(book)["lines"][0]["requested"]


def typed(text: str) -> Editor:
    """Give a book with this text as the amount of the first line."""
    book = editor(FLAT)
    book.put_text(SHEET, AMOUNT, text)
    return book


def calculated_without_the_line(book: Editor) -> Editor:
    """Calculate as a sheet does whose SUM passes over what is no number."""
    document = documents(FLAT)[0]
    document["lines"][0]["requested"] = None
    recalculate(book, document)
    return book


@pytest.mark.parametrize(
    ("text", "amount"),
    [("１，２３４", 1234), ("6,000円", 6), ("1234千円", 1234), (" ￥1,000 ", 1), ("+5", 5)],
)
def test_yx120__hits_an_amount_that_is_text(text: str, amount: int) -> None:
    for book in (typed(text), calculated_without_the_line(typed(text))):
        finding = assert_one(book, codes.AMOUNT_AS_TEXT, AMOUNT)
        assert f"{amount:,}千円と読みました" in finding.fact
        assert amount_of(book) == amount


@pytest.mark.parametrize("text", ["▲500", "△500", "(500)", "（５００）", "-500", "−500"])
def test_yx120__hits_a_negative_that_is_text(text: str) -> None:
    request = read(typed(text)).requests[0]
    assert [finding.code for finding in request.findings] == [codes.AMOUNT_AS_TEXT.code]
    assert amount_of(typed(text)) == -500


def test_yx130__hits_an_amount_that_no_sum_counts() -> None:
    book = editor(FLAT)
    limit = cell("/contract_authorization/limit")
    book.put_text(SHEET, limit, "1,234千円")
    (finding,) = read(book).requests[0].findings
    assert (finding.code, finding.place.cell) == (codes.LIMIT_AS_TEXT.code, limit)
    assert read(book).requests[0].document["contract_authorization"]["limit"] == 1_234


def test_yx130__does_not_hit_a_number() -> None:
    book = editor(FLAT)
    book.put_number(SHEET, cell("/contract_authorization/limit"), 1_234)
    assert read(book).requests[0].findings == ()


@pytest.mark.parametrize("numeral", ["1234", "1.234E3", "1234.0", "0"])
def test_yx120__does_not_hit_a_number(numeral: str) -> None:
    book = editor(FLAT)
    document = documents(FLAT)[0]
    document["lines"][0]["requested"] = int(float(numeral))
    book.put_number(SHEET, AMOUNT, numeral)
    recalculate(book, document)
    assert codes_of(book) == []
    assert amount_of(book) == int(float(numeral))


@pytest.mark.parametrize(
    "text", ["約500", "500~600", "1_000", "٣٤", "inf", "1.5", "500\n300", "5 00", "１２,３４", "②"]
)
def test_yx121__hits_what_is_no_amount(text: str) -> None:
    for book in (typed(text), calculated_without_the_line(typed(text))):
        finding = assert_one(book, codes.NOT_AN_AMOUNT, AMOUNT)
        assert f"「{text}」は金額として読めません" in finding.fact
        assert amount_of(book) is None


def test_yx121__breaks_what_is_computed_from_it() -> None:
    broken = read(typed("約500")).requests[0].broken
    assert broken == {"/lines/0/requested", "/total/requested", "/funding/general/amount"}


def test_yx121__does_not_hit_an_amount() -> None:
    assert "YX121" not in codes_of(typed("500"))


def test_yx120__tells_of_another_unit_with_both_figures() -> None:
    fact = assert_one(typed("6,000円"), codes.AMOUNT_AS_TEXT, AMOUNT)
    assert "「6,000円」は文字なので" in fact.fact
    assert "6千円と読みました" in fact.fact
    assert fact.remedy.startswith("円の額か千円の額かを確かめ、")


@pytest.mark.parametrize("text", ["1,234円", "￥999"])
def test_yx122__hits_an_amount_of_another_unit_that_is_no_whole_one(text: str) -> None:
    finding = assert_one(typed(text), codes.FRACTION, AMOUNT)
    assert f"{text} は千円の整数ではありません" in finding.fact
    assert amount_of(typed(text)) is None


@pytest.mark.parametrize("numeral", ["12.5", "0.001", "-1.5"])
def test_yx122__hits_a_fraction(numeral: str) -> None:
    book = editor(FLAT)
    book.put_number(SHEET, AMOUNT, numeral)
    finding = assert_one(book, codes.FRACTION, AMOUNT)
    assert f" {numeral} は" in finding.fact
    assert amount_of(book) is None


def test_yx122__does_not_hit_a_whole_number_with_a_point() -> None:
    book = editor(FLAT)
    book.put_number(SHEET, AMOUNT, f"{documents(FLAT)[0]['lines'][0]['requested']}.00")
    assert codes_of(book) == []


@pytest.mark.parametrize("numeral", ["1e309", "-1e309", "12345678901234567890", "10000000001"])
def test_yx123__hits_more_than_any_budget(numeral: str) -> None:
    book = editor(FLAT)
    book.put_number(SHEET, AMOUNT, numeral)
    finding = assert_one(book, codes.TOO_LARGE, AMOUNT)
    assert "△10,000,000,000千円～10,000,000,000千円" in finding.fact
    assert amount_of(book) is None


def test_yx123__does_not_hit_the_largest_amount() -> None:
    book = editor(FLAT)
    book.put_number(SHEET, AMOUNT, "10000000000")
    assert "YX123" not in codes_of(book)


def spoil(book: Editor, ref: str, how: str) -> None:
    if how == "TRUE":
        book.put_boolean(SHEET, ref)
    elif how == "#REF!":
        book.put_error(SHEET, ref)
    else:
        book.put_date(SHEET, ref, 43922)


NO_VALUES = [
    *((how, place) for how in ("TRUE", "#REF!") for place in (AMOUNT, cell("/title"))),
    *((how, cell("/kan")) for how in ("TRUE", "#REF!", "日付")),
    *(("日付", place) for place in (AMOUNT, cell("/funding/other/amount"))),
]


@pytest.mark.parametrize(("how", "place"), NO_VALUES)
def test_yx124__hits_what_is_no_value(how: str, place: str) -> None:
    book = editor(FLAT)
    spoil(book, place, how)
    finding = assert_one(book, codes.NOT_A_VALUE, place)
    assert how in finding.fact


@pytest.mark.parametrize("place", [AMOUNT, cell("/title")])
def test_yx124__hits_an_error_that_was_pasted_as_a_value(place: str) -> None:
    book = editor(FLAT)
    book.put_text(SHEET, place, "#REF!")
    assert "「#REF!」" in assert_one(book, codes.NOT_A_VALUE, place).fact


def test_yx124__does_not_hit_a_date_written_as_text() -> None:
    book = editor(FLAT)
    book.put_text(SHEET, cell("/schedule"), "2020/4/1")
    assert codes_of(book) == []


@pytest.mark.parametrize("text", ["－", "-", "なし", "な し", "※", "未定"])
def test_yx125__hits_a_sign_for_no_figure(text: str) -> None:
    book = editor(FLAT)
    book.put_text(SHEET, line("earmarked"), text)
    finding = assert_one(book, codes.NO_FIGURE, line("earmarked"))
    assert f"「{text}」は「記入なし」" in finding.fact
    assert document_of(book)["lines"][0]["earmarked"] is None


@pytest.mark.parametrize("text", ["", " ", "　\n"])
def test_yx125__does_not_hit_white_space(text: str) -> None:
    book = editor(FLAT)
    book.put_text(SHEET, line("earmarked"), text)
    assert codes_of(book) == []


@pytest.mark.parametrize("pointer", ["/title", "/plans", "/funding/other/name"])
def test_yx126__hits_a_number_in_a_text(pointer: str) -> None:
    book = editor(FLAT)
    book.put_number(SHEET, cell(pointer), 2020)
    found = [one for one in read(book).requests[0].findings if one.code == "YX126"]
    assert [one.place.cell for one in found] == [cell(pointer)]
    assert get(document_of(book), pointer) == "2020"


def test_yx126__does_not_hit_digits_that_are_text() -> None:
    book = editor(FLAT)
    book.put_text(SHEET, cell("/title"), "2020")
    assert codes_of(book) == []
    assert document_of(book)["title"] == "2020"


@pytest.mark.parametrize("place", [AMOUNT, cell("/title")])
def test_yx127__hits_a_formula_without_result(place: str) -> None:
    book = editor(FLAT)
    book.put_formula(SHEET, place, "積算!F3", None)
    finding = assert_one(book, codes.NO_RESULT, place)
    assert "式「=積算!F3」" in finding.fact


def test_yx127__hits_and_the_sheet_counts_as_touched() -> None:
    book = editor("0602")
    book.put_formula("要求書2", line("requested"), "積算!F3", None)
    assert [request.sheet for request in read(book).requests] == [SHEET, "要求書2"]


def test_yx127__does_not_hit_a_formula_with_its_result() -> None:
    book = editor(FLAT)
    saved = documents(FLAT)[0]["lines"][0]["requested"]
    book.put_formula(SHEET, AMOUNT, "積算!F3", saved)
    book.put_formula(SHEET, line("earmarked"), 'IF(積算!F4="","",積算!F4)', "")
    assert codes_of(book) == []
    assert amount_of(book) == saved


@pytest.mark.parametrize(
    ("pointer", "text", "name"),
    [
        ("/kan", "⺠⽣費", "民生費"),
        ("/kan", "民生費 ", "民生費"),
        ("/kan", "産業 経済費", "産業経済費"),
        ("/category", "レヘ\u3099ルアッフ\u309a事業", "レベルアップ事業"),
        ("/category", "ﾚﾍﾞﾙｱｯﾌﾟ事業", "レベルアップ事業"),
    ],
)
def test_yx128__hits_a_name_that_only_looks_right(pointer: str, text: str, name: str) -> None:
    book = editor(FLAT)
    book.put_text(SHEET, cell(pointer), text)
    finding = assert_one(book, codes.MENDED_NAME, cell(pointer))
    assert f"「{text}」を「{name}」と読みました" in finding.fact
    assert get(document_of(book), pointer) == name


def test_yx128__hits_a_kan_also_where_its_account_was_mended() -> None:
    book = editor(FLAT)
    book.put_text(SHEET, cell("/account"), "⼀般会計")
    book.put_text(SHEET, cell("/kan"), "⺠⽣費")
    assert codes_of(book) == [codes.MENDED_NAME.code] * 2
    document = document_of(book)
    assert (document["account"], document["kan"]) == ("一般会計", "民生費")


def test_yx128__does_not_hit_a_name_of_the_list() -> None:
    book = editor(FLAT)
    book.put_text(SHEET, cell("/kan"), "民生費")
    assert codes_of(book) == []


TERM = [f"/contract_authorization/term_{end}" for end in ("start", "end")]


def with_contract(start: str) -> Editor:
    book = editor(FLAT)
    book.put_text(SHEET, cell(TERM[0]), start)
    book.put_text(SHEET, cell(TERM[1]), "令和4年度")
    book.put_number(SHEET, cell("/contract_authorization/limit"), 30_000)
    return book


@pytest.mark.parametrize("text", ["来年から", "令和年度", "R0", "12020"])
def test_yx129__hits_what_is_no_year(text: str) -> None:
    finding = assert_one(with_contract(text), codes.NOT_A_YEAR, cell(TERM[0]))
    assert f"「{text}」は年度として読めません" in finding.fact


@pytest.mark.parametrize("text", ["令和3年度", "R3", "2021", "令和３年"])
def test_yx129__does_not_hit_a_year(text: str) -> None:
    book = with_contract(text)
    assert codes_of(book) == []
    assert document_of(book)["contract_authorization"]["term_start"] == 2021


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (codes.AMOUNT_AS_TEXT, "１２"),
        (codes.NOT_AN_AMOUNT, "約12"),
        (codes.NO_FIGURE, "なし"),
    ],
)
def test_amount__is_told_wherever_amounts_are_typed(code: Code, text: str) -> None:
    for pointer in ("/funding/national/amount", "/funding/other/amount"):
        book = editor(FLAT)
        book.put_text(SHEET, cell(pointer), text)
        findings = read(book).requests[0].findings
        assert [(f.code, f.place.cell, f.pointer) for f in findings] == [
            (code.code, cell(pointer), pointer)
        ]


def test_formula_like_text__stays_text() -> None:
    book = editor(FLAT)
    book.put_text(SHEET, cell("/title"), '=HYPERLINK("http://example.invalid")')
    assert codes_of(book) == []
    assert document_of(book)["title"] == '=HYPERLINK("http://example.invalid")'


def formatted(code: str, place: str = AMOUNT, value: int | float | None = None) -> Editor:
    """Give a book with a cell in this number format."""
    book = editor(FLAT)
    if value is not None:
        book.put_number(SHEET, place, str(value))
    book.restyle(SHEET, place, code=code)
    return book


def shown(code: str, value: int | float, pointer: str = "/schedule") -> object:
    """Give what is read of a number in this format in a text field."""
    return get(document_of(formatted(code, cell(pointer), value)), pointer)


def amount() -> int:
    """Give the amount of the first line as it is in every book here."""
    return int(documents(FLAT)[0]["lines"][0]["requested"])


@pytest.mark.parametrize("code", ["#,##0,", "0,", "0%", '"要求"', '"1"0', '0"."0'])
def test_yx131__hits_an_amount_that_shows_another_figure(code: str) -> None:
    finding = assert_one(formatted(code), codes.SHOWN_OTHERWISE, AMOUNT)
    assert f"記録された値は {amount():,} です" in finding.fact
    assert amount_of(formatted(code)) == amount()


def test_yx131__hits_a_sign_that_is_dropped_and_a_computed_amount() -> None:
    other = cell("/funding/other/amount")
    assert "YX131" in codes_of(formatted("0;0", other, -5))
    total = cell("/total/requested")
    for code in ("#,##0,", "yyyy/m/d"):
        finding = assert_one(formatted(code, total), codes.SHOWN_OTHERWISE, total)
        assert finding.pointer == "/total/requested"


@pytest.mark.parametrize(
    "code",
    ["#,##0", "0", '#,##0"千円"', "#,##0_);(#,##0)", "#,##0.00", "[Red]#,##0", "_ * #,##0_ "],
)
def test_yx131__does_not_hit_a_format_that_shows_the_amount(code: str) -> None:
    assert codes_of(formatted(code)) == []


WHITE = '<color rgb="FFFFFFFF"/><sz val="9"/>'
NEARLY = '<patternFill patternType="solid"><fgColor rgb="FFFFFBE3"/></patternFill>'


@pytest.mark.parametrize(
    ("code", "font", "fill"),
    [
        (";;;", "", ""),
        ("", WHITE, NEARLY),
        ("", WHITE, '<patternFill patternType="none"/>'),
        (
            "",
            '<color theme="0"/>',
            '<patternFill patternType="solid"><fgColor indexed="9"/></patternFill>',
        ),
        (
            "",
            '<color theme="4"/>',
            '<patternFill patternType="solid"><fgColor theme="4"/></patternFill>',
        ),
        ("", '<sz val="1"/>', ""),
    ],
)
def test_yx132__hits_an_amount_that_nobody_sees(code: str, font: str, fill: str) -> None:
    book = editor(FLAT)
    book.restyle(SHEET, AMOUNT, code=code, font=font, fill=fill)
    finding = assert_one(book, codes.UNSEEN_VALUE, AMOUNT)
    assert f"「{amount():,}」が入っています" in finding.fact
    assert amount_of(book) == amount()


def test_yx132__hits_a_text_and_words_in_it() -> None:
    place = cell("/description")
    book = editor(FLAT)
    book.put_rich(SHEET, place, ("", "見える。"), (WHITE, "見えない。"))
    assert "「見えない。」" in assert_one(book, codes.UNSEEN_VALUE, place).fact
    book = formatted(";;;", place)
    assert_one(book, codes.UNSEEN_VALUE, place)
    assert document_of(book)["description"] == documents(FLAT)[0]["description"]


@pytest.mark.parametrize(
    "font", ['<color rgb="FFC00000"/>', '<color theme="1"/>', '<color auto="1"/>', ""]
)
def test_yx132__does_not_hit_letters_of_another_colour(font: str) -> None:
    book = editor(FLAT)
    book.restyle(SHEET, AMOUNT, font=f'{font}<sz val="9"/>')
    assert codes_of(book) == []


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0%", 0.5, "50%"),
        ('"第"0"期"', 2, "第2期"),
        ("yyyy/m/d", 46113, "2026/4/1"),
        ('[$-411]ggge"年"m"月"d"日"', 46113, "令和8年4月1日"),
        ('m"月"d"日"(aaa)', 46113, "4月1日(水)"),
        ("h:mm", 0.375, "9:00"),
        ("#,##0", 4017, "4,017"),
    ],
)
def test_yx133__hits_a_number_that_shows_a_text(code: str, value: float, text: str) -> None:
    place = cell("/schedule")
    finding = assert_one(formatted(code, place, value), codes.READ_AS_SHOWN, place)
    assert f"は {text} と表示されている" in finding.fact
    assert shown(code, value) == text


def test_yx133__hits_a_text_with_words_of_its_format() -> None:
    place = cell("/schedule")
    book = editor(FLAT)
    book.put_text(SHEET, place, "九月")
    book.restyle(SHEET, place, code='"令和二年"@')
    assert_one(book, codes.READ_AS_SHOWN, place)
    assert document_of(book)["schedule"] == "令和二年九月"


@pytest.mark.parametrize("code", ["General", "@", "0"])
def test_yx133__does_not_hit_a_number_that_shows_itself(code: str) -> None:
    assert codes_of(formatted(code, cell("/schedule"), 2020)) == ["YX126"]
    assert shown(code, 2020) == "2020"


@pytest.mark.parametrize("place", [AMOUNT, cell("/schedule")])
def test_yx134__hits_a_format_that_is_not_known(place: str) -> None:
    book = formatted("[DBNum1]General", place, amount())
    assert "[DBNum1]" in assert_one(book, codes.UNKNOWN_FORMAT, place).fact


def test_yx134__does_not_hit_one_that_is() -> None:
    assert codes_of(formatted("[DBNum3]#,##0")) == []


STRUCK = '<strike/><sz val="9"/>'


def test_yx135__hits_a_line_once() -> None:
    label = line("label")
    book = editor(FLAT)
    for place in (label, AMOUNT, line("earmarked")):
        book.restyle(SHEET, place, font=STRUCK)
    finding = assert_one(book, codes.STRUCK_LINE, label)
    assert documents(FLAT)[0]["lines"][0]["label"] in finding.fact
    assert (finding.pointer or "").startswith("/lines")


def test_yx135__hits_an_amount_alone() -> None:
    book = editor(FLAT)
    book.restyle(SHEET, AMOUNT, font=STRUCK)
    assert_one(book, codes.STRUCK_LINE, AMOUNT)


def test_yx135__does_not_hit_a_strike_that_is_off_or_of_an_empty_cell() -> None:
    book = editor(FLAT)
    book.restyle(SHEET, AMOUNT, font='<strike val="0"/><sz val="9"/>')
    book.restyle(SHEET, line("label", 7), font=STRUCK)
    assert codes_of(book) == []


@pytest.mark.parametrize("place", [cell("/schedule"), line("label")])
def test_yx136__hits_words_that_are_struck_out(place: str) -> None:
    book = editor(FLAT)
    book.put_rich(SHEET, place, (STRUCK, "4,000"), ('<color rgb="FFFF0000"/>', "4,500"))
    assert "「4,000」" in assert_one(book, codes.STRUCK_WORDS, place).fact
    assert book.text(SHEET, place) == "4,0004,500"


def test_yx136__hits_a_whole_text() -> None:
    book = editor(FLAT)
    book.restyle(SHEET, cell("/description"), font=STRUCK)
    assert_one(book, codes.STRUCK_WORDS, cell("/description"))


def test_yx136__does_not_hit_words_in_another_colour() -> None:
    book = editor(FLAT)
    book.put_rich(SHEET, cell("/schedule"), ("", "九月"), ('<color rgb="FFFF0000"/><b/>', "契約"))
    assert codes_of(book) == []
    assert type(document_of(book)["schedule"]) is str


@pytest.mark.parametrize("how", ["superscript", "subscript"])
def test_yx137__hits_letters_that_are_raised(how: str) -> None:
    book = editor(FLAT)
    book.put_rich(
        SHEET, cell("/schedule"), ("", "10"), (f'<vertAlign val="{how}"/>', "3"), ("", "t")
    )
    assert "「3」" in assert_one(book, codes.RAISED, cell("/schedule")).fact
    assert document_of(book)["schedule"] == "103t"


def test_yx137__does_not_hit_letters_on_the_line() -> None:
    book = editor(FLAT)
    book.put_rich(SHEET, cell("/schedule"), ("", "10"), ('<vertAlign val="baseline"/>', "3"))
    assert codes_of(book) == []


RULE = '<cfRule type="expression" dxfId="DXF" priority="90"><formula>TRUE</formula></cfRule>'


@pytest.mark.parametrize(
    ("rule", "look"),
    [
        (RULE, '<numFmt numFmtId="200" formatCode="#,##0,"/>'),
        (RULE, '<font><color rgb="FFFFFFFF"/></font>'),
        (RULE, "<font><strike/></font>"),
        ('<cfRule type="iconSet" priority="90"><iconSet showValue="0"/></cfRule>', ""),
    ],
)
def test_yx138__hits_a_condition_that_changes_what_is_shown(rule: str, look: str) -> None:
    book = editor(FLAT)
    book.put_condition(SHEET, f"{AMOUNT}:{line('requested', 2)}", rule, look)
    assert AMOUNT in assert_one(book, codes.ALTERED, AMOUNT).fact


def test_yx138__does_not_hit_a_condition_that_colours() -> None:
    book = editor(FLAT)
    look = '<font><color rgb="FF9C0006"/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill>'
    book.put_condition(SHEET, AMOUNT, RULE, look)
    book.put_condition(SHEET, "Z99", RULE, '<numFmt numFmtId="200" formatCode=";;;"/>')
    assert codes_of(book) == []


@pytest.mark.parametrize("code", ['"¥"#,##0', "[$￥-411]#,##0", '#,##0"円"'])
def test_yx139__hits_an_amount_shown_in_yen(code: str) -> None:
    assert "この欄の単位は千円です" in assert_one(formatted(code), codes.SHOWN_IN_YEN, AMOUNT).fact


def test_yx139__does_not_hit_an_amount_shown_in_thousands() -> None:
    assert codes_of(formatted('#,##0"千円"')) == []
