from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.form.samples import form
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import Rounding
from yosan_xl.model.settings import Account, AssessmentStage, Folders, PriorList, Settings
from yosan_xl.resources import schema_file, template_folder
from yosan_xl.store.settings_file import (
    SettingsError,
    carried_settings,
    odd_stages,
    parse_settings,
    read_settings,
    render_settings,
)
from yosan_xl.store.snapshot import Unreadable

TOP = """
municipality = "港区"
year = "R2"
form = "minato-r2"
categories = ["新規事業"]
"""
ACCOUNTS = """
[[accounts]]
name = "一般会計"
kan = ["総務費"]
"""
TEMPLATE = template_folder("minato-r2") / "yosan.toml"


def _parse(text: str) -> Settings:
    return parse_settings(text.encode())


def _findings(text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        _parse(text)
    return [str(finding) for finding in caught.value.findings]


def _only(text: str) -> str:
    (finding,) = _findings(text)
    return finding


def test_parse_settings__least_that_must_be_said() -> None:
    assert _parse(TOP + ACCOUNTS) == Settings(
        municipality="港区",
        year=FiscalYear(2020),
        form="minato-r2",
        accounts=(Account("一般会計", ("総務費",)),),
        categories=("新規事業",),
        levels=(("一般会計", "総務費"),),
    )


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("funding = 1", "「funding」は様式の定義（form.toml）で決まるもの"),
        ("rows = [9, 6]", "「rows」は、[lines] の行より下に書いてください。"),
        ('kan = ["総務費"]', "「kan」は、[[accounts]] の行より下に書いてください。"),
    ],
)
def test_yx078__hits_a_key_of_another_place_and_says_which(line: str, remedy: str) -> None:
    finding = _only(f"{TOP}{line}\n{ACCOUNTS}")
    assert "YX078" in finding
    assert remedy in finding
    assert "書きまちがい" not in finding


def test_parse_settings__everything_said() -> None:
    more = """
sheets = 60
first_no = 55
deadline = "10月4日"
contact = "財政課"
[lines]
rows = [20, 10]
[rounding]
expenditure = "切捨て"
revenue = "切上げ"
[folders]
handed_out = "1 配布"
submitted = "2 提出"
returned = "3 返却"
summary = "4 集計"
kept = "5 保存"
"""
    settings = _parse(TOP + more + ACCOUNTS)
    assert settings.sheets == 60
    assert settings.first_no == 55
    assert (settings.deadline, settings.contact) == ("10月4日", "財政課")
    assert settings.line_rows == (20, 10)
    assert settings.expenditure_rounding is Rounding.DOWN
    assert settings.revenue_rounding is Rounding.UP
    assert settings.folders == Folders("1 配布", "2 提出", "3 返却", "4 集計", "5 保存")


@pytest.mark.parametrize("year", ['"令和2年度"', '"R2"', '"2020"', "2020", '"令和２年度"'])
def test_parse_settings__ways_to_write_a_year(year: str) -> None:
    text = TOP.replace('"R2"', year) + ACCOUNTS
    assert _parse(text).year == FiscalYear(2020)


@pytest.mark.parametrize(
    "year", ['"ことし"', "2", "true", "2020-04-01", '""', "-1", "0x" + "f" * 9999]
)
def test_parse_settings__not_a_year(year: str) -> None:
    finding = _only(TOP.replace('"R2"', year) + ACCOUNTS)
    assert finding.startswith("yosan.toml YX079 誤り 「year」")
    assert finding.endswith('「year = "令和2年度"」のように書いてください。')


def test_parse_settings__byte_order_mark_and_crlf() -> None:
    text = "\ufeff" + (TOP + ACCOUNTS).replace("\n", "\r\n")
    assert _parse(text).municipality == "港区"


