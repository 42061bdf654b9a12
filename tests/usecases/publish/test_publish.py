"""publish: two editions, each frozen, in one piece; what keeps them from being published; what became of requests between."""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.lazy_book import lazy_book
from tests.store.archive.faulty import EIO, ENOSPC, Counting, FailingFrom, Killed, KilledAt
from tests.usecases.publish.samples import (
    DECIDED,
    DECISIONS,
    FIRST,
    LATE,
    REQUESTS,
    SECOND,
    Decision,
    bytes_of,
    data_of,
    decide,
    documents_of,
    hand_in,
    handed_in,
    json_year,
    late,
    put,
)
from tests.usecases.typing import type_in
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.decisions.entries import keep_entries, take_entries
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.number import number
from yosan_xl.usecases.publish.frozen import read_edition
from yosan_xl.usecases.publish.run import publish
from yosan_xl.usecases.stages import close_stage
from yosan_xl.usecases.year import form_of, open_year

ADDED_TO = Path("公表/1_要求状況_追加1")
BUDGETED = ("budgeted", "budgeted_earmarked")


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return json_year(tmp_path / "R2")


def _refused(year: Path, edition: str, **options: Any) -> list[str]:
    with pytest.raises(WrongInput) as raised:
        put(year, edition, **options)
    return [str(finding) for finding in raised.value.findings]


def _bare(value: Any) -> Any:
    """Return a document without what the second edition adds."""
    if isinstance(value, dict):
        added = (*BUDGETED, "budget_rationale")
        return {key: _bare(one) for key, one in value.items() if key not in added}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _amounts(document: dict[str, Any]) -> list[object]:
    rows = [*document["lines"], *document["subtotals"], document["total"]]
    rows += document["funding"].values()
    return [row.get(key) for row in rows for key in BUDGETED]


def test_requests__have_no_decision_whatsoever(year: Path) -> None:
    decide(year)
    done = put(year, REQUESTS)
    assert (done.is_new, done.counted, done.folder) == (True, 9, year / FIRST)
    documents = documents_of(year / FIRST)
    assert sorted(documents) == list(range(55, 64))
    assert {one for document in documents.values() for one in _amounts(document)} == {None}
    # What stood on the sheet when it was handed in is no decision of this year.
    assert {no: one["budget_rationale"] for no, one in documents.items()} == {
        one["no"]: one["budget_rationale"] for one in handed_in(year)
    }
    every = b"".join(bytes_of(year / FIRST).values()).decode("utf-8", "ignore")
    assert "電子化経費を精査" not in every


def test_requests__that_came_with_a_decision_have_none_of_it(tmp_path: Path) -> None:
    documents = handed_in(json_year(tmp_path / "R1"))
    own = documents[1]
    own["budget_rationale"] = "前もって決めた。"
    for row in (*own["lines"], own["total"]):
        row["budgeted"] = row["requested"]
    own["funding"]["general"]["budgeted"] = own["total"]["budgeted"]
    year = json_year(tmp_path / "R2", documents)
    put(year, REQUESTS)
    found = documents_of(year / FIRST)[own["no"]]
    assert (found["budget_rationale"], set(_amounts(found))) == (None, {None})


def test_decisions__fill_amounts_and_reasons_and_leave_every_other_word(year: Path) -> None:
    put(year, REQUESTS)
    decide(year)
    done = put(year, DECISIONS)
    assert (done.changes, done.undecided) == ((), 0)
    first, second = documents_of(year / FIRST), documents_of(year / SECOND)
    assert [_bare(one) for one in second.values()] == [_bare(one) for one in first.values()]
    for document in second.values():
        amount, _, why = DECIDED[document["id"]]
        assert document["total"]["budgeted"] == amount
        sources = [one["budgeted"] or 0 for one in document["funding"].values()]
        assert sum(sources) == amount
        assert document["budget_rationale"] == why
    assert second[60]["funding"]["national"]["budgeted"] == 5_868
    assert second[60]["funding"]["general"]["budgeted"] == 391
    assert [one["budgeted"] for one in second[59]["subtotals"]] == [3_523, 87_432]
    assert second[58]["total"]["budgeted"] == 0


