"""Last year's amounts in the blank books of this year, from wherever they are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.lazy_book import lazy_book
from tests.usecases.archive.samples import put
from tests.usecases.city import city_year
from yosan_xl.model.axes import LAST_YEAR, TOTAL
from yosan_xl.model.request import Request
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import Generated, generate
from yosan_xl.usecases.prior import PriorProject, amounts_in
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.year import find_definition

HEAD = "事業コード,事業名,所管課,会計,款,前年度当初（千円）,国庫支出金,県支出金,地方債,その他\n"
PRIOR = "yx_amounts_prior_"
TOTAL_OF, REST = f"{PRIOR}total", f"{PRIOR}general"


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return city_year(tmp_path / "R9")


def shown(made: Generated, unit: str, *names: str, sheet: str = "要求書1") -> list[Any]:
    """Give what the cells of these names hold in a unit's book."""
    (path,) = (book for book in made.books if book.name.startswith(unit))
    own = lazy_book(path)[sheet]
    return [_cell(own, name).value for name in names]


def _cell(sheet: Any, name: str) -> Any:
    place = sheet.defined_names[name].attr_text.rpartition("!")[2]
    return sheet[place.replace("$", "").partition(":")[0]]


def from_list(year: Path, text: str, encoding: str = "utf-8") -> Generated:
    (year / "一覧.csv").write_bytes(text.encode(encoding))
    return generate(year, prior=str(year / "一覧.csv"), force=True)


def told(made: Generated) -> list[str]:
    return [f"{finding.code} {finding.fact}{finding.remedy}" for finding in made.findings]


def refused(year: Path, text: str) -> str:
    with pytest.raises(WrongInput) as stop:
        from_list(year, text)
    (finding,) = stop.value.findings
    assert finding.code == "YX660"
    assert not list((year / "配布").iterdir())
    return f"{finding.fact}{finding.remedy}"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_list__amounts_and_words_stand_in_the_sheets(year: Path, encoding: str) -> None:
    text = f'{HEAD}000101,庁舎管理,総務課,一般会計,総務費,"12,345",,,,▲5\n'
    made = from_list(year, text, encoding)
    assert (made.carried, made.amounts, made.findings) == (1, 1, ())
    names = ("yx_title", "yx_code", "yx_kan", TOTAL_OF, f"{PRIOR}other", f"{PRIOR}national", REST)
    assert shown(made, "0101", *names) == [
        *("庁舎管理", "000101", "総務費"),
        *(12_345, -5, None, 12_350),
    ]
    assert shown(made, "0102", "yx_title", TOTAL_OF) == [None, None]


def test_list__as_a_book_of_excel(year: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["令和8年度 当初予算", None, "単位：円"], ["課", "事業名", "前年度当初"]):
        sheet.append(row)
    sheet.append(["税務課", "賦課", 5_000_000])
    sheet.append([None, "合計", 5_000_000])
    book.save(tmp_path / "一覧.xlsx")
    made = generate(year, prior=str(tmp_path / "一覧.xlsx"))
    assert shown(made, "0102", "yx_title", TOTAL_OF, REST) == ["賦課", 5_000, None]
    assert made.findings == ()


def test_list__amounts_are_locked_and_a_change_is_told(year: Path) -> None:
    made = from_list(year, f"{HEAD},庁舎管理,総務課,,,100,,,,\n")
    (path,) = (book for book in made.books if book.name.startswith("0101"))
    assert read([path]).untouched == 5
    book = openpyxl.load_workbook(path)
    sheet = book["要求書1"]
    amount, effect = (_cell(sheet, name) for name in (TOTAL_OF, "yx_effect"))
    assert (amount.value, amount.protection.locked) == (100, True)
    amount.value, effect.value = 999, "よくなる"
    book.save(year / "提出" / path.name)
    back = read([year / "提出"])
    assert "YX046" in [finding.code for finding in back.findings]
    assert back.result["requests"][0]["amounts"]["prior"]["total"] == 100


def test_list__is_kept_for_next_time(year: Path) -> None:
    first = from_list(year, f"{HEAD},庁舎管理,総務課,,,100,,,,\n")
    before = {path.name: path.read_bytes() for path in first.books}
    again = generate(year)
    assert (again.carried, again.source) == (1, year / "記録" / "前年度.json")
    assert {path.name: path.read_bytes() for path in again.books} == before


