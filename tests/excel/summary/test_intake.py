"""目次: the counts, and by name what is not counted or counted with errors."""

from __future__ import annotations

from dataclasses import replace

from openpyxl.workbook import Workbook

from tests.excel.summary.samples import SETTINGS, nine, opened, roster, row, table
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.model.intake import Doubtful, Intake

LEFT_OUT = (Doubtful(row(1, no=7, title="=1+1"), "金額に誤り"), Doubtful(row(2), "二度提出"))


def _book(intake: Intake, values: bool = True) -> Workbook:
    return opened(summary_bytes(nine(), (), SETTINGS, roster(), intake), values)


STATES = ("提出されたファイル", "算入", "うち誤りのまま算入", "未算入", "計")


def _counts(book: Workbook) -> list[tuple[object, ...]]:
    rows = table(book, "目次")
    found = [(line["区分"], line["件数"], line["要求額"]) for line in rows]
    return [one for one in found if one[0] in STATES]


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
    listed = next(line for line in table(book, "目次") if line["NO"] == 7)
    assert (listed["NO"], listed["事業名"], listed["わけ"]) == (7, "=1+1", "金額に誤り")
    assert (listed["ファイル"], listed["シート"]) == ("0301_企画課.xlsx", "要求書1")
    assert book.sheetnames[0] == "目次"


def test_intake__what_is_left_out_is_in_order_of_no_and_then_of_the_roster() -> None:
    units = {"9999": "知らない課", "0602": "区長室", "0101": "地域振興課"}
    without = [
        row(at, no=None, title=name, department={"code": code, "bureau": "", "section": name})
        for at, (code, name) in enumerate(units.items(), 20)
    ]
    numbered = [row(at, no=no, title=f"NO {no}") for at, no in enumerate((58, 7, 12), 30)]
    provisional = replace(row(40, no=9, title="仮9"), provisional=True)
    rows = [*without, *numbered, provisional]
    found = table(_book(Intake(7, tuple(Doubtful(one, "金額に誤り") for one in rows))), "目次")
    listed = [line["事業名"] for line in found if line["わけ"] == "金額に誤り"]
    assert listed == ["NO 7", "仮9", "NO 12", "NO 58", "地域振興課", "区長室", "知らない課"]


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
    sheet = _book(Intake(7, LEFT_OUT), values=False)["目次"]
    last = sheet.max_row
    listed = f"$A${last - 1}:$A${last}"
    figures = f"$C${last - 1}:$C${last}"
    assert [sheet[f"C{at}"].value for at in range(6, 10)] == [
        "=SUM(一覧_要求額)",
        f"=SUMPRODUCT(1*EXACT({listed},$A7),{figures})",
        f"=SUMPRODUCT(1*EXACT({listed},$A8),{figures})",
        f'=SUM(一覧_要求額)+SUMPRODUCT(1*EXACT({listed},"未算入"),{figures})',
    ]
    assert sheet.auto_filter.ref == f"A{last - 2}:J{last}"


def test_intake__a_link_to_every_sheet_and_its_total() -> None:
    book, values = _book(Intake(6), values=False), _book(Intake(6))
    links = {cell.value: cell.hyperlink for cell in book["目次"]["A"] if cell.hyperlink}
    assert list(links) == [one.title for one in book.worksheets[1:] if one.sheet_state == "visible"]
    assert all(
        link.location in (f"{name}!A1", f"'{name}'!A1") and link.target is None
        for name, link in links.items()
    )
    rows = {line["区分"]: (line["件数"], line["要求額"]) for line in table(values, "目次")}
    for name in ("会計・款別", "部別", "部・課別", "要求区分別"):
        assert rows[name] == (9, 383_511)
    assert rows["財源内訳"] == (None, 383_511)
    assert rows["一覧"] == (9, None)


def test_intake__no_sheet_that_is_there_is_said_to_be_absent() -> None:
    book = _book(Intake(6))
    named = [line["区分"] for line in table(book, "目次") if line["区分"] in book.sheetnames]
    assert "予算案比較" in named
    assert len(named) == len({*named})
