"""The order of findings, and of what one of them lists, is the same in every run.

Python gives the texts in a set another order with every hash seed; here a year with many faults is
told of under two.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import line, plan
from tests.usecases.year import example_documents, hand_in_filled, make_year
from yosan_xl.form.area import parse_a1

COMMANDS = (
    "status --today 2019-10-01",
    "validate --format text",
    "validate --format json",
    "fill faulty.json -o 別",
    "consolidate",
    "page --findings",
    "export --format json --findings",
    "return",
    "compare requests.json faulty.json --by request",
    "archive add",
)
PROGRAM = """
import sys
from yosan_xl.cli.main import run
for command in sys.argv[1:]:
    print("==", command, flush=True)
    try:
        run(command.split())
    except SystemExit as end:
        print("->", end.code, flush=True)
"""


def faulty_year(root: Path) -> None:
    """Make a year with many kinds of faults, several of each at once."""
    documents = example_documents()
    year = make_year(root, documents)
    hand_in_filled(year)
    for name, change in (("0103_税務課", _typed_over), ("0206_国保年金課", _taken_apart)):
        book = year / "提出" / f"{name}.xlsx"
        editor = Editor(book.read_bytes())
        change(editor)
        book.write_bytes(editor.data())
    (year / "提出" / "0102_産業振興課.xlsx").write_bytes(b"%PDF-1.7")
    twice = [document | {"title": "同じ"} for document in documents[5:8]]
    (year / "提出" / "写し.json").write_text(json.dumps(twice), encoding="utf-8")
    (year / "faulty.json").write_text(json.dumps(_unfit(documents)), encoding="utf-8")


def _typed_over(book: Editor) -> None:
    for row in range(2):
        book.put_text("要求書1", line("requested", row), "１，０００円")
        book.put_text("要求書2", line("requested", row), "未定")
    rare = "\u2460\U00020bb7髙\ue000\ue001\u200b㌔"
    for pointer in ("/description", "/background", "/proposal"):
        slot = next(slot for slot in plan().slots if slot.pointer == pointer)
        book.put_text("要求書1", slot.area.first, f"{rare} 計 100千円、うち 30千円、40千円")
    book.copy_sheet("要求書2")
    book.hide_row("要求書1", 8)
    book.hide_row("要求書1", 9)


def _taken_apart(book: Editor) -> None:
    for slot in plan().slots[3:9]:
        book.drop_name("要求書1", slot.name)
    for label in plan().labels[2:6]:
        book.put_text("要求書1", label.area.first, "変更")
    for slot in (slot for slot in plan().slots if slot.formula):
        book.put_number("要求書1", slot.area.first, 7)
    row, column = parse_a1(line("requested"))
    for offset in range(3):
        book.unlock("要求書1", plan().labels[8 + offset].area.first)
        book.merge("要求書1", f"{'KLMN'[column % 4]}{row + 2 * offset + 1}:T{row + 2 * offset + 1}")


def _unfit(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for number, document in enumerate(documents):
        document["total"] |= {"budgeted": 5, "budgeted_earmarked": 2, "requested": number}
        document["lines"] *= 9
        document |= {f"項目{letter}": 1 for letter in "abcde"}
    return documents


def told(folder: Path, seed: str) -> str:
    """Return what all commands print over the same faulty year, one after the other."""
    faulty_year(folder / "R2")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *COMMANDS],
        cwd=folder / "R2",
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.replace(str(folder), "…")


def test_commands__tell_in_the_same_order_whatever_the_hash_seed(tmp_path: Path) -> None:
    first, second = (told(tmp_path / seed, seed) for seed in ("1", "2"))
    assert first.count("== ") == len(COMMANDS)
    assert first.count("YX") > 100
    assert first == second