def test_list__a_second_time_takes_the_place_of_the_first(year: Path) -> None:
    from_list(year, f"{HEAD},庁舎管理,総務課,,,100,,,,\n,廃止,総務課,,,1,,,,\n")
    made = from_list(year, f"{HEAD},庁舎管理,総務課,,,200,,,,\n")
    assert (made.carried, made.findings) == (1, ())
    assert shown(made, "0101", TOTAL_OF) == [200]


def test_list__headings_are_what_the_settings_say(year: Path) -> None:
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    columns = 'columns = { "事業名" = "名称", "前年度当初" = "R8 計", "国庫支出金" = "国" }'
    columns = columns.replace('"国庫支出金"', '"前年度当初 国庫支出金"')
    own = text.replace('unit = ""\ncolumns = {}', f'unit = "千円"\n{columns}')
    assert own != text
    settings.write_text(own, encoding="utf-8")
    made = from_list(year, "名称,所管課,R8 計,国\n賦課,税務課,70,30\n")
    assert shown(made, "0102", "yx_title", TOTAL_OF, f"{PRIOR}national") == ["賦課", 70, 30]


def test_list__a_renamed_unit_is_found_by_the_map(year: Path) -> None:
    (year / "対応表.csv").write_text("種類,前,後\n所管課,市民税課,0102\n", encoding="utf-8")
    made = from_list(year, f"{HEAD},賦課,市民税課,,,70,,,,\n")
    assert shown(made, "0102", "yx_title", TOTAL_OF) == ["賦課", 70]
    assert made.findings == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "見出しの行が見つかりません"),
        ("品名,数量\nりんご,3\n", "見出しの行が見つかりません"),
        ("事業名,前年度当初(千円)\n賦課,70\n", "「所管課コード」か「所管課」の見出しがありません"),
        ("所管課,前年度当初(千円)\n税務課,70\n", "「事業名」の見出しがありません"),
        (
            "所管課,事業名,備考(千円)\n税務課,賦課,70\n",
            "額の見出し（「前年度当初」「前年度当初 国庫支出金」",
        ),
        ("所管課,事業名,前年度当初\n税務課,賦課,70\n", "額の単位が書かれていません"),
        (
            "所管課,事業名,前年度当初(千円),国庫支出金(円)\n税務課,賦課,7,1\n",
            "額の単位が「円」「千円」と",
        ),
        (
            "所管課,事業名,前年度当初(千円),前年度 当初\n税務課,賦課,7,1\n",
            "「前年度当初」にあたる見出しが 2つあります",
        ),
        ('所管課,事業名,前年度当初(千円)\n税務課,"賦課,70\n', "閉じていない"),
    ],
)
def test_yx660__hits(year: Path, text: str, said: str) -> None:
    assert said in refused(year, text)


def test_yx660__hits_says_all_that_is_missing_at_once_with_the_words_of_the_form(
    year: Path,
) -> None:
    said = refused(year, "所属,事業名称,R8当初\n税務課,賦課,70\n")
    for one in ("額の見出し（", "額の単位が書かれていません"):
        assert one in said
    assert (
        "一覧の見出しは「所属」「事業名称」「R8当初」です。そのうち「所属」を「所管課」、「事業名称」を「事業名」として読みます。"
        in said
    )
    assert 'columns = { "前年度当初" = "一覧の見出し" }' in said
    assert "様式の言葉は「所管課コード」「部」「所管課」" in said
    assert "「事業名」" in said.partition("様式の言葉は")[2]
    assert 'unit = "千円" か unit = "円"' in said


def test_yx660__hits_a_word_that_the_form_has_not(year: Path) -> None:
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("columns = {}", 'columns = { "事業めい" = "名称" }'), "utf-8")
    assert "「事業めい」は様式の言葉ではありません" in refused(
        year, f"{HEAD},賦課,税務課,,,70,,,,\n"
    )


def test_yx660__does_not_hit_headings_in_the_form_s_words(year: Path) -> None:
    assert told(from_list(year, f"{HEAD},賦課,税務課,,,70,,,,\n")) == []


