from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from yosan_xl.model.finding import (
    Code,
    Finding,
    FindingGroup,
    Place,
    Weight,
    fails,
    grouped,
    has_errors,
    tally,
    unexplained,
)

ERROR, WARNING, INFO = (
    Code("YX120", weight, "文字", "「{label}」の「{found}」。", "直す。", "わけ", "誤", "正")
    for weight in Weight
)
PLACE = Place("a.xlsx", "要求書1", "H22")


@pytest.mark.parametrize(
    ("code", "at_error", "at_warning"),
    [(ERROR, True, True), (WARNING, False, True), (INFO, False, False)],
)
def test_fails__from_a_weight_on(code: Code, at_error: bool, at_warning: bool) -> None:
    found = [code.at(PLACE, label="要求額", found="１")]
    assert (fails(found, Weight.ERROR), fails(found, Weight.WARNING)) == (at_error, at_warning)


def test_fails__an_acknowledged_warning_does_not_but_an_error_does() -> None:
    error, warning = (code.at(PLACE, label="要求額", found="１") for code in (ERROR, WARNING))
    assert not fails([replace(warning, reason="内示による")], Weight.WARNING)
    assert fails([replace(error, reason="内示による")], Weight.ERROR)
    assert not fails([], Weight.INFO)


def test_unexplained__are_warnings_without_a_reason() -> None:
    error, warning, info = (
        code.at(PLACE, label="額", found="１") for code in (ERROR, WARNING, INFO)
    )
    explained = replace(warning, reason="内示による")
    assert [*unexplained([error, explained, warning, info])] == [warning]
    assert (has_errors([warning, info]), has_errors([info, error])) == (False, True)
    assert tally([warning, error, explained]) == "誤り 1件、注意 2件、情報 0件"


def test_named__every_word_of_the_form_is_put_into_every_sentence() -> None:
    plain = replace(
        ERROR,
        fact="「{label:title}」と「{label:kind}」が{found}。",
        remedy="「{label:title}」を直す。",
        to_department="「{label:kind}」を直す。",
    )
    words = {"title": "事業{の}名", "kind": "区分"}
    named = plain.named(words.__getitem__)
    finding = named.at(PLACE, found="ちがう")
    assert finding.fact == "「事業{の}名」と「区分」がちがう。"
    assert (finding.remedy, finding.to_department) == (
        "「事業{の}名」を直す。",
        "「区分」を直す。",
    )
    assert ERROR.named(words.__getitem__) is ERROR


@pytest.mark.parametrize(
    ("raw", "said"), [(True, "True"), (0, 0), (None, None), ("甲", "甲"), (1.5, "1.5")]
)
def test_value__is_a_number_a_text_or_nothing(raw: object, said: object) -> None:
    found = ERROR.at(PLACE, label="額", found="１", raw_value=raw).value
    assert (type(found), found) == (type(said), said)


def test_finding__says_its_figures_to_programs() -> None:
    facts: dict[str, Any] = {"label": "「要求額」", "found": "１，２３４", "repaired_to": 1234}
    finding = ERROR.at(PLACE, "/lines/0/requested", **facts)
    assert (finding.label, finding.value, finding.repaired_to) == ("要求額", "１，２３４", 1234)
    assert finding.expected is None


def test_finding__raw_figures_come_before_those_of_the_sentence() -> None:
    facts: dict[str, Any] = {
        "found": "1千円",
        "raw_value": 1,
        "expected": "2千円",
        "raw_expected": ["甲", "乙"],
    }
    finding = ERROR.at(PLACE, label="「要求内容」の3行目の「要求額」", **facts)
    assert (finding.value, finding.expected) == (1, ("甲", "乙"))
    assert finding.label == "「要求内容」の3行目の「要求額」"


def test_finding__facts_do_not_make_it_another() -> None:
    one, other = (ERROR.at(PLACE, label="額", found="１", row=row) for row in (1, 2))
    assert one == other
    assert hash(one) == hash(other)


CODE = Code(
    "YX120",
    Weight.ERROR,
    "文字",
    "「{label}」の「{found}」は文字です。{amount}千円と読みました。",
    "直してください。",
    "わけ",
    "誤",
    "正",
)


def text(
    cell: str | None, found: str = "１", label: str = "要求額", sheet: str = "要求書1"
) -> Finding:
    return CODE.at(Place("a.xlsx", sheet, cell), label=label, found=found, amount=len(found))


