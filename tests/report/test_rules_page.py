from __future__ import annotations

from tests.report.samples import CODE, WARNING
from yosan_xl.report.rules_page import explain_text, fields_markdown, rules_markdown
from yosan_xl.rules.check import rule_codes


def test_rules_markdown__says_in_line_1_what_makes_it() -> None:
    assert "python -m scripts.make_docs" in rules_markdown([CODE]).splitlines()[0]


def test_rules_markdown__has_a_section_per_code_in_order_under_its_hundred() -> None:
    page = rules_markdown([CODE, WARNING])

    assert page.index("## ファイルと様式") < page.index("### YX017") < page.index("### YX203")
    assert "## 金額と財源\n\n### YX203 うち特財の計が特定財源の計とちがう (誤り)\n\n" in page
    assert "- 指摘の文: 計 … が … とちがいます。…の額を直してください。\n" in page
    assert "- わけ: 一致する額だからです(様式の項目10)。\n" in page
    assert "- 誤った例: 12,000千円 と 11,999千円\n" in page
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


def test_rules_markdown__takes_no_word_for_markup() -> None:
    page = rules_markdown([WARNING])

    assert "名前の\\|ちがい" in page
    assert "\\<b\\>名前\\</b\\>" in page
    assert "\\*よくある\\*" in page
    assert "a\\_b\\_c" in page


def test_rules_markdown__lists_every_code_of_the_rules() -> None:
    page = rules_markdown(rule_codes())

    assert [code.code for code in rule_codes() if f"### {code.code} " not in page] == []


def test_fields_markdown__says_what_reads_a_field_and_that_nothing_does() -> None:
    fields = [("都支出金", "/funding/metropolitan/amount", ["YX203"]), ("部", "/b", [])]
    page = fields_markdown({"要求書": fields})

    assert "\n### 要求書\n\n| 欄 |" in page
    assert "| 都支出金 | `/funding/metropolitan/amount` | YX203 |\n" in page
    assert page.endswith("| 部 | `/b` | － |\n")


def test_explain_text__gives_one_code() -> None:
    assert explain_text(CODE) == (
        "YX203 誤り うち特財の計が特定財源の計とちがう\n"
        "  指摘の文: 計 … が … とちがいます。…の額を直してください。\n"
        "  わけ: 一致する額だからです(様式の項目10)。\n"
        "  誤った例: 12,000千円 と 11,999千円\n"
        "  正しい例: 12,000千円 と 12,000千円"
    )