def test_prior__a_book_that_is_none_is_refused_as_any(year: Path, tmp_path: Path) -> None:
    path = tmp_path / "一覧.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 40)
    with pytest.raises(WrongInput) as stop:
        generate(year, prior=str(path))
    assert stop.value.findings[0].code.startswith("YX0")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",賦課,納税課,,,70,,,,", "2行目: 「賦課」の所管課「納税課」は 組織.csv にありません"),
        (",,税務課,,,70,,,,", "2行目: 事業名がありません"),
        (",賦課,税務課,,,約70,,,,", "2行目: 「約70」は額として読めません"),
        (",賦課,税務課,,,70.5,,,,", "2行目: 「70.5」は額として読めません"),
    ],
)
def test_yx661__hits(year: Path, row: str, said: str) -> None:
    (one,) = told(from_list(year, f"{HEAD}{row}\n"))
    assert one.startswith(f"YX661 {said}")


def test_yx661__hits_an_amount_of_less_than_a_thousand_yen(year: Path) -> None:
    made = from_list(year, "事業名,課,前年度当初(円)\n賦課,税務課,70500\n徴収,税務課,70000\n")
    assert "70,500円は千円で割り切れません" in told(made)[0]
    assert shown(made, "0102", "yx_title", TOTAL_OF) == ["賦課", None]
    assert shown(made, "0102", TOTAL_OF, sheet="要求書2") == [70]


def test_yx661__hits_sources_that_are_not_the_total(year: Path) -> None:
    head = HEAD.replace("その他", "その他,一般財源")
    (one,) = told(from_list(year, f"{head},賦課,税務課,,,70,10,,,,50\n"))
    assert "財源の計 60千円が合計 70千円とちがいます" in one


def test_yx661__does_not_hit_a_row_of_sums_nor_a_unit_by_its_code(year: Path) -> None:
    text = f"{HEAD},賦課,0102,,,70,10,,,\n,合計,,,,70,10,,,\n計,,,,,70,10,,,\n"
    assert told(from_list(year, text)) == []


def test_yx662__hits_what_stands_on_one_side_alone(year: Path, tmp_path: Path) -> None:
    documents = [_document("0102", "税の賦課"), _document("0201", "見守り")]
    json_file = tmp_path / "R8.json"
    json_file.write_text(json.dumps(documents), encoding="utf-8")
    (year / "一覧.csv").write_text(f"{HEAD},税の賦課事業,税務課,,,70,,,,\n", encoding="utf-8")
    made = generate(year, last_year=json_file, prior=str(year / "一覧.csv"))
    said = told(made)
    assert [one[:5] for one in said] == ["YX662"] * 3
    assert "「税の賦課事業」（総務部 税務課）は、一覧だけにあります" in said[0]
    assert "引き継いだ「税の賦課」と同じ事業なら" in said[0]
    assert shown(made, "0102", "yx_title", TOTAL_OF) == ["税の賦課", None]
    assert shown(made, "0102", "yx_title", TOTAL_OF, sheet="要求書2") == ["税の賦課事業", 70]


def test_yx662__does_not_hit_the_same_code_or_title(year: Path, tmp_path: Path) -> None:
    documents = [_document("0102", "税の賦課", code="000007"), _document("0201", "見守り")]
    json_file = tmp_path / "R8.json"
    json_file.write_text(json.dumps(documents), encoding="utf-8")
    rows = "000007,賦課（改称）,税務課,,,70,,,,\n,見守り,福祉課,,,30,,,,\n"
    (year / "一覧.csv").write_text(f"{HEAD}{rows}", encoding="utf-8")
    made = generate(year, last_year=json_file, prior=str(year / "一覧.csv"))
    assert told(made) == []
    assert shown(made, "0102", "yx_title", TOTAL_OF) == ["税の賦課", 70]
    assert shown(made, "0201", TOTAL_OF) == [30]


def test_requests_of_the_same_form__what_was_decided_else_asked(year: Path, tmp_path: Path) -> None:
    documents = [
        _document("0102", "賦課", request={"total": 90}, decision={"total": 80, "national": 20}),
        _document("0102", "徴収", request={"total": 60, "bond": 10}),
    ]
    json_file = tmp_path / "R8.json"
    json_file.write_text(json.dumps(documents), encoding="utf-8")
    made = generate(year, last_year=json_file)
    assert (made.carried, made.amounts, made.findings) == (2, 2, ())
    names = (TOTAL_OF, f"{PRIOR}national", f"{PRIOR}bond")
    assert shown(made, "0102", *names) == [80, 20, None]
    assert shown(made, "0102", *names, sheet="要求書2") == [60, None, 10]


