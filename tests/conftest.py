"""Fixtures for all tests."""

from __future__ import annotations

from tests.office.plugin import office

__all__ = ["office"]
