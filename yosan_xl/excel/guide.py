"""はじめに: how to fill the book, by when, for whom, and what the looks mean."""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.excel import styles
from yosan_xl.excel.cells import put_value
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.sheet_names import GUIDE
from yosan_xl.excel.wrapping import display_lines
from yosan_xl.form.area import Area
from yosan_xl.form.definition import By, Kind
from yosan_xl.form.plan import Plan
from yosan_xl.model.department import Department
from yosan_xl.model.settings import Settings

_WIDTHS = (24, 132, 560)
_TEXT_EM = 38
"""How many full-width characters fit a line of the text column."""

_LOOKS = (
    ("入力欄", "細い線で囲んだ淡い黄色の欄です。所管課が入力します。", By.DEPARTMENT),
    ("財政課の欄", "破線で囲んだ欄です。財政課が記入するため、入力できません。", By.FINANCE),
    ("計算の欄", "下が二重線で太字の欄です。式で計算するため、入力できません。", By.FORMULA),
)

_STEPS = (
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


def write_guide(
    book: CheckedBook, plan: Plan, settings: Settings, department: Department, password: str
) -> None:
    """Write the first sheet of a department's book."""
    sheet = book.add_worksheet(GUIDE)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column_pixels(column, column, width)
    title = f"{settings.year.label}{plan.title}"
    sheet.write_string(1, 1, title, book.format(styles.GUIDE["title"]))
    sheet.set_row(1, 32)
    row = _rows(book, sheet, 3, _facts(settings, department))
    row = _heading(book, sheet, row + 1, "記入のしかた")
    row = _rows(book, sheet, row, _STEPS)
    row = _heading(book, sheet, row + 1, "欄の見分け方")
    for name, text, by in _LOOKS:
        style = styles.slot_style(Kind.TEXT, by)
        put_value(book, sheet, Area(row, 1, row, 1), name, {**style, "locked": True})
        sheet.write_string(row, 2, text, book.format(styles.GUIDE["beside"]))
        sheet.set_row(row, 24)
        row += 1
    sheet.hide_gridlines(2)
    sheet.protect(password)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _facts(settings: Settings, department: Department) -> list[tuple[str, str]]:
    facts = [("所管課", f"{department.name}（コード {department.code}）")]
    if settings.deadline:
        facts.append(("提出期限", settings.deadline))
    if settings.contact:
        facts.append(("提出先・問合せ先", settings.contact))
    return facts


def _heading(book: CheckedBook, sheet: CheckedSheet, row: int, text: str) -> int:
    for column, words in ((1, text), (2, "")):
        put_value(book, sheet, Area(row, column, row, column), words, styles.GUIDE["heading"])
    sheet.set_row(row, 22)
    sheet.set_row(row + 1, 6)
    return row + 2


def _rows(
    book: CheckedBook, sheet: CheckedSheet, row: int, entries: Sequence[tuple[str, str]]
) -> int:
    for name, text in entries:
        sheet.write_string(row, 1, name, book.format(styles.GUIDE["name"]))
        sheet.write_string(row, 2, text, book.format(styles.GUIDE["text"]))
        sheet.set_row(row, 15 * display_lines(text, _TEXT_EM) + 6)
        row += 1
    return row
