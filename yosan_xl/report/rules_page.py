"""The codes as a page of the documentation, and one code explained on the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from yosan_xl.model.finding import Code

_HEAD = """\
<!-- `python -m scripts.make_docs` が作ります。直すときは、規則のそばの文を直してください。 -->
# 指摘の一覧

「誤り」は直してください。「注意」は確かめて、理由があればそのままでかまいません。
「情報」はお知らせです。…のところには、実際の額や名が入ります。
"""

_FIELDS = """\

## どの欄を、どの規則が読むか

ほかに、入力（YX1xx）はどの欄も、課をまたぐ指摘（YX5xx）は NO、要求書ID、事業名、明細と文を見ます。
"""

_TABLE = """
### {form}

| 欄 | 文書の場所 | 規則 |
|---|---|---|
"""

_CHAPTERS = {
    "YX0": "ファイルと様式",
    "YX1": "入力",
    "YX2": "金額と財源",
    "YX3": "区分と所管課",
    "YX4": "債務負担行為と将来の年度",
    "YX5": "課をまたぐ指摘",
    "YX6": "査定、年度の比較と保存",
    "YX7": "査定の記入、内示と公表",
    "YX8": "出力",
    "YX9": "助言",
}


_GENERAL = {
    "amount_name": "要求額",
    "list_name": "",
    "rest_name": "一般財源",
    "rows_name": "明細の",
    "subtotal_name": "小計",
    "sum_name": "合計",
    "text_name": "内容",
    "title_name": "事業名",
    "within_name": "うち特財",
}
"""What forms call differently, in general words."""


def rules_markdown(codes: Iterable[Code]) -> str:
    """Return docs/rules.md: every code in order, under the heading of its hundred."""
    ordered = sorted(codes, key=lambda code: code.code)
    parts = [_HEAD]
    for prefix, heading in _CHAPTERS.items():
        chapter = [code for code in ordered if code.code.startswith(prefix)]
        if chapter:
            parts += [f"## {heading}\n", *map(_section, chapter)]
    return "\n".join(parts)


FieldRules = tuple[str, str, Iterable[str]]
"""The words of a field, its pointer, the codes of the rules that read it."""


def fields_markdown(forms: Mapping[str, Iterable[FieldRules]]) -> str:
    """Return a table for each form, by what it is called, of what reads each of its fields."""
    return _FIELDS + "".join(map(_fields_table, forms, forms.values()))


def _fields_table(form: str, fields: Iterable[FieldRules]) -> str:
    rows = (f"| {words} | `{at}` | {' '.join(codes) or '－'} |\n" for words, at, codes in fields)
    return _TABLE.format(form=form) + "".join(rows)


def explain_text(code: Code) -> str:
    """Return one code as `explain` prints it, without a final newline."""
    return "\n".join(
        [
            f"{code.code} {code.weight.value} {code.title}",
            *(f"  {label}: {text}" for label, text in _parts(code)),
        ]
    )


def _section(code: Code) -> str:
    items = "\n".join(f"- {label}: {_escaped(text)}" for label, text in _parts(code))
    return f"### {code.code} {_escaped(code.title)} ({code.weight.value})\n\n{items}\n"


def _parts(code: Code) -> list[tuple[str, str]]:
    return [
        ("指摘の文", _blanked(code.fact + code.remedy)),
        ("わけ", code.why),
        ("誤った例", code.wrong),
        ("正しい例", code.right),
    ]


def _blanked(template: str) -> str:
    return re.sub(r"\{(\w*)\}", lambda found: _GENERAL.get(found[1], "…"), template)


def _escaped(text: str) -> str:
    """Keep Markdown from taking our words for markup."""
    return re.sub(r"([\\`*_<>\[\]|#~])", r"\\\1", text)
