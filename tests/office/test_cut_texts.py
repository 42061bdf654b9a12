"""Whatever is typed into an issued blank, the panel warns before the paper cuts a word of it (LibreOffice, poppler)."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.excel.forms import known
from tests.excel.pages import expected_sheets, misprints, pdf_pages
from tests.office.office import Office
from tests.usecases.year import sources
from yosan_xl.excel.layout.page import lay_out
from yosan_xl.form.check_kinds import not_shown
from yosan_xl.form.mapping import sheet_values
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.plan import Plan, Room, Slot
from yosan_xl.form.prose_length import fitted, room_content, room_of
from yosan_xl.form.prose_length import text_of as said
from yosan_xl.usecases.generate import blank_book

pytestmark = pytest.mark.slow

FORMS = ("minato-r2", "municipal-1", "prefecture")

PARTS = {
    "漢字": "国民健康保険事業計画推進委員会設置要綱",
    "句読点": "区民の利便性を、高めるため。窓口で、待つ時間を短くします。",
    "括弧": "（新規）「預貯金照会」、【拡充】（※令和２年度）『計画』、",
    "英数字": "https://www.city.example.lg.jp/zaisei/2020_0811.html AI-OCR 12,345千円 WWWMMM ",
    "改行": "令和2年4月　契約\n5月　開始、RPAの導入\n\n6月　説明会を開く。職員への研修を続けて行う\n",
    "半角カナ": "ｺｸﾐﾝｹﾝｺｳﾎｹﾝ ｼｽﾃﾑ ",
    "かな": "これからもつづけていくことができるようにするためのとりくみ",
    "カタカナ": "プラットフォームのメッセージ・チャットサービス、データセンター",
}
"""What texts are made of, over and over."""

WARNING = "ます"


def text_of(kind: str, chance: random.Random, length: int) -> str:
    """Return a text of a kind, or of words of several, of a length."""
    source = PARTS[kind]
    start = chance.randrange(len(source))
    return "".join(one for one, _ in zip(cycle(source[start:] + source[:start]), range(length)))


def rooms_of(plan: Plan) -> dict[str, Room]:
    """Return what the panel of a blank sheet says that its cells show."""
    rooms = lay_out(plan, {}).rooms
    found = {}
    for slot in (plan.by_name()[counter.slot] for counter in plan.counters):
        if slot.name in rooms:
            own = fitted(slot, rooms[slot.name], [None] * slot.area.height)
            found[slot.name] = room_of(str(room_content(slot, own)), slot)
    return {name: room for name, room in found.items() if room}


def is_warned(plan: Plan, slot: Slot, row: int, text: str, rooms: dict[str, Room]) -> bool:
    """Return whether the panel warns of a text in a row of a slot."""
    column = [None] * slot.area.height
    value = tuple([*column[:row], text, *column[row + 1 :]]) if slot.repeats else text
    return any(True for _ in not_shown(PanelSheet(plan, {slot.name: value}, {}, rooms)))


def longest(
    plan: Plan, slot: Slot, row: int, text: str, rooms: dict[str, Room], beyond: int = 0
) -> str:
    """Return as much of a text as may be typed before the panel warns, or so many characters more."""
    lengths = range(1, len(text) + 1)
    first = next((n for n in lengths if is_warned(plan, slot, row, text[:n], rooms)), len(text) + 1)
    return text[: first - 1 + beyond].rstrip()


def typed(plan: Plan, kind: str, chance: random.Random, share: float) -> dict[str, str]:
    """Return a text for every cell that holds texts (A1): such a share of the longest without a warning."""
    rooms, found = rooms_of(plan), {}
    for slot in (plan.by_name()[counter.slot] for counter in plan.counters):
        for row, cell in enumerate(slot.cells()):
            whole = text_of(kind, chance, (slot.max_length or 0) + 2)
            text = longest(plan, slot, row, whole, rooms)
            found[cell.first] = text[: max(1, int(len(text) * share))].strip()
    return found


def cut(
    office: Office, form: str, texts: Sequence[dict[str, str]], folder: Path
) -> Iterator[tuple[int, str]]:
    """Type texts into an issued blank, a sheet for each, print it, and yield what is not whole, and every warning."""
    own = known(form)
    year = replace(own.settings, sheets=len(texts))
    data = blank_book(own.plan, year, own.unit, definition=own.definition)
    (folder / "blank.xlsx").write_bytes(data)
    book = office.open(folder / "blank.xlsx")
    names = [f"{own.plan.sheet}{number}" for number in range(1, len(texts) + 1)]
    for name, one in zip(names, texts, strict=True):
        office.enter(book, name, list(one.items()))
    office.recalculate(book)
    office.save_pdf(book, folder / "typed.pdf", names)
    counters = [counter.area.first for counter in own.plan.counters]
    warned = [[str(v.value) for v in office.values(book, name, counters)] for name in names]
    office.close(book)
    pages = zip(expected_sheets(data, own.plan), pdf_pages(folder / "typed.pdf"), strict=True)
    for number, ((sheet, words), one) in enumerate(zip(pages, texts, strict=True)):
        cells = [replace(cell, text=one.get(cell.name, cell.text)) for cell in sheet.cells]
        known_cells = replace(sheet, cells=tuple(c for c in cells if c.name in one))
        for problem in misprints(known_cells, [w for w in words if _in(known_cells, w)], 0):
            yield number, problem
        yield from ((number, said) for said in warned[number] if WARNING in said)


def _in(sheet: object, word: object) -> bool:
    return any(cell.holds(word) for cell in sheet.cells)  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", FORMS)
def test_texts_up_to_the_warning__print_whole(office: Office, form: str, tmp_path: Path) -> None:
    chance = random.Random(1)
    kinds = list(PARTS)[FORMS.index(form) % 2 :: 1 if form == FORMS[0] else 2]
    texts = [typed(known(form).plan, kind, chance, 1) for kind in kinds]
    assert [*cut(office, form, texts, tmp_path)] == []


def test_nine_requests__typed_into_a_blank_print_whole(office: Office, tmp_path: Path) -> None:
    plan, texts = known("minato-r2").plan, []
    for document in sources()["examples"]:
        state = PanelSheet(plan, sheet_values(document, plan), {})
        cells = {
            cell.first: said(value)
            for slot in (plan.by_name()[counter.slot] for counter in plan.counters)
            for cell, value in zip(slot.cells(), state.column(slot.name), strict=False)
        }
        texts.append({cell: text for cell, text in cells.items() if text})
    assert len(texts) == 9
    assert [*cut(office, "minato-r2", texts, tmp_path)] == []


def test_a_page_cut_shorter__is_found(office: Office, tmp_path: Path) -> None:
    """The test can fail: twice as much text does not show."""
    plan = known("minato-r2").plan
    texts = typed(plan, "漢字", random.Random(1), 1)
    long = {cell: text * 2 for cell, text in texts.items()}
    found = [problem for _, problem in cut(office, "minato-r2", [long], tmp_path)]
    assert sum(" shows " in problem for problem in found) >= len(plan.counters) // 2
    assert sum(WARNING in problem for problem in found) == len(plan.counters)


def main(arguments: Sequence[str]) -> int:
    """Type texts of rising length, so many seeds of each kind (8), into blanks of every form."""
    seeds = int(arguments[0]) if arguments else 8
    office, bad, sheets = Office(600), 0, 0
    for form in FORMS:
        plan = known(form).plan
        for seed in range(seeds):
            chance = random.Random(seed)
            share = (1, 1, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1)[seed % 8]
            texts = [typed(plan, kind, chance, share) for kind in PARTS]
            sheets += len(texts)
            with TemporaryDirectory() as folder:
                for number, problem in cut(office, form, texts, Path(folder)):
                    bad += 1
                    print(form, seed, [*PARTS][number], problem[:200])
    office.stop()
    print(f"{sheets} sheets typed and printed, {bad} texts cut or warned of too early")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
