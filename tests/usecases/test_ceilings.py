"""シーリング of a year: told where it is exceeded or not known, with last year's amounts from wherever they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.forms.years import documents_of, form_text
from tests.forms.years import make_year as city
from tests.lazy_book import lazy_book
from tests.usecases.archive.samples import put
from tests.usecases.city import city_year
from tests.usecases.year import faultless_documents, make_year
from yosan_xl.model.ceiling import LastOrigin
from yosan_xl.model.finding import Finding
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Request
from yosan_xl.report.status_text import status_json, status_text
from yosan_xl.resources import template_folder
from yosan_xl.store.settings_file import parse_settings
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.init import Wishes, init
from yosan_xl.usecases.prior import keep_prior
from yosan_xl.usecases.status import status
from yosan_xl.usecases.validate import validate
from yosan_xl.usecases.year import find_definition, open_year

OF_A_SECTION = 'department = "税務課"\nof = "要求額"\n'
OF_A_BUREAU = 'department = "保健福祉支援部"\nof = "一般財源"\n'
WORDS = ("要求額", "一般財源")
ASKED, REST = 106_185, 79_346
"""What 税務課 asks for, and 一般財源 of what 保健福祉支援部 does."""


@pytest.fixture
def year(tmp_path: Path) -> Path:
    made = make_year(tmp_path / "R2")
    (made / "requests.json").rename(made / "提出" / "要求.json")
    return made


def limited(year: Path, *ceilings: str) -> Path:
    """Put ceilings into the settings of a year."""
    rows = "".join(f"\n[[ceilings]]\n{one}\n" for one in ceilings)
    path = year / "yosan.toml"
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    return year


def of_last_year(path: Path) -> Path:
    """Write the nine as last year's."""
    rows = [{**one, "fiscal_year": 2019} for one in faultless_documents()]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def told(findings: Sequence[Finding]) -> list[str]:
    return [str(one) for one in findings if one.code.startswith("YX83")]


def test_yx830__hits_a_section_that_asks_for_more(year: Path) -> None:
    limited(year, f"{OF_A_SECTION}limit = {ASKED - 1}")
    (said,) = told(validate([], year).findings)
    assert said.startswith(
        "yosan.toml YX830 注意 「産業・地域振興支援部 税務課」の要求額の要求 106,185千円 は、シーリング 106,184千円（定額）を "
        "1千円 超えています（上限の 100.0％）。いちばん大きい要求は「"
    )
    assert told(consolidate([year], year).findings) == [said]


def test_yx830__hits_an_amount_typed_in_yen(year: Path) -> None:
    path = year / "提出" / "要求.json"
    documents = json.loads(path.read_text(encoding="utf-8"))
    for one in documents:
        if one["department"]["section"] == "税務課":
            _times(one, 1_000)
    path.write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    limited(year, f"{OF_A_SECTION}limit = 110000")
    (said,) = told(validate([], year).findings)
    assert "上限の 965倍なので、要求を円で入力した疑いがあります" in said


