"""内示 and 復活要求 of every form: with and without lists, sources, 課; a stage with and without a column of the form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.forms.years import documents_of, form_text, make_year
from tests.lazy_book import lazy_book
from tests.usecases.noticed import cell_of, close_stage, decide, hand_in
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL
from yosan_xl.usecases.counted import count
from yosan_xl.usecases.decisions.restoration import read_restorations
from yosan_xl.usecases.notice import notice
from yosan_xl.usecases.year import open_year

ADJUSTED = """
[[stages]]
name = "知事"
column = "内示"
notice = true

[[stages]]
name = "調整"
column = "調整要求"
restoration = true

[[stages]]
name = "最終"
"""
STAGES = """
[[stages]]
name = "財政課"
notice = true
{column}
[[stages]]
name = "復活"
restoration = true

[[stages]]
name = "知事"
"""


def _year(folder: Path, form: str, column: str = "") -> Path:
    documents = documents_of(form)
    axes_rows = [_undecided(one) for one in documents]
    year = make_year(folder, form_text(form), axes_rows)
    text = json.dumps([{**row, "no": None} for row in axes_rows], ensure_ascii=False)
    (year / "提出" / "requests.json").write_text(text, encoding="utf-8")
    settings = year / "yosan.toml"
    stages = STAGES.format(column=f'column = "{column}"\n' if column else "")
    settings.write_text(settings.read_text(encoding="utf-8") + stages, encoding="utf-8")
    return year


def _undecided(document: dict[str, Any]) -> dict[str, Any]:
    """Give a request without what finance decides."""
    steps = {"decision", "assessment", "notice", "adjustment"}
    amounts = {
        key: dict.fromkeys(own) if key in steps else own for key, own in document["amounts"].items()
    }
    return {**document, "amounts": amounts}


FORMS = [("municipal-1", ""), ("prefecture", ""), ("prefecture", "内示"), ("small_town", "")]


@pytest.mark.parametrize(("form", "column"), FORMS)
def test_notice__of_every_form_goes_out_and_comes_back(
    tmp_path: Path, form: str, column: str
) -> None:
    year = _year(tmp_path / "R9", form, column)
    rows = count((), year).rows
    asked = {str(row.request.id): row.request.requested for row in rows}
    one, *others = asked
    decide(year, {**{other: asked[other] for other in others}, one: asked[one] // 2})
    close_stage(year, "財政課")
    done = notice(year)
    (path,) = [path for path in done.books if path.name.startswith(one.partition("-")[0])]
    table = lazy_book(path, values=True)["内示書"]
    given = {row[1]: row[3] for row in table.iter_rows(min_row=5, values_only=True)}
    title = next(row.request.title for row in rows if row.request.id == one)
    assert given[title] == asked[one] // 2
    typed = {(one, "復活要求額"): 1_000, (one, "復活要求の理由"): "避けられないため"}
    hand_in(year, typed, name=path.name, source=path.name)
    found = read_restorations(open_year(year))
    assert found.findings == ()
    rest = rows[0].request.axes.rest
    assert found.by_request[one].amounts == {TOTAL: 1_000, rest: 1_000}
    after = {str(row.request.id): row for row in count((), year).rows}
    assert after[one].request.amount(ASKED) == asked[one]
    assert after[one].restoration == found.by_request[one]


def test_restoration__fills_the_form_s_stage_that_departments_ask_in(tmp_path: Path) -> None:
    year = _year(tmp_path / "R9", "prefecture")
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    stages = STAGES.format(column="")
    settings.write_text(text.replace(stages, ADJUSTED), encoding="utf-8")
    decide(year, {"0102-1": 30_000})
    close_stage(year, "知事")
    (path,) = notice(year, anyway=True, wanted=["0102"]).books
    typed = {("0102-1", "復活要求額"): 1_000, ("0102-1", "復活要求の理由"): "避けられないため"}
    hand_in(year, typed, name=path.name, source=path.name)
    decide(year, {"0102-1": 30_400})
    for _ in range(2):  # while the stage is open, and when it is closed
        row = {str(one.request.id): one for one in count((), year).rows}["0102-1"]
        amounts = [row.request.amount(one) for one in ("notice", "adjustment", DECIDED)]
        assert amounts == [30_000, 1_000, None]
        assert row.decisions[1].total == 30_400
        close_stage(year, "調整")
    assert row.request.amount("adjustment", row.request.axes.rest or "") == 1_000


def _shown(path: Path) -> list[object]:
    book = lazy_book(path, values=True)
    sheet = book[book.sheetnames[2]]
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("column", ["", "内示"])
def test_notice__fills_the_form_s_stage_or_the_decided_one(tmp_path: Path, column: str) -> None:
    year = _year(tmp_path / "R9", "prefecture", column)
    decide(year, {"0102-1": 34_567})
    close_stage(year, "財政課")
    notice(year, ["0102"], anyway=True)
    (path,) = (year / "内示").iterdir()
    assert 34_567 in _shown(path)
    assert "未定" not in _shown(path)
    undecided = next(iter(notice(year, ["0101"], anyway=True).books))
    assert _shown(undecided).count("未定") == 1


def test_notice__asks_in_the_words_and_for_the_sources_of_the_form(
    tmp_path: Path,
) -> None:

    year = _year(tmp_path / "R9", "small_town")

    decide(year, {str(row.request.id): 0 for row in count((), year).rows})
    close_stage(year, "財政課")
    path = next(iter(notice(year).books))
    sheet = lazy_book(path)["復活要求"]
    row = next(row for row in sheet.iter_rows(min_row=5, max_row=5, values_only=True))
    assert row == (
        *("要求書ID", "NO", "事業", "要求額", "内示額", "復活要求額"),
        *("補助金等", "町費", "復活後の額", "復活要求の理由", "確認"),
    )
    assert cell_of(sheet, str(sheet["A6"].value), "内示額").value == 0


def test_notice__decided_amounts_of_later_stages_stay_out(tmp_path: Path) -> None:
    year = _year(tmp_path / "R9", "municipal-1")
    decide(year, {str(row.request.id): 1_000 for row in count((), year).rows})
    close_stage(year, "財政課")
    close_stage(year, "復活")
    decide(year, {str(row.request.id): 7_777 for row in count((), year).rows})
    rows = count((), year).rows
    assert {row.request.amount(DECIDED) for row in rows} == {7_777}
    for path in notice(year).books:
        assert 7_777 not in _shown(path)
        assert 1_000 in _shown(path)
