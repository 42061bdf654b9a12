"""What lies beside the books: it is its unit's, listed, linked, archived, and never an error."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.lazy_book import lazy_book
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.model.intake import Status, UnitState
from yosan_xl.report.status_text import status_json, status_text
from yosan_xl.usecases.archive.add import add
from yosan_xl.usecases.archive.stages import list_stages
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.status import status
from yosan_xl.usecases.validate import validate

BESIDE = {
    "0103_税務課_見積書.pdf": "0103",
    "0601/写真.jpg": "0601",
    "区長室/説明.docx": "0602",
    "0205_生活福祉調整課のメール.msg": "0205",
    "保育課.csv": "0303",  # nothing else came from there
    "写真.heic": None,
    "区民課.txt": None,  # five units are called so
    "資料/地図.dat": None,
}


@pytest.fixture
def year(tmp_path: Path) -> Path:
    made = make_year(tmp_path / "R2")
    hand_in_filled(made)
    for name in BESIDE:
        path = made / "提出" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"PK\x03\x04" if name.endswith(".docx") else b"hello")
    return made


def _owners(found: Status) -> dict[str, str | None]:
    owned = {name: unit.department.code for unit in found.units for name in unit.attachments}
    return owned | dict.fromkeys(found.attachments)


def test_attachments__each_is_of_the_unit_that_it_names(year: Path) -> None:
    found = status(year).status
    assert _owners(found) == BESIDE
    assert (found.files, found.beside, found.strays) == (6, 8, ())
    assert found.states[UnitState.MISSING] == 51  # 保育課 too: an attachment is no request


def test_attachments__of_the_one_unit_whose_book_lies_in_the_same_folder(year: Path) -> None:
    folder = year / "提出/受付7"
    folder.mkdir()
    shutil.move(year / "提出/0101_地域振興課.xlsx", folder)
    (folder / "見積書.pdf").write_bytes(b"%PDF")
    assert _owners(status(year).status)["受付7/見積書.pdf"] == "0101"
    shutil.move(year / "提出/0602_区長室.xlsx", folder)
    assert _owners(status(year).status)["受付7/見積書.pdf"] is None


def test_yx026__hits_once_for_all_that_name_no_unit(year: Path) -> None:
    (finding,) = validate([year], year).findings
    assert (finding.code, finding.weight.value, finding.place.file) == ("YX026", "情報", "提出")
    assert (
        "3 件は、どの課のものか分かりません（写真.heic、区民課.txt、資料/地図.dat）" in finding.fact
    )


def test_yx026__does_not_hit_what_names_its_unit(year: Path) -> None:
    for name, unit in BESIDE.items():
        if unit is None:
            (year / "提出" / name).unlink()
    assert validate([year], year).findings == ()


def test_attachments__are_listed_by_status(year: Path) -> None:
    done = status(year)
    text = status_text(done.year, done.intake)
    assert "産業・地域振興支援部 税務課: 0103_税務課_見積書.pdf" in text
    assert "どの課のものか分からないもの: 写真.heic" in text
    assert "（ほかに添付 8）" in text
    report = json.loads(status_json(done.year, done.intake))
    assert report["attachments"] == [name for name, unit in BESIDE.items() if unit is None]
    (tax,) = (unit for unit in report["units"] if unit["code"] == "0103")
    assert tax["attachments"] == ["0103_税務課_見積書.pdf"]


def test_attachments__are_linked_in_the_summary(year: Path) -> None:
    done = consolidate([year], year)
    assert (done.files, done.requested) == (6, 383_511)
    sheet = lazy_book(done.summary)["提出状況"]
    links = {
        str(cell.value): cell.hyperlink.target
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert links == {name: f"../提出/{name}" for name in BESIDE}
    named = {str(cell.value): str(row[0].value) for row in sheet.iter_rows() for cell in row}
    assert named["0601/写真.jpg"] == "0601"


def test_attachments__are_archived(year: Path) -> None:
    added = add(year)
    manifest = json.loads((added.root / added.name / "manifest.json").read_text(encoding="utf-8"))
    kinds = {entry["path"]: entry["kind"] for entry in manifest["files"]}
    assert {kinds[f"提出/{name}"] for name in BESIDE} == {"other"}
    (stage,) = list_stages(added.root).stages
    assert (stage.books, stage.requests, stage.requested) == (6, 9, 383_511)
    assert not [f for f in added.of_requests if f.is_error]


def _zip(path: Path, *names: str) -> None:
    with zipfile.ZipFile(path, "w") as out:
        for name in names:
            out.writestr(name, b"x")


def test_yx028__hits_a_zip_with_books_in_it(year: Path) -> None:
    _zip(year / "提出/0302.zip", "要求/0302.xlsx", "見積.XLS", "図.png")
    told = [f for f in validate([year], year).findings if f.code != "YX026"]
    assert [(f.code, f.place.file, f.weight.value) for f in told] == [("YX028", "0302.zip", "注意")]
    assert "2 冊" in told[0].fact


def test_yx028__does_not_hit_a_zip_of_pictures_nor_a_book_that_is_called_one(year: Path) -> None:
    _zip(year / "提出/0302.zip", "図.png")
    shutil.move(year / "提出/0602_区長室.xlsx", year / "提出/0602_区長室.zip")
    done = validate([year], year)
    assert {f.code for f in done.findings} == {"YX026"}
    assert (done.files, done.requests) == (6, 9)


def test_attachments__what_is_called_a_spreadsheet_and_is_none_stays_an_error(year: Path) -> None:
    (year / "提出/0302.xlsx").write_bytes(b"%PDF-1.7")
    assert [f.place.file for f in validate([year], year).findings if f.is_error] == ["0302.xlsx"]


def test_attachments__a_file_that_is_given_by_name_is_told_what_it_is(year: Path) -> None:
    done = validate([year / "提出/写真.heic"], year)
    assert [f.is_error for f in done.findings] == [True]


def test_attachments__alone_are_nothing_to_be_summed(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    (year / "提出/0103_税務課.pdf").write_bytes(b"%PDF")
    done = consolidate([year], year)
    assert [f.code for f in done.findings] == ["YX060"]
    assert not done.summary.exists()
