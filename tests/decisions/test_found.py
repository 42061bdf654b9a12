"""What was found to be lost or wrong in a made-up year, and what people do to summaries: each a test by its name."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.decisions import books
from tests.decisions.books import (
    AMOUNT,
    LEFT,
    LINES,
    LIST,
    RATIONALE,
    REASON,
    REMARKS,
    SPECIFIC,
    Place,
    cell_at,
    columns,
    load,
)
from tests.decisions.command import yosan
from tests.decisions.outputs import in_csv, in_list
from tests.decisions.plain import Entry
from tests.decisions.town import Town
from tests.excel.reading.edit import Editor
from tests.lazy_book import lazy_book
from tests.usecases.year import hand_in_filled, make_year

VERSION3 = Path(__file__).parent / "version3"
INTERIM = "財政課としては見送りたい。〔途中の理由〕"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A year of seven projects, all handed in and consolidated once."""
    made = Town.make(tmp_path, random.Random(0))
    made.away = set()
    made.hand_in()
    made.consolidate()
    return made


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A year of the nine requests, consolidated once."""
    folder = make_year(tmp_path / "R2")
    hand_in_filled(folder)
    yosan(folder, "consolidate")
    return folder


def type_at(
    town: Town,
    project: str,
    heading: str,
    value: int | str,
    line: int | None = None,
    path: Path | None = None,
) -> Entry:
    """Type into a summary (the main one), and tell the model."""
    (entry,) = type_all(town, Entry(value, project, heading, line), path=path)
    return entry


def type_all(town: Town, *entries: Entry, path: Path | None = None) -> list[Entry]:
    """Type several entries into a summary before it is saved, and tell the model."""
    path = path or town.main
    data = path.read_bytes()
    book, editor, over = lazy_book(data), Editor(data), []
    for entry in entries:
        cell = cell_at(book, Place(town.ids[entry.project or ""], entry.heading, entry.line))
        assert cell is not None
        over.append(town.ledger.find(cell.value))
        editor.put(cell.parent.title, cell.coordinate, entry.value)
    town.save(editor, path)
    for entry, before in zip(entries, over, strict=True):
        town.ledger.type(path.name, entry, before)
    return list(entries)


def type_a_few(town: Town) -> list[Entry]:
    """Type into four projects of three departments."""
    return type_all(
        town,
        Entry(30_001, "事業1", AMOUNT),
        Entry("必要性を認める。〔1〕", "事業1", RATIONALE),
        Entry(6_003, "事業2", AMOUNT, 1),
        Entry("精査した。〔2〕", "事業2", REMARKS, 1),
        Entry(5_007, "事業5", SPECIFIC),
        Entry(4_009, "事業8", AMOUNT),
    )


def shown(town: Town, project: str, heading: str, line: int | None = None) -> object:
    """Return what the summary shows of a project."""
    cell = cell_at(load(town.main, values=True), Place(town.ids[project], heading, line))
    assert cell is not None, (project, heading)
    return cell.value


def type_decisions(summary: Path, amounts: dict[str, int]) -> None:
    """Type 予算額 of requests and save."""
    book = load(summary)
    for request, amount in amounts.items():
        cell = cell_at(book, Place(request, AMOUNT))
        assert cell is not None
        cell.value = amount
    books.save(book, summary)


def summary_of(year: Path) -> Path:
    """Return where the summary of a year is."""
    return year / "集計" / f"{year.name}_集計.xlsx"


# --- what was found in the made-up year


def test_exchanged_sheets__each_project_keeps_its_decision_and_its_reason(town: Town) -> None:
    type_at(town, "事業1", AMOUNT, 30_001)
    type_at(town, "事業1", RATIONALE, "一つ目の理由〔1〕")
    type_at(town, "事業2", AMOUNT, 6_003)
    town.consolidate()
    first, second = town.projects["事業1"], town.projects["事業2"]
    first["id"], second["id"] = second["id"], first["id"]
    town.ledger.doubt("事業1")
    town.ledger.doubt("事業2")
    town.hand_in()
    town.consolidate()
    assert (shown(town, "事業1", AMOUNT), shown(town, "事業2", AMOUNT)) == (30_001, 6_003)
    assert shown(town, "事業1", RATIONALE) == "一つ目の理由〔1〕"


def test_funding__of_what_is_decided_as_asked_is_what_was_asked(year: Path) -> None:
    type_decisions(summary_of(year), {"0205-1": 6_259})
    yosan(year, "consolidate")
    yosan(year, "export")
    yosan(year, "page")
    for found in (in_list(summary_of(year)), in_csv(year / "集計" / "R2_一覧.csv")):
        own = found["0205-1"]
        assert (own.total, dict(own.sources or {})["general"]) == (6_259, 391)
        assert dict(own.sources or {})["national"] == 5_868
    page = (year / "集計" / "R2_集計.html").read_text(encoding="utf-8")
    sheet = next(
        one for one in page.split("<article")[1:] if "生活保護受給者健康管理支援事業" in one
    )
    figures = re.sub(r"<[^>]+>", " ", sheet).split()
    assert figures.count("391") == 2
    assert figures.count("5,868") >= 2


def test_page__of_a_year_that_is_partly_decided_is_no_draft_budget(year: Path) -> None:
    type_decisions(summary_of(year), {"0205-1": 6_259, "0601-1": 331, "0602-1": 0})
    yosan(year, "page")
    yosan(year, "page", "--public")
    for name in ("R2_集計.html", "R2_公表.html"):
        page = (year / "集計" / name).read_text(encoding="utf-8")
        title = re.findall(r"<title>(.*?)</title>", page)[0]
        assert "予算案" not in title, name
    own = (year / "集計" / "R2_集計.html").read_text(encoding="utf-8")
    assert "決定 3 / 9" in own
    assert "未定" in own


def test_undecided__is_never_0_and_nothing_granted_is_0(year: Path) -> None:
    type_decisions(summary_of(year), {"0602-1": 0})
    yosan(year, "consolidate")
    yosan(year, "export")
    for found in (in_list(summary_of(year)), in_csv(year / "集計" / "R2_一覧.csv")):
        assert found["0602-1"].total == 0
        assert {key: one.total for key, one in found.items() if key != "0602-1"} == dict.fromkeys(
            sorted(set(found) - {"0602-1"})
        )


def test_some_lines__are_no_decision_of_the_request(year: Path) -> None:
    book = load(summary_of(year))
    cell = cell_at(book, Place("0103-1", AMOUNT, 1))
    assert cell is not None
    cell.value = 4_001
    books.save(book, summary_of(year))
    yosan(year, "consolidate")
    yosan(year, "export")
    assert in_list(summary_of(year))["0103-1"].total is None
    assert in_csv(year / "集計" / "R2_一覧.csv")["0103-1"].total is None


def test_public_page__has_no_reason_of_a_stage_that_is_open(year: Path) -> None:
    with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[stages]]\nname = "財政課"\n\n[[stages]]\nname = "区長"\n')
    yosan(year, "consolidate")
    book = load(summary_of(year))
    cell = cell_at(book, Place("0601-1", REASON))
    amount = cell_at(book, Place("0601-1", AMOUNT))
    assert cell is not None
    assert amount is not None
    cell.value, amount.value = INTERIM, 123
    books.save(book, summary_of(year))
    yosan(year, "page")
    yosan(year, "page", "--public")
    yosan(year, "export", "--public")
    public = [year / "集計" / "R2_公表.html", *(year / "集計").glob("R2_公表_*.csv")]
    assert len(public) > 1
    assert not [path.name for path in public if "途中の理由" in path.read_text(encoding="utf-8")]
    assert "途中の理由" in (year / "集計" / "R2_集計.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    ["R2_集計 - コピー", "R2_集計(1)", "R2_集計 (2)", "R2_集計-PC02", "R2_集計_田中", "査定"],
)
def test_copy_of_a_summary__is_read_whatever_its_name(town: Town, name: str) -> None:
    copy = town.main.with_name(f"{name}.xlsx")
    shutil.copyfile(town.main, copy)
    type_at(town, "事業1", AMOUNT, 30_001, path=copy)
    type_at(town, "事業2", AMOUNT, 6_003)
    town.consolidate()
    assert (shown(town, "事業1", AMOUNT), shown(town, "事業2", AMOUNT)) == (30_001, 6_003)


@pytest.mark.parametrize("sheet", ["明細", "検証結果", "目次", "提出状況", "会計・款別"])
def test_typed_inside_a_table_of_ours__is_listed_or_kept_in_a_copy_and_told(
    town: Town, sheet: str
) -> None:
    book = load(town.main)
    book[sheet].cell(4, 1).value = "区長に確認〔1〕"
    town.save(book, town.main)
    entry = Entry("区長に確認〔1〕")
    town.ledger.type(town.main.name, entry)
    town.consolidate()
    assert entry.is_told


@pytest.mark.parametrize("sheet", [LIST, LINES, LEFT])
def test_renamed_sheet__loses_nothing(town: Town, sheet: str) -> None:
    type_a_few(town)
    book = load(town.main)
    book[sheet].title = "名前を変えた"
    town.save(book, town.main)
    town.consolidate()
    assert "put aside" not in town.done


def test_last_year__has_one_answer_wherever_it_is(tmp_path: Path) -> None:
    last, now = make_year(tmp_path / "R2"), make_year(tmp_path / "R3")
    settings = (now / "yosan.toml").read_text(encoding="utf-8")
    (now / "yosan.toml").write_text(settings.replace("令和2年度", "令和3年度"), encoding="utf-8")
    for year in (last, now):
        text = (year / "requests.json").read_text(encoding="utf-8")
        if year is now:
            text = text.replace('"fiscal_year": 2020', '"fiscal_year": 2021')
            (year / "requests.json").write_text(text, encoding="utf-8")
        hand_in_filled(year)
    yosan(last, "consolidate")
    amounts = {"0101-1": 120_000, "0103-1": 20_000, "0206-1": 90_955, "0602-1": 0}
    type_decisions(summary_of(last), amounts)
    yosan(last, "consolidate")
    yosan(last, "archive", "add", "--stage", "決定", "--anyway", ends=(0, 1, 2))
    archived = next((tmp_path / "保存庫" / "R2").iterdir())
    said = []
    for where in (last, summary_of(last), archived):
        yosan(now, "consolidate", "--last-year", str(where))
        said.append(_compared(summary_of(now)))
    assert said[0] == said[1] == said[2]
    asked = 383_511 - 151_486 - 30_765 - 90_955 - 4_192
    assert sum(said[0].values()) == asked + sum(amounts.values())


def _compared(summary: Path) -> dict[str, int]:
    """Return the amount of last year that each request is compared with."""
    sheet = load(summary, values=True)["前年度一覧"]
    at = next(r for r in range(1, 12) if any(c.value == "比較に使う額" for c in sheet[r]))
    names = {str(cell.value): cell.column for cell in sheet[at] if cell.value}
    found = {}
    for row in range(at + 1, sheet.max_row + 1):
        title = sheet.cell(row, names["事業名"]).value if "事業名" in names else None
        amount = sheet.cell(row, names["比較に使う額"]).value
        if title and isinstance(amount, int):
            found[str(title)] = amount
    return found


def _ids(year: Path) -> set[str]:
    return {request for _, request, _ in books.rows(load(summary_of(year))[LIST])}


def test_returned_notice__is_no_request(year: Path) -> None:
    with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            '\n[[stages]]\nname = "財政課"\nnotice = true\n\n[[stages]]\nname = "区長"\n'
        )
    yosan(year, "consolidate")
    type_decisions(summary_of(year), dict.fromkeys(_ids(year), 300))
    yosan(year, "stage", "close", "財政課", "--anyway")
    yosan(year, "notice")
    before = _ids(year)
    for book in (year / "内示").glob("*.xlsx"):
        shutil.copyfile(book, year / "提出" / f"{book.stem}(2).xlsx")
    yosan(year, "consolidate")
    assert _ids(year) == before
    sheet = load(summary_of(year), values=True)[LIST]
    asked = [sheet.cell(row, columns(sheet)["要求額"]).value for row, _, _ in books.rows(sheet)]
    assert sum(asked) == 383_511


# --- what people do to summaries


def test_two_colleagues__in_two_copies_are_both_taken_and_told_where_they_differ(
    town: Town,
) -> None:
    one, two = (town.main.with_name(f"R2_集計{name}.xlsx") for name in (" - コピー", "_田中"))
    for copy in (one, two):
        shutil.copyfile(town.main, copy)
    type_at(town, "事業1", AMOUNT, 30_001, path=one)
    type_at(town, "事業2", AMOUNT, 6_003, path=two)
    first = type_at(town, "事業8", AMOUNT, 4_009, path=one)
    second = type_at(town, "事業8", AMOUNT, 4_011, path=two)
    town.consolidate()
    assert (shown(town, "事業1", AMOUNT), shown(town, "事業2", AMOUNT)) == (30_001, 6_003)
    there = shown(town, "事業8", AMOUNT)
    assert there in (4_009, 4_011)
    assert {first.is_told, second.is_told} >= {True}


def _sort(sheet: object, of: list[int]) -> None:
    there = [row for row, _, _ in books.rows(sheet)]
    values = [[sheet.cell(row, column).value for column in of] for row in there]  # type: ignore[attr-defined]
    for row, own in zip(there, reversed(values), strict=True):
        for column, value in zip(of, own, strict=True):
            sheet.cell(row, column).value = value  # type: ignore[attr-defined]


@pytest.mark.parametrize("sheet", [LIST, LINES])
def test_sort__of_the_whole_list_moves_nothing(town: Town, sheet: str) -> None:
    type_a_few(town)
    town.consolidate()
    book = load(town.main)
    _sort(book[sheet], list(range(1, book[sheet].max_column + 1)))
    town.save(book, town.main)
    town.consolidate()


def test_sort__of_the_entry_columns_alone_is_told(town: Town) -> None:
    amounts = (("事業1", 30_001), ("事業2", 6_003), ("事業5", 5_007), ("事業8", 4_009))
    type_all(town, *(Entry(amount, name, AMOUNT) for name, amount in amounts))
    town.consolidate()
    before = {name: shown(town, name, AMOUNT) for name in town.projects}
    book = load(town.main)
    sheet = book[LIST]
    entries = [columns(sheet)[name] for name in (AMOUNT, SPECIFIC, RATIONALE)]
    _sort(sheet, entries)
    town.save(book, town.main)
    told = town._run()
    assert "並べかえ" in told or "並べ替え" in told
    # It is read as it stands, and what stood there before is in the history.
    after = {name: shown(town, name, AMOUNT) for name in town.projects}
    assert sorted(map(str, after.values())) == sorted(map(str, before.values()))
    history = (town.year / "査定履歴.csv").read_text(encoding="utf-8-sig")
    assert all(history.count(str(amount)) > 1 for amount in before.values() if amount)


def _insert(sheet: object) -> None:
    sheet.insert_cols(5)  # type: ignore[attr-defined]


def _rename(sheet: object) -> None:
    sheet.cell(books.headings(sheet), columns(sheet)[AMOUNT]).value = "査定額"  # type: ignore[attr-defined]


def _delete_other(sheet: object) -> None:
    sheet.delete_cols(columns(sheet)["事業名"])  # type: ignore[attr-defined]


def _delete_entries(sheet: object) -> None:
    sheet.delete_cols(columns(sheet)[SPECIFIC])  # type: ignore[attr-defined]


@pytest.mark.parametrize("act", [_insert, _rename, _delete_other, _delete_entries])
@pytest.mark.parametrize("name", [LIST, LINES])
def test_columns__inserted_renamed_or_deleted_lose_nothing(
    town: Town, act: Callable[[object], None], name: str
) -> None:
    type_a_few(town)
    town.consolidate()
    if act is not _delete_entries:
        type_at(town, "事業3", AMOUNT, 7_013)
    book = load(town.main)
    act(book[name])
    town.save(book, town.main)
    town.consolidate()
    assert "put aside" not in town.done


def test_copied_sheet__is_told_with_what_was_typed_into_it(town: Town) -> None:
    type_a_few(town)
    book = load(town.main)
    sheet = book.copy_worksheet(book[LIST])
    sheet.cell(books.headings(sheet) + 1, columns(sheet)[AMOUNT]).value = 9_019
    town.save(book, town.main)
    entry = Entry(9_019)
    town.ledger.type(town.main.name, entry)
    town.consolidate()
    assert entry.is_told


@pytest.mark.parametrize("sheet", [LIST, LINES, LEFT, "目次"])
def test_deleted_sheet__loses_nothing_that_was_consolidated(town: Town, sheet: str) -> None:
    type_a_few(town)
    town.consolidate()
    book = load(town.main)
    book.remove(book[sheet])
    town.save(book, town.main)
    town.consolidate()


@pytest.mark.parametrize("sheet", [LIST, LINES, "明細", "会計・款別"])
def test_comment_and_colour__are_carried_or_kept_and_told(town: Town, sheet: str) -> None:
    type_a_few(town)
    town.consolidate()
    book = load(town.main)
    book[sheet].cell(6, 2).comment = Comment("要相談〔9〕", "財政課")
    book[sheet].cell(7, 3).fill = PatternFill("solid", fgColor="FFA1B2C3")
    town.save(book, town.main)
    for value in ("要相談〔9〕", "A1B2C3"):
        town.ledger.type(town.main.name, Entry(value))
    town.consolidate()


@pytest.mark.parametrize("sheet", [LIST, LINES, "明細"])
def test_text_box__is_kept_and_told(town: Town, sheet: str) -> None:
    books.draw(town.main, sheet, "付せん〔9〕")
    town.ledger.type(town.main.name, Entry("付せん〔9〕"))
    town.consolidate()


# --- what departments do


def test_late_department__leaves_every_entry_at_its_project(town: Town) -> None:
    town.away = {"0205", "0206"}
    town.hand_in()
    town.consolidate()
    type_at(town, "事業1", AMOUNT, 30_001)
    town.away = set()
    town.hand_in()
    town.consolidate()


def test_department__withdrawn_and_back_has_its_decisions_again(town: Town) -> None:
    entries = type_a_few(town)
    town.consolidate()
    town.away = {"0205"}
    town.hand_in()
    town.consolidate()
    assert entries[4].is_told
    town.away = set()
    town.hand_in()
    town.consolidate()
    assert shown(town, "事業5", SPECIFIC) == 5_007


@pytest.mark.parametrize("act", ["_rename_unit", "_recode_unit"])
def test_department__renamed_or_recoded_keeps_its_decisions(town: Town, act: str) -> None:
    from tests.decisions import acts

    type_a_few(town)
    town.consolidate()
    for _ in range(3):
        getattr(acts, act)(town)
    town.consolidate()


def test_moved_request__takes_its_decision_along(town: Town) -> None:
    type_a_few(town)
    town.consolidate()
    town.projects["事業1"]["id"] = "0103-5"
    town.ledger.doubt("事業1")
    town.hand_in()
    town.consolidate()
    assert shown(town, "事業1", AMOUNT) == 30_001
    assert shown(town, "事業1", RATIONALE) == "必要性を認める。〔1〕"


def test_moved_to_another_department__follows_the_table_of_successions(town: Town) -> None:
    type_a_few(town)
    town.consolidate()
    one = town.projects["事業1"]
    old, one["id"] = one["id"], "0601-5"
    one["department"] = dict(town.projects["事業6"]["department"])
    one["title"] = "まったく別の名の事業"
    town.ledger.doubt("事業1")
    table = town.year / "対応表.csv"
    table.write_text(
        f"\ufeff種類,前,後,年度,備考\r\n移動,{old},0601-5,R2,所管替え\r\n", encoding="utf-8"
    )
    town.hand_in()
    town.consolidate()
    assert shown(town, "事業1", AMOUNT) == 30_001


def test_split_request__leaves_its_decision_with_the_larger_part_or_on_the_list(town: Town) -> None:
    type_a_few(town)
    town.consolidate()
    town.split("事業2")
    town.ledger.doubt("事業2")
    town.hand_in()
    town.consolidate()


def test_retitled_request__keeps_its_decision(town: Town) -> None:
    type_a_few(town)
    town.consolidate()
    town.projects["事業1"]["title"] += "（拡充）"
    town.hand_in()
    town.consolidate()
    assert shown(town, "事業1", AMOUNT) == 30_001


def test_raised_request__keeps_its_decision_and_is_told_with_both_amounts(town: Town) -> None:
    type_a_few(town)
    town.consolidate()
    one = town.projects["事業8"]
    old = one["total"]["requested"]
    for row in (one["lines"][0], one["total"], one["subtotals"][0]):
        row["requested"] += 1_000
    one["funding"]["general"]["amount"] += 1_000
    town.hand_in()
    told = town._run()
    assert shown(town, "事業8", AMOUNT) == 4_009
    assert f"{old:,}" in told
    assert f"{old + 1_000:,}" in told


# --- copies, and programs


def test_99_old_copies__bring_nothing_old_back(town: Town) -> None:
    type_at(town, "事業1", AMOUNT, 30_001)
    town.consolidate()
    for number in range(2, 101):
        shutil.copyfile(town.main, town.main.with_name(f"R2_集計({number}).xlsx"))
    type_at(town, "事業1", AMOUNT, 30_003)
    town.consolidate()
    assert shown(town, "事業1", AMOUNT) == 30_003
    for path in town.summaries[:3]:
        town.save(load(path), path)
    town.consolidate()
    assert shown(town, "事業1", AMOUNT) == 30_003


def test_lost_summary__costs_nothing(town: Town) -> None:
    type_a_few(town)
    town.consolidate()
    shutil.rmtree(town.main.parent)
    town.consolidate()


def test_summary_of_the_program_before__is_taken_over_whole(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    hand_in_filled(year)
    (year / "集計").mkdir()
    for name, folder in (("R2_集計.xlsx", year / "集計"), ("台帳.json", year)):
        shutil.copyfile(VERSION3 / name, folder / name)
    for _ in range(2):
        yosan(year, "consolidate")
        found = {key: one.total for key, one in in_list(summary_of(year)).items()}
        amounts = {"0602-1": 713_017, "0205-1": 6_259, "0101-1": 715_035, "0601-2": 716_044}
        assert {key: found[key] for key in amounts} == amounts
        book = load(summary_of(year), values=True)
        expected = {
            ("0206-1", AMOUNT, 1): 714_026,
            ("0206-1", "査定区分", 1): "一部減額",
            ("0206-1", REMARKS, 1): "備考〔0002〕",
            ("0601-1", SPECIFIC, None): 0,
            ("0602-1", RATIONALE, None): "編成の考え方〔0001〕",
        }
        cells = {place: cell_at(book, Place(*place)) for place in expected}
        assert {place: cell and cell.value for place, cell in cells.items()} == expected


def test_history__says_who_typed_what_and_what_stood_there_before(town: Town) -> None:
    type_at(town, "事業1", AMOUNT, 30_001)
    town.consolidate()
    type_at(town, "事業1", AMOUNT, 30_003)
    town.consolidate()
    lines = (town.year / "査定履歴.csv").read_text(encoding="utf-8-sig").splitlines()
    last = next(
        line
        for line in reversed(lines)
        if "30003" in line.replace('"', "").replace(",", ",") or "30,003" in line
    )
    assert "30001" in last
    assert town.projects["事業1"]["title"] in last
    assert any(name in last for name in ("財政 太郎", "田中"))
