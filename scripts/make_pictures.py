"""Make docs/pictures/*.png from the bundled example.

`python -m scripts.make_pictures` needs LibreOffice (soffice), poppler (pdftotext, pdftoppm), Chromium
and the font BIZ UDPGothic.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from tests.forms.years import documents_of, form_text, make_year
from tests.usecases.publish.samples import DECISIONS, REQUESTS, decide
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.page import page
from yosan_xl.usecases.publish.run import publish

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
BOOK = "0206_国保年金課.xlsx"  # NO 59: two parts, a grant, another account than 一般会計
DOTS_PER_INCH = 88  # below 250 KB a picture, and still readable
TABLE_PIXELS = 250  # of the summary only the top of a page has anything on it
CONTENTS_PIXELS, CHARTS_PIXELS = 480, 490

PICTURED = {
    "small_town": ("0101", "摘要"),
    "prefecture": ("0101", "選定委員会の謝礼"),
    "municipal-1": ("0201", "乗合タクシーの実証運行"),
}
"""Of each form a department, and words of its page that is shown."""

BLANK = "査定の考え方"
"""Words of any page of the last of them."""

WINDOW = "1180,1130"  # of the page its figures, its charts and its first table


def main() -> int:
    """Work through the example year in a temporary folder and picture its sheets and its page."""
    with tempfile.TemporaryDirectory() as folder:
        year = Path(folder) / "R2"
        shutil.copytree(ROOT / "examples" / "R2", year, ignore=shutil.ignore_patterns("*.xlsx"))
        blank = generate(year, "0206").folder / BOOK
        fill(year / "requests.json", year / "提出")
        summary = consolidate([year], year).summary
        picture(blank, "10 要求内容", PICTURES / "blank.png")
        picture(year / "提出" / BOOK, "10 要求内容", PICTURES / "request.png")
        picture(summary, "予算要求集計 目次", PICTURES / "contents.png", "-H", CONTENTS_PIXELS)
        picture(summary, "予算要求集計 会計・款別", PICTURES / "summary.png", "-H", TABLE_PIXELS)
        picture(summary, "予算要求集計 グラフ", PICTURES / "charts.png", "-H", CHARTS_PIXELS)
        shoot(page([year], year, public=True).page, PICTURES / "page.png")
        picture_editions(year)
        picture_forms(Path(folder))
    return 0


def picture_editions(year: Path) -> None:
    """Publish a year before and after it is decided, and picture the same page of both."""
    for edition, name in ((REQUESTS, "published-requests"), (DECISIONS, "published-decisions")):
        if edition == DECISIONS:
            decide(year)
        folder = publish(year, edition).folder
        assert folder
        (pdf,) = folder.glob("*.pdf")
        picture_grey(pdf, "国民健康保険料徴収", PICTURES / f"{name}.png")


def picture_forms(folder: Path) -> None:
    """Write a filled page of each form that docs/own-form.md shows, and a blank one of the last."""
    for form, (code, words) in PICTURED.items():
        year = make_year(folder / form, form_text(form), documents_of(form))
        (blank,) = generate(year, code).books
        fill(year / "requests.json", year / "提出")
        picture(year / "提出" / blank.name, words, PICTURES / f"form-{form}.png")
    picture(blank, BLANK, PICTURES / "form-blank.png")


def picture(book: Path, words: str, target: Path, *crop: object) -> None:
    """Write the first printed page of a book that has `words` on it as a PNG.

    `crop` are options of pdftoppm; raises CalledProcessError where a program fails.
    """
    pdf = _printed(book)
    number = next(n for n, page in enumerate(_pages(pdf), 1) if words in page)
    target.parent.mkdir(parents=True, exist_ok=True)
    options = ("-png", "-singlefile", "-r", DOTS_PER_INCH, "-f", number, "-l", number)
    _run("pdftoppm", *options, *crop, pdf, target.with_suffix(""))


def picture_grey(pdf: Path, words: str, target: Path) -> None:
    """Write the first page of a PDF that has `words` on it as a PNG of 16 greys: half as large, for a page without colours."""
    number = next(n for n, page in enumerate(_pages(pdf), 1) if words in page)
    grey = pdf.with_suffix(".pgm")
    options = ("-gray", "-singlefile", "-r", DOTS_PER_INCH, "-f", number, "-l", number)
    _run("pdftoppm", *options, pdf, grey.with_suffix(""))
    _, size, _, pixels = grey.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    rows = (pixels[at * width : (at + 1) * width] + b"\xff" for at in range(height))
    packed = (
        bytes(one & 0xF0 | two >> 4 for one, two in zip(row[::2], row[1::2], strict=False))
        for row in rows
    )
    data = zlib.compress(b"".join(b"\0" + row[: (width + 1) // 2] for row in packed), 9)
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    target.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts))


def _chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG (ISO/IEC 15948)."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def shoot(html: Path, target: Path) -> None:
    """Write what a browser shows of an HTML file as a PNG; raises CalledProcessError."""
    browser = shutil.which("chromium") or "chromium-browser"
    profile = f"--user-data-dir={html.parent / 'browser'}"
    options = ("--headless", "--no-sandbox", "--hide-scrollbars", profile)
    _run(browser, *options, f"--window-size={WINDOW}", f"--screenshot={target}", html.as_uri())


def _printed(book: Path) -> Path:
    """Print a book to a PDF beside it, with a LibreOffice profile of its own."""
    profile = f"-env:UserInstallation={(book.parent / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", book.parent, book)
    return book.with_suffix(".pdf")


def _pages(pdf: Path) -> list[str]:
    return _run("pdftotext", "-layout", pdf, "-").split("\f")


def _run(*command: object) -> str:
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, capture_output=True, encoding="utf-8").stdout


if __name__ == "__main__":
    sys.exit(main())
