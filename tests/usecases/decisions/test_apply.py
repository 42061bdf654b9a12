"""What finance types into the summary stays, whatever else changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from tests.lazy_book import lazy_book
from tests.usecases.noticed import STAGES, close_stage
from tests.usecases.typing import entry, left, shown, type_in
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.model.axes import DECIDED
from yosan_xl.usecases.consolidate import Consolidated, consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.stages import reopen_stage
from yosan_xl.usecases.year_source import open_source

RATIONALE = "要求どおり計上する。\n=1+2"


@pytest.fixture
def year(tmp_path: Path) -> Path:
    folder = make_year(tmp_path / "R2")
    hand_in_filled(folder)
    return folder


def run(year: Path, out: Path | None = None) -> Consolidated:
    return consolidate([year], year.parent, out, wait=lambda seconds: None)


def codes(done: Consolidated) -> list[str]:
    return [finding.code for finding in done.findings]


def test_consolidate__what_was_typed_is_there_again_and_counts(year: Path) -> None:
    path = run(year).summary
    type_in(
        path,
        {
            ("0602-1", "予算額", None): 4_000,
            ("0602-1", "予算額のうち特財", None): 0,
            ("0602-1", "編成の考え方", None): RATIONALE,
            ("0206-1", "予算額", 1): 12_345,
            ("0206-1", "査定区分", 1): "増額",
            ("0206-1", "備考", 1): "精査した。",
        },
    )
    for _ in range(2):
        done = run(year)
        assert (codes(done), done.carried) == ([], 6)
        assert shown(path, "0602-1", "予算額") == 4_000
        assert shown(path, "0602-1", "予算額のうち特財") == 0
        assert shown(path, "0602-1", "編成の考え方") == RATIONALE
        assert shown(path, "0206-1", "予算額", 1) == 12_345
        assert shown(path, "0206-1", "査定区分", 1) == "増額"
        assert shown(path, "0206-1", "備考", 1) == "精査した。"
        # One of three lines is no decision of the request yet.
        assert shown(path, "0206-1", "予算額") is None
        assert left(path) == []
    type_in(path, {("0206-1", "予算額", 2): 600, ("0206-1", "予算額", 3): 0})
    run(year)
    # The sum of the lines stands in the list without being an entry of its own.
    assert shown(path, "0206-1", "予算額") == 12_945
    type_in(path, {("0206-1", "予算額", 1): 11_000})
    run(year)
    assert shown(path, "0206-1", "予算額") == 11_600


def test_consolidate__a_late_department_moves_the_rows_and_nothing_else(year: Path) -> None:
    late = year / "提出" / "0206_国保年金課.xlsx"
    shutil.move(late, year / "late.xlsx")
    path = run(year).summary
    type_in(path, {("0601-1", "予算額", None): 331, ("0602-1", "予算額", 1): 1_500})
    shutil.move(year / "late.xlsx", late)
    assert codes(run(year)) == []
    assert (shown(path, "0601-1", "予算額"), shown(path, "0602-1", "予算額", 1)) == (331, 1_500)


def test_yx612__hits_a_request_withdrawn_and_comes_back_with_it(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000, ("0602-1", "備考", 1): "見送り"})
    book = year / "提出" / "0602_区長室.xlsx"
    shutil.move(book, year / "kept.xlsx")
    for _ in range(2):
        assert codes(run(year)) == ["YX612", "YX612"]
        assert [row[:3] for row in left(path)] == [
            ("0602-1", "予算額", "4000"),
            ("0602-1", "備考", "見送り"),
        ]
    shutil.move(year / "kept.xlsx", book)
    assert codes(run(year)) == []
    assert (shown(path, "0602-1", "予算額"), left(path)) == (4_000, [])
    assert shown(path, "0602-1", "備考", 1) == "見送り"


def test_yx612__does_not_hit_where_the_place_is_there(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000})
    assert "YX612" not in codes(run(year))


def test_yx611__hits_a_text_in_an_amount_and_keeps_it(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): "約4,000", ("0601-1", "予算額", None): 330.5})
    assert sorted(codes(run(year))) == ["YX611", "YX611"]
    assert shown(path, "0602-1", "予算額") is None
    assert [row[:3] for row in left(path)] == [
        ("0601-1", "予算額", "330.5"),
        ("0602-1", "予算額", "約4,000"),
    ]


def test_yx613__hits_a_text_that_is_an_amount(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): "４，０００"})
    assert codes(run(year)) == ["YX613"]
    assert shown(path, "0602-1", "予算額") == 4_000
    assert codes(run(year)) == []


def test_yx856__hits_an_amount_of_another_unit(year: Path) -> None:
    path = run(year).summary
    type_in(
        path, {("0602-1", "予算額", None): "4,000,000円", ("0601-1", "予算額", None): "330,500円"}
    )
    done = run(year)
    assert sorted(codes(done)) == ["YX611", "YX856"]
    assert "「4,000,000円」を 4,000千円 と読みました" in "".join(one.fact for one in done.findings)
    assert (shown(path, "0602-1", "予算額"), shown(path, "0601-1", "予算額")) == (4_000, None)


def test_yx856__does_not_hit_the_unit_of_the_form(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): "4,000千円"})
    assert codes(run(year)) == ["YX613"]


def test_yx611__does_not_hit_a_number(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): -4_000})
    assert "YX611" not in codes(run(year))
    assert shown(path, "0602-1", "予算額") == -4_000


def test_yx610__hits_a_request_that_is_not_the_sum_of_its_lines(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000, ("0602-1", "予算額", 1): 3_900})
    done = run(year)
    assert codes(done) == ["YX610"]
    assert "（空欄の明細 1行）" in done.findings[0].fact
    assert "4,000千円" in done.findings[0].fact
    assert "3,900千円" in done.findings[0].fact
    assert (shown(path, "0602-1", "予算額"), shown(path, "0602-1", "予算額", 1)) == (4_000, 3_900)


def test_yx610__hits_where_no_line_is_blank_and_says_so(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", at): amount for at, amount in ((None, 5), (1, 3), (2, 1))})
    (told,) = [one for one in run(year).findings if one.code == "YX610"]
    assert "空欄の明細" not in told.fact


def test_yx610__does_not_hit_an_equal_sum(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 3_900, ("0602-1", "予算額", 1): 3_900})
    assert codes(run(year)) == []


def test_yx615__hits_a_note_beside_a_comment_and_a_figure_written_over(year: Path) -> None:
    path = run(year).summary
    book = openpyxl.load_workbook(path)
    sheet = book["一覧"]
    cell = entry(book, "0602-1", "予算額")
    sheet.cell(cell.row, sheet.max_column + 2).value = "区長に確認"
    sheet.cell(sheet.max_row + 3, 1).value = "ここまで確認済み"
    from openpyxl.comments import Comment

    cell.comment = Comment("要相談", "財政課")
    entry(book, "0601-1", "要求額").value = 999
    book.save(path)
    assert codes(run(year)) == ["YX615"] * 4
    assert {row[2] for row in left(path)} == {"区長に確認", "ここまで確認済み", "要相談", "999"}
    assert codes(run(year)) == []
    assert {row[2] for row in left(path)} == {"区長に確認", "ここまで確認済み", "要相談", "999"}


def _row_of(sheet: Any, request: str) -> tuple[int, int]:
    """Return the row of a request on 一覧, and the column of 要求書ID."""
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return next((one.row, one.column) for one in cells if one.value == request)


def test_yx615__of_a_copied_row_names_only_what_was_typed_there(year: Path) -> None:
    path = run(year).summary
    book = openpyxl.load_workbook(path)
    sheet, (row, _) = book["一覧"], _row_of(book["一覧"], "0602-1")
    amount = entry(book, "0602-1", "予算額").column
    last = sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(last, column).value = sheet.cell(row, column).value
    sheet.cell(last, amount).value = 4_000
    book.save(path)
    assert codes(run(year)) == ["YX615"]
    assert {row[2] for row in left(path)} == {"4000"}
    assert shown(path, "0602-1", "予算額") is None


def test_yx615__of_a_row_with_the_id_of_another_names_the_id_and_what_was_typed(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0601-1", "予算額", None): 300})
    book = openpyxl.load_workbook(path)
    book["一覧"].cell(*_row_of(book["一覧"], "0601-1")).value = "0602-1"
    book.save(path)
    assert codes(run(year)) == ["YX615"] * 2
    assert {row[2] for row in left(path)} == {"300", "0602-1"}
    assert shown(path, "0602-1", "予算額") is None


def test_yx615__does_not_hit_what_stands_in_an_entry_cell(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "備考", 1): "確認済み"})
    assert codes(run(year)) == []


def test_yx614__hits_a_formula_and_takes_its_result(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 3_600})
    formula_into(path, 3_600, "4000*0.9")
    assert codes(run(year)) == ["YX614"]
    assert shown(path, "0602-1", "予算額") == 3_600


def test_yx614__does_not_hit_a_figure(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 3_600})
    assert codes(run(year)) == []


def formula_into(path: Path, value: int, formula: str) -> None:
    """Put a formula before a saved value, as a spreadsheet program saves it."""
    import re
    import zipfile
    from io import BytesIO

    out, done = BytesIO(), 0
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                pattern = rb"(<c [^>]*?)( t=\"n\")?>(<v>%d</v>)" % value
                text, count = re.subn(pattern, rb"\1><f>%s</f>\3" % formula.encode(), text)
                done += count
            target.writestr(name, text)
    assert done == 1
    path.write_bytes(out.getvalue())


def test_consolidate__again_gives_the_same_bytes(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000, ("0206-1", "備考", 1): "精査"})
    run(year)
    first = path.read_bytes()
    run(year)
    assert path.read_bytes() == first


def test_consolidate__an_entry_that_was_emptied_stays_empty(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000})
    run(year)
    type_in(path, {("0602-1", "予算額", None): None})
    run(year)
    assert shown(path, "0602-1", "予算額") is None


def test_consolidate__a_line_that_moved_keeps_its_entry_and_one_that_changed_is_listed(
    year: Path,
) -> None:
    documents = json.loads((year / "requests.json").read_text(encoding="utf-8"))
    path = run(year).summary
    own = next(one for one in documents if one["id"] == "0103-1")
    request, first, second = own["id"], own["lines"][0], own["lines"][1]
    type_in(path, {(request, "備考", 1): "一", (request, "備考", 2): "二"})
    first["label"], second["label"] = second["label"], "まったく別の内容"
    (year / "requests.json").write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(year / "提出")
    hand_in_filled(year)
    assert codes(run(year)) == ["YX612"]
    assert shown(path, request, "備考", 1) == "二"
    assert [row[:3] for row in left(path)] == [(request, "備考", "一")]


@pytest.mark.parametrize("content", [b"", b"PK broken", b"x" * 1000], ids=["empty", "zip", "text"])
def test_yx616__hits_what_cannot_be_read_and_leaves_it(year: Path, content: bytes) -> None:
    path = run(year).summary
    path.write_bytes(content)
    with pytest.raises(WrongInput) as refused:
        run(year)
    assert [finding.code for finding in refused.value.findings] == ["YX616"]
    assert path.read_bytes() == content
    elsewhere = run(year, year / "別.xlsx")
    assert (elsewhere.summary.name, codes(elsewhere)) == ("別.xlsx", ["YX620"])
    assert path.read_bytes() == content


def test_yx616__hits_a_book_of_somebody_else_s(year: Path) -> None:
    path = year / "集計" / "R2_集計.xlsx"
    path.parent.mkdir()
    openpyxl.Workbook().save(path)
    before = path.read_bytes()
    with pytest.raises(WrongInput, match="YX616"):
        run(year)
    assert path.read_bytes() == before


def _edit_stamp(path: Path, change: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(path)
    change(book["_yosan_summary"])
    book.save(path)
    return path.read_bytes()


def _without(kinds: tuple[str, ...]) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for row in range(sheet.max_row, 1, -1):
            if str(sheet.cell(row, 1).value).startswith(kinds):
                sheet.delete_rows(row)

    return change


def test_yx620__hits_a_notice_in_the_folder_of_summaries(year: Path) -> None:
    path = run(year).summary
    book = openpyxl.Workbook()
    hidden = book.create_sheet("_yosan_notice")
    for row in (("yosan-xl", "notice", "1"), ("fiscal_year", "2020"), ("department", "0103")):
        hidden.append(row)
    for row in (("stage", "査定"), ("form", "minato-r2")):
        hidden.append(row)
    book.save(path.parent / "0103_税務課.xlsx")
    (told,) = run(year).findings
    assert told.code == "YX620"
    assert "内示のブックです" in told.fact


@pytest.mark.parametrize("kinds", [("entry ",), ("column ",), ("entry ", "column ")])
def test_yx616__hits_a_stamp_that_lost_its_columns(year: Path, kinds: tuple[str, ...]) -> None:
    path = run(year).summary
    type_in(path, {("0103-2", "予算額", None): 777})
    before = _edit_stamp(path, _without(kinds))
    with pytest.raises(WrongInput, match="YX616"):
        run(year)
    assert path.read_bytes() == before


def test_yx715__hits_a_summary_of_a_newer_program(year: Path) -> None:
    path = run(year).summary
    before = _edit_stamp(path, lambda sheet: sheet.cell(1, 3, "5"))
    with pytest.raises(WrongInput, match="YX715"):
        run(year)
    assert path.read_bytes() == before


def test_yx715__does_not_hit_a_version_that_is_none(year: Path) -> None:
    path = run(year).summary
    _edit_stamp(path, lambda sheet: sheet.cell(1, 3, "新"))
    with pytest.raises(WrongInput, match="YX616"):
        run(year)


def test_yx616__does_not_hit_our_own(year: Path) -> None:
    run(year)
    assert codes(run(year)) == []


def test_consolidate__to_another_place_takes_the_entries_along(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000})
    other = run(year, year / "別.xlsx").summary
    assert shown(other, "0602-1", "予算額") == 4_000


def test_yx619__hits_an_added_sheet_and_keeps_the_old_book(year: Path) -> None:
    path = run(year).summary
    book = openpyxl.load_workbook(path)
    book.create_sheet("メモ")["A1"] = "大切"
    book.save(path)
    assert codes(run(year)) == ["YX619"]
    (kept,) = (path.parent / "控え").iterdir()
    assert lazy_book(kept)["メモ"]["A1"].value == "大切"


def test_yx619__hits_a_coloured_cell_of_a_table_of_sums(year: Path) -> None:
    path = run(year).summary
    book = openpyxl.load_workbook(path)
    book["会計・款別"]["D5"].fill = PatternFill("solid", fgColor="FFFF00")
    book.save(path)
    done = run(year)
    assert codes(done) == ["YX619"]
    assert "「会計・款別」D5の塗りつぶし" in done.findings[0].fact
    (kept,) = (path.parent / "控え").iterdir()
    assert lazy_book(kept)["会計・款別"]["D5"].fill.fgColor.rgb == "00FFFF00"
    assert codes(run(year)) == []


def test_consolidate__a_note_beside_a_table_of_sums_is_listed(year: Path) -> None:
    path = run(year).summary
    book = openpyxl.load_workbook(path)
    book["会計・款別"]["P3"] = "大切"
    book.save(path)
    assert codes(run(year)) == ["YX615"]
    assert "大切" in [row[2] for row in left(path)]


def test_yx619__does_not_hit_without_one(year: Path) -> None:
    run(year)
    assert "YX619" not in codes(run(year))


def test_consolidate__the_sums_have_what_was_decided(year: Path) -> None:
    path = run(year).summary
    lines: dict[tuple[str, str, int | None], object] = {
        ("0206-1", "予算額", line): 4_115 for line in (1, 2, 3)
    }
    type_in(path, {("0602-1", "予算額", None): 4_000, **lines})
    run(year)
    book = lazy_book(path, values=True)
    for name in ("会計・款別", "部・課別", "要求区分別"):
        headings, *rows = list(book[name].iter_rows(min_row=4, values_only=True))
        assert rows[-1][headings.index("予算額")] == 16_345


def test_yx613__does_not_hit_a_number(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000})
    assert "YX613" not in codes(run(year))


def test_summary__of_a_stage_before_the_last_says_nothing_of_what_is_decided(year: Path) -> None:
    with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[stages]]\nname = "財政課"\n\n[[stages]]\nname = "区長"\n')
    path = run(year).summary
    type_in(path, {("0602-1", "財政課の額", None): 4_000})
    run(year)
    for source in (path, year):
        found = open_source(str(source)).requests.requests
        assert [one.amount(DECIDED) for one in found if one.id == "0602-1"] == [None]


STAGED = '\n[[stages]]\nname = "財政課"\n\n[[stages]]\nname = "区長"\n'


def staged(year: Path, text: str) -> None:
    """Write the stages of a year anew."""
    file = year / "yosan.toml"
    before = file.read_text(encoding="utf-8").split("\n[[stages]]")[0]
    file.write_text(before + text, encoding="utf-8")


def test_yx705__hits_a_stage_that_was_put_before_one_with_entries(year: Path) -> None:
    staged(year, STAGED)
    path = run(year).summary
    type_in(path, {("0602-1", "財政課の額", None): 4_000})
    run(year)
    staged(year, '\n[[stages]]\nname = "課長"\n' + STAGED)
    done = run(year)
    (told,) = (one for one in done.findings if one.code == "YX705")
    assert "「財政課」には、記入が 1 件" in told.fact
    staged(year, STAGED)
    assert shown(run(year).summary, "0602-1", "財政課の額") == 4_000


def test_yx705__does_not_hit_the_open_stage(year: Path) -> None:
    staged(year, STAGED)
    path = run(year).summary
    type_in(path, {("0602-1", "財政課の額", None): 4_000})
    assert "YX705" not in codes(run(year))


def test_yx706__hits_where_the_history_has_gone_and_keeps_its_table(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000, ("0601-1", "予算額", None): 300})
    run(year)
    table = (year / "査定履歴.csv").read_bytes()
    (year / "査定.json").unlink()
    path.unlink()
    assert codes(run(year)) == ["YX706"]
    (kept,) = (path.parent / "控え").glob("査定履歴_*.csv")
    assert kept.read_bytes() == table


def test_yx706__does_not_hit_a_history_that_goes_on(year: Path) -> None:
    path = run(year).summary
    for amount in (4_000, 4_100):
        type_in(path, {("0602-1", "予算額", None): amount})
        assert codes(run(year)) == []


def test_yx707__hits_a_move_to_a_request_that_is_not_there(year: Path) -> None:
    table = year / "対応表.csv"
    table.write_text("種類,前,後\n移動,0602-1,9999-1\n", encoding="utf-8")
    (told,) = run(year).findings
    assert (told.code, "「9999-1」" in told.fact) == ("YX707", True)


def test_yx707__does_not_hit_a_move_that_is_there(year: Path) -> None:
    table = year / "対応表.csv"
    table.write_text("種類,前,後\n移動,0601-1,0602-1\n", encoding="utf-8")
    assert codes(run(year)) == []


def test_yx707__hits_two_moves_to_one_request_of_which_neither_is_used(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000, ("0601-1", "予算額", None): 300})
    run(year)
    (year / "対応表.csv").write_text(
        "種類,前,後\n移動,0602-1,0101-1\n移動,0601-1,0101-1\n", encoding="utf-8"
    )
    told = [one.fact for one in run(year).findings if one.code == "YX707"]
    assert ["「0101-1」に移す行がほかにもあるので" in one for one in told] == [True, True]


def test_yx707__of_a_request_without_entries_says_that_decisions_do_not_use_it(year: Path) -> None:
    (year / "対応表.csv").write_text("種類,前,後\n移動,9999-1,0101-1\n", encoding="utf-8")
    (told,) = run(year).findings
    assert "要求書「9999-1」に記入がないので、査定では使っていません" in told.fact


def test_yx707__hits_a_move_to_a_request_that_was_decided_itself(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000, ("0601-1", "予算額", None): 300})
    run(year)
    next((year / "提出").glob("0602_*")).unlink()
    table = year / "対応表.csv"
    table.write_text("種類,前,後\n移動,0602-1,0601-1\n", encoding="utf-8")
    for _ in range(3):
        told = {one.code: one for one in run(year).findings}
        assert "「0601-1」では別の事業として決まっている" in told["YX707"].fact
        assert shown(path, "0601-1", "予算額") == 300
        left = lazy_book(path)["引き継げない記入"]
        assert "4000" in {str(cell.value) for row in left.iter_rows() for cell in row}


def test_listed__a_row_that_is_mended_where_it_stands_is_taken(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): "約300"})
    run(year)
    book = openpyxl.load_workbook(path)
    sheet = book["引き継げない記入"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "約300")
    cell.value = "300"
    book.save(path)
    run(year)
    assert (shown(path, "0602-1", "予算額"), left(path)) == (300, [])


def test_consolidate__what_follows_stands_in_a_cell_that_was_emptied(year: Path) -> None:
    path = run(year).summary
    lines: dict[tuple[str, str, int | None], object] = {
        ("0206-1", "予算額", line): 4_115 for line in (1, 2, 3)
    }
    type_in(path, lines)
    run(year)
    assert shown(path, "0206-1", "予算額") == 12_345
    type_in(path, {("0206-1", "予算額", None): None})
    run(year)
    assert shown(path, "0206-1", "予算額") == 12_345


def test_yx611__is_gone_once_the_cell_has_an_amount(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "予算額", None): 4_000})
    run(year)
    type_in(path, {("0602-1", "予算額", None): "約3,000"})
    (told,) = run(year).findings
    assert "いまも「4,000千円」のままです" in told.fact
    type_in(path, {("0602-1", "予算額", None): 3_000})
    assert (codes(run(year)), left(path)) == ([], [])


def closed_year(year: Path) -> Path:
    """Return the summary of a year whose first stage is closed and whose second has an entry."""
    from yosan_xl.usecases.stages import close_stage

    staged(year, STAGED)
    path = typed_as_asked(year)
    close_stage(year, "財政課", anyway=True)
    run(year)
    type_in(path, {("0602-1", "予算額", None): 4_000})
    run(year)
    return path


def typed_as_asked(year: Path) -> Path:
    """Return the summary of a year into which was typed that all is as it was asked for."""
    path = run(year).summary
    asked: dict[tuple[str, str, int | None], object] = {
        (str(one["id"]), "査定区分", None): "要求どおり"
        for one in json.loads((year / "requests.json").read_text(encoding="utf-8"))
    }
    type_in(path, asked)
    return path


def test_yx708__hits_a_history_from_before_a_closing_and_leaves_the_summary(year: Path) -> None:
    path = closed_year(year)
    before = path.read_bytes()
    (year / "査定.json").unlink()
    with pytest.raises(WrongInput) as refused:
        run(year)
    assert [one.code for one in refused.value.findings] == ["YX708"]
    assert path.read_bytes() == before
    # As the remedy says: the archive has the history of the stage that was closed last.
    shutil.copy(year.parent / "保存庫" / "R2" / "財政課" / "査定.json", year / "査定.json")
    run(year)
    assert shown(path, "0602-1", "予算額") == 4_000


def test_yx708__hits_a_history_from_before_a_closing_with_as_many_records(year: Path) -> None:
    from yosan_xl.usecases.stages import close_stage

    staged(year, STAGED)
    path = typed_as_asked(year)
    run(year)
    older = (year / "査定.json").read_bytes()
    close_stage(year, "財政課", anyway=True)
    run(year)
    newer = (year / "査定.json").read_bytes()
    type_in(path, {("0602-1", "予算額", None): 4_000})
    (year / "査定.json").write_bytes(older)
    with pytest.raises(WrongInput) as refused:
        run(year)
    assert [one.code for one in refused.value.findings] == ["YX708"]
    (year / "査定.json").write_bytes(newer)
    run(year)
    assert shown(path, "0602-1", "予算額") == 4_000


def test_yx708__does_not_hit_a_stage_that_was_opened_again(year: Path) -> None:
    path = closed_year(year)
    reopen_stage(year, "財政課")
    type_in(path, {("0602-1", "予算額", None): 3_000})
    assert "YX708" not in codes(run(year))


def test_yx708__does_not_hit_the_history_of_the_year(year: Path) -> None:
    closed_year(year)
    assert "YX708" not in codes(run(year))


def test_listed__what_was_typed_for_a_closed_stage_stays_of_that_stage(year: Path) -> None:
    staged(year, STAGED)
    path = run(year).summary
    copy = path.with_name("R2_集計_田中.xlsx")
    shutil.copy(path, copy)
    path.unlink()
    shutil.copy(copy, path)
    closed_year(year)
    type_in(copy, {("0601-1", "財政課の額", None): 22_000})
    run(year)
    ((request, label, typed, why),) = left(path)
    assert (request, label, typed) == ("0601-1", "財政課の額", "22000")
    assert "締め切られている" in str(why)


def raise_request(year: Path, request: str, more: int) -> None:
    """Hand a request in again that asks for so much more in its first line."""
    documents = json.loads((year / "requests.json").read_text(encoding="utf-8"))
    own = next(one for one in documents if one["id"] == request)
    own["lines"][0]["requested"] += more
    for sum_ in (
        own["total"],
        *(one for one in own["subtotals"] if one["part"] == own["lines"][0]["part"]),
    ):
        sum_["requested"] += more
    own["funding"]["general"]["amount"] += more
    (year / "requests.json").write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(year / "提出")
    hand_in_filled(year)


@pytest.mark.parametrize("is_closed", [False, True])
def test_yx703__hits_a_raised_request_and_its_amount_stays(year: Path, is_closed: bool) -> None:
    from yosan_xl.usecases.stages import close_stage

    path = run(year).summary
    type_in(
        path,
        {("0103-1", "査定区分", None): "要求どおり", ("0206-1", "査定区分", None): "要求どおり"},
    )
    run(year)
    assert (shown(path, "0103-1", "予算額"), shown(path, "0206-1", "予算額")) == (30_765, 90_955)
    if is_closed:
        close_stage(year, "査定", anyway=True)
    raise_request(year, "0103-1", 10_000)
    told = [one for one in run(year).findings if one.code == "YX703"]
    assert len(told) == 1
    assert "30,765千円 → 40,765千円" in told[0].fact
    assert shown(path, "0103-1", "予算額") == 30_765
    found = open_source(str(year)).requests.requests
    assert {one.id: one.amount(DECIDED) for one in found if one.amount(DECIDED)} == {
        "0103-1": 30_765,
        "0206-1": 90_955,
    }


def test_yx703__says_which_sources_changed_where_the_amount_did_not(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0206-1", "査定区分", None): "要求どおり"})
    run(year)
    documents = json.loads((year / "requests.json").read_text(encoding="utf-8"))
    sources = next(one for one in documents if one["id"] == "0206-1")["funding"]
    sources["national"], sources["metropolitan"] = sources["metropolitan"], sources["national"]
    (year / "requests.json").write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(year / "提出")
    hand_in_filled(year)
    (told,) = (one for one in run(year).findings if one.code == "YX703")
    old, new = "国庫支出金 0千円、都支出金 12,000千円", "国庫支出金 12,000千円、都支出金 0千円"
    assert f"の要求の財源が変わりました（{old} → {new}）" in told.fact
    assert shown(path, "0206-1", "確認") == "要求の財源が変わりました"


@pytest.mark.parametrize(("verdict", "amount"), [("要求どおり", 4_192), ("ゼロ査定", 0)])
@pytest.mark.parametrize("after", [None, "一部減額"])
def test_consolidate__an_amount_that_stands_in_its_cell_outlives_the_verdict(
    year: Path, verdict: str, amount: int, after: str | None
) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "査定区分", None): verdict})
    run(year)
    assert shown(path, "0602-1", "予算額") == amount
    type_in(path, {("0602-1", "査定区分", None): after})
    run(year)
    assert shown(path, "0602-1", "予算額") == amount


def test_consolidate__another_verdict_says_another_amount(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0602-1", "査定区分", None): "要求どおり"})
    run(year)
    type_in(path, {("0602-1", "査定区分", None): "ゼロ査定"})
    run(year)
    assert shown(path, "0602-1", "予算額") == 0


def swap_sheets(year: Path, one: str, two: str) -> None:
    """Hand in the two requests of a department on each other's sheets."""
    documents = json.loads((year / "requests.json").read_text(encoding="utf-8"))
    for own in documents:
        own["id"] = {one: two, two: one}.get(own["id"], own["id"])
        own["no"] = None
    documents.sort(key=lambda own: own["id"])
    (year / "requests.json").write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(year / "提出")
    hand_in_filled(year)


