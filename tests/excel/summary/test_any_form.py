"""The summary of any form: all that the form has, in its words, with sums that add up, and read back by key.

The full form is `sh scripts/exam any_form`.
"""

from __future__ import annotations

import random
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openxml_audit import OpenXmlValidator

from tests import seeds
from tests.excel.summary.any_form import ROSTER, SETTINGS, odd_rows_of, rows_of
from tests.excel.summary.samples import opened, table
from tests.form.definitions import any_definition
from tests.form.toml_text import to_toml
from tests.forms.years import form_text
from tests.usecases.deciding import history_of, settings_of
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.excel.summary.fields import (
    amount_key,
)
from yosan_xl.excel.summary.read_listing import listed_requests
from yosan_xl.excel.summary.reading import read_summary
from yosan_xl.excel.summary.template import summary_definition
from yosan_xl.form.definition import Definition
from yosan_xl.form.load import load_definition, parse_definition
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL
from yosan_xl.model.decision import FinanceEntries, Spot, Value, base_of_rows, line_keys
from yosan_xl.model.department import Roster
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.request import Document, Request
from yosan_xl.model.rollup import Rollup
from yosan_xl.usecases.decisions.apply import apply_decisions

FORMS = ("municipal-1", "prefecture", "small_town")


def shipped(form: str) -> Definition:
    return parse_definition(form_text(form).encode(), "form.toml")


def any_form(chance: random.Random) -> Definition:
    return parse_definition(to_toml(any_definition(chance)).encode(), "form.toml")


def written(
    form: Definition, rows: list[SummaryRow], entries: FinanceEntries | None = None
) -> bytes:
    return summary_bytes(rows, (), SETTINGS, ROSTER, form=form, entries=entries)


def headings(book: Workbook, sheet: str, row: int = 4) -> list[object]:
    return [cell.value for cell in book[sheet][row]]


def check(form: Definition, chance: random.Random) -> None:
    """Write a summary of random requests, and assert that it shows and sums all of them."""
    rows = rows_of(form, chance.randint(0, 12), chance)
    data = written(form, rows)
    book = opened(data)
    _all_shown(form, book)
    _all_summed(form, book, rows)
    _all_calculated(data)
    listed = listed_requests(data, form)
    assert listed is not None
    names = [one.name for one in form.axes.sources if one.name]
    found = {one.document["id"]: _without(one.document, names) for one in listed.requests}
    expected = {row.request.id: _without(row.request.document, names) for row in rows}
    assert found == expected


def _without(document: Document, names: list[str]) -> Document:
    """Return what 一覧 shows of a document: texts beside the sources stand in 財源内訳."""
    return {key: value for key, value in document.items() if not names or key != "source_names"}


def _all_shown(form: Definition, book: Workbook) -> None:
    axes, shown = form.axes, headings(book, "一覧")
    of_program = {"year", "contract_start", "contract_end", "contract_limit"}
    labels = [one.label for one in axes.fields if one.meaning not in of_program]
    labels += [one.label for one in axes.stages]
    assert [label for label in labels if label not in shown] == []
    contract = sum(axes.has(one) for one in of_program - {"year"})
    assert sum(str(one).startswith("債務負担") for one in shown) == contract
    amounts = sum(len(one.amounts) for one in axes.stages)
    assert len(shown) >= len(axes.fields) - 1 + amounts
    for own, sheet in zip(axes.lists, summary_definition(form).every_of("detail"), strict=True):
        columns = headings(book, sheet.name, 1)
        assert [one.label for one in own.columns if one.label not in columns] == []


def _all_summed(form: Definition, book: Workbook, rows: list[SummaryRow]) -> None:
    sums = Rollup.of(rows, SETTINGS, ROSTER, form.axes).sums(rows)
    definition = summary_definition(form)
    for sheet in definition.every_of("grouped"):
        last = table(book, sheet.name)[-1]
        assert last["件数"] == len(rows)
        for stage in form.axes.stages:
            is_open = stage.key == DECIDED and not sums.given[DECIDED]
            at = sheet.column(amount_key(stage.key))
            found = list(book[sheet.name].iter_rows(values_only=True))[-1][at]
            assert found == ("未定" if is_open else sums.amount(stage.key))
    for sheet in definition.every_of("funding"):
        whole = [one for one in table(book, sheet.name) if one["財源"] == "計"][-1]
        sources = [one.key for one in form.axes.sources]
        assert whole["金額"] == sums.funding(ASKED, sources)


