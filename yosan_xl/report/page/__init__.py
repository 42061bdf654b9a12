"""The page: the year's requests as one HTML file that everyone reads."""

from yosan_xl.report.page.contents import PageContents
from yosan_xl.report.page.document import page_html

__all__ = ["PageContents", "page_html"]
