"""Acknowledgement: a warning with a reason, until the values it rests on change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.lazy_book import lazy_book
from tests.rules.samples import AXES
from tests.usecases.resaved import write_reason
from tests.usecases.year import example_documents, hand_in_filled, make_year
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.store.ledger import Acknowledgement, read_ledger
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.submitted.check import Acknowledged, acknowledge, check_request, values_hash
from yosan_xl.usecases.submitted.gathered import Gathered, gathered_documents
from yosan_xl.usecases.validate import validate

REASON = "国の補助がほかの事業にも充てられるため"


def _more_than_enough(national: int = 7_000) -> dict[str, Any]:
    """Give NO 60 (6,259千円) with more 国庫支出金 than it asks for: YX207."""
    (document,) = (row for row in example_documents() if row["no"] == 60)
    one = {**document["lines"][0], "requested": 10_000, "earmarked": national}
    less = {**one, "label": "前年度からの減", "requested": 6_259 - 10_000, "earmarked": None}
    lines = [one, less]
    general = document["total"]["requested"] - national
    funding = {
        **document["funding"],
        "national": {**document["funding"]["national"], "amount": national},
        "general": {**document["funding"]["general"], "amount": general},
    }
    total = {**document["total"], "earmarked": national}
    return {**document, "lines": lines, "total": total, "funding": funding}


def _item(document: dict[str, Any], reasons: Mapping[str, str]) -> Gathered:
    (item,) = gathered_documents([document], "一.json")
    return replace(item, reasons=reasons)


def _acknowledged(
    national: int = 7_000,
    reason: str = REASON,
    kind: str = "general",
    known: Mapping[str, Acknowledgement] | None = None,
) -> Acknowledged:
    item = _item(_more_than_enough(national), {kind: reason})
    found = [f for f in check_request(item, None) if f.code == "YX207"]
    assert len(found) == 1
    return acknowledge(item, found, known or {})


def test_reason__stands_on_the_warning_it_is_for() -> None:
    done = _acknowledged()
    assert [(f.code, f.reason) for f in done.findings] == [("YX207", REASON)]
    assert done.accepted["YX207"].reason == REASON


@pytest.mark.parametrize(("kind", "reason"), [("too_long", REASON), ("general", " \n")])
def test_reason__of_another_check_or_blank_is_none(kind: str, reason: str) -> None:
    done = _acknowledged(kind=kind, reason=reason)
    assert [f.reason for f in done.findings] == [None]
    assert done.accepted == {}


def test_reason__does_not_acknowledge_an_error() -> None:
    item = _item(_more_than_enough(), {"general": REASON})
    error = Finding("YX207", Weight.ERROR, Place("一.json"), "誤り。", "直す。", "/total")
    done = acknowledge(item, [error], {})
    assert (done.findings, done.accepted) == ((error,), {})


def test_yx099__hits_the_same_reason_with_other_values() -> None:
    known = _acknowledged(7_000).accepted
    done = _acknowledged(8_000, known=known)
    assert [(f.code, f.reason) for f in done.findings] == [("YX207", None), ("YX099", None)]
    assert done.accepted == {}
    assert done.findings[1].fact.startswith("YX207 に書かれた理由は")


@pytest.mark.parametrize(("national", "reason"), [(7_000, REASON), (8_000, "書き直した理由")])
def test_yx099__does_not_hit(national: int, reason: str) -> None:
    done = _acknowledged(national, reason, known=_acknowledged(7_000).accepted)
    assert [(f.code, f.reason) for f in done.findings] == [("YX207", reason)]


def test_reason__rests_on_what_the_rule_reads_and_on_nothing_else() -> None:
    known = _acknowledged().accepted
    item = _item({**_more_than_enough(), "title": "あたらしい題"}, {"general": REASON})
    found = [f for f in check_request(item, None) if f.code == "YX207"]
    assert acknowledge(item, found, known).accepted == known


@pytest.mark.parametrize(
    "text", [f"YX207 {REASON}", f"ＹＸ２０７：{REASON}", f"桁は正しい\nyx207、{REASON}\n"]
)
def test_reason__may_name_its_code_in_the_cell_of_any_check(text: str) -> None:
    (finding,) = _acknowledged(kind="too_long", reason=text).findings
    assert finding.reason is not None
    assert finding.reason.endswith(REASON)
    assert "桁は" not in finding.reason


@pytest.mark.parametrize("text", ["YX207", "YX207：", f"YX206 {REASON}", f"前年のYX207 {REASON}"])
def test_reason__of_another_code_or_a_code_alone_is_none(text: str) -> None:
    assert [f.reason for f in _acknowledged(kind="too_long", reason=text).findings] == [None]


def test_reason__of_the_check_and_of_a_code_do_not_mix() -> None:
    (finding,) = _acknowledged(reason=f"{REASON}\nYX201 計は正しい").findings
    assert finding.reason == REASON


@pytest.mark.parametrize("pointer", ["", "/lines/9/label", "/title/x", "/no~1such", None])
def test_values_hash__of_any_pointer(pointer: str | None) -> None:
    finding = Finding("YX125", Weight.WARNING, Place("一.json"), "", "", pointer)
    other = {**_more_than_enough(), "title": "ちがう"}
    before, after = (values_hash(each, finding, AXES) for each in (_more_than_enough(), other))
    same = before == after
    assert same == bool(pointer)


def test_consolidate__keeps_a_reason_and_asks_again_when_amounts_change(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2", [_more_than_enough()])
    book = year / "提出/0205_生活福祉調整課.xlsx"
    hand_in_filled(year)
    assert [f.reason for f in _asked(validate([year], year).findings)] == [None]
    write_reason(book, "general", REASON)
    done = consolidate([year], year)
    assert [(f.code, f.reason) for f in _asked(done.findings)] == [("YX207", REASON)]
    assert read_ledger(year).acknowledgements["0205-1"]["YX207"].reason == REASON
    rows = lazy_book(done.summary)["検証結果"].iter_rows(min_row=4, values_only=True)
    headings, *listed_rows = rows
    every = [dict(zip(headings, row, strict=True)) for row in listed_rows]
    (listed,) = (row for row in every if row["番号"] != "YX214")
    assert (listed["番号"], listed["理由"]) == ("YX207", REASON)
    _changed(year, book)
    assert [f.code for f in _asked(validate([year], year).findings)] == ["YX207", "YX099"]
    again = consolidate([year], year)
    assert [(f.code, f.reason) for f in _asked(again.findings)] == [
        ("YX207", None),
        ("YX099", None),
    ]
    write_reason(book, "general", "新しい額でも正しい")
    assert [f.code for f in _asked(consolidate([year], year).findings)] == ["YX207"]
    assert [f.reason for f in _asked(validate([year], year).findings)] == ["新しい額でも正しい"]


def _asked(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out that the panel asks whether the negative line is right."""
    return [finding for finding in findings if finding.facts.get("check") != "negative"]


def _changed(year: Path, book: Path) -> None:
    """Hand in the book with another amount, and the reason that was there."""
    other = make_year(year.parent / "other", [_more_than_enough(8_000)])
    book.unlink()
    fill(other / "requests.json", year / "提出")
    write_reason(book, "general", REASON)