def test_parse_settings__all_faults_in_one_run() -> None:
    findings = _findings(
        """
municipality = ""
year = 5
sheet = 3
sheets = 61
categories = ["新規", "新規"]
[lines]
rows = [0]
deadline = "10月4日"
[rounding]
expenditure = "四捨五人"
[[accounts]]
name = "一般会計"
kan = []
[[accounts]]
name = "一般会計"
kan = ["総務費"]
kann = 1
"""
    )
    text = "\n".join(findings)
    assert len(findings) == 12
    for part in (
        "「municipality」が入力されていません",
        "「year」の値は年度として読めません",
        "「form」が入力されていません",
        "「sheet」という項目はありません。「sheets」の書きまちがい",
        "「sheets」の 61 は、入れられる範囲(1～60)の外です",
        "「categories」に「新規」が 2回",
        "「[lines] rows」の 0 は、入れられる範囲(1～60)の外です",
        "「deadline」は、[ ] で囲んだ最初の行より上に",
        "「[rounding] expenditure」の値「四捨五人」は選べる値ではありません。「切上げ」「四捨五入」「切捨て」のどれか",
        "「[[accounts]] 1番目の kan」が入力されていません。「kan = ",
        "「accounts」に「一般会計」が 2回",
        "「[[accounts]] 2番目の kann」という項目はありません。「kan」の書きまちがい",
    ):
        assert part in text


def _with(line: str) -> str:
    """Give settings with a line in place of the one of that key, or in a table (`lines.rows = [8]`)."""
    key = line.partition(" = ")[0]
    table, _, inner = line.rpartition(".") if "." in key else ("", "", line)
    kept = "".join(one + "\n" for one in TOP.splitlines() if not one.startswith(f"{key} = "))
    return f"{kept}[{table}]\n{inner}\n{ACCOUNTS}" if table else f"{kept}{line}\n{ACCOUNTS}"


