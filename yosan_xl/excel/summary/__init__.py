"""集計ブック: the summary workbook that finance gets from `consolidate`."""

from yosan_xl.excel.summary.book import summary_bytes

__all__ = ["summary_bytes"]
