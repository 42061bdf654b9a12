"""A table's renderers say the same of one value: text, CSV and JSON."""

from __future__ import annotations

import pytest

from yosan_xl.model.table import Column, ColumnKind, Table
from yosan_xl.report.csv_table import table_csv
from yosan_xl.report.json_text import row_json
from yosan_xl.report.text_table import table_lines

TABLE = Table(
    "例",
    (
        Column("会計", key="/key/0"),
        Column("款", key="/key/1"),
        Column("R2\n件数", ColumnKind.COUNT, "/from/count", "R2件数"),
        Column("R2\n額", ColumnKind.MONEY, "/from/amount", "R2額(千円)", missing=0),
        Column("増減率", ColumnKind.RATE, "/rate_per_mille", "増減率(%)"),
        Column("言葉", ColumnKind.RATE_WORDS, "words"),
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
    assert table_csv(Table("例", (Column("　=1+1"),), ())) == "'　=1+1\r\n"


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