_LINE = '「municipality = "港区"」のように書いてください。'
_CATEGORIES = (
    '「categories = ["新規事業", "臨時事業", "レベルアップ事業"]」のように書いてください。'
)
_ROWS = "「rows = [8, 6]」のように書いてください。"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('municipality = ""', f"「municipality」が入力されていません。{_LINE}"),
        ('municipality = "　"', f"「municipality」が入力されていません。{_LINE}"),
        ('municipality = "港\\n区"', f"「municipality」に改行や制御文字があります。{_LINE}"),
        ('municipality = "港\\u0000区"', f"「municipality」に改行や制御文字があります。{_LINE}"),
        (
            f'municipality = "{"港" * 101}"',
            "「municipality」は 101字 で、上限の 100字 を 1字 こえて",
        ),
        ("municipality = 5", f"「municipality」は文字で書きます。{_LINE}"),
        ("municipality = true", f"「municipality」は文字で書きます。{_LINE}"),
        ('municipality = ["港区"]', f"「municipality」は文字で書きます。{_LINE}"),
        ("municipality = 2020-04-01", f"「municipality」は文字で書きます。{_LINE}"),
        ("year = 2020-04-01", '「year」は文字か整数で書きます。「year = "令和2年度"」の'),
        ('form = "con"', '「form」は、Windows が別の用に使う名前です。「form = "minato-r2"」の'),
        (
            'contact = "\\u001b[31m"',
            '「contact」に制御文字があります。「contact = "財政課 内線2100"」の',
        ),
        (
            f'contact = "{"港" * 1001}"',
            "「contact」は 1001字 で、上限の 1000字 を 1字 こえています。",
        ),
        (
            "deadline = 2020-04-01",
            '「deadline」は文字で書きます。「deadline = "10月4日(金) 17時"」の',
        ),
        ("archive = 5", '「archive」は文字で書きます。「archive = "../保存庫"」のように'),
        ("sheets = 0", "「sheets」の 0 は、入れられる範囲(1～60)の外です。「sheets = 5」のように"),
        (
            "sheets = -1",
            "「sheets」の -1 は、入れられる範囲(1～60)の外です。「sheets = 5」のように",
        ),
        (
            f"sheets = 0x{'f' * 9999}",
            "「sheets」の 9223372036854775808 は、入れられる範囲(1～60)の外",
        ),
        ("sheets = true", "「sheets」は整数で書きます。「sheets = 5」のように"),
        ("sheets = 5.0", "「sheets」は整数で書きます。「sheets = 5」のように"),
        ('sheets = "5"', "「sheets」は整数で書きます。「sheets = 5」のように"),
        ("first_no = 100000", "「first_no」の 100000 は、入れられる範囲(1～99999)の外です。"),
        ("categories = []", f"「categories」が入力されていません。{_CATEGORIES}"),
        ('categories = ["甲", 1]', f"「categories」は文字で書きます。{_CATEGORIES}"),
        ('categories = [["甲"]]', f"「categories」は文字で書きます。{_CATEGORIES}"),
        ('categories = ["甲", ""]', f"「categories」に空の文字があります。{_CATEGORIES}"),
        ('categories = ["甲\\n乙"]', f"「categories」に改行や制御文字があります。{_CATEGORIES}"),
        ('categories = "甲"', f"「categories」は行の並びで書きます。{_CATEGORIES}"),
        (
            'categories = ["甲", "甲 "]',
            "「categories」に「甲」が 2回あります。1回だけ書いてください。",
        ),
        ("lines = 5", "「lines」は[lines] の表で書きます。「[lines]」のように書いてください。"),
        ("folders = []", "「folders」は[folders] の表で書きます。「[folders]」のように"),
        (
            "lines.rows = [61, 6]",
            f"「[lines] rows」の 61 は、入れられる範囲(1～60)の外です。{_ROWS}",
        ),
        ("lines.rows = [8, 0]", f"「[lines] rows」の 0 は、入れられる範囲(1～60)の外です。{_ROWS}"),
        (
            'prefecture = "千葉"',
            "「prefecture」は「都」「道」「府」「県」のどれかで終わっていません。",
        ),
        ("prefecture = 12", "「prefecture」は文字で書きます。「prefecture = "),
        ('prior.unit = "百万円"', "「千円」「円」のどれかにしてください。"),
        ("prior.columns = 5", "「[prior] columns」は"),
        ('prior.columns = { "事業名" = 5 }', "「[prior] columns」は文字で書きます。"),
        ("lines.rows = [8, true]", f"「[lines] rows」は整数で書きます。{_ROWS}"),
        ('lines.rows = [8, "6"]', f"「[lines] rows」は整数で書きます。{_ROWS}"),
        ("lines.rows = 8", f"「[lines] rows」は行の並びで書きます。{_ROWS}"),
        (
            'rounding.expenditure = "四捨五人"',
            "「切上げ」「四捨五入」「切捨て」のどれかにしてください。",
        ),
        (
            "rounding.revenue = 5",
            '「[rounding] revenue」は文字で書きます。「revenue = "四捨五入"」の',
        ),
        (
            'protection.password_env = "A B"',
            "「[protection] password_env」は環境変数の名前ではありません。",
        ),
        ('folders.kept = ""', '「[folders] kept」が入力されていません。「kept = "記録"」のように'),
        (
            "sheet = 5",
            "「sheet」という項目はありません。「sheets」の書きまちがいではありませんか。",
        ),
        ("Sheeets = 5", "「Sheeets」という項目はありません。「sheets」の書きまちがいでは"),
        ("heets = 5", "「heets」という項目はありません。使える項目は municipality・year・form・"),
        ("5 = 5", "「5」という項目はありません。使える項目は municipality・year・form・sheets・"),
        ("lines.row = [8, 6]", "「[lines] row」という項目はありません。「rows」の書きまちがいでは"),
        ('folders.xyz = "A"', "使える項目は handed_out・submitted・returned・summary・kept です。"),
        ('folders.contact = "A"', "「contact」は、[ ] で囲んだ最初の行より上に書いてください。"),
        ("protection.funding = 1", "「funding」は様式の定義（form.toml）で決まるもの"),
    ],
)
def test_parse_settings__a_mistake_has_one_answer_with_a_line_to_copy(line: str, said: str) -> None:
    assert said in _only(_with(line))