def test_texts__are_those_of_the_first_edition_whatever_was_handed_in_since(year: Path) -> None:
    put(year, REQUESTS)
    documents = handed_in(year)
    documents[2] |= {"description": "あとから書き直した説明文。", "title": "口座振替の奨励"}
    documents[3]["lines"][0]["requested"] += 1_000
    documents[3]["total"]["requested"] += 1_000
    documents[3]["funding"]["general"]["amount"] += 1_000
    hand_in(year, [*documents[:8], late()])
    decide(year, {**_without("0602-1"), LATE: (30_765, 0, "追加で認める。")})
    done = put(year, DECISIONS)
    first, second = documents_of(year / FIRST), documents_of(year / SECOND)
    assert second[57]["description"] == first[57]["description"]
    assert second[57]["title"] == "口座振替等納税奨励"
    assert second[58]["total"]["requested"] == first[58]["total"]["requested"]
    assert sorted(second) == [*range(55, 63), 64]
    assert [(one.no, one.kind, one.before, one.after) for one in done.changes] == [
        (57, "事業名変更", "口座振替等納税奨励", "口座振替の奨励"),
        (58, "要求額変更", "36,936千円", "37,936千円"),
        (63, "取下げ", "4,192千円", ""),
        (64, "追加", "", "30,765千円"),
    ]
    _changes_stand_everywhere(year / SECOND)
    book = openpyxl.load_workbook(year / SECOND / "R2_決定状況.xlsx")
    feet = {no: _foot(book[f"NO {no}"]) for no in (56, 57, 58, 64)}
    since = "要求状況を公表したあとに変わったこと: "
    assert feet == {
        56: None,
        57: f"{since}事業名変更（口座振替等納税奨励 → 口座振替の奨励）",
        58: f"{since}要求額変更（36,936千円 → 37,936千円）",
        64: f"{since}追加",
    }


def _foot(sheet: Any) -> str | None:
    text: str | None = sheet.oddFooter.left.text
    return text


def test_changes__name_a_request_that_moved_to_another_department(year: Path) -> None:
    put(year, REQUESTS)
    documents = handed_in(year)
    documents[2] |= {"id": "0601-9", "department": dict(documents[6]["department"])}
    (year / "対応表.csv").write_text("種類,前,後\n移動,0103-2,0601-9\n", encoding="utf-8")
    hand_in(year, documents)
    moved = {"0601-9" if one == "0103-2" else one: own for one, own in DECIDED.items()}
    decide(year, moved)
    done = put(year, DECISIONS)
    before, after = "産業・地域振興支援部 税務課", "企画経営部 企画課"
    assert [(one.no, one.kind, one.before, one.after) for one in done.changes] == [
        (57, "所管課変更", before, after)
    ]
    document = documents_of(year / SECOND)[57]
    assert document["department"]["section"] == "税務課"
    assert document["total"]["budgeted"] is not None


def _without(*requests: str) -> dict[str, Decision]:
    return {one: own for one, own in DECIDED.items() if one not in requests}


