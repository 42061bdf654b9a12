"""A form that is changed after its books were handed out: told, and never added up as something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.years import documents_of, form_text, make_year
from tests.usecases.year import hand_in_filled
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.counted import count
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.status import status
from yosan_xl.usecases.validate import validate

FORM = "prefecture"


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A year of a prefecture whose books are handed out and in."""
    year = make_year(tmp_path / "R9", form_text(FORM), documents_of(FORM))
    generate(year)
    hand_in_filled(year)
    return year


def change(year: Path, old: str, new: str) -> None:
    (path,) = (year / "様式").glob("*.toml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


IN_YEN = ('id = "prefecture"', 'unit = "円"\nid = "prefecture"')
COMMENT = ('id = "prefecture"', '# 県の様式です。\n\nid = "prefecture"')


def codes(year: Path) -> list[str]:
    return [finding.code for finding in validate([], year).findings]


def test_yx698__does_not_hit_a_form_with_another_comment(year: Path) -> None:
    change(year, *COMMENT)
    assert not {"YX698", "YX699"} & {*codes(year)}
    assert count([], year).rows
    generate(year, force=True)


def test_yx699__does_not_hit_another_label_which_yx698_tells(year: Path) -> None:
    (path,) = (year / "様式").glob("*.toml")
    change(year, "事業名", "事業の名前")
    assert codes(year).count("YX698") == 1
    assert "YX699" not in codes(year)
    assert len(count([], year).rows) == 4
    with pytest.raises(WrongInput, match="YX698"):
        generate(year, force=True)
    assert path.name in str(validate([], year).findings[0].place.file)


def test_yx699__hits_another_unit_and_nothing_is_added_up(year: Path) -> None:
    change(year, *IN_YEN)
    found = codes(year)
    assert (found.count("YX698"), found.count("YX699")) == (1, 3)
    for run in (lambda: consolidate([], year), lambda: count([], year), lambda: status(year)):
        with pytest.raises(WrongInput, match=r"YX698(.|\n)*YX699 .*version を1つ上げて"):
            run()
    assert not list((year / "集計").glob("*.xlsx"))


def test_yx699__hits_books_of_the_version_before_which_are_left_out(year: Path) -> None:
    change(year, *IN_YEN)
    change(year, "version = 1", "version = 2")
    found = codes(year)
    assert (found.count("YX698"), found.count("YX699")) == (0, 3)
    counted = count([], year)
    assert (counted.rows, len(counted.counting.left_out)) == ((), 4)
    generate(year, force=True)


def test_generate__again_with_a_form_that_is_still_tried_out(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R9", form_text(FORM), documents_of(FORM))
    generate(year)
    change(year, *IN_YEN)
    with pytest.raises(WrongInput, match=r"YX698 .*generate --force"):
        generate(year)
    generate(year, force=True)
    generate(year)


def test_yx699__hits_a_book_of_another_form(year: Path, tmp_path: Path) -> None:
    documents = documents_of("municipal-1")
    other = make_year(tmp_path / "other" / "R9", form_text("municipal-1"), documents)
    hand_in_filled(other)
    book = next((other / "提出").glob("*.xlsx"))
    (year / "提出" / "別の様式.xlsx").write_bytes(book.read_bytes())
    (told,) = (one for one in validate([], year).findings if one.code == "YX699")
    assert "「municipal-1」第1版（千円）で書かれています" in told.fact
    assert "別の様式です" in told.fact
    assert {row.request.axes.form for row in count([], year).rows} == {"prefecture"}
    assert consolidate([], year).written