def _all_calculated(data: bytes) -> None:
    values = opened(data)
    for sheet in opened(data, values=False):
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            if cell.data_type == "f":
                assert values[sheet.title][cell.coordinate].value is not None


@pytest.mark.parametrize("form", FORMS)
def test_summary__of_a_form_shows_and_sums_all(form: str, tmp_path: Path) -> None:
    check(shipped(form), random.Random(form))
    path = tmp_path / "集計.xlsx"
    path.write_bytes(written(shipped(form), rows_of(shipped(form), 9, random.Random(form))))
    assert OpenXmlValidator().validate(str(path)).errors == []


@pytest.mark.parametrize("seed", seeds.short())
def test_summary__of_any_form_shows_and_sums_all(seed: int) -> None:
    chance = random.Random(seed)
    check(any_form(chance), chance)


def test_summary__what_a_form_lacks_is_left_out_and_told() -> None:
    book = opened(written(shipped("small_town"), []))
    assert book.sheetnames == [
        *("目次", "款別", "部別", "部・課別", "財源内訳", "グラフ", "予算案比較", "一覧"),
        *("進み具合", "査定経過", "引き継げない記入", "提出状況", "検証結果", "_yosan_summary"),
    ]
    told = {one["区分"]: one["NO"] for one in table(book, "目次") if one["NO"]}
    for name in ("債務負担行為調書", "査定", "明細"):
        assert str(told[name]).startswith("この様式には")


def test_summary__every_list_has_a_sheet_by_its_label() -> None:
    names = opened(written(shipped("prefecture"), [])).sheetnames
    assert names[names.index("引き継げない記入") + 1 :][:2] == ["積算内訳", "特財の積算根拠"]


def test_summary__names_of_sheets_are_such_as_excel_takes() -> None:
    text = form_text("prefecture").replace('"特財の積算根拠"', '"根拠[1/2]"')
    text = text.replace('"積算内訳"', '"一覧"')
    form = parse_definition(text.encode(), "form.toml")
    names = opened(written(form, [])).sheetnames
    assert names[names.index("引き継げない記入") + 1 :][:2] == ["一覧 2", "根拠12"]


def test_summary__amounts_of_other_stages_say_whose_they_are() -> None:
    shown = headings(opened(written(shipped("prefecture"), [])), "一覧")
    assert [one for one in shown if "国庫" in str(one)] == [
        *("国庫の前年度当初", "国庫", "国庫の内示", "国庫の調整要求", "国庫の査定"),
    ]


def test_summary__columns_are_wide_enough_for_money_of_no_stage() -> None:
    whole = 'whole = { label = "総事業費", kind = "money" }'
    text = form_text("small_town").replace("[fields]\n", f"[fields]\n{whole}\n")
    form = parse_definition(text.replace('["note"]', '["note"], ["whole"]').encode(), "form.toml")
    (row,) = rows_of(form, 1, random.Random(1))
    document = {**row.request.document, "whole": 12_345_678_901}
    row = replace(row, request=Request.from_document(document, form.axes))
    sheet = opened(written(form, [row]))["一覧"]
    at = next(cell.column_letter for cell in sheet[4] if cell.value == "総事業費")
    assert sheet[f"{at}5"].value == 12_345_678_901
    assert sheet.column_dimensions[at].width > len("12,345,678,901")


def typed_everywhere(form: Definition, rows: list[SummaryRow]) -> Iterator[tuple[Spot, Value]]:
    """Yield a value for every entry cell that the summary has."""
    for sheet in summary_definition(form).entry_sheets:
        fields = [one for one in sheet.fields if one.key in sheet.entries]
        for row in rows:
            lines = line_keys(row.request) if sheet.kind == "decisions" else (None,)
            for at, (line, field) in enumerate((line, f) for line in lines for f in fields):
                text = field.choices[0] if field.choices else f"記入{at}"
                value: Value = 10 + at if field.kind == "money" else text
                yield Spot(row.request.id or "", field.key, line), value


