"""Staff's text is data: whatever it is, the page has the elements it has with plain words."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.excel.summary.samples import SETTINGS
from tests.report.page.hostile import HOSTILE
from tests.report.page.samples import FORM, Parts, contents
from tests.report.samples import CODE
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import Doubtful, Intake, Status, Stray, UnitFile, UnitState, UnitStatus
from yosan_xl.model.money import Money
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.text import shown_text
from yosan_xl.report.page import page_html

PLAIN = "ふつうのことば"
_KEYS = ("account", "kan", "title", "category", "id")


def _request(text: str, sheet: str) -> SummaryRow:
    prose = {key.removeprefix("/"): text for key in FORM.fields if key.count("/") == 1}
    document = {
        **prose,
        **dict.fromkeys(_KEYS, text),
        "no": 7,
        "department": {"code": text, "bureau": text, "section": text},
        "lines": [{"label": text, "part": text, "requested": 5}],
        "subtotals": [{"part": text, "requested": 5}],
        "total": {"requested": 5},
        "funding": {
            key: {"name": text, "amount": 1}
            for key in ("national", "metropolitan", "other", "general")
        },
        "contract_authorization": {"term_start": 2020, "term_end": 2021, "limit": 9},
    }
    return SummaryRow(Request.from_document(document, FORM.axes), Place(text, sheet))


def page_of(*texts: str) -> str:
    """Return a page with a request, and one of all else, that has nothing but each of these texts."""
    strays = tuple(Stray(text, text) for text in texts)
    status = Status(tuple(map(_unit, texts)), tuple(zip(texts, texts, strict=True)), strays, strays)
    late = tuple(Doubtful(_request(text, text + "2"), text) for text in texts)
    counted = [_request(text, text) for text in texts]
    anyway = tuple(map(Doubtful, counted, texts))
    code = replace(CODE, fact="{fact}", remedy="{fact}")
    findings = [
        replace(code.at(Place(text, text, text), None, fact=text), reason=text) for text in texts
    ]
    first = texts[0]
    settings = replace(SETTINGS, municipality=first, contact=first, year=FiscalYear(2020))
    intake = Intake(len(texts), late, anyway, status)
    return page_html(contents(counted, intake=intake, findings=findings, settings=settings))


def _unit(text: str) -> UnitStatus:
    unit, files = Department("0301", text, text), (UnitFile(text, text),)
    return UnitStatus(unit, UnitState.FAULTY, 1, Money(0), 1, 1, files, False)


@pytest.mark.parametrize("text", HOSTILE)
def test_page__a_hostile_text_makes_no_element_and_no_attribute(text: str) -> None:
    expected, found = Parts(page_of(PLAIN)), Parts(page_of(text))
    assert found.names == expected.names
    assert [sorted(attributes) for _, attributes in found.elements] == [
        sorted(attributes) for _, attributes in expected.elements
    ]
    assert found.scripts[1:] == expected.scripts[1:], "our own script is as it was"


@pytest.mark.parametrize("text", HOSTILE)
def test_page__a_hostile_text_is_there_to_be_read(text: str) -> None:
    found = Parts(page_of(text))
    assert sum(shown_text(text) in one for one in found.texts) > 20


@pytest.mark.parametrize("text", HOSTILE)
def test_page__the_embedded_data_stay_data(text: str) -> None:
    data = Parts(page_of(text)).scripts[0]
    assert json.loads(data)["requests"][0]["title"] == shown_text(text)
    assert not set(data) & set("<>&\u2028\u2029\x00")


@pytest.mark.parametrize("text", HOSTILE)
def test_page__is_utf8_without_controls_or_turned_lines(text: str) -> None:
    html = page_of(text)
    html.encode("utf-8")
    assert not set(html) & set("\x00\x08\x1b\u200b\u202e\u2066\u2069\ufeff\ud800")
