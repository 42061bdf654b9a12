"""Years and days as people write them, and save times: what Excel and LibreOffice write, and what nobody should."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.model.fiscal_year import (
    FiscalYear,
    misnamed_day,
    read_day,
    save_time,
    shown_day,
    shown_time,
)

years = st.integers(1926, 2999).map(FiscalYear)


@given(years)
def test_parse__takes_what_we_print(year: FiscalYear) -> None:
    assert FiscalYear.parse(year.label) == year
    assert FiscalYear.parse(year.short) == year
    assert FiscalYear.parse(str(year.western)) == year


@pytest.mark.parametrize(
    ("text", "western"),
    [
        ("令和2年度", 2020),
        ("令和２年", 2020),
        ("令和 2 年度", 2020),
        ("令和元年度", 2019),
        ("R2", 2020),
        ("r2", 2020),
        ("Ｒ２", 2020),
        ("平成31年度", 2019),
        ("平成元年", 1989),
        ("昭和64年度", 1989),
        ("2020年度", 2020),
        ("1926", 1926),
        ("2999", 2999),
        (" ２０２０ ", 2020),
    ],
)
def test_parse__as_people_write_it(text: str, western: int) -> None:
    assert FiscalYear.parse(text) == FiscalYear(western)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "令和",
        "令和年度",
        "R0",
        "令和0年度",
        "大正2年",
        "20",
        "1925",
        "3000",
        "R2-R3",
        "来年",
        "２年度",
    ],
)
def test_parse__anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        FiscalYear.parse(text)


@pytest.mark.parametrize(
    ("western", "label", "short"),
    [
        (2020, "令和2年度", "R2"),
        (2019, "令和元年度", "R1"),
        (1989, "平成元年度", "H1"),
        (1988, "昭和63年度", "S63"),
        (1926, "昭和元年度", "S1"),
    ],
)
def test_label__is_the_era_of_the_year(western: int, label: str, short: str) -> None:
    assert (FiscalYear(western).label, FiscalYear(western).short) == (label, short)


def test_years__are_in_order() -> None:
    assert FiscalYear(2019) < FiscalYear(2020)


def test_label__before_the_known_eras_is_the_western_year() -> None:
    assert FiscalYear(1900).label == "西暦1900年度"


@pytest.mark.parametrize("text", ["R٣", "R0"])
def test_parse__takes_no_other_digits(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        FiscalYear.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-16",
        "2026/10/16",
        "2026.10.16",
        "20261016",
        "2026年10月16日",
        "R8.10.16",
        "r8/10/16",
        "Ｒ８．１０．１６",
        "令和8年10月16日",
        "令和８年１０月１６日（金）",
        "㋿8年10月16日(金曜日)",
        "令和8年 10月 16日（金） 17時",
        "令和8年10月16日（金）午後5時30分必着",
        "令和8年10月16日 17:00 まで",
    ],
)
def test_read_day__as_people_write_it(text: str) -> None:
    assert read_day(text) == date(2026, 10, 16)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10月中",
        "10月16日",  # which year is not known
        "令和8年10月",
        "令和8年10月16日（木）",  # a Friday
        "令和8年2月30日",
        "26/10/16",
        "8.10.16",
        "令和8年10月16日～20日",
        "10月1日～10月16日",
        "令和8年10月16日、特別会計は10月20日",
    ],
)
def test_read_day__nothing_where_the_day_is_not_certain(text: str) -> None:
    assert read_day(text) is None


def test_read_day__without_a_year_it_is_before_the_year_that_is_budgeted() -> None:
    assert read_day("10月4日(金) 17時", FiscalYear(2020)) == date(2019, 10, 4)
    assert read_day("1月10日", FiscalYear(2020)) == date(2020, 1, 10)
    assert read_day("3月31日", FiscalYear(2020)) == date(2020, 3, 31)
    assert read_day("4月1日", FiscalYear(2020)) == date(2019, 4, 1)
    assert read_day("令和元年10月4日", FiscalYear(2020)) == date(2019, 10, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年10月4日（木）", date(2019, 10, 4)),
        ("令和元年10月4日（金）", None),
        ("令和元年10月4日", None),
        ("10月中", None),
    ],
)
def test_misnamed_day__has_another_weekday(text: str, day: date | None) -> None:
    assert misnamed_day(text, FiscalYear(2020)) == day


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2019-10-01T01:02:03Z", "2019-10-01 10:02"),
        ("2019-10-01T16:02:03", "2019-10-02 01:02"),
        ("2019-10-01T10:02:03+09:00", "2019-10-01 10:02"),
        ("2019-10-01T01:02:03.456789012Z", "2019-10-01 10:02"),
        ("2019-10-01", "2019-10-01 09:00"),
    ],
)
def test_save_time__in_japanese_time(text: str, shown: str) -> None:
    assert shown_time(text) == shown


@pytest.mark.parametrize("text", [None, "", "昨日", "9999-12-31T23:59:59Z", "2019-13-01"])
def test_save_time__what_makes_no_sense_is_unknown(text: str | None) -> None:
    assert save_time(text) is None
    assert shown_time(text) == "不明"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2019, 10, 4), "令和元年10月4日（金）"),
        (date(2019, 4, 30), "平成31年4月30日（火）"),
        (date(2019, 5, 1), "令和元年5月1日（水）"),
        (date(2026, 10, 16), "令和8年10月16日（金）"),
        (date(1926, 12, 24), "1926年12月24日（金）"),
    ],
)
def test_shown_day__by_the_era_of_the_day(day: date, shown: str) -> None:
    assert shown_day(day) == shown