def _times(value: Any, factor: int) -> None:
    """Multiply the amounts of a document, wherever they stand."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(one, dict | list):
            _times(one, factor)
        elif key in ("requested", "amount", "earmarked", "subtotal") and one is not None:
            value[key] = one * factor


def test_yx830__does_not_hit_what_is_just_as_much(year: Path) -> None:
    limited(year, f"{OF_A_SECTION}limit = {ASKED}", f"{OF_A_BUREAU}limit = {REST}")
    assert told(validate([], year).findings) == []
    assert [one.room for one in status(year).ceilings] == [0, 0]


def test_yx831__hits_a_percentage_of_a_year_that_nobody_knows(year: Path) -> None:
    limited(year, f"{OF_A_SECTION}percent = 95")
    (said,) = told(validate([], year).findings)
    assert said.startswith(
        "yosan.toml YX831 注意 「産業・地域振興支援部 税務課」の要求額のシーリング（前年度の 95％）は、"
        "前年度の額がどこにもないため、上限を出せません。--last-year で"
    )
    (one,) = status(year).ceilings
    assert (one.limit, one.judgement) == (None, "不明")


def test_yx831__does_not_hit_a_year_that_is_known(year: Path, tmp_path: Path) -> None:
    limited(year, f"{OF_A_SECTION}percent = 100", f"{OF_A_BUREAU}percent = 97.5")
    last = str(of_last_year(tmp_path / "R1.json"))
    for findings in (
        validate([], year, last_year=last).findings,
        consolidate([year], year, last_year=last).findings,
    ):
        (said,) = told(findings)
        assert (
            "シーリング 77,362千円（前年度 79,346千円 の 97.5％）を 1,984千円 超えています" in said
        )
    standing = status(year, last_year=last).ceilings
    assert [(one.limit, one.is_over) for one in standing] == [(ASKED, False), (77_362, True)]


def test_last_year__is_what_a_year_was_made_from(year: Path, tmp_path: Path) -> None:
    limited(year, f"{OF_A_BUREAU}percent = 50")
    before = [{**one, "fiscal_year": 2019} for one in faultless_documents()]
    axes = find_definition("minato-r2").axes
    requests = [Request.from_document(one, axes) for one in before]
    keep_prior(open_year(year), requests, FiscalYear(2019))
    assert [one.limit for one in status(year).ceilings] == [REST // 2]


def test_last_year__is_found_in_the_archive(year: Path, tmp_path: Path) -> None:
    limited(year, f"{OF_A_BUREAU}percent = 50")
    old = make_year(tmp_path / "R1")
    of_last_year(old / "提出" / "要求.json")
    settings = (old / "yosan.toml").read_text(encoding="utf-8")
    (old / "yosan.toml").write_text(settings.replace("令和2年度", "令和元年度"), encoding="utf-8")
    put(old)
    assert [one.limit for one in status(year).ceilings] == [REST // 2]


def test_last_year__is_what_the_requests_say_of_it(tmp_path: Path) -> None:
    documents = documents_of("municipal-1")
    year = city(tmp_path / "R9", form_text("municipal-1"), documents)
    (year / "requests.json").rename(year / "提出" / "要求.json")
    limited(year, *(f'department = "0101"\nof = "{one}"\npercent = 90' for one in WORDS))
    prior = [one["amounts"]["prior"] for one in documents if one["department"]["code"] == "0101"]
    for one, source in zip(status(year).ceilings, ("total", "general"), strict=True):
        last = sum(amounts[source] or 0 for amounts in prior)
        assert one.last == last > 0
        assert (one.limit, one.origin) == (last * 9 // 10, LastOrigin.FORM)
    sheet = lazy_book(consolidate([year], year).summary)["シーリング"]
    assert sheet["E5"].value == "=SUMPRODUCT(1*EXACT(一覧_所管課コード,$L5),一覧_前年度当初)"


def test_last_year__is_a_plain_list(tmp_path: Path) -> None:
    year = city_year(tmp_path / "R9")
    head = "事業コード,事業名,所管課,会計,款,前年度当初（千円）,国庫支出金\n"
    rows = "000101,庁舎管理,総務課,一般会計,総務費,12345,45\n,なくなる事業,税務課,一般会計,総務費,100,\n"
    (year / "一覧.csv").write_text(head + rows, encoding="utf-8")
    generate(year, prior=str(year / "一覧.csv"))
    limited(year, *(f'department = "総務部"\nof = "{one}"\npercent = 50' for one in WORDS))
    total, general = status(year).ceilings
    assert (total.last, total.limit, total.origin) == (12_445, 6_222, LastOrigin.KEPT)
    assert general.last == 12_400


def test_status__says_room_and_what_is_left_out(year: Path) -> None:
    path = year / "提出" / "要求.json"
    documents = json.loads(path.read_text(encoding="utf-8"))
    wrong = next(one for one in documents if one["department"]["section"] == "税務課")
    wrong["total"]["requested"] += 1
    path.write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    done = status(limited(year, f"{OF_A_SECTION}limit = 100000"))
    text = status_text(done.year, done.intake, ceilings=done.ceilings)
    assert "シーリング（超過なし）:" in text
    assert f"未算入 1件（「{wrong['title']}」、" in text
    assert "入れると超過します。" in text
    (found,) = json.loads(status_json(done.year, done.intake, ceilings=done.ceilings))["ceilings"]
    assert (found["limit"], found["exceeded"], found["left_out"]) == (100_000, False, [wrong["id"]])
    assert found["room"] == 100_000 - found["asked"]


def test_consolidate__has_the_sheet_and_what_it_says_is_what_status_says(year: Path) -> None:
    limited(year, f"{OF_A_SECTION}limit = 100000", f"{OF_A_BUREAU}limit = 100000")
    sheet = lazy_book(consolidate([year], year).summary, values=True)["シーリング"]
    rows = [[cell.value for cell in found] for found in sheet.iter_rows(min_row=5)]
    assert [(one[4], one[5], one[6]) for one in rows] == [
        (one.limit, one.asked, one.room) for one in status(year).ceilings
    ]


@pytest.mark.parametrize(
    ("ceiling", "said"),
    [
        ('department = "税無課"\nof = "要求額"\nlimit = 1', "「税務課」のことでしょうか"),
        (f"{OF_A_SECTION}limit = 1\npercent = 2", "両方があります"),
        (f"{OF_A_SECTION}percent = 97.55", "0.1 きざみ"),
        (f"{OF_A_SECTION}percent = nan", "0.1 きざみ"),
        (f'{OF_A_SECTION}limit = "千"', "整数"),
        (f"{OF_A_SECTION}limit = -1", "[[ceilings]] 1番目の limit"),
    ],
)
def test_yx079__hits_a_ceiling_that_cannot_be(year: Path, ceiling: str, said: str) -> None:
    with pytest.raises(WrongInput) as stop:
        open_year(limited(year, ceiling))
    (finding,) = stop.value.findings
    assert finding.code == "YX079"
    assert said in str(finding)


@pytest.mark.parametrize("name", ["minato-r2", "municipal-1"])
def test_settings__the_example_of_ceilings_in_a_template_holds(name: str, tmp_path: Path) -> None:
    year = tmp_path / "R9"
    init(year, FiscalYear(2027), Wishes(form=name, prefecture="千葉県"))
    text = (template_folder(name) / "yosan.toml").read_text(encoding="utf-8")
    example = text[text.index("# [[ceilings]]") :].split("\n\n")[0].replace("# ", "")
    path = year / "yosan.toml"
    path.write_text(path.read_text(encoding="utf-8") + example, encoding="utf-8")
    assert [one.tenths for one in open_year(year).settings.ceilings] == [None, 950]


def test_init__takes_the_ceilings_over(year: Path, tmp_path: Path) -> None:
    limited(year, f"{OF_A_SECTION}percent = 95", f"{OF_A_BUREAU}limit = 5")
    made = init(tmp_path / "R3", FiscalYear(2021), source=str(year))
    settings = parse_settings((made.root / "yosan.toml").read_bytes())
    assert settings.ceilings == open_year(year).settings.ceilings
    assert made.carried is not None
    assert made.carried.ceilings == 2
