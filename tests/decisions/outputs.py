"""The figures of every output, read back without a line of ours: openpyxl, csv, json and html.parser."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tests.decisions.books import AMOUNT, LIST, columns, load, rows
from tests.decisions.recomputed import REST, SOURCES, Decided

LABELS = {**SOURCES, REST: "一般財源"}


def amount_of(value: object) -> int | None:
    """Return an amount, None where a cell is empty or says 未定; another word is no amount of ours to show."""
    if value in (None, "", "未定", "一部", "保留", "－", "-"):
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


def in_csv(path: Path, label: str = AMOUNT) -> dict[str, Decided]:
    """Return what a CSV of the requests says of each; `label` is what the amount of a stage is called."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["要求書ID"]: _decided(_figures(row), label) for row in csv.DictReader(file)}


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


def in_course(summary: Path, label: str = AMOUNT) -> dict[str, int | None]:
    """Return what 査定経過 shows of each NO under a heading, and of 全会計 計."""
    rows_of = [row for row in _rows(load(summary, values=True)["査定経過"], "NO") if row["要求額"]]
    return {
        next(str(row[key]) for key in ("NO", "事業名", "所管課") if row[key]): amount_of(row[label])
        for row in rows_of
    }


def in_progress(summary: Path) -> dict[str, str]:
    """Return how far 進み具合 says that each NO is."""
    states = ("未定", "一部", "済", "保留", "要確認")
    rows_of = _rows(load(summary, values=True)["進み具合"], "NO", last=True)
    return {str(row["NO"]): next(one for one in states if row[one]) for row in rows_of if row["NO"]}


def in_draft(summary: Path, block: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a block of 予算案比較 (会計・款, 部, 財源), those of 会計・款 by both."""
    sheet = load(summary, values=True)["予算案比較"]
    rows = [row for row in _rows(sheet, "比較の単位") if row["比較の単位"] == block]
    keys = ("会計", "内訳") if block == "会計・款" else ("内訳",)
    return {"・".join(str(row[key]) for key in keys if row[key]): row for row in rows}


def in_sources(summary: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of 財源内訳 by 会計 and 財源."""
    sheet = load(summary, values=True)["財源内訳"]
    return {
        (row["会計"], row["財源"]): row
        for row in _rows(sheet, "構成比（％）")
        if row["構成比（％）"] is not None
    }


def _rows(sheet: Any, heading: str, *, last: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the rows below the first (or the last) row of headings, of which this is one."""
    tops = [r for r in range(1, sheet.max_row + 1) if any(c.value == heading for c in sheet[r])]
    at = tops[-1 if last else 0]
    names = {str(cell.value): cell.column for cell in sheet[at] if cell.value}
    for row in range(at + 1, sheet.max_row + 1):
        yield {name: sheet.cell(row, column).value for name, column in names.items()}


def in_database(path: Path, stage: str = "現在") -> dict[str, Decided]:
    """Return what a SQLite database says is decided of each request of a stage of the archive, or of now."""
    with closing(sqlite3.connect(path)) as connection:
        requests = dict(
            connection.execute(
                'SELECT "要求書ID", "決定額" FROM "要求" WHERE "保存段階" = ?', [stage]
            )
        )
        amounts = connection.execute(
            'SELECT "要求書ID", "財源", "金額" FROM "財源別の額" JOIN "要求" '
            "USING (年度, 保存段階, 要求番号) WHERE 保存段階 = ? AND 段階 = '予算額' "
            "AND 財源の区分 IN ('特定財源', '一般財源')",
            [stage],
        ).fetchall()
    keys = {name: key for key, name in LABELS.items()}
    sources: dict[str, dict[str, int]] = {}
    for request, name, amount in amounts:
        sources.setdefault(request, {})[keys[name]] = amount
    return {request: Decided(total, sources.get(request)) for request, total in requests.items()}


def in_database_of(path: Path, stage: str) -> dict[str, int | None]:
    """Return what the table 査定 of a database says that a stage decided of each request now."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(
            connection.execute(
                'SELECT "要求書ID", "額" FROM "査定" JOIN "要求" USING (年度, 保存段階, 要求番号) '
                "WHERE 保存段階 = '現在' AND 査定の段階 = ?",
                [stage],
            )
        )


def in_notices(folder: Path) -> dict[str, Decided]:
    """Return what 内示書 of every department says of each NO."""
    found: dict[str, Decided] = {}
    for path in sorted(folder.glob("*.xlsx")):
        for row in _rows(load(path, values=True)["内示書"], "内示額"):
            if str(row["NO"] or "").isdigit():
                sources = {key: amount_of(row[name]) for key, name in LABELS.items()}
                known = {key: amount for key, amount in sources.items() if amount is not None}
                found[str(row["NO"])] = Decided(amount_of(row["内示額"]), known or None)
    return found


def in_print(path: Path) -> dict[str, Decided]:
    """Return what the printed sheets of a publication show under 予算額, by NO."""
    found = {}
    for sheet in load(path, values=True):
        (heading,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == AMOUNT]
        rows = {
            str(cell.value): sheet.cell(cell.row, heading.column).value
            for row in sheet.iter_rows(min_row=heading.row + 1, max_col=heading.column - 1)
            for cell in row
            if cell.value in ("合計", *LABELS.values())
        }
        sources = {key: rows[name] for key, name in LABELS.items() if rows[name] is not None}
        found[sheet.title.removeprefix("NO ")] = Decided(amount_of(rows["合計"]), sources or None)
    return found


def in_json_of(path: Path, stage: str) -> dict[str, Decided]:
    """Return what exported JSON says that a stage decided."""
    found = {}
    for one in json.loads(path.read_text(encoding="utf-8"))["decisions"]:
        (own,) = [each["amounts"] for each in one["stages"] if each["stage"] == stage]
        sources = {key: own[key] for key in LABELS if own.get(key) is not None}
        found[one["id"]] = Decided(own.get("total"), sources or None)
    return found


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
    return _tables(page.read_text(encoding="utf-8"))


@lru_cache(4)
def _tables(page: str) -> list[tuple[str, list[list[str]]]]:
    parser = _Tables()
    parser.feed(page)
    return list(zip(parser.captions, parser.tables, strict=True))


def in_page(page: Path, label: str = AMOUNT) -> dict[str, int | None]:
    """Return what the list of a page says is decided of each NO, at the stage of a heading."""
    for _, table in tables_of_page(page):
        if table and table[0][:2] == ["NO", "事業名"]:
            at = table[0].index(label)
            return {row[0]: _figure(row[at]) for row in table[1:] if row[0]}
    raise LookupError("no list")


def sums_of_page(
    page: Path, caption: str, label: str = AMOUNT
) -> dict[str, tuple[int | None, str | None]]:
    """Return by the keys of a table of sums of a page the sum, and what stands beside it (`決定 n / N`, `財源未定 n件`)."""
    (table,) = [table for name, table in tables_of_page(page) if name.startswith(caption)]
    heads, first, found = table[0], "", {}
    width = heads.index("件数") if "件数" in heads else 1
    for row in table[1:]:
        # A cell that spans rows, or the columns of keys, stands once.
        short = len(heads) - len(row)
        keys = row[: width - short]
        own = "・".join([first, *keys] if short and "計" not in keys[0] else keys)
        first = keys[0] if not short else first
        text = row[heads.index(label) - short]
        how_far = re.search(r"決定 \d+ / \d+$|財源未定 \d+件$", text)
        amount = text[: how_far.start()] if how_far else text
        found[own if own not in found else f"{first}・{own}"] = (
            _figure(amount),
            how_far[0] if how_far else None,
        )
    return found


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
