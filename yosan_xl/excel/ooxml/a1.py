"""Addresses of cells and areas (they live in form/area.py)."""

from yosan_xl.form.area import COLUMNS, ROWS, Area, a1, column_name, column_number, parse_a1

__all__ = ["COLUMNS", "ROWS", "Area", "a1", "column_name", "column_number", "parse_a1"]
