"""検証結果: every finding, in its place, and how many there are."""

from __future__ import annotations

from dataclasses import replace

from tests.excel.summary.samples import book_bytes, opened, table
from yosan_xl.model.finding import Finding, Place, Weight

ERROR = Finding("YX203", Weight.ERROR, Place("a.xlsx", "要求書1", "M24"), "ちがう。", "直す。")
WARNING = Finding(
    "YX401", Weight.WARNING, Place("b.xlsx"), "=1+1", "確かめる。", None, "例年のとおり"
)


def test_findings__every_mistake_with_its_place() -> None:
    again = replace(ERROR, place=Place("a.xlsx", "要求書1", "M25"))
    book = opened(book_bytes([], [ERROR, WARNING, again]))
    rows = [list(one.values()) for one in table(book, "検証結果")]
    where = ["a.xlsx", "要求書1", "M24、M25（2か所）"]
    assert rows == [
        [*where, "YX203", "誤り", "ちがう。", "直す。", None],
        ["b.xlsx", None, None, "YX401", "注意", "=1+1", "確かめる。", "例年のとおり"],
    ]
    assert str(book["検証結果"]["A2"].value).startswith("誤り 2件、注意 1件、情報 0件　")


def test_findings__none_says_so() -> None:
    assert opened(book_bytes([]))["検証結果"]["A5"].value == "指摘はありません。"