@pytest.mark.parametrize("key", ["municipality", "year", "form"])
def test_parse_settings__what_must_be_there(key: str) -> None:
    text = "".join(f"{line}\n" for line in TOP.splitlines() if not line.startswith(key)) + ACCOUNTS
    assert f"「{key}」が入力されていません。「{key} = " in _only(text)


@pytest.mark.parametrize(
    ("accounts", "said"),
    [
        ("accounts = []", ["「accounts」が入力されていません。「[[accounts]]」のように"]),
        ("accounts = [1]", ["「accounts」は[[accounts]] の表で書きます。"]),
        ("accounts = {}", ["「accounts」は[[accounts]] の表で書きます。"]),
        (
            "accounts = [{}]",
            [
                '「[[accounts]] 1番目の name」が入力されていません。「name = "一般会計"」の',
                '「[[accounts]] 1番目の kan」が入力されていません。「kan = ["総務費", "民生費"]」の',
            ],
        ),
        (f"{ACCOUNTS}sheets = 5", ["「sheets」は、[ ] で囲んだ最初の行より上に書いてください。"]),
    ],
)
def test_parse_settings__accounts(accounts: str, said: list[str]) -> None:
    found = _findings(TOP + accounts)
    assert len(found) == len(said)
    assert all(part in one for part, one in zip(said, found, strict=True))


def test_parse_settings__accounts_and_their_kan_are_those_of_the_table(tmp_path: Path) -> None:
    (tmp_path / "yosan.toml").write_text(TOP, encoding="utf-8")
    assert read_settings(tmp_path / "yosan.toml").levels == ()
    (tmp_path / "科目.csv").write_bytes("会計,款,項\r\n一般会計,総務費,徴税費\r\n".encode("cp932"))
    settings = read_settings(tmp_path / "yosan.toml")
    assert settings.accounts == (Account("一般会計", ("総務費",)),)
    assert settings.levels == (("一般会計", "総務費", "徴税費"),)


def test_parse_settings__without_the_table_levels_are_those_of_the_accounts() -> None:
    assert _parse(TOP + ACCOUNTS).levels[:1] == (("一般会計", "総務費"),)


def test_yx079__hits_accounts_beside_the_table(tmp_path: Path) -> None:
    (tmp_path / "yosan.toml").write_text(TOP + ACCOUNTS, encoding="utf-8")
    (tmp_path / "科目.csv").write_text("会計,款\n一般会計,総務費\n", encoding="utf-8")
    with pytest.raises(
        SettingsError, match=r"YX079 .*「accounts」は、科目.csv があるので使いません"
    ):
        read_settings(tmp_path / "yosan.toml")


def test_read_settings__faults_of_both_files(tmp_path: Path) -> None:
    (tmp_path / "yosan.toml").write_text("sheets = 0", encoding="utf-8")
    (tmp_path / "科目.csv").write_text("会計\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path / "yosan.toml")
    assert {finding.code for finding in caught.value.findings} == {"YX609", "YX079"}


def test_parse_settings__how_a_list_of_last_year_is_read() -> None:
    more = '[prior]\nunit = "円"\ncolumns = { "事業名" = "名称" }\n'
    assert _parse(TOP + more + ACCOUNTS).prior == PriorList("円", "", {"事業名": "名称"})


def test_parse_settings__white_space_around_texts_is_nothing() -> None:
    text = _with('municipality = "　港区 "').replace(
        "[[acc", '[rounding]\nrevenue = " 切上げ"\n[[acc'
    )
    assert (_parse(text).municipality, _parse(text).revenue_rounding) == ("港区", Rounding.UP)


def test_schema__any_validator_takes_the_template() -> None:
    schema = json.loads(schema_file("settings").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    values = tomllib.loads(TEMPLATE.read_text(encoding="utf-8"))
    assert Draft202012Validator(schema).is_valid(values)
    assert not Draft202012Validator(schema).is_valid({**values, "sheets": "5"})


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("municipality = 港区", "1行目あたり"),
        ("a = 1\nb = “港区”", "2行目あたり"),
        ('year = "R2"\nyear = "R3"', "2行目あたり"),
        ("a = [", "閉じていない"),
        ("a = " + "[" * 100_000, "閉じていない"),
        ("a = " + "[\n" * 50_000, "閉じていない"),
        ("a = 1\n" + "a." * 50_000 + "b = 1", "2行目に「.」が 100個より多く"),
        ("a = 1 # " + "." * 101, "1行目に「.」が 100個より多く"),
        ("a" * 131_072, "128KB をこえて"),
        (("a." * 99 + "a = [\n{") * 50 + "}\n]" * 50, "閉じていない"),
    ],
)
def test_yx077__not_toml(text: str, part: str) -> None:
    finding = _only(text)
    assert finding.startswith("yosan.toml YX077 誤り 設定ファイルを読めません(")
    assert part in finding