def _changes_stand_everywhere(folder: Path) -> None:
    table = (folder / "R2_決定状況_変更一覧.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(StringIO(table)))
    assert rows[0] == ["NO", "事業名", "変更", "欄", "前", "後"]
    kinds = ["事業名変更", "要求額変更", "取下げ", "追加"]
    assert [row[2] for row in rows[1:]] == kinds
    assert [row["kind"] for row in data_of(folder)["changes"]] == kinds
    book = openpyxl.load_workbook(folder / "R2_決定状況.xlsx")
    assert book.sheetnames[-1] == "変更一覧"
    assert [row[2].value for row in book["変更一覧"].iter_rows(min_row=5, max_row=8)] == kinds
    page = (folder / "R2_決定状況.html").read_text(encoding="utf-8")
    assert ">変更一覧</a>" in page
    assert "事業名変更 1 件、要求額変更 1 件、取下げ 1 件、追加 1 件" in page


def test_second_run__that_is_the_same_does_nothing(year: Path) -> None:
    put(year, REQUESTS)
    before = bytes_of(year)
    again = put(year, REQUESTS)
    assert (again.is_new, again.folder) == (False, year / FIRST)
    assert bytes_of(year) == before


def test_yx781__hits_a_request_that_changed_since_and_says_what(year: Path) -> None:
    put(year, REQUESTS)
    before = bytes_of(year / "公表")
    documents = handed_in(year)
    documents[1]["description"] = "書き直した。"
    hand_in(year, documents[:8])
    changed, gone = _refused(year, REQUESTS)
    assert "YX781" in changed
    assert "NO 56「税務資料の電子化の推進」の" in changed
    assert "→ 「書き直した。」" in changed
    assert "NO 63" in gone
    assert bytes_of(year / "公表") == before


def test_yx781__does_not_hit_a_decision_after_requests_were_published(year: Path) -> None:
    put(year, REQUESTS)
    decide(year)
    assert put(year, REQUESTS).is_new is False


def test_yx782__hits_a_late_request_and_add_adds_it_alone(year: Path) -> None:
    put(year, REQUESTS)
    first = bytes_of(year / FIRST)
    documents = handed_in(year)
    hand_in(year, [*documents, late()])
    (told,) = _refused(year, REQUESTS)
    assert "YX782" in told
    assert "NO 64「子育てひろば」（30,765千円）" in told
    done = put(year, REQUESTS, add=True)
    assert (done.folder, [(one.no, one.kind) for one in done.changes]) == (
        year / ADDED_TO,
        [(64, "追加")],
    )
    assert bytes_of(year / FIRST) == first
    before, after = documents_of(year / FIRST), documents_of(year / ADDED_TO)
    assert {no: one for no, one in after.items() if no != 64} == before
    _same_sheets(year / FIRST / "R2_要求状況.xlsx", year / ADDED_TO / "R2_要求状況.xlsx")
    assert put(year, REQUESTS).is_new is False
    assert [one.request.no for one in read_edition(open_year(year), REQUESTS).rows][-1] == 64


def _same_sheets(one: Path, other: Path) -> None:
    """Tell that each sheet of a book says the same in another."""
    first, second = openpyxl.load_workbook(one), openpyxl.load_workbook(other)
    for sheet in first:
        cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert cells == [[cell.value for cell in row] for row in second[sheet.title].iter_rows()]


def test_yx782__does_not_hit_where_nothing_came(year: Path) -> None:
    put(year, REQUESTS)
    assert "YX782" not in [finding.code for finding in put(year, REQUESTS).findings]


def test_yx789__hits_what_changed_beside_a_late_request_and_stays(year: Path) -> None:
    put(year, REQUESTS)
    documents = handed_in(year)
    documents[0]["outcome"] = "書き直した成果。"
    hand_in(year, [*documents, late()])
    done = put(year, REQUESTS, add=True)
    assert [finding.code for finding in done.own if finding.code.startswith("YX789")] == ["YX789"]
    assert documents_of(year / ADDED_TO)[55] == documents_of(year / FIRST)[55]


def test_yx789__does_not_hit_a_late_request_alone(year: Path) -> None:
    put(year, REQUESTS)
    hand_in(year, [*handed_in(year), late()])
    assert "YX789" not in [finding.code for finding in put(year, REQUESTS, add=True).own]


def test_add__to_decisions_has_what_was_decided_anew_and_what_was_withdrawn(year: Path) -> None:
    put(year, REQUESTS)
    decide(year)
    put(year, DECISIONS)
    amount, specific, why = DECIDED["0103-1"]
    assert amount is not None
    decide(
        year,
        {"0103-1": (amount - 7, specific, why), "0101-1": (*DECIDED["0101-1"][:2], "別の理由")},
    )
    hand_in(year, [one for one in handed_in(year) if one["id"] != "0602-1"])
    assert all("YX781" in one for one in _refused(year, DECISIONS))
    done = put(year, DECISIONS, add=True)
    assert done.folder == year / "公表" / "2_決定状況_追加1"
    before, after = documents_of(year / SECOND), documents_of(done.folder)
    of_id = {one["id"]: no for no, one in before.items()}
    assert set(before) - set(after) == {no for id_, no in of_id.items() if id_.startswith("0602")}
    now = after[of_id["0103-1"]]
    assert now["total"]["budgeted"] == amount - 7
    assert sum(one["budgeted"] or 0 for one in now["funding"].values()) == amount - 7
    assert after[of_id["0101-1"]]["budget_rationale"] == "別の理由"
    kinds = {(change.no, change.kind, change.before, change.after) for change in done.changes}
    assert (of_id["0103-1"], "決定変更", f"{amount:,}千円", f"{amount - 7:,}千円") in kinds
    assert {no for no, kind, *_ in kinds if kind == "取下げ"} == set(before) - set(after)
    assert of_id["0101-1"] in {no for no, kind, *_ in kinds if kind == "決定変更"}
    assert not put(year, DECISIONS).is_new


def test_yx790__hits_add_without_a_late_request(year: Path) -> None:
    assert "YX790" in _refused(year, REQUESTS, add=True)[0]
    put(year, REQUESTS)
    assert "YX790" in _refused(year, REQUESTS, add=True)[0]


def test_yx790__does_not_hit_a_publication_without_add(year: Path) -> None:
    assert put(year, REQUESTS).is_new


def test_yx780__hits_decisions_before_requests(year: Path) -> None:
    decide(year)
    assert "YX780" in _refused(year, DECISIONS)[0]
    with pytest.raises(WrongInput, match="YX780"):
        read_edition(open_year(year), REQUESTS)


def test_yx780__does_not_hit_decisions_that_are_published_anyway(year: Path) -> None:
    decide(year)
    done = put(year, DECISIONS, anyway=True)
    assert (done.is_new, done.changes, done.undecided) == (True, (), 0)


def test_yx783__hits_requests_without_a_number(tmp_path: Path) -> None:
    documents = [{**one, "no": None} for one in handed_in(json_year(tmp_path / "R1"))]
    year = json_year(tmp_path / "R2")
    hand_in(year, documents)
    (told,) = _refused(year, REQUESTS)
    assert "YX783" in told
    assert "9 件の要求のNO" in told


def test_yx783__does_not_hit_numbers_that_are_final(year: Path) -> None:
    assert put(year, REQUESTS).is_new


def _numbered(tmp_path: Path) -> Path:
    """Return a year whose NO were given from 101 on, published."""
    year = json_year(tmp_path / "R2")
    hand_in(year, [{**one, "no": None} for one in handed_in(year)])
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("first_no = 55", "first_no = 101"), encoding="utf-8")
    number(year)
    put(year, REQUESTS)
    settings.write_text(text, encoding="utf-8")
    return year