def test_prior__a_year_folder_an_archive_and_a_summary_say_the_same(tmp_path: Path) -> None:
    before = city_year(tmp_path / "R8", "令和8年度")
    (before / "提出" / "要求.json").write_text(json.dumps([_whole()]), encoding="utf-8")
    summary = consolidate([before], before).summary
    put(before, anyway=True)
    sources = (str(before), f"{tmp_path / '保存庫'}:R8", str(summary))
    for at, source in enumerate(sources):
        year = city_year(tmp_path / f"R9-{at}")
        made = generate(year, prior=source)
        assert (made.carried, made.amounts) == (1, 1), source
        names = ("yx_title", TOTAL_OF, f"{PRIOR}national", REST)
        assert shown(made, "0102", *names) == ["賦課", 80, 20, 60], source


def test_prior__a_year_that_is_not_earlier_is_refused(year: Path, tmp_path: Path) -> None:
    path = tmp_path / "R9.json"
    path.write_text(json.dumps([{**_whole(), "fiscal_year": 2027}]), encoding="utf-8")
    with pytest.raises(WrongInput, match="YX677"):
        generate(year, prior=str(path))


def test_yx663__hits_a_source_that_the_form_has_not(year: Path, tmp_path: Path) -> None:
    made = generate(year, last_year=_minato(tmp_path, metropolitan=30, national=20))
    (one,) = told(made)
    assert one.startswith(
        "YX663 前年度の「都支出金」の額が、この様式に入りません（事業 1 件: 賦課）"
    )
    assert shown(made, "0102", TOTAL_OF, f"{PRIOR}national", REST) == [80, None, None]


def test_yx663__does_not_hit_sources_of_the_same_names(year: Path, tmp_path: Path) -> None:
    made = generate(year, last_year=_minato(tmp_path, national=20, general=60))
    assert told(made) == []
    assert shown(made, "0102", TOTAL_OF, f"{PRIOR}national", REST) == [80, 20, 60]


@pytest.mark.parametrize(
    ("unit", "wanted", "amount", "found", "lost"),
    [
        ("千円", "円", 80, 80_000, ()),
        ("円", "千円", 80_000, 80, ()),
        ("円", "千円", 80_500, None, ("額（円）",)),
        ("円", "円", 80_500, 80_500, ()),
    ],
)
def test_amounts_in__are_of_the_form_s_unit(
    unit: str, wanted: str, amount: int, found: int | None, lost: tuple[str, ...]
) -> None:
    axes = find_definition("municipal-1").axes
    before, now = (replace(axes, unit=one) for one in (unit, wanted))
    document = _document("0102", "賦課", decision={"total": amount})
    amounts = amounts_in(PriorProject(Request.from_document(document, before)), now)
    assert amounts.amounts.get((LAST_YEAR, TOTAL)) == found
    assert amounts.lost == lost


def test_amounts_in__a_form_without_such_a_stage_has_none() -> None:
    usual = find_definition("minato-r2").axes
    request = Request.from_document({"total": {"requested": 5}}, usual)
    assert PriorProject(request).figure == 5
    assert amounts_in(PriorProject(request), usual).amounts == {}


def _document(
    unit: str, title: str, code: str | None = None, **amounts: dict[str, int]
) -> dict[str, Any]:
    department = {"code": unit, "bureau": None, "section": None}
    own = {"fiscal_year": 2026, "department": department, "title": title, "code": code}
    return {"form": "municipal-1", "id": f"{unit}-1", **own, "amounts": amounts}


def _whole() -> dict[str, Any]:
    """Give a request of last year whose amounts are all there and come to what they should."""
    nothing = dict.fromkeys(("national", "prefecture", "bond", "other"))
    asked = {"total": 80, **nothing, "national": 20, "general": 60}
    prior = {"total": None, **nothing, "general": None}
    change = {"total": 80, **nothing, "national": 20, "general": 60}
    line = {"setsu": None, "item": "委託", "formula": None, "amount": 80, "assessed": 80}
    return {
        **_document("0102", "賦課"),
        "department": {"code": "0102", "bureau": "総務部", "section": "税務課"},
        "amounts": {"prior": prior, "request": asked, "change": change, "decision": asked},
        "source_names": nothing,
        "lists": {"lines": [line]},
    }