def test_parse_settings__dots_of_a_comment_are_no_steps() -> None:
    text = "# " + "." * 200 + "\n" + TOP + ACCOUNTS
    assert parse_settings(text.encode()).municipality


def test_yx078__tells_of_so_many_keys_and_no_more() -> None:
    with pytest.raises(SettingsError) as error:
        parse_settings("".join(f"k{n} = 1\n" for n in range(5_000)).encode())
    told = [finding.code for finding in error.value.findings]
    assert told.count("YX078") == 20


def test_yx077__not_utf8() -> None:
    with pytest.raises(SettingsError, match="UTF-8 ではありません"):
        parse_settings((TOP + ACCOUNTS).encode("cp932"))


@pytest.mark.parametrize(
    ("folders", "part"),
    [
        ('submitted = "../提出"', "使えない文字(「/」)"),
        ('submitted = ".."', "終わって"),
        ('submitted = "C:"', "使えない文字(「:」)"),
        ('submitted = "配布"', "「配布」は handed_out と同じ名前"),
        ('kept = "A"\nsummary = "a"', "「A」は summary と同じ名前"),
        ('kept = "Yosan.toml"', "yosan.toml と同じ名前"),
        ("kept = 5", "で書きます"),
    ],
)
def test_yx079__folder_names(folders: str, part: str) -> None:
    finding = _only(f"{TOP}[folders]\n{folders}\n{ACCOUNTS}")
    assert "YX079" in finding
    assert part in finding


def test_yx079__form_is_no_path() -> None:
    assert "「form」に、ファイル名に使えない" in _only(TOP.replace("minato-r2", "../x") + ACCOUNTS)


def test_read_settings__names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "yosan.toml"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"^yosan.toml YX077"):
        read_settings(path)
    with pytest.raises(Unreadable, match="YX070"):
        read_settings(tmp_path / "ない.toml")


def test_template__says_what_minato_has() -> None:
    settings = read_settings(TEMPLATE)
    assert settings.municipality == "港区"
    assert settings.year == FiscalYear(2020)
    assert settings.form == TEMPLATE.parent.name
    assert settings.categories == ("新規事業", "臨時事業", "レベルアップ事業")
    assert [(account.name, len(account.kan)) for account in settings.accounts] == [
        ("一般会計", 11),
        ("国民健康保険事業会計", 6),
        ("後期高齢者医療会計", 5),
        ("介護保険会計", 6),
    ]


def test_template__says_the_defaults() -> None:
    settings = read_settings(TEMPLATE)
    defaults = Settings(
        "港区", settings.year, settings.form, settings.accounts, settings.categories
    )
    rows, folders = (8, 6), Folders(kept="記録")
    assert settings == replace(defaults, levels=settings.levels, line_rows=rows, folders=folders)


