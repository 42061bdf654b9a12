"""The page: the year's requests as one HTML file that everyone reads."""

from yosan_xl.report.page.contents import Contents
from yosan_xl.report.page.document import page_html

__all__ = ["Contents", "page_html"]
