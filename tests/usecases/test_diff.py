"""diff: every field that differs, with its cell in each, and what that comes to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.edit import cell_of, set_cell
from tests.usecases.year import example_documents, hand_in_filled, make_year
from yosan_xl.report.diff_text import Difference
from yosan_xl.usecases.diff import diff
from yosan_xl.usecases.errors import WrongInput


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    year = make_year(tmp_path_factory.mktemp("diff") / "R2")
    hand_in_filled(year)
    return year / "提出"


def _json(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    path = folder / name
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def _lines(found: Difference) -> list[tuple[str, Any, Any, int | None]]:
    (request,) = found.changed
    return [(c.pointer, c.old.value, c.new.value, c.gap) for c in request.changes]


def test_diff__the_same_book(books: Path) -> None:
    found = diff(books / "0103_税務課.xlsx", books / "0103_税務課.xlsx")
    assert (found.same, found.changed, found.only_old, found.only_new, found.gap) == (
        3,
        (),
        (),
        (),
        0,
    )


def test_diff__an_amount_and_what_is_computed_from_it(books: Path, tmp_path: Path) -> None:
    old, new = books / "0602_区長室.xlsx", tmp_path / "後.xlsx"
    shutil.copyfile(old, new)
    cell = set_cell(new, "yx_lines1_requested", 0, 3_000)
    found = diff(old, new)
    assert found.gap == 231
    assert [line[1:] for line in _lines(found)] == [
        (2_769, 3_000, 231),
        (2_769, 3_000, 231),
        (4_192, 4_423, 231),
        (4_192, 4_423, 231),
    ]
    change = found.changed[0].changes[0]
    assert change.label == "「要求内容」の1行目の「要求額」"
    for side, name in ((change.old, "0602_区長室.xlsx"), (change.new, "後.xlsx")):
        assert side.place is not None
        assert (side.place.file, side.place.sheet, side.place.cell) == (name, "要求書1", cell)


def test_diff__an_amount_that_cannot_be_read_is_told(books: Path, tmp_path: Path) -> None:
    new = tmp_path / "後.xlsx"
    shutil.copyfile(books / "0602_区長室.xlsx", new)
    cell = set_cell(new, "yx_lines1_requested", 0, "約三千")
    change = diff(books / "0602_区長室.xlsx", new).changed[0].changes[0]
    assert (change.new.value, change.new.is_read, change.old.is_read) == (None, False, True)
    assert change.new.place is not None
    assert change.new.place.cell == cell == cell_of("yx_lines1_requested")


def test_diff__a_line_between_does_not_move_the_others(tmp_path: Path) -> None:
    (document,) = (row for row in example_documents() if row["id"] == "0206-1")
    first, *rest = document["lines"]
    more = {**first, "label": "あいだの行", "requested": 7, "earmarked": None}
    found = diff(
        _json(tmp_path, "前.json", [document]),
        _json(tmp_path, "後.json", [{**document, "lines": [first, more, *rest]}]),
    )
    values = _lines(found)
    assert {pointer for pointer, *_ in values} <= {
        f"/lines/1/{key}" for key in ("part", "label", "requested")
    }
    assert ("/lines/1/requested", None, 7, 7) in values
    assert found.changed[0].changes[0].old.place is None
    back = diff(tmp_path / "後.json", tmp_path / "前.json")
    assert ("/lines/1/requested", 7, None, -7) in _lines(back)


def test_diff__requests_in_one_alone(tmp_path: Path) -> None:
    one, two, three, *_ = example_documents()
    found = diff(_json(tmp_path, "前.json", [one, two]), _json(tmp_path, "後.json", [two, three]))
    assert [(lone.id, lone.requested) for lone in found.only_old] == [("0101-1", 151_486)]
    assert [(lone.id, lone.requested) for lone in found.only_new] == [("0103-2", 38_484)]
    assert (found.same, found.gap) == (1, 38_484 - 151_486)


@pytest.mark.parametrize("value", [None, {}, [], "文字", 3, [None]])
def test_diff__documents_of_odd_shape(value: object, tmp_path: Path) -> None:
    document = example_documents()[0]
    odd = _json(tmp_path, "後.json", [{**document, "lines": value, "total": value}])
    found = diff(_json(tmp_path, "前.json", [document]), odd)
    assert len(found.changed) == 1


def test_diff__what_cannot_be_read_stops_it(books: Path, tmp_path: Path) -> None:
    (tmp_path / "覚え.xlsx").write_text("覚え書き", encoding="utf-8")
    with pytest.raises(WrongInput, match="覚え"):
        diff(books / "0602_区長室.xlsx", tmp_path / "覚え.xlsx")
    with pytest.raises(WrongInput, match="YX070"):
        diff(books / "0602_区長室.xlsx", tmp_path / "ない.xlsx")