@pytest.mark.parametrize("form", FORMS)
def test_entries__of_a_form_are_read_back(form: str) -> None:
    own = shipped(form)
    rows = rows_of(own, 6, random.Random(form))
    typed = dict(typed_everywhere(own, rows))
    assert (DECIDED, TOTAL) in {tuple(spot.field.split("/")) for spot in typed}
    data = written(own, rows, entries=FinanceEntries(typed=typed, base=base_of_rows(rows)))
    reading = read_summary(data, "集計.xlsx", own)
    assert {one.spot: one.value for one in reading.cells} == typed
    assert (reading.notes, reading.uncarried) == ((), ())


@pytest.mark.parametrize("form", FORMS)
def test_entries__are_read_back_under_other_labels(form: str) -> None:
    own = shipped(form)
    rows = rows_of(own, 6, random.Random(form))
    typed = dict(typed_everywhere(own, rows))
    data = written(own, rows, entries=FinanceEntries(typed=typed, base=base_of_rows(rows)))
    text = form_text(form).replace('label = "', 'label = "新')
    other = parse_definition(text.encode(), "form.toml")
    reading = read_summary(data, "集計.xlsx", other)
    assert {one.spot: one.value for one in reading.cells} == typed
    listed = listed_requests(data, other)
    assert listed is not None
    assert len(listed.requests) == len(rows)


def test_entries__of_a_form_without_a_decided_stage_are_none() -> None:
    text = form_text("small_town").replace(', is = "decided"', "")
    form = parse_definition(text.encode(), "form.toml")
    assert summary_definition(form).entry_sheets == ()
    data = written(form, rows_of(form, 3, random.Random(1)))
    book = opened(data)
    assert not {"査定", "引き継げない記入"} & set(book.sheetnames)
    assert book["一覧"].protection.sheet  # the figures of the other sheets come from it
    reading = read_summary(data, "集計.xlsx", form)
    assert (reading.cells, reading.notes, reading.uncarried) == ((), (), ())


@pytest.mark.parametrize("seed", seeds.short())
def test_entries__of_any_form_are_carried_into_the_next_summary(seed: int) -> None:
    chance = random.Random(seed)
    form = any_form(chance)
    rows = rows_of(form, 4, chance)
    typed, base = dict(typed_everywhere(form, rows)), base_of_rows(rows)
    reading = read_summary(written(form, rows, FinanceEntries(typed, base)), "集計.xlsx", form)
    found = {one.spot: one.value for one in reading.cells}
    assert found == {spot: value for spot, value in typed.items() if spot in found}
    assert all(base.get(spot) == value for spot, value in typed.items() if spot not in found)
    assert (reading.notes, reading.uncarried) == ((), ())
    done = apply_decisions(history_of(reading.cells), rows, settings_of(form), form)
    assert done.entries.uncarried == ()
    again = read_summary(written(form, [*done.rows], done.entries), "集計.xlsx", form)
    assert not any(one.is_changed for one in again.cells)


def just_written(form: Definition, rows: list[SummaryRow]) -> bytes:
    """Return the summary of requests of which nobody decided anything yet."""
    done = apply_decisions(history_of(()), rows, settings_of(form), form)
    return written(form, [*done.rows], done.entries)


def read_again(data: bytes, rows: list[SummaryRow], form: Definition) -> tuple[bytes, list[str]]:
    """Return the summary that the next run makes of one that nobody touched, and the codes of what it tells."""
    reading = read_summary(data, "集計.xlsx", form)
    assert (reading.notes, reading.uncarried, reading.strange_sheets) == ((), (), ())
    assert not any(one.is_changed for one in reading.cells)
    done = apply_decisions(history_of(reading.cells), rows, settings_of(form), form)
    assert done.entries.uncarried == ()
    return written(form, [*done.rows], done.entries), [one.code for one in done.findings]


@pytest.mark.parametrize("seed", seeds.short())
def test_summary__just_written_and_read_back_tells_nothing(seed: int) -> None:
    chance = random.Random(seed)
    form = any_form(chance)
    rows = odd_rows_of(form, 5, chance)
    data = just_written(form, rows)
    assert read_again(data, rows, form) == (data, [])


