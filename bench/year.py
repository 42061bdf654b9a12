"""How long finance's daily commands take on a ward's year: `python -m bench.year`.

57 departments, 150 requests, every tenth book faulty: `status`, `validate`, `return` and
`consolidate` as processes of their own, and whether their counts agree.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from yosan_xl.resources import data_root
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import plan_for
from yosan_xl.usecases.year import open_year

REQUESTS, ROUNDS, FAULTY = 150, 3, 10
EXAMPLE = data_root() / "examples" / "R2"


def make_year(root: Path) -> YearFolder:
    """Make a year folder with the books of every department, two or three requests in each."""
    for name in ("yosan.toml", "組織.csv"):
        shutil.copyfile(EXAMPLE / name, root / name)
    (root / "提出").mkdir()
    year = open_year(root)
    documents = json.loads((EXAMPLE / "requests.json").read_text(encoding="utf-8"))
    plan, units = plan_for(year.settings), list(year.roster)
    for number, unit in enumerate(units):
        own = range(number, REQUESTS, len(units))
        requests = [_request(documents[n % len(documents)], n) for n in own]
        if number % FAULTY == 0:
            requests[0]["category"] = "その他"
        settings = replace(year.settings, sheets=len(requests))
        data = filled_book(plan, settings, unit, requests)
        (year.submitted / f"{year.roster.file_stem(unit)}.xlsx").write_bytes(data)
    return year


def _request(document: dict[str, Any], number: int) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(document))
    for key in ("no", "id", "department"):
        made.pop(key)
    return {**made, "title": f"{made['title']}（{number + 1}）", "future_cost": "なし"}


def run(year: Path, *command: str) -> tuple[float, str]:
    """Give the seconds and the output of a command that is run in the year folder."""
    began = time.perf_counter()
    program = [sys.executable, "-m", "yosan_xl", *command]
    done = subprocess.run(program, cwd=year, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return time.perf_counter() - began, done.stdout


def main() -> None:
    """Print the median seconds of each command, and the counts that must be the same."""
    with tempfile.TemporaryDirectory() as folder:
        year = make_year(Path(folder)).root
        for command in (["status"], ["validate"], ["return", "--force"], ["consolidate"]):
            times = [run(year, *command)[0] for _ in range(ROUNDS)]
            print(f"{command[0]}: {statistics.median(times):.1f} s")
        status = json.loads(run(year, "status", "--format", "json")[1])
        findings = json.loads(run(year, "validate", "--format", "json")[1])["findings"]
        faulty = {one["file"] for one in findings if one["weight"] == "error"}
        returned = {path.name for path in (year / "差戻し").glob("*.xlsx")}
        print(f"faulty books: {len(faulty)}; 要修正 in status: {_mending(status)}", end="")
        print(f"; returned: {len(returned)}")


def _mending(status: dict[str, Any]) -> int:
    return sum(unit["state"] == "要修正" for unit in status["units"])


if __name__ == "__main__":
    main()
