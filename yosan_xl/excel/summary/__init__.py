"""集計ブック: the summary workbook that finance gets from `consolidate`; `book.py` writes it."""
