"""Save times: what Excel and LibreOffice write, and what nobody should."""

from __future__ import annotations

import pytest

from yosan_xl.model.fiscal_year import save_time, shown_time


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