def test_render_settings__only_the_year_changes() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    rendered = render_settings(text, {"year": "令和9年度"})
    assert parse_settings(rendered.encode()).year == FiscalYear(2027)
    changed = [
        new for old, new in zip(text.splitlines(), rendered.splitlines(), strict=True) if old != new
    ]
    assert changed == ['year = "令和9年度"']


@pytest.mark.parametrize("text", ["", "year = 1\nyear = 2\n"])
def test_render_settings__needs_one_year_line(text: str) -> None:
    with pytest.raises(ValueError, match="lines set year"):
        render_settings(text, {"year": "令和2年度"})


def test_carried_settings__have_another_year_and_no_deadline() -> None:
    text = 'year = "R2"  # 年度\nform = "minato-r2"\ndeadline = "10月4日"\ncontact = "財政課"\n'
    assert carried_settings(text, {"year": "令和3年度"}) == (
        'year = "令和3年度"\nform = "minato-r2"\ndeadline = ""\ncontact = "財政課"\n'
    )
    again = text.replace("contact", 'resubmission_deadline = "10月18日"\ncontact')
    carried = carried_settings(again, {"year": "令和3年度"})
    assert 'deadline = ""\nresubmission_deadline = ""\ncontact' in carried
    assert 'form = "new"' in carried_settings(text, {"year": "令和3年度", "form": "new"})


def test_carried_settings__without_a_line_of_the_year_are_refused() -> None:
    with pytest.raises(ValueError, match="0 lines"):
        carried_settings('"year" = "R2"\n', {"year": "令和3年度"})


def test_licence__is_none_unless_it_is_said() -> None:
    template = TEMPLATE.read_text(encoding="utf-8")
    assert parse_settings(template.encode()).licence == ""
    said = f'licence = "CC-BY-4.0"\n{template}'
    assert parse_settings(said.encode()).licence == "CC-BY-4.0"


def test_archive__is_beside_the_year_unless_it_is_said() -> None:
    template = TEMPLATE.read_text(encoding="utf-8")
    assert parse_settings(template.encode()).archive == "../保存庫"
    said = f'archive = "//server/財政課/保存庫"\n{template}'
    assert parse_settings(said.encode()).archive == "//server/財政課/保存庫"


STAGES = """
[[stages]]
name = "財政課"
[[stages]]
name = "区長"
column = "内示"
notice = true
[[stages]]
name = "復活"
restoration = true
"""


def test_parse_settings__stages_of_the_assessment_in_their_order() -> None:
    assert _parse(TOP + STAGES + ACCOUNTS).stages == (
        AssessmentStage("財政課"),
        AssessmentStage("区長", column="内示", notice=True),
        AssessmentStage("復活", restoration=True, edition="決定状況"),
    )


def test_parse_settings__without_stages_there_is_the_usual_one() -> None:
    settings = _parse(TOP + ACCOUNTS)
    assert settings.stages == ()
    assert settings.assessment == (AssessmentStage("査定", edition="決定状況"),)


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ('[[stages]]\ncolumn = "内示"', "「[[stages]] 1番目の name」が入力されていません。"),
        ('[[stages]]\nname = "課/部"', "「[[stages]] 1番目の name」に、ファイル名に使えない文字"),
        (
            '[[stages]]\nname = "甲"\n[[stages]]\nname = "甲 "',
            "「stages」に「甲」が 2回あります。1回だけ書いてください。",
        ),
        (
            '[[stages]]\nname = "甲"\nrestoration = true',
            "「[[stages]] 1番目の restoration」より前に、内示をする段階がありません。",
        ),
        (
            '[[stages]]\nname = "甲"\nnotice = true\nrestoration = true',
            "「[[stages]] 1番目の restoration」より前に、内示をする段階がありません。",
        ),
        ('[[stages]]\nname = "甲"\nedition = "予算案"', "「要求状況」「決定状況」のどれか"),
        ('[[stages]]\nname = "甲"\nnotice = "はい"', "「notice = true」のように書いてください。"),
        ('[[stages]]\nname = "甲"\nnotise = true', "「notice」の書きまちがい"),
        (
            '[[stages]]\nname = "甲"\nedition = "決定状況"\n[[stages]]\nname = "乙"\nedition = "決定状況"',
            "「stages」に「決定状況」が 2回あります。",
        ),
        ("stages = 5", "「stages」は[[stages]] の表で書きます。"),
    ],
)
def test_yx079__hits_stages_that_cannot_be(stages: str, said: str) -> None:
    assert said in _only(f"{TOP}{stages}\n{ACCOUNTS}")


