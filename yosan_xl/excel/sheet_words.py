"""What the sheets of a department's book that hold no request are called, and what they say.

A reader tells by these words what staff wrote there. Books stay out for months: where a word changes
here, the one before it stays known in `EARLIER`.
"""

from __future__ import annotations

from yosan_xl.form.definition import FilledBy
from yosan_xl.model.money import Rounding

GUIDE = "はじめに"
OVERVIEW = "一覧"
ESTIMATE = "積算"
"""The working sheet that a formula of staff may point into."""
REMARKS = "指摘一覧"
"""Stands first in a book that went back."""

WITHOUT_REQUESTS = (REMARKS, GUIDE, OVERVIEW, ESTIMATE)

GUIDE_FACTS = ("所管課", "提出期限", "提出先・問合せ先")
GUIDE_HEADINGS = ("記入のしかた", "欄の見分け方")

GUIDE_STEPS = (
    (
        "1 シート",
        "要求する事業1件につき、要求書のシートを1枚使います。使わないシートはそのままで構いません。"
        "「一覧」では、このブックの要求書と残る確認の件数を見渡し、各欄へ移動できます。",
    ),
    (
        "2 一覧から選ぶ欄",
        "「会計」「款」「要求区分」は一覧から選びます。款は会計を選んでから選んでください。",
    ),
    (
        "3 金額",
        "千円単位の整数を半角数字で入力します。「1,234円」や全角の数字は計算に入りません。"
        "単価と数量から計算するときは「積算」のシートを使えます。",
    ),
    (
        "4 要求内容",
        "レベルアップ分と経常経費分に分けるときは、上の段の左端で「レベルアップ分」を選びます。"
        "分けないときは空欄のまま、上の段から順に入力します。",
    ),
    (
        "5 文章",
        "改行は Alt+Enter です。Tab キーを押すと、次の入力欄へ行ごとに移動します。"
        "収まらないときは行の高さを変えられます。",
    ),
    (
        "6 確認",
        "要求書の右の「確認すること」が「誤り」のときは直し、「要確認」のときは直すか、"
        "正しい理由を書いてください。",
    ),
    (
        "7 提出",
        "行や列の挿入、削除はしないでください。ファイル名を変えずに保存し、期限までに提出してください。",
    ),
)

GUIDE_LOOKS = (
    ("入力欄", "細い線で囲んだ淡い黄色の欄です。所管課が入力します。", FilledBy.DEPARTMENT),
    ("財政課の欄", "破線で囲んだ欄です。財政課が記入するため、入力できません。", FilledBy.FINANCE),
    ("計算の欄", "下が二重線で太字の欄です。式で計算するため、入力できません。", FilledBy.FORMULA),
)

OVERVIEW_TITLE = "一覧"
OVERVIEW_NOTE = (
    "配布した要求書だけを表示します（複製したシートは表示しません）。"
    "番号をクリックすると、その要求書の欄へ移ります。"
)
OVERVIEW_UNIT = "単位：千円"
OVERVIEW_LINKS = "欄へ移動（番号は様式の番号）"
OVERVIEW_SHEET, OVERVIEW_AMOUNT = "シート", "要求額"
OVERVIEW_OPEN, OVERVIEW_TOTAL = "残る確認", "合計"
OVERVIEW_WORDS = (
    OVERVIEW_TITLE,
    OVERVIEW_NOTE,
    OVERVIEW_UNIT,
    OVERVIEW_LINKS,
    OVERVIEW_SHEET,
    OVERVIEW_AMOUNT,
    OVERVIEW_OPEN,
)
OVERVIEW_TOP = 4
"""The row (from 0) of the first request."""

ESTIMATE_TITLE = "積算"
ESTIMATE_EXAMPLE = (
    "要求書の金額の欄に「=」を入力してから、このシートの「千円」のセルをクリックすると、"
    "その額を使えます。"
)
ESTIMATE_HEADINGS = (
    "要求書",
    "内容",
    "単価（円）",
    "数量",
    "回数",
    "税率（％）",
    "金額（円）",
    "千円",
)
ESTIMATE_TOP, ESTIMATE_ROWS, ESTIMATE_ENTRIES = 4, 30, 6
"""The first row (from 0) to calculate in, how many there are, and how many columns of entries."""


def estimate_note(rounding: Rounding) -> str:
    """Return how the working sheet calculates."""
    return (
        "自由に使える計算用のシートです。空欄の回数は1、税率は0とします。"
        f"千円未満は{rounding.value}、円未満は四捨五入します。"
    )


REMARKS_COLUMNS = ("番号", "シート", "セル", "重さ", "コード", "指摘", "直し方", "済")

EARLIER: frozenset[str] = frozenset()
"""What the sheets said in books issued by earlier programs."""
