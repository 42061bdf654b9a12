"""YX214: what the checks panel of a sheet marks reaches finance, by a rule or in the panel's words."""

from __future__ import annotations

import copy
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import seeds
from tests.excel.reading.edit import Editor
from tests.lazy_book import lazy_book
from tests.usecases.edit import plan
from tests.usecases.resaved import write_reason
from tests.usecases.year import by_no, faultless_documents, hand_in_filled, make_year
from yosan_xl.form.check_kinds import KINDS
from yosan_xl.form.checks import ERROR, WARNING
from yosan_xl.form.plan import Check
from yosan_xl.form.told import TOLD
from yosan_xl.model.finding import Finding, fails
from yosan_xl.model.finding import Weight as W
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document, Request
from yosan_xl.store.ledger import read_ledger
from yosan_xl.usecases.catalogue import all_codes
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.prior import keep_prior
from yosan_xl.usecases.submitted.check import CHECKS
from yosan_xl.usecases.validate import validate
from yosan_xl.usecases.year import open_year

BOOK, SHEET = "0602_区長室.xlsx", "要求書1"
CHECK = {check.kind: check for check in plan().checks}


def one(**changes: Any) -> Document:
    """Give NO 63 (4,192千円), changed."""
    return {**by_no(faultless_documents())[-1], **changes}


def handed_in(folder: Path, *documents: Document) -> Path:
    """Give a year folder to which these were handed in as books."""
    year = make_year(folder / "R2", list(documents))
    hand_in_filled(year)
    return year


