"""Small made-up years for tests of comparison: one line a request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.form.load import load_definition
from yosan_xl.model.comparison import YearRequests
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Request

AXES = load_definition(USUAL_FORM).axes
R3 = Path(__file__).parents[1] / "examples" / "R3"


def document(
    request_id: str,
    title: str | None,
    requested: int | None,
    budgeted: int | None = None,
    *,
    section: str = "税務課",
    year: int = 2020,
    **more: Any,
) -> dict[str, Any]:
    """Give a request document with what a comparison looks at."""
    code = request_id.partition("-")[0]
    return {
        "id": request_id,
        "fiscal_year": year,
        "department": {"code": code, "bureau": "産業部", "section": section},
        "account": "一般会計",
        "kan": "総務費",
        "category": "新規事業",
        "title": title,
        "total": {"requested": requested, "budgeted": budgeted},
        **more,
    }


def year_of(western: int, *documents: dict[str, Any]) -> YearRequests:
    """Give a year of these documents, called by its short name."""
    year = FiscalYear(western)
    return YearRequests(
        year.short, year, tuple(Request.from_document(one, AXES) for one in documents)
    )


def save(path: Path, *documents: dict[str, Any]) -> str:
    """Write documents as JSON and give the path as an argument."""
    path.write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    return str(path)
