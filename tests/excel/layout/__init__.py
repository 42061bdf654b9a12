"""Tests of excel/layout."""
