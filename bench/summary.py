"""How long the summary takes: `python -m bench.summary --sizes 150,1500,10000`.

Prints CPU seconds of writing it straight from request documents and of reading it back, the peak
memory of the process (MiB) until it is written and before, and its bytes. Each size has a process of
its own. Aims: 1,500 requests in 1.5 s; 10,000 in 8 s and 250 MB.
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

from bench.books import departments, documents, example_settings
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.excel.summary.listing import linked_amounts
from yosan_xl.excel.summary.reading import read_summary
from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.form.load import load_definition
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Place
from yosan_xl.model.intake import Intake, Status, UnitFile, UnitState, UnitStatus
from yosan_xl.model.money import Money
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import SummaryRow

AXES = load_definition(USUAL_FORM).axes
_POINTERS = ("/title", *linked_amounts(AXES).values())
_CELLS = {pointer: f"M{at}" for at, pointer in enumerate(_POINTERS, 5)}


def measure(count: int, sheets: int) -> None:
    """Print the line of the table for so many requests, `sheets` of them in a book."""
    units = departments(-(-count // sheets))
    rows = request_rows(units, count, sheets)
    settings, roster = example_settings(), Roster(tuple(units))
    paths = {row.source.file: f"../提出/{row.source.file}" for row in rows}
    intake = Intake(len(units), status=_status(units, rows))
    before, began = _peak(), time.process_time()
    data = summary_bytes(rows, (), settings, roster, intake, None, paths)
    written, peak = time.process_time() - began, _peak()
    began = time.process_time()
    found = read_summary(data, "集計.xlsx")
    read = time.process_time() - began
    if found.cells or found.notes or found.strange_sheets:
        sys.exit("what nobody typed was read back")
    print(f"| {count:,} | {written:.2f} | {peak:.0f} | {before:.0f} | {read:.2f} | {len(data):,} |")


def request_rows(units: Sequence[Department], count: int, sheets: int) -> list[SummaryRow]:
    """Return so many requests, `sheets` of them in the book of each unit."""
    rows = []
    for at in range(count):
        unit, sheet = units[at // sheets], at % sheets + 1
        document = documents(unit, at - at % sheets, sheet)[-1]
        document["no"] = at + 1
        place = Place(f"{unit.code}_{unit.section}.xlsx", f"要求書{sheet}")
        rows.append(SummaryRow(Request.from_document(document, AXES), place, _CELLS))
    return rows


def _status(units: Sequence[Department], rows: Sequence[SummaryRow]) -> Status:
    asked = dict.fromkeys((unit.code for unit in units), 0)
    for row in rows:
        asked[str(row.request.department_code)] += row.request.requested
    found = [
        UnitStatus(
            unit,
            UnitState.SUBMITTED,
            1,
            Money(asked[unit.code]),
            0,
            0,
            (UnitFile(f"{unit.code}_{unit.section}.xlsx", None),),
            False,
        )
        for unit in units
    ]
    return Status(tuple(found), files=len(units))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a table, or with --one the line of a single size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="150,1500,10000", help="numbers of requests")
    parser.add_argument("--sheets", type=int, default=1, help="requests in a book")
    parser.add_argument("--one", type=int, default=0)
    asked = parser.parse_args()
    if asked.one:
        gc.set_threshold(100_000, 50, 50)  # as the program has it
        measure(asked.one, asked.sheets)
        return
    print("| requests | write, CPU s | peak MiB | of it the requests | read, CPU s | bytes |")
    print("|--:|--:|--:|--:|--:|--:|", flush=True)
    for size in asked.sizes.split(","):
        command = [sys.executable, "-m", "bench.summary", "--one", size]
        subprocess.run([*command, "--sheets", str(asked.sheets)], check=True)


if __name__ == "__main__":
    main()
