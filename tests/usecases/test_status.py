"""status: every unit has a state, every file one place, and the counts agree with the others'."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.usecases.edit import set_cell
from tests.usecases.resaved import save_at
from tests.usecases.year import example_documents, hand_in_filled, make_year
from yosan_xl.model.finding import Weight
from yosan_xl.model.intake import Status, UnitState, UnitStatus
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.status import status
from yosan_xl.usecases.submitted.intake import Deadline
from yosan_xl.usecases.validate import validate

OFFICE = "0602_区長室.xlsx"


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year folder with the nine handed in, a blank book, and a book of a unit the roster lacks."""
    year = make_year(tmp_path_factory.mktemp("stock") / "R2")
    hand_in_filled(year)
    generate(year, "財政課")
    roster = (year / "組織.csv").read_text(encoding="utf-8-sig")
    (year / "組織.csv").write_text(f"{roster}9901,なくなった部,なくなった課,,,\n", encoding="utf-8")
    documents = [row for row in example_documents() if row["id"] == "0602-1"]
    unit = {"code": "9901", "bureau": "なくなった部", "section": "なくなった課"}
    gone = [{**row, "id": "9901-1", "department": unit, "no": 70} for row in documents]
    (year / "gone.json").write_text(json.dumps(gone), encoding="utf-8")
    fill(year / "gone.json", year / "別")
    (year / "組織.csv").write_text(roster, encoding="utf-8")
    return year


@pytest.fixture
def year(stock: Path, tmp_path: Path) -> Path:
    made = make_year(tmp_path / "R2")
    shutil.copytree(stock / "提出", made / "提出", dirs_exist_ok=True)
    return made


def _unit(found: Status, code: str) -> UnitStatus:
    (unit,) = (unit for unit in found.units if unit.department.code == code)
    return unit


def _declare(year: Path, code: str, word: str) -> None:
    lines = (year / "組織.csv").read_text(encoding="utf-8-sig").splitlines()
    (row,) = (line for line in lines if line.startswith(code))
    assert row.endswith(",,,")  # 会計, 要求 and 備考 are empty
    changed = [f"{row.removesuffix(',,')},{word}," if line == row else line for line in lines]
    (year / "組織.csv").write_text("\n".join(changed), encoding="utf-8")


def test_status__every_unit_of_the_roster_has_a_state(year: Path) -> None:
    found = status(year).status
    assert found.states == {
        **dict.fromkeys(UnitState, 0),
        UnitState.SUBMITTED: 6,
        UnitState.MISSING: 51,
    }
    unit = _unit(found, "0103")
    assert (unit.state, unit.requests, unit.requested) == (UnitState.SUBMITTED, 3, 106_185)
    assert [file.name for file in unit.files] == ["0103_税務課.xlsx"]
    assert (found.requests, found.requested) == (9, 383_511)


def test_status__to_be_mended_says_how_much(year: Path) -> None:
    set_cell(year / "提出" / OFFICE, "yx_lines1_requested", 0, "約2,769")
    unit = _unit(status(year).status, "0602")
    assert (unit.state, unit.errors, unit.warnings) == (UnitState.FAULTY, 1, 0)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("なし", UnitState.NONE),
        ("対象外", UnitState.EXEMPT),
        ("対 象 外", None),
        ("", UnitState.MISSING),
    ],
)
def test_status__a_unit_may_declare_that_it_asks_for_nothing(
    word: str, state: UnitState | None, year: Path
) -> None:
    _declare(year, "0603", word)
    if state is None:
        with pytest.raises(Exception, match=r"YX085.*要求「対 象 外」は「なし」「対象外」の"):
            status(year)
        return
    assert _unit(status(year).status, "0603").state is state
    assert _unit(status(year).status, "0602").state is UnitState.SUBMITTED


def test_status__a_declaration_does_not_hide_what_was_handed_in(year: Path) -> None:
    _declare(year, "0602", "対象外")
    assert _unit(status(year).status, "0602").state is UnitState.SUBMITTED


def test_status__an_untouched_book_asks_for_nothing(stock: Path, year: Path) -> None:
    shutil.copy(stock / "配布/0603_財政課.xlsx", year / "提出")
    unit = _unit(status(year).status, "0603")
    assert (unit.state, unit.requests, len(unit.files)) == (UnitState.NONE, 0, 1)


def _late(year: Path, today: date, due: date = date(2019, 10, 4)) -> list[str]:
    found = status(year, Deadline(due, today)).status
    return [unit.department.code for unit in found.units if unit.late]


def test_status__late_is_what_is_missing_after_the_day(year: Path) -> None:
    assert _late(year, date(2019, 10, 4)) == []
    late = _late(year, date(2019, 10, 5))
    assert len(late) == 51
    assert "0602" not in late


def test_status__late_is_a_book_saved_after_the_day_in_japan(year: Path) -> None:
    today = date(2019, 10, 4)
    save_at(year / "提出" / OFFICE, "2019-10-04T14:59:00Z")
    assert _late(year, today) == []
    save_at(year / "提出" / OFFICE, "2019-10-04T15:00:00Z")
    assert _late(year, today) == ["0602"]


