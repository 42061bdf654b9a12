from __future__ import annotations

from pathlib import Path

import pytest

from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import Rounding
from yosan_xl.model.settings import Account, Folders, Settings
from yosan_xl.resources import template_folder
from yosan_xl.store.settings_file import (
    SettingsError,
    carried_settings,
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
rows = [8]
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
        "「municipality」に空の文字があります",
        "「year」の値は年度として読めません",
        "「form」がありません",
        "「sheet」という項目はありません。「sheets」の書きまちがい",
        "「sheets」は 1から 60まで",
        "「categories」に「新規」が 2回",
        "「[lines] rows」は 2つの整数(1から 20まで、1から 10まで)",
        "「deadline」は、[ ] で囲んだ最初の行より上に",
        "「[rounding] expenditure」の「四捨五人」は使えません。切上げ・四捨五入・切捨て のどれか",
        "「[[accounts]] 1番目の kan」は、文字を 1つ以上",
        "「accounts」に「一般会計」が 2回",
        "「[[accounts]] 2番目の kann」という項目はありません。「kan」の書きまちがい",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("municipality = 港区", "1行目あたり"),
        ("a = 1\nb = “港区”", "2行目あたり"),
        ('year = "R2"\nyear = "R3"', "2行目あたり"),
        ("a = [", "閉じていない"),
        ("a = " + "[" * 100_000, "閉じていない"),
    ],
)
def test_yx077__not_toml(text: str, part: str) -> None:
    finding = _only(text)
    assert finding.startswith("yosan.toml YX077 誤り 設定ファイルを読めません(")
    assert part in finding


def test_yx077__not_utf8() -> None:
    with pytest.raises(SettingsError, match="UTF-8 ではありません"):
        parse_settings((TOP + ACCOUNTS).encode("cp932"))


@pytest.mark.parametrize(
    ("folders", "part"),
    [
        ('submitted = "../提出"', "使えない文字(「/」)"),
        ('submitted = ".."', "始まる"),
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
    assert settings == defaults


def test_render_settings__only_the_year_changes() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    rendered = render_settings(text, FiscalYear(2027))
    assert parse_settings(rendered.encode()).year == FiscalYear(2027)
    changed = [
        new for old, new in zip(text.splitlines(), rendered.splitlines(), strict=True) if old != new
    ]
    assert changed == ['year = "令和9年度"']


@pytest.mark.parametrize("text", ["", "year = 1\nyear = 2\n"])
def test_render_settings__needs_one_year_line(text: str) -> None:
    with pytest.raises(ValueError, match="lines that set the year"):
        render_settings(text, FiscalYear(2020))


def test_carried_settings__have_another_year_and_no_deadline() -> None:
    text = 'year = "R2"  # 年度\nform = "minato-r2"\ndeadline = "10月4日"\ncontact = "財政課"\n'
    assert carried_settings(text, FiscalYear(2021)) == (
        'year = "令和3年度"\nform = "minato-r2"\ndeadline = ""\ncontact = "財政課"\n'
    )
    assert 'form = "new"' in carried_settings(text, FiscalYear(2021), "new")


def test_carried_settings__without_a_line_of_the_year_are_refused() -> None:
    with pytest.raises(ValueError, match="0 lines"):
        carried_settings('"year" = "R2"\n', FiscalYear(2021))


def test_archive__is_beside_the_year_unless_it_is_said() -> None:
    template = TEMPLATE.read_text(encoding="utf-8")
    assert parse_settings(template.encode()).archive == "../保存庫"
    said = f'archive = "//server/財政課/保存庫"\n{template}'
    assert parse_settings(said.encode()).archive == "//server/財政課/保存庫"
