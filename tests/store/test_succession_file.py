"""対応表.csv: every kind of mistake is told with its row and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import SuccessionKind, SuccessionRow
from yosan_xl.store.succession_file import (
    SuccessionError,
    parse_succession,
    read_succession,
)

HEADING = "種類,前,後,年度,備考\n"


def faults(text: str) -> list[tuple[str, str, str]]:
    """Give code, fact and remedy of all that is wrong in a table."""
    with pytest.raises(SuccessionError) as error:
        parse_succession(text.encode())
    return [(one.code, one.fact, one.remedy) for one in error.value.findings]


def test_table__is_read_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "対応表.csv"
    path.write_text(f"# 説明\n{HEADING}所管課,0602,0606,R3,改称\n事業,甲,,,\n", encoding="cp932")
    found = read_succession(path)
    assert found.file == "対応表.csv"
    assert found.links == (
        SuccessionRow(3, SuccessionKind.DEPARTMENT, "0602", "0606", FiscalYear(2021)),
        SuccessionRow(4, SuccessionKind.PROJECT, "甲", ""),
    )


def test_yx670__does_not_hit_a_table_of_the_three_columns_in_any_order() -> None:
    found = parse_succession("後,種類,前\n0606,所管課,0602\n".encode())
    assert [(link.old, link.new) for link in found.links] == [("0602", "0606")]


def test_yx670__does_not_hit_a_table_without_rows() -> None:
    assert parse_succession(HEADING.encode()).links == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "何も書かれていません"),
        ("種類,前\n", "見出し「後」がありません"),
        ("種類,前,後,前\n", "見出し「前」が 2つ以上あります"),
        (f'{HEADING}事業,"甲,乙\n', "閉じていない"),
    ],
)
def test_yx670__hits_what_is_no_table(text: str, told: str) -> None:
    ((code, fact, remedy),) = faults(text)
    assert code == "YX670"
    assert told in fact
    assert remedy.endswith("。")


@pytest.mark.parametrize(
    ("row", "told", "advice"),
    [
        (
            "部,甲,乙",
            "種類「部」は「所管課」「事業」「移動」のどれでもありません",
            "「所管課」か「事業」",
        ),
        ("事業,,乙", "「前」が空です", "行を消して"),
        ("所管課,0602,", "「0602」の「後」が空です", "行が要りません"),
        ("事業,甲,乙,来年", "年度「来年」を年度として読めません", "「R3」"),
        ("事業,甲,乙,R3,備考,余分", "見出しより列が多くあります", "余分な「,」"),
        ("事業,甲,乙\n事業,甲,乙", "2行目と同じ対応です", "どちらかの行を消して"),
        ("事業,甲,乙\n事業,甲,丙", "「甲」の「後」が、2行目では「乙」です", "中心となる事業"),
        (
            "所管課,甲課,乙課\n所管課,甲課,丙課",
            "「甲課」の「後」が、2行目では「乙課」です",
            "分かれたとき",
        ),
    ],
)
def test_yx671__hits_a_row_that_cannot_be_used(row: str, told: str, advice: str) -> None:
    number = len(row.split("\n")) + 1
    ((code, fact, remedy),) = faults(f"{HEADING}{row}\n")
    assert code == "YX671"
    assert fact == f"{number}行目: {told}。"
    assert advice in remedy


def test_yx671__does_not_hit_several_that_become_one() -> None:
    text = f"{HEADING}所管課,甲課,丙課\n所管課,乙課,丙課\n事業,1,3\n事業,2,3\n事業,1,4,R4\n"
    assert len(parse_succession(text.encode()).links) == 5


def test_all_mistakes__are_told_in_one_run() -> None:
    assert len(faults(f"{HEADING}部,甲,乙\n事業,,乙\n所管課,甲,\n")) == 3