def _column_faults(*columns: str) -> list[str]:
    rows = [f'[[stages]]\nname = "{at}"\ncolumn = "{one}"\n' for at, one in enumerate(columns)]
    axes = form("prefecture").axes
    return [str(one) for one in odd_stages(_parse(TOP + "".join(rows) + ACCOUNTS), axes)]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["内緒", ""], "column」の「内緒」は、様式で財政課が記入する段階ではありません。"),
        (["要求", ""], "column」の「要求」は、様式で財政課が記入する段階ではありません。"),
        (["前年度当初", ""], "「内示」「調整要求」のどれかにするか、column の行を消してください"),
        (["内示"], "column」の「内示」は、最後の段階では使えません。column の行を消してください"),
        (["査定", ""], "column」の「査定」は、最後より前の段階では使えません。"),
        (["内示", "notice", ""], "2番目の column」の「notice」は、前の段階で使っています。"),
    ],
)
def test_odd_stages__a_column_is_one_of_the_form_for_one_stage(
    columns: list[str], said: str
) -> None:
    (finding,) = _column_faults(*columns)
    assert said in finding


def test_odd_stages__labels_and_keys_of_the_form_name_its_stages() -> None:
    assert not _column_faults("内示", "adjustment", "査定")
    settings = _parse(TOP + STAGES + ACCOUNTS)
    axes = form("prefecture").axes
    assert [settings.filled(one, axes) for one in settings.stages] == ["", "notice", "decided"]
    assert not [*odd_stages(settings, axes)]


def test_filled__the_column_of_a_restoration_stage_is_of_what_departments_ask() -> None:
    stages = (
        '[[stages]]\nname = "知事"\ncolumn = "内示"\nnotice = true\n'
        '[[stages]]\nname = "調整"\ncolumn = "調整要求"\nrestoration = true\n'
    )
    axes = form("prefecture").axes
    for more, filled in (
        ("", ["notice", "decided"]),
        ('[[stages]]\nname = "査定"\n', ["notice", "", "decided"]),
    ):
        settings = _parse(TOP + stages + more + ACCOUNTS)
        assert [settings.filled(one, axes) for one in settings.stages] == filled
        assert settings.asked_again(axes) == "adjustment"
        assert not [*odd_stages(settings, axes)]


def test_odd_stages__a_restoration_stage_before_the_last_does_not_fill_what_is_decided() -> None:
    stages = (
        '[[stages]]\nname = "知事"\nnotice = true\n'
        '[[stages]]\nname = "調整"\ncolumn = "査定"\nrestoration = true\n'
        '[[stages]]\nname = "査定"\n'
    )
    settings = _parse(TOP + stages + ACCOUNTS)
    (finding,) = odd_stages(settings, form("prefecture").axes)
    assert "最後より前の段階では使えません" in str(finding)


@pytest.mark.parametrize("name", ["minato-r2", "municipal-1"])
def test_parse_settings__the_example_of_stages_in_a_template_holds(name: str) -> None:
    text = (template_folder(name) / "yosan.toml").read_text(encoding="utf-8")
    example = text[text.index("# [[stages]]") :].split("\n\n")[0].replace("# ", "")
    stages = _parse(TOP + example + ACCOUNTS).stages
    assert [one.notice for one in stages] == [False, True, False]
    assert stages[-1] == AssessmentStage("復活", restoration=True, edition="決定状況")
