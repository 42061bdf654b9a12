"""Workbooks: written from a Plan, read by a Plan. zip, XML and xlsxwriter stay in here."""
