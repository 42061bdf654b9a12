from __future__ import annotations

from pathlib import Path

import pytest

from yosan_xl.resources import template_folder
from yosan_xl.store.levels_file import LevelsError, accounts_of, parse_levels, read_levels
from yosan_xl.store.snapshot import Unreadable

STATUTORY = (
    *("議会費", "総務費", "民生費", "衛生費", "労働費", "農林水産業費", "商工費"),
    *("土木費", "消防費", "教育費", "災害復旧費", "公債費", "諸支出金", "予備費"),
)
"""款 of a municipality's 歳出 (地方自治法施行規則 第15条第1項 別記)."""


def _refused(text: str) -> list[str]:
    with pytest.raises(LevelsError) as caught:
        parse_levels(text.encode())
    return [str(finding) for finding in caught.value.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_parse_levels__as_excel_saves_it(encoding: str) -> None:
    text = (
        "会計,款,項,目,備考\r\n一般会計,総務費,徴税費,賦課徴収費,\r\n一般会計,予備費,,,見直す\r\n"
    )
    assert parse_levels(text.encode(encoding)) == (
        ("一般会計", "総務費", "徴税費", "賦課徴収費"),
        ("一般会計", "予備費"),
    )


def test_parse_levels__of_accounts_and_kan_alone() -> None:
    levels = parse_levels("会計,款\n一般会計,総務費\n病院会計,総務費\n一般会計,民生費\n".encode())
    assert [(one.name, one.kan) for one in accounts_of(levels)] == [
        ("一般会計", ("総務費", "民生費")),
        ("病院会計", ("総務費",)),
    ]


def test_read_levels__none_where_there_is_no_table(tmp_path: Path) -> None:
    assert read_levels(tmp_path / "科目.csv") == ()
    (tmp_path / "科目.csv").mkdir()
    with pytest.raises(Unreadable):
        read_levels(tmp_path / "科目.csv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("会計,項\n一般会計,総務費\n", "見出し「款」がありません"),
        ("会計,款,款\n一般会計,総務費,\n", "見出し「款」が 2つ以上あります"),
        ("会計,款\n", "款が 1つもありません"),
        ("", "款が 1つもありません"),
        ("会計,款\n" + "一般会計,総務費\n" * 5_001, "行が 5,000行より多くあります"),
    ],
)
def test_yx609__hits(text: str, said: str) -> None:
    (finding,) = _refused(text)
    assert "YX609" in finding
    assert said in finding


def test_yx609__does_not_hit_another_order_of_columns() -> None:
    assert parse_levels("款,会 計\n総務費,一般会計\n".encode()) == (("一般会計", "総務費"),)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("一般会計,,徴税費,", "2行目: 「款」が空です"),
        (",,,賦課徴収費", "2行目: 「会計」「款」「項」が空です"),
        ("一般会計,総務費,,賦課徴収費", "2行目: 「項」が空です"),
        ("一般会計,,,", "2行目: 「款」が空です"),
        ("一般会計,総務費,,,何か", "2行目: 見出しより列が多くあります"),
        (f"一般会計,{'費' * 101},,", "2行目: 款が 100字を超えている"),
        ('一般会計,"総務\n費",,', "2行目: 款が 100字を超えているか、改行などの制御文字があります"),
        ("一般会計,総務費,,\n一般会計,総務費,,", "3行目: 2行目と同じ科目です"),
    ],
)
def test_yx607__hits(row: str, said: str) -> None:
    (finding,) = _refused(f"会計,款,項,目\n{row}\n")
    assert "YX607" in finding
    assert said in finding


def test_yx607__does_not_hit_the_table_that_comes_with_the_program() -> None:
    levels = read_levels(template_folder("municipal-1") / "科目.csv")
    assert accounts_of(levels)[0].kan == STATUTORY
    assert {len(path) for path in levels} == {4}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("一般会計,総*費", "款「総*費」に、選択肢を探す式の記号になる半角の「*」があります"),
        ("一般会計,総務費,何?,目~", "項「何?」に"),
        ("一般会計,総務費,項,目~", "目「目~」に"),
        ("受託/事業,総務費", "会計「受託/事業」に"),
        ("=一般会計,総務費", "会計「=一般会計」に"),
        ("一般会計,>5", "款「>5」に"),
        ("一般会計,A費\n一般会計,a費", "3行目: 「a費」は、2行目の「A費」と、大文字・小文字"),
        ("一般会計,1款\n一般会計,１款", "「１款」は、2行目の「1款」と"),
        ("一般会計,1\n一般会計,01", "「01」は、2行目の「1」と"),
        ("一般会計,総務費\n一般 会計,民生費", "「一般 会計」は、2行目の「一般会計」と"),
        (f"{'会' * 100},{'款' * 100},{'項' * 55},目", "会計、款、項の名前を合わせると 255字"),
    ],
)
def test_yx607__hits_what_a_drop_down_would_take_otherwise(rows: str, said: str) -> None:
    found = _refused(f"会計,款,項,目\n{rows}\n")
    assert any(said in one for one in found)
    assert all("全角" in one or "そろえて" in one or "短く" in one for one in found)


@pytest.mark.parametrize(
    "rows",
    [
        "一般会計,総＊費\n一般会計,＝費",
        "一般会計,総務費,その他,一般\n一般会計,民生費,その他,一般",
        "一般会計,-,1,01\n一般会計,-,2,01",
        "一般会計,100%費\n一般会計,a=b",
        f"{'会' * 100},{'款' * 100},{'項' * 53},目",
        "\n".join(f"一般会計,{n % 14}款,{n % 200}項,{n}目" for n in range(3_000)),
    ],
)
def test_yx607__does_not_hit_what_can_be_looked_up(rows: str) -> None:
    assert len(parse_levels(f"会計,款,項,目\n{rows}\n".encode())) == len(rows.split("\n"))