def _minato(folder: Path, **sources: int) -> Path:
    funding = {key: {"amount": None, "budgeted": amount} for key, amount in sources.items()}
    document = {
        "id": "0102-1",
        "fiscal_year": 2026,
        "department": {"code": "0102"},
        "title": "賦課",
        "total": {"requested": 90, "budgeted": 80},
        "funding": funding,
    }
    path = folder / "R8.json"
    path.write_text(json.dumps([document]), encoding="utf-8")
    return path


@pytest.mark.parametrize("unit", ["百万円", "万円", "億円"])
def test_yx660__hits_a_unit_that_no_form_has(year: Path, unit: str) -> None:
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('unit = ""', 'unit = "千円"'), encoding="utf-8")
    assert f"「{unit}」" in refused(
        year, f"前年度一覧,,単位：{unit}\n事業名,課,前年度当初\n賦課,税務課,70\n"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",賦課,税務課,,,１億円,,,,", "2行目: 「１億円」の単位が"),
        (",賦課,税務課,,,70円,,,,", "2行目: 「70円」の単位が、一覧の単位（千円）とちがいます"),
        (",賦課,税務課,,,￥70,,,,", "2行目: 「￥70」の単位が、一覧の単位（千円）とちがいます"),
        (",賦課,税務課,,,70百万円,,,,", "2行目: 「70百万円」の単位が"),
        (",税務課計,税務課,,,70,,,,", "2行目: 「税務課計」は計の行のようなので、読みませんでした"),
        (",総務部 計,税務課,,,70,,,,", "2行目: 「総務部 計」は計の行のよう"),
        (",（総務費）小計,税務課,,,70,,,,", "2行目: 「（総務費）小計」は計の行のよう"),
        (
            ",賦課,税務課,,,70,,,,\n,賦　課,税務課,,,5,,,,",
            "3行目: 「賦　課」は 2行目にもあります",
        ),
    ],
)
def test_yx661__hits_what_is_not_clear(year: Path, row: str, said: str) -> None:
    (one,) = told(from_list(year, f"{HEAD}{row}\n"))
    assert one.startswith(f"YX661 {said}")


@pytest.mark.parametrize("title", ["家計調査と統計", "特別会計", "基本設計", "計画の策定"])
def test_yx661__does_not_hit_a_project_whose_name_ends_so(year: Path, title: str) -> None:
    made = from_list(year, f"{HEAD},{title},税務課,,,70千円,,,,\n")
    assert told(made) == []
    assert shown(made, "0102", "yx_title", TOTAL_OF) == [title, 70]


def _book(path: Path, *, sheets: int = 1, column: int = 3) -> str:
    book = openpyxl.Workbook()
    for number in range(sheets):
        sheet = book.create_sheet(f"表{number}")
        sheet.append(["課", "事業名", "前年度当初（千円）"])
        sheet.cell(2, column).value = "x"
    book.save(path)
    return str(path)


def test_yx660__hits_a_book_of_several_sheets(year: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="シートが 2枚あり、どれを読むか決まりません"):
        generate(year, prior=_book(tmp_path / "一覧.xlsx", sheets=2))


def test_yx660__hits_a_book_that_is_16384_columns_wide(year: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="列が 1,000列より多くあります"):
        generate(year, prior=_book(tmp_path / "一覧.xlsx", column=16_384))


def test_yx660__hits_a_list_of_200_000_rows(year: Path) -> None:
    rows = "".join(f",事業{n},税務課,,,{n},,,,\n" for n in range(200_000))
    assert "20,000行より多くあります" in refused(year, HEAD + rows)


def test_yx661__hits_columns_of_figures_that_the_form_has_no_word_for(year: Path) -> None:
    head = HEAD.replace("その他", "その他,都支出金,備考")
    (one,) = told(from_list(year, f'{head},賦課,税務課,,,70,,,,,"1,200",済\n'))
    assert "1行目: 「都支出金」は様式の言葉ではないので、その列は読みません" in one


def test_yx660__hits_a_list_without_a_project(year: Path) -> None:
    assert "見出しの下に事業の行がありません" in refused(year, HEAD)


def test_yx661__hits_a_formula_that_was_never_calculated(year: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["課", "事業名", "前年度当初（千円）"], ["税務課", "賦課", "=1+1"]):
        sheet.append(row)
    book.save(tmp_path / "一覧.xlsx")
    (one,) = told(generate(year, prior=str(tmp_path / "一覧.xlsx")))
    assert "2行目: 「=1+1」は額として読めません" in one
