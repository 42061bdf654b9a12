"""What the sheets of a department's book that hold no request are called, and what they say.

A reader tells by these words what staff wrote there. Books stay out for months: where a word changes
here, the one before it stays known in `earlier_words`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from yosan_xl.form.definition import FieldKind, FilledBy
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.model.axes import ASKED, RowList
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


def guide_steps(plan: Plan, *, is_fixed: bool = False) -> tuple[tuple[str, str], ...]:
    """Return how a book of the form is filled in, step by step; `is_fixed` where no sheet can be copied."""
    steps = (
        ("シート", _on_sheets(plan)),
        ("シートの追加", _on_more_sheets(plan, is_fixed)),
        *_on_entries(plan),
        ("印刷", _PRINT),
        ("集計しないもの", _on_unread(plan)),
        ("提出", _SUBMIT),
    )
    return _in_order(steps)


def _on_entries(plan: Plan) -> tuple[tuple[str, str], ...]:
    return (
        ("一覧から選ぶ欄", _on_choices(plan)),
        ("金額", _on_amounts(plan)),
        *((one.label, _on_list(plan, one)) for one in plan.axes.lists),
        *(_on_texts(plan),),
        ("確認", _on_checks(plan)),
    )


def _in_order(steps: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    given = (step for step in steps if step[1])
    return tuple((f"{number} {name}", text) for number, (name, text) in enumerate(given, 1))


_PRINT = (
    "記入したシートだけを印刷するには、Ctrl キーを押しながらシートの見出しを順にクリックし、印刷します。"
    "印刷したら、ほかの見出しをクリックして選択を解きます。"
    "淡い黄色は、確認事項がなくなると印刷されません。その前に消すには、ページ設定の「白黒印刷」を選びます。"
)
_SUBMIT = (
    "行や列の挿入、削除はしないでください。ファイル名も種類（.xlsx）も変えずに保存し、期限までに提出してください。"
    "見ただけのブックは、保存せずに閉じて構いません。"
)


def _on_more_sheets(plan: Plan, is_fixed: bool) -> str:
    if is_fixed:
        return f"{plan.sheet}のシートが足りないときは、財政課に連絡してください。シートを増やしたブックをお渡しします。"
    return (
        f"足りないときは、空の{plan.sheet}の見出しを右クリックし、「移動またはコピー」で「コピーを作成する」を選びます。"
        f"複製したシートも、1件の要求として集計します（「{OVERVIEW}」には出ません）。"
    )


def _on_unread(plan: Plan) -> str:
    return (
        "メモ（コメント）、図形、自分で加えたシート、欄の外に書いたことは集計しません。"
        f"財政課には、その一覧が示されます。要求に要ることは、{plan.sheet}の欄に書いてください。"
    )


def _on_sheets(plan: Plan) -> str:
    overview = "見渡し、各欄へ移動できます" if numbered(plan) else "見渡せます"
    return (
        f"要求する事業1件につき、{plan.sheet}のシートを1枚使います。使わないシートはそのままで構いません。"
        f"「{OVERVIEW}」では、このブックの{plan.sheet}と残る確認の件数を{overview}。"
    )


def _on_choices(plan: Plan) -> str:
    """Say which fields are chosen from a list, and which after which."""
    slots = plan.by_name()
    chosen = [slot for slot in plan.slots if slot.is_entry and slot.kind is FieldKind.CHOICE]
    single = [slot for slot in chosen if slot.group is None]
    if not single:
        return ""
    names = "".join(f"「{slot.label}」" for slot in single)
    pairs = "、".join(f"{s.label}は{slots[s.under].label}を" for s in single if s.under)
    after = f"{pairs}選んでから選んでください。" if pairs else ""
    return f"{names}は一覧から選びます。{after}"


def _on_amounts(plan: Plan) -> str:
    estimate = f"単価と数量から計算するときは「{ESTIMATE}」のシートを使えます。"
    return (
        f"{plan.axes.unit}単位の整数を半角数字で入力します。「1,234円」や全角の数字は計算に入りません。"
        f"{estimate if has_estimate(plan) else ''}"
    )


def _on_list(plan: Plan, own: RowList) -> str:
    """Say how a list is filled in, whose groups may be left out or stand for themselves."""
    groups = plan.groups_of(own.key)
    names = [group.name for group in groups if group.name]
    optional = next((group.name for group in groups if group.group_slot), None)
    if not any(plan.by_name()[name].is_entry for one in groups for name in one.columns.values()):
        return ""
    if optional:
        return (
            f"{'と'.join(names)}に分けるときは、上の段の左端で「{optional}」を選びます。"
            "分けないときは空欄のまま、上の段から順に入力します。"
        )
    where = f"{'、'.join(names)}の段に分けて、" if names else ""
    return f"{where}上の行から順に入力します。"


def _on_texts(plan: Plan) -> tuple[str, str]:
    tab = (
        "Tab キーを押すと、次の入力欄へ行ごとに移動します。収まらないときは行の高さを変えられます。"
    )
    is_long = any(slot.is_entry and slot.kind is FieldKind.PROSE for slot in plan.slots)
    return ("文章", f"改行は Alt+Enter です。{tab}") if is_long else ("入力", tab)


def _on_checks(plan: Plan) -> str:
    if not plan.checks:
        return ""
    return (
        f"{plan.sheet}の右の「確認すること」が「誤り」のときは直し、「要確認」のときは直すか、"
        "正しい理由を書いてください。"
    )


_LOOKS = (
    ("入力欄", "細い線で囲んだ淡い黄色の欄です。所管課が入力します。", FilledBy.DEPARTMENT),
    ("財政課の欄", "破線で囲んだ欄です。財政課が記入するため、入力できません。", FilledBy.FINANCE),
    ("計算の欄", "下が二重線で太字の欄です。式で計算するため、入力できません。", FilledBy.FORMULA),
)


def guide_looks(plan: Plan) -> tuple[tuple[str, str, FilledBy], ...]:
    """Return the kinds of cells that the form has: what each is called, what it is, who fills it."""
    there = {slot.by for slot in plan.slots}
    prior = [stage.label for stage in plan.axes.stages if stage.by == FilledBy.PRIOR.value]
    looks = (*_LOOKS, _prior_look("、".join(prior)))
    return tuple(look for look in looks if look[2] in there)


def _prior_look(labels: str) -> tuple[str, str, FilledBy]:
    """Return how the cells look that are filled when a book is handed out, by what their stages are called."""
    text = f"点線で囲んだ斜体の欄です。{labels}が入っていて、入力できません。"
    return f"{labels}の欄", text, FilledBy.PRIOR


OVERVIEW_TITLE = "一覧"
OVERVIEW_LINKS = "欄へ移動（番号は様式の番号）"
OVERVIEW_SHEET, OVERVIEW_OPEN, OVERVIEW_TOTAL = "シート", "残る確認", "合計"
OVERVIEW_TOP = 4
"""The row (from 0) of the first request."""


def overview_note(plan: Plan) -> str:
    """Return what 一覧 shows."""
    links = f"番号をクリックすると、その{plan.sheet}の欄へ移ります。" if numbered(plan) else ""
    return f"配布した{plan.sheet}だけを表示します（複製したシートは表示しません）。{links}"


def overview_unit(plan: Plan) -> str:
    """Return in what the amounts of 一覧 are."""
    return f"単位：{plan.axes.unit}"


def overview_words(plan: Plan) -> tuple[str, ...]:
    """Return the words by which 一覧 is known."""
    links = (OVERVIEW_LINKS,) if numbered(plan) else ()
    asked = plan.axes.stage(ASKED).label
    title, note, unit = OVERVIEW_TITLE, overview_note(plan), overview_unit(plan)
    return (title, note, unit, *links, OVERVIEW_SHEET, asked, OVERVIEW_OPEN)


@lru_cache(maxsize=16)
def numbered(plan: Plan) -> tuple[Slot, ...]:
    """Return the first entry cell of each numbered block, in order."""
    slots = {s.number: s for s in reversed(plan.slots) if s.number is not None and s.is_entry}
    return tuple(slots[number] for number in sorted(slots))


ESTIMATE_TITLE = "積算"
ESTIMATE_TOP, ESTIMATE_ROWS, ESTIMATE_ENTRIES = 4, 30, 6
"""The first row (from 0) to calculate in, how many there are, and how many columns of entries."""
ESTIMATE_NAMES = ("内容", "単価", "数量", "回数", "税率")
"""What the columns of entries hold, from the second on."""
MOST_TAX = 50
"""The greatest 税率（％）; what is smaller than 1 (`10%` is 0.1 to a spreadsheet program) is a hundredfold."""

_YEN, _STATE = "金額（円）", "確認"


@lru_cache(maxsize=16)
def has_estimate(plan: Plan) -> bool:
    """Return whether a book of the form has 積算: there are rows that say what an amount is for."""
    slots = plan.by_name()
    for group in plan.groups:
        columns = [slots[name] for name in group.columns.values()]
        says = any(one.meaning in ("label", "estimate") for one in columns)
        if says and any(one.is_entry and one.kind is FieldKind.MONEY for one in columns):
            return True
    return False


def estimate_headings(plan: Plan) -> tuple[str, ...]:
    """Return the headings of 積算: of the entries, of the amounts, and of what is to be mended."""
    unit = plan.axes.unit
    amounts = (_YEN,) if unit == "円" else (_YEN, unit)
    _, price, *names, tax = ESTIMATE_NAMES
    entries = (plan.sheet, ESTIMATE_NAMES[0], f"{price}（円）", *names, f"{tax}（％）")
    return (*entries, *amounts, _STATE)


def estimate_example(plan: Plan) -> str:
    """Return how an amount is taken from 積算."""
    last = estimate_headings(plan)[-2]
    return (
        f"{plan.sheet}の金額の欄に「=」を入力してから、このシートの「{last}」のセルをクリックすると、"
        "その額を使えます。"
    )


def estimate_note(plan: Plan, rounding: Rounding) -> str:
    """Return how the working sheet calculates."""
    return (
        "単価から税率までの欄に数字だけを入力すると、金額を計算します（税率は 10 でも 10% でも構いません）。"
        f"{_blanks_and_rounding(plan, rounding)}表の下は、自由に使えます。"
    )


def _blanks_and_rounding(plan: Plan, rounding: Rounding) -> str:
    unit = plan.axes.unit
    below = "" if unit == "円" else f"{unit}未満は{rounding.value}、"
    return f"空欄の回数は1、税率は0とします。{below}円未満は四捨五入します。"


def number_words(decimals: int) -> str:
    """Return what a number must be, in words."""
    return f"小数第{decimals}位までの数" if decimals else "整数"


REMARKS_COLUMNS = ("番号", "シート", "セル", "重さ", "コード", "指摘", "直し方", "済")


@lru_cache(maxsize=16)
def earlier_guide_steps(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the steps that はじめに had in books issued by earlier programs."""
    submit = "行や列の挿入、削除はしないでください。ファイル名を変えずに保存し、期限までに提出してください。"
    return _in_order((("シート", _on_sheets(plan)), *_on_entries(plan), ("提出", submit)))


@lru_cache(maxsize=16)
def earlier_words(plan: Plan) -> frozenset[str]:
    """Return what the sheets said in books issued by earlier programs."""
    free = "自由に使える計算用のシートです。"
    notes = (f"{free}{_blanks_and_rounding(plan, rounding)}" for rounding in Rounding)
    return frozenset((*notes, *(said for step in earlier_guide_steps(plan) for said in step)))
