from __future__ import annotations

import subprocess
import sys

from tests.rules.samples import changed, codes, findings, flat, funding, sectioned


def test_check__collects_everything_in_a_stable_order() -> None:
    document = flat(
        title=None,
        category="新規",
        fiscal_year=2019,
        funding=funding(metropolitan=11999, general=78956),
        contract_authorization={"term_start": 2023, "term_end": 2021, "limit": 1},
    )

    assert codes(document) == ["YX101", "YX203", "YX302", "YX305", "YX402"]
    assert findings(document) == findings(document)


def test_check__leaves_out_rules_that_read_a_broken_value() -> None:
    document = changed(sectioned(), "/lines/0/requested", "４千")

    assert codes(document) == ["YX102"]


def test_check__goes_on_with_rules_that_read_other_values() -> None:
    document = changed(sectioned(category="新規"), "/lines/0/requested", "４千")

    assert codes(document) == ["YX102", "YX302"]


def test_check__sees_sums_beside_a_broken_label() -> None:
    document = changed(sectioned(), "/lines/0/label", 5)

    assert codes(changed(document, "/subtotals/0/requested", 1)) == ["YX102", "YX201"]


def test_check__is_silent_about_what_stands_in_a_broken_object() -> None:
    document = changed(flat(), "/department", None)

    assert codes(document) == ["YX101"]
    assert codes(document, "/department") == []


def test_check__a_text_that_is_too_long_hides_nothing_of_the_others() -> None:
    document = flat(title="𠮷" * 131_000, description="𠮷田町")
    found = {finding.code: finding for finding in findings(document)}

    assert list(found) == ["YX105", "YX902"]
    assert found["YX902"].pointer == "/description"
    assert "事業名" not in found["YX902"].fact


def test_check__of_a_document_that_is_no_object_tells_that_only() -> None:
    assert codes([]) == ["YX102"]  # type: ignore[arg-type]


def test_finding__stands_where_its_pointer_is() -> None:
    found = findings(flat(category="新規"))[0]

    assert str(found.place) == "0203_国保年金課.xlsx 要求書1!/category"


def test_import__is_quick_without_jsonschema() -> None:
    code = "import sys, yosan_xl.rules.check; print('jsonschema' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "False"


def test_check__tells_programs_the_label_and_the_figures() -> None:
    document = flat(category="新規", funding=funding(metropolitan=11999, general=78956))
    sums, category = findings(document)

    assert (sums.code, sums.label) == ("YX203", "金額")
    assert (sums.value, sums.expected) == (11999, 12000)
    assert (category.code, category.label, category.value) == ("YX302", "要求区分", "新規")
    assert category.expected == ("新規事業", "臨時事業", "レベルアップ事業")


def test_check__labels_a_line_by_its_row() -> None:
    (finding,) = findings(changed(sectioned(), "/lines/0/requested", "４千"))

    assert finding.label == "「要求内容」の1行目の「要求額」"
    assert finding.value == "４千"