def test_yx702__hits_two_sheets_that_change_places_and_each_keeps_its_decision(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0103-1", "予算額", None): 30_000, ("0103-2", "予算額", None): 38_000})
    run(year)
    swap_sheets(year, "0103-1", "0103-2")
    told = [one.fact for one in run(year).findings if one.code == "YX702"]
    assert len(told) == 2
    assert shown(path, "0103-2", "予算額") == 30_000
    assert shown(path, "0103-1", "予算額") == 38_000


def test_yx702__does_not_hit_where_they_stay(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0103-1", "予算額", None): 30_000})
    assert "YX702" not in codes(run(year))


def hand_in(year: Path, documents: list[dict[str, Any]]) -> None:
    """Hand in these requests and no others."""
    (year / "requests.json").write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(year / "提出")
    hand_in_filled(year)


def documents_of(year: Path) -> list[dict[str, Any]]:
    """Return the requests that were handed in, by their ids."""
    found: list[dict[str, Any]] = json.loads((year / "requests.json").read_text(encoding="utf-8"))
    return sorted(found, key=lambda one: str(one["id"]))


def test_decision__of_a_withdrawn_request_is_not_put_on_one_that_stood_beside_it(
    year: Path,
) -> None:
    documents = documents_of(year)
    one = next(own for own in documents if own["id"] == "0103-1")
    first, *rest = one["lines"]
    like = {**one, "no": None, "id": "0103-4", "lines": [{**first, "label": "別の明細"}, *rest]}
    hand_in(year, [*documents, like])
    path = run(year).summary
    type_in(path, {("0103-1", "予算額", None): 28_000})
    run(year)
    hand_in(year, [own for own in (*documents, like) if own["id"] != "0103-1"])
    for _ in range(2):
        assert "YX702" not in codes(run(year))
        assert shown(path, "0103-4", "予算額") is None
        assert [row[:3] for row in left(path)] == [("0103-1", "予算額", "28000")]


def test_decision__stays_where_two_books_have_the_same_requests(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0103-2", "予算額", None): 30_000, ("0103-3", "予算額", None): 20_000})
    run(year)
    book = next((year / "提出").glob("0103*"))
    changed = next(own for own in documents_of(year) if own["id"] == "0103-1")
    kept = book.read_bytes()
    raise_request(year, changed["id"], 10)
    book.with_name("0103_税務課(2).xlsx").write_bytes(book.read_bytes())
    book.write_bytes(kept)
    assert "YX504" in codes(run(year))
    assert shown(path, "0103-2", "予算額") == 30_000
    assert (shown(path, "0103-3", "予算額"), left(path)) == (20_000, [])


def test_yx702__what_people_say_afterwards_goes_before_it(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0103-1", "予算額", None): 28_000})
    run(year)
    swap_sheets(year, "0103-1", "0103-2")
    (told,) = [one for one in run(year).findings if one.code == "YX702"]
    assert "「移動,0103-2,（正しい要求書ID）」" in told.remedy
    table = year / "対応表.csv"
    table.write_text("種類,前,後\n移動,0103-2,0103-3\n", encoding="utf-8")
    run(year)
    assert [shown(path, f"0103-{at}", "予算額") for at in (1, 2, 3)] == [None, None, 28_000]
    type_in(path, {("0103-2", "予算額", None): 30_000})
    for more in (0, 100):  # the row was acted on: it is not of what is decided there since
        raise_request(year, "0103-2", more)
        run(year)
        assert [shown(path, f"0103-{at}", "予算額") for at in (1, 2, 3)] == [None, 30_000, 28_000]


def test_moves__may_name_what_a_request_was_before_it_moved(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0103-1", "予算額", None): 28_000})
    run(year)
    swap_sheets(year, "0103-1", "0103-2")
    run(year)
    table = year / "対応表.csv"
    table.write_text("種類,前,後\n移動,0103-1,0103-3\n", encoding="utf-8")
    run(year)
    assert [shown(path, f"0103-{at}", "予算額") for at in (1, 2, 3)] == [None, None, 28_000]


def test_moves__that_exchange_two_requests_stay_exchanged(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0103-1", "予算額", None): 28_000, ("0103-2", "予算額", None): 30_000})
    run(year)
    table = year / "対応表.csv"
    rows = "移動,0103-2,0103-1\n移動,0103-1,0103-2\n"
    table.write_text(f"種類,前,後\n{rows}", encoding="utf-8")
    for _ in range(3):
        run(year)
        assert [shown(path, f"0103-{at}", "予算額") for at in (1, 2)] == [30_000, 28_000]
    type_in(path, {("0103-1", "予算額", None): 31_001, ("0103-2", "予算額", None): 29_001})
    for _ in range(2):
        run(year)
        assert [shown(path, f"0103-{at}", "予算額") for at in (1, 2)] == [31_001, 29_001]
        assert left(path) == []


def test_moves__of_one_request_after_the_other_take_each_a_step(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0103-1", "予算額", None): 28_000})
    table = year / "対応表.csv"
    table.write_text("種類,前,後\n移動,0103-1,0103-2\n移動,0103-2,0103-3\n", encoding="utf-8")
    for more in (0, 0, 100):
        raise_request(year, "0103-2", more)
        run(year)
        assert [shown(path, f"0103-{at}", "予算額") for at in (1, 2, 3)] == [None, 28_000, None]


def test_yx703__does_not_hit_a_request_that_stays(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0103-1", "予算額", None): 30_000})
    run(year)
    assert "YX703" not in codes(run(year))


def test_yx704__hits_a_table_that_cannot_be_written(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0103-1", "予算額", None): 30_000})
    (year / "査定履歴.csv").mkdir()
    assert codes(run(year)) == ["YX704"]
    assert shown(path, "0103-1", "予算額") == 30_000


def test_yx704__does_not_hit_a_table_that_is_free(year: Path) -> None:
    path = run(year).summary
    type_in(path, {("0103-1", "予算額", None): 30_000})
    assert codes(run(year)) == []
    assert "30000" in (year / "査定履歴.csv").read_text(encoding="utf-8-sig")


def test_consolidate__stages_that_are_added_lose_no_rationale(year: Path) -> None:
    path = run(year).summary
    why = "要求を精査した。"
    type_in(path, {("0602-1", "予算額", None): 4_000, ("0602-1", "編成の考え方", None): why})
    run(year)
    with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
        settings.write(STAGES)
    run(year)
    assert shown(path, "0602-1", "理由") == why
    type_in(path, {("0602-1", "理由", None): "別の理由"})
    done = run(year)
    assert "YX705" in codes(done)  # 区長 has an entry that waits
    for stage in ("財政課", "復活"):
        close_stage(year, stage)
    run(year)
    assert shown(path, "0602-1", "編成の考え方") == why


def test_consolidate__a_verdict_is_read_without_the_blanks_around_it(year: Path) -> None:
    path = run(year).summary
    type_in(
        path, {("0602-1", "査定区分", None): "　要求どおり ", ("0601-1", "査定区分", None): " "}
    )
    done = run(year)
    assert codes(done) == []
    assert shown(path, "0602-1", "査定区分") == "要求どおり"
    assert done.carried == 1


def test_yx612__says_that_a_stage_is_open_again(year: Path) -> None:
    with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
        settings.write(STAGES)
    path = run(year).summary
    copy = path.with_name("R2_集計_田中.xlsx")
    shutil.copy(path, copy)
    close_stage(year, "財政課")
    type_in(copy, {("0602-1", "財政課の額", None): 4_000})
    assert "締め切られている" in "".join(one.fact for one in run(year).findings)
    reopen_stage(year, "財政課")
    said = "".join(one.fact for one in run(year).findings)
    assert "締め切られている" not in said
    assert "いまは開いています" in said


def test_consolidate__an_amount_that_followed_stays_when_the_verdict_says_none_any_more(
    year: Path,
) -> None:
    with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
        settings.write(STAGES)
    path = run(year).summary
    type_in(path, {("0602-1", "査定区分", None): "要求どおり"})
    run(year)
    close_stage(year, "財政課")
    run(year)
    label = "復活の額（復活後の総額）"
    assert shown(path, "0602-1", label) == 4_192
    type_in(path, {("0602-1", "査定区分", None): "一部減額"})
    run(year)
    assert shown(path, "0602-1", label) == 4_192
    close_stage(year, "復活")
    run(year)
    type_in(path, {("0602-1", "査定区分", None): "前の段階どおり"})
    run(year)
    # As asked, every line is as asked too, whatever the stage that said so.
    assert shown(path, "0602-1", "予算額", 1) == shown(path, "0602-1", "要求額", 1)
    type_in(path, {("0602-1", "査定区分", None): "一部減額"})
    run(year)
    assert shown(path, "0602-1", "予算額") == 4_192