def times(document: Document, factor: int) -> Document:
    """Give a request with every amount so many times as large."""

    def grown(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: grown(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [grown(inner) for inner in value]
        return value * factor if isinstance(value, int) else value

    keys = ("lines", "subtotals", "total", "funding", "contract_authorization")
    return {key: grown(value) if key in keys else value for key, value in document.items()}


def test_checks__are_those_of_the_panel_and_their_codes_are_known() -> None:
    assert set(CHECKS) == {*KINDS, TOLD}
    known = {code.code for code in all_codes()}
    assert {code for said in CHECKS.values() for code in said.codes} <= known


def test_yx214__hits_one_line_in_yen(tmp_path: Path) -> None:
    line = {**one()["lines"][0], "label": "施設改修委託", "requested": 70_000_000}
    document = one(lines=[line], subtotals=[], total=None, funding=one()["funding"])
    done = consolidate([], handed_in(tmp_path, document))
    (finding,) = done.findings
    assert (finding.code, finding.weight, done.requested) == ("YX214", W.WARNING, 70_000_000)
    assert finding.place.cell == CHECK["yen"].mark.first
    assert "「千円と円」が要確認" in finding.fact
    assert "10億円以上" in finding.fact


def test_yx214__does_not_hit_a_good_request(tmp_path: Path) -> None:
    assert validate([], handed_in(tmp_path, one())).findings == ()


def typed_longer(year: Path, lines: int) -> None:
    """Type so many lines of the longest block into the book."""
    path, slot = year / "提出" / BOOK, plan().by_name()["yx_background"]
    edited = Editor(path.read_bytes())
    edited.put_text(SHEET, slot.area.first, "\n".join(["区民の声が多い。"] * lines))
    path.write_bytes(edited.data())


def test_yx805__hits_a_text_of_more_lines_than_its_cell_shows(tmp_path: Path) -> None:
    year = handed_in(tmp_path, one())
    typed_longer(year, 40)
    done = consolidate([], year)
    (finding,) = (f for f in done.findings if f.code == "YX805")
    assert (finding.weight, finding.place.cell) == (W.WARNING, CHECK["too_long"].mark.first)
    assert "「背景、区民ニーズ、現状課題等」は" in finding.fact
    write_reason(year / "提出" / BOOK, "too_long", "行を高くした", SHEET)
    reasons = {f.code: f.reason for f in consolidate([], year).findings}
    assert reasons["YX805"] == "行を高くした"


def test_yx805__does_not_hit_a_text_that_its_cell_shows(tmp_path: Path) -> None:
    year = handed_in(tmp_path, one())
    typed_longer(year, 2)
    assert "YX805" not in {finding.code for finding in validate([], year).findings}


@pytest.mark.parametrize("no", [55, 60, 61])
def test_whole_request_in_yen__is_told_in_a_book_and_in_json(no: int, tmp_path: Path) -> None:
    (document,) = (row for row in faultless_documents() if row["no"] == no)
    year = handed_in(tmp_path, times(document, 1000))
    for path in (year / "提出", year / "requests.json"):
        found = validate([path], year).findings
        assert {f.code for f in found} & {"YX208", "YX212", "YX214"}, found
        assert fails(found, W.WARNING)


def test_reason__is_for_its_own_check_alone(tmp_path: Path) -> None:
    less = {**one()["lines"][0], "label": "前年度からの減", "requested": -5_000_000}
    year = handed_in(tmp_path, one(lines=[*one()["lines"], less]))
    write_reason(year / "提出" / BOOK, "negative", "契約額の差金", SHEET)
    done = consolidate([], year)
    reasons = {f.facts.get("check"): f.reason for f in done.findings}
    assert reasons["negative"] == "契約額の差金"
    assert reasons["yen"] is None
    assert set(read_ledger(year).acknowledgements["0602-1"]) == {"YX214 negative"}


# The property: what the sheet as it was written marks, and what is told of it.


def check(seed: int, folder: Path) -> None:
    """Change a good request at random and hold the marks in its book against the findings."""
    document = changed(random.Random(seed))
    year = handed_in(folder, document)
    (path,) = (year / "提出").iterdir()
    shown = lazy_book(path, values=True)[SHEET]
    marks = {c.kind: str(shown[c.mark.first].value) for c in plan().checks}
    for found in (validate([], year).findings, validate([year / "requests.json"], year).findings):
        for kind, mark in marks.items():
            assert mark not in (ERROR, WARNING) or is_told(CHECK[kind], found), (kind, found)
        told = [f.facts["check"] for f in found if f.code == "YX214"]
        assert len(set(told)) == len(told)
        assert all(marks[str(kind)] in (ERROR, WARNING) for kind in told), told


def is_told(of: Check, found: tuple[Finding, ...]) -> bool:
    """Tell whether a finding says what a check marks."""
    codes = {finding.code for finding in found} & set(CHECKS[of.test].codes)
    return bool(codes) or any(f.facts.get("check") == of.kind for f in found)


def changed(chance: random.Random) -> Document:
    """Change one to three things of one of the nine, which stands in the first sheet."""
    document = copy.deepcopy(chance.choice(faultless_documents()))
    document["id"] = f"{document['department']['code']}-1"
    for change in chance.sample(CHANGES, chance.randint(1, 3)):
        change(document, chance)
    return document


def _amount(chance: random.Random) -> int | None:
    return chance.choice([None, 0, -5, 331, 4_017, 999_999, 1_000_000, -2_000_000, 70_000_000])


def _line(document: Document, chance: random.Random) -> None:
    row = chance.choice(document["lines"])
    row[chance.choice(["requested", "earmarked"])] = _amount(chance)


def _label(document: Document, chance: random.Random) -> None:
    chance.choice(document["lines"])["label"] = None


def _source(document: Document, chance: random.Random) -> None:
    source = chance.choice(["national", "metropolitan", "other"])
    document["funding"][source]["amount"] = _amount(chance)


def _text(document: Document, chance: random.Random) -> None:
    text = chance.choice([None, "あ" * 310, "\n".join("行" * 40), "短い"])
    document[chance.choice(["title", "description", "background", "outcome"])] = text


def _kan(document: Document, chance: random.Random) -> None:
    document[chance.choice(["kan", "account"])] = chance.choice(
        ["民生費", "介護保険会計", "宇宙費"]
    )


def _contract(document: Document, chance: random.Random) -> None:
    contract = document["contract_authorization"]
    contract["term_start"] = chance.choice([None, 2020, 2023])
    contract["term_end"] = chance.choice([None, 2021, 2070])
    contract["limit"] = _amount(chance)


def _thousandfold(document: Document, chance: random.Random) -> None:
    document.update(times(document, 1000))


CHANGES: list[Callable[[Document, random.Random], None]] = [
    *(_line, _label, _source, _text, _kan, _contract, _thousandfold),
]


@pytest.mark.parametrize("seed", seeds.short())
def test_panel__every_mark_is_told(seed: int, tmp_path: Path) -> None:
    check(seed, tmp_path)


if __name__ == "__main__":
    sys.exit(seeds.main(check))


def small(**changes: Any) -> Document:
    """Give NO 61 (331千円), with nothing in its texts to be compared with."""
    document = next(one for one in faultless_documents() if one["no"] == 61)
    return {**document, "future_cost": None, **changes}


def after(folder: Path, last: Document, now: Document) -> set[str]:
    """Return the codes of a request in a year that knows what was asked last year."""
    year = handed_in(folder, now)
    keep_prior(open_year(year), [Request.from_document(last, plan().axes)], FiscalYear(2019))
    return {finding.code for finding in validate([year], year).findings}


def test_yx215__hits_a_request_in_yen_beside_last_years(tmp_path: Path) -> None:
    assert "YX215" in after(tmp_path, small(), times(small(), 1000))


def test_yx215__does_not_hit_a_project_that_grew(tmp_path: Path) -> None:
    assert "YX215" not in after(tmp_path, small(), times(small(), 70))


def test_yx215__does_not_hit_where_last_year_cannot_be_read(tmp_path: Path) -> None:
    year = handed_in(tmp_path, times(small(), 1000))
    (year / "保存").mkdir(exist_ok=True)
    (year / "保存/前年度.json").write_text('{"prior_budget": [1]}', encoding="utf-8")
    assert "YX215" not in {finding.code for finding in validate([year], year).findings}