@pytest.mark.parametrize("seed", seeds.short())
def test_entries__stay_where_nobody_touches_them(seed: int) -> None:
    chance = random.Random(seed)
    form = any_form(chance)
    rows = odd_rows_of(form, 5, chance)
    some = {spot: one for spot, one in typed_everywhere(form, rows) if chance.random() < 0.5}
    data = written(form, rows, FinanceEntries(typed=some, base=base_of_rows(rows)))
    first, _ = read_again(data, rows, form)
    second, told = read_again(first, rows, form)
    assert first == second
    # What stands in the cells by chance agrees with nothing (YX740 to YX759).
    assert {one for one in told if not one.startswith(("YX74", "YX75"))} <= {"YX610"}


def test_summary__a_rate_that_is_a_whole_number_is_read_back() -> None:
    rise = 'rise = { label = "率", total = "rate", of = ["decision", "request"] }'
    text = form_text("small_town").replace("[sources]", f"{rise}\n\n[sources]")
    form = parse_definition(text.encode(), "form.toml")
    (row,) = rows_of(form, 1, random.Random(1))
    document = {**row.request.document, "rates": {"rise": -160.0}}
    rows = [replace(row, request=Request.from_document(document, form.axes))]
    data = just_written(form, rows)
    assert table(opened(data), "一覧")[0]["率"] == -160
    assert read_again(data, rows, form) == (data, [])


def test_summary__sources_without_names_are_not_listed_by_name() -> None:
    chance = random.Random(3)
    for form, account in (("prefecture", ["会計"]), ("small_town", [])):
        own = shipped(form)
        data = written(own, rows_of(own, 6, chance))
        decided = own.axes.stage(DECIDED).label
        assert headings(opened(data), "財源内訳") == [
            *(*account, "財源", "金額", "構成比（％）", decided, "決定件数"),
        ]
        notes = [row[0].value for row in opened(data)["財源内訳"]["A1:A2"]]
        assert "名称ごと" not in str(notes)
    own = shipped("municipal-1")
    assert "財源の名称" in headings(opened(written(own, [])), "財源内訳")


_TO = re.compile(r"<xdr:to><xdr:col>(\d+)</xdr:col>")


@pytest.mark.parametrize("form", FORMS)
def test_charts__stand_within_the_page(form: str) -> None:
    own = shipped(form)
    data = written(own, rows_of(own, 9, random.Random(form)))
    area = CellRange(opened(data)["グラフ"].print_area.split("!")[-1].replace("$", ""))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        drawings = [one for one in archive.namelist() if one.startswith("xl/drawings/drawing")]
        ends = [int(at) for one in drawings for at in _TO.findall(archive.read(one).decode())]
    assert len(ends) >= 2
    assert max(ends) < area.max_col


@pytest.mark.parametrize("form", FORMS)
def test_summary__every_sheet_prints_in_a_size_to_be_read(form: str) -> None:
    own = shipped(form)
    book = opened(written(own, rows_of(own, 9, random.Random(form))))
    for sheet in summary_definition(own).sheets:
        if sheet.kind in ("charts", "detail", "comparison", "last_list", "ceilings"):
            continue
        found, last = (
            book[sheet.name],
            max(at for at, one in enumerate(sheet.fields, 1) if one.printed),
        )
        # Columns beside one another that are as wide stand in the file as one.
        groups = found.column_dimensions.values()
        widths = [
            one.width
            for at in range(1, last + 1)
            for one in groups
            if (one.min or 0) <= at <= (one.max or 0)
        ]
        pages = found.page_setup.fitToWidth or 1
        assert sum(widths) / pages < 270, (sheet.name, widths)
        assert bool(found.print_title_cols) is (pages > 1)


def test_summary__a_table_by_what_is_called_so_says_it_once() -> None:
    text = form_text("municipal-1").replace('"事業区分"', '"収支の別"')
    names = opened(written(parse_definition(text.encode(), "form.toml"), [])).sheetnames
    assert "収支の別" in names
    assert "収支の別別" not in names


def test_sums__a_change_is_the_sum_of_the_requests_own() -> None:
    form = shipped("municipal-1")
    first, second = rows_of(form, 2, random.Random(1))
    stages: tuple[dict[str, int | None], ...] = (
        {"prior": 500, "request": None, "change": None},
        {"prior": 6_310, "request": 6_490, "change": 180},
    )
    rows = [
        replace(one, request=Request.from_document(_with_totals(one, given), form.axes))
        for one, given in zip((first, second), stages, strict=True)
    ]
    book = opened(written(form, rows))
    for sheet in ("会計・款別", "部別"):
        last = table(book, sheet)[-1]
        assert (last["前年度当初"], last["要求額"], last["増減"]) == (6_810, 6_490, 180)


