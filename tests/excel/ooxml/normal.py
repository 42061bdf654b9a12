"""A book with a little of everything, as XlsxWriter writes it."""

from __future__ import annotations

import io
from functools import cache

import xlsxwriter


@cache
def normal_book() -> bytes:
    """Write a book as XlsxWriter does: texts, numbers, dates, formulas, merges, names, locks."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        date = book.add_format({"num_format": 'ggge"年"m"月"d"日"'})
        free = book.add_format({"locked": False, "border": 1})
        for name in ("要求書1", "要求書 (2)"):
            sheet = book.add_worksheet(name)
            sheet.protect()
            sheet.merge_range("A1:C1", "予算要求事業概要書", free)
            sheet.write_string("A2", " 前後に空白 \n改行_x000D_", free)
            sheet.write_number("B2", 38_484)
            sheet.write_number("C2", 43_709.25, date)
            sheet.write_number("D2", 0.1)
            sheet.write_formula("B3", "=SUM(B2:B2)", None, 38_484)
            sheet.write_formula("C3", '="a"&"b"', None, "ab")
            sheet.write_array_formula("D3:D4", "{=B2:B3*2}", None, 76_968)
            sheet.write_boolean("A4", True)
            sheet.write_rich_string("A5", "太", book.add_format({"bold": True}), "字", "と細字")
            sheet.write_comment("A5", "注記")
            sheet.write_blank("E9", None, free)
            sheet.write_string("XFD200", "端")
            book.define_name(f"'{name}'!yx_amount", f"='{name}'!$B$2:$B$3")
        book.worksheets()[1].hide()
    return file.getvalue()
