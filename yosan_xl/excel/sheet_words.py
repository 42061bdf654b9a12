"""What the sheets of a department's book that hold no request are called, and what they say.

A reader tells by these words what staff wrote there. Books stay out for months: where a word changes
here, the one before it stays known in `EARLIER`.
"""

from __future__ import annotations

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


def guide_steps(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return how a book of the form is filled in, step by step."""
    steps = (
        ("シート", _on_sheets(plan)),
        ("一覧から選ぶ欄", _on_choices(plan)),
        ("金額", _on_amounts(plan)),
        *((one.label, _on_list(plan, one)) for one in plan.axes.lists),
        *(_on_texts(plan),),
        ("確認", _on_checks(plan)),
        ("提出", _SUBMIT),
    )
    given = (step for step in steps if step[1])
    return tuple((f"{number} {name}", text) for number, (name, text) in enumerate(given, 1))


_SUBMIT = (
    "行や列の挿入、削除はしないでください。ファイル名を変えずに保存し、期限までに提出してください。"
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

_YEN = "金額（円）"


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
    """Return the headings of 積算; the last is what an amount of the form may point at."""
    entries = (plan.sheet, "内容", "単価（円）", "数量", "回数", "税率（％）")
    unit = plan.axes.unit
    return (*entries, _YEN) if unit == "円" else (*entries, _YEN, unit)


def estimate_example(plan: Plan) -> str:
    """Return how an amount is taken from 積算."""
    last = estimate_headings(plan)[-1]
    return (
        f"{plan.sheet}の金額の欄に「=」を入力してから、このシートの「{last}」のセルをクリックすると、"
        "その額を使えます。"
    )


def estimate_note(plan: Plan, rounding: Rounding) -> str:
    """Return how the working sheet calculates."""
    unit = plan.axes.unit
    below = "" if unit == "円" else f"{unit}未満は{rounding.value}、"
    return (
        "自由に使える計算用のシートです。空欄の回数は1、税率は0とします。"
        f"{below}円未満は四捨五入します。"
    )


def number_words(decimals: int) -> str:
    """Return what a number must be, in words."""
    return f"小数第{decimals}位までの数" if decimals else "整数"


REMARKS_COLUMNS = ("番号", "シート", "セル", "重さ", "コード", "指摘", "直し方", "済")

EARLIER: frozenset[str] = frozenset()
"""What the sheets said in books issued by earlier programs."""
