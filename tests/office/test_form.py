"""The form in a real spreadsheet program: locks, drop-downs, the checks panel, 一覧."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.excel.documents import PLAN, SETTINGS, book_of
from tests.office.office import Book, Office, Validation
from tests.office.process import OfficeError
from tests.usecases.year import example_documents
from yosan_xl.form.checks import BLANK, GOOD
from yosan_xl.form.choices import choices_formula
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Slot
from yosan_xl.model.settings import Account

pytestmark = pytest.mark.slow

FLAT = example_documents()[1]
"""NO 56: a flat list that needs nothing to be mended."""

Entries = list[tuple[str, int | str | None]]

FAULTS: dict[str, Entries] = {
    "missing": [("yx_title", None)],
    "text_amount": [("yx_lines1_requested", "４，００１")],
    "unpaired": [("line 4 label", "金額のない内容")],
    "mixed_parts": [("yx_lines2_label", "経常経費"), ("yx_lines2_requested", 10)],
    "over_line": [("line 3 earmarked", 324), ("yx_funding_national_amount", 324)],
    "earmarked": [("yx_lines1_earmarked", 100)],
    "general": [
        ("line 4 label", "翌年度に支払う経費"),
        ("line 4 requested", 0),
        ("line 4 earmarked", 40_000),
        ("yx_funding_other_amount", 40_000),
    ],
    "negative": [("line 4 label", "減額"), ("line 4 requested", -1)],
    "yen": [("line 4 label", "円で入力"), ("line 4 requested", 1_000_000)],
    "stale_kan": [("yx_account", "介護保険会計"), ("yx_kan", "民生費")],
    "contract": [("yx_contract_authorization_term_start", "令和3年度")],
    "too_long": [("yx_description", "長" * 201)],
}
"""What to type into a good sheet so that one check, and only that, is set off."""

KINDS = [check.kind for check in PLAN.checks]
LISTED = [slot for slot in PLAN.slots if slot.choices]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a good request for each check, and a blank sheet behind them."""
    target = tmp_path_factory.mktemp("form") / "0103_税務課.xlsx"
    year = replace(SETTINGS, sheets=len(KINDS) + 1)
    target.write_bytes(book_of([FLAT] * len(KINDS), year))
    return target


@pytest.fixture
def book(office: Office, path: Path) -> Iterator[Book]:
    opened = office.open(path)
    yield opened
    office.close(opened)


def test_faults__are_planted_for_every_check() -> None:
    assert list(FAULTS) == KINDS


def test_typing__changes_an_entry_cell_and_no_locked_one(office: Office, path: Path) -> None:
    entry, total = _first("yx_title"), _first("yx_total_requested")
    typed, refused = office.type_at_locked_cell(path, "要求書1", entry, total, "1")
    assert (typed.changed, refused.changed) == (True, False)


def test_locks__are_on_every_cell_but_the_entry_cells(office: Office, book: Book) -> None:
    for slot in PLAN.slots:
        for cell in slot.cells():
            assert office.is_locked(book, "要求書1", cell.first) != slot.is_entry, slot.name
    for label in PLAN.labels:
        assert office.is_locked(book, "要求書1", label.area.first), label.text
    for sheet in office.sheets(book):
        assert sheet.protected


def test_locked_cell__refuses_an_entry(office: Office, book: Book) -> None:
    with pytest.raises(OfficeError, match="locked"):
        office.enter(book, "要求書1", [("yx_total_requested", 1)])


def test_lists__have_their_drop_downs_as_written_and_after_saving(
    office: Office, book: Book, tmp_path: Path
) -> None:
    again = tmp_path / "saved.xlsx"
    office.save_as(book, again)
    reopened = office.open(again)
    for slot in LISTED:
        expected = Validation(
            kind="LIST",
            source=_source(slot),
            error_title="一覧にない値です",
            error_message="一覧から選んでください。",
            shows_error=True,
            shows_list=True,
        )
        for opened in (book, reopened):
            assert office.validations(opened, "要求書1", [slot.area.first]) == [expected]
    office.close(reopened)


