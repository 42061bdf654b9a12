"""fill: documents find their book and sheet, and nothing that does not fit goes unsaid."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.year import by_no, example_documents, make_year
from yosan_xl.model.finding import Finding
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.submitted.read import read


def test_fill__an_unknown_department_is_told_before_anything_is_written(tmp_path: Path) -> None:
    documents = example_documents()
    documents[0]["department"]["code"] = "9999"
    documents[8]["department"]["code"] = None
    year = make_year(tmp_path / "R2", documents)
    with pytest.raises(WrongInput) as stop:
        fill(year / "requests.json", tmp_path / "出力")
    assert [(f.code, f.place.sheet) for f in stop.value.findings] == [
        ("YX063", "1件目"),
        ("YX063", "9件目"),
    ]
    assert not (tmp_path / "出力").exists()


def test_fill__each_id_has_its_sheet_and_the_others_the_free_ones(tmp_path: Path) -> None:
    documents = [d for d in example_documents() if d["department"]["code"] == "0103"]
    documents[0]["id"], documents[1]["id"], documents[2]["id"] = "0103-3", None, "まえの番号"
    year = make_year(tmp_path / "R2", documents)
    fill(year / "requests.json", year / "提出")
    back = read([year / "提出"]).result["requests"]
    assert {request["no"]: request["id"] for request in back} == {
        documents[0]["no"]: "0103-3",
        documents[1]["no"]: "0103-1",
        documents[2]["no"]: "0103-2",
    }


def test_fill__more_requests_than_sheets_make_more_sheets(tmp_path: Path) -> None:
    one = example_documents()[8]
    documents = [one | {"id": f"0602-{n}", "no": 100 + n} for n in range(1, 8)]
    year = make_year(tmp_path / "R2", documents)
    fill(year / "requests.json", year / "提出")
    assert by_no(read([year / "提出"]).result["requests"]) == documents


Change = Callable[[dict[str, Any]], None]


def _more_lines(number: int) -> Change:
    def change(document: dict[str, Any]) -> None:
        line = {**dict.fromkeys(document["lines"][0]), "label": "余分", "part": "レベルアップ分"}
        document["lines"][:0] = [dict(line, requested=0) for _ in range(number)]

    return change


def _total(document: dict[str, Any]) -> None:
    document["total"]["requested"] += 1


def _cut(document: dict[str, Any]) -> None:
    document["total"]["budgeted"] = 4_000


def _reordered(document: dict[str, Any]) -> None:
    document["lines"].append(dict(document["lines"][0], label="経常", part="経常経費分"))
    document["lines"].append(dict(document["lines"][0], label="あと", part="レベルアップ分"))


def _long(document: dict[str, Any]) -> None:
    document["description"] = "あ" * 40_000


def _unfit(change: Change, folder: Path) -> list[Finding]:
    document = example_documents()[8]
    change(document)
    year = make_year(folder / "R2", [document])
    done = fill(year / "requests.json", year / "提出")
    return [finding for finding in done.findings if finding.code == "YX062"]


CAUSES: dict[str, tuple[Change, str, str]] = {
    "nine lines": (
        _more_lines(8),
        "「レベルアップ分」の明細が 9行あり、様式は 8行",
        "rows = [9, 6]",
    ),
    "more than may be": (_more_lines(30), "明細が 31行あり", "20行、10行までです。明細をまとめて"),
    "a sum": (_total, "「合計の要求額」が 4,193千円 から 4,192千円", "明細の額か、この計を直して"),
    "a cut": (_cut, "「合計の予算額」が 4,000千円 から 空欄", "明細に額を分けて書くか"),
    "an order": (_reordered, "から あと", "その順に並べてください"),
    "a text": (_long, "（40,000字） から 空欄", "32,767字までの文字です"),
}


@pytest.mark.parametrize(("change", "problem", "remedy"), CAUSES.values(), ids=CAUSES)
def test_yx062__hits_once_for_each_cause_with_its_own_remedy(
    change: Change, problem: str, remedy: str, tmp_path: Path
) -> None:
    (finding,) = _unfit(change, tmp_path)
    assert problem in finding.fact
    assert remedy in finding.remedy
    assert ("rows = " in finding.remedy) == (remedy == "rows = [9, 6]")


def test_yx062__does_not_hit_a_document_that_comes_back(tmp_path: Path) -> None:
    assert _unfit(lambda document: None, tmp_path) == []


def test_fill__never_writes_over_another_book(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    book = year / "提出" / "0602_区長室.xlsx"
    book.write_bytes("記入ずみ".encode())
    with pytest.raises(WrongInput, match="YX064"):
        fill(year / "requests.json", year / "提出")
    assert book.read_bytes() == "記入ずみ".encode()
    with pytest.raises(WrongInput, match=r"YX069 .*「提出」フォルダーのファイルなので"):
        fill(year / "requests.json", year / "提出", force=True)
    assert book.read_bytes() == "記入ずみ".encode()


def test_fill__with_force_over_a_book_it_made(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    fill(year / "requests.json", year / "記入", only_finance=True)
    with pytest.raises(WrongInput, match="YX064"):
        fill(year / "requests.json", year / "記入")
    fill(year / "requests.json", year / "記入", force=True)
    assert len(read([year / "記入"]).result["requests"]) == 9


def test_fill__outside_a_year_folder_is_told(tmp_path: Path) -> None:
    path = tmp_path / "requests.json"
    path.write_text(json.dumps(example_documents()), encoding="utf-8")
    with pytest.raises(WrongInput, match="年度フォルダーではありません"):
        fill(path, tmp_path / "提出")


def test_yx686__hits_more_requests_than_a_book_can_hold(tmp_path: Path) -> None:
    document = example_documents()[8]
    year = make_year(tmp_path / "R2", [{**document, "id": None, "no": None}] * 151)
    with pytest.raises(WrongInput, match=r"YX686 .*要求が 151件あります。.*150件まで"):
        fill(year / "requests.json", year / "提出")
    with pytest.raises(WrongInput, match="YX686"):
        generate(year, last_year=year / "requests.json")
    assert list((year / "提出").iterdir()) == []


def test_yx686__does_not_hit_as_many_as_can_be_read_again(tmp_path: Path) -> None:
    document = example_documents()[8]
    year = make_year(tmp_path / "R2", [{**document, "id": None, "no": None}] * 150)
    fill(year / "requests.json", year / "提出")
    assert len(read([year / "提出"]).result["requests"]) == 150


def test_fill__tells_of_so_many_values_that_do_not_fit_and_no_more(tmp_path: Path) -> None:
    found = _unfit(lambda document: document.update({f"k{n}": n for n in range(50_000)}), tmp_path)
    assert len(found) == 400
