"""In what CSV files are written."""

UTF8, CP932 = "utf-8-sig", "cp932"
"""The encodings: UTF-8 with a BOM, without which Excel takes it for CP932; and CP932 itself."""
