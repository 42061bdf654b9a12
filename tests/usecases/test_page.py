"""page: what the page says is what the summary says; an old page is safe; same input, same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.page.samples import Parts
from tests.usecases.edit import set_cell
from tests.usecases.publish.samples import REQUESTS, decide, json_year, put
from tests.usecases.year import faultless_documents, hand_in_filled, make_year
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import shown_time
from yosan_xl.store.decisions_file import read_decisions
from yosan_xl.store.faults import StoreError
from yosan_xl.store.ledger import read_ledger
from yosan_xl.usecases import shown
from yosan_xl.usecases.codes import NOT_PUBLISHED
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.export import ExportOptions, export
from yosan_xl.usecases.page import page
from yosan_xl.usecases.publish import run

BOOK = "0602_区長室.xlsx"


@pytest.fixture
def year(tmp_path: Path) -> Path:
    year = make_year(tmp_path / "R2")
    hand_in_filled(year)
    return year


def _parts(path: Path) -> Parts:
    return Parts(path.read_bytes().decode("utf-8"))


def test_page__says_what_the_summary_says(year: Path) -> None:
    done, summed = page([], year), consolidate([], year)
    assert done.page == year / "集計" / "R2_集計.html"
    assert (done.counted, done.requested) == (summed.counted, summed.requested)
    last = _parts(done.page).tables["会計・款別の要求額"][-1]
    assert last[:3] == ["全会計の計", "9", f"{summed.requested:,}"]


def test_page__what_is_wrong_is_in_no_total_and_told(year: Path) -> None:
    set_cell(year / "提出" / BOOK, "yx_funding_national_amount", 0, 99999)
    done = page([], year)
    parts = _parts(done.page)
    assert (done.counted, done.left_out) == (8, 1)
    assert parts.tables["会計・款別の要求額"][-1][:3] == ["全会計の計", "8", "379,319"]
    assert len(parts.tables["未算入の要求など"]) == 2
    assert parts.names.count("article") == 9


def test_page__include_errors_counts_and_says_so(year: Path) -> None:
    set_cell(year / "提出" / BOOK, "yx_funding_national_amount", 0, 99999)
    done = page([], year, include_errors=True)
    assert done.counted == 9
    assert any("金額か財源に誤りのある要求 1件" in text for text in _parts(done.page).texts)


def test_page__public_has_a_name_of_its_own_and_no_file_name(year: Path) -> None:
    done = page([], year, public=True)
    assert done.page.name == "R2_公表.html"
    assert "xlsx" not in done.page.read_text(encoding="utf-8")


def test_page__twice_gives_the_same_bytes(year: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    page([], year, one)
    page([year], tmp_path, two)
    assert one.read_bytes() == two.read_bytes()


def test_page__no_that_nobody_gave_for_good_are_provisional_on_it(tmp_path: Path) -> None:
    documents = [{**one, "no": None} for one in faultless_documents()]
    year = make_year(tmp_path / "R2", documents)
    hand_in_filled(year)
    listed = _parts(page([], year).page).tables["要求の一覧"]
    assert [row[0] for row in listed[1:]] == [f"仮{no}" for no in range(55, 64)]
    assert read_ledger(year).numbers == {}


def test_page__with_no_book_an_old_one_is_left_alone(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    out = tmp_path / "old.html"
    out.write_text("old", encoding="utf-8")
    done = page([], year, out)
    assert not done.written
    assert out.read_text(encoding="utf-8") == "old"
    assert "YX060" in [finding.code for finding in done.findings]


def test_page__never_over_what_it_reads(year: Path) -> None:
    book = year / "提出" / BOOK
    before = book.read_bytes()
    with pytest.raises(StoreError) as refused:
        page([], year, book)
    assert [finding.code for finding in refused.value.findings] == ["YX069"]
    assert book.read_bytes() == before


@pytest.fixture
def decided(tmp_path: Path) -> Path:
    year = json_year(tmp_path / "R2")
    decide(year)
    return year


@pytest.fixture
def untold(monkeypatch: pytest.MonkeyPatch) -> Finding:
    """Let keeping what was typed tell of something, as where 査定履歴.csv is open in Excel."""
    told = NOT_PUBLISHED.at(Place("査定履歴.csv"), count=1)
    monkeypatch.setattr(shown, "remember", lambda _: (told,))
    monkeypatch.setattr(run, "remember", lambda _: (told,))
    return told


def test_outputs__tell_what_keeping_the_entries_told(decided: Path, untold: Finding) -> None:
    paged = page([], decided)
    exported = export([], decided, ExportOptions())
    published = put(decided, REQUESTS)
    for done in (paged, exported, published):
        assert untold in done.own
        assert untold in done.findings


def test_page__the_date_of_the_data_is_that_of_what_was_typed(decided: Path) -> None:
    texts = page([], decided, public=True).page.read_text(encoding="utf-8")
    typed = shown_time(max(one.origin.saved_at for one in read_decisions(decided).history.records))
    assert f"データの時点：{typed}" in texts
    nothing = json_year(decided.parent / "R3")
    assert typed not in page([], nothing, public=True).page.read_text(encoding="utf-8")
