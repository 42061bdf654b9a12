"""Findings for people and for machines: text, JSON, Markdown."""