def test_every_entry_cell__has_its_rule_in_every_sheet(office: Office, book: Book) -> None:
    for sheet in ("要求書1", f"要求書{len(KINDS) + 1}"):
        for slot in PLAN.slots:
            cells = [area.first for area in slot.cells()]
            for rule in office.validations(book, sheet, cells):
                assert (rule.kind != "ANY") == slot.is_entry, slot.name
                assert rule.shows_error == slot.is_entry


@pytest.mark.parametrize("account", SETTINGS.accounts, ids=lambda account: account.name)
def test_kan_list__follows_the_account(office: Office, book: Book, account: Account) -> None:
    """Read what the drop-down's source gives, by formulas on the free sheet."""
    office.enter(book, "要求書1", [("yx_account", account.name)])
    (rule,) = office.validations(book, "要求書1", ["yx_kan"])
    own = PLAN.by_name()["yx_account"].area.first_absolute
    source = rule.source.replace(own, f"$要求書1.{own}")
    typed = [(f"A{row}", f"=INDEX({source};{row - 4})") for row in range(5, 5 + len(account.kan))]
    office.type_into(book, "積算", [*typed, ("B5", f"=ROWS({source})")])
    shown = office.values(book, "積算", [cell for cell, _ in typed])
    assert tuple(one.value for one in shown) == account.kan
    assert office.values(book, "積算", ["B5"])[0].value == len(account.kan)


def test_kan_list__offers_nothing_without_an_account(office: Office, book: Book) -> None:
    office.enter(book, "要求書1", [("yx_account", None)])
    own = PLAN.by_name()["yx_account"].area.first_absolute
    source = _source(PLAN.by_name()["yx_kan"]).replace(own, f"$要求書1.{own}")
    office.type_into(book, "積算", [("A5", f"=ROWS({source})")])
    assert office.values(book, "積算", ["A5"])[0].kind == "error"


def test_checks_panel__marks_each_planted_fault_and_nothing_else(
    office: Office, book: Book
) -> None:
    for number, kind in enumerate(KINDS, 1):
        office.enter(book, f"要求書{number}", [(_cell(n), value) for n, value in FAULTS[kind]])
    office.recalculate(book)
    for number, kind in enumerate(KINDS, 1):
        marks = _marks(office, book, f"要求書{number}")
        weight = {check.kind: check.weight for check in PLAN.checks}[kind]
        assert marks == {**dict.fromkeys(KINDS, GOOD), kind: weight}, kind
        assert _advice(office, book, f"要求書{number}") == [
            check.advice if check.kind == kind else "" for check in PLAN.checks
        ]
        status = office.values(book, f"要求書{number}", [PLAN.status.first])[0].value
        assert f"{weight} 1件" in str(status)
        assert _open_checks(office, book, number) == 1


@pytest.mark.parametrize("kind", [check.kind for check in PLAN.checks if check.reason_name])
def test_reason__closes_a_check_that_may_be_right(office: Office, book: Book, kind: str) -> None:
    office.enter(book, "要求書1", [(_cell(name), value) for name, value in FAULTS[kind]])
    office.recalculate(book)
    assert _open_checks(office, book, 1) == 1
    office.type_where_granted(book, "要求書1", [(f"yx_reason_{kind}", "財政課と協議済みのため")])
    office.recalculate(book)
    assert _marks(office, book, "要求書1")[kind] == "要確認"
    assert _open_checks(office, book, 1) == 0
    assert office.values(book, "要求書1", [PLAN.status.first])[0].value == "確認事項なし"


def test_reason__cannot_be_written_for_an_error(office: Office, path: Path) -> None:
    cell = next(check.reason.first for check in PLAN.checks if not check.reason_name)
    typed, refused = office.type_at_locked_cell(path, "要求書1", _first("yx_title"), cell, "理由")
    assert (typed.changed, refused.changed) == (True, False)


