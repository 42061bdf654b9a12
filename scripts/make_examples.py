"""Write the examples' filled books, and all of the made-up year 令和3年度 (examples/R3).

`python -m scripts.make_examples`; to be run after a change of the form or of the example.
"""

from __future__ import annotations

import json
from pathlib import Path

from scripts.made_up_year import RENAMED, SETTINGS_NOTE, SUCCESSION, made_up
from yosan_xl.store.settings_file import carried_settings
from yosan_xl.usecases.fill import fill

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
YEAR, MADE_UP = EXAMPLES / "R2", EXAMPLES / "R3"


def made_up_files(year: Path = YEAR) -> dict[str, bytes]:
    """Give the texts of the made-up year by name, from those of the year before."""
    documents = made_up(json.loads((year / "requests.json").read_text(encoding="utf-8")))
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    carried = carried_settings(settings, {"year": "令和3年度"})
    roster = (year / "組織.csv").read_bytes().decode("utf-8")
    return {
        "requests.json": (json.dumps(documents, ensure_ascii=False, indent=2) + "\n").encode(),
        "yosan.toml": (SETTINGS_NOTE + carried).encode(),
        "組織.csv": roster.replace(*RENAMED).encode(),
        "対応表.csv": SUCCESSION.encode(),
    }


if __name__ == "__main__":
    MADE_UP.mkdir(exist_ok=True)
    for name, data in made_up_files().items():
        (MADE_UP / name).write_bytes(data)
    for folder in (YEAR, MADE_UP):
        for book in folder.glob("提出/*.xlsx"):
            book.unlink()  # fill replaces nothing that was handed in
        for book in fill(folder / "requests.json", folder / "提出").books:
            print(book.relative_to(EXAMPLES))
