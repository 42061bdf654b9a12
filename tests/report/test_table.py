"""Tables as text, CSV and JSON: figures aligned, numbers stay numbers, no text becomes a formula, what CP932 lacks is told."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from tests.report.page.hostile import HOSTILE
from yosan_xl.model.table import ColumnKind, Table, TableColumn, Value
from yosan_xl.model.text import shown_text
from yosan_xl.report.table import Loss, csv_text, held, neutral, row_json, table_csv, table_lines

TABLE = Table(
    "例",
    (
        TableColumn("会計", key="/key/0"),
        TableColumn("款", key="/key/1"),
        TableColumn("R2\n件数", ColumnKind.COUNT, "/from/count", "R2件数"),
        TableColumn("R2\n額", ColumnKind.MONEY, "/from/amount", "R2額(千円)", missing=0),
        TableColumn("増減率", ColumnKind.RATE, "/rate_per_mille", "増減率(%)"),
        TableColumn("言葉", ColumnKind.RATE_WORDS, "words"),
    ),
    (("一般", "=総務\n費", 1_200, -1_500, -105, "△10.5%"), ("一般", "民生費", 0, None, 5, "皆減")),
    ("計", None, 1_200, -1_500, None, None),
)


def test_text__figures_end_together_and_what_is_missing_is_said() -> None:
    assert table_lines(TABLE.pick(["/key/1", "/from/count", "/from/amount", "words"]), "-") == [
        "款           R2       R2     言葉",
        "=総務⏎費  1,200  △1,500  △10.5%",
        "民生費        0        -     皆減",
        "          1,200  △1,500        -",
    ]


def test_csv__is_data_without_the_total() -> None:
    assert table_csv(TABLE) == (
        "会計,款,R2件数,R2額(千円),増減率(%),言葉\r\n"
        '一般,"\'=総務\n費",1200,-1500,-10.5,△10.5%\r\n'
        "一般,民生費,0,,0.5,皆減\r\n"
    )


def test_csv__a_heading_is_no_formula_either() -> None:
    assert table_csv(Table("例", (TableColumn("　=1+1"),), ())) == "'　=1+1\r\n"


def test_json__has_each_value_where_its_key_says() -> None:
    first, second = (row_json(TABLE, row) for row in TABLE.rows)
    assert first == {
        "key": ["一般", "=総務\n費"],
        "from": {"count": 1_200, "amount": -1_500},
        "rate_per_mille": -105,
    }
    assert second["from"] == {"count": 0, "amount": 0}
    assert row_json(TABLE, TABLE.total or ())["key"] == ["計"]


def test_pick__an_unknown_column_is_refused() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        TABLE.pick(["nowhere"])


SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]


def _back(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "　", "\ufeff", "\u200b", "\x00", "\t", "\r\n"])
def test_neutral__what_a_spreadsheet_may_run_begins_with_a_quote(sign: str, before: str) -> None:
    text = f"{before}{sign}1+1"
    assert neutral(text) == f"'{shown_text(text)}"


@pytest.mark.parametrize("text", ["\tx", "\rx", "\nx", "\x0bx", "\u2028x"])
def test_csv__no_value_begins_with_a_tab_or_a_return(text: str) -> None:
    assert neutral(text) == f"{' ' if text[0] == chr(9) else chr(10)}x"


def test_csv__no_code_stands_for_a_character() -> None:
    row = ["\x0b１\t会場の設営", "a\u200bb\u00ad\ufeff\u202e", "外字\ue000", "葛\U000e0100"]
    shown = ["\n１ 会場の設営", "ab", "外字\ue000", "葛\U000e0100"]
    assert _back(csv_text(["a", "b", "c", "d"], [row]))[1] == shown


def test_held__what_is_not_shown_is_not_lost() -> None:
    rows, losses = held([["a\u200b\x0bb\ufeff"]], ["事業名"])
    assert (rows, losses) == ([["a\nb"]], [])


@pytest.mark.parametrize("text", ["", "委託料", "・SMS=通知", "1-2", "△5", " 字下げ", "ー", "①"])
def test_neutral__other_texts_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_csv__a_hostile_text_stays_one_value(text: str) -> None:
    rows = _back(csv_text(["前", "文", "後"], [(1, text, 2)]))
    assert [len(row) for row in rows] == [3, 3]
    assert (rows[1][0], rows[1][2]) == ("1", "2")
    assert not set(rows[1][1]) & set("\x00\x08\x1b\r\u202e\u200b\ud800")
    assert rows[1][1].strip()[:1] not in SIGNS


def test_csv__numbers_are_bare_and_nothing_is_empty() -> None:
    rows: list[tuple[Value, ...]] = [(1234567, -500, 0, None, "千円")]
    assert csv_text(["a", "b", "c", "d", "e"], rows) == ("a,b,c,d,e\r\n1234567,-500,0,,千円\r\n")


@pytest.mark.parametrize("text", ['「"」', "一,二", "一\n二", " 前後 ", "一\r\n二"])
def test_csv__what_needs_quotes_comes_back(text: str) -> None:
    assert _back(csv_text(["文"], [(text,)]))[1] == [text.replace("\r\n", "\n")]


def test_held__twins_are_taken_and_what_lacks_is_a_mark_and_told() -> None:
    rows, losses = held([(1, "10〜20−5"), (2, "髙輪の𠮷野家と𠮷田、❤")], ["NO", "事業名"])
    assert rows == [[1, "10～20－5"], [2, "髙輪の〓野家と〓田、〓"]]
    assert losses == [Loss(1, "事業名", "𠮷❤")]


def test_held__what_fits_is_untouched() -> None:
    text = "①㈱ⅳ～髙﨑∥￢ 〓"
    assert held([(text, None, 3)], ["a", "b", "c"]) == ([[text, None, 3]], [])
    assert text.encode("cp932").decode("cp932") == text
