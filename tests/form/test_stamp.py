from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.form.stamp import PREFECTURES, Stamp

names = st.from_regex(r"yx_[a-z0-9_]{1,20}", fullmatch=True)
texts = st.text(min_size=1, max_size=20)
stamps = st.builds(
    Stamp,
    form=st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True),
    version=st.integers(0, 999),
    sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    fiscal_year=st.integers(1926, 2999),
    department=texts,
    line_rows=st.lists(st.integers(1, 20), max_size=3).map(tuple),
    issued=st.dictionaries(texts, st.dictionaries(names, texts, max_size=3), max_size=3),
    panel=st.none() | st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    prefecture=st.none() | st.sampled_from(PREFECTURES),
)
GOOD = Stamp(
    "minato-r2",
    1,
    "ab" * 32,
    2020,
    "0206",
    (8, 6),
    {"0206-1": {"yx_no": "59"}, "0206-2": {}},
    "cd" * 32,
)


@given(stamps)
def test_round_trip__of_any_stamp(stamp: Stamp) -> None:
    assert Stamp.from_rows(stamp.rows()) == stamp


def test_stamp__of_before_panels_had_versions_has_none() -> None:
    rows = [row for row in GOOD.rows() if row[0] != "panel"]
    assert Stamp.from_rows(rows) == replace(GOOD, panel=None)
    assert replace(GOOD, panel=None).rows() == rows


def test_stamp__of_a_form_without_a_prefecture_says_nothing_of_it() -> None:
    assert not [key for key, _ in GOOD.rows() if key == "prefecture"]
    assert ("prefecture", "府") in replace(GOOD, prefecture="府").rows()


def test_stamp__with_another_word_than_the_four_is_refused() -> None:
    with pytest.raises(ValueError, match="州"):
        Stamp.from_rows([*GOOD.rows(), ("prefecture", "州")])


def test_stamp__of_a_form_without_lists_has_no_rows() -> None:
    without = replace(GOOD, line_rows=())
    assert ("line_rows", "") in without.rows()
    assert Stamp.from_rows(without.rows()) == without


def test_rows__are_pairs_of_texts() -> None:
    rows = GOOD.rows()
    assert rows[0] == ("form", "minato-r2")
    assert ("0206-1/yx_no", "59") in rows
    assert all(isinstance(cell, str) for row in rows for cell in row)


@pytest.mark.parametrize(
    "key", ["form", "version", "sha256", "fiscal_year", "department", "line_rows"]
)
def test_missing_row__is_refused(key: str) -> None:
    rows = [row for row in GOOD.rows() if row[0] != key]
    with pytest.raises(ValueError, match=f"stamp without '{key}'"):
        Stamp.from_rows(rows)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("version", ""),
        ("version", "-1"),
        ("version", "１"),
        ("version", "1" * 10),
        ("fiscal_year", "R2"),
        ("fiscal_year", "1925"),
        ("fiscal_year", "3000"),
        ("line_rows", ","),
        ("line_rows", "8;6"),
        ("line_rows", "8,0"),
        ("line_rows", "8,201"),
        ("form", ""),
        ("form", "../../etc"),
        ("form", "a/b"),
        ("form", "..\\x"),
        ("form", "あ" * 61),
    ],
)
def test_broken_row__is_refused(key: str, text: str) -> None:
    rows = [(name, text if name == key else value) for name, value in GOOD.rows()]
    with pytest.raises(ValueError, match="stamp"):
        Stamp.from_rows(rows)


def test_unknown_rows__are_passed_over() -> None:
    rows = [*GOOD.rows(), ("memo", "x"), ("0206-9/yx_no", "1"), ("", "")]
    assert Stamp.from_rows(rows) == GOOD


def test_no_rows__are_refused() -> None:
    with pytest.raises(ValueError, match="stamp"):
        Stamp.from_rows([])