def test_tab__goes_from_entry_to_entry_row_by_row_and_not_to_the_reasons(
    office: Office, book: Book
) -> None:
    entries = [cell for slot in PLAN.slots if slot.is_entry for cell in slot.cells()]
    order = [cell.first for cell in sorted(entries, key=lambda cell: (cell.top, cell.left))]
    assert office.tab(book, "要求書1", order[0], len(order) - 1) == order[1:]


@pytest.mark.parametrize("sign", ["*", "総?費", "~"])
def test_sign_of_a_search__is_no_name_of_a_list(office: Office, book: Book, sign: str) -> None:
    contract = ("yx_contract_authorization_term_start", "yx_contract_authorization_term_end")
    typed: Entries = [("yx_kan", sign), *((name, sign) for name in contract)]
    office.enter(book, "要求書1", [*typed, ("yx_contract_authorization_limit", 1)])
    office.recalculate(book)
    marks = _marks(office, book, "要求書1")
    assert (marks["stale_kan"], marks["contract"]) == ("誤り", "誤り")


def test_amount_of_a_wrong_row__is_told_in_words(office: Office, book: Book) -> None:
    office.type_into(book, "積算", [("C5", "98000"), ("D5", "5月")])
    amount = next(slot for slot in PLAN.slots if slot.is_entry and slot.kind is FieldKind.MONEY)
    office.type_into(book, "要求書1", [(amount.area.first, "=$積算.H5")])
    office.recalculate(book)
    status = str(office.values(book, "要求書1", [PLAN.status.first])[0].value)
    assert status.startswith("誤り：金額が #N/A")
    assert "積算" in status
    marks = _marks(office, book, "要求書1")
    assert marks["text_amount"] == "誤り"
    assert set(marks.values()) <= {GOOD, BLANK, "誤り", "要確認"}
    assert _open_checks(office, book, 1) != 0


def test_blank_sheet__says_that_nothing_was_entered(office: Office, book: Book) -> None:
    office.recalculate(book)
    blank = f"要求書{len(KINDS) + 1}"
    assert _marks(office, book, blank) == dict.fromkeys(KINDS, BLANK)
    assert office.values(book, blank, [PLAN.status.first])[0].value == "未記入"
    assert _open_checks(office, book, len(KINDS) + 1) == 0


def _first(name: str) -> str:
    return PLAN.by_name()[name].area.first


def _cell(name: str) -> str:
    """Give the cell of a slot; `line 4 label` is in the fourth row of the first group."""
    if not name.startswith("line "):
        return _first(name)
    _, row, key = name.split()
    return PLAN.by_name()[PLAN.groups[0].columns[key]].cells()[int(row) - 1].first


def _source(slot: Slot) -> str:
    """Give a list's source as LibreOffice writes it."""
    return choices_formula(slot, PLAN).replace(",", ";")


def _marks(office: Office, book: Book, sheet: str) -> dict[str, object]:
    shown = office.values(book, sheet, [check.mark_name for check in PLAN.checks])
    return dict(zip(KINDS, (one.value for one in shown), strict=True))


def _advice(office: Office, book: Book, sheet: str) -> list[object]:
    shown = office.values(book, sheet, [check.advice_area.first for check in PLAN.checks])
    return [one.value for one in shown]


def _open_checks(office: Office, book: Book, number: int) -> object:
    """Give 残る確認 of a request in 一覧, found by its heading."""
    cells = {cell.a1: cell.value for cell in office.used(book, "一覧")}
    heading = next(a1 for a1, value in cells.items() if value == "残る確認")
    column = heading.rstrip("0123456789")
    row = next(a1 for a1, value in cells.items() if value == f"要求書{number}").lstrip("A")
    return cells[f"{column}{row}"]
