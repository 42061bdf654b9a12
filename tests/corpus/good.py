"""Good books of every kind: as handed in, as other programs save them, with requests of any amounts."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import openpyxl

from tests.corpus.book import changed, one_request
from tests.corpus.expect import Entry, accepted
from tests.corpus.spelled import furigana
from tests.excel.reading import samples
from tests.excel.reading.samples import FLAT
from tests.usecases.year import EXAMPLE, PUBLISHED_FAULTS
from yosan_xl.model.request import Document

EXAMPLES: Mapping[str, tuple[str, int]] = {
    "0101": ("0101_地域振興課", 151_486),
    "0103": ("0103_税務課", 106_185),
    "0205": ("0205_生活福祉調整課", 6_259),
    "0206": ("0206_国保年金課", 90_955),
    "0601": ("0601_企画課", 24_434),
    "0602": ("0602_区長室", 4_192),
}
"""The bundled books, and what they must add up to (千円)."""

_VARIED = 16


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for code, (file, total) in EXAMPLES.items():
        build = (EXAMPLE / "提出" / f"{file}.xlsx").read_bytes
        told = PUBLISHED_FAULTS if code == "0206" else []
        yield Entry(code, build, accepted(total, *told))
        yield Entry(f"{code}-furigana", changed(furigana, build), accepted(total, *told))
        # Saved by a program that does not calculate: right, and told once a book.
        saved = partial(saved_by_openpyxl, build)
        yield Entry(f"{code}-openpyxl", saved, accepted(total, "YX045", *told))
    for seed in range(_VARIED):
        document = varied(seed)
        total = document["total"]["requested"]
        yield Entry(f"varied-{seed:02}", partial(one_request, FLAT, document), accepted(total))


def saved_by_openpyxl(build: Callable[[], bytes]) -> bytes:
    """Give a book as openpyxl saves it: no formula has a result."""
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(build())).save(out)
    return out.getvalue()


def varied(seed: int) -> Document:
    """Give a request of one to eight lines with amounts of any size, some from 国庫支出金."""
    chance = random.Random(seed)
    document = samples.documents(FLAT)[0]
    amounts = [chance.randrange(1, 10 ** chance.randrange(1, 7)) for _ in range(seed % 8 + 1)]
    document["lines"] = [_line(n, amount, seed % 3 == 0) for n, amount in enumerate(amounts, 1)]
    total, grant = sum(amounts), sum(line["earmarked"] or 0 for line in document["lines"])
    document["total"] |= {"requested": total, "earmarked": grant or None}
    document["funding"]["general"]["amount"] = total - grant
    if grant:
        document["funding"]["national"] |= {"name": "国庫補助金", "amount": grant}
    return document


def _line(number: int, amount: int, granted: bool) -> Document:
    label, grant = f"経費{number}", amount // 2 if granted else 0
    nothing = {"budgeted": None, "budgeted_earmarked": None, "part": None}
    return {"label": label, "requested": amount, "earmarked": grant or None, **nothing}