def test_yx796__hits_a_ledger_that_was_lost_and_its_numbers_come_back(tmp_path: Path) -> None:
    year = _numbered(tmp_path)
    published = {one["id"]: no for no, one in documents_of(year / FIRST).items()}
    assert min(published.values()) == 101
    (year / "台帳.json").unlink()
    withdrawn, *others = handed_in(year)
    hand_in(year, [*others, {**late(), "no": None}])
    (told,) = [one for one in consolidate([], year).findings if one.code == "YX796"]
    assert "NO 101 から 109 までの 9 件を" in told.fact
    done = number(year)
    assert {row.request.id: row.no for row in done.rows} == {
        **{one["id"]: published[one["id"]] for one in others},
        LATE: 110,
    }
    assert [one.no for one in done.vacant] == [published[withdrawn["id"]]]
    assert "YX796" not in [one.code for one in done.findings]


def test_yx796__does_not_hit_while_the_ledger_is_there(tmp_path: Path) -> None:
    year = _numbered(tmp_path)
    assert "YX796" not in [one.code for one in consolidate([], year).findings]
    assert not put(year, REQUESTS).is_new


def test_yx799__hits_two_requests_with_one_number(year: Path) -> None:
    one, two, *others = handed_in(year)
    hand_in(year, [one, {**two, "no": one["no"]}, *others])
    told = _refused(year, REQUESTS)
    assert ["YX501" in told[0], "YX799" in told[1]] == [True, True]


