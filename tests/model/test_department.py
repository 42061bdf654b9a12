"""Departments are found however their names are spelled."""

from __future__ import annotations

import unicodedata

import pytest

from yosan_xl.model.department import Department, Roster

ROSTER = Roster(
    (
        Department("0301", "子ども家庭支援部", "子ども政策課"),
        Department("0801", "芝地区総合支所", "区民課"),
        Department("0901", "麻布地区総合支所", "区民課"),
        Department("1301", "会計室", ""),
        Department("0102", "産業・地域振興支援部", "産業振興課"),
        Department("0105", "産業・地域振興支援部", "振興課"),
        Department("0501", "環境リサイクル支援部", "環境課"),
        Department("B-7", "水道局", "業務課"),
        Department("12", "監査", ""),
    )
)


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("0301", ["0301"]),
        (unicodedata.normalize("NFD", "子ども政策課"), ["0301"]),
        ("⼦ども政策課", ["0301"]),  # U+2F26, as a PDF gives it
        ("子ども家庭支援部　子ども政策課", ["0301"]),
        ("区民課", ["0801", "0901"]),
        ("芝地区総合支所 区民課", ["0801"]),
        ("会計室", ["1301"]),
        ("税務課", []),
    ],
)
def test_find__by_code_or_name_however_spelled(wanted: str, codes: list[str]) -> None:
    assert [unit.code for unit in ROSTER.find(wanted)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("0102_産業振興課.xlsx", {"0102"}),
        ("０１０２.xlsx", {"0102"}),
        ("令和9年度 産業振興課（修正）.xlsx", {"0102"}),
        (unicodedata.normalize("NFD", "子ども政策課の見積書.pdf"), {"0301"}),
        ("振興課.xlsx", {"0105"}),
        ("産業振興課と振興課.pdf", {"0102", "0105"}),
        ("0102_環境課.xlsx", {"0102", "0501"}),
        ("芝地区総合支所区民課.xlsx", {"0801"}),
        ("b-7_見積.pdf", {"B-7"}),
        ("監査.xlsx", {"12"}),
    ],
)
def test_named_in__by_whole_code_or_longest_name(text: str, codes: set[str]) -> None:
    assert {unit.code for unit in ROSTER.named_in(text)} == codes


@pytest.mark.parametrize(
    "text",
    [
        "区民課.xlsx",  # two units share the name
        "総合支所.xlsx",
        "20190102.xlsx",  # a date
        "01020.xlsx",
        "AB-7.xlsx",
        "見積書 (12).pdf",
        "環境課題一覧.docx",
        "監査資料.docx",
        "見積書.pdf",
        "",
    ],
)
def test_named_in__nothing_where_no_unit_is_certain(text: str) -> None:
    assert not ROSTER.named_in(text)


def test_roster__knows_every_unit_and_its_place() -> None:
    codes = [unit.code for unit in ROSTER]
    roster = Roster((*ROSTER, Department("0301", "別の部", "別の課")))
    assert [roster.position(code) for code in codes] == [*range(len(codes))]
    found = roster.by_code("0301")
    assert found is not None
    assert found.section == "子ども政策課", "the first one counts"
    assert (roster.position("9999"), roster.position(None)) == (len(codes) + 1,) * 2
    assert (roster.by_code("9999"), roster.by_code(None)) == (None, None)


@pytest.mark.parametrize("turned", [False, True])
def test_named_in__the_longest_name_whatever_the_order_of_the_roster(*, turned: bool) -> None:
    units = [Department("1", "部", "振興課"), Department("2", "部", "産業振興課")]
    own = Roster(tuple(reversed(units) if turned else units))
    assert {unit.code for unit in own.named_in("産業振興課")} == {"2"}


def test_file_stem__has_the_bureau_where_a_section_has_no_name_of_its_own() -> None:
    stems = {unit.code: ROSTER.file_stem(unit) for unit in ROSTER}
    assert (stems["0301"], stems["0801"]) == ("0301_子ども政策課", "0801_芝地区総合支所区民課")
    alone = Roster((Department("1301", "会計室", ""),))
    assert alone.file_stem(next(iter(alone))) == "1301_会計室"
