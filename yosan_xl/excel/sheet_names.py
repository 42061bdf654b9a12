"""How the sheets of a department's book are called that hold no request."""

from __future__ import annotations

GUIDE = "はじめに"
OVERVIEW = "一覧"
ESTIMATE = "積算"
"""The working sheet that a formula of staff may point into."""
REMARKS = "指摘一覧"
"""Stands first in a book that went back."""

WITHOUT_REQUESTS = (REMARKS, GUIDE, OVERVIEW, ESTIMATE)