def test_yx784__hits_what_is_not_decided_and_anyway_says_so(year: Path) -> None:
    put(year, REQUESTS)
    decide(year, _without("0103-2", "0601-1"))
    told = _refused(year, DECISIONS)
    numbers = [("YX784" in one, "NO 57" in one, "NO 61" in one) for one in told]
    assert numbers == [(True, True, False), (True, False, True)]
    done = put(year, DECISIONS, anyway=True)
    assert done.undecided == 2
    found = documents_of(year / SECOND)
    assert set(_amounts(found[57])) == {None}
    book = openpyxl.load_workbook(year / SECOND / "R2_決定状況.xlsx")
    assert "未定" in [cell.value for row in book["NO 57"].iter_rows() for cell in row]
    assert "未定" not in [cell.value for row in book["NO 58"].iter_rows() for cell in row]
    manifest = json.loads((year / SECOND / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["decided"], manifest["undecided"]) == (7, 2)


def test_yx791__hits_what_was_decided_since_and_add_completes_it(year: Path) -> None:
    put(year, REQUESTS)
    decide(year, _without("0103-2", "0601-1"))
    put(year, DECISIONS, anyway=True)
    before = bytes_of(year / SECOND)
    documents = handed_in(year)
    documents[2] |= {"description": "あとから書き直した説明文。"}
    hand_in(year, documents)
    decide(year, _without("0601-1"))
    told = _refused(year, DECISIONS, anyway=True)
    assert [("YX791" in one, "NO 57" in one, "38,484千円" in one) for one in told] == [(True,) * 3]
    done = put(year, DECISIONS, anyway=True, add=True)
    assert (done.folder, done.undecided) == (year / f"{SECOND}_追加1", 1)
    assert [(one.no, one.kind, one.before, one.after) for one in done.changes] == [
        (57, "決定", "未定", "38,484千円")
    ]
    assert done.amounts.endswith("（決定 8 / 9）")
    decide(year)
    last = put(year, DECISIONS, add=True)
    assert (last.undecided, [one.no for one in last.changes]) == (0, [57, 61])
    found, old = (documents_of(year / f"{SECOND}{one}") for one in ("_追加2", ""))
    assert found[57]["total"]["budgeted"] == 38_484
    assert [_bare(one) for one in found.values()] == [_bare(one) for one in old.values()]
    assert {no: found[no] for no in found if no not in (57, 61)} == {
        no: old[no] for no in old if no not in (57, 61)
    }
    page = (year / f"{SECOND}_追加2" / "R2_決定状況.html").read_text(encoding="utf-8")
    assert "決定状況（決定 2 件。変更一覧のとおり）" in page
    assert bytes_of(year / SECOND) == before
    assert not put(year, DECISIONS).is_new


def test_yx791__does_not_hit_what_is_still_undecided(year: Path) -> None:
    put(year, REQUESTS)
    decide(year, _without("0103-2"))
    put(year, DECISIONS, anyway=True)
    assert not put(year, DECISIONS, anyway=True).is_new


def test_yx784__hits_sources_that_do_not_add_up(year: Path) -> None:
    put(year, REQUESTS)
    # Of the requested 5,868 of 国庫 and 391 of the rest the amount alone is no decision.
    decide(year, {**DECIDED, "0205-1": (6_000, None, "精査した。")})
    (told,) = _refused(year, DECISIONS)
    assert ("YX784" in told, "NO 60" in told) == (True, True)
    assert told.startswith("R2_集計.xlsx 一覧")
    assert "要確認（財源が決まっていないか、額と合わない）です" in told
    put(year, DECISIONS, anyway=True)
    found = documents_of(year / SECOND)
    assert set(_amounts(found[60])) == {None}
    for document in found.values():
        amount = document["total"]["budgeted"]
        sources = [one["budgeted"] or 0 for one in document["funding"].values()]
        assert amount is None or sum(sources) == amount


def test_yx784__does_not_hit_a_year_that_is_decided(year: Path) -> None:
    put(year, REQUESTS)
    decide(year)
    assert put(year, DECISIONS).undecided == 0


def test_yx786__hits_a_published_request_that_is_not_counted_any_more(year: Path) -> None:
    put(year, REQUESTS)
    decide(year)
    documents = handed_in(year)
    documents[1]["funding"]["national"]["amount"] = 99_999
    hand_in(year, documents)
    told = _refused(year, DECISIONS)
    assert [("YX786" in one, "NO 56" in one) for one in told] == [(True, True)]
    done = put(year, DECISIONS, anyway=True)
    assert (done.undecided, done.changes) == (1, ())
    assert documents_of(year / SECOND)[56]["total"]["requested"] == 30_765


def test_yx786__does_not_hit_a_request_that_was_withdrawn(year: Path) -> None:
    put(year, REQUESTS)
    hand_in(year, handed_in(year)[:8])
    decide(year, _without("0602-1"))
    assert [one.kind for one in put(year, DECISIONS).changes] == ["取下げ"]


def test_yx787__hits_data_that_somebody_changed(year: Path) -> None:
    put(year, REQUESTS)
    path = year / FIRST / "要求書.json"
    path.write_text(path.read_text(encoding="utf-8").replace("30765", "30766"), encoding="utf-8")
    decide(year)
    assert "YX787" in _refused(year, DECISIONS)[0]
    path.write_text("{", encoding="utf-8")
    assert "YX787" in _refused(year, REQUESTS)[0]
    (year / FIRST / "manifest.json").write_text("[]", encoding="utf-8")
    assert "YX787" in _refused(year, REQUESTS)[0]
    for one in (year / FIRST).iterdir():
        one.unlink()
    assert "YX787" in _refused(year, REQUESTS)[0], "its folder alone is there still"


def test_yx787__does_not_hit_what_was_published(year: Path) -> None:
    put(year, REQUESTS)
    assert read_edition(open_year(year), REQUESTS).folder == "1_要求状況"


def test_yx788__hits_where_no_pdf_is_made_and_says_how(year: Path) -> None:
    done = put(year, REQUESTS)
    (told,) = [finding for finding in done.own if finding.code == "YX788"]
    assert "R2_要求状況.xlsx を Excel で開き" in told.remedy
    assert not [name for name in done.files if name.endswith(".pdf")]
    assert put(year, REQUESTS).own[-1] == told


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that makes PDF."""

    def printed(books: dict[str, bytes], _: object) -> dict[str, bytes]:
        return {name: b"%PDF" + hashlib.sha256(data).digest() for name, data in books.items()}

    monkeypatch.setattr("yosan_xl.usecases.publish.run._office", lambda: printed)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("most", [300, 3])
def test_pdf__that_was_lacking_is_added_and_all_is_as_if_it_had_been_there(
    year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("yosan_xl.usecases.publish.files.MOST_IN_A_BOOK", most)
    put(year, REQUESTS)
    before = bytes_of(year / FIRST)
    done = publish(year, REQUESTS)
    own = [name for name in done.files if name.endswith(".pdf")]
    assert (done.is_new, done.own) == (False, ())
    assert done.files == (*own, "datapackage.json", "manifest.json")
    assert len(own) == sum(name.endswith(".xlsx") for name in before)
    other = json_year(tmp_path / "R2x")
    publish(other, REQUESTS)
    assert bytes_of(year / FIRST) == bytes_of(other / FIRST)
    assert publish(year, REQUESTS).files == ()


@pytest.mark.usefixtures("office")
def test_pdf__that_was_written_before_a_run_was_killed_is_listed_by_the_next(year: Path) -> None:
    put(year, REQUESTS)
    before = bytes_of(year / FIRST)
    publish(year, REQUESTS)
    whole = bytes_of(year / FIRST)
    for killed_before in (["manifest.json"], ["manifest.json", "datapackage.json"]):
        for name in killed_before:
            (year / FIRST / name).write_bytes(before[name])
        publish(year, REQUESTS)
        assert bytes_of(year / FIRST) == whole


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("name", ["R2_要求状況.pdf", "R2_要求状況.xlsx", "datapackage.json"])
def test_pdf__is_not_added_over_one_s_own_nor_to_a_book_that_was_changed(
    year: Path, name: str
) -> None:
    put(year, REQUESTS)
    (year / FIRST / name).write_bytes(b"%PDF by hand")
    before = bytes_of(year / FIRST)
    done = publish(year, REQUESTS)
    assert (done.files, bytes_of(year / FIRST)) == ((), before)
    assert [one.code for one in done.own] == ["YX788"] * (not name.endswith(".pdf"))


@pytest.mark.usefixtures("office")
def test_yx788__does_not_hit_where_there_is_a_pdf(year: Path) -> None:
    done = publish(year, REQUESTS)
    again = publish(year, REQUESTS)
    assert "YX788" not in [finding.code for finding in (*done.own, *again.own)]
    assert (year / FIRST / "R2_要求状況.pdf").read_bytes().startswith(b"%PDF")


def test_yx785__hits_decisions_of_a_stage_that_is_open(year: Path) -> None:
    _with_stages(year)
    put(year, REQUESTS)
    decide(year)
    (told,) = _refused(year, DECISIONS)
    assert ("YX785" in told, "「区長」" in told) == (True, True)
    assert told.startswith("査定.json")
    assert put(year, DECISIONS, anyway=True).undecided == 9
    assert {one for own in documents_of(year / SECOND).values() for one in _amounts(own)} == {None}


def test_yx785__does_not_hit_a_stage_that_is_closed(year: Path) -> None:
    _with_stages(year)
    put(year, REQUESTS)
    decide(year)
    _close(year, "区長")
    assert put(year, DECISIONS).undecided == 0
    assert documents_of(year / SECOND)[56]["total"]["budgeted"] == 28_000


def _with_stages(year: Path) -> None:
    """Name the one stage of the year, which then has to be closed."""
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\n[[stages]]\nname = "区長"\n', encoding="utf-8")


def _close(year: Path, stage: str) -> None:
    folder = open_year(year)
    taken = take_entries(folder, form_of(folder))
    closed = replace(taken, history=taken.history.closing(stage))
    keep_entries(folder, closed, form_of(folder))


def test_manifest__has_every_file_with_its_sha256_and_the_sums(year: Path) -> None:
    put(year, REQUESTS)
    manifest = json.loads((year / FIRST / "manifest.json").read_text(encoding="utf-8"))
    files = bytes_of(year / FIRST)
    del files["manifest.json"]
    found = {one["path"]: (one["size"], one["sha256"]) for one in manifest["files"]}
    assert found == {n: (len(d), hashlib.sha256(d).hexdigest()) for n, d in files.items()}
    assert (manifest["edition"], manifest["requests"]) == (REQUESTS, 9)
    assert manifest["requested_amount"] == 383_511
    assert "decided" not in manifest


def test_publication__is_the_same_bytes_wherever_it_is_made(tmp_path: Path) -> None:
    one, other = json_year(tmp_path / "R2"), json_year(tmp_path / "別の場所" / "R2")
    put(one, REQUESTS)
    put(other, REQUESTS)
    assert bytes_of(one / FIRST) == bytes_of(other / FIRST)


def test_many_sheets__are_a_book_for_each_bureau(
    year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yosan_xl.usecases.publish.files.MOST_IN_A_BOOK", 8)
    put(year, REQUESTS)
    books = {
        path.stem: lazy_book(path).sheetnames for path in sorted((year / FIRST).glob("*.xlsx"))
    }
    assert books == {
        "R2_要求状況_01_産業・地域振興支援部": ["NO 55", "NO 56", "NO 57", "NO 58"],
        "R2_要求状況_02_保健福祉支援部": ["NO 59", "NO 60"],
        "R2_要求状況_03_企画経営部": ["NO 61", "NO 62", "NO 63"],
    }


def test_empty_year__publishes_nothing(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    (year / "提出" / "要求書.json").unlink()
    done = put(year, REQUESTS)
    assert (done.folder, done.is_new) == (None, False)
    assert not (year / "公表").exists()


def test_link_out_of_the_year__is_not_written_through(year: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (year / "公表").symlink_to(tmp_path / "outside")
    assert "YX069" in _refused(year, REQUESTS)[0]
    assert not list((tmp_path / "outside").iterdir())


@pytest.mark.slow
def test_killed_anywhere__the_edition_is_whole_or_not_there(tmp_path: Path) -> None:
    counting = Counting()
    whole = json_year(tmp_path / "whole" / "R2")
    put(whole, REQUESTS, disk=counting)
    wanted = bytes_of(whole / FIRST)
    points = random.Random(7).sample(
        range(1, counting.calls + 1), 8
    )  # all of them: sh scripts/exam survival
    # The last four calls take away what is aside, when the edition is in place.
    for n in (1, *range(counting.calls - 4, counting.calls + 1), *points):
        for disk in (KilledAt(n), FailingFrom(n, EIO, 1), FailingFrom(n, ENOSPC, 10_000)):
            year = json_year(tmp_path / f"{n}{type(disk).__name__}{disk.calls}{id(disk)}" / "R2")
            submitted = bytes_of(year / "提出")
            _try(year, disk)
            names = [p for p in (year / "公表").glob("[!.]*")] if (year / "公表").exists() else []
            assert [path.name for path in names] in ([], [FIRST.name])
            assert not names or bytes_of(year / FIRST) == wanted
            put(year, REQUESTS)
            assert bytes_of(year / "公表") == {f"{FIRST.name}/{k}": v for k, v in wanted.items()}
            assert bytes_of(year / "提出") == submitted


def _try(year: Path, disk: Counting) -> None:
    try:
        put(year, REQUESTS, disk=disk)
    except (Killed, WrongInput):
        return


def _cut_without_a_reason(year: Path) -> None:
    decide(year, {**DECIDED, "0103-3": (0, 0, "")})
    put(year, REQUESTS)


def test_yx792__hits_what_would_keep_the_one_stage_from_closing(year: Path) -> None:
    _cut_without_a_reason(year)
    told = _refused(year, DECISIONS)
    assert ["YX749" in one for one in told] == [True, False]
    assert "YX792" in told[1]
    assert not (year / SECOND).exists()
    assert put(year, DECISIONS, anyway=True).is_new


def test_yx792__does_not_hit_a_stage_that_was_closed_all_the_same(year: Path) -> None:
    _cut_without_a_reason(year)
    close_stage(year, "査定", year.parent / "保存庫", anyway=True)
    assert put(year, DECISIONS).is_new


def test_requests__have_no_finding_of_a_decision(year: Path) -> None:
    number(year)
    decide(year, {"0101-1": (151_486_000, 0, "要求どおり認める。")})
    assert [one.code for one in consolidate([], year).findings if one.is_error] == ["YX740"]
    assert [one for one in number(year).findings if one.is_error] == []
    assert [one for one in put(year, REQUESTS).findings if one.is_error] == []


def _amounts_of_lines(document: dict[str, Any]) -> list[object]:
    return [line["budgeted"] for line in document["lines"]]


def _handed_in_with(year: Path, request: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Hand in the requests again, one with a change."""
    documents = handed_in(year)
    change(next(one for one in documents if one["id"] == request))
    hand_in(year, documents)


def _decide_as_asked(year: Path) -> None:
    entries: dict[tuple[str, str, int | None], object] = {}
    for one in handed_in(year):
        entries[one["id"], "査定区分", None] = "要求どおり"
    type_in(consolidate([], year).summary, entries)


def _as_asked(year: Path) -> None:
    """Decide all as it was asked for, and publish both editions."""
    put(year, REQUESTS)
    _decide_as_asked(year)
    put(year, DECISIONS)


def test_line__that_was_renamed_since_keeps_the_amount_that_was_published(year: Path) -> None:
    _as_asked(year)
    _handed_in_with(year, "0103-1", lambda one: one["lines"][0].update(label="システムの改修"))
    assert not put(year, DECISIONS).is_new
    assert "YX790" in _refused(year, DECISIONS, add=True)[0]
    hand_in(year, [one for one in handed_in(year) if one["id"] != "0602-1"])
    done = put(year, DECISIONS, add=True)
    assert [(one.no, one.kind) for one in done.changes] == [(63, "取下げ")]
    assert documents_of(year / f"{SECOND}_追加1")[56] == documents_of(year / SECOND)[56]
    assert not {"YX789", "YX806"} & {one.code for one in done.own}


def _shift(document: dict[str, Any], amount: int = 100) -> None:
    """Ask for more in the first row, and for as much less in the second."""
    for line, more in zip(document["lines"], (amount, -amount), strict=False):
        line["requested"] += more
    document["subtotals"] = [
        {
            **one,
            "requested": sum(
                row["requested"] for row in document["lines"] if row["group"] == one["group"]
            ),
        }
        for one in document["subtotals"]
    ]


def test_yx789__hits_amounts_that_moved_between_rows_and_nothing_is_decided_anew(
    year: Path,
) -> None:
    _as_asked(year)
    _handed_in_with(year, "0103-1", _shift)
    done = put(year, DECISIONS)
    assert not done.is_new
    told = [str(one) for one in done.own if one.code == "YX789"]
    assert len(told) == 2
    assert "1行目の「予算額」は、公表したあとに変わっています" in told[0]
    assert "YX790" in _refused(year, DECISIONS, add=True)[0]


def test_changes__name_amounts_that_moved_between_rows_before_they_were_decided(
    year: Path,
) -> None:
    put(year, REQUESTS)
    _handed_in_with(year, "0103-1", _shift)
    _decide_as_asked(year)
    done = put(year, DECISIONS)
    first, second = documents_of(year / FIRST)[56]["lines"][:2]
    assert [(one.kind, one.field, one.before, one.after) for one in done.changes] == [
        ("要求額変更", f"「要求内容」の{at}行目の「要求額」", f"{was:,}千円", f"{was + more:,}千円")
        for at, was, more in ((1, first["requested"], 100), (2, second["requested"], -100))
    ]


def test_add__lists_every_amount_that_was_decided_anew_of_an_unchanged_total(year: Path) -> None:
    put(year, REQUESTS)
    decide(year)
    put(year, DECISIONS)
    amount, specific, why = DECIDED["0205-1"]
    decide(year, {"0205-1": (amount, (specific or 0) - 68, why)})
    done = put(year, DECISIONS, add=True)
    assert [(one.field, one.before, one.after) for one in done.changes] == [
        ("「要求内容」の1行目の「予算額のうち特財」", "5,868千円", "5,800千円"),
        ("「合計の予算額のうち特財」", "5,868千円", "5,800千円"),
        ("「国庫支出金の予算額」", "5,868千円", "5,800千円"),
        ("「一般財源の予算額」", "391千円", "459千円"),
    ]
    assert {one.kind for one in done.changes} == {"決定変更"}
    page = (done.folder or year) / "R2_決定状況.html"
    assert "決定状況（決定変更 1 件。変更一覧のとおり）" in page.read_text(encoding="utf-8")


def test_add__has_a_reason_no_more_that_was_emptied_since(year: Path) -> None:
    put(year, REQUESTS)
    decide(year)
    put(year, DECISIONS)
    type_in(consolidate([], year).summary, {("0101-1", "編成の考え方", None): None})
    done = put(year, DECISIONS, add=True)
    assert [(one.no, one.before, one.after) for one in done.changes] == [
        (55, "「要求どおり認める。」", "なし")
    ]
    assert not put(year, DECISIONS).is_new


def test_yx806__hits_a_row_that_has_another_name_and_amount_now(year: Path) -> None:
    put(year, REQUESTS)
    _handed_in_with(year, "0103-1", lambda one: one["lines"][0].update(label="システムの改修"))
    _decide_as_asked(year)
    done = put(year, DECISIONS)
    (told,) = [str(one) for one in done.own if one.code == "YX806"]
    assert "1行目の「予算額」は空欄です（合計は 30,765千円）" in told
    assert _amounts_of_lines(documents_of(year / SECOND)[56])[0] is None


def test_yx806__does_not_hit_rows_that_are_as_they_were_published(year: Path) -> None:
    _as_asked(year)
    assert "YX806" not in {one.code for one in put(year, DECISIONS).own}


def test_yx789__of_a_decision_that_is_open_again_says_so_once(year: Path) -> None:
    put(year, REQUESTS)
    decide(year)
    put(year, DECISIONS)
    decide(year, {"0103-1": (None, None, "見直し")})
    hand_in(year, [one for one in handed_in(year) if one["id"] != "0602-1"])
    done = put(year, DECISIONS, add=True, anyway=True)
    (told,) = [str(one) for one in done.own if one.code == "YX789"]
    assert "「合計の予算額」は、公表したあとに変わっています（28,000千円 → 未定）" in told
    assert "決め直したあとの yosan-xl publish 決定状況 --add" in told
    assert documents_of(year / f"{SECOND}_追加1")[56] == documents_of(year / SECOND)[56]
