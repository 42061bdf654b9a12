"""はじめに: how to fill the book, by when, for whom, and what the looks mean."""

from __future__ import annotations

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook
from yosan_xl.form.definition import By, Kind
from yosan_xl.form.plan import Plan
from yosan_xl.model.department import Department
from yosan_xl.model.settings import Settings

SHEET = "はじめに"

_LOOKS = (
    ("入力欄", "淡い黄色の欄です。所管課が入力します。", By.DEPARTMENT),
    ("財政課の欄", "点の模様の欄です。財政課が記入するため、入力できません。", By.FINANCE),
    ("計算の欄", "太字の欄です。式で自動的に計算するため、入力できません。", By.FORMULA),
)

_STEPS = (
    (
        "1",
        "要求する事業1件につき、要求書のシートを1枚使います。使わないシートはそのままで構いません。",
    ),
    ("2", "「会計」「款」「要求区分」は一覧から選びます。款は会計を選んでから選んでください。"),
    (
        "3",
        "金額は千円単位の整数を半角数字で入力します。「1,234円」や全角の数字は計算に入りません。",
    ),
    (
        "4",
        "要求内容をレベルアップ分と経常経費分に分けるときは、上の段の左端で「レベルアップ分」を選びます。"
        "分けないときは空欄のまま、上の段から順に入力します。",
    ),
    ("5", "文章の中の改行は Alt+Enter です。Tab キーを押すと、次の入力欄へ行ごとに移動します。"),
    ("6", "収まらないときは行の高さを変えられます。行や列の挿入、削除はしないでください。"),
    ("7", "ファイル名を変えずに保存し、期限までに提出してください。"),
)


def write_guide(
    book: CheckedBook, plan: Plan, settings: Settings, department: Department, password: str
) -> None:
    """Write the first sheet of a department's book."""
    sheet = book.add_worksheet(SHEET)
    formats = {name: book.format(style) for name, style in styles.GUIDE.items()}
    sheet.hide_gridlines(2)
    for column, width in enumerate((24, 130, 520)):
        sheet.set_column_pixels(column, column, width)
    sheet.write_string(1, 1, f"{settings.year.label}{plan.title}", formats["title"])
    sheet.set_row(1, 30)
    rows: list[tuple[str, str] | str] = [
        *_facts(settings, department),
        "記入のしかた",
        *_STEPS,
        "欄の見分け方",
    ]
    row = 3
    for entry in rows:
        name, text = (entry, "") if isinstance(entry, str) else entry
        heading = isinstance(entry, str)
        row += 1 if heading else 0
        sheet.write_string(row, 1, name, formats["heading" if heading else "name"])
        sheet.write_string(row, 2, text, formats["heading" if heading else "text"])
        sheet.set_row(row, 22 if heading else 16 * (1 + len(text) // 46) + 4)
        row += 1
    for name, text, by in _LOOKS:
        sheet.write_string(row, 1, name, book.format(styles.slot_style(Kind.TEXT, by)))
        sheet.write_string(row, 2, text, formats["text"])
        sheet.set_row(row, 24)
        row += 1
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
