"""The figures of every output, read back without a line of ours: openpyxl, csv, json and html.parser."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tests.decisions.books import AMOUNT, LIST, columns, load, rows
from tests.decisions.recomputed import REST, SOURCES, Decided

LABELS = {**SOURCES, REST: "一般財源"}


def amount_of(value: object) -> int | None:
    """Return an amount, None where a cell is empty or says 未定; another word is no amount of ours to show."""
    if value in (None, "", "未定", "保留", "－", "-"):
        return None
    assert isinstance(value, int | float), value
    return int(value)


def in_list(summary: Path, label: str = AMOUNT) -> dict[str, Decided]:
    """Return what 一覧 shows of every request; `label` is what the amount of a stage is called."""
    sheet = load(summary, values=True)[LIST]
    names = columns(sheet)
    found = {}
    for row, request, _ in rows(sheet):
        shown = {name: sheet.cell(row, column).value for name, column in names.items()}
        found[request] = _decided(shown, label)
    return found


def in_csv(path: Path) -> dict[str, Decided]:
    """Return what a CSV of the requests says of each."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["要求書ID"]: _decided(_figures(row)) for row in csv.DictReader(file)}


def _figures(row: Mapping[str, str]) -> dict[str, Any]:
    return {name: int(text) if text.lstrip("-").isdigit() else text for name, text in row.items()}


def _decided(shown: Mapping[str, Any], label: str = AMOUNT) -> Decided:
    sources = {
        key: amount
        for key, name in LABELS.items()
        if (amount := amount_of(shown.get(f"{name}の{label}"))) is not None
    }
    total = shown[label] if label in shown else shown[f"合計の{label}"]
    return Decided(amount_of(total), sources or None)


def in_documents(documents: list[dict[str, Any]]) -> dict[str, Decided]:
    """Return what JSON documents of Minato's form say."""
    found = {}
    for one in documents:
        sources = {
            key: row["budgeted"]
            for key, row in one["funding"].items()
            if row["budgeted"] is not None
        }
        found[one["id"]] = Decided(one["total"]["budgeted"], sources or None)
    return found


def in_json(path: Path) -> dict[str, Decided]:
    """Return what exported JSON says."""
    return in_documents(json.loads(path.read_text(encoding="utf-8"))["requests"])


def tables_of_sums(
    summary: Path, name: str, keys: tuple[str, ...]
) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return the rows of a sheet of sums by their keys; 小計 and 計 have what stands there for a key."""
    sheet = load(summary, values=True)[name]
    at = next(r for r in range(1, 12) if any(cell.value == "件数" for cell in sheet[r]))
    names = {str(cell.value): cell.column for cell in sheet[at] if cell.value}
    found = {}
    for row in range(at + 1, sheet.max_row + 1):
        shown = {label: sheet.cell(row, column).value for label, column in names.items()}
        if shown.get("件数") is not None:
            found[tuple(str(shown.get(key) or "") for key in keys)] = shown
    return found


class _Tables(HTMLParser):
    """The tables of a page: of each its caption, and its rows as texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.captions: list[str] = []
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
            self.captions.append("")
        if tag == "tr" and self.tables:
            self.tables[-1].append([])
        if tag in ("td", "th", "caption"):
            self._text = []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("td", "th", "caption") or self._text is None or not self.tables:
            return
        text = "".join(self._text).strip()
        if tag == "caption":
            self.captions[-1] = text
        elif self.tables[-1]:
            self.tables[-1][-1].append(text)
        self._text = None


def tables_of_page(page: Path) -> list[tuple[str, list[list[str]]]]:
    """Return the tables of a page, each with its caption."""
    parser = _Tables()
    parser.feed(page.read_text(encoding="utf-8"))
    return list(zip(parser.captions, parser.tables, strict=True))


def in_page(page: Path) -> dict[str, int | None]:
    """Return what the list of a page says is decided of each NO."""
    for _, table in tables_of_page(page):
        if table and table[0][:2] == ["NO", "事業名"]:
            at = table[0].index(AMOUNT)
            return {row[0]: _figure(row[at]) for row in table[1:] if row[0]}
    raise LookupError("no list")


def total_of_page(page: Path) -> str:
    """Return the sum of what is decided in the first table of a page, with what stands beside it."""
    _, table = tables_of_page(page)[0]
    return table[-1][table[0].index(AMOUNT) - len(table[0])]


def _figure(text: str) -> int | None:
    plain = text.replace(",", "").replace("△", "-")
    return int(plain) if plain.lstrip("-").isdigit() else None


def in_file(path: Path) -> dict[str, Decided]:
    """Return what the documents of an archive or a publication say."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return in_documents(data["requests"] if isinstance(data, dict) else data)


def doubts_in_csv(path: Path) -> str:
    """Return the requests of which a CSV says 要確認."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = [row["要求書ID"] for row in csv.DictReader(file) if row["決定の状況"] == "要確認"]
    return "、".join(["要確認", *found])


def doubts_in_json(path: Path) -> str:
    """Return the requests of which exported JSON says 要確認."""
    data = json.loads(path.read_text(encoding="utf-8"))
    found = [one["id"] for one in data["decisions"] if one["progress"] == "要確認"]
    return "、".join(["要確認", *found])