def test_status__what_is_mended_after_the_day_is_not_late(year: Path) -> None:
    consolidate([year], year)
    save_at(year / "提出" / OFFICE, "2019-10-30T00:00:00Z")
    assert _late(year, date(2019, 10, 4)) == []


def test_status__json_of_many_units_is_told_and_its_requests_are_theirs(year: Path) -> None:
    for book in (year / "提出").iterdir():
        book.unlink()
    shutil.copyfile(year / "requests.json", year / "提出/要求.json")
    found = status(year).status
    assert [(stray.file, stray.requests) for stray in found.strays] == [("要求.json", 0)]
    assert "いくつかの課" in found.strays[0].why
    assert (_unit(found, "0103").requests, found.requested) == (3, 383_511)


def _copy(year: Path, _: Path) -> None:
    shutil.copy(year / "提出/0601_企画課.xlsx", year / "提出/0601_企画課 - コピー.xlsx")


def _later(year: Path, _: Path) -> None:
    new = year / "提出/0101_修正.xlsx"
    save_at(year / "提出/0101_地域振興課.xlsx", "2019-12-01T00:00:00Z", new)


def _uncertain(year: Path, _: Path) -> None:
    save_at(year / "提出/0103_税務課.xlsx", "いつか", year / "提出/0103_税務課(2).xlsx")


def _faulty(year: Path, _: Path) -> None:
    set_cell(year / "提出/0205_生活福祉調整課.xlsx", "yx_funding_national_amount", 0, 5_000)


def _stranger(year: Path, _: Path) -> None:
    openpyxl.Workbook().save(year / "提出/予定表.xlsx")


def _broken(year: Path, _: Path) -> None:
    (year / "提出/0206_国保年金課.xlsx").write_bytes(b"PK\x03\x04 broken")


def _unknown_unit(year: Path, stock: Path) -> None:
    shutil.copy(stock / "別/9901_なくなった課.xlsx", year / "提出")


def _blank(year: Path, stock: Path) -> None:
    (year / "提出/総務").mkdir(exist_ok=True)
    shutil.copy(stock / "配布/0603_財政課.xlsx", year / "提出/総務")


def _leftovers(year: Path, _: Path) -> None:
    for name in ("~$0601_企画課.xlsx", ".DS_Store", "総務/Thumbs.db"):
        path = year / "提出" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")


def _link(year: Path, _: Path) -> None:
    (year / "提出/近道.xlsx").symlink_to(year / "提出" / OFFICE)


def _json(year: Path, _: Path) -> None:
    (year / "提出/追加.json").write_text("[", encoding="utf-8")


MIX: Mapping[str, Callable[[Path, Path], None]] = {
    change.__name__: change
    for change in (
        _copy,
        _later,
        _uncertain,
        _faulty,
        _stranger,
        _broken,
        _unknown_unit,
        _blank,
        _leftovers,
        _link,
        _json,
    )
}


def _mix(year: Path, stock: Path, seed: int) -> None:
    """Do some of the changes, all of them for 0, in the order in which they are written."""
    chosen = random.Random(seed).sample(sorted(MIX), 5) if seed else sorted(MIX)
    for name, change in MIX.items():
        if name in chosen:
            change(year, stock)


@pytest.mark.parametrize("seed", range(5))
def test_status__every_file_has_one_place_and_the_counts_agree(
    seed: int, stock: Path, year: Path
) -> None:
    _mix(year, stock, seed)
    found = status(year).status
    places = [
        *(file.name for unit in found.units for file in unit.files),
        *(old for old, _ in found.replaced),
        *(stray.file for stray in found.strays),
        *(Path(one.file).relative_to(year / "提出").as_posix() for one in found.skipped),
    ]
    # What Excel and the system leave behind, and links, are listed and count for nothing.
    lying = [path for path in (year / "提出").rglob("*") if path.is_symlink() or path.is_file()]
    names = sorted(path.relative_to(year / "提出").as_posix() for path in lying)
    assert sorted(places) == names
    assert found.files == len(names) - len(found.skipped)
    assert sum(found.states.values()) == len(found.units) == 57
    _agree(found, year)


def _agree(found: Status, year: Path) -> None:
    findings = [f for f in validate([year], year).findings if f.reason is None]
    files = [*found.strays, *found.skipped]
    errors = [*(unit.errors for unit in found.units), *(one.errors for one in files)]
    warnings = [*(unit.warnings for unit in found.units), *(one.warnings for one in files)]
    weights = [finding.weight for finding in findings]
    assert sum(errors) == weights.count(Weight.ERROR)
    assert sum(warnings) == weights.count(Weight.WARNING)
    done = consolidate([year], year)
    assert found.requests == done.counted + done.left_out
    assert validate([year], year).findings == tuple(
        f for f in done.findings if f.code not in ("YX065", "YX094")
    )


def test_status__of_a_folder_that_is_not_there_is_not_that_of_the_year_around_it(
    tmp_path: Path,
) -> None:
    year = make_year(tmp_path / "R2")
    with pytest.raises(WrongInput, match="YX070"):
        status(year / "R3")
