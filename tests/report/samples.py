"""Findings and codes to print."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Finding, Place, Weight

CODE = Code(
    "YX203",
    Weight.ERROR,
    title="うち特財の計が特定財源の計とちがう",
    fact="計 {earmarked} が {sources} とちがいます。",
    remedy="{written}の額を直してください。",
    why="一致する額だからです(様式の項目10)。",
    wrong="12,000千円 と 11,999千円",
    right="12,000千円 と 12,000千円",
)

WARNING = Code(
    "YX017",
    Weight.WARNING,
    title="名前の|ちがい",
    fact="<b>名前</b>がちがいます。",
    remedy="確かめてください。",
    why="*よくある* ためです。",
    wrong="a_b_c",
    right="`abc`",
)


def finding(code: Code, file: str, sheet: str | None = None, cell: str | None = None) -> Finding:
    """Give a finding of `code`, filled with fixed figures."""
    told = {
        "label": "「うち特財の計」",
        "raw_value": 12000,
        "raw_expected": ("国庫支出金", "都支出金"),
    }
    facts = {**told, "earmarked": "12,000千円", "sources": "11,999千円", "written": "「都支出金」"}
    return code.at(Place(file, sheet, cell), "/funding/metropolitan/amount", **facts)