def _with_totals(row: SummaryRow, totals: dict[str, int | None]) -> Document:
    amounts = row.request.document["amounts"]
    own = {stage: {**amounts[stage], "total": total} for stage, total in totals.items()}
    return {**row.request.document, "amounts": {**amounts, **own}}


def test_summary__what_the_form_says_of_last_year_stands_beside_it() -> None:
    form = shipped("prefecture")
    rows = rows_of(form, 6, random.Random(5))
    book = opened(written(form, rows))
    last = sum(one.request.amount("last_year") or 0 for one in rows)
    assert last
    total = next(one for one in table(book, "予算案比較") if one["会計"] == "全会計 計")
    assert total["前年度当初"] == last
    sources = {one["内訳"]: one for one in table(book, "予算案比較") if one["比較の単位"] == "財源"}
    treasury = sum(one.request.amounts.get(("last_year", "treasury")) or 0 for one in rows)
    assert sources["国庫"]["前年度当初"] in (treasury, "－")


def last_year_by_source(sources: dict[str, int]) -> list[dict[str, object]]:
    """Give 予算案比較 by source of two requests of 100 each last year: of one the sources are known, of the other these."""
    form = shipped("municipal-1")
    rows = rows_of(form, 2, random.Random(7))
    known = {"total": 100, "national": 40, "general": 60}
    documents = [
        {**row.request.document, "amounts": {**row.request.document["amounts"], "prior": prior}}
        for row, prior in zip(rows, (known, {"total": 100, **sources}), strict=True)
    ]
    requests = [Request.from_document(one, form.axes) for one in documents]
    made = [replace(row, request=one) for row, one in zip(rows, requests, strict=True)]
    return [
        one
        for one in table(opened(written(form, made)), "予算案比較")
        if one["比較の単位"] == "財源" or "財源別は" in str(one["比較の単位"])
    ]


def test_summary__last_year_by_source_is_not_shown_where_it_is_unknown_of_any_request() -> None:
    *sources, note = last_year_by_source({})
    shown = [(one["前年度当初"], one["増減額"]) for one in sources]
    assert shown == [("－", None)] * (len(sources) - 1) + [(None, None)]
    said = "前年度当初の財源別は、財源の分からない要求が 1件あるため、出していません（－）。"
    assert note["比較の単位"] == said
    assert last_year_by_source({"national": 40})[-1]["比較の単位"] == said


def test_summary__last_year_by_source_is_shown_where_it_is_known_of_every_request() -> None:
    found = {one["内訳"]: one["前年度当初"] for one in last_year_by_source({"general": 100})}
    assert (found["国庫支出金"], found["一般財源"], found["財源の計"]) == (40, 160, 200)
    assert found["差"] == 0


def test_summary__a_town_without_bureaus_has_no_sums_of_them() -> None:
    form = shipped("small_town")
    every = rows_of(form, 9, random.Random(2))
    rows = [one for one in every if ROSTER.by_code(one.request.department_code)]
    assert rows
    units = Roster(tuple(replace(unit, bureau="") for unit in ROSTER))
    book = opened(summary_bytes(rows, (), SETTINGS, units, form=form))
    assert "部別" not in book.sheetnames
    said = [[cell.value for cell in line] for line in book["目次"]]
    assert any("部別" in line and "組織に部がないため、ありません。" in line for line in said)
    assert {one["比較の単位"] for one in table(book, "予算案比較")} == {"款", "財源"}


def test_decisions__promise_only_what_the_rows_of_the_form_can_do() -> None:
    note = summary_definition(shipped("prefecture")).of_kind("decisions").note
    assert "明細の「査定」は記録で、査定は「一覧」に入力します。" in note
    assert "その計を" not in note
    assert "その計を" in summary_definition(load_definition("minato-r2")).of_kind("decisions").note


def check_all(seed: int, folder: Path) -> None:
    """Let hold for one form whatever must hold for any."""
    test_summary__of_any_form_shows_and_sums_all(seed)
    test_entries__of_any_form_are_carried_into_the_next_summary(seed)
    test_summary__just_written_and_read_back_tells_nothing(seed)
    test_entries__stay_where_nobody_touches_them(seed)


if __name__ == "__main__":
    sys.exit(seeds.main(check_all))
