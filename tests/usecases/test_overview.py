"""Where a year stands, as the program goes through it: the steps lead from a folder to its archive."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.usecases import noticed
from tests.usecases.publish.samples import (
    DECISIONS,
    REQUESTS,
    decide,
    hand_in,
    handed_in,
    json_year,
    late,
    put,
)
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.usecases.archive.add import add
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.example import make_example
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.here import is_in_year, years_in
from yosan_xl.usecases.init import init
from yosan_xl.usecases.notice import notice
from yosan_xl.usecases.number import number
from yosan_xl.usecases.overview import overview
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.stages import close_stage

TODAY = date(2019, 10, 1)


@pytest.fixture
def handed(tmp_path: Path) -> Path:
    """A year to try on: a book is missing, another one has an error."""
    return make_example(tmp_path / "練習", "港区").year.root


def _commands(year: Path) -> list[str]:
    return [step.command.removeprefix("yosan-xl ") for step in overview(year, TODAY).steps]


def test_overview__of_a_fresh_year_and_of_one_that_was_handed_out(tmp_path: Path) -> None:
    year = tmp_path / "R2"
    init(year, FiscalYear(2020))
    assert _commands(year) == ["generate"]
    generate(year, "税務課")
    assert _commands(year) == ["status"]


def test_overview__leads_from_requests_to_the_archive(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    _without_others(year)
    hand_in(year, [{**one, "no": None} for one in handed_in(year)])
    assert _commands(year) == ["consolidate", "number"]
    consolidate([], year)
    number(year)
    assert _commands(year) == ["publish 要求状況", "consolidate"]
    put(year, REQUESTS)
    found = overview(year, TODAY)
    assert (found.root, found.municipality, found.published) == (year, "港区", (REQUESTS,))
    assert "決定 0 / 9" in found.steps[-1].what
    decide(year)
    assert _commands(year) == ["stage close 査定"]
    close_stage(year, "査定")
    assert _commands(year) == ["consolidate", "publish 決定状況"]
    put(year, DECISIONS)
    assert _commands(year) == ["consolidate"], (
        "the archive is to have the summary with what is closed"
    )
    consolidate([], year)
    assert _commands(year) == ["archive add"]
    add(year)
    assert _commands(year) == ["init ../R3 --year R3 --from ."]


def test_overview__says_where_to_type(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    _without_others(year)
    consolidate([], year)
    put(year, REQUESTS)
    (step,) = overview(year, TODAY).steps
    assert "集計/R2_集計.xlsx の「一覧」の「予算額」の列に入力" in step.what


def test_overview__of_a_book_that_came_after_the_summary_consolidates_first(handed: Path) -> None:
    book = next((handed / "提出").glob("0101*"))
    aside = book.rename(handed / book.name)
    consolidate([], handed)
    assert "consolidate" not in _commands(handed)
    aside.rename(book)
    assert "集計ブックを作ったあとに" in overview(handed, TODAY).steps[-1].what
    consolidate([], handed)
    assert "consolidate" not in _commands(handed)


def test_overview__of_a_book_that_other_outputs_took_first_consolidates_all_the_same(
    tmp_path: Path,
) -> None:
    year = json_year(tmp_path / "R2")
    _without_others(year)
    consolidate([], year)
    put(year, REQUESTS)
    hand_in(year, [*handed_in(year), late()])
    number(year)
    put(year, REQUESTS, add=True)
    assert _commands(year) == ["consolidate"]
    assert "集計ブックを作ったあとに" in overview(year, TODAY).steps[0].what
    consolidate([], year)
    assert "一覧" in overview(year, TODAY).steps[0].what


def test_overview__waits_for_a_department_that_has_its_book_back(handed: Path) -> None:
    assert _commands(handed)[:3] == ["status", "validate", "return"]
    return_books(handed)
    assert _commands(handed)[:2] == ["status", "status"]
    assert not {"validate", "return"} & {*_commands(handed)}
    assert (
        "差し戻した 2 課（誤りのある 1 課と、注意だけの 1 課）から"
        in overview(handed, TODAY).steps[1].what
    )


def test_overview__tells_that_an_archived_year_changed(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    _without_others(year)
    consolidate([], year)
    put(year, REQUESTS)
    decide(year)
    close_stage(year, "査定")
    put(year, DECISIONS)
    consolidate([], year)
    add(year)
    (year / "覚え書き.txt").write_text("市長が決めた。", encoding="utf-8")
    (step,) = overview(year, TODAY).steps
    assert "覚え書き.txt" in step.what
    assert step.command == "yosan-xl archive add --stage 決定2"
    add(year, "決定2")
    assert _commands(year) == ["init ../R3 --year R3 --from ."]


def test_overview__asks_for_the_notice_of_a_closed_stage_until_it_is_written(
    tmp_path: Path,
) -> None:
    year = noticed.year_of(tmp_path / "R2")
    noticed.decide(year, {"0103-1": 30_000})
    noticed.close_stage(year, "財政課")
    assert "notice" in _commands(year)
    notice(year, ["税務課"], anyway=True)
    assert "notice" not in _commands(year)


def test_overview__outside_of_a_year_is_refused_and_the_years_there_are_named(
    tmp_path: Path,
) -> None:
    with pytest.raises(WrongInput, match="YX088"):
        overview(tmp_path, TODAY)
    init(tmp_path / "R2", FiscalYear(2020))
    (tmp_path / "写真").mkdir()
    assert (years_in(tmp_path), is_in_year(tmp_path)) == (("R2",), False)
    assert is_in_year(tmp_path / "R2" / "提出")
    assert years_in(tmp_path / "ない") == ()


def _without_others(year: Path) -> None:
    """Leave only the units in 組織.csv that have a request."""
    roster, asking = year / "組織.csv", {str(one["department"]["code"]) for one in handed_in(year)}
    head, *rows = roster.read_text(encoding="utf-8-sig").splitlines()
    own = [row for row in rows if row.partition(",")[0] in asking]
    roster.write_text("\n".join([head, *own]), encoding="utf-8-sig")
