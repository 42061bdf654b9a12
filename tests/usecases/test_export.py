"""export: the counted requests as data, alike in every format; CP932 tells what it lacks."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import jsonschema
import pytest

from tests.usecases.edit import set_cell
from tests.usecases.year import (
    ROOT,
    example_documents,
    faultless_documents,
    hand_in_filled,
    make_year,
)
from yosan_xl.store.faults import StoreError
from yosan_xl.store.ledger import read_ledger
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.export import ExportOptions, export
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.number import number


@pytest.fixture
def year(tmp_path: Path) -> Path:
    year = make_year(tmp_path / "R2")
    hand_in_filled(year)
    return year


def _titled(tmp_path: Path, title: str) -> Path:
    documents = faultless_documents()
    documents[0]["title"] = title
    year = make_year(tmp_path / "R2", documents)
    hand_in_filled(year)
    return year


def _rows(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    text = path.read_bytes().decode(encoding)
    return list(csv.DictReader(StringIO(text, newline="")))


def test_csv__two_files_in_the_summary_folder_that_agree_with_the_summary(year: Path) -> None:
    done = export([], year, ExportOptions())
    assert [path.name for path in done.files] == ["R2_一覧.csv", "R2_明細.csv"]
    assert {path.parent for path in done.files} == {year / "集計"}
    requests, lines = map(_rows, done.files)
    total = consolidate([], year).requested
    assert sum(int(found["合計の要求額"]) for found in requests) == total == done.requested
    assert sum(int(found["要求額"]) for found in lines) == total
    assert [found["NO"] for found in requests] == [str(no) for no in range(55, 64)]


def test_csv__begins_with_a_bom_and_ends_lines_as_excel_does(year: Path, tmp_path: Path) -> None:
    done = export([], year, ExportOptions(), tmp_path / "out")
    for path in done.files:
        data = path.read_bytes()
        assert data.startswith("\ufeff要求書ID,".encode())
        assert data.endswith(b"\r\n")


def test_json__the_documents_as_they_were_handed_in(year: Path) -> None:
    done = export([], year, ExportOptions("json"))
    assert done.files == ()
    found = json.loads(done.text or "")
    assert (found["fiscal_year"], found["unit"]) == (2020, "千円")
    assert found["requests"] == sorted(faultless_documents(), key=lambda one: one["no"])


def test_json__can_be_filled_in_again(year: Path, tmp_path: Path) -> None:
    other = make_year(tmp_path / "again" / "R2")
    out = other / "all.json"
    export([], year, ExportOptions("json"), out)
    fill(out, other / "提出")
    assert export([], other, ExportOptions("json")).text == out.read_text(encoding="utf-8")


def test_ndjson__one_request_a_line(year: Path) -> None:
    text = export([], year, ExportOptions("ndjson")).text or ""
    assert [json.loads(line)["no"] for line in text.splitlines()] == list(range(55, 64))
    assert text.endswith("\n")


@pytest.mark.parametrize("form", ["csv", "json", "ndjson"])
def test_public__no_note_and_no_file_name(form: str, year: Path, tmp_path: Path) -> None:
    note = example_documents()[4]["funding"]["general"]["name"]
    for public in (False, True):
        out = tmp_path / (f"{public}" if form == "csv" else f"{public}.{form}")
        done = export([], year, ExportOptions(form, public=public), out)
        text = "".join(path.read_text(encoding="utf-8") for path in done.files)
        assert (note in text) is not public
        assert ("xlsx" in text) is (form == "csv" and not public)


def test_public__does_not_overwrite_the_inner_one(year: Path) -> None:
    inner = export([], year, ExportOptions())
    outer = export([], year, ExportOptions(public=True))
    assert set(inner.files).isdisjoint(outer.files)


def test_left_out__is_not_in_the_data_unless_asked_for(year: Path) -> None:
    set_cell(year / "提出" / "0602_区長室.xlsx", "yx_funding_national_amount", 0, 99999)
    done = export([], year, ExportOptions("json"))
    assert (done.counted, done.left_out) == (8, 1)
    assert len(json.loads(done.text or "")["requests"]) == 8
    assert export([], year, ExportOptions("json", include_errors=True)).counted == 9


def test_no__that_goes_out_is_provisional_until_it_is_given(tmp_path: Path) -> None:
    documents = [{**one, "no": None} for one in faultless_documents()]
    year = make_year(tmp_path / "R2", documents)
    hand_in_filled(year)
    found = json.loads(export([], year, ExportOptions("json")).text or "")["requests"]
    assert read_ledger(year).numbers == {}
    number(year)
    assert read_ledger(year).numbers == {one["id"]: one["no"] for one in found}


def test_json__follows_the_schema_for_the_public_too(year: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "request.schema.json").read_text(encoding="utf-8"))
    for public in (False, True):
        text = export([], year, ExportOptions("json", public=public)).text or ""
        for document in json.loads(text)["requests"]:
            jsonschema.validate(document, schema)


def test_no_books__writes_nothing(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    for form in ("csv", "json"):
        done = export([], year, ExportOptions(form), tmp_path / "out")
        assert (done.files, done.text) == ((), None)
        assert "YX060" in [finding.code for finding in done.findings]
    assert not (tmp_path / "out").exists()


def test_export__never_over_what_it_reads(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    book = year / "提出" / "要求.json"
    book.write_bytes((year / "requests.json").read_bytes())
    with pytest.raises(StoreError) as refused:
        export([], year, ExportOptions("json"), book)
    assert [finding.code for finding in refused.value.findings] == ["YX069"]
    assert book.read_bytes() == (year / "requests.json").read_bytes()


def test_yx630__hits_a_character_that_cp932_lacks(tmp_path: Path) -> None:
    year = _titled(tmp_path, "𠮷田記念館〜鷗")
    done = export([], year, ExportOptions(encoding="cp932"))
    told = [finding for finding in done.findings if finding.code == "YX630"]
    assert [str(finding.place) for finding in told[:1]] == ["R2_一覧.csv 2行目"]
    assert "「事業名」の 「𠮷」、「鷗」 は" in told[0].fact
    assert _rows(done.files[0], "cp932")[0]["事業名"] == "〓田記念館～〓"


def test_yx630__does_not_hit_what_cp932_has_nor_another_encoding(tmp_path: Path) -> None:
    year = _titled(tmp_path, "髙田記念館〜①")
    done = export([], year, ExportOptions(encoding="cp932"))
    assert "YX630" not in [finding.code for finding in done.findings]
    assert _rows(done.files[0], "cp932")[0]["事業名"] == "髙田記念館～①"
    other = _titled(tmp_path / "other", "𠮷田記念館")
    assert "YX630" not in [f.code for f in export([], other, ExportOptions()).findings]
