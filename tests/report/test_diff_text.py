"""The difference as text and JSON."""

from __future__ import annotations

import json

from yosan_xl.model.finding import Place
from yosan_xl.model.money import Money
from yosan_xl.report.diff_text import (
    ChangedRequest,
    ComparedValue,
    Difference,
    FieldChange,
    LoneRequest,
    diff_json,
    diff_text,
)


def _side(value: str | int | None, cell: str = "I6", is_read: bool = True) -> ComparedValue:
    return ComparedValue(value, Place("a.xlsx", "要求書1", cell), is_read)


CHANGES = (
    FieldChange("/lines/0/requested", "「要求額」", _side(4_001), _side(3_000), Money(-1_001)),
    FieldChange("/total/requested", "「合計」", _side(5), _side(None, is_read=False), Money(-5)),
    FieldChange("/title", "「事業名」", _side("あ\x1b[2J"), _side("い", "I7"), None),
    FieldChange("/lines/1/label", "「内容」", ComparedValue(None, None), _side("長" * 31), None),
)
LONE = LoneRequest("0103-2", "納税奨励", Money(38_484))
DIFFERENCE = Difference(
    "a.xlsx",
    "b.xlsx",
    2,
    (ChangedRequest("0103-1", "電子化", CHANGES),),
    (),
    (LONE,),
    Money(37_483),
)


def test_diff_text__says_cells_values_and_differences() -> None:
    lines = diff_text(DIFFERENCE).splitlines()
    assert lines[:4] == ["前: a.xlsx", "後: b.xlsx", "", "0103-1「電子化」"]
    assert lines[4:7] == [
        "  要求書1!I6 「要求額」: 4,001千円 → 3,000千円（△1,001千円）",
        "  要求書1!I6 「合計」: 5千円 → （読めない値）",
        "  要求書1!I6 → 要求書1!I7 「事業名」: あ\\u{1b}[2J → い",
    ]
    assert lines[7:10] == ["  要求書1!I6 「内容」", "    前: （なし）", f"    後: {'長' * 31}"]
    assert "後にだけある要求:\n  0103-2「納税奨励」 38,484千円" in "\n".join(lines)
    assert lines[-1] == (
        "変わった要求 1 件（4 か所）、後だけの要求 1 件、前だけの要求 0 件、同じ要求 2 件。"
        "要求額の差 +37,483千円"
    )


def test_diff_text__nothing_differs() -> None:
    same = Difference("a.xlsx", "b.xlsx", 3, (), (), (), Money(0))
    assert diff_text(same).splitlines()[-1] == "要求 3 件にちがいはありません。"


def test_diff_json__says_the_same() -> None:
    report = json.loads(diff_json(DIFFERENCE))
    first, second, *_, last = report["changed"][0]["changes"]
    assert (first["from"]["value"], first["to"]["cell"], first["difference"]) == (
        4_001,
        "I6",
        -1_001,
    )
    assert (second["to"]["value"], second["to"]["is_read"]) == (None, False)
    assert last["from"] == {"value": None, "sheet": None, "cell": None, "is_read": True}
    assert report["only_to"] == [{"id": "0103-2", "title": "納税奨励", "requested": 38_484}]
    assert (report["only_from"], report["difference"]) == ([], 37_483)
