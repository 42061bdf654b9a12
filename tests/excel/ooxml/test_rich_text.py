from __future__ import annotations

import pytest

from tests.excel.ooxml.parts import rows, shared_strings, texts

STRINGS = [
    ("<t>総務費</t>", "総務費"),
    ('<t>東京都</t><rPh sb="0" eb="3"><t>とうきょうと</t></rPh><phoneticPr fontId="1"/>', "東京都"),
    ("<r><rPr><b/></rPr><t>東京</t></r><r><t>都</t></r><rPh><t>ト</t></rPh>", "東京都"),
    ('<t xml:space="preserve"> a </t>', " a "),
    ("<t> a\n</t>", "a"),
    ("<t>　要求　</t>", "　要求　"),
    ("<t>a&#13;&#10;b_x000D_\nc</t>", "a\nb\nc"),
    ("<r><t>a_x000D_</t></r><r><t xml:space='preserve'>\nb</t></r>", "a\nb"),
    ("", ""),
    ("<t/>", ""),
    ("\n  <t>①～㈱</t>\n  ", "①～㈱"),
]


@pytest.mark.parametrize(("item", "text"), STRINGS)
def test_rich_text__shared_and_inline_alike(item: str, text: str) -> None:
    sheet = rows(
        f'<row><c t="s"><v>1</v></c><c t="inlineStr"><is>{item}</is></c></row>',
        strings=shared_strings("<t>x</t>", item),
    )
    assert texts(sheet) == {(0, 0): text, (0, 1): text}
