"""The checks that follow from a form's axes and meanings, and what those of a form alone look at."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.form.samples import FORMS, plan_of
from yosan_xl.form import checks
from yosan_xl.form.checks import ERROR, GOOD, WARNING
from yosan_xl.form.load import parse_definition
from yosan_xl.form.mapping import complete, shown_values
from yosan_xl.form.panel_sheet import PanelSheet

KINDS = {
    "small_town": "missing text_amount rest negative yen",
    "municipal-1": "missing text_amount unpaired rest negative yen stale contract picture too_long",
    "prefecture": "missing text_amount unpaired rest negative yen stale picture too_long told1",
    "every_check": "missing text_amount unpaired mixed over_line specific no_rest negative yen stale"
    " contract picture too_long told1 told2",
}


ISSUED = "61e38627eabf1d345ad7163b510ee849e58d0d103c9bfe15e108fa380f2bcab6"
"""The checks of the form that has all, as they were when the first book of this vocabulary was issued."""


@pytest.mark.parametrize("name", KINDS)
def test_checks__are_those_that_a_form_gives_something_to(name: str) -> None:
    assert [check.kind for check in plan_of(name).checks] == KINDS[name].split()


@pytest.mark.parametrize("name", FORMS)
def test_checks__fit_a_formula_and_their_column(name: str) -> None:
    for check in plan_of(name).checks:
        assert 0 < len(check.label) <= 60
        assert len(check.advice) <= 255
        assert len(checks.check_formula(check, plan_of(name))) <= 8_192
        assert (check.reason_name is None) == (check.weight == ERROR)


def test_checks__are_those_that_books_are_issued_with() -> None:
    said = [(c.kind, c.test, c.label, c.weight, c.advice) for c in plan_of("every_check").checks]
    fingerprint = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
    assert fingerprint == ISSUED, (
        "another check, order or word moves cells of books that were issued: it is another vocabulary "
        "(CONTRIBUTING.md)"
    )


def test_checks__speak_in_the_words_of_the_form() -> None:
    said = {check.kind: check for check in plan_of("every_check").checks}
    assert said["over_line"].label == "うち国費等と要求"
    assert said["specific"].advice == "内訳のうち国費等の計を国費、使用料の計に合わせてください。"
    assert said["mixed"].advice == "上の段の左端で「新しい分」を選んでください。"
    assert said["stale"].label == "会計区分、款名の組"
    assert said["told1"].advice == "根拠の計が「国費」とちがいます。"
    assert (said["told1"].weight, said["told2"].weight) == (ERROR, WARNING)


def mark(name: str, kind: str, **values: Any) -> str:
    """Give the mark of a check on a sheet with a title and these values."""
    sheet = plan_of(name)
    (check,) = (one for one in sheet.checks if one.kind == kind)
    whole = complete({"yx_title": "事業", **values}, sheet)
    return checks.check_value(check, PanelSheet(sheet, shown_values(whole, sheet), {}))


@pytest.mark.parametrize(
    ("total", "grant", "expected"),
    [(10, 10, GOOD), (10, 11, WARNING), (0, 60_000, GOOD), (-5, 5, GOOD), (None, 5, GOOD)],
)
def test_rest__below_0_is_asked_only_where_something_is_to_be_paid(
    total: int | None, grant: int, expected: str
) -> None:
    amounts = {"yx_amounts_request_total": total, "yx_amounts_request_grant": grant}
    assert mark("small_town", "rest", **amounts) == expected


@pytest.mark.parametrize(
    ("national", "fees", "rows", "expected"),
    [(3, 2, (5,), GOOD), (3, 1, (5,), ERROR), (None, None, (), GOOD), (None, 5, (5,), GOOD)],
)
def test_no_rest__sources_make_up_the_total(
    national: int | None, fees: int | None, rows: tuple[int, ...], expected: str
) -> None:
    sources = {"yx_amounts_request_national": national, "yx_amounts_request_fees": fees}
    assert mark("every_check", "no_rest", **sources, yx_lines1_amount=rows) == expected


@pytest.mark.parametrize(
    ("national", "rows", "expected"),
    [(5, (2, 3), GOOD), (5, (2, 2), ERROR), (None, (), GOOD), (None, (0,), GOOD), (1, (), ERROR)],
)
def test_told__equals_the_sum_of_a_column(
    national: int | None, rows: tuple[int, ...], expected: str
) -> None:
    given = {"yx_amounts_request_national": national, "yx_grounds1_amount": rows}
    assert mark("every_check", "told1", **given) == expected


@pytest.mark.parametrize(("limit", "expected"), [(7, GOOD), (8, WARNING), (None, GOOD)])
def test_told__not_more(limit: int | None, expected: str) -> None:
    given = {"yx_limit": limit, "yx_lines1_amount": (3, 4)}
    assert mark("every_check", "told2", **given) == expected


def test_picture__of_many_long_codes_leaves_room_in_the_advice() -> None:
    long = "9-" * 11
    codes = "\n".join(
        f'code{n} = {{ label = "番号その{n}", picture = "{long}" }}' for n in range(4)
    )
    text = (Path(__file__).parents[1] / "forms" / "small_town.toml").read_text(encoding="utf-8")
    text = text.replace("[fields]", f"[fields]\n{codes}")
    text = text.replace('["note"]', '["note"], ["code0", "code1"], ["code2", "code3"]')
    form = parse_definition(text.encode(), "form.toml")
    (check,) = (one for one in form.checks.items if one.kind == "picture")
    assert "番号その0" in check.advice
    assert len(check.advice) <= 255


@pytest.mark.parametrize(
    ("code", "expected"), [("A12-34", GOOD), ("A1234", ERROR), ("a12-34", GOOD), (None, GOOD)]
)
def test_picture__of_a_code(code: str | None, expected: str) -> None:
    assert mark("every_check", "picture", yx_code=code) == expected
