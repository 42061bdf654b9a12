"""集計の状況: the counts, and by name what is not counted or counted with errors."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.excel.summary.samples import SETTINGS, nine, opened, roster, row, table
from yosan_xl.excel.summary import summary_bytes
from yosan_xl.model.intake import Doubtful, Intake

LEFT_OUT = (Doubtful(row(1, no=7, title="=1+1"), "金額に誤り"), Doubtful(row(2), "二度提出"))


def _book(intake: Intake, values: bool = True) -> Workbook:
    return opened(summary_bytes(nine(), (), SETTINGS, roster(), intake), values)


def _counts(book: Workbook) -> list[tuple[object, ...]]:
    rows = table(book, "集計の状況")
    return [(line["区分"], line["件数"], line["要求額"]) for line in rows]


def test_intake__nothing_is_left_out() -> None:
    assert _counts(_book(Intake(6))) == [
        ("提出されたファイル", 6, None),
        ("算入", 9, 383_511),
        ("うち誤りのまま算入", 0, 0),
        ("未算入", 0, 0),
        ("計", 9, 383_511),
    ]


def test_intake__what_is_left_out_is_listed_and_summed() -> None:
    book = _book(Intake(7, LEFT_OUT))
    assert _counts(book)[1:] == [
        ("算入", 9, 383_511),
        ("うち誤りのまま算入", 0, 0),
        ("未算入", 2, 200),
        ("計", 11, 383_711),
        ("未算入", 1, 100),
        ("未算入", 1, 100),
    ]
    listed = table(book, "集計の状況")[5]
    assert (listed["NO"], listed["事業名"], listed["わけ"]) == (7, "=1+1", "金額に誤り")
    assert (listed["ファイル"], listed["シート"]) == ("0301_企画課.xlsx", "要求書1")
    assert book.sheetnames[0] == "集計の状況"


def test_intake__counted_with_errors_is_within_the_counted() -> None:
    counts = _counts(_book(Intake(6, (), (Doubtful(nine()[8], "金額に誤り"),))))
    assert counts[1:] == [
        ("算入", 9, 383_511),
        ("うち誤りのまま算入", 1, 4_192),
        ("未算入", 0, 0),
        ("計", 9, 383_511),
        ("うち誤りのまま算入", 1, 4_192),
    ]


def test_intake__counts_are_formulas() -> None:
    sheet = _book(Intake(7, LEFT_OUT), values=False)["集計の状況"]
    assert [sheet[f"C{at}"].value for at in range(6, 10)] == [
        "=SUM(一覧_要求額)",
        "=0",
        "=SUM(C10:C11)",
        "=SUM(C6,C8)",
    ]
