"""Write the example's filled books (examples/R2/提出) from its requests.json.

`python -m scripts.make_examples`; to be run after a change of the form or of the example.
"""

from __future__ import annotations

from pathlib import Path

from yosan_xl.usecases.fill import fill

YEAR = Path(__file__).resolve().parent.parent / "examples" / "R2"

if __name__ == "__main__":
    for book in fill(YEAR / "requests.json", YEAR / "提出", force=True).books:
        print(book.relative_to(YEAR))
