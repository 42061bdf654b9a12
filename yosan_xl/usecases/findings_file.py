"""What `validate` found, as a file: text, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from yosan_xl.excel.findings_book import FindingSources, findings_bytes
from yosan_xl.report.findings import findings_json, findings_text
from yosan_xl.store.write import write_bytes
from yosan_xl.usecases.catalogue import all_codes
from yosan_xl.usecases.outputs import FINDINGS, relative_paths
from yosan_xl.usecases.validate import Validated

_HEADING = "検証結果"
_NO_YEAR = 2020
"""The fiscal year that dates a workbook made outside of any year folder: no clock is asked."""


def findings_text_as(form: str, done: Validated) -> str:
    """Return the findings as `text` or `json`; raise KeyError for another form."""
    return _TEXTS[form](done)


def save_findings(form: str, done: Validated, out: Path) -> None:
    """Write the findings as text, JSON or xlsx; raise WrongInput where it cannot be."""
    data = _book(done, out) if form == "xlsx" else findings_text_as(form, done).encode("utf-8")
    write_bytes(out, data, FINDINGS, done.paths.values())


def _text(done: Validated) -> str:
    return findings_text(done.findings, departments=done.departments) + "\n"


def _json(done: Validated) -> str:
    return findings_json(done.findings, all_codes(), done.departments)


_TEXTS: Mapping[str, Callable[[Validated], str]] = {"text": _text, "json": _json}


def _book(done: Validated, out: Path) -> bytes:
    year = done.settings
    heading = f"{year.municipality}　{year.year.label}　{_HEADING}" if year else _HEADING
    source = FindingSources(done.departments, relative_paths(done.paths, out.parent))
    return findings_bytes(done.findings, source, heading, year.year.western if year else _NO_YEAR)
