"""Taking what was typed: each entry once, nothing old back, two that do not agree both kept, all of it in the history."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.year import make_year
from yosan_xl.excel.summary.entries import EntryPlaces
from yosan_xl.excel.summary.reading import SummaryReading
from yosan_xl.model.assessment import StageBasis
from yosan_xl.model.decision import OUTSIDE, LineKey, Spot, Typed, Value
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.history import DecisionHistory, EntryRecord, ProjectState
from yosan_xl.model.money import Money
from yosan_xl.model.settings import AssessmentStage
from yosan_xl.store.decisions_file import DecisionsError, read_decisions, write_decisions
from yosan_xl.store.ledger import Ledger, write_ledger
from yosan_xl.store.snapshot import Snapshot
from yosan_xl.store.write import write_bytes
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.decisions import entries
from yosan_xl.usecases.decisions.entries import (
    LastRun,
    TakenEntries,
    entries_of,
    keep_entries,
    stage_name,
    take_entries,
)
from yosan_xl.usecases.decisions.summary_books import FoundSummaries, SummaryBook
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.year import form_of, open_year

AMOUNT, REMARKS = "decided/total", "remarks"
ROAD = ProjectState("0103-1", "0103", "", "道路", 300, (), (("設計", 100), ("工事", 200)))
OTHER = ProjectState("0103-1", "0103", "", "橋", 50, (), (("点検", 50),))
BASES = {
    "0103-1": ROAD,
    "0103-2": ProjectState("0103-2", "0103", "", "橋", 50, (), (("点検", 50),)),
}
EARLY, LATE = "2019-11-01T09:00:00Z", "2019-11-02T09:00:00Z"
LATER = "2019-11-03T09:00:00Z"


def cell(
    value: Value, request: str = "0103-1", what: str = AMOUNT, written: Value = None, **more: Any
) -> Typed:
    """Return an entry cell that shows a value; `written` is what it showed when the summary was written."""
    raw = "" if value is None else str(value)
    old = "" if written is None else str(written)
    fields: dict[str, Any] = {"title": "道路", "own": raw, "written": old} | more
    return Typed(
        Spot(request, what, fields.pop("line", None)),
        value,
        raw,
        Place("R2_集計.xlsx", "一覧", "R5"),
        **fields,
    )


@dataclass
class Desk:
    """A year, and the summaries that somebody has just saved."""

    year: YearFolder
    patch: pytest.MonkeyPatch
    books: list[SummaryBook] = field(default_factory=list)

    def book(
        self,
        *cells: Typed,
        name: str = "R2_集計.xlsx",
        generation: int | None = 0,
        at: str = EARLY,
        **more: Any,
    ) -> SummaryBook:
        """Put a summary down."""
        fields = {
            "notes": (),
            "uncarried": (),
            "bases": BASES,
            "saved_by": "田中",
            "stage": "査定",
        } | more
        reading = SummaryReading(
            file=name, fiscal_year=2020, cells=cells, strange_sheets=(), modified=at, absorbed=frozenset(), generation=generation, **fields
        )  # fmt: skip
        sha256 = hashlib.sha256(repr(reading).encode()).hexdigest()
        made = SummaryBook(self.year.summary / name, Snapshot(Path(name), b"", sha256), reading)
        self.books.append(made)
        return made

    def take(self, target: SummaryBook | None = None) -> TakenEntries:
        """Take what was saved, and keep it; the next time other books are there."""
        found = FoundSummaries(
            tuple(sorted(self.books, key=lambda one: one.saved)),
            target=target.shot.sha256 if target else None,
            known=tuple(b.shot.sha256 for b in self.books),
        )
        self.patch.setattr(entries, "find_summaries", lambda *_: found)
        taken = take_entries(self.year, form_of(self.year))
        keep_entries(self.year, taken, form_of(self.year))
        self.books.clear()
        return taken

    def typed(self, *cells: Typed, **more: Any) -> TakenEntries:
        """Take one summary."""
        self.book(*cells, **more)
        return self.take()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(open_year(make_year(tmp_path / "R2")), monkeypatch)


def values(taken: TakenEntries) -> list[tuple[Value, Value, str]]:
    """Return of every record what stood there before, what was typed, and why it has no place."""
    return [(one.before, one.value, one.why) for one in taken.history.records]


def counts(taken: TakenEntries) -> tuple[int, int, int]:
    return taken.new, taken.changed, taken.removed


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [one.code for one in findings]


def test_take__new_changed_and_removed_are_counted(desk: Desk) -> None:
    first = desk.typed(cell(1), cell(2, "0103-2"))
    assert (values(first), counts(first)) == ([(None, 1, ""), (None, 2, "")], (2, 0, 0))
    second = desk.typed(cell(5, written=1), cell(2, "0103-2", written=2), generation=2)
    assert (values(second)[2:], counts(second)) == ([(1, 5, "")], (0, 1, 0))
    third = desk.typed(cell(None, written=5), generation=3)
    assert (values(third)[3:], counts(third)) == ([(5, None, "")], (0, 0, 1))
    assert codes((*first.findings, *second.findings, *third.findings)) == []


def projects(taken: TakenEntries) -> list[str]:
    """Return of every record the request that its project was in the last run."""
    history = taken.history
    return [history.bases[history.latest(one.basis or 0)].request for one in history.records]


def test_take__an_old_copy_types_for_what_its_request_became(desk: Desk) -> None:
    moved = replace(BASES["0103-1"], request="0103-9")
    write_ledger(desk.year.root, Ledger(accepted={"0103": (moved, BASES["0103-2"])}))
    desk.typed(cell(7, "0103-9"), bases={"0103-9": moved}, generation=0)
    taken = desk.typed(cell(5), cell(6, "0103-2"), name="田中.xlsx", generation=0)
    assert {*projects(taken)[:2]} == {"0103-9"}
    assert values(taken)[1][:2] == (7, 5)
    assert "7" in "".join(one.raw for one in taken.history.records if one.why)


@pytest.mark.parametrize("change", [{"title": "同じ"}, {"project_code": "210001"}])
def test_take__an_old_copy_of_what_is_withdrawn_types_for_no_twin(
    desk: Desk, change: dict[str, str]
) -> None:
    own = ProjectState("0103-1", "0103", title="一つ", asked=5, lines=(("線", 5),))
    twin = ProjectState("0201-1", "0201", title="二つ", asked=5, lines=(("線", 5),))
    bases = {one.request: replace(one, **change) for one in (own, twin)}  # type: ignore[arg-type]
    write_ledger(desk.year.root, Ledger(accepted={"0201": (bases["0201-1"],)}))
    assert projects(desk.typed(cell(5), bases=bases)) == ["0103-1"]


def test_take__an_old_copy_that_is_saved_again_brings_nothing_old_back(desk: Desk) -> None:
    desk.typed(cell(1))
    desk.typed(cell(5, written=1), generation=1)
    # The copy is of before the first entry, with the first entry typed into it: it says nothing new.
    again = desk.typed(cell(1), at=LATE)
    assert (values(again), counts(again)) == ([(None, 1, ""), (1, 5, "")], (0, 0, 0))
    untouched = desk.typed(cell(1, written=1), generation=1, name="R2_集計 - コピー.xlsx", at=LATE)
    assert len(untouched.history.records) == 2


def test_take__what_was_typed_into_an_old_copy_is_told_with_what_it_takes_the_place_of(
    desk: Desk,
) -> None:
    desk.typed(cell(1))
    late = desk.typed(cell(7), name="R2_集計_田中.xlsx", at=LATE)
    assert values(late) == [
        (None, 1, ""),
        (1, 7, ""),
        (None, 1, "「R2_集計_田中.xlsx」で田中 さんがあとから「7」と記入したため"),
    ]
    assert codes(late.findings) == ["YX618"]
    early = desk.typed(cell(9), name="R2_集計(1).xlsx", at=EARLY)
    assert values(early)[3:] == [
        (None, 9, "「R2_集計_田中.xlsx」で田中 さんがあとから「7」と記入したため")
    ]
    assert counts(early) == (0, 0, 0)


def test_take__what_was_given_up_for_another_entry_is_listed_once(desk: Desk) -> None:
    desk.typed(cell(1))
    desk.typed(cell(7), name="R2_集計_田中.xlsx", at=LATE)
    again = desk.typed(cell(1), name="R2_集計(1).xlsx", at=LATER)
    assert [one.value for one in again.history.records] == [1, 7, 1]


def test_take__two_who_typed_the_same_agree(desk: Desk) -> None:
    desk.book(cell(1), name="R2_集計(1).xlsx")
    desk.book(cell(1), name="R2_集計(2).xlsx", at=LATE)
    assert values(desk.take()) == [(None, 1, "")]


def test_take__two_who_typed_different_things_are_both_in_the_history(desk: Desk) -> None:
    desk.book(cell(1), name="R2_集計(1).xlsx")
    desk.book(cell(2), name="R2_集計(2).xlsx", at=LATE)
    assert values(desk.take()) == [
        (None, 1, ""),
        (1, 2, ""),
        (None, 1, "「R2_集計(2).xlsx」で田中 さんがあとから「2」と記入したため"),
    ]


def test_take__emptied_in_a_copy_that_did_not_know_it_removes_nothing_in_silence(
    desk: Desk,
) -> None:
    desk.typed(cell(1))
    desk.typed(cell(None, written=9), name="R2_集計(1).xlsx", generation=0, at=LATE)
    records = read_decisions(desk.year.root).history.records
    assert [one.value for one in records if one.why] == [1]


def test_take__from_a_summary_that_is_saved_twice_before_it_is_taken(desk: Desk) -> None:
    desk.typed(cell(1))
    again = desk.typed(cell(1), cell(3, "0103-2"), at=LATE)
    assert counts(again) == (1, 0, 0)
    mended = desk.typed(cell(4), at=LATE)
    assert values(mended)[2:] == [(1, 4, "")]


@pytest.mark.parametrize("generation", [None, 9])
def test_take__a_summary_that_knows_more_than_the_history_is_taken_whole(
    desk: Desk, generation: int | None
) -> None:
    stands = cell(1, written=1)
    document = replace(cell(8, "0103-2", written=8), base="8")
    taken = desk.typed(stands, document, generation=generation)
    assert values(taken) == [(None, 1, "")]


def test_take__a_summary_that_knows_as_much_is_taken_by_what_changed(desk: Desk) -> None:
    desk.typed(cell(1))
    assert len(desk.typed(cell(3, "0103-2", written=3), generation=1).history.records) == 1
    assert len(desk.typed(cell(3, "0103-2", written=3), generation=2).history.records) == 2


def test_take__a_summary_that_goes_on_from_an_older_history_says_what_is_decided(
    desk: Desk,
) -> None:
    desk.typed(cell(1), cell(3, "0103-2"), at=LATE)
    taken = desk.typed(cell(2, written=2), cell(3, "0103-2", written=3), generation=5, at=EARLY)
    (_, before, why), after = values(taken)[3], values(taken)[2]
    assert (after, before) == ((1, 2, ""), 1)
    assert "あとから「2」と記入したため" in why
    assert len(taken.history.records) == 4


def _typed_for(taken: TakenEntries) -> list[str]:
    return [one.spot.request for one in taken.history.records if not one.why]


def test_take__what_knows_more_than_the_history_is_taken_first(desk: Desk) -> None:
    desk.book(cell(1), generation=None, at=EARLY)
    desk.book(cell(2, "0103-2"), name="R2_集計(2).xlsx", generation=1, at=LATE)
    assert _typed_for(desk.take()) == ["0103-2", "0103-1"]
    desk.book(cell(3), generation=1, at=EARLY)
    desk.book(cell(4, "0103-2"), name="R2_集計(2).xlsx", generation=2, at=LATE)
    assert _typed_for(desk.take())[2:4] == ["0103-1", "0103-2"]


def test_take__of_two_that_know_more_the_one_that_knows_most_says_what_is_decided(
    desk: Desk,
) -> None:
    desk.typed(cell(1))
    desk.book(cell(2, written=2), generation=5, at=EARLY)
    desk.book(cell(3, written=3), name="R2_集計(2).xlsx", generation=4, at=LATE)
    assert [value for _, value, why in values(desk.take()) if not why] == [1, 2]


def test_take__a_summary_of_before_generations_says_nothing_of_what_is_known(desk: Desk) -> None:
    desk.typed(cell(1))
    old = {"name": "R2_集計_昔.xlsx", "generation": None}
    assert values(desk.typed(cell(2, written=2), at=LATE, **old)) == [(None, 1, "")]


STAGES = tuple(AssessmentStage(name) for name in ("財政課", "区長", "復活"))
FIRST = ("財政課",)


@pytest.mark.parametrize(
    ("history", "seen", "is_refused"),
    [
        pytest.param({}, {"generation": 5, "stage": "区長"}, True, id="later-stage"),
        pytest.param({}, {"generation": 5, "stage": ""}, True, id="all-closed"),
        pytest.param({}, {"generation": 5, "stage": "財政課"}, False, id="same-stage"),
        pytest.param({}, {"generation": 5, "stage": "昔の段階"}, False, id="unknown-stage"),
        pytest.param({}, {"generation": None, "stage": ""}, False, id="before-stages"),
        pytest.param({}, {"generation": 0, "stage": "区長"}, False, id="no-more-records"),
        pytest.param({"closed": FIRST}, {"generation": 5, "stage": "区長"}, False, id="closed"),
        pytest.param({}, {"mark": "ours", "closed": FIRST, "stage": "区長"}, True, id="ours"),
        pytest.param({}, {"mark": "other", "closed": FIRST, "stage": "区長"}, False, id="other"),
        pytest.param({}, {"mark": "ours", "closed": ("昔",), "stage": "区長"}, False, id="renamed"),
        pytest.param(
            {"reopened": FIRST},
            {"mark": "ours", "closed": FIRST, "stage": "区長"},
            False,
            id="reopened",
        ),
    ],
)
def test_yx708__hits_a_summary_of_a_later_stage_alone(
    desk: Desk, history: dict[str, Any], seen: dict[str, Any], is_refused: bool
) -> None:
    desk.year = replace(desk.year, settings=replace(desk.year.settings, stages=STAGES))
    kept = DecisionHistory(**history)
    keep_entries(desk.year, TakenEntries(kept), form_of(desk.year))
    mark = kept.mark(0) if seen.get("mark") == "ours" else seen.get("mark", "")
    desk.book(**(seen | {"mark": mark}))
    if not is_refused:
        desk.take()
        return
    with pytest.raises(WrongInput) as error:
        desk.take()
    assert [one.code for one in error.value.findings] == ["YX708"]
    assert "まだ段階「財政課」を締めていません" in error.value.findings[0].fact


def test_last_run__is_compared_where_something_is_another_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ledger(desk.year.root, Ledger(accepted={"0103": (*BASES.values(),)}))
    assert LastRun(desk.year).of({replace(ROAD, asked=1)}) == {replace(ROAD, asked=1): ROAD}
    monkeypatch.setattr(entries, "moves_of", None)
    assert LastRun(desk.year).of(BASES.values()) == {}
    assert LastRun(desk.year).of({ROAD}) == {}


BOTH = (EntryPlaces(frozenset({("0103-1", None), ("0103-2", None)}), frozenset({AMOUNT})),)
ELSEWHERE: dict[str, Any] = {
    "name": "R2_集計_佐藤.xlsx",
    "generation": 1,
    "mark": "of a copied year",
}


def test_yx728__hits_a_summary_of_another_history_and_takes_what_differs(desk: Desk) -> None:
    desk.typed(cell(1))
    taken = desk.typed(cell(2, written=2), cell(3, "0103-2", written=3), at=LATE, **ELSEWHERE)
    assert set(codes(taken.findings)) == {"YX728", "YX618"}
    assert [one[:2] for one in values(taken) if not one[2]] == [(None, 1), (1, 2), (None, 3)]
    assert [one[1] for one in values(taken) if one[2]] == [1]


def test_yx728__hits_and_what_was_saved_later_here_stays(desk: Desk) -> None:
    desk.typed(cell(1), at=LATE)
    taken = desk.typed(cell(2, written=2), at=EARLY, **ELSEWHERE)
    assert "YX728" in codes(taken.findings)
    assert [one[1] for one in values(taken) if not one[2]] == [1]
    assert [one[1] for one in values(taken) if one[2]] == [2]


def test_yx728__hits_once_and_what_nobody_touched_since_says_nothing(desk: Desk) -> None:
    desk.typed(cell(1))
    desk.typed(cell(2, written=2), at=LATE, **ELSEWHERE)
    desk.typed(cell(4, written=2), generation=3, at=LATER)
    again = desk.typed(cell(2, written=2), at="2019-11-04T09:00:00Z", **ELSEWHERE)
    assert again.findings == ()
    assert values(again)[-1] == (2, 4, "")


def test_yx728__hits_and_says_how_many_cells_are_blank_there(desk: Desk) -> None:
    desk.typed(cell(1), cell(3, "0103-2"))
    taken = desk.typed(cell(1, written=1), at=LATE, places=BOTH, **ELSEWHERE)
    (told,) = [one for one in taken.findings if one.code == "YX728"]
    assert "空欄の 1 欄は、こちらの記入のまま" in told.fact
    assert values(taken) == [(None, 1, ""), (None, 3, "")]


def test_yx728__hits_and_what_is_blank_here_too_is_not_told(desk: Desk) -> None:
    desk.typed(cell(1))
    desk.typed(cell(None, written=1), generation=1)
    taken = desk.typed(at=LATE, places=BOTH, **ELSEWHERE)
    (told,) = taken.findings
    assert (told.code, "空欄" in told.fact) == ("YX728", False)


def test_yx728__hits_and_what_was_put_in_place_of_the_summary_goes_first(desk: Desk) -> None:
    desk.typed(cell(1), at=LATE)
    put = desk.book(cell(2, written=2), at=EARLY, **ELSEWHERE)
    assert [value for _, value, why in values(desk.take(target=put)) if not why] == [1, 2]


def test_yx728__does_not_hit_a_summary_from_before_the_first_entry(desk: Desk) -> None:
    desk.typed(cell(1))
    taken = desk.typed(cell(2, "0103-2"), mark=DecisionHistory().mark(0), at=LATE)
    assert (taken.findings, counts(taken)) == ((), (1, 0, 0))


def test_take__a_summary_that_knows_more_says_what_was_emptied(desk: Desk) -> None:
    desk.typed(cell(1), cell(3, "0103-2"))
    taken = desk.typed(cell(1, written=1), generation=5, at=LATE, places=BOTH)
    assert (values(taken)[2:], counts(taken)) == ([(3, None, "")], (0, 0, 1))


def test_yx728__does_not_hit_an_old_copy_of_this_history(desk: Desk) -> None:
    first = desk.typed(cell(1)).history
    desk.typed(cell(2, written=1), generation=1, mark=first.mark(1), at=LATE)
    copy = {"name": "R2_集計(1).xlsx", "generation": 1, "mark": first.mark(1)}
    again = desk.typed(cell(1, written=1), at=LATER, **copy)
    assert (again.findings, len(again.history.records)) == ((), 2)


def test_mark__is_of_the_records_up_to_a_generation(desk: Desk) -> None:
    one = desk.typed(cell(1)).history
    two = desk.typed(cell(2, written=1), generation=1, at=LATE).history
    assert one.mark(1) == two.mark(1) == read_decisions(desk.year.root).history.mark(1)
    assert one.mark(0) != one.mark(1) != two.mark(2)
    assert one.mark(2) == ""


def test_take__what_makes_no_amount_is_kept_with_its_reason(desk: Desk) -> None:
    taken = desk.typed(cell("約4,000", problem="金額ではありません"))
    (record,) = taken.history.records
    assert (record.value, record.raw, record.why) == (None, "約4,000", "金額ではありません")
    assert counts(taken) == (0, 0, 0)


def test_take__into_a_closed_stage_is_listed(desk: Desk) -> None:
    form = form_of(desk.year)
    taken = desk.typed(cell(1))
    keep_entries(
        desk.year,
        replace(
            taken, history=taken.history.closing("査定"), read=read_decisions(desk.year.root).sha256
        ),
        form,
    )
    late = desk.typed(cell(2, written=1), generation=1)
    assert values(late)[1:] == [(None, 2, entries.CLOSED_STAGE.format(stage="査定"))]


def test_take__notes_are_taken_once_and_told(desk: Desk) -> None:
    def note(at: str) -> Typed:
        return Typed(
            Spot("0103-1", OUTSIDE),
            "区長に確認",
            "区長に確認",
            Place("R2_集計.xlsx", "一覧", at),
            why="欄の外",
        )

    taken = desk.typed(notes=(note("X5"), note("X9")))
    assert [one.why for one in taken.history.records] == ["欄の外", "欄の外"]
    assert codes(taken.findings) == ["YX615", "YX615"]
    assert counts(taken) == (0, 0, 0)
    again = desk.typed(notes=(note("X5"),), at=LATE)
    assert (len(again.history.records), codes(again.findings)) == (2, [])


@pytest.mark.parametrize(("title", "told"), [("道路", "道路"), ("", "0103-1")])
def test_take__what_is_told_names_the_project_or_its_request(
    desk: Desk, title: str, told: str
) -> None:
    typed = replace(cell(4, repaired=True, title=title), raw="4,000円")
    (found,) = desk.typed(typed).findings
    assert f"「{told}」" in found.fact


def test_take__repairs_and_formulas_are_told(desk: Desk) -> None:
    taken = desk.typed(cell(4_000, repaired=True), cell(30, "0103-2", formula="10*3"))
    assert codes(taken.findings) == ["YX613", "YX614"]
    assert codes(desk.typed(cell("見送り", "0103-2", REMARKS, repaired=True)).findings) == []


def test_take__a_listed_row_says_nothing_new_unless_it_was_mended_or_deleted(desk: Desk) -> None:
    desk.typed(cell("約4,000", problem="金額ではありません"))
    row = replace(cell("約4,000", problem="金額ではありません"), number=0, why="金額ではありません")
    assert len(desk.typed(uncarried=(row,), generation=1).history.records) == 1
    mended = replace(cell(4_000), number=0, why="金額ではありません")
    taken = desk.typed(uncarried=(mended,), generation=1, at=LATE)
    assert values(taken)[1:] == [(None, 4_000, ""), (None, None, "")]
    assert taken.history.dismissed == {0}


def test_take__a_listed_row_of_an_older_summary_is_taken(desk: Desk) -> None:
    taken = desk.typed(
        uncarried=(
            replace(cell(5), why="要求がない"),
            replace(cell("x", what=OUTSIDE), why="欄の外"),
        ),
        generation=None,
    )
    assert values(taken) == [(None, 5, ""), (None, "x", "欄の外")]


@pytest.mark.parametrize("number", [0, 7])
def test_take__a_row_with_a_number_that_nobody_knows_is_taken(desk: Desk, number: int) -> None:
    taken = desk.typed(uncarried=(replace(cell(5), number=number),))
    assert values(taken) == [(None, 5, "")]


def _listed(value: Value, number: int, request: str = "0103-1", **more: Any) -> Typed:
    """Return a row of 引き継げない記入."""
    return replace(cell(value, request, own="typed", **more), number=number)


def test_take__a_row_of_another_list_is_not_that_of_its_number(desk: Desk) -> None:
    desk.typed(cell("約1", problem="金額ではありません"))
    pasted = _listed("約9", 0, "0103-2", problem="金額ではありません")
    taken = desk.typed(uncarried=(pasted,), generation=1)
    assert taken.history.dismissed == frozenset()
    assert [(one.spot.request, one.raw) for one in taken.history.records] == [
        ("0103-1", "約1"),
        ("0103-2", "約9"),
    ]


def test_take__an_amount_on_a_row_of_another_list_decides_nothing(desk: Desk) -> None:
    desk.typed(cell("約1", problem="金額ではありません"))
    taken = desk.typed(uncarried=(_listed(900, 0, "0103-2", why="事業がない"),), generation=1)
    assert [one.why for one in taken.history.records] == ["金額ではありません", "事業がない"]


def test_take__a_copy_of_a_row_leaves_the_row(desk: Desk) -> None:
    desk.typed(cell("約1", problem="金額ではありません"))
    rows = (_listed("約1", 0, problem="x"), _listed("約2", 0, "0103-2", problem="x"))
    taken = desk.typed(uncarried=rows, generation=1)
    assert taken.history.dismissed == frozenset()
    assert [one.raw for one in taken.history.records] == ["約1", "約2"]


def test_take__two_rows_of_one_number_mend_nothing(desk: Desk) -> None:
    desk.typed(cell("約1", problem="金額ではありません"))
    taken = desk.typed(uncarried=(_listed(2, 0), _listed(3, 0)), generation=1)
    assert taken.history.dismissed == frozenset()
    assert [(one.raw, bool(one.why)) for one in taken.history.records] == [
        ("約1", True),
        ("2", True),
        ("3", True),
    ]


def test_take__a_row_of_which_the_request_alone_is_another_waits_there(desk: Desk) -> None:
    desk.typed(cell("約1", problem="金額ではありません"))
    moved = _listed("約1", 0, "0103-2", problem="金額ではありません")
    taken = desk.typed(uncarried=(moved,), generation=1)
    assert taken.history.dismissed == {0}
    assert taken.history.records[1].spot.request == "0103-2"


def test_take__a_row_of_another_line_is_not_that_of_its_number(desk: Desk) -> None:
    first, second = LineKey(1, None, "設計"), LineKey(2, None, "工事")
    desk.typed(cell("約1", problem="x", line=first))
    row = _listed(2, 0, line=second, why="明細がない")
    taken = desk.typed(uncarried=(row,), generation=1)
    assert [one.why for one in taken.history.records] == ["x", "明細がない"]


@pytest.mark.parametrize(
    ("what", "mended", "value", "why"),
    [
        (AMOUNT, "1,000", 1_000, ""),
        (AMOUNT, "約2", None, "金額（千円の整数）ではありません"),
        (REMARKS, "済", "済", ""),
    ],
)
def test_take__a_mended_row_of_a_column_that_nobody_knows_is_of_that_of_its_number(
    desk: Desk, what: str, mended: str, value: Value, why: str
) -> None:
    desk.typed(cell("約1", what=what, problem="x"))
    desk.typed(uncarried=(_listed(mended, 0, what=OUTSIDE),), generation=1)
    found = read_decisions(desk.year.root).history
    assert found.records[1].spot == Spot("0103-1", what)
    assert found.dismissed == {0}
    assert (found.records[1].value, found.records[1].why) == (value, why)


def test_take__a_deleted_row_is_dismissed_once(desk: Desk) -> None:
    desk.typed(cell("約", problem="金額ではありません"))
    taken = desk.typed(dismissed=(0, 0, 2, 5), generation=1)
    assert [(one.dismisses, one.basis) for one in taken.history.records[1:]] == [(0, 0)]
    assert len(desk.typed(dismissed=(0,), generation=1, at=LATE).history.records) == 2


def test_take__belongs_to_the_project_that_the_summary_knew(desk: Desk) -> None:
    desk.typed(cell(1))
    later = desk.typed(cell(2, written=1), generation=1, bases={"0103-1": replace(ROAD, asked=999)})
    assert (later.history.continued, later.changed) == ({0: 1}, 1)
    other = desk.typed(cell(3), generation=2, bases={"0103-1": OTHER})
    assert (other.history.bases[2], other.history.continued, other.new) == (OTHER, {0: 1}, 1)
    unknown = desk.typed(cell(4, "0601-1"), generation=3)
    assert unknown.history.bases[3] == ProjectState("0601-1", title="道路")
    nobody = desk.typed(cell("メモ", "", OUTSIDE), generation=4)
    assert nobody.history.records[-1].basis is None


def test_take__an_old_copy_goes_on_from_what_was_typed_since_for_its_project(desk: Desk) -> None:
    desk.typed(cell(1))
    desk.typed(cell(2, written=1), generation=1, bases={"0103-1": replace(ROAD, asked=999)})
    copy = desk.typed(cell(9), name="R2_集計(1).xlsx", at=LATE)
    assert values(copy)[2] == (2, 9, "")


def test_take__knows_what_the_stage_before_said(desk: Desk) -> None:
    desk.year = replace(desk.year, settings=replace(desk.year.settings, stages=STAGES))
    said = {"0103-1": StageBasis(Money(250))}
    desk.typed(cell("約1", problem="x"), stage="財政課")
    row = replace(cell(1), number=0, why="x")
    taken = desk.typed(cell(2), uncarried=(row,), generation=1, stage="区長", stage_bases=said)
    found = {(one.stage, one.raw): one.stage_basis for one in taken.history.records}
    assert found["区長", "2"] == StageBasis(Money(250))
    assert found["財政課", "1"] is None


def test_take__a_line_is_a_place_of_its_own(desk: Desk) -> None:
    first, second = LineKey(1, None, "設計"), LineKey(2, None, "工事")
    taken = desk.typed(
        cell(1), cell(2, line=first), cell(3, line=second), cell("x", what=REMARKS, line=first)
    )
    assert counts(taken) == (4, 0, 0)


def test_take__stages_are_apart_and_those_of_before_are_of_the_first(desk: Desk) -> None:
    stages = (AssessmentStage("財政課"), AssessmentStage("区長"))
    settings = replace(desk.year.settings, stages=stages)
    found = [stage_name(name, settings) for name in ("", "査定", "区長", "ない段階")]
    assert found == ["財政課", "財政課", "区長", "ない段階"]
    assert stage_name("", desk.year.settings) == "査定"
    named = replace(settings, stages=(AssessmentStage("一次"), AssessmentStage("査定")))
    assert stage_name("査定", named) == "査定"


def test_take__tells_of_books_that_are_not_the_summary_itself(desk: Desk) -> None:
    assert codes(desk.typed(cell(1)).findings) == []
    assert codes(desk.typed(cell(2, "0103-2"), name="R2_集計 - コピー.xlsx").findings) == ["YX618"]
    assert codes(desk.typed(cell(2, "0103-2"), name="R2_集計(1).xlsx").findings) == []


def test_take__remembers_books_and_origin(desk: Desk) -> None:
    book = desk.book(cell(1), generation=3)
    taken = desk.take()
    assert taken.history.books == (book.shot.sha256,)
    origin = taken.history.records[0].origin
    assert (origin.book, origin.sha256, origin.generation) == ("R2_集計.xlsx", book.shot.sha256, 3)
    assert (origin.saved_by, origin.saved_at, origin.sheet, origin.cell) == (
        "田中",
        EARLY,
        "一覧",
        "R5",
    )


def test_entries_of__one_summary_by_itself(desk: Desk) -> None:
    book = desk.book(cell(1, written=1), generation=4)
    assert [
        one.value for one in entries_of(book, desk.year.settings, form_of(desk.year)).records
    ] == [1]


def test_table__has_a_row_for_every_record(desk: Desk) -> None:
    desk.typed(cell(1), cell("約", "0103-2", problem="金額ではありません"))
    desk.typed(cell(5, written=1), dismissed=(1,), generation=2)
    with (desk.year.root / "査定履歴.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [
        (row["番号"], row["事業名"], row["前"], row["後"], row["消した記入の番号"]) for row in rows
    ] == [
        ("1", "道路", "", "1", ""),
        ("2", "橋", "", "約", ""),
        ("3", "道路", "1", "5", ""),
        ("4", "橋", "", "", "2"),
    ]
    assert {row["保存した人"] for row in rows} == {"田中"}
    assert rows[1]["引き継げないわけ"] == "金額ではありません"


def test_table__is_not_made_of_nothing(desk: Desk) -> None:
    desk.typed(cell(1, written=1))
    assert not (desk.year.root / "査定履歴.csv").exists()
    assert read_decisions(desk.year.root).history.records == ()


def test_table__that_is_open_is_told_and_the_entries_are_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.typed(cell(1))
    (desk.year.root / "~$査定履歴.csv").write_bytes(b"")

    def refuse(path: Path, *arguments: Any) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("os.replace", _denied)
            write_bytes(path, *arguments)

    monkeypatch.setattr("yosan_xl.usecases.decisions.history_table.write_bytes", refuse)
    desk.book(cell(2, "0103-2"))
    found = FoundSummaries(tuple(desk.books))
    monkeypatch.setattr(entries, "find_summaries", lambda *_: found)
    form = form_of(desk.year)
    told = keep_entries(desk.year, take_entries(desk.year, form), form)
    assert len(told) == 1
    assert "査定履歴.csv" in str(told[0])
    assert len(read_decisions(desk.year.root).history.records) == 2


def _denied(*_: object) -> None:
    raise PermissionError(13, "in use")


def test_keep__two_at_once_are_told(desk: Desk) -> None:
    form = form_of(desk.year)
    desk.book(cell(1))
    first = take_entries_of(desk)
    keep_entries(desk.year, first, form)
    desk.books.clear()
    desk.book(cell(2, "0103-2"))
    with pytest.raises(DecisionsError):
        keep_entries(desk.year, replace(take_entries_of(desk), read=""), form)


def take_entries_of(desk: Desk) -> TakenEntries:
    found = FoundSummaries(tuple(desk.books))
    desk.patch.setattr(entries, "find_summaries", lambda *_: found)
    return take_entries(desk.year, form_of(desk.year))


def test_history__of_hostile_numbers_is_read(desk: Desk) -> None:
    circle = DecisionHistory((), (ROAD, OTHER), {0: 1, 1: 0})
    keep_entries(desk.year, TakenEntries(circle), form_of(desk.year))
    taken = desk.typed(cell(1))
    assert isinstance(taken.history.records[0], EntryRecord)


@pytest.mark.parametrize("times", [(EARLY, LATE, LATER), (EARLY, EARLY, EARLY)])
def test_take__what_is_typed_back_in_the_same_book_counts_again(
    desk: Desk, times: tuple[str, str, str]
) -> None:
    for value, when in zip((1, 2, 1), times, strict=True):
        taken = desk.typed(cell(value), at=when)
    assert [value for _, value, _ in values(taken)] == [1, 2, 1]
    assert counts(taken) == (0, 1, 0)


def test_take__an_older_state_of_the_same_book_says_nothing(desk: Desk) -> None:
    desk.typed(cell(1), at=EARLY)
    desk.typed(cell(2), at=LATER)
    taken = desk.typed(cell(1), at=LATE, saved_by="佐藤")
    assert [value for _, value, _ in values(taken)] == [1, 2]


@pytest.mark.parametrize("when", [EARLY, LATE])
def test_take__what_is_emptied_again_in_the_same_book_is_taken_back(desk: Desk, when: str) -> None:
    for value in (1, 2):
        desk.typed(cell(value), at=EARLY)
    there = (EntryPlaces(frozenset({("0103-1", None)}), frozenset({cell(1).spot.field})),)
    assert len(desk.typed(at=when).history.records) == 2  # a column that is gone is not emptied
    taken = desk.typed(at=when, places=there)
    assert taken.history.dismissed == {0, 1}
    assert counts(taken) == (0, 0, 1)


def test_take__an_old_copy_in_place_of_a_newer_summary_takes_nothing_back(desk: Desk) -> None:
    desk.typed(cell(1), at=EARLY)
    kept = read_decisions(desk.year.root)
    write_decisions(desk.year.root, kept.history.writing("R2_集計.xlsx"), kept.sha256)
    there = (EntryPlaces(frozenset({("0103-1", None)}), frozenset({cell(1).spot.field})),)
    taken = desk.typed(cell(2, "0103-2"), at=LATER, places=there)
    assert taken.history.dismissed == frozenset()
    assert counts(taken) == (1, 0, 0)


def test_take__numbers_of_a_history_that_is_lost_mean_nothing(desk: Desk) -> None:
    row = replace(cell(7, "0103-2"), number=0, why="要求がない")
    taken = desk.typed(cell(1), generation=9, uncarried=(row,), dismissed=(0, 1))
    assert [value for _, value, _ in values(taken)] == [1, 7]
    assert taken.history.dismissed == frozenset()


def test_take__what_is_emptied_after_its_stage_was_closed_stays(desk: Desk) -> None:
    desk.typed(cell(1), at=EARLY)
    kept = read_decisions(desk.year.root)
    write_decisions(desk.year.root, kept.history.closing("査定"), kept.sha256)
    there = (EntryPlaces(frozenset({("0103-1", None)}), frozenset({cell(1).spot.field})),)
    taken = desk.typed(at=LATER, places=there)
    assert (taken.history.dismissed, counts(taken)) == (frozenset(), (0, 0, 0))


def test_take__what_is_typed_after_it_was_taken_back_is_new(desk: Desk) -> None:
    desk.typed(cell(1), at=EARLY)
    there = (EntryPlaces(frozenset({("0103-1", None)}), frozenset({cell(1).spot.field})),)
    desk.typed(at=LATE, places=there)
    taken = desk.typed(cell(2), generation=2, at=LATER)
    assert (values(taken)[-1], counts(taken)) == ((None, 2, ""), (1, 0, 0))
