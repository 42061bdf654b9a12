"""The pictures of the guides: what the console shows as SVG, pages of the books that finance and departments see.

`python -m scripts.guide_pictures` needs what scripts/make_pictures.py needs.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from html import escape
from pathlib import Path

import openpyxl

from scripts.make_pictures import PICTURES, picture
from tests.guide_hands import STAGES, Desk, department_mends, finance_decides, mayor_decides
from yosan_xl.report.printable import columns
from yosan_xl.usecases.example import make_example

_HALF, _LINE, _EDGE = 7.5, 20, 12
"""Pixels of a half-width character, of a line, and around the text."""
_PANEL = "AF6:AI16"
"""What stands beside the paper of a city's form."""
_COLUMNS = 112
_TOP = 330
_RUN = re.compile(r"[!-~]+|[^ -~]+")
"""Characters of one width: those of ASCII, and those that are wide."""
SHOWN = {
    "overview": ("yosan-xl",),
    "status": ("yosan-xl status", "--today", "2026-11-05"),
    "validate": ("yosan-xl validate",),
}
"""What is typed, and what stands for the day of the picture."""


def main() -> int:
    """Work through a year as the guide of the finance office does, and picture what it shows."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "予算"
        root.mkdir()
        year = make_example(root / "R9", "municipal").year.root
        for name, (typed, *options) in SHOWN.items():
            answer = _answer([*typed.split()[1:], *options], year).replace(str(root), "C:\\予算")
            text = console_picture(f"C:\\予算\\R9>{typed}", answer.replace("/R9", "\\R9"))
            (PICTURES / f"guide-{name}.svg").write_text(text, encoding="utf-8")
        _picture_books(Desk(root, year), year)
    return 0


def _picture_books(desk: Desk, year: Path) -> None:
    _answer(["return"], year)
    (returned,) = (year / "差戻し").glob("*.xlsx")
    picture(returned, "指摘一覧", PICTURES / "guide-returned.png", "-H", _TOP)
    _picture_screen(returned, PICTURES / "guide-panel.png")
    settings = year / "yosan.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + STAGES, encoding="utf-8")
    department_mends(desk)
    _answer(["consolidate"], year)
    finance_decides(desk)
    picture(desk.summary, "予算要求集計 会計・款別", PICTURES / "guide-summary.png", "-H", _TOP)
    for words in ("consolidate", "number", "stage close 財政課", "consolidate"):
        _answer(words.split(), year)
    mayor_decides(desk)
    for words in ("stage close 市長", "notice 0101"):
        _answer(words.split(), year)
    (book,) = (year / "内示").glob("*.xlsx")
    picture(book, "内示", PICTURES / "guide-notice.png", "-H", _TOP)


def _picture_screen(book: Path, target: Path) -> None:
    """Picture what stands beside the paper of a request sheet and is never printed: a copy of the book prints it."""
    opened = openpyxl.load_workbook(book)
    for other in opened.worksheets:
        other.print_area = "A1"
        other.sheet_view.tabSelected = other.title == "要求書1"
    sheet = opened["要求書1"]
    sheet.print_area = _PANEL
    sheet.page_setup.orientation = "landscape"
    copy = book.with_name("画面.xlsx")
    opened.save(copy)
    picture(copy, "どうするか", target, "-y", 190, "-H", _TOP)


def console_picture(typed: str, answer: str) -> str:
    """Return a console with a command and what it answered, as SVG."""
    lines = [typed, *(part for line in answer.splitlines() for part in _wrapped(line))]
    width = int(_COLUMNS * _HALF) + 2 * _EDGE
    height = len(lines) * _LINE + 2 * _EDGE
    rows = "".join(
        f'<text x="{_EDGE}" y="{_EDGE + _LINE * at - 5}">{_row(line)}</text>\n'
        for at, line in enumerate(lines, 1)
    )
    return (
        "<!-- `python -m scripts.guide_pictures` makes this picture. -->\n"
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        '<rect width="100%" height="100%" rx="6" fill="#1b1b1b"/>\n'
        '<g fill="#f2f2f2" font-size="15"'
        " font-family=\"'BIZ UDGothic','MS Gothic','Noto Sans Mono CJK JP',monospace\">\n"
        f"{rows}</g>\n</svg>\n"
    )


def _row(line: str) -> str:
    """Return a line, each run of characters of one width at its own place: fonts differ in how wide they are."""
    return "".join(
        f'<tspan x="{_EDGE + columns(line[: run.start()]) * _HALF:g}"'
        f' textLength="{columns(run[0]) * _HALF:g}">{escape(run[0])}</tspan>'
        for run in _RUN.finditer(line)
    )


def _wrapped(line: str) -> Iterable[str]:
    """Yield the lines that a console makes of a long one."""
    row = ""
    for char in line:
        if columns(row + char) > _COLUMNS:
            yield row
            row = ""
        row += char
    yield row


def _answer(words: list[str], here: Path) -> str:
    command = [sys.executable, "-m", "yosan_xl", *words]
    done = subprocess.run(command, cwd=here, capture_output=True, encoding="utf-8", check=False)
    return (done.stdout + done.stderr).strip("\n")


if __name__ == "__main__":
    sys.exit(main())