def test_grouped__the_same_fault_in_many_cells_is_one() -> None:
    (group,) = grouped([text("H22", "１"), text("H23", "２２"), text("H24", "１")])
    assert group.cells == "H22、H23、H24（3か所）"
    assert group.fact == "「要求額」の「１、２２」は文字です。1、2千円と読みました。"
    assert group.remedy == "直してください。"
    assert len(group.findings) == 3


def test_grouped__one_alone_is_as_it_is() -> None:
    (group,) = grouped([text("H22")])
    assert (group.cells, group.fact) == ("H22", text("H22").fact)


def test_grouped__other_sheets_fields_reasons_and_codes_stay_apart() -> None:
    found = [
        text("H22"),
        text("H22", sheet="要求書2"),
        text("I22", label="うち特財"),
        replace(text("H23"), reason="内示による"),
        replace(text("H24"), code="YX121"),
    ]
    assert [len(group.findings) for group in grouped(found)] == [1] * 5


def test_grouped__rows_of_a_field_belong_together() -> None:
    found = [text(f"C{row}", label=f"「要求内容」の{row}行目の「内容」") for row in (3, 4)]
    (group,) = grouped(found)
    assert group.label == "「要求内容」の「内容」"
    assert "の3行目の「内容」、「要求内容」の4行目" in group.fact


def test_grouped__without_a_cell_nothing_is_put_together() -> None:
    assert [group.cells for group in grouped([text(None), text(None)])] == ["", ""]


def test_grouped__many_cells_are_counted_and_not_all_named() -> None:
    (group,) = grouped([text(f"H{row}", "１" * row) for row in range(1, 13)])
    assert group.cells == "H1、H2、H3、H4、H5、H6、H7、H8など（12か所）"
    assert "「１、１１、１１１など」" in group.fact


def test_grouped__up_to_eight_cells_and_three_figures_are_named() -> None:
    (group,) = grouped([text(f"H{row}", "１" * min(row, 3)) for row in range(1, 9)])
    assert group.cells == "H1、H2、H3、H4、H5、H6、H7、H8（8か所）"
    assert "「１、１１、１１１」" in group.fact


def test_grouped__one_sentence_said_twice_is_as_it_is() -> None:
    own = replace(CODE, to_department="「{found}」を数字にしてください。")
    place = [Place("a.xlsx", "要求書1", cell) for cell in ("H22", "H23")]
    (same,) = grouped([own.at(one, label="額", found="１", amount=1) for one in place])
    assert (same.fact, same.remedy) == (same.first.fact, same.first.remedy)
    assert same.to_department == "「１」を数字にしてください。"
    (two,) = grouped(
        [
            own.at(one, label="額", found=said, amount=1)
            for one, said in zip(place, "１２", strict=True)
        ]
    )
    assert two.to_department == "「１、２」を数字にしてください。"


def test_grouped__one_sentence_alone_keeps_the_form_of_its_figures() -> None:
    own = replace(
        CODE, fact="{amount:,}千円", remedy="{amount:,}にする", to_department="{amount:,}"
    )
    (alone,) = grouped([own.at(PLACE, label="額", amount=1234)])
    assert (alone.fact, alone.remedy, alone.to_department) == ("1,234千円", "1,234にする", "1,234")
    by_hand = [Finding("YX1", Weight.INFO, PLACE, fact, "直す。") for fact in ("甲。", "乙。")]
    group = FindingGroup(tuple(by_hand))
    assert (group.fact, group.remedy, group.to_department) == ("甲。", "直す。", "")


def test_grouped__a_finding_that_was_made_by_hand_goes_by_its_sentence() -> None:
    one, two = (
        Finding("YX1", Weight.INFO, Place("a", "b", c), "同。", "直。") for c in ("A1", "A2")
    )
    assert [g.cells for g in grouped([one, two, replace(two, fact="別。")])] == [
        "A1、A2（2か所）",
        "A2",
    ]


def test_grouped__whole_sentences_are_told_one_after_the_other() -> None:
    code = replace(CODE, fact="{problem}。", remedy="{remedy}")
    found = [
        code.at(
            Place("a.xlsx", "要求書1", f"H{row}"),
            problem=f"{row}行目",
            remedy=f"{row}を直してください。",
        )
        for row in (1, 2)
    ]
    (group,) = grouped(found)
    assert (group.fact, group.remedy) == (
        "1行目、2行目。",
        "1を直してください。2を直してください。",
    )
